"""Command line of the launcher: `python -m config.stack <command>`; `./auberge` calls it."""

import argparse
import sys

from config.stack import backup, break_glass, commands, database_roles
from config.stack.errors import StackError
from config.stack.up import up

PASSED_ON = {
    "test": commands.test,
    "manage": commands.manage,
    "shell": commands.shell,
    "bench": commands.bench,
    "gate": commands.gate,
    "openapi": commands.openapi,
    "backup": backup.backup,
    "restore": backup.restore,
    "audit": commands.audit,
    "mutants": commands.mutants,
    "chaos": commands.chaos,
    "roles": database_roles.roles,
    "break-glass": break_glass.break_glass,
}


def main(argv: list[str]) -> int:
    """Run one command and return its exit code; trouble the user can cure is printed without a traceback."""
    try:
        if argv and argv[0] in PASSED_ON:
            return PASSED_ON[argv[0]](argv[1:])
        options = arguments().parse_args(argv)
        if options.command == "status":
            return commands.status()
        if options.command == "stop":
            return commands.stop()
        return up(port=options.port, demo=options.demo)
    except StackError as error:
        print(f"\n{error}\n", file=sys.stderr, flush=True)
        return 1


def arguments() -> argparse.ArgumentParser:
    """The parser of the commands that take options of our own."""
    parser = argparse.ArgumentParser(prog="./auberge", description="Auberge on one machine.")
    parsers = parser.add_subparsers(dest="command", required=True)
    start = parsers.add_parser("up", help="start everything, with demonstration data in an empty database")
    start.add_argument("--port", type=int, default=8000, help="wanted port of the web address (8000)")
    start.add_argument("--no-demo", dest="demo", action="store_false", help="leave an empty database empty")
    parsers.add_parser("status", help="say whether it runs, and where")
    parsers.add_parser("stop", help="stop what ./auberge up started")
    for name, text in (
        ("test", "run the tests on a database of their own (arguments go to pytest)"),
        ("gate", "check style, types, structure, migrations and the API description"),
        ("openapi", "write the API description config/openapi.yml again"),
        ("audit", "look for risky code, secrets and weak packages, and list all parts"),
        ("mutants", "take controls away one by one and see the tests notice"),
        ("chaos", "break what can break and see the promises kept"),
        ("backup", "save data, uploads and secrets in one file"),
        ("restore", "bring a backup back into an empty data folder"),
        ("roles", "make the roles and the database on a server of yours"),
        ("break-glass", "let a person into the database past row-level security for some hours"),
        ("manage", "run a Django command, e.g. ./auberge manage createsuperuser"),
        ("shell", "open a Python prompt with the models"),
        ("bench", "run the benchmarks on a database with all its guarantees"),
    ):
        parsers.add_parser(name, help=text)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
