"""The script ./auberge itself, with a made-up machine on its PATH."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from config.stack.__main__ import PASSED_ON, arguments
from config.stack.paths import ROOT

SHELLS = [shell for shell in ("dash", "sh", "bash", "busybox") if shutil.which(shell)]
TOOLS = ("sh", "cat", "cksum", "dirname", "id", "printf", "env", "mkdir", "touch", "true", "chmod")


@pytest.fixture
def machine(tmp_path):
    """A copy of the launcher on a machine that has only the basic tools; programs are added by a test."""
    for name in TOOLS:
        if found := shutil.which(name):
            (tmp_path / "bin").mkdir(exist_ok=True)
            (tmp_path / "bin" / name).symlink_to(found)
    (tmp_path / "app/requirements").mkdir(parents=True)
    for name in ("base", "test", "installer"):
        (tmp_path / f"app/requirements/{name}.txt").write_text(f"{name}==1\n")
    shutil.copy2(ROOT / "auberge", tmp_path / "app/auberge")
    return tmp_path


def program(machine, name, text):
    path = machine / "bin" / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def run(machine, *words):
    environment = {"PATH": str(machine / "bin"), "HOME": str(machine), "LOG": str(machine / "log")}
    argv = [str(machine / "app/auberge"), *words]
    return subprocess.run(argv, env=environment, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603


def with_python(machine):
    """A python3 that can make environments whose python writes down how it was called."""
    program(
        machine,
        "python3",
        'case "$*" in\n'
        f"  *sys.executable*) echo {machine}/bin/python3 ;;\n"
        '  *"-m venv"*) mkdir -p "$3/bin"; printf \'#!/bin/sh\\n[ "$1" = -c ] || echo "python $*" >>$LOG\\n\''
        ' >"$3/bin/python"; chmod 755 "$3/bin/python" ;;\n'
        "esac",
    )


def with_uv(machine, code=0):
    program(
        machine,
        "uv",
        f'echo "uv $*" >>$LOG; [ "$1" = venv ] && exit 1; [ "$1" = pip ] && exit {code}; exit 0',
    )


def log(machine):
    return (machine / "log").read_text().splitlines() if (machine / "log").exists() else []


@pytest.mark.parametrize("shell", SHELLS)
def test_it_is_plain_shell(shell):
    argv = [shell, *(["sh"] if shell == "busybox" else []), "-n", str(ROOT / "auberge")]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)  # noqa: S603
    assert (done.returncode, done.stderr) == (0, "")
    assert (ROOT / "auberge").read_text().startswith("#!/bin/sh\n")
    assert os.access(ROOT / "auberge", os.X_OK)


def test_without_python_it_gives_the_line_that_gets_it(machine):
    done = run(machine, "up")
    assert done.returncode == 1
    assert "needs Python 3.11, 3.12 or 3.13" in done.stderr
    assert re.search(
        r"^  (sudo )?apt-get update && (sudo )?apt-get install -y python3 python3-venv$", done.stderr, re.M
    )


def test_an_old_python_is_not_taken(machine):
    program(machine, "python3", "exit 1")
    assert "needs Python 3.11" in run(machine, "up").stderr


def test_without_venv_it_gives_the_line_that_gets_it(machine):
    program(
        machine,
        "python3",
        f'case "$*" in *ensurepip*) exit 1;; *sys.executable*) echo {machine}/bin/python3;; esac',
    )
    done = run(machine, "up")
    assert done.returncode == 1
    assert re.search(
        r"^  (sudo )?apt-get update && (sudo )?apt-get install -y python3-venv$", done.stderr, re.M
    )


def test_it_installs_once_and_again_only_after_a_change(machine):
    with_python(machine)
    with_uv(machine)
    assert run(machine, "up", "--port", "9").returncode == 0
    lines = log(machine)
    install = next(line for line in lines if "pip install" in line)
    for word in ("--require-hashes", "--only-binary :all:", "--compile-bytecode", "requirements/base.txt"):
        assert word in install
    assert lines[-1] == "python -P -m config.stack up --port 9"

    assert run(machine, "up").returncode == 0
    assert log(machine)[len(lines) :] == ["python -P -m config.stack up"]

    (machine / "app/requirements/base.txt").write_text("base==2\n")
    assert run(machine, "up").returncode == 0
    assert sum("pip install" in line for line in log(machine)) == 2


def test_the_test_set_serves_for_up_as_well(machine):
    with_python(machine)
    with_uv(machine)
    assert run(machine, "test", "-k", "x").returncode == 0
    assert run(machine, "up").returncode == 0
    installs = [line for line in log(machine) if "pip install" in line]
    assert len(installs) == 1
    assert "requirements/test.txt" in installs[0]


def test_without_uv_it_is_fetched_into_the_environment(machine):
    with_python(machine)
    run(machine, "install")
    assert "--require-hashes" in log(machine)[0]
    assert "requirements/installer.txt" in log(machine)[0]


def test_a_failed_installation_is_not_taken_for_done(machine):
    with_python(machine)
    with_uv(machine, code=1)
    done = run(machine, "up")
    assert done.returncode == 1
    assert "could not be installed" in done.stderr
    assert not any("config.stack" in line for line in log(machine))
    assert not list((machine / "app/.venv").glob("auberge-*"))


def test_an_unknown_command_shows_the_known_ones(machine):
    done = run(machine, "fly")
    assert done.returncode == 1
    assert "There is no command 'fly'" in done.stderr
    assert "./auberge up" in done.stderr
    assert run(machine).returncode == 0


def test_help_and_package_know_the_same_commands():
    text = (ROOT / "auberge").read_text()
    cases = set(re.findall(r"^    ([a-z |-]+)\) install (?:base|test) ;;$", text, re.M))
    in_script = {name.strip() for case in cases for name in case.split("|")}
    usage = arguments().format_help()
    assert in_script == {*PASSED_ON, "up", "status", "stop"}
    assert all(name in usage for name in in_script)
    assert all(f"./auberge {name}" in text or f"| {name}" in text for name in in_script)


def test_no_index_is_named():
    for path in (ROOT / "auberge", ROOT / ".ci/run"):
        text = Path(path).read_text()
        assert not re.search(r"--(extra-)?index|https?://", text)
