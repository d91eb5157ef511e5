"""Rights, duties and the policy by the API: they belong to a chain, seen in it and changed by who manages all of it."""

import pytest

from hotel.accounts.services.areas import areas_sync
from security.models import AccessPolicy, DutyConflict, Permission
from security.services.catalogue import catalogue_seed
from tests.contracts.base import assert_problem, ids_of
from tests.contracts.queries import queries_of
from tests.contracts.stage import ALL_RIGHTS, ALL_VIEWS, Client
from tests.factories.properties import chain_make

RIGHTS, DUTIES, POLICIES = (
    f"/api/v1/security/access-control{tail}" for tail in ("", "/duty-conflicts", "/policies")
)
VIEW = {"view_security_area"}
MANAGE = VIEW | {"manage_security_area"}


@pytest.fixture
def here(stage):
    catalogue_seed(chain=stage.alpha.chain)
    return stage


@pytest.fixture
def other(here):
    chain = chain_make(code="OTHER")
    catalogue_seed(chain=chain)
    return chain


def right(area: str, verb: str, chain) -> Permission:
    return Permission.objects.get(chain=chain, area=area, verb=verb)


def stored():
    return [list(model.objects.order_by("pk").values()) for model in (Permission, DutyConflict, AccessPolicy)]


@pytest.mark.parametrize("url", [RIGHTS, DUTIES, POLICIES])
def test_lists_show_the_chain_to_who_sees_security_in_it(here, other, url):
    model = {RIGHTS: Permission, DUTIES: DutyConflict, POLICIES: AccessPolicy}[url]
    mine = set(model.objects.filter(chain=here.alpha.chain).values_list("pk", flat=True))
    theirs = model.objects.filter(chain=other).first()

    client = here.client_of(VIEW)
    assert mine
    assert set(ids_of(client.get(f"{url}?page_size=200"))) == mine
    assert_problem(client.get(f"{url}/{theirs.pk}"), 404, "not_found")
    assert_problem(here.client_of(ALL_RIGHTS - VIEW).get(url), 403, "permission_denied")
    assert_problem(here.client().get(url), 401, "not_authenticated")


def test_a_list_of_rights_costs_few_queries(here):
    user = here.person(VIEW)
    assert len(queries_of(lambda: here.client(user).get(f"{RIGHTS}?page_size=200"))) <= 5


def test_who_manages_one_of_two_properties_does_not_change_the_chain(here):
    row, policy = right("rooms", "view", here.alpha.chain), here.alpha.chain.access_policy
    rule, before = DutyConflict.objects.filter(chain=here.alpha.chain).first(), stored()
    client = here.client_of(MANAGE)
    for path, body in (
        (f"{RIGHTS}/{row.pk}", {"risk": "privileged"}),
        (f"{POLICIES}/{policy.pk}", {"request_days": 3}),
        (f"{DUTIES}/{rule.pk}", {"action": "forbid"}),
    ):
        assert_problem(client.patch(path, body), 403, "permission_denied")
        assert_problem(here.client_of(VIEW, here.alpha, here.beta).patch(path, body), 403)
    assert_problem(client.delete(f"{DUTIES}/{rule.pk}"), 403, "permission_denied")
    assert stored() == before


def test_who_manages_all_of_it_does(here):
    client = here.client_of(MANAGE, here.alpha, here.beta)
    row, second = (right(area, "view", here.alpha.chain) for area in ("rooms", "rates"))

    changed = client.patch(
        f"{RIGHTS}/{row.pk}", {"risk": "sensitive", "needs_second_person": True, "area": "x"}
    )
    assert (changed.json()["risk"], changed.json()["needs_second_person"], changed.json()["area"]) == (
        "sensitive",
        True,
        "rooms",
    )
    policy = client.patch(f"{POLICIES}/{here.alpha.chain.access_policy.pk}", {"emergency_minutes": 30})
    assert policy.json()["emergency_minutes"] == 30
    made = client.post(DUTIES, {"first": second.pk, "second": row.pk, "action": "forbid", "reason": "So."})
    assert (made.status_code, made.json()["first_right"], made.json()["action"]) == (
        201,
        "view rates",
        "forbid",
    )
    one = f"{DUTIES}/{made.json()['id']}"
    assert client.patch(one, {"action": "warn"}).json()["action"] == "warn"
    assert client.delete(one).status_code == 204
    assert not DutyConflict.objects.filter(pk=made.json()["id"]).exists()


