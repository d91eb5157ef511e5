"""Contact data, document numbers, dates of birth and secrets: nowhere in dumps, the write-ahead log, logs and caches.

Each secret is planted through the doors of the house and looked for byte by byte; a name, which stays in clear, is
planted with them and must be found, so that a search that finds nothing can be believed.
"""

import base64
import logging
import os
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
import redis
from django.core.cache import cache
from django.db import Error, connection, transaction

from config.stack.backup import EVERY_PROPERTY, postgres_tool
from hotel.core.models import DataKey
from hotel.guests.selectors.profiles import guests_search
from hotel.messaging.choices import SuppressionReason
from hotel.messaging.models import Message, WebhookSecret
from hotel.messaging.services.suppressions import suppression_add
from tests.cast import make_cast
from tests.contracts.stage import Client
from tests.factories.guests import company_make, guest_make
from tests.factories.messaging import message_make, webhook_make
from tests.factories.payments import gateway_account_make
from tests.factories.security_privacy import legal_hold_make, privacy_request_make

PLAIN = "Canaryname"
CANARIES = {
    "e-mail": "zora.canary.mail@canary.example",
    "telephone": "+436645550177",
    "telephone as typed": "0664 5550177",
    "street": "Canarystreet 77/3",
    "date of birth": "1961-07-19",
    "document": "PC7733991",
    "company's e-mail": "office.canary@company.example",
    "company's telephone": "+4315550188",
    "letter": "Canaryletter: your code is 445566",
    "subject of a letter": "Canarysubject of Zora",
    "stopped address": "stopped.canary@canary.example",
    "words of a request": "Canarywords: I was there with somebody",
    "reason of a hold": "Canaryreason: case 7 Cg 12",
    "key of the processor": "sk_canary_3b1f9c0a77",
    "webhook secret": "whs_canary_9e8d7c6b5a",
}
SERVERS = os.environ.get("AUBERGE_TEST_SERVERS", "")


def forms_of(text: str) -> list[bytes]:
    """As text, and as base64 at each of the three places where it may begin."""
    raw = text.encode()
    shifted = [base64.b64encode(b"x" * n + raw)[4 if n else 0 : -4] for n in range(3)]
    return [raw, raw.lower(), *(form for form in shifted if len(form) >= 8)]


def found_in(haystack: bytes) -> set[str]:
    """Which canaries are in it, and ``name`` when the plain one is."""
    names = {name for name, text in CANARIES.items() if any(form in haystack for form in forms_of(text))}
    return names | ({"name"} if PLAIN.encode() in haystack else set())


def wal_place() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_walfile_name(pg_current_wal_insert_lsn())")
        return cursor.fetchone()[0]


def wal_since(first: str) -> bytes:
    """The files of the write-ahead log from this one on."""
    with transaction.atomic(), connection.cursor() as cursor:  # whatever waits goes to the disk
        cursor.execute("SET LOCAL synchronous_commit = on")
        cursor.execute("CREATE TEMPORARY TABLE flushed () ON COMMIT DROP")
        cursor.execute("SELECT txid_current()")
    files = [file for file in (Path(SERVERS) / "postgres/data/pg_wal").iterdir() if file.name >= first]
    return b"".join(file.read_bytes() for file in files if len(file.name) == 24)


def dumped(folder: Path) -> bytes:
    """What a dump of the database holds, as text."""
    url = urlsplit(os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"])
    mine = urlunsplit(url._replace(path=f"/{connection.settings_dict['NAME']}"))
    file = folder / "dump.sql"
    postgres_tool("pg_dump", mine, ["--enable-row-security", f"--file={file}"], EVERY_PROPERTY)
    return file.read_bytes()


def cached() -> bytes:
    """Everything that Redis holds, in each of its databases."""
    found = []
    for number in range(4):
        server = redis.from_url(f"{os.environ['REDIS_URL'].rstrip('/')}/{number}")
        for key in server.scan_iter():
            found.append(key)
            with suppress(redis.ResponseError):
                found.append(server.dump(key) or b"")
            with suppress(redis.ResponseError):
                found.append(server.get(key) or b"")
    return b"\n".join(found)


class Lines(logging.Handler):
    """Keeps every line of every log, down to the smallest."""

    def __init__(self) -> None:
        super().__init__(0)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.getMessage()} {record.__dict__}")


