"""Looking at a ZIP file before opening it; the hostile corpus is in tests/hostile."""

import io
import random

import pytest

from hotel.core.archives import ArchiveRefused, archive_check
from tests.hostile.files import zipped

FILLING = random.Random(1).randbytes(30_000)


def test_a_harmless_archive_passes_and_is_at_its_beginning():
    file = io.BytesIO(zipped({"a.xml": b"<a/>", "b/c.xml": b"<b/>" * 1_000}))
    archive_check(file)
    assert file.tell() == 0


@pytest.mark.parametrize(("count", "is_taken"), [(200, True), (201, False)])
def test_two_hundred_parts_are_the_most(count, is_taken):
    file = io.BytesIO(zipped({f"{n}.xml": b"x" for n in range(count)}))
    if is_taken:
        archive_check(file)
    else:
        with pytest.raises(ArchiveRefused, match="parts"):
            archive_check(file)


def test_a_part_may_not_grow_a_hundredfold_beyond_a_million_bytes():
    archive_check(io.BytesIO(zipped({"a": bytes(900_000), "b": FILLING})))
    with pytest.raises(ArchiveRefused, match="unpacked"):
        archive_check(io.BytesIO(zipped({"a": bytes(1_100_000), "b": FILLING})))


def test_the_limit_of_bytes_can_be_told():
    file = io.BytesIO(zipped({"a": b"x" * 501}))
    archive_check(file, max_unpacked=501)
    with pytest.raises(ArchiveRefused, match="unpacked"):
        archive_check(file, max_unpacked=500)
