"""Cursor pages: each row once whatever is inserted meanwhile, bounded, closed to made-up cursors."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import include, path
from rest_framework import serializers

from hotel.core.api.routers import ComponentRouter
from hotel.properties.api.mixins import PropertyScopedSerializer, ReadViewSet
from hotel.properties.models import BusinessDay, Section
from tests.contracts.stage import ALL_RIGHTS

pytestmark = pytest.mark.urls(__name__)
URL = "/api/v1/sections"


class SectionSerializer(PropertyScopedSerializer):
    class Meta:
        model = Section
        fields = ["id", "code"]


class SectionViewSet(ReadViewSet):
    """Sections."""

    queryset = Section.objects.all()
    serializer_class = SectionSerializer
    area = "properties"
    search_fields = ["name", "code"]
    ordering_fields = ["name", "code", "property__code", "property", "created_at"]
    default_ordering = ("name",)


class DaySerializer(PropertyScopedSerializer):
    code = serializers.DateTimeField(source="closed_at")

    class Meta:
        model = BusinessDay
        fields = ["id", "code"]


class DayViewSet(ReadViewSet):
    """Business days."""

    queryset = BusinessDay.objects.all()
    serializer_class = DaySerializer
    area = "properties"
    ordering_fields = ["closed_at"]


router = ComponentRouter()
router.register("sections", SectionViewSet)
router.register("days", DayViewSet)
urlpatterns = [path("api/v1/", include(router.urls))]


@pytest.fixture
def client(stage):
    for n in range(5):
        Section.objects.create(property=stage.alpha, code=f"S{n}", name="same")
    return stage.client_of(ALL_RIGHTS)


def codes(answer) -> list[str]:
    return [row["code"] for row in answer.json()["results"]]


def test_rows_of_equal_rank_are_told_apart_by_their_key(client):
    first = client.get(URL, {"page_size": 2})
    assert codes(first) == ["S0", "S1"]
    second = client.get(first.json()["next"])
    assert codes(second) == ["S2", "S3"]
    third = client.get(second.json()["next"])
    assert (codes(third), third.json()["next"]) == (["S4"], None)
    assert codes(client.get(third.json()["previous"])) == ["S2", "S3"]


def walk(client, url=URL, **query) -> list[str]:
    """All codes, page by page to the end; then back again, which must show the same pages."""
    answer = client.get(url, {"page_size": 2, **query})
    pages, last = [codes(answer)], answer.json()
    while last["next"]:
        answer = client.get(last["next"])
        pages.append(codes(answer))
        last = answer.json()
    back = []
    while last["previous"]:
        answer = client.get(last["previous"])
        back.insert(0, codes(answer))
        last = answer.json()
    assert back == pages[:-1]
    return [code for page in pages for code in page]


@pytest.mark.parametrize(
    "ordering",
    [
        "code",
        "-code",
        "name",
        "-name",
        "property__code",
        "-property__code",
        "property",
        "-property",
        "created_at",
    ],
)
def test_every_ordering_walks_over_each_row_once_and_back(client, ordering):
    assert sorted(walk(client, ordering=ordering)) == ["S0", "S1", "S2", "S3", "S4"]


@pytest.mark.parametrize(("ordering", "expected"), [("closed_at", "12345ab"), ("-closed_at", "ab54321")])
def test_nulls_count_as_the_largest(stage, ordering, expected):
    """The open days of both properties have no closing instant; five closed ones do."""
    for n in range(1, 6):
        day = stage.alpha.business_date - timedelta(days=10 - n)
        BusinessDay.objects.create(
            property=stage.alpha, business_date=day, closed_at=datetime(2027, 1, n, tzinfo=UTC)
        )
    client = stage.client_of(ALL_RIGHTS, stage.alpha, stage.beta)
    names = {None: iter("ab")}
    found = [at[9] if at else next(names[None]) for at in walk(client, "/api/v1/days", ordering=ordering)]
    assert "".join(found) == expected


def test_a_thousand_rows_of_equal_rank_are_walked_over(client, stage):
    Section.objects.bulk_create(Section(property=stage.alpha, code=f"T{n}", name="same") for n in range(1300))
    found = walk(client, ordering="name", page_size=200)
    assert len(found) == len(set(found)) == 1305


def test_rows_inserted_meanwhile_shift_nothing(client, stage):
    first = client.get(URL, {"page_size": 2, "ordering": "code"})
    Section.objects.create(property=stage.alpha, code="A0", name="new")
    Section.objects.create(property=stage.alpha, code="S10", name="new")
    assert codes(client.get(first.json()["next"])) == ["S10", "S2"]


@pytest.mark.parametrize(
    ("ordering", "expected"), [("code", ["S0", "S1"]), ("-code", ["S4", "S3"]), ("nonsense", ["S0", "S1"])]
)
def test_only_declared_orderings_count(client, ordering, expected):
    assert codes(client.get(URL, {"ordering": ordering, "page_size": 2})) == expected


@pytest.mark.parametrize(
    ("asked", "given"), [("3", 3), ("0", 50), ("-1", 50), ("x", 50), ("201", 200), ("9" * 30, 200)]
)
def test_the_size_of_a_page_is_bounded(client, stage, asked, given):
    Section.objects.bulk_create(Section(property=stage.alpha, code=f"T{n}", name="z") for n in range(220))
    assert len(codes(client.get(URL, {"page_size": asked}))) == given


def token(*parts) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    [
        "garbage",
        "\u00fc",
        "AAAA",
        token(),
        token(["code", "pk"], False),
        token(["code", "pk"], False, ["S1"]),
        token(["code", "pk"], False, ["S1", "x"]),
        token(["code", "pk"], False, ["S1", {}]),
        token(["code", "pk"], False, [["S1"], 1]),
        token(["code", "pk"], False, 7),
        token(["name", "pk"], False, ["same", 1]),
        token(["property__chain__code", "pk"], False, ["S", 1]),
        token(["code", "pk"], False, ["S\x00", 1]),
    ],
)
def test_made_up_cursors_are_bad_input(client, cursor):
    answer = client.get(URL, {"cursor": cursor, "ordering": "code"})
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["cursor"])


@pytest.mark.parametrize("values", [["S1", 10**30], ["S1", -1], [1, 1], ["x" * 5000, 1], [None, 1]], ids=str)
def test_possible_but_odd_cursors_are_followed(client, values):
    cursor = token(["code", "pk"], False, values)
    assert client.get(URL, {"cursor": cursor, "ordering": "code"}).status_code == 200


def test_faults_that_no_cursor_causes_are_not_blamed_on_it(client, monkeypatch):
    def broken(*args, **kwargs):
        raise ValueError("a fault of ours")

    monkeypatch.setattr(SectionViewSet, "default_ordering", property(broken), raising=False)
    with pytest.raises(ValueError, match="a fault of ours"):
        client.get(URL)


def test_search_looks_at_the_declared_fields(client):
    assert codes(client.get(URL, {"search": "S3"})) == ["S3"]
    assert codes(client.get(URL, {"search": "nothing"})) == []


def test_updated_since_narrows_to_what_was_changed(client):
    late = Section.objects.get(code="S2")
    late.save()
    stamp = late.updated_at.isoformat()
    assert codes(client.get(URL, {"updated_since": stamp})) == ["S2"]
    assert codes(client.get(URL, {"updated_since": "2001-01-01T00:00:00Z", "page_size": 2})) == ["S0", "S1"]


@pytest.mark.parametrize(
    "text",
    ["yesterday", "2027-03-14", "2027-03-14T08:00:00", "2027-13-14T08:00:00Z", "2027-03-14T08:00:00 02:00"],
)
def test_an_instant_without_offset_is_refused(client, text):
    answer = client.get(URL, {"updated_since": text})
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["updated_since"])


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_the_ends_of_time_are_survived(client, text):
    assert client.get(URL, {"updated_since": text}).status_code in {200, 400}