@pytest.fixture
def lines():
    handler, root = Lines(), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(0)
    yield handler.lines
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.fixture
def in_redis(settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": f"{os.environ['REDIS_URL'].rstrip('/')}/1",
        }
    }
    cache.clear()
    cache.set("control", PLAIN)
    yield
    cache.clear()


def client_of(person) -> Client:
    client = Client()
    client.force_authenticate(user=person)
    return client


def plant_over_the_api(cast) -> int:
    """A guest and his document, looked for again, and a telephone that is refused; as staff do it."""
    client = client_of(cast.ada)
    body = {
        "property": cast.alpha.pk, "last_name": PLAIN, "first_name": "Zora", "email": CANARIES["e-mail"],
        "phone": CANARIES["telephone as typed"], "street": CANARIES["street"],
        "birth_date": CANARIES["date of birth"],
    }  # fmt: skip
    made = client.post("/api/v1/guests", body, format="json")
    assert made.status_code == 201, made.content
    pk = made.json()["id"]
    paper = {"guest": pk, "kind": "passport", "number": CANARIES["document"], "issuing_country": "AT"}
    answer = client.post("/api/v1/guests/documents", paper, format="json")
    assert answer.status_code == 201, answer.content
    assert client.post("/api/v1/guests/documents", paper, format="json").status_code == 409
    refused = client.post("/api/v1/guests", {**body, "nationality": "nowhere"}, format="json")
    assert refused.status_code == 400
    found = client.get("/api/v1/guests", {"email": CANARIES["e-mail"]})
    assert [row["email"] for row in found.json()["results"]] == [CANARIES["e-mail"]]
    return pk


def plant_by_services(cast, pk: int) -> None:
    """Letters, stops, cases and secrets; and a statement that PostgreSQL refuses, which it writes into its log."""
    guest = guest_make(cast.alpha, email=CANARIES["e-mail"], last_name=PLAIN)
    company_make(
        cast.alpha, email=CANARIES["company's e-mail"], phone=CANARIES["company's telephone"]
    )  # fmt: skip
    message_make(
        cast.alpha, guest_id=pk, address=CANARIES["e-mail"], subject=CANARIES["subject of a letter"],
        body=CANARIES["letter"],
    )  # fmt: skip
    suppression_add(
        place=cast.alpha, channel="email", address=CANARIES["stopped address"],
        reason=SuppressionReason.MANUAL,
    )  # fmt: skip
    privacy_request_make(cast.alpha, guest, words=CANARIES["words of a request"])
    legal_hold_make(cast.alpha, guest, reason=CANARIES["reason of a hold"])
    gateway_account_make(cast.alpha, api_key=CANARIES["key of the processor"])
    WebhookSecret.objects.create(
        property=cast.alpha, endpoint=webhook_make(cast.alpha), key_id="whk_canary",
        secret=CANARIES["webhook secret"],
    )  # fmt: skip
    with suppress(Error), transaction.atomic():
        message_make(
            cast.alpha, address=CANARIES["e-mail"], body=CANARIES["letter"], attempts=30_000, channel="x"
        )


@pytest.mark.skipif(not SERVERS, reason="the database is not one of this run, its files cannot be read")
@pytest.mark.django_db(transaction=True)
def test_nothing_encrypted_is_in_dumps_the_log_of_writes_logs_and_caches(lines, in_redis, tmp_path):
    log = Path(SERVERS) / "postgres.log"
    cast, wal, logged = make_cast(), wal_place(), log.stat().st_size

    pk = plant_over_the_api(cast)
    plant_by_services(cast, pk)

    for wanted in (CANARIES["e-mail"], CANARIES["telephone"], CANARIES["telephone as typed"]):
        assert pk in guests_search([cast.alpha.pk], wanted)
    assert Message.objects.get(guest_id=pk).body == CANARIES["letter"]
    assert DataKey.objects.filter(subject=f"guest:{pk}").count() == 1
    assert found_in(dumped(tmp_path)) == {"name"}
    assert found_in(wal_since(wal)) == {"name"}
    assert found_in(cached()) == {"name"}
    assert found_in("\n".join(lines).encode()) - {"name"} == set()
    assert found_in(log.read_bytes()[logged:]) - {"name"} == set()
    assert len(lines) > 5


def test_a_canary_that_is_in_clear_is_found_in_each_form():
    for name, text in CANARIES.items():
        assert found_in(b"..." + text.encode() + b"...") >= {name}
        for before in ("", "y", "yy"):
            assert name in found_in(base64.b64encode(f"{before}{text} and more".encode()))
