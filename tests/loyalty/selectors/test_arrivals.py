"""Members whom a hotel welcomes today."""

from loyalty.selectors.arrivals import members_arriving
from loyalty.services.tiers import tier_grant
from tests.factories.guests import guest_make
from tests.factories.loyalty import loyalty_member_make, loyalty_program_make, loyalty_tier_make
from tests.factories.reservations import house_make


def arriving(house, member, arrival=0):
    stay = house.reserve(arrival, 1)
    stay.primary_guest_id = member.guest_id
    stay.save(update_fields=["primary_guest"])
    return stay


def test_without_a_programme_there_is_nothing_to_draw(cast):
    assert members_arriving(cast.alpha) is None


def test_the_highest_tier_comes_first_with_what_the_house_honours(cast, django_assert_num_queries):
    house = house_make(cast.alpha, doubles=5)
    silver = loyalty_tier_make(cast.alpha, benefits={"late_check_out": "14:00", "breakfast": True})
    member, gold, later = (loyalty_member_make(cast.alpha, guest_make(cast.alpha)) for _ in range(3))
    tier_grant(member=gold, tier=silver, until=None, reason="Chief", actor=None)
    first, second = arriving(house, member), arriving(house, gold)
    arriving(house, later, arrival=1)
    house.reserve(0, 1)  # of nobody who is a member

    with django_assert_num_queries(3):
        found = members_arriving(cast.alpha)

    assert [(one.reservation, one.member.number) for one in found] == [
        (second, gold.number),
        (first, member.number),
    ]
    assert found[0].honoured == ["check-out until 14:00", "breakfast included"]
    assert found[1].honoured == []


def test_a_suspended_member_is_not_welcomed_as_one(cast):
    house = house_make(cast.alpha)
    member = loyalty_member_make(cast.alpha)
    arriving(house, member)
    member.status = "suspended"
    member.save()
    assert members_arriving(cast.alpha) == []


def test_the_first_page_shows_them_to_those_who_may_see_members(cast, signed_in):
    house = house_make(cast.alpha)
    member = loyalty_member_make(cast.alpha)
    arriving(house, member)
    page = signed_in(cast.bo).get("/dashboard").content.decode()
    assert f'<a href="/dashboard/loyalty/members/{member.pk}">{member.number}</a>' in page
    assert "Members arriving" not in signed_in(cast.val).get("/dashboard").content.decode()


def test_empty_it_teaches(cast, signed_in):
    house_make(cast.alpha)
    loyalty_program_make(cast.alpha)
    assert (
        "No member of the programme arrives today." in signed_in(cast.bo).get("/dashboard").content.decode()
    )
