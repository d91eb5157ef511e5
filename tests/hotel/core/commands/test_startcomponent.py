"""startcomponent, and the copy at work beside its source: checks, migration, routes, rights."""

import os
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
    assert 'COMPONENTS: "spa", on its floor' in text
    assert "makemigrations spa -n initial" in text
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
