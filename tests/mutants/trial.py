"""What a forked child does: run tests, with a mutant or on the house as it is."""

import json
import os
import sys
from collections.abc import Generator
from pathlib import Path
from types import ModuleType
from typing import Any

import psycopg
import pytest

from config.stack.template import SHAPING_FILES
from tests.mutants import Mutant
from tests.mutants.every import ROOT, mutated
from tests.mutants.otherwise import read_otherwise, read_otherwise_below

ARGUMENTS = (
    "-n", "0", "-q", "--reuse-db", "--no-header", "-p", "no:randomly", "-p", "no:cacheprovider",
    "-p", "no:schemathesis", "-p", "no:playwright",
)  # fmt: skip
FUNCTIONS = """
    SELECT pg_get_functiondef(oid) FROM pg_proc
     WHERE pronamespace = 'public'::regnamespace AND strpos(prosrc, %s) > 0
"""


class Reports:
    """A plugin of pytest: keeps what became of each test, and takes the database that is there already."""

    def __init__(self, file: Path, *, migrates: bool) -> None:
        """Reports go to ``file``; with ``migrates`` the database is given again what follows every migration."""
        self.file = file
        self.migrates = migrates
        self.reports: list[dict[str, Any]] = []

    def pytest_configure(self) -> None:
        """Looking through migrations that are all there takes seconds."""
        from django.core.management import call_command
        from django.db.backends.base.creation import BaseDatabaseCreation

        def taken(creation: BaseDatabaseCreation, *args: Any, **kwargs: Any) -> str:
            name: str = creation._get_test_db_name()
            creation.connection.close()
            creation.connection.settings_dict["NAME"] = name
            if self.migrates:
                call_command("migrate", verbosity=0)
            return name

        BaseDatabaseCreation.create_test_db = taken

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Keep the kind of error and the first line of what it says."""
        report = yield
        error = call.excinfo.typename if call.excinfo else ""
        says = str(call.excinfo.value).strip().partition("\n")[0] if call.excinfo else ""
        told = {
            "node": item.nodeid,
            "when": report.when,
            "outcome": report.outcome,
            "error": error,
            "says": says,
        }
        self.reports.append(told)
        return report

    def pytest_sessionfinish(self) -> None:
        """Hand the reports over."""
        self.file.write_text(json.dumps(self.reports))


def become(tests: list[str], mutant: Mutant | None, folder: Path) -> None:
    """Run tests in this process, which was forked for it, and end it; with a mutant until the first one fails.

    What this process has loaded of the project it loads anew. Reports and output go to the folder.
    """
    code = 70
    try:
        os.setsid()
        log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT, 0o600)
        os.dup2(log, 1)
        os.dup2(log, 2)
        for name in [*sys.modules]:
            if name != "__main__" and is_own(sys.modules[name]):
                del sys.modules[name]
        if mutant:
            _apply(mutant, folder)
        reports = Reports(folder / "reports", migrates=mutant is not None and mutant.file in SHAPING_FILES)
        code = int(pytest.main([*ARGUMENTS, *(["-x"] if mutant else []), *tests], plugins=[reports]))
    except BaseException as error:
        print(f"{type(error).__name__}: {error}")
    finally:
        sys.stdout.flush()
        os._exit(code)


def is_own(module: ModuleType) -> bool:
    """Whether a module is the project's; packages are not, though their folder may lie in it.

    A compiled package (a writer of YAML) that is loaded twice no longer knows its own classes.
    """
    file = getattr(module, "__file__", None) or ""
    return file.startswith(f"{ROOT}/") and not file.startswith(f"{sys.prefix}/")


def _apply(mutant: Mutant, folder: Path) -> None:
    if mutant.file.endswith(".sql"):
        function_replaced(mutant)
        return
    file, text = str(ROOT / mutant.file), mutated(mutant)
    read_otherwise(file, text)
    read_otherwise_below(folder, file, text)


def function_replaced(mutant: Mutant) -> None:
    """Make the function anew whose body holds the text: a migration that made it is not run twice.

    Raises:
        LookupError: no function holds it, or several do.
    """
    owner, _, name = os.environ["AUBERGE_TEST_DATABASE_OWNER_URL"].rpartition("/")
    with psycopg.connect(f"{owner}/test_{name}", autocommit=True) as connection:
        found = connection.execute(FUNCTIONS, [mutant.old]).fetchall()
        if len(found) != 1:
            raise LookupError(f"{len(found)} functions of the database hold its text")
        connection.execute(found[0][0].replace(mutant.old, mutant.new))
