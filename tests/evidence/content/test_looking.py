"""What is said of a file, as a table: its bytes beside all that is answered. Equality, so that nothing more is said."""

import codecs
from pathlib import Path

import pytest

from accreditation.evidence.content import Kind, Looked, look
from tests.evidence.content.making import (
    MAIN,
    OLE,
    excel,
    linked,
    object_stream,
    office,
    old_office,
    opendocument,
    packed,
    pdf,
    pdf_of,
    picture,
    program,
    stream,
    types,
    word,
)

PRINT = "Open it and print it as a PDF (Microsoft Print to PDF, Save as PDF), which leaves that out, and send that."
PROGRAM = "It is a program ({}), whatever its name says. Evidence is documents, tables and pictures."
ARCHIVE = "It is an archive ({}). Unpack it and send the files in it, each by itself."
SCRIPT = "It is a script (a program written as text). Evidence is documents, tables and pictures."
PASSWORD = "It is protected by a password. Save it without one and send that."
MACROS = "It carries macros (a program inside the document). Save it as {} without macros, or as a PDF, and send that."
OBJECT = "A foreign object is embedded ({}). Replace it by a picture of it, or save the document as a PDF."
WEB = "It is a web page, which can run programs where it is opened. Print it as a PDF and send that."
DDE = "It asks for data from another program when it opens (DDE). Remove that field or link, or save it as a PDF."
OPEN_MACROS = (
    "It carries macros or scripts (a program inside the document). Remove them (Tools, Macros), or save it as a PDF."
)
DAMAGED_PDF = "The PDF is damaged or cut off. Print or save it again and send that."
DAMAGED_PICTURE = "The picture is damaged or cut off. Open it, save it again and send that; or take it again."
DAMAGED_PACKAGE = (
    "It is damaged. Open it in the program that made it, save it under a new name and send that; if it does not open "
    "there either, an older copy is needed."
)
NOT_TEXT = "It is none of the kinds of file that evidence can be, or it is damaged. Save it as a PDF and send that."
TEMPLATE = (
    "It fetches its template from the internet when it opens: its sender would see who reads it, and could change it. "
    "Attach the template Normal instead (Developer, Document Template), or save the document as a PDF."
)
PART_ELSEWHERE = "It takes a part of itself ({}) from elsewhere. Insert that part, or save it as a PDF."
TWO = "It is something else and an archive in one file. Open it, save it under a new name and send that."

JAVASCRIPT = f"It contains a program (JavaScript). {PRINT}"
LAUNCH = f"It starts a program on the reader's machine. {PRINT}"
CALLS = f"It calls a web address when it opens. {PRINT}"
NO_PROGRAM_NAME = "Its name ends as a program's does (.exe). If it is a document, give it its own ending again."
MAIL = "It is an e-mail or a saved web page. Print it as a PDF and send that."
PAGES = "It is a document of Pages, Numbers or Keynote. Export it as a PDF, or for Office, and send that."
JAVA = "It is a program (Java or Android), whatever its name says. Evidence is documents, tables and pictures."
NOT_FIRST = "A PDF does not begin at its first byte: something stands before it. Print it as a PDF and send that."
PDF_ARCHIVE = "It is a PDF and an archive in one file. Print it as a PDF and send that."
PAGE_AS_WELL = "It is a web page as well as what it says it is. Open it, save it under a new name and send that."
ATTACHED_FILE = "Another file is attached inside it. Take it out, send it by itself, and print this one as a PDF."
TWO_PDFS = "It is two PDFs in one file, and readers differ in which they show. Print it as a PDF and send that."
BEHIND_PDF = "Something stands behind its end, or it is cut off. Print it as a PDF and send that."
DOC = "It is a Word document of the old kind (.doc). Save it as .docx and send that."
XLS = "It is an Excel workbook of the old kind (.xls). Save it as .xlsx and send that."
OLD = "It is a document of an old kind, or an installer. Save it as .docx, .xlsx, .pptx or PDF and send that."
HEIC = "It is a picture in Apple's format (HEIC). Save it as a JPEG and send that."
VIDEO = "It is a video or a sound recording. Evidence is documents, tables and pictures."
RTF = "It is an RTF document, which can carry programs. Save it as .docx or PDF and send that."
PICTURE_PAGE = "It is a picture and a web page in one file. Open the picture, save it under a new name and send that."
PICTURE_PDF = "It is a picture and a PDF in one file. Open the picture, save it under a new name and send that."
DOCM = "Its name says that it carries macros (.docm). Save it without them, as .docx."
HIDES = (
    "Its structure is packed as only a file does that hides something. Open it and print it as a PDF, and send that."
)
AGAIN = "Open it in the program that made it, save it under a new name and send that."

