"""Reading XML of others; the hostile corpus is in tests/hostile."""

import pytest

from hotel.core.safe_xml import MAX_NODES, XmlRefused, xml_read


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "us-ascii"])
def test_the_usual_encodings_are_read(encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?><a>x</a>'
    assert xml_read(text.encode(encoding)).text == "x"


def test_the_limits_are_reached_but_not_passed():
    assert xml_read(b"<a>" * 64 + b"</a>" * 64).tag == "a"
    assert len(xml_read(b"<a>" + b"<b/>" * (MAX_NODES - 1) + b"</a>")) == MAX_NODES - 1
    with pytest.raises(XmlRefused):
        xml_read(b"<a>" + b"<b/>" * MAX_NODES + b"</a>")


def test_the_refusal_has_a_code_and_names_no_file():
    with pytest.raises(XmlRefused) as refused:
        xml_read(b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>')
    assert (refused.value.code, refused.value.status) == ("xml_refused", 400)
    assert "passwd" not in refused.value.message
