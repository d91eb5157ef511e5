"""What every resource does: an API test declares what is its own and inherits the rest.

Example, ``tests/hotel/rooms/api/test_room_types.py``::

    class TestRoomTypes(CrudContract):
        model, url, area = RoomType, "/api/v1/room-types", "rooms"
        update = {"name": "Double with a view"}

        def make(self, place, n):
            return room_type_make(place, code=f"T{n}")

        def create(self, place):
            return {"property": place.pk, "code": "DBL", "name": "Double", "standard_occupancy": 2}

``ReadContract`` alone fits resources changed by commands only; ``CrudContract`` is all parts with the query
budget. Say ``write = "override"`` when writing needs another verb than ``manage``; ``also = (codename, ...)``
when it needs more; ``is_deletable = False`` when DELETE is not served. Every POST carries an Idempotency-Key.
"""

from auditlog.models import LogEntry
from auditlog.registry import auditlog

from tests.contracts.base import ApiContract, assert_problem, ids_of
from tests.contracts.queries import QueryContract

HOSTILE = [
    None,
    {},
    [],
    [{}],
    True,
    "",
    "\x00",
    "x" * 20_000,
    10**30,
    -(10**30),
    -1,
    1e308,
    "NaN",
    "0000-00-00",
]
HOSTILE_QUERIES = [
    "property=abc",
    "property=99999999999999999999999",
    "property=-1",
    "cursor=garbage",
    "cursor=cD0lMDA=",
    "cursor=cD14",
    "page_size=0",
    "page_size=-5",
    "page_size=99999999999999999999",
    "ordering=;drop",
    "search=%00",
    "search=%ED%A0%80",
    "property=%00&property=1",
    "updated_since=x",
    "updated_since=0001-01-01T00:00:00%2B14:00",
    "search=" + "a" * 5000,
]


class ReadContract(ApiContract):
    """list and retrieve × {anonymous, no right, other property, view}, filter, pages, hostile queries."""

    def test_the_list_refuses_anonymous_callers(self, stage):
        assert_problem(stage.client().get(self.url), 401, "not_authenticated")

    def test_the_list_refuses_callers_without_a_right_of_the_area(self, stage):
        assert_problem(self.stranger(stage).get(self.url), 403, "permission_denied")

    def test_the_list_shows_rows_of_the_properties_where_the_right_is_held(self, stage):
        mine, theirs = self.make(stage.alpha, 0), self.make(stage.beta, 1)
        everywhere = stage.client_of(self.reader_rights(), stage.alpha, stage.beta)
        assert {mine.pk, theirs.pk} <= set(ids_of(everywhere.get(self.url)))
        here = ids_of(self.reader(stage).get(self.url))
        assert mine.pk in here
        assert theirs.pk not in here

    def test_one_row_is_shown_where_the_right_is_held_and_does_not_exist_elsewhere(self, stage):
        row = self.make(stage.alpha, 0)
        answer = self.reader(stage).get(self.one(row))
        assert answer.status_code == 200, answer.content
        assert answer.json()["id"] == row.pk
        assert_problem(self.outsider(stage).get(self.one(row)), 404, "not_found")
        assert_problem(self.stranger(stage).get(self.one(row)), 403, "permission_denied")
        assert_problem(stage.client().get(self.one(row)), 401, "not_authenticated")

    def test_the_property_filter_narrows(self, stage):
        mine, theirs = self.make(stage.alpha, 0), self.make(stage.beta, 1)
        client = stage.client_of(self.reader_rights(), stage.alpha, stage.beta)
        found = ids_of(client.get(self.url, {"property": stage.alpha.pk}))
        assert mine.pk in found
        assert theirs.pk not in found

    def test_pages_show_each_row_once(self, stage):
        made = [self.make(stage.alpha, n).pk for n in range(5)]
        client, seen, path = self.reader(stage), [], f"{self.url}?page_size=2"
        while path:
            answer = client.get(path)
            page = ids_of(answer)
            assert len(page) <= 2
            seen += page
            path = answer.json()["next"]
        assert len(seen) == len(set(seen))
        assert set(made) <= set(seen)

    def test_each_declared_ordering_works_both_ways(self, stage):
        made = {self.make(stage.alpha, n).pk for n in range(3)}
        client = self.reader(stage)
        for field in getattr(self.viewset(), "ordering_fields", ()):
            for sign in ("", "-"):
                assert made <= set(ids_of(client.get(self.url, {"ordering": sign + field}))), sign + field

    def test_hostile_queries_get_an_answer_below_500(self, stage):
        self.make(stage.alpha, 0)
        client = self.reader(stage)
        for query in HOSTILE_QUERIES:
            answer = client.get(f"{self.url}?{query}")
            assert answer.status_code < 500, (query[:40], answer.content)

    def test_an_impossible_id_is_not_found(self, stage):
        client = self.reader(stage)
        for impossible in ("0", "9" * 18, "9" * 40):
            assert_problem(client.get(f"{self.url}/{impossible}"), 404, "not_found")