DDE_FIELD = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DD</w:instrText></w:r>'
    "<w:r><w:instrText>EAUTO c:\\\\x</w:instrText></w:r></w:p>"
)
HIDDEN = object_stream(9, b"<< /S /JavaScript /JS (x) >>")

FILES = [
    # the name, the bytes, the kind, what is said
    ("policy.pdf", pdf(), Kind.PDF, ()),
    ("policy.pdf", pdf_of(), Kind.PDF, ()),
    ("policy.docx", word(), Kind.DOCX, ()),
    ("figures.xlsx", excel(), Kind.XLSX, ()),
    ("talk.pptx", office("pptx", {"ppt/presentation.xml": "<p/>"}), Kind.PPTX, ()),
    ("talk.ppsx", office("ppsx", {"ppt/presentation.xml": "<p/>"}), Kind.PPTX, ()),
    ("policy.odt", opendocument(), Kind.ODT, ()),
    ("figures.ods", opendocument("spreadsheet"), Kind.ODS, ()),
    ("talk.odp", opendocument("presentation"), Kind.ODP, ()),
    ("ward.png", picture("PNG"), Kind.PNG, ()),
    ("ward.JPG", picture("JPEG"), Kind.JPEG, ()),
    ("ward.gif", picture("GIF"), Kind.GIF, ()),
    ("ward.webp", picture("WEBP"), Kind.WEBP, ()),
    ("ward.tif", picture("TIFF"), Kind.TIFF, ()),
    ("notes.txt", b"Dear reviewers,\r\nthis is our protocol.\r\n", Kind.TXT, ()),
    ("notes.txt", "Über 80 % – naïve".encode("cp1252"), Kind.TXT, ()),
    ("notes.txt", "Über 80 %".encode("utf-16"), Kind.TXT, ()),
    ("notes", codecs.BOM_UTF8 + b"Protocol", Kind.TXT, ()),
    ("audit.csv", b"Team;Minutes\r\nNorth;34\r\n", Kind.CSV, ()),
    ("audit.csv", b"Minutes\n34\n", Kind.CSV, ()),
    ("audit.txt", b"Team\tMinutes\nNorth\t34\n", Kind.CSV, ()),
    # what links to elsewhere and may
    ("policy.docx", linked("hyperlink", "https://www.example.org/guideline"), Kind.DOCX, ()),
    ("policy.docx", linked("attachedTemplate", "file:///C:\\Templates\\letter.dotx"), Kind.DOCX, ()),
    ("policy.docx", linked("attachedTemplate", "file:///\\\\fs01\\templates\\letter.dotx"), Kind.DOCX, ()),
    ("figures.docx", linked("image", "word/media/a.png", mode="Internal"), Kind.DOCX, ()),
    # macros, by whatever name
    ("policy.docx", word({"word/vbaProject.bin": OLE}), Kind.DOCX,
     (MACROS.format(".docx"), OBJECT.format("word/vbaProject.bin"))),
    ("policy.docx", packed({"[Content_Types].xml": types(MAIN["docm"])}), None, (MACROS.format("a plain document"),)),
    ("x.xlsx", office("xlsx", {"xl/macrosheets/sheet1.xml": "<x/>"}), Kind.XLSX, (MACROS.format(".xlsx"),)),
    ("x.xlsx", packed({"[Content_Types].xml": types(MAIN["xlsx"], "application/vnd.ms-excel.macrosheet+xml")}),
     Kind.XLSX,
     (MACROS.format("a plain document"),)),
    ("x.docx", linked("control", "activeX1.xml", mode="Internal"), Kind.DOCX, (MACROS.format("a plain document"),)),
    ("x.docx", word({"word/activeX/activeX1.xml": "<x/>"}), Kind.DOCX, (MACROS.format(".docx"),)),
    ("policy.docm", word(), Kind.DOCX, (DOCM,)),
    ("x.odt", opendocument(more={"Basic/Standard/Module1.xml": "<m/>"}), Kind.ODT, (OPEN_MACROS,)),
    ("x.odt", opendocument(more={"Scripts/python/x.py": "print()"}), Kind.ODT, (OPEN_MACROS,)),
    ("x.odt", opendocument(content='<script:event-listener script:language="ooo:script" xlink:href="x"/>'), Kind.ODT,
     (OPEN_MACROS,)),
    ("x.odp", opendocument("presentation", '<p:event-listener p:action="execute"/>'), Kind.ODP, (OPEN_MACROS,)),
    ("x.odp", opendocument("presentation", '<p:event-listener p:action="next-page"/>'), Kind.ODP, ()),
    ("x.odt", opendocument(content='<text:a xlink:href="macro:///Standard.x"/>'), Kind.ODT, (OPEN_MACROS,)),
    # what is embedded
    ("x.docx", word({"word/embeddings/oleObject1.bin": OLE}), Kind.DOCX,
     (OBJECT.format("word/embeddings/oleObject1.bin"),)),
    ("x.docx", word({"word/media/image1.png": program()}), Kind.DOCX, (OBJECT.format("word/media/image1.png"),)),
    ("x.docx", word({"word/embeddings/a.zip": packed({"a.txt": "x"})}), Kind.DOCX,
     (OBJECT.format("word/embeddings/a.zip"),)),
    ("x.odt", opendocument(more={"Object 1": OLE}), Kind.ODT, (OBJECT.format("Object 1"),)),
    ("x.docx", word({"word/embeddings/b.xlsx": office("xlsx", {"xl/vbaProject.bin": "x"})}), Kind.DOCX,
     (f"In the embedded word/embeddings/b.xlsx: {MACROS.format('.xlsx')}",)),
    # what is fetched when it opens
    ("x.docx", linked("attachedTemplate", "http://203.0.113.7/t.dotm"), Kind.DOCX, (TEMPLATE,)),
    ("x.docx", linked("attachedTemplate", "\\\\203.0.113.7\\share\\t.dotm"), Kind.DOCX, (TEMPLATE,)),
    ("x.docx", linked("oleObject", "https://example.org/x.html!"), Kind.DOCX, (PART_ELSEWHERE.format("oleobject"),)),
    ("x.docx", linked("frame", "https://example.org/"), Kind.DOCX, (PART_ELSEWHERE.format("frame"),)),
    ("x.docx", linked("image", "https://example.org/a.png"), Kind.DOCX, (
        "It fetches a picture from the internet when it opens: its sender would see who reads it, and could change it. "
        "Insert the picture itself (File, Info, Edit Links, Break Link), or save the document as a PDF.",
    )),
    ("x.docx", linked("hyperlink", "ms-msdt:/id"), Kind.DOCX, (
        "It has a link that starts a program (ms-msdt:). Remove the link, or save the document as a PDF.",
    )),
    ("x.docx", linked("aFChunk", "chunk.htm", mode="Internal"), Kind.DOCX, (
        "It takes in another document as it stands (altChunk). Save it again in Word, or as a PDF.",
    )),
    ("x.docx", word(body=DDE_FIELD), Kind.DOCX, (DDE,)),
    ("x.xlsx", office("xlsx", {"xl/externalLinks/externalLink1.xml": "<externalLink><ddeLink/></externalLink>"}),
     Kind.XLSX,
     (DDE,)),
    ("x.odt", opendocument(content='<draw:image xlink:href="http://example.org/a.png"/>'), Kind.ODT, (
        "It fetches a part of itself from elsewhere when it opens. Insert that part, or save the document as a PDF.",
    )),
    ("audit.csv", b"Team,Minutes\n=cmd|' /C calc'!A0,2\n", Kind.CSV, (
        "A cell of it starts another program when it opens in Excel (DDE). Remove that cell.",
    )),
    # PDFs that act
    ("x.pdf", pdf_of("/OpenAction << /S /JavaScript /JS (x) >>"), Kind.PDF, (JAVASCRIPT,)),
    ("x.pdf", pdf_of("/OpenAction << /S /J#61vaScript /JS (x) >>"), Kind.PDF, (JAVASCRIPT,)),
    ("x.pdf", pdf_of("", HIDDEN), Kind.PDF, (JAVASCRIPT,)),
    ("x.pdf", pdf_of("/OpenAction << /S /Launch /F (cmd.exe) >>"), Kind.PDF, (LAUNCH,)),
    ("x.pdf", pdf_of("/OpenAction << /S /URI /URI (http://example.org) >>"), Kind.PDF, (CALLS,)),
    ("x.pdf", pdf_of("/OpenAction 4 0 R", b"<< /S /URI /URI (http://example.org) >>"), Kind.PDF, (CALLS,)),
    ("x.pdf", pdf_of("/OpenAction 9 0 R", object_stream(9, b"<< /S /URI /URI (x) >>")), Kind.PDF, (CALLS,)),
    ("x.pdf", pdf_of("/OpenAction [3 0 R /Fit]", b"<< /S /URI /URI (http://example.org) >>"), Kind.PDF, ()),
    ("x.pdf", pdf_of("/AcroForm << /XFA 4 0 R /Fields [] >>", stream(b"<xdp/>", "")), Kind.PDF, (
        f"It is a dynamic form (XFA), whose content is not in its pages. {PRINT}",
    )),
    ("x.pdf", pdf(lambda one: one.embed_file(bytes=b"x", basename="a.txt")), Kind.PDF, (
        ATTACHED_FILE,
    )),
    ("x.pdf", pdf_of("", stream(b"x", "/Filter [/FlateDecode /FlateDecode]")), None, (
        HIDES,
    )),
    ("x.pdf", pdf_of("", b"<< /Subtype /FileAttachment /FS << /EF << /F 5 0 R >> >> >>"), Kind.PDF, (ATTACHED_FILE,)),
    ("x.pdf", pdf_of("", b"<< /F (a) /EF << /F 5 0 R >> >>"), Kind.PDF, (ATTACHED_FILE,)),
    ("x.pdf", pdf_of("", b"<< /S /GoToR /F (//203.0.113.7/x) >>"), Kind.PDF, (
        f"It opens a file on another machine. {PRINT}",
    )),
    ("x.pdf", pdf_of("", b"<< /S /GoToR /F (annex.pdf) >>"), Kind.PDF, ()),
    ("x.pdf", pdf_of("", HIDDEN.replace(b"stream\n", b"stream %x\n", 1)), Kind.PDF, (JAVASCRIPT,)),
    ("x.pdf", pdf_of("", HIDDEN.replace(b"stream\n", b"stream" + b" " * 99 + b"\n", 1)), None, (HIDES,)),
    ("x.pdf", pdf_of("", stream(b"a stream of words, " * 20, "")), Kind.PDF, ()),
    # protected
    ("x.pdf", pdf(lambda one: one.set_encryption(owner_password="a", user_password="b")), Kind.PDF, (
        "It is protected by a password, or against copying. Open it with its password and print it as a PDF.",
    )),
    ("x.pdf", pdf(lambda one: one.set_encryption(owner_password="a")), Kind.PDF, (
        "It is protected by a password, or against copying. Open it with its password and print it as a PDF.",
    )),
    ("x.docx", old_office("EncryptedPackage"), None, (PASSWORD,)),
    ("x.odt", opendocument(manifest="<m:encryption-data/>"), Kind.ODT, (PASSWORD,)),
    # the old kinds and others, with what to do
    ("x.doc", old_office("WordDocument"), None, (DOC,)),
    ("x.xls", old_office("Workbook"), None, (XLS,)),
    ("x.docx", old_office("x"), None, (OLD,)),
    ("x.heic", b"\x00\x00\x00\x18ftypheic" + bytes(40), None, (HEIC,)),
    ("x.mp4", b"\x00\x00\x00\x18ftypisom" + bytes(40), None, (VIDEO,)),
    ("x.rtf", b"{\\rtf1 x}", None, (RTF,)),
    ("x.xlsb", packed({"[Content_Types].xml": types("application/vnd.ms-excel.sheet.binary.macroEnabled.main")}), None,
     (
        "It is a binary workbook (.xlsb). Save it as .xlsx and send that.", MACROS.format("a plain document"),
    )),
    ("x.vsdx", packed({"[Content_Types].xml": types("application/vnd.ms-visio.drawing.main+xml")}), None, (
        "It is an Office package, but no document of Word, Excel or PowerPoint. Save it as a PDF.",
    )),
    ("x.pages", packed({"Index/Document.iwa": "x"}), None, (PAGES,)),
    # programs and scripts by any name
    ("policy.pdf", program(), None, (PROGRAM.format("Windows"),)),
    ("policy.pdf", b"\x7fELF\x02\x01\x01" + bytes(60), None, (PROGRAM.format("Linux"),)),
    ("policy.txt", b"\xcf\xfa\xed\xfe" + bytes(60), None, (PROGRAM.format("macOS"),)),
    ("policy.txt", b"#!/bin/sh\nrm\n", None, (PROGRAM.format("a script"),)),
    ("policy.txt", b"@echo off\r\ndel x\r\n", Kind.TXT, (SCRIPT,)),
    ("policy.txt", b'Set s = CreateObject("WScript.Shell")\n', Kind.TXT, (SCRIPT,)),
    ("policy.docx", packed({"META-INF/MANIFEST.MF": "x"}), None, (JAVA,)),
    ("policy.pdf.exe", b"Dear reviewers", Kind.TXT, (NO_PROGRAM_NAME,)),
    ("page.txt", b"<!DOCTYPE html><p>x</p>", Kind.TXT, (WEB,)),
    ("page.pdf", b"Hello <SCRIPT>alert(1)</SCRIPT>", Kind.TXT, (WEB,)),
    ("page.txt", "<svg onload=x>".encode("utf-16"), Kind.TXT, (WEB,)),
    ("mail.eml", b"From: a@example.org\r\nMIME-Version: 1.0\r\n\r\nx", Kind.TXT, (MAIL,)),
    # archives
    ("x.zip", packed({"a.txt": "x"}), None, (ARCHIVE.format("ZIP"),)),
    ("x.docx", b"Rar!\x1a\x07\x01\x00" + bytes(30), None, (ARCHIVE.format("RAR"),)),
    ("x.gz", b"\x1f\x8b\x08" + bytes(30), None, (ARCHIVE.format("gzip"),)),
    ("x.tar", bytes(257) + b"ustar\x00" + bytes(300), None, (ARCHIVE.format("tar"),)),
    # two files in one
    ("x.pdf", b"\n" + pdf(), None, (NOT_FIRST,)),
    ("x.pdf", pdf() + packed({"a": "x"}), Kind.PDF, (PDF_ARCHIVE,)),
    ("x.pdf", pdf() + bytes(4000), Kind.PDF, (BEHIND_PDF,)),
    ("x.docx", packed({"a": pdf(), "[Content_Types].xml": types(MAIN["docx"])}, stored=("a",)), None, (NOT_FIRST,)),
    ("x.pdf", pdf_of("/Lang (<script>x</script>)"), None, (PAGE_AS_WELL,)),
    ("x.pdf", pdf() + b"\n" + pdf(), Kind.PDF, (TWO_PDFS,)),
    ("x.jpg", picture("JPEG") + packed({"a": "x"}), None, (TWO,)),
    ("x.txt", b"Dear reviewers\n" + packed({"a": "x"}), None, (TWO,)),
    ("x.gif", picture("GIF") + b"<script>x</script>", Kind.GIF, (PICTURE_PAGE,)),
    ("x.jpg", picture("JPEG") + pdf(), Kind.JPEG, (PICTURE_PDF,)),
    ("x.png", picture("PNG") + bytes(90), Kind.PNG, (
        "90 bytes stand behind the picture's end: something hidden, or what was cropped away and is still there. Open "
        "it, save it under a new name and send that.",
    )),
    ("x.docx", packed({"a": "x"}) + word(), None,
     (f"Something else stands before or behind it in the same file. {AGAIN}",)),
    ("x.docx", word() + b"behind", None, (f"Something else stands behind its end. {AGAIN}",)),
    # damaged or nothing
    ("x.pdf", pdf()[:-400], Kind.PDF, (BEHIND_PDF, DAMAGED_PDF)),
    ("x.docx", word()[:-100], None, (DAMAGED_PACKAGE,)),
    ("x.png", picture("PNG")[:-2000], Kind.PNG, (DAMAGED_PICTURE,)),
    ("x.jpg", picture("JPEG")[:-2000], Kind.JPEG, (DAMAGED_PICTURE,)),
    ("x.txt", b"a\x00\x01\x02b", None, (NOT_TEXT,)),
    ("x.txt", b"", None, ("It is empty. Send the file again.",)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "body", "kind", "refusals"), FILES, ids=[f"{number}-{row[0]}" for number, row in enumerate(FILES)]
)
def test_what_is_said_of_it(
    name: str, body: bytes, kind: Kind | None, refusals: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / "file"
    path.write_bytes(body)
    media_type = "application/octet-stream" if kind is None else kind.media_type
    assert look(path, file_name=name) == Looked(kind=kind, media_type=media_type, refusals=refusals)


def test_indented_lines_of_windows_below_what_looks_like_a_field_are_read_once(tmp_path: Path) -> None:
    """Two ways to match an end of line would double the work with every line: this would not end in our lifetime."""
    file = tmp_path / "minutes.txt"
    file.write_bytes(b"Agenda: stroke meeting\r\n" + b"    an item of it\r\n" * 3_000 + b"mime-version: 1.0\r\n")
    assert look(file, file_name="minutes.txt").kind is Kind.TXT
    file.write_bytes(b"Subject: stroke\r\n    meeting\r\nMIME-Version: 1.0\r\n\r\nHello\r\n")
    assert look(file, file_name="minutes.txt").refusals == (
        "It is an e-mail or a saved web page. Print it as a PDF and send that.",
    )
