"""The name of a kept cluster follows whatever may change the tables."""

import pytest

from config.stack import template
from config.stack.paths import ROOT

FILES = {
    "hotel/rooms/migrations/0001_initial.py": "import hotel.core.fields\nfrom hotel.rooms.models import rooms\n",
    "hotel/rooms/sql/guard.sql": "SELECT 1",
    "hotel/core/fields.py": "A = 1",
    "hotel/rooms/models/__init__.py": "",
    "hotel/rooms/services/rooms.py": "B = 1",
    "loyalty/migrations/0001_initial.py": "",
    "requirements/test.txt": "a==1",
    "config/settings/components.py": "COMPONENTS = []",
}


@pytest.fixture
def tree(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_only_files_that_shape_tables_count(tree):
    counted = {str(path.relative_to(tree)) for path in template.shaping_files(tree)}
    assert counted == set(FILES) - {"hotel/rooms/services/rooms.py"}


@pytest.mark.parametrize("name", sorted(set(FILES) - {"hotel/rooms/services/rooms.py"}))
def test_a_change_gives_another_name(tree, name):
    before = template.fingerprint(tree)
    (tree / name).write_text(FILES[name] + "\n# changed")
    assert template.fingerprint(tree) != before


def test_what_does_not_shape_tables_keeps_the_name(tree):
    before = template.fingerprint(tree)
    (tree / "hotel/rooms/services/rooms.py").write_text("B = 2")
    assert template.fingerprint(tree) == before
    (tree / "hotel/rooms/migrations/0002_more.py").write_text("")
    assert template.fingerprint(tree) != before
    assert template.fingerprint(tree, "18") != template.fingerprint(tree, "17")


def test_the_real_tree_is_covered():
    names = {str(path.relative_to(ROOT)) for path in template.shaping_files(ROOT)}
    assert {"hotel/core/migrations/0001_schema.py", "hotel/core/fields.py", *template.SHAPING_FILES} <= names
