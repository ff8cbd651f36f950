"""Files as teams and their enemies make them, made here: no binary lies in the project."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

import openpyxl
from fpdf import FPDF
from PIL import Image

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

MAIN = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "docm": "application/vnd.ms-word.document.macroEnabled.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
    "ppsx": "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml",
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)

Parts = Mapping[str, bytes | str]


def packed(parts: Parts, *, stored: tuple[str, ...] = ()) -> bytes:
    """A ZIP of these parts."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return body.getvalue()


def types(*declared: str) -> str:
    """The list of types of a package of Office."""
    overrides = "".join(f'<Override PartName="/part{n}.xml" ContentType="{one}"/>' for n, one in enumerate(declared))
    return f'<?xml version="1.0"?><Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="x"/>{overrides}</Types>'


def relations(*told: tuple[str, str, str]) -> str:
    """Relations of one part: kind, target, and External or Internal."""
    lines = "".join(
        f'<Relationship Id="r{number}" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="{mode}"/>'
        for number, (kind, target, mode) in enumerate(told)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'
    )


def word(more: Parts | None = None, *, body: str = "<w:p><w:r><w:t>Our protocol.</w:t></w:r></w:p>") -> bytes:
    """A Word document, with more parts where they are given."""
    document = f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    return office("docx", {"word/document.xml": document, **(more or {})})


def office(main: str, parts: Parts) -> bytes:
    """A package of Office whose main part is of this kind."""
    return packed({"[Content_Types].xml": types(MAIN[main]), **parts})


def linked(kind: str, target: str, *, mode: str = "External") -> bytes:
    """A Word document with one relation."""
    return word({"word/_rels/document.xml.rels": relations((kind, target, mode))})


def excel() -> bytes:
    """A workbook, as openpyxl writes it."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "Door to needle"
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


def opendocument(kind: str = "text", content: str = "", *, manifest: str = "", more: Parts | None = None) -> bytes:
    """A document of LibreOffice."""
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:p="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0" '
        'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0"'
    )
    return packed(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"<office:document-content {spaces}>{content}</office:document-content>",
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="urn:x">{manifest}</m:manifest>',
            **(more or {}),
        },
        stored=("mimetype",),
    )


def pdf(change: Callable[[FPDF], object] = lambda document: None) -> bytes:
    """A PDF of a page, changed before it is written."""
    document = FPDF()
    document.add_page()
    document.set_font("helvetica", size=12)
    document.cell(text="Our protocol.")
    change(document)
    return bytes(document.output())


def pdf_of(catalog: str = "", *objects: bytes) -> bytes:
    """A PDF written by hand: `catalog` stands in its first object, `objects` follow the page as numbers 4, 5, ..."""
    bodies = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>",
        *objects,
    ]
    written = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start)
    return bytes(written)


def stream(body: bytes, told: str = "/Filter /FlateDecode") -> bytes:
    """A stream of a PDF, as it is given."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(body), told.encode(), body)


def object_stream(number: int, body: bytes) -> bytes:
    """A compressed stream that holds one object."""
    head = b"%d 0 " % number
    told = f"/Type /ObjStm /N 1 /First {len(head)} /Filter /FlateDecode"
    return stream(zlib.compress(head + body), told)


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 200)) -> bytes:
    """A picture of noise."""
    body = io.BytesIO()
    Image.effect_noise(size, 60).save(body, kind)
    return body.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is so large, and is a bomb where that is large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = zlib.compressobj()
    row = bytes(1 + (width + 7) // 8)
    data = b"".join(rows.compress(row) for _ in range(height)) + rows.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def old_office(stream_name: str) -> bytes:
    """A document of the old kind, with one stream in its directory."""
    return OLE + stream_name.encode("utf-16-le") + bytes(200)


def program() -> bytes:
    """The head of a program of Windows."""
    return b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\x00\x00" + bytes(200)
