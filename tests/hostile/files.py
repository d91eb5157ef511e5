"""Files made to harm whoever opens them, small on disk and large inside; each with a name."""

import io
import struct
import zipfile
import zlib

SHEET = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def png(width: int, height: int, body: bytes = b"", extra: bytes = b"") -> bytes:
    """A PNG that claims a size, whatever its data says."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(body or b"\0" * 100, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP file of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method, compresslevel=9) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def workbook(sheet: str, more: dict[str, bytes] | None = None) -> bytes:
    """A workbook with this text as its first sheet."""
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packages = "http://schemas.openxmlformats.org/package/2006"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{packages}/content-types"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="{kinds}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
        f'ContentType="{kinds}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{packages}/relationships"><Relationship Id="r1" Type='
        f'"{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets><sheet name="A" sheetId="1" '
        f'r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{packages}/relationships"><Relationship Id="r1" '
        f'Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    return zipped({**{name: text.encode() for name, text in parts.items()}, **(more or {})})


def archives() -> dict[str, bytes]:
    """Workbooks and other ZIP files."""
    row = '<row><c t="inlineStr"><is><t>a</t></is></c></row>'
    entity = SHEET.replace("?>", "?><!DOCTYPE w [" + "".join(
        f'<!ENTITY e{n} "{"&e" + str(n - 1) + ";" if n else "x" * 20}{("&e" + str(n - 1) + ";") * 9 if n else ""}">'
        for n in range(9)
    ) + "]>", 1)  # fmt: skip
    external = SHEET.replace("?>", '?><!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]>', 1)
    cell = '<row><c t="inlineStr"><is><t>&{};</t></is></c></row></sheetData></worksheet>'
    good = workbook(SHEET + row + "</sheetData></worksheet>")
    encrypted = bytearray(good)
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = -1
        while (at := encrypted.find(mark, at + 1)) >= 0:
            encrypted[at + (6 if mark[2] == 3 else 8)] |= 1
    return {
        "a million rows": workbook(SHEET + row * 1_000_000 + "</sheetData></worksheet>"),
        "a million empty rows": workbook(SHEET + "<row/>" * 1_000_000 + "</sheetData></worksheet>"),
        "zeros": zipped({"xl/a.xml": bytes(30_000_000)}),
        "zeros under a good workbook": workbook(
            SHEET + row + "</sheetData></worksheet>", {"xl/m.bin": bytes(30_000_000)}
        ),
        "sixty million bytes in parts": zipped({f"{n}.xml": bytes(1_000_000) for n in range(60)}),
        "a thousand parts": zipped({f"{n}.xml": b"x" for n in range(1_000)}),
        "names that leave": zipped({"../../etc/cron.d/x": b"x"}),
        "an absolute name": zipped({"/etc/passwd": b"x"}),
        "a drive": zipped({"C:/x": b"x"}),
        "a zip in a zip": zipped({"inner.zip": zipped({"a": b"x"})}),
        "encrypted": bytes(encrypted),
        "cut in the middle": good[: len(good) // 2],
        "a directory of lies": good[:-22]
        + good[-22:-12]
        + struct.pack("<HII", 60_000, 9_000_000, 0)
        + good[-2:],
        "an end mark alone": b"PK\x05\x06" + bytes(18),
        "an end mark cut short": b"PK\x05\x06\0\0",
        "no archive": b"line,code\n1,x\n" * 10,
        "nothing": b"",
        "entities by the billion": workbook(entity + cell.format("e8")),
        "an entity from a file": workbook(external + cell.format("e")),
        "a missing sheet": zipped({"xl/workbook.xml": b"<workbook/>"}),
        "a sheet that is no XML": workbook("not at all"),
        "levels without end": workbook(SHEET + "<a>" * 200_000),
    }


def texts() -> dict[str, bytes]:
    """CSV files."""
    return {
        "a line without end": b"line," + b"x" * 3_000_000,
        "two million bytes of cells in a line": b"line," + b",".join([b"x" * 100_000] * 20) + b"\n",
        "a cell without end": b'line,b\n"' + b"x" * 300_000,
        "ten thousand columns": b"line" + b",a" * 10_000 + b"\n",
        "not UTF-8": b"\xff\xfe\x00\x01",
        "a NUL": b"line,code\n\x00,\x00\n",
        "UTF-16": "line,code\n1,2\n".encode("utf-16"),
        "packed": b"\x1f\x8b\x08\x00" + bytes(100),
        "an executable": b"MZ\x90\x00" + bytes(range(256)) * 4,
    }


def images() -> dict[str, tuple[str, bytes]]:
    """Uploads: file name and content."""
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    good = png(2, 2, b"\0" + bytes(6) + b"\0" + bytes(6))
    return {
        "pixels without end": ("a.png", png(50_000, 50_000)),
        "a long strip": ("a.png", png(1, 4_000_000_000)),
        "one side too long": ("a.png", png(8_001, 1, b"\0" + bytes(3 * 8_001))),
        "nine million pixels": ("a.png", png(3_000, 3_001, (b"\0" + bytes(9_000)) * 3_001)),
        "no pixels": ("a.png", png(0, 0)),
        "broken data": ("a.png", png(100, 100, b"\xff" * 10)),
        "a comment bomb": ("a.png", png(2, 2, extra=_text_bomb())),
        "SVG": ("a.svg", svg),
        "SVG as PNG": ("a.png", svg),
        "SVG packed": ("a.svgz", zlib.compress(svg)),
        "HTML as JPEG": ("a.jpg", b"<html><script>alert(1)</script>"),
        "HTML": ("a.html", b"<html>"),
        "PHP behind a PNG name": ("a.php.png", b"<?php system($_GET['c']); ?>"),
        "PHP behind a PNG head": ("a.php", good),
        "two extensions": ("a.png.exe", good),
        "no extension": ("logo", good),
        "a PNG called JPEG": ("a.jpg", good),
        "a GIF called PNG": ("a.png", b"GIF89a" + bytes(30)),
        "GIF": ("a.gif", b"GIF89a" + bytes(30)),
        "TIFF": ("a.tiff", b"II*\0" + bytes(30)),
        "EPS": ("a.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n" + bytes(30)),
        "EPS called PNG": ("a.png", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"),
        "PDF where an image is wanted": ("a.pdf", b"%PDF-1.7\n%%EOF"),
        "PDF called PNG": ("a.png", b"%PDF-1.7\n%%EOF"),
        "JPEG of a head only": ("a.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(9)),
        "JPEG that claims much": ("a.jpg", b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03" + bytes(9)),
        "WEBP that claims much": (
            "a.webp",
            b"RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff",
        ),
        "empty": ("a.png", b""),
        "eleven million bytes": ("a.png", good + bytes(11_000_000)),
        "a NUL in the name": ("a.png\0.exe", good),
        "a script as an icon": ("a.ico", b"\0\0\1\0" + bytes(30)),
        "XML": ("a.xml", b"<a/>"),
        "a script": ("a.js", b"alert(1)"),
        "a workbook with macros": ("a.xlsm", b"PK\x03\x04"),
    }


def _text_bomb() -> bytes:
    packed = b"Comment\0\0" + zlib.compress(b"x" * 50_000_000, 9)
    return struct.pack(">I", len(packed)) + b"zTXt" + packed + struct.pack(">I", zlib.crc32(b"zTXt" + packed))


def documents() -> dict[str, bytes]:
    """XML sent by others."""
    bomb = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    quadratic = f'<!DOCTYPE a [<!ENTITY x "{"x" * 100_000}">]><a>{"&x;" * 5_000}</a>'
    return {
        "a billion laughs": f'<!DOCTYPE a [<!ENTITY l0 "lol">{bomb}]><a>&l9;</a>'.encode(),
        "quadratic": quadratic.encode(),
        "an entity from a file": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        "an entity from the net": b'<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:9/">]><a>&x;</a>',
        "a parameter entity": b'<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]><a/>',
        "a type from a file": b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        "a public type": b'<!DOCTYPE a PUBLIC "-//X//Y" "http://127.0.0.1:9/"><a/>',
        "an empty type": b"<!DOCTYPE a []><a/>",
        "a type after a comment": b"<!-- x --><!DOCTYPE a><a/>",
        "entities that name each other": b'<!DOCTYPE a [<!ENTITY x "&y;"><!ENTITY y "&x;">]><a>&x;</a>',
        "an unknown entity": b"<a>&nope;</a>",
        "a notation": b'<!DOCTYPE a [<!NOTATION n SYSTEM "x">]><a/>',
        "defaults by a type": b'<!DOCTYPE a [<!ATTLIST a b CDATA "x">]><a/>',
        "200,000 levels": b"<a>" * 200_000,
        "65 levels": b"<a>" * 65 + b"</a>" * 65,
        "levels of names": b"<x:a xmlns:x='u'>" * 100 + b"</x:a>" * 100,
        "100,000 siblings": b"<a>" + b"<b/>" * 100_000 + b"</a>",
        "100,000 attributes": b"<a " + b" ".join(b'b%d=""' % n for n in range(100_000)) + b"/>",
        "wide and long": b"<a>" + b"<b>xxxxxxxxxxxxxxxxxxxxx</b>" * 71_000 + b"</a>",
        "twenty million bytes": b"<a>" + b"x" * 20_000_000 + b"</a>",
        "UTF-7": b'<?xml version="1.0" encoding="utf-7"?><a/>',
        "an odd encoding": b'<?xml version="1.0" encoding="cp1026"?><a/>',
        "UTF-32": '<?xml version="1.0"?><a/>'.encode("utf-32"),
        "a type in UTF-16": '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'.encode("utf-16"),
        "not closed": b"<a><b></a>",
        "two roots": b"<a/><a/>",
        "text only": b"hello",
        "JSON": b'{"a": 1}',
        "nothing": b"",
        "a NUL": b"<a>\x00</a>",
        "a NUL by number": b"<a>&#0;</a>",
        "a lone surrogate": b"<a>&#xD800;</a>",
        "a broken name": b"<1/>",
        "an attribute twice": b"<a b='1' b='2'/>",
        "a name without its space": b"<x:a/>",
        "not UTF-8": b"<a>\xff\xfe\xfa</a>",
    }
