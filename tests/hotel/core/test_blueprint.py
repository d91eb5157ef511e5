"""Naming, copying, and a copy that runs beside its source."""

import pytest

from hotel.core.blueprint import Naming, component_copy

SPA = Naming("loyalty", "spa")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from loyalty.models import LoyaltyProgram", "from spa.models import SpaProgram"),
        ('name="loyalty_program_once"', 'name="spa_program_once"'),
        ('reverse("api-loyalty:loyalty-programs")', 'reverse("api-spa:spa-programs")'),
        ("templates/loyalty/x.html", "templates/spa/x.html"),
        ("disloyalty loyaltyish", "disloyalty loyaltyish"),
        ("UPDATE loyalty_loyaltymember", "UPDATE spa_spamember"),
        ('to="loyalty.loyaltymember"', 'to="spa.spamember"'),
        ("/admin/loyalty/loyaltytier/add/", "/admin/spa/spatier/add/"),
    ],
)
def test_names_are_replaced_as_words(text, expected):
    assert SPA.renamed(text) == expected


def test_dotted_names_and_paths_are_replaced_as_a_whole():
    naming = Naming("hotel.channels_ota", "hotel.spa_house")
    assert naming.renamed("hotel.channels_ota.apps.ChannelsOtaConfig hotel/channels_ota") == (
        "hotel.spa_house.apps.SpaHouseConfig hotel/spa_house"
    )


def test_keys_are_named_apart_because_the_database_has_one_name_space():
    text = 'UniqueConstraint(fields=["property", "code"], condition=Q(a=1), name="code_once")\nCharField(name="code")'
    assert SPA.rekeyed(text).splitlines() == [
        'UniqueConstraint(fields=["property", "code"], condition=Q(a=1), name="spa_code_once")',
        'CharField(name="code")',
    ]
    assert 'name="spa_code_once"' in SPA.rekeyed('Index(fields=["x"], name="spa_code_once")')
    assert SPA.rekeyed(f'Index(name="{"x" * 30}")') == f'Index(name="spa_{"x" * 26}")'


@pytest.fixture
def root(tmp_path):
    files = {
        "loyalty/__init__.py": "",
        "loyalty/apps.py": 'class LoyaltyConfig:\n    name = "loyalty"\n',
        "loyalty/models/loyalty_cards.py": 'Index(fields=["a"], name="card")\n',
        "loyalty/migrations/__init__.py": "",
        "loyalty/migrations/0001_initial.py": 'SQL = "loyalty/sql/x.sql"\nIndex(fields=["a"], name="card")\n',
        "loyalty/sql/x.sql": "DROP TABLE loyalty_card;",
        "loyalty/api/serializers.py": "class CardSerializer(Serializer): ...\n\n\nclass StampInput(_Input): ...\n",
        "loyalty/api/views.py": "class CardViewSet(ViewSet):\n    serializer_class = CardSerializer\n",
        "hotel/contracts/loyalty.py": "class CardStamped(_CardFact): ...\n",
        "loyalty/static/loyalty/logo.png": "loyalty",
        "tests/loyalty/services/test_points.py": "import loyalty\n",
        "tests/factories/loyalty.py": "from loyalty.models import Card\n",
        "templates/loyalty/card.html": "{% load loyalty_tags %}",
        "templates/email/loyalty/hello.txt": "loyalty",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def shown(root) -> list[str]:
    return sorted(p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file())


def test_the_folders_are_copied_and_the_source_is_left_as_it_is(root):
    before = {name: (root / name).read_text() for name in shown(root)}
    made = component_copy(root=root, naming=SPA)
    assert [p.relative_to(root).as_posix() for p in made] == [
        "hotel/contracts/spa.py", "spa", "templates/email/spa", "templates/spa", "tests/factories/spa.py", "tests/spa",
    ]  # fmt: skip
    assert sorted(set(shown(root)) - set(before)) == [
        "hotel/contracts/spa.py",
        "spa/__init__.py",
        "spa/api/serializers.py",
        "spa/api/views.py",
        "spa/apps.py",
        "spa/migrations/0001_initial.py",
        "spa/migrations/__init__.py",
        "spa/models/spa_cards.py",
        "spa/sql/x.sql",
        "spa/static/spa/logo.png",
        "templates/email/spa/hello.txt",
        "templates/spa/card.html",
        "tests/factories/spa.py",
        "tests/spa/services/test_points.py",
    ]
    assert (root / "spa/apps.py").read_text() == 'class SpaConfig:\n    name = "spa"\n'
    assert (root / "spa/models/spa_cards.py").read_text() == 'Index(fields=["a"], name="spa_card")\n'
    assert {name: (root / name).read_text() for name in before} == before


def test_migrations_come_along_with_their_sql(root):
    component_copy(root=root, naming=SPA)
    assert (root / "spa/migrations/0001_initial.py").read_text() == (
        'SQL = "spa/sql/x.sql"\nIndex(fields=["a"], name="spa_card")\n'
    )
    assert (root / "spa/sql/x.sql").read_text() == "DROP TABLE spa_card;"


def test_facts_and_serializers_are_named_apart(root):
    component_copy(root=root, naming=SPA)
    assert (root / "hotel/contracts/spa.py").read_text() == "class SpaCardStamped(_CardFact): ...\n"
    assert (root / "spa/api/serializers.py").read_text() == (
        "class SpaCardSerializer(Serializer): ...\n\n\nclass SpaStampInput(_Input): ...\n"
    )
    assert (root / "spa/api/views.py").read_text() == (
        "class SpaCardViewSet(ViewSet):\n    serializer_class = SpaCardSerializer\n"
    )


def test_nothing_is_copied_onto_something(root):
    (root / "tests" / "spa").mkdir()
    before = shown(root)
    with pytest.raises(FileExistsError, match="tests/spa"):
        component_copy(root=root, naming=SPA)
    assert shown(root) == before


def test_an_unknown_source_is_told(root):
    with pytest.raises(FileNotFoundError, match="no component nonsense"):
        component_copy(root=root, naming=Naming("nonsense", "spa"))
