"""ETag and If-Match."""

from types import SimpleNamespace

import pytest

from hotel.core.api.versions import PreconditionRequired, etag, expected_version
from hotel.core.exceptions import InvalidInput


def asked(header: str | None, *, required: bool = False):
    headers = {} if header is None else {"If-Match": header}
    return expected_version(SimpleNamespace(headers=headers), required=required)


@pytest.mark.parametrize(
    ("header", "version"),
    [('"v3"', 3), ('W/"v12"', 12), (' "v1" ', 1), ("*", None), (None, None), ("", None)],
)
def test_the_version_named_is_understood(header, version):
    assert asked(header) == version


def test_our_own_tag_is_understood():
    assert asked(etag(7)) == 7


@pytest.mark.parametrize("header", ["v3", '"3"', '"vx"', '"v-1"', '"v9999999999"', '"v1", "v2"'])
def test_other_tags_are_refused(header):
    with pytest.raises(InvalidInput) as caught:
        asked(header)
    assert caught.value.code == "if_match_invalid"


@pytest.mark.parametrize("header", [None, ""])
def test_a_required_version_must_be_named(header):
    with pytest.raises(PreconditionRequired):
        asked(header, required=True)
