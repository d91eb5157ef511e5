"""Whatever a plug names exists; areas, schedules and facts are called by one name each."""

import dataclasses
import importlib
import zoneinfo
from itertools import pairwise

import pytest
from celery.schedules import crontab_parser
from django.apps import apps
from django.contrib import admin
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string

from config.celery import app as celery_app
from hotel.core.fact import Fact
from hotel.core.facts import subscriptions
from hotel.core.invariants import Invariant
from hotel.core.models import HandledFact, OutboxMessage
from hotel.core.plugs import dataset_named, plugs, plugs_by_component
from tests.architecture.survey import COMPONENTS, ROOT, modules

PLUGS = plugs_by_component()
every_plug = pytest.mark.parametrize(("component", "plug"), PLUGS.items(), ids=PLUGS.keys())


def test_each_component_has_a_plug():
    assert list(PLUGS) == COMPONENTS


def test_areas_are_unique_and_verbs_are_words():
    areas = [plug.area for plug in plugs()]
    assert len(areas) == len(set(areas))
    for plug in plugs():
        assert plug.area.isidentifier()
        assert len(plug.verbs) == len(set(plug.verbs))
        assert all(verb.isidentifier() for verb in plug.verbs)
        assert "view" in plug.verbs


@every_plug
def test_each_dotted_name_resolves(component, plug):
    names = [plug.demo] if plug.demo else []
    names += [widget.context for widget in plug.widgets]
    names += [panel.context for panel in plug.panels]
    names += [name for source in plug.journey for name in (source.rows, source.told)]
    names += [dataset.rows for dataset in plug.datasets]
    names += [
        name
        for provider in plug.privacy
        for name in (provider.export, provider.erase, provider.blockers)
        if name
    ]
    names += [socket.consumer for socket in plug.sockets]
    names += [check.run for check in plug.health]
    for name in names:
        assert callable(import_string(name)), name
    for drawn in (*plug.widgets, *plug.panels):
        get_template(drawn.template)


@every_plug
def test_datasets_are_named_and_give_rows_as_wide_as_their_titles(component, plug, cast):
    place = cast.alpha
    for dataset in plug.datasets:
        assert dataset.name.startswith(f"{plug.area}."), dataset.name
        assert dataset_named(dataset.name) is dataset  # and so has the name for itself
        rows = import_string(dataset.rows)(place, place.business_date, place.business_date)
        assert {len(row) for row in rows} <= {len(dataset.columns)}


@every_plug
def test_invariants_are_named_explained_and_asked_in_sql(component, plug, db):
    for dotted in plug.invariants:
        found = list(import_string(dotted)())
        assert found, dotted
        for invariant in found:
            assert isinstance(invariant, Invariant)
            assert invariant.name.startswith("inv_")
            assert invariant.text.endswith(".")


def test_invariants_have_one_name_each():
    names = [i.name for plug in plugs() for dotted in plug.invariants for i in import_string(dotted)()]
    assert len(names) == len(set(names))


@every_plug
def test_schedules_call_registered_tasks_at_possible_times(component, plug):
    celery_app.loader.import_default_modules()
    for schedule in plug.schedules:
        assert schedule.task in celery_app.tasks, f"{schedule.task} is no celery task"
        assert schedule.name.startswith(f"{plug.area}: "), schedule.name
        assert bool(schedule.cron) != bool(schedule.every_seconds), f"{schedule.name}: a cron or an interval"
        assert schedule.expires_seconds > 0
        zoneinfo.ZoneInfo(schedule.timezone)
        if schedule.cron:
            limits = [(60, 0), (24, 0), (31, 1), (12, 1), (7, 0)]
            for part, (most, least) in zip(schedule.cron.split(), limits, strict=True):
                assert crontab_parser(most, least).parse(part)


def test_schedules_have_one_name_each():
    names = [schedule.name for plug in plugs() for schedule in plug.schedules]
    assert len(names) == len(set(names))


@every_plug
def test_pages_of_the_navigation_exist_and_ask_for_known_rights(component, plug):
    rights = {(other.area, verb) for other in plugs() for verb in other.verbs}
    for item in plug.navigation:
        assert (item.area, item.verb) in rights, item
        try:
            reverse(item.route)
        except NoReverseMatch:
            assert item.route.startswith("/"), f"{item.route} is neither a route's name nor a path"
    for widget in plug.widgets:
        assert (widget.area, widget.verb) in rights, widget
    for panel in plug.panels:
        assert (panel.area, panel.verb) in rights, panel
        assert panel.subject in ("guest", "reservation", "guest_mark", "guest_act"), panel
    for source in plug.journey:
        assert (source.area, source.verb) in rights, source
        assert reverse(source.route, args=[1])


def test_sources_of_the_journey_have_one_name_each_and_name_a_kind_alike():
    sources = [source for plug in plugs() for source in plug.journey]
    assert sources
    assert all(
        source.name.isalpha() and source.name.islower() for source in sources
    )  # any collation sorts them alike
    assert len({source.name for source in sources}) == len(sources)
    titles = {pair for source in sources for pair in source.kinds.items()}
    assert len({kind for kind, _ in titles}) == len(titles)


def _facts() -> list[type[Fact]]:
    """All facts of the published language."""
    for path in modules("hotel/contracts"):
        importlib.import_module(
            ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        )
    found, queue = [], [Fact]
    while queue:
        queue += (children := queue.pop().__subclasses__())
        found += [fact for fact in children if fact.__module__.startswith("hotel.contracts")]
    return sorted(found, key=lambda fact: fact.__name__)


def test_facts_have_one_name_each_that_fits_its_column():
    names = [fact.__name__ for fact in _facts()]
    assert [one for one, other in pairwise(names) if one == other] == []
    longest = OutboxMessage._meta.get_field("topic").max_length
    assert [name for name in names if len(name) > longest] == []


def test_facts_are_frozen_and_know_their_aggregate():
    for fact in _facts():
        if "aggregate_name" not in dir(fact):
            continue  # a base of several facts
        assert fact.__dataclass_params__.frozen, fact
        fields = {field.name for field in dataclasses.fields(fact)}
        assert fact.aggregate_field in fields, f"{fact.__name__}.aggregate_field names no field"


def test_handlers_live_in_handlers_and_their_names_fit_the_inbox():
    longest = HandledFact._meta.get_field("handler").max_length
    for topic, handlers in subscriptions().items():
        for handler in handlers:
            assert len(handler.name) <= longest
            if not handler.name.startswith("tests."):
                assert ".handlers" in handler.name, f"{handler.name} hears {topic} outside handlers.py"
                assert handler.name.rsplit(".", 1)[-1].startswith("on_"), f"call it on_<fact>: {handler.name}"


@every_plug
def test_groups_of_the_administration_name_models_and_pages_that_exist(component, plug):
    routes = {item.route for one in plugs() for item in one.navigation}
    for group in plug.admin:
        for label in group.models:
            assert apps.get_model(label) in admin.site._registry, label
        assert set(group.desk) <= routes, group.title


def test_each_component_with_a_model_in_the_administration_has_a_group_for_all_of_them():
    lone = {model._meta.app_label for model in admin.site._registry} & {
        component.rpartition(".")[2]
        for component, plug in PLUGS.items()
        if not any(not group.models for group in plug.admin)
    }
    assert lone == set()
    assert sum(group.takes_others for plug in plugs() for group in plug.admin) == 1
