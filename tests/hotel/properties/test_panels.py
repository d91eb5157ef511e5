"""Panels of components on the pages of others: by right, in order, and only with something to show."""

import pytest

from hotel.core import plugs
from hotel.core.plugs import PANEL_QUERIES, ComponentPlug, Panel
from hotel.properties import panels
from hotel.properties.scoping import codename
from tests.contracts.queries import queries_of


def told(subject_id, property_ids):
    return f"{subject_id} at {sorted(property_ids)}"


def nothing(subject_id, property_ids):
    return []


HERE = f"{__name__}.told"


def panel(name, **over):
    values = {"template": "x.html", "context": HERE, "area": "rooms", **over}
    return Panel(name, values.pop("subject", "guest"), **values)


@pytest.fixture
def plugged(monkeypatch):
    def plug(*rows):
        monkeypatch.setattr(panels, "plugs", lambda: (ComponentPlug(area="x", panels=rows),))

    return plug


def shown(*args):
    return [(one.template, one.shown) for one in panels.panels_of(*args)]


def test_a_panel_is_told_where_the_right_is_held(stage, plugged):
    alpha, beta = stage.alpha, stage.beta
    person = stage.person({codename("view", "rooms")}, alpha, beta)
    plugged(panel("late", template="b.html", order=2), panel("early", template="a.html", order=1))

    both = f"7 at {sorted([alpha.pk, beta.pk])}"
    assert shown("guest", 7, person) == [("a.html", both), ("b.html", both)]
    assert shown("guest", 7, person, beta) == [
        ("a.html", f"7 at [{beta.pk}]"),
        ("b.html", f"7 at [{beta.pk}]"),
    ]


@pytest.mark.parametrize(
    ("case", "over"),
    [
        ("another subject", {"subject": "reservation"}),
        ("another area", {"area": "folios"}),
        ("another verb", {"verb": "manage"}),
        ("nothing to show", {"context": f"{__name__}.nothing"}),
    ],
)
def test_what_does_not_belong_there_is_left_out(stage, plugged, case, over):
    person = stage.person({codename("view", "rooms")}, stage.alpha)
    plugged(panel("one"), panel("other", **over))
    assert len(shown("guest", 7, person, stage.alpha)) == 1


def test_who_holds_the_right_elsewhere_sees_nothing_here(stage, plugged):
    plugged(panel("one"))
    person = stage.person({codename("view", "rooms")}, stage.alpha)
    assert shown("guest", 7, person, stage.beta) == []


def test_the_panels_of_the_house_cost_little_when_there_is_nothing(cast):
    for plug in plugs.plugs():
        for one in plug.panels:
            call = panels.import_string(one.context)
            assert len(queries_of(lambda call=call: call(0, {cast.alpha.pk}))) <= PANEL_QUERIES
            assert not call(0, {cast.alpha.pk})
