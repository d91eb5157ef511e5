"""What two profiles become, and how it is taken back."""

from hotel.guests.domain.merging import COLUMNS, filled, restored, restriction, stricter

EMPTY = {**dict.fromkeys(COLUMNS, ""), "birth_date": None, "is_do_not_rent": False}


def test_the_kept_profile_takes_over_what_it_lacks():
    kept = {**EMPTY, "last_name": "Berg", "phone": "+431", "city": "Graz"}
    merged = {
        **EMPTY,
        "last_name": "Huber",
        "phone": "+432",
        "street": "Ring 1",
        "city": "Wien",
        "language": "de",
    }
    assert filled(kept, merged) == {"language": "de"}  # an address is never mixed
    address = {"street": "Ring 1", "postal_code": "", "city": "Wien", "region": "", "country": ""}
    assert filled({**kept, "city": ""}, merged) == {"language": "de", **address}


def test_a_personal_address_replaces_a_relay():
    relay = {**EMPTY, "email": "x@guest.booking.com", "email_kind": "relay", "email_fingerprint": "f1"}
    own = {**EMPTY, "email": "gus@example.com", "email_kind": "personal", "email_fingerprint": "f2"}
    expected = {"email": "gus@example.com", "email_kind": "personal", "email_fingerprint": "f2"}
    assert filled(relay, own) == expected
    assert filled(own, relay) == {}


def test_a_restriction_sticks():
    bad = {"is_do_not_rent": True, "do_not_rent_reason": "Fire", "do_not_rent_at": 1, "do_not_rent_by_id": 2}
    assert restriction(EMPTY, {**EMPTY, **bad}) == bad
    assert restriction({**EMPTY, **bad}, EMPTY) == {}
    assert restriction({**EMPTY, **bad}, {**EMPTY, **bad}) == {}
    worse = {**EMPTY, **bad, "do_not_rent_reason": "Theft"}
    assert restriction({**EMPTY, **bad}, worse) == {"do_not_rent_reason": "Fire · Theft"}


def test_only_what_nobody_changed_goes_back():
    before = {**EMPTY, "language": ""}
    written = {"language": "de", "phone": "+431", "phone_fingerprint": "f"}
    current = {**EMPTY, **written, "phone": "+439"}
    assert restored(before, written, current) == {"language": ""}


def test_the_stricter_consent_wins():
    a, b, c, d = (("email", x) for x in "abcd")
    kept = {a: "given", b: "withdrawn", c: "given"}
    merged = {a: "withdrawn", b: "given", d: "given"}
    assert stricter(kept, merged, {a: "given", b: "given", c: "given", d: "given"}) == [a, b]
    assert stricter(kept, merged, {a: "withdrawn", b: "withdrawn", c: "given", d: "given"}) == []


def test_what_is_chosen_is_taken_over_whole_and_nothing_for_something_is_not():
    kept = {**EMPTY, "last_name": "Berg", "street": "Ring 1", "city": "Wien", "phone": "+431"}
    merged = {**EMPTY, "last_name": "Huber", "city": "Graz"}
    address = {"street": "", "postal_code": "", "city": "Graz", "region": "", "country": ""}
    assert filled(kept, merged, ["last_name", "street", "phone"]) == {"last_name": "Huber", **address}
    assert filled(kept, {**merged, "last_name": "Berg"}, ["last_name"]) == {}
