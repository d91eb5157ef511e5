"""startcomponent, and the copy at work beside its source: checks, migration, routes, rights."""

import os
import re
import shutil
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

BELLS = {
    "bells/__init__.py": "",
    "bells/apps.py": '''"""Bells as an app."""

from hotel.core.component import ComponentConfig


class BellsConfig(ComponentConfig):
    """Bells."""

    name = "bells"
    label = "bells"
''',
    "bells/plugs.py": '''"""What bells give."""

from hotel.core.plugs import ComponentPlug

PLUG = ComponentPlug(area="bells")
''',
    "bells/migrations/__init__.py": "",
    "bells/models/__init__.py": '''"""Bells."""

from django.db import models

from hotel.properties.scoping import PropertyScopedModel


class Bell(PropertyScopedModel):
    """A bell."""

    code = models.CharField(max_length=8)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["property", "code"], name="bell_code_once")]
        indexes = [models.Index(fields=["property", "updated_at"], name="bell_updated")]
''',
    "bells/api/__init__.py": "",
    "bells/api/urls.py": '''"""Routes."""

from bells.models import Bell
from hotel.core.api.routers import ComponentRouter
from hotel.properties.api.mixins import CrudViewSet, PropertyScopedSerializer


class BellSerializer(PropertyScopedSerializer):
    """A bell."""

    class Meta:
        model = Bell
        fields = ["id", "property", "code"]


class BellViewSet(CrudViewSet):
    """Bells."""

    queryset = Bell.objects.all()
    serializer_class = BellSerializer
    area = "bells"


router = ComponentRouter("bells")
router.register("chimes", BellViewSet)
urlpatterns = router.urls
''',
}
SETTINGS = '''"""The test settings with two more components."""

from config.settings.test import *  # noqa: F403
from config.settings.test import COMPONENTS, INSTALLED_APPS

COMPONENTS = [*COMPONENTS, "bells", "spa"]
INSTALLED_APPS = [*INSTALLED_APPS, "bells", "spa"]
'''
PROBE = """
import django
django.setup()
from django.core.management import call_command
from django.urls import resolve
from hotel.core.plugs import plugs
call_command("check")
call_command("makemigrations", "bells", "spa", "-n", "initial", verbosity=0)
assert resolve("/api/v1/spa/chimes").func.cls.__module__ == "spa.api.urls"
assert resolve("/api/v1/bells/chimes/7").func.cls.__module__ == "bells.api.urls"
assert [plug.area for plug in plugs()][-2:] == ["bells", "spa"]
"""


@pytest.fixture
def root(tmp_path):
    for name, text in {**BELLS, "both.py": SETTINGS}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def start(name: str, root) -> str:
    out = StringIO()
    call_command("startcomponent", name, "--from", "bells", "--root", str(root), stdout=out)
    return out.getvalue()


def test_the_copy_is_a_component_that_runs_beside_its_source(root):
    text = start("spa", root)
    assert "made  spa\n" in text
    assert "./auberge test tests/spa\n" in text
    environment = {
        **os.environ,
        "PYTHONPATH": f"{root}:{settings.BASE_DIR}",
        "DJANGO_SETTINGS_MODULE": "both",
    }
    run = subprocess.run(  # noqa: S603  (our own text)
        [sys.executable, "-c", PROBE],
        env=environment,
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    migration = (root / "spa/migrations/0001_initial.py").read_text()
    assert "spa_bell_code_once" in migration
    assert "spa_bell_updated" in migration


@pytest.mark.parametrize("name", ["Spa", "spa-house", "hotel.", "a.b", "1st", "x"])
def test_impossible_names_are_refused(root, name):
    with pytest.raises(CommandError, match="Give a name such as spa"):
        start(name, root)


def test_an_existing_component_is_not_overwritten(root):
    with pytest.raises(CommandError, match="There already: bells"):
        start("bells", root)


@pytest.fixture
def scratch(tmp_path):
    """The project's files in another place."""
    ignored = shutil.ignore_patterns(".*", "__pycache__", "*.pyc", "node_modules")
    for name in ("config", "hotel", "loyalty", "security", "templates", "tests", "docs"):
        shutil.copytree(settings.BASE_DIR / name, tmp_path / name, ignore=ignored)
    for name in ("auberge", "manage.py", "pyproject.toml"):
        shutil.copy(settings.BASE_DIR / name, tmp_path / name)
    return tmp_path


@pytest.mark.stack
def test_a_copy_of_loyalty_is_green_and_wired_at_once(scratch):
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "DATABASE", "REDIS", "DJANGO"))
    }

    def run(*words):
        done = subprocess.run(  # noqa: S603  (our own words)
            [sys.executable, *words],
            cwd=scratch,
            env=kept,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]
        return done.stdout

    test = ("--settings", "config.settings.test")
    assert "wired config/settings/components.py\n" in run(
        "manage.py", "startcomponent", "spa", "--from", "loyalty", *test
    )
    run("manage.py", "check", *test)
    run("manage.py", "makemigrations", "--check", "--dry-run", *test)
    run("manage.py", "spectacular", "--fail-on-warn", "--file", "/dev/null", *test)
    run("-m", "ruff", "check", "--fix", "--quiet", ".")
    run("-c", "import sys; from importlinter.cli import lint_imports_command as run; sys.argv = ['']; run()")
    answer = run(
        "-m",
        "pytest",
        "-q",
        "tests/spa/domain/test_lots.py",
        "tests/spa/domain/test_accrual.py",
        "tests/spa/services/test_points.py",
        "tests/spa/test_admin.py",
    )
    assert re.search(r"\d{2,} passed", answer), answer
