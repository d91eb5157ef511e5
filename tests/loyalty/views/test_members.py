"""The pages where members are found and made."""

import pytest

from hotel.guests.models import Guest
from hotel.properties.scoping import codename
from loyalty.models import LoyaltyMember
from tests.factories.guests import guest_make
from tests.factories.loyalty import loyalty_member_make, loyalty_program_make, points_make
from tests.factories.reservations import house_make
from tests.loyalty.views.pages import text_of

PAGE, NEW = "/dashboard/loyalty/members", "/dashboard/loyalty/members/new"


def test_without_a_programme_the_page_says_what_to_do(cast, signed_in):
    text = text_of(signed_in(cast.bo).get(PAGE))

    assert "This hotel takes part in no programme." in text
    assert f'href="{NEW}"' not in text
    assert "there is nothing to join" in text_of(signed_in(cast.bo).get(NEW))


def test_without_members_the_page_leads_to_the_first_one(cast, signed_in):
    loyalty_program_make(cast.alpha)
    text = text_of(signed_in(cast.bo).get(PAGE))

    assert "Nobody is a member yet." in text
    assert f'href="{NEW}"' in text


def test_members_are_found_with_tier_and_points(cast, signed_in, moser):
    points_make(moser, 12_600)
    client = signed_in(cast.bo)

    for query in ("", "?text=moser", f"?text={moser.number}"):
        text = text_of(client.get(PAGE + query))
        assert f"Anna Moser · {moser.number}" in text
        assert "12,600" in text
        assert f'href="{PAGE}/{moser.pk}"' in text
    text = text_of(client.get(PAGE + "?text=nobody"))
    assert "No member fits." in text
    assert moser.number not in text


def test_other_hotels_do_not_see_them(cast, signed_in, moser):
    loyalty_program_make(cast.beta)
    assert moser.number in text_of(signed_in(cast.bo).get(PAGE))

    assert moser.number not in text_of(signed_in(cast.eve).get(PAGE))


@pytest.mark.parametrize("page", [PAGE, NEW])
def test_who_holds_nothing_here_is_refused(cast, signed_in, page):
    loyalty_program_make(cast.alpha)

    assert signed_in(cast.di).get(page).status_code == 403


def enrol(client, query="", **sent):
    names = {f"enrol-{name}": value for name, value in sent.items()}
    return client.post(
        NEW + query,
        {"do": "enrol", "enrol-key": "5f0b7a52-6d0e-4a0a-9c7e-3f1f0c9f7a11", **names},
        follow=True,
    )


def test_a_guest_who_is_known_is_found_and_enrolled_once(cast, signed_in):
    loyalty_program_make(cast.alpha)
    guest = guest_make(cast.alpha, first_name="Anna", last_name="Moser")
    client = signed_in(cast.bo)

    assert "Anna Moser" in text_of(client.get(NEW + "?who=moser"))
    text = text_of(enrol(client, "?who=moser", guest=guest.pk))
    enrol(client, "?who=moser", guest=guest.pk)

    (member,) = LoyaltyMember.objects.all()
    assert (member.guest, member.home, member.channel) == (guest, cast.alpha, "desk")
    assert f"Enrolled: {member.number}." in text
    assert Guest.objects.count() == 1


def test_a_new_guest_is_made_and_enrolled(cast, signed_in):
    loyalty_program_make(cast.alpha)

    enrol(signed_in(cast.bo), first_name="Kim", last_name="Berger", email="kim@example.com")

    member = LoyaltyMember.objects.get()
    assert (str(member.guest), member.guest.email) == ("Kim Berger", "kim@example.com")


def test_a_refusal_is_told_and_makes_nobody(cast, signed_in, moser):
    client = signed_in(cast.bo)

    again = text_of(enrol(client, "?who=moser", guest=moser.guest_id))
    nameless = text_of(enrol(client, first_name="Kim"))

    assert f"Anna Moser is a member: {moser.number}." in again
    assert "Enter the last name, or choose a guest who is known here." in nameless
    assert (LoyaltyMember.objects.count(), Guest.objects.count()) == (1, 1)


def test_in_doubt_the_desk_chooses_or_makes_another_guest(cast, signed_in):
    loyalty_program_make(cast.alpha)
    anna = guest_make(cast.alpha, first_name="Anna", last_name="Moser", email="anna@example.com")
    client, told = (
        signed_in(cast.bo),
        {"first_name": "Anne", "last_name": "Moser", "email": "anna@example.com"},
    )

    asked = text_of(enrol(client, **told))
    assert "Somebody like this is known here." in asked
    assert "Anna Moser · a…@example.com" in asked
    assert (LoyaltyMember.objects.count(), Guest.objects.count()) == (0, 1)

    enrol(client, **told, guest=anna.pk)
    assert LoyaltyMember.objects.get().guest == anna
    again = {"enrol-key": "5f0b7a52-6d0e-4a0a-9c7e-3f1f0c9f7a12", "do": "enrol", "enrol-is_new": "on"}
    client.post(NEW, {**again, **{f"enrol-{name}": value for name, value in told.items()}})
    assert [str(row.guest) for row in LoyaltyMember.objects.order_by("pk")] == ["Anna Moser", "Anne Moser"]


def test_only_guests_of_this_hotel_are_chosen(cast, signed_in):
    loyalty_program_make(cast.alpha)
    stranger = guest_make(cast.beta, first_name="Anna", last_name="Moser")

    text = text_of(enrol(signed_in(cast.bo), guest=stranger.pk))

    assert "Nobody is enrolled yet." in text
    assert not LoyaltyMember.objects.exists()


def test_the_pages_of_a_stay_lead_to_the_membership(stage, signed_in):
    place = stage.alpha
    member = loyalty_member_make(place, guest_make(place, first_name="Anna", last_name="Moser"))
    member.tier.benefits = {"breakfast": True}
    member.tier.save()
    points_make(member, 12_600)
    stay = house_make(place).reserve(primary_guest=member.guest)
    desk = {codename(verb, area) for area in ("reservations", "stays") for verb in ("view", "manage")}
    link = f'href="{PAGE}/{member.pk}"'

    for page in ("", "/check-in"):
        url = f"/dashboard/reservations/{stay.pk}{page}"
        seen = text_of(signed_in(stage.person(desk | {codename("view", "loyalty")})).get(url))
        assert [words in seen for words in (link, member.number, "12,600", "Breakfast included")] == [
            True
        ] * 4
        assert link not in text_of(signed_in(stage.person(desk)).get(url))


def test_the_page_of_a_guest_leads_to_his_membership(cast, signed_in, moser):
    page = text_of(signed_in(cast.ada).get(f"/admin/guests/guest/{moser.guest_id}/change/"))
    assert f'href="{PAGE}/{moser.pk}"' in page