@pytest.mark.parametrize("case", ["twice the same", "stands already", "another chain", "no such"])
def test_a_pair_that_makes_no_sense_is_refused(here, other, case):
    client = here.client_of(MANAGE, here.alpha, here.beta)
    first = right("rooms", "view", here.alpha.chain)
    rule = DutyConflict.objects.filter(chain=here.alpha.chain).first()
    pair = {
        "twice the same": (first.pk, first.pk),
        "stands already": (rule.second_id, rule.first_id),
        "another chain": (first.pk, right("rates", "view", other).pk),
        "no such": (first.pk, 0),
    }[case]
    before = stored()
    assert_problem(client.post(DUTIES, {"first": pair[0], "second": pair[1], "reason": "So."}), 400)
    assert stored() == before


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("policy", {"review_every_days": 6}),
        ("policy", {"emergency_minutes": 10**6}),
        ("policy", {"emergency_role": 0}),
        ("right", {"risk": "huge"}),
    ],
)
def test_values_out_of_range_are_refused(here, path, body):
    client, before = here.client_of(ALL_RIGHTS, here.alpha, here.beta), stored()
    one = {
        "policy": f"{POLICIES}/{here.alpha.chain.access_policy.pk}",
        "right": f"{RIGHTS}/{right('rooms', 'view', here.alpha.chain).pk}",
    }[path]
    assert_problem(client.patch(one, body), 400, "invalid")
    assert stored() == before


class TestMatrix:
    """The matrix, the findings and one person's rights are told at properties where one sees security."""

    def people(self, house) -> Client:
        client = Client()
        client.force_authenticate(user=house.ada)
        return client

    def test_the_matrix_says_what_everybody_may_do(self, house):
        rows = self.people(house).get(f"{RIGHTS}/matrix?property={house.beta.pk}").json()
        assert [(row["name"], row["risk"]) for row in rows] == [("ada", "privileged"), ("eve", "sensitive")]
        assert rows[1]["areas"]["stays"] == ["audit", "manage", "view"]

    def test_the_findings_name_the_duties(self, house):
        rows = self.people(house).get(f"{RIGHTS}/findings?property={house.beta.pk}").json()
        assert [(row["name"], row["first"], row["second"]) for row in rows if row["name"] == "eve"] == [
            ("eve", "adjust folios", "audit stays")
        ]

    def test_one_persons_rights_say_why(self, house):
        rows = self.people(house).get(f"{RIGHTS}/effective?user={house.di.pk}").json()
        assert [(row["verb"], row["area"], row["reasons"][0]["role"]) for row in rows] == [
            ("view", "dashboard", "housekeeping"),
            ("view", "operations", "housekeeping"),
            ("work", "operations", "housekeeping"),
            ("view", "papers", "housekeeping"),
            ("view", "properties", "housekeeping"),
            ("status", "rooms", "housekeeping"),
            ("view", "rooms", "housekeeping"),
        ]
        none = self.people(house).get(f"{RIGHTS}/effective?user={house.di.pk}&property={house.beta.pk}")
        assert none.json() == []

    @pytest.mark.parametrize("query", ["", "user=x", "user=1&property=x", f"user={'9' * 40}"])
    def test_nonsense_is_refused(self, house, query):
        answer = self.people(house).get(f"{RIGHTS}/effective?{query}")
        assert answer.status_code in {400, 404}, answer.content

    def test_other_properties_and_their_people_do_not_exist(self, stage, here):
        areas_sync()
        client = stage.client_of(ALL_VIEWS)
        for name in ("matrix", "findings"):
            assert client.get(f"{RIGHTS}/{name}?property={stage.alpha.pk}").status_code == 200
            assert_problem(client.get(f"{RIGHTS}/{name}?property={stage.beta.pk}"), 400, "invalid")
            assert_problem(
                stage.client_of(ALL_RIGHTS - VIEW).get(f"{RIGHTS}/{name}?property={stage.alpha.pk}"), 403
            )
        stranger = stage.person(VIEW, stage.beta)
        assert_problem(client.get(f"{RIGHTS}/effective?user={stranger.pk}"), 404, "not_found")