class WriteContract(ApiContract):
    """What the writing parts share: nothing may change on a refusal."""

    update: dict = {}

    def create(self, place) -> dict:
        """The body that makes one row at a property; make what it refers to here as well."""
        raise NotImplementedError

    def rows(self) -> list:
        """All rows as stored, in order."""
        return list(self.model.objects.order_by("pk").values())

    def audited(self, row, action: int, actor_id: int) -> bool:
        """Whether the readable audit has this change by this person; true when the model is excluded."""
        if not auditlog.contains(self.model):
            return True
        entries = LogEntry.objects.filter(object_pk=str(row.pk), action=action, actor_id=actor_id)
        return entries.filter(content_type__app_label=self.model._meta.app_label).exists()


class CreateContract(WriteContract):
    """POST to the list × {anonymous, no right, view only, other property, manage}; hostile bodies."""

    def test_create_makes_a_row_and_says_so(self, stage):
        body, before = self.create(stage.alpha), self.model.objects.count()
        user = stage.person(self.writer_rights())
        answer = stage.client(user).post(self.url, body)
        assert answer.status_code == 201, answer.content
        assert self.model.objects.count() == before + 1
        row = self.model.objects.get(pk=answer.json()["id"])
        assert self.audited(row, LogEntry.Action.CREATE, user.pk)
        shown = stage.client(user).get(self.one(row))
        assert shown.status_code == 200, shown.content

    def test_create_is_refused_without_the_right(self, stage):
        body, before = self.create(stage.alpha), self.rows()
        assert_problem(stage.client().post(self.url, body), 401, "not_authenticated")
        assert_problem(self.stranger(stage).post(self.url, body), 403, "permission_denied")
        assert_problem(self.not_writing(stage).post(self.url, body), 403, "permission_denied")
        assert self.rows() == before

    def test_create_is_refused_at_another_property(self, stage):
        body, before = self.create(stage.alpha), self.rows()
        answer = self.outsider(stage).post(self.url, body)
        assert answer.status_code in {400, 403, 404}, answer.content
        assert self.rows() == before

    def test_create_asks_for_what_is_missing(self, stage):
        before, client = self.rows(), self.writer(stage)
        assert_problem(client.post(self.url, {}), 400, "invalid")
        assert_problem(client.post(self.url, []), 400, "invalid", "malformed")
        assert_problem(client.generic("POST", self.url, b"{", content_type="application/json"), 400)
        assert self.rows() == before

    def test_hostile_values_get_an_answer_below_500(self, stage):
        body, client = self.create(stage.alpha), self.writer(stage)
        for name in body:
            for value in HOSTILE:
                answer = client.post(self.url, {**body, name: value})
                assert answer.status_code < 500, (name, str(value)[:40], answer.content)

    def test_a_repeated_key_creates_one_row(self, stage):
        body, client, before = self.create(stage.alpha), self.writer(stage), self.model.objects.count()
        first, second = (client.post(self.url, body, key="the-same") for _ in range(2))
        assert (first.status_code, second.status_code) == (201, 201), second.content
        assert second.json() == first.json()
        assert second["Idempotency-Replayed"] == "true"
        assert self.model.objects.count() == before + 1


