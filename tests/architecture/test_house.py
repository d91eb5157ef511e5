"""The same rooms in each app, a mirror for each room, and floors that import only downwards."""

import ast
import subprocess
import sys

import pytest

from tests.architecture.exempt import MIRRORS, ROOMS, SENDERS
from tests.architecture.survey import (
    COMPONENTS,
    ROOT,
    folder,
    label,
    mirror_folder,
    modules,
    product,
    pyproject,
    shown,
    tree,
)

REQUIRED_ROOMS = ("apps.py", "plugs.py", "models", "services", "admin.py", "api/urls.py", "README.md")
MIRRORED = ("services", "selectors", "domain")


@pytest.mark.parametrize("component", COMPONENTS)
def test_each_app_has_the_required_rooms(component):
    def is_there(room: str) -> bool:
        """A module may have grown into a package of its name."""
        return any((folder(component) / name).exists() for name in (room, room.removesuffix(".py")))

    missing = [r for r in REQUIRED_ROOMS if not is_there(r) and (component, r) not in ROOMS]
    assert missing == [], f"{component} lacks {', '.join(missing)}: make them, or say why not in exempt.ROOMS"


@pytest.mark.parametrize(("component", "room"), ROOMS, ids=str)
def test_no_exempted_room_exists_after_all(component, room):
    found = folder(component) / room
    is_there = any(p.stem != "__init__" for p in found.glob("*.py")) if found.is_dir() else found.exists()
    assert not is_there or "urlpatterns: list = []" in found.read_text(), (
        f"take {component} {room} out of exempt.ROOMS"
    )


def _mirrored(component: str) -> list:
    """(module, the tests that may mirror it): any test module of the room that begins with its name."""
    home, tests = folder(component), mirror_folder(component)
    pairs = []
    for room in MIRRORED:
        for path in sorted((home / room).rglob("*.py")):
            if path.stem != "__init__":
                pairs.append(
                    (path, sorted((tests / path.relative_to(home).parent).glob(f"test_{path.stem}*.py")))
                )
    for name in ("tasks", "handlers"):
        if (home / f"{name}.py").exists():
            there = [*tests.glob(f"{name}/test_*.py"), *tests.glob(f"test_{name}*.py")]
            pairs.append((home / f"{name}.py", there))
    if (home / "api").is_dir() and (home / "api" / "urls.py").exists():
        pairs.append((home / "api" / "urls.py", sorted(tests.glob("api/**/test_*.py"))))
    if component == "hotel.core":
        for path in [*home.glob("*.py"), *home.glob("api/*.py")]:
            if path.stem not in {"__init__", "apps", "admin", "tasks", "handlers"}:
                pairs.append(
                    (path, sorted((tests / path.relative_to(home).parent).glob(f"test_{path.stem}*.py")))
                )
    return pairs


@pytest.mark.parametrize("component", COMPONENTS)
def test_each_module_with_rules_has_a_mirror_among_the_tests(component):
    lone = [shown(path) for path, found in _mirrored(component) if not found and shown(path) not in MIRRORS]
    assert lone == [], f"no test module mirrors {lone}"


def test_no_mirror_exemption_is_stale():
    lone = {shown(path) for component in COMPONENTS for path, found in _mirrored(component) if not found}
    assert set(MIRRORS) - lone == set()


def test_the_import_contracts_know_every_component():
    """Each message is the line to add to pyproject.toml."""
    contracts = {c["id"]: c for c in pyproject()["tool"]["importlinter"]["contracts"]}
    floors = " ".join(contracts["hotel"]["layers"])
    storeys = " ".join(contracts["storeys"]["layers"])
    wanted = []
    for component in COMPONENTS:
        top, name = component.split(".")[0], label(component)
        if component != "hotel.core" and component not in contracts["rooms"]["containers"]:
            wanted.append(f'contract "rooms": containers += "{component}"')
        if top == "hotel" and name not in floors:
            wanted.append(f'contract "hotel": layers += "({name})", on its floor')
        if top != "hotel" and top not in storeys:
            wanted.append(f'contract "storeys": layers[1] += " | {top}"')
        if top not in pyproject()["tool"]["importlinter"]["root_packages"]:
            wanted.append(f'importlinter: root_packages += "{top}"')
    assert wanted == [], "add to pyproject.toml:\n" + "\n".join(wanted)
    unknown = [name for name in contracts["rooms"]["containers"] if name not in COMPONENTS]
    assert unknown == [], "not in config.settings.components.COMPONENTS"


def test_the_floors_of_the_contract_are_those_of_the_settings():
    """COMPONENTS goes upwards, the contract downwards; apps of one floor may stand in any order."""
    contract = next(c for c in pyproject()["tool"]["importlinter"]["contracts"] if c["id"] == "hotel")
    floors = [[name.strip(" ()") for name in floor.split("|")] for floor in reversed(contract["layers"])]
    level = {name: number for number, floor in enumerate(floors) for name in floor}
    order = [level[label(component)] for component in COMPONENTS if component.startswith("hotel.")]
    assert order == sorted(order)


def test_imports_go_only_downwards():
    run = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-1000:]
    assert "0 broken" in run.stdout


def _sends(path) -> bool:
    """Whether a module calls ``.delay``, ``.apply_async`` or ``.send_task``."""
    calls = (node.func for node in ast.walk(tree(path)) if isinstance(node, ast.Call))
    return any(
        isinstance(f, ast.Attribute) and f.attr in {"delay", "apply_async", "send_task"} for f in calls
    )


def test_only_handlers_and_tasks_hand_work_to_celery():
    doors = {"handlers.py", "tasks.py"}
    senders = {
        shown(p)
        for p in modules(*product())
        if p.name not in doors and not {"handlers", "tasks"} & set(p.parts) and _sends(p)
    }
    assert senders - set(SENDERS) == set(), "publish a fact instead: handlers.py decides what is asynchronous"
    assert set(SENDERS) - senders == set(), "stale: take it out of exempt.SENDERS"


def test_who_waits_for_a_row_waits_by_lock_rows():
    """Which refuses in the house's words when it takes too long. Workers that skip what others hold never wait."""
    found = [
        f"{shown(path)}:{node.lineno}"
        for path in modules(*product())
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "select_for_update"
        and "skip_locked" not in {keyword.arg for keyword in node.keywords}
    ]
    assert [where for where in found if not where.startswith("hotel/core/locks.py:")] == []
    assert len(found) == 1


def _is_service(node: ast.FunctionDef) -> bool:
    """What opens a transaction for others."""
    opens = any("atomic" in ast.unparse(decorator) for decorator in node.decorator_list)
    return opens and not node.name.startswith("_")


@pytest.mark.parametrize("component", COMPONENTS)
def test_services_take_keywords_only(component):
    """What services share among themselves may take its noun as it is."""
    found = [
        f"{shown(path)}:{node.lineno} {node.name}"
        for path in sorted((folder(component) / "services").rglob("*.py"))
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef) and _is_service(node) and node.args.args
    ]
    assert found == []
