"""The whitelist and its guests from higher floors."""

import pytest

from hotel.messaging.domain import variables as module
from hotel.messaging.domain.rendering import check, names_in
from hotel.messaging.domain.standard_templates import STANDARD
from hotel.messaging.domain.variables import NAME, Variable, variable_names, variables, variables_register

POINTS = Variable("loyalty.points", "Points of the member", "1200")


@pytest.fixture
def known(monkeypatch):
    monkeypatch.setattr(module, "_known", dict(module._known))


def test_every_name_is_well_formed_and_has_a_sample():
    assert [variable.name for variable in variables()] == sorted(variable_names())
    assert all(NAME.fullmatch(v.name) and v.title and v.sample for v in variables())


def test_a_component_may_add_its_own(known):
    variables_register(POINTS)
    variables_register(POINTS)
    assert "loyalty.points" in variable_names()


@pytest.mark.parametrize("name", ["Loyalty.points", "loyalty..points", "", "a b", "a." * 5 + "b"])
def test_a_malformed_name_is_refused(known, name):
    with pytest.raises(ValueError, match="dotted"):
        variables_register(Variable(name, "x", "x"))


def test_a_taken_name_is_refused(known):
    with pytest.raises(ValueError, match=r"First name of the guest"):
        variables_register(Variable("guest.first_name", "Something else", "x"))


@pytest.mark.parametrize("template", STANDARD, ids=lambda t: f"{t['code']} {t['channel']} {t['language']}")
def test_standard_templates_are_valid(template):
    for text in (template["subject"], template["body"]):
        check(text, variable_names())
    assert template["body"].strip() == template["body"]
    assert bool(template["subject"]) == (template["channel"] == "email")


def test_standard_templates_say_the_same_in_each_language():
    asked = {}
    for template in STANDARD:
        names = set(names_in(template["subject"] + template["body"]))
        asked.setdefault((template["code"], template["channel"]), []).append(names)
    assert len(asked) == 12
    for names in asked.values():
        assert len(names) == 3
        assert names[0] == names[1] == names[2]