class UpdateContract(WriteContract):
    """PATCH of one row × {anonymous, no right, view only, other property, manage}; the property stays."""

    def test_update_changes_the_row(self, stage):
        row, user = self.make(stage.alpha, 0), stage.person(self.writer_rights())
        answer = stage.client(user).patch(self.one(row), self.update)
        assert answer.status_code == 200, answer.content
        assert {name: answer.json()[name] for name in self.update} == self.update
        assert self.audited(row, LogEntry.Action.UPDATE, user.pk)
        shown = stage.client(user).get(self.one(row)).json()
        assert {name: shown[name] for name in self.update} == self.update

    def test_update_is_refused_without_the_right(self, stage):
        row = self.make(stage.alpha, 0)
        before = self.rows()
        assert_problem(stage.client().patch(self.one(row), self.update), 401, "not_authenticated")
        assert_problem(self.stranger(stage).patch(self.one(row), self.update), 403, "permission_denied")
        assert_problem(self.not_writing(stage).patch(self.one(row), self.update), 403, "permission_denied")
        assert_problem(self.outsider(stage).patch(self.one(row), self.update), 404, "not_found")
        assert self.rows() == before

    def test_update_never_moves_a_row_to_another_property(self, stage):
        row, client = (
            self.make(stage.alpha, 0),
            stage.client_of(self.writer_rights(), stage.alpha, stage.beta),
        )
        before = self.rows()
        answer = client.patch(self.one(row), {"property": stage.beta.pk})
        assert answer.status_code < 500, answer.content
        assert [r.get("property_id") for r in self.rows()] == [r.get("property_id") for r in before]

    def test_a_stale_version_is_refused(self, stage):
        viewset = self.viewset()
        if not viewset.versioned & {"partial_update", "update"}:
            return
        row, client = self.make(stage.alpha, 0), self.writer(stage)
        tag = client.get(self.one(row))["ETag"]
        changed = client.patch(self.one(row), self.update, HTTP_IF_MATCH=tag)
        assert changed.status_code == 200, changed.content
        assert changed["ETag"] != tag
        before = self.rows()
        assert_problem(client.patch(self.one(row), self.update, HTTP_IF_MATCH=tag), 412, "version_conflict")
        assert self.rows() == before

    def test_hostile_changes_get_an_answer_below_500(self, stage):
        row, client = self.make(stage.alpha, 0), self.writer(stage)
        for name in self.update:
            for value in HOSTILE:
                answer = client.patch(self.one(row), {name: value})
                assert answer.status_code < 500, (name, str(value)[:40], answer.content)


class DeleteContract(WriteContract):
    """DELETE of one row × {anonymous, no right, view only, other property, manage}; or 405 where not served."""

    is_deletable = True

    def test_delete_removes_the_row(self, stage):
        row, user = self.make(stage.alpha, 0), stage.person(self.writer_rights())
        answer = stage.client(user).delete(self.one(row))
        if not self.is_deletable:
            assert_problem(answer, 405, "method_not_allowed")
            assert self.model.objects.filter(pk=row.pk).exists()
            return
        assert answer.status_code == 204, answer.content
        assert not self.model.objects.filter(pk=row.pk).exists()
        assert self.audited(row, LogEntry.Action.DELETE, user.pk)

    def test_delete_is_refused_without_the_right(self, stage):
        row = self.make(stage.alpha, 0)
        before = self.rows()
        assert_problem(stage.client().delete(self.one(row)), 401, "not_authenticated")
        for client in (self.stranger(stage), self.not_writing(stage), self.outsider(stage)):
            answer = client.delete(self.one(row))
            assert answer.status_code in ({403, 404} if self.is_deletable else {403, 404, 405})
        assert self.rows() == before


class CrudContract(ReadContract, CreateContract, UpdateContract, DeleteContract, QueryContract):
    """A plain resource."""
