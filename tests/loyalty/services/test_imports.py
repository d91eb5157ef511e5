"""Members are taken over from files: checked line by line, then enrolled, once for a file and a line."""

import tracemalloc
from datetime import date
from io import BytesIO

import pytest

from hotel.contracts.loyalty import MemberEnrolled
from hotel.core.exceptions import Conflict, InvalidInput, NotFound
from hotel.core.exports import xlsx_bytes
from hotel.core.locks import LockRefused
from hotel.guests.models import Guest
from loyalty.models import (
    LoyaltyMember,
    MemberImport,
    MemberImportRow,
    PointTransaction,
    TierChange,
    TierCredit,
)
from loyalty.selectors.balances import member_balance
from loyalty.services import imports
from loyalty.services.imports import import_read, import_start, import_step, imports_forget
from tests.cast import TODAY
from tests.contracts.queries import queries_of
from tests.factories.guests import guest_make
from tests.factories.loyalty import loyalty_member_make, loyalty_program_make, loyalty_tier_make
from tests.loyalty.services.unchanged import refused, told
from tests.together import together

HEAD = "number;name;email;birthday;enrolled_on;tier;points;points_expire_on;lifetime_nights"
ANNA = "OLD-1;Moser, Anna;anna@example.com;01.05.1980;2019-03-01;gold;12.600,00;31.12.2027;310"


@pytest.fixture
def program(cast):
    loyalty_tier_make(cast.alpha, level=2, code="gold", name="Gold")
    return loyalty_program_make(cast.alpha)


def read(cast, *lines, content=None, **over):
    text = "\n".join((HEAD, *lines)).encode("utf-8-sig") if content is None else content
    values = {"place": cast.alpha, "name": "old.csv", "is_xlsx": False, "actor": cast.ada, **over}
    return import_read(file=BytesIO(text), **values)


def steps(run):
    while import_step(run_id=run.pk):
        pass
    run.refresh_from_db()
    return [(row.line, row.outcome, row.column, row.reason) for row in run.rows.order_by("line")]


def test_a_file_is_checked_and_then_taken_over(program, cast):
    guest_make(cast.alpha, first_name="Paul", last_name="Huber", email="paul@example.com")
    run = read(cast, ANNA, ";Paul Huber;paul@example.com;;;;;;")
    assert steps(run) == [(2, "new", "", ""), (3, "matched", "", "")]
    assert (run.status, run.total, run.position, LoyaltyMember.objects.count()) == ("checked", 2, 3, 0)

    import_start(run=run)
    assert steps(run) == [(2, "new", "", ""), (3, "matched", "", "")]

    anna, paul = LoyaltyMember.objects.order_by("pk")
    assert (anna.number, str(anna.guest), anna.channel, anna.enrolled_on) == (
        "OLD-1", "Anna Moser", "import", date(2019, 3, 1),
    )  # fmt: skip
    assert (anna.guest.birth_date, anna.tier.code, anna.tier_until) == (
        date(1980, 5, 1), "gold", date(2028, 12, 31),
    )  # fmt: skip
    change = TierChange.objects.get()
    assert (change.reason, change.because, change.on) == ("import", "Brought along", TODAY)
    booked = PointTransaction.objects.get()
    assert (booked.kind, booked.points, booked.source, booked.actor) == ("import", 12_600, "import", cast.ada)
    lot = booked.lots.get()
    assert (lot.points, lot.earned_on, lot.expires_on) == (12_600, TODAY, date(2027, 12, 31))
    assert TierCredit.objects.get().nights == 310
    assert (paul.enrolled_on, paul.tier.level, member_balance(paul, TODAY).total) == (TODAY, 0, 0)
    assert (run.status, run.ended_at is not None) == ("finished", True)
    assert not MemberImportRow.objects.exclude(told="").exists()
    assert list(run.rows.order_by("line").values_list("member", flat=True)) == [anna.pk, paul.pk]


def test_lines_are_refused_with_column_and_reason_and_the_others_go_on(program, cast):
    anna = guest_make(cast.alpha, first_name="Anna", last_name="Moser", email="anna@example.com")
    known = loyalty_member_make(cast.alpha, anna)
    lines = [
        ANNA,
        f"{known.number};Kim Berger;;;;;;;",
        ";;x@example.com;;;;;;",
        ";Kim Berger;;;;platinum;;;",
        ";Kim Berger;;;2030-01-01;;;;",
        ";Kim Berger;;;;;5;2020-01-01;",
        ";Kim Berger;;;;;-5;;",
        ";Kim Berger;nobody;;;;;;",
        "N1;Kim Berger;;;;;;;",
        "N1;Paul Huber;;;;;;;",
        ";Anne Moser;anna@example.com;;;;;;",
    ]
    wanted = [
        (2, "refused", "", f"Anna Moser is a member: {known.number}."),
        (3, "refused", "number", "Another member has this number."),
        (4, "refused", "name", "A member needs a name."),
        (5, "refused", "tier", "There is no tier platinum; there are member, gold."),
        (6, "refused", "enrolled_on", "Give a day from 1900 until today."),
        (7, "refused", "points_expire_on", "These points have ended."),
        (8, "refused", "points", "-5 is no whole number from 0 to 100,000,000."),
        (9, "refused", "email", "Give an e-mail address such as gus@example.com."),
        (10, "new", "", ""),
        (11, "refused", "number", "The number stands in line 10 already."),
        (
            12,
            "refused",
            "",
            "Somebody like this is known here. Choose him, or say that this is another person.",
        ),
    ]
    run = read(cast, *lines)
    assert steps(run) == wanted
    assert (LoyaltyMember.objects.count(), Guest.objects.count()) == (1, 1)
    import_start(run=run)
    assert steps(run) == wanted
    assert [member.number for member in LoyaltyMember.objects.order_by("pk")] == [known.number, "N1"]


