"""Members are imported at the shell."""

import csv
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from loyalty.models import LoyaltyMember
from tests.factories.loyalty import loyalty_program_make


@pytest.fixture
def file(tmp_path):
    found = tmp_path / "old.csv"
    found.write_text("name;points\nAnna Moser;100\nKim Berger;-5\n", encoding="utf-8-sig")
    return found


def run(*args):
    out = StringIO()
    call_command("import_members", *map(str, args), "--property", "ALPHA", stdout=out)
    return out.getvalue()


def test_a_dry_run_enrols_nobody_and_the_import_goes_on_from_it(cast, file, tmp_path):
    loyalty_program_make(cast.alpha)
    said = run(file, "--dry-run")
    assert said.endswith("old.csv: checked, nobody enrolled. 2 lines: 1 new, 0 matched, 1 refused.\n")
    assert LoyaltyMember.objects.count() == 0
    report = tmp_path / "report.csv"

    assert run(file, "--report", report).endswith(
        "old.csv: finished. 2 lines: 1 new, 0 matched, 1 refused.\n"
    )

    member = LoyaltyMember.objects.get()
    with report.open(encoding="utf-8-sig", newline="") as table:
        assert list(csv.reader(table)) == [
            ["line", "outcome", "member", "column", "reason"],
            ["2", "new", member.number, "", ""],
            ["3", "refused", "", "points", "'-5 is no whole number from 0 to 100,000,000."],
        ]
    run(file)
    assert LoyaltyMember.objects.count() == 1


def test_what_cannot_be_done_is_said(cast, file, tmp_path):
    with pytest.raises(CommandError, match="takes part in no programme"):
        run(file)
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "none.csv")
    with pytest.raises(CommandError, match="No hotel is called NOWHERE"):
        call_command("import_members", str(file), "--property", "NOWHERE")
