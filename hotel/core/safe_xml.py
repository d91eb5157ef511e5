"""Reads XML that others send: size, depth and number of elements are limited, document types are forbidden.

Every adapter that is sent XML reads it here. Source: security reference §4.11 (200,000 nested elements are harmless
to the parser and fatal to whoever walks the tree).
"""

from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from hotel.core.exceptions import InvalidInput

MAX_BYTES = 2_000_000
MAX_DEPTH = 64
MAX_NODES = 50_000
_ENCODINGS = (b"utf-8", b"us-ascii", b"iso-8859-1", b"utf-16")


class XmlRefused(InvalidInput):
    """XML that is broken, or larger or deeper than anything we are sent for good reasons (400)."""

    code = "xml_refused"


class _Counted(TreeBuilder):
    """Builds the tree and stops as soon as it grows beyond what is allowed; attributes count as elements."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.nodes = 0

    def start(self, tag: Any, attrs: Any) -> Any:
        """See TreeBuilder."""
        self.depth += 1
        self.nodes += 1 + len(attrs)
        if self.depth > MAX_DEPTH or self.nodes > MAX_NODES:
            raise XmlRefused(f"The XML has more than {MAX_DEPTH} levels or {MAX_NODES} elements.")
        return super().start(tag, attrs)

    def end(self, tag: Any) -> Any:
        """See TreeBuilder."""
        self.depth -= 1
        return super().end(tag)


def xml_read(raw: bytes) -> Element:
    """The root element of a document.

    Raises:
        XmlRefused: more than 2 MB, 64 levels or 50,000 elements and attributes, a document type, an entity of its
            own, an encoding beside UTF-8, UTF-16, Latin-1 and ASCII, or not well-formed.
    """
    if len(raw) > MAX_BYTES:
        raise XmlRefused(f"The XML is longer than {MAX_BYTES} bytes.")
    head = raw[:200].lower()
    if b"encoding=" in head and not any(name in head for name in _ENCODINGS):
        raise XmlRefused("Send the XML in UTF-8.")
    parser = DefusedXMLParser(target=_Counted(), forbid_dtd=True, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(raw)
        return parser.close()
    except DefusedXmlException as error:
        raise XmlRefused("The XML must not declare a document type or entities.") from error
    except (ParseError, ValueError, LookupError) as error:
        raise XmlRefused(f"The XML cannot be read: {error}"[:300]) from error