def test_the_same_file_is_one_import(program, cast):
    first, again = read(cast, ANNA), read(cast, ANNA)
    assert (first.pk, MemberImportRow.objects.count()) == (again.pk, 1)
    steps(first)
    import_start(run=first)
    steps(first)
    import_start(run=again)
    steps(again)
    assert (LoyaltyMember.objects.count(), PointTransaction.objects.count()) == (1, 1)


def test_what_was_interrupted_goes_on_where_it_was(program, cast, monkeypatch):
    monkeypatch.setattr(imports, "CHUNK", 2)
    run = read(cast, *(f";Guest {n};;;;;10;;" for n in range(5)))
    steps(run)
    import_start(run=run)
    assert import_step(run_id=run.pk)
    assert LoyaltyMember.objects.count() == 2

    def broken(*args):
        raise RuntimeError("The power fails.")

    with monkeypatch.context() as patch:
        patch.setattr(imports, "_over", broken)
        patch.setattr(MemberImportRow.objects, "bulk_update", broken)
        with pytest.raises(RuntimeError, match="power"):
            import_step(run_id=run.pk)
    assert (LoyaltyMember.objects.count(), MemberImport.objects.get().position) == (2, 3)
    steps(run)
    assert (LoyaltyMember.objects.count(), PointTransaction.objects.count(), run.status) == (5, 5, "finished")


def test_nothing_begins_before_it_was_checked(program, cast):
    run = read(cast, ANNA)
    refused("import_checking", lambda: import_start(run=run), Conflict)


def test_a_workbook_is_read_like_text(program, cast):
    content = xlsx_bytes([["name", "points", "birthday"], ["Anna Moser", 1250, date(1980, 5, 1)]])
    run = read(cast, content=content, name="old.xlsx", is_xlsx=True)
    assert steps(run) == [(2, "new", "", "")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "mapping_unfit"),
        (b"shoe\n42\n", "mapping_unfit"),
        (b"name\n", "import_size"),
        (b"name\n\xff\xfe\n", "file_unreadable"),
        (b"name\n" + b"Kim\n" * 3, "import_size"),
    ],
)
def test_what_is_no_file_of_members_is_refused_whole(program, cast, monkeypatch, content, code):
    monkeypatch.setattr(imports, "MAX_ROWS", 2)
    refused(code, lambda: read(cast, content=content), InvalidInput)


def test_a_hotel_without_a_programme_takes_nobody_over(cast):
    refused("program_missing", lambda: read(cast, ANNA), NotFound)


def test_a_file_that_was_never_begun_is_forgotten_after_a_week(program, cast, noon):
    run = read(cast, ANNA)
    steps(run)
    noon.shift(6 * 86400)
    assert imports_forget() == 0
    noon.shift(2 * 86400)
    assert imports_forget() == 2
    assert not MemberImport.objects.exists()


def test_five_thousand_lines_are_stored_in_few_queries_and_little_memory(program, cast):
    lines = [f"N{n};Guest {n};guest{n}@example.com;;;;{n};;" for n in range(5000)]
    tracemalloc.start()
    asked = queries_of(lambda: read(cast, *lines))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert MemberImport.objects.get().total == 5000
    assert len(asked) < 40
    assert peak < 60_000_000


def test_a_line_costs_the_same_however_many_there_are(program, cast):
    costs = []
    for size in (5, 10, 20):
        run = read(cast, *(f";Guest {size} {n};g{size}x{n}@example.com;;;gold;10;;" for n in range(size)))
        steps(run)
        import_start(run=run)
        costs.append(len(queries_of(lambda run=run: import_step(run_id=run.pk))))
    each = (costs[1] - costs[0]) / 5
    assert costs[2] - costs[1] == each * 10
    assert each <= 60


@pytest.mark.django_db(transaction=True)
def test_two_workers_take_each_line_once(program, cast):
    run = read(cast, *(f";Guest {n};g{n}@example.com;;;;10;;" for n in range(6)))
    steps(run)
    import_start(run=run)
    results = together(*(lambda: import_step(run_id=run.pk) for _ in range(2)))
    assert {type(one) for one in results} <= {bool, LockRefused}
    steps(run)
    assert (LoyaltyMember.objects.count(), PointTransaction.objects.count()) == (6, 6)
    assert len(told(MemberEnrolled)) == 6
