"""Permission tables: each row is driven both ways, with exactly the right it names and with all but that.

Example::

    TABLE = [
        Case("get", "/api/v1/rooms", "view_rooms_area"),
        Case("post", "/api/v1/rooms/{room}/status", "status_rooms_area", body={"status": "clean"}),
    ]

    @pytest.mark.parametrize("case", TABLE, ids=str)
    def test_permissions(case, stage):
        room = room_make(stage.alpha)
        assert_case(case, stage, room=room.pk)
"""

from dataclasses import dataclass

from tests.contracts.stage import ALL_RIGHTS, ALL_VIEWS, Stage


@dataclass(frozen=True)
class Case:
    """One line of a table.

    Attributes:
        method, url: the request; ``{name}`` in the url is filled in by ``assert_case``.
        right: the codename it needs, such as ``status_rooms_area``.
        status: the answer to holders; any of 2xx when 0.
        body: what is sent.
        outsider: the answer to those who hold every right, but at another property: 404 for one row,
            400 or 403 where the body names a property, 200 (an empty list) for lists.
    """

    method: str
    url: str
    right: str
    status: int = 0
    body: dict | None = None
    outsider: tuple[int, ...] = (200, 400, 403, 404)

    def __str__(self) -> str:
        return f"{self.method} {self.url} {self.right}"


def assert_case(case: Case, stage: Stage, **values) -> None:
    """Drive one case; the refused callers come first, so that they meet an untouched state.

    The holder has every ``view`` besides the right itself, because answers show rows of other areas.
    """
    url = case.url.format(**values)

    def ask(client):
        return getattr(client, case.method)(url, case.body)

    assert ask(stage.client()).status_code == 401
    refused = ask(stage.client_of(ALL_RIGHTS - {case.right}))
    assert refused.status_code == 403, f"without {case.right}: {refused.status_code} {refused.content[:300]}"
    elsewhere = ask(stage.client_of(ALL_RIGHTS, stage.beta))
    assert elsewhere.status_code in case.outsider, f"{elsewhere.status_code} {elsewhere.content[:300]}"
    answer = ask(stage.client_of(ALL_VIEWS | {case.right}))
    if case.status:
        assert answer.status_code == case.status, answer.content[:500]
    else:
        assert 200 <= answer.status_code < 300, answer.content[:500]
