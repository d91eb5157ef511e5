"""What every contract starts from: the declarations of an app's test and the people they need."""

from django.urls import resolve

from hotel.properties.scoping import codename
from tests.contracts.stage import ALL_RIGHTS, ALL_VIEWS, Client, Stage


def ids_of(answer) -> list[int]:
    """The ids of a list answer, in order."""
    assert answer.status_code == 200, answer.content
    return [row["id"] for row in answer.json()["results"]]


def assert_problem(answer, status: int, *codes: str) -> None:
    """The answer is problem+json with this status and, when given, one of these codes."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert not codes or body["code"] in codes, body


class ApiContract:
    """The declarations that all contracts share.

    Class attributes:
        model: the resource's model.
        url: the list's path, such as ``/api/v1/room-types``.
        area: the plug's area.
        factory: plain function ``factory(place, **over) -> row``.
        read, write: the verbs of the area that reading and writing need.
        also: further codenames that a writer needs, such as ``view_guests_area``; all ``view`` are held already.
    """

    model: type
    url: str
    area: str
    factory = None
    read = "view"
    write = "manage"
    also: tuple[str, ...] = ()

    def make(self, place, n: int):
        """The n-th row at a property; override when the factory needs a distinct code."""
        return type(self).factory(place)

    def one(self, row) -> str:
        """The path of one row."""
        return f"{self.url}/{row.pk}"

    def viewset(self):
        """The viewset behind the url."""
        return resolve(self.url).func.cls

    def fresh(self, row):
        """The row as it is stored now."""
        return type(row).objects.get(pk=row.pk)

    # Rights: a reader sees everything in the house, a writer may also write here, a stranger may do
    # everything but touch this area.

    def reader_rights(self) -> frozenset[str]:
        """All views, and the verb that reads here."""
        return ALL_VIEWS | {codename(self.read, self.area)}

    def writer_rights(self) -> frozenset[str]:
        """A reader's, and the verb that writes here."""
        return self.reader_rights() | {codename(self.write, self.area), *self.also}

    def stranger_rights(self) -> frozenset[str]:
        """Every right of every other area."""
        return frozenset(name for name in ALL_RIGHTS if not name.endswith(f"_{self.area}_area"))

    def reader(self, stage: Stage) -> Client:
        """May read at Alpha."""
        return stage.client_of(self.reader_rights())

    def writer(self, stage: Stage) -> Client:
        """May read and write at Alpha."""
        return stage.client_of(self.writer_rights())

    def stranger(self, stage: Stage) -> Client:
        """May do everything at Alpha but what this area grants."""
        return stage.client_of(self.stranger_rights())

    def outsider(self, stage: Stage) -> Client:
        """May do everything, but at Beta only."""
        return stage.client_of(ALL_RIGHTS, stage.beta)

    def not_writing(self, stage: Stage) -> Client:
        """May do everything at Alpha but write here."""
        return stage.client_of(ALL_RIGHTS - {codename(self.write, self.area)})
