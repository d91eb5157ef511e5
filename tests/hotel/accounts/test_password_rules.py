import pytest
from django.core.exceptions import ValidationError

from hotel.accounts import password_rules
from hotel.accounts.models import User
from hotel.accounts.services.users import user_password_set
from hotel.core.models import OutboxMessage

OLD, NEW = "a-quite-long-phrase", "another-quite-long-one"


@pytest.fixture
def bo(cast):
    cast.alpha.name = "Grand Meridian"
    cast.alpha.save()
    cast.bo.chain = cast.chain
    cast.bo.save()
    return user_password_set(user=cast.bo, password=OLD)


def refused(user, password):
    with pytest.raises(ValidationError) as caught:
        user_password_set(user=user, password=password)
    return caught.value.message_dict["password"]


@pytest.mark.parametrize("password", ["GrandMeridian2027", "M3r1dian-winter", "hotel-meridian-hotel"])
def test_names_of_the_chain_and_its_hotels_do_not_count(bo, password):
    [text] = refused(bo, password)
    assert "add 12 other characters" in text
    assert User.objects.get(pk=bo.pk).check_password(OLD)


def test_with_enough_besides_a_name_is_no_fault(bo):
    user_password_set(user=bo, password="meridian-gulp-of-salty-water")
    assert User.objects.get(pk=bo.pk).check_password("meridian-gulp-of-salty-water")


def test_names_of_other_chains_are_words_like_any_other(bo):
    other = User(username="zoe")
    password_rules.HouseWordsRule().validate("meridian-mornings", other)
    with pytest.raises(ValidationError) as caught:
        password_rules.HouseWordsRule().validate("meridian-mornings", bo)
    assert caught.value.code == "password_house_words"


def test_a_stolen_password_is_refused_and_the_old_one_stays(bo, monkeypatch):
    monkeypatch.setattr(password_rules, "times_stolen", {NEW: 3}.get)
    told = OutboxMessage.objects.count()
    [text] = refused(bo, NEW)
    assert "lists of stolen ones" in text
    assert User.objects.get(pk=bo.pk).check_password(OLD)
    assert OutboxMessage.objects.count() == told


@pytest.mark.parametrize("found", [0, None])
def test_a_password_on_no_list_is_taken_and_one_that_nobody_knows_of_as_well(bo, monkeypatch, found):
    monkeypatch.setattr(password_rules, "times_stolen", lambda password: found)
    user_password_set(user=bo, password=NEW)
    assert User.objects.get(pk=bo.pk).check_password(NEW)


def test_each_rule_says_what_it_asks():
    for rule in (password_rules.HouseWordsRule(), password_rules.StolenRule()):
        assert rule.get_help_text().endswith(".")
