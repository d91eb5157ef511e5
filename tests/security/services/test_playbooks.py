"""Playbooks are seeded once, changed by who manages the chain's security, and laid out on new incidents."""

import pytest
from django.core.exceptions import ValidationError

from hotel.accounts.models import User
from hotel.accounts.services.roles import role_assign
from hotel.core.exceptions import NotPermitted
from security.domain.playbooks import PLAYBOOKS
from security.models import IncidentStep, Playbook, PlaybookStep
from security.selectors.playbooks import playbook_of
from security.services.incidents import Seen, incident_open
from security.services.playbooks import playbook_change, playbook_steps_change, playbooks_seed
from tests.factories.accounts import role_make, user_make
from tests.factories.properties import chain_make
from tests.factories.security import playbook_make, playbook_step_make, security_incident_make


@pytest.fixture
def books(house):
    playbooks_seed(chain=house.chain)
    return house


def test_they_are_seeded_once_and_what_a_chain_made_of_them_stays(house):
    assert playbooks_seed(chain=house.chain) == len(PLAYBOOKS)
    book = Playbook.objects.get(chain=house.chain, category="load", detector="")
    playbook_change(playbook=book, changes={"title": "Ours"}, by=None)
    book.steps.all().delete()
    assert playbooks_seed(chain=house.chain) == 0
    book.refresh_from_db()
    assert (book.title, book.steps.count()) == ("Ours", 0)
    assert playbooks_seed(chain=chain_make(code="OTHER")) == len(PLAYBOOKS)


def test_a_new_incident_gets_the_steps_aimed_at_its_subject(books):
    seen = Seen(category="account", severity="high", title="Not Bo", subject="user:7")
    incident = incident_open(seen=seen, place=books.alpha)
    rows = list(incident.steps.order_by("pk").values_list("code", "action", "target", "status"))
    assert rows == [
        ("end_sessions", "end_sessions", "user:7", "open"),
        ("disable_account", "disable_account", "user:7", "open"),
        ("ask_person", "", "", "open"),
        ("keep_evidence", "", "", "open"),
        ("new_password", "", "", "open"),
        ("second_step_role", "second_step_role", "", "open"),
        ("personal_data", "", "", "open"),
    ]
    first = incident.steps.order_by("pk").first()
    assert (first.who, first.why) == ("Whoever responds", "Whoever sits in one is out at the next click.")


def test_a_subject_of_another_kind_is_no_target(books):
    seen = Seen(category="sign_in", severity="high", title="Spray", subject="sign_in")
    incident = incident_open(seen=seen)  # of the whole installation: the first hotel's chain
    assert incident.steps.values_list("action", "target").first() == ("block_address", "")


def test_the_detector_s_own_playbook_comes_before_the_category_s(books):
    incident = security_incident_make(books.alpha, category="token", detector="canary_token")
    assert playbook_of(incident).title == "The canary was used"
    Playbook.objects.filter(detector="canary_token").update(is_active=False)
    assert playbook_of(incident).title == "A token or integrator in wrong hands"
    Playbook.objects.filter(category="token").update(is_active=False)
    assert playbook_of(incident) is None


def test_without_a_playbook_an_incident_begins_without_steps(house):
    incident = incident_open(seen=Seen(category="other", severity="low", title="?"), place=house.alpha)
    assert not IncidentStep.objects.filter(incident=incident).exists()


def test_steps_are_changed_by_who_manages_security_at_every_hotel_of_the_chain(books):
    book = Playbook.objects.get(chain=books.chain, category="load", detector="")
    step = book.steps.first()
    role = role_make(books.chain, "security.manage", code="partly")
    partly = user_make(books.alpha, username="partly")
    role_assign(user=partly, role=role, place=books.alpha)
    partly, before = User.objects.get(pk=partly.pk), list(PlaybookStep.objects.order_by("pk").values())
    added = PlaybookStep(position=5, code="breathe", title="Breathe")
    for by in (partly, books.bo):
        with pytest.raises(NotPermitted):
            playbook_steps_change(playbook=book, kept=[added], gone=[step], by=by)
        with pytest.raises(NotPermitted):
            playbook_change(playbook=book, changes={"title": "x"}, by=by)
    assert list(PlaybookStep.objects.order_by("pk").values()) == before

    playbook_steps_change(playbook=book, kept=[added], gone=[step], by=books.ada)
    assert [one.code for one in Playbook.objects.get(pk=book.pk).in_order] == [
        "breathe",
        "revoke_token",
        "tell_client",
    ]


def test_a_step_of_another_playbook_does_not_go_and_a_malformed_one_does_not_come(books):
    book, other = Playbook.objects.all()[:2]
    strange = other.steps.first()
    playbook_steps_change(playbook=book, kept=[], gone=[strange], by=None)
    assert PlaybookStep.objects.filter(pk=strange.pk).exists()
    with pytest.raises(ValidationError):
        playbook_steps_change(
            playbook=book, kept=[PlaybookStep(position=1, code="a b", title="x")], gone=[], by=None
        )


def test_steps_are_seen_with_their_chain(stage):
    mine = playbook_step_make(stage.alpha)
    other = playbook_make(stage.alpha, chain=chain_make(code="OTHER"))
    theirs = playbook_step_make(stage.alpha, playbook=other)
    seen = PlaybookStep.objects.all().visible_to(stage.person({"view_security_area"}))
    assert list(seen) == [mine] != [theirs]
