"""What stands where nobody looks is found all the same; what is only to be seen is read, or told as not read."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from fpdf import FPDF
from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo

from accreditation.evidence.text import Bounds, pages_of, picture
from accreditation.evidence.text.captions import ANOTHER, described
from accreditation.evidence.text.pdf_words import words_of
from accreditation.rules.identifiers import search
from tests.evidence.text import writing
from tests.evidence.text.test_pages import a_reader, told, unread

SAID = "NHS number 943 476 5919"
READ = "the patient of our ward"


def finds(path: Path, kind: str) -> bool:
    return [hit.what for hit in search(pages_of(path, kind=kind), patterns=())][:1] == ["nhs_number"]


BODIES = [
    f'<w:fldSimple w:instr=" QUOTE &quot;{SAID}&quot; "/>',
    "<w:p><w:r><w:instrText> QUOTE NHS number 943</w:instrText></w:r><w:r><w:instrText> 476 5919</w:instrText></w:r>"
    "</w:p>",
    f"<mc:AlternateContent xmlns:mc='m'><mc:Choice/><mc:Fallback><w:p><w:r><w:t>{SAID}</w:t></w:r></w:p></mc:Fallback>"
    "</mc:AlternateContent>",
    f'<w:sdt><w:sdtPr><w:alias w:val="{SAID}"/></w:sdtPr></w:sdt>',
    f'<w:dropDownList><w:listItem w:displayText="{SAID}" w:value="1"/></w:dropDownList>',
    f'<w:ffData><w:textInput><w:default w:val="{SAID}"/></w:textInput></w:ffData>',
    '<w:bookmarkStart w:id="0" w:name="NHS_number_943_476_5919"/>',
    f'<w:ins w:author="{SAID}"><w:r><w:t>x</w:t></w:r></w:ins>',
    "<w:p><w:r><w:t>NHS no </w:t></w:r>"
    + "".join(f'<w:r><w:sym w:font="Symbol" w:char="F03{digit}"/></w:r>' for digit in "9434765919")
    + "</w:p>",
]


@pytest.mark.parametrize("body", BODIES)
def test_what_a_word_document_keeps_beside_its_lines(body: str, tmp_path: Path) -> None:
    whole = writing.word_body(["The policy"]).replace("</w:body>", f"{body}</w:body>")
    assert finds(writing.package(tmp_path / "a", {"word/document.xml": whole}), "docx")


PARTS: list[tuple[str, str]] = [
    ("word/myhead.xml", f"<w:hdr {writing.W}>{writing.word_paragraph(SAID)}</w:hdr>"),
    ("word/settings.xml", f'<w:settings {writing.W}><w:docVar w:name="x" w:val="{SAID}"/></w:settings>'),
    ("word/comments.xml", f"<w:comments {writing.W}><w:author>{SAID}</w:author></w:comments>"),
    ("xl/styles.xml", f"<styleSheet><numFmt formatCode='{SAID}'/></styleSheet>"),
    ("ppt/tags/tag1.xml", f"<p:tagLst xmlns:p='p'><p:tag name='A' val='{SAID}'/></p:tagLst>"),
    ("word/people.xml", f'<w:people {writing.W}><w:person w:author="{SAID}"/></w:people>'),
    ("word/media/image1.svg", f'<svg xmlns="http://www.w3.org/2000/svg"><text>{SAID}</text></svg>'),
    ("xl/drawings/vmlDrawing1.vml", f"<v:textbox><br><div>{SAID}</div></v:textbox>"),
    ("elsewhere/part.xml", f"<a><b>{SAID}</b></a>"),
    ("word/_rels/document.xml.rels",
     '<Relationships><Relationship Id="a" TargetMode="External" Target="https://x.example/?nhs_number=943%20476%205919"/>'
     "</Relationships>"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content"), PARTS)
def test_every_part_of_an_office_file_that_is_text_is_searched(name: str, content: str, tmp_path: Path) -> None:
    file = writing.package(tmp_path / "a", {"word/document.xml": writing.word_body(["The policy"]), name: content})
    assert finds(file, "docx")


def test_the_document_is_what_the_package_says_it_is(tmp_path: Path) -> None:
    rels = "<Relationships><Relationship Id='a' Target='word/document2.xml'/></Relationships>"
    file = writing.package(tmp_path / "a", {
        "_rels/.rels": rels,
        "word/document.xml": writing.word_body(["old"]),
        "word/document2.xml": writing.word_body(["new"]),
    })  # fmt: skip
    assert told(file, "docx") == [("page 1, line 1 on", "new"), ("what else the file keeps", "old")]


@pytest.mark.parametrize("asked", [
    f'<dataValidation prompt="{SAID}"><formula1>1</formula1></dataValidation>',
    f'<dataValidation><formula1>"one,{SAID}"</formula1></dataValidation>',
    '<row><c><f t="shared">"NHS number: 943 "&amp;"476 5919"</f></c></row>',
    f'<cfRule><formula>A1="{SAID}"</formula></cfRule>',
    f"<oddHeader>{'x' * 2100} {SAID}</oddHeader>",
])  # fmt: skip
def test_lists_formulas_and_prompts_of_a_sheet_are_searched_and_a_sheet_of_wide_signs_is_told(
    asked: str, tmp_path: Path
) -> None:
    name = "xl/worksheets/sheet1.xml"
    whole = writing.sheets(tmp_path / "a.xlsx", [["x"]])
    sheet = zipfile.ZipFile(whole).read(name).decode()
    assert finds(
        writing.changed(whole, tmp_path / "b", name, sheet.replace("<sheetData>", f"{asked}<sheetData>")), "xlsx"
    )
    wide = writing.changed(whole, tmp_path / "c", name, sheet.encode("utf-16"))
    assert [label for label, _ in unread(wide, "xlsx")] == ["the sheets"]


def shot(width: int, height: int, form: str = "PNG") -> bytes:
    data = io.BytesIO()
    Image.effect_noise((width, height), 50).save(data, form)
    return data.getvalue()


@pytest.mark.parametrize(
    "name",
    ["word/media/image1.png", "media/image1", "word/pics/a.jpeg", "docProps/thumbnail.png", "word/fonts/a.odttf"],
)
def test_a_picture_anywhere_in_an_office_file_is_read_once_however_small(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_reader(tmp_path, monkeypatch, f'cat >/dev/null; echo "{READ}"')
    body = writing.word_body(["The policy"])
    banner, bullet = shot(500, 40), shot(50, 50)
    file = writing.package(tmp_path / "a", {
        "word/document.xml": body, name: banner, "word/media/z.png": banner, "word/media/b.png": bullet,
    })  # fmt: skip
    assert told(file, "docx") == [("page 1, line 1 on", "The policy"), *pictures(file, f"{READ}\n")]
    assert len(pictures(file, f"{READ}\n")) == 1


def pictures(file: Path, text: str) -> list[tuple[str, str]]:
    return [(page.label, page.text) for page in pages_of(file, kind="docx") if page.text == text]


@pytest.mark.parametrize("name", ["word/media/a.emf", "ppt/media/film.mp4", "xl/model/item.data", "word/media/a.emz"])
def test_what_is_no_picture_that_is_read_is_told(name: str, tmp_path: Path) -> None:
    parts: Mapping[str, str | bytes] = {"word/document.xml": writing.word_body(["one"]), name: b"\x01\x00\x00\x00no"}
    assert len(unread(writing.package(tmp_path / "a", dict(parts)), "docx")) == 1


def page_of(path: Path, *pages: tuple[str, bytes | None], height: int = 0) -> Path:
    document = FPDF()
    document.set_font("helvetica", size=11)
    for text, image in pages:
        document.add_page()
        document.multi_cell(0, 6, text=text)
        if image:
            document.image(io.BytesIO(image), 20, 150, 60, height)
    document.output(str(path))
    return path


def test_a_picture_among_the_text_of_a_pdf_is_read_once_and_told_where_it_cannot_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_reader(tmp_path, monkeypatch, f'cat >/dev/null; echo "{READ}"')
    text, banner, other = "The policy of the ward. " * 40, shot(500, 100), shot(500, 101)
    file = page_of(tmp_path / "a.pdf", (text, banner), (text, banner), (text, other), (text, None))
    pages = list(pages_of(file, kind="pdf"))[:4]
    assert [(page.text.count(READ), page.unread) for page in pages] == [(1, ""), (0, ""), (1, ""), (0, "")]
    assert unread(file, "pdf", Bounds(pictures=1)) == [("page 3", picture.TOO_MANY)]
    assert unread(file, "pdf", Bounds(reading=0)) == [("page 1", picture.TOO_MANY), ("page 3", picture.TOO_MANY)]
    monkeypatch.setenv("PATH", str(tmp_path))
    assert unread(file, "pdf") == [("page 1", picture.NO_READER), ("page 3", picture.NO_READER)]


def test_what_is_seen_and_stands_in_the_text_as_well_is_told_once_and_drawn_letters_are_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_reader(tmp_path, monkeypatch, f'cat >/dev/null; echo "{READ}"; echo "the policy of the ward"')
    document = FPDF()
    document.set_font("helvetica", size=11)
    document.add_page()
    document.cell(text="the policy of the ward")
    for number in range(12):
        document.ellipse(10 + 8 * number, 50, 6, 8, style="F")
        document.polygon([(10 + 8 * number + step, 80 + step * step % 7) for step in range(10)], style="F")
    document.output(str(tmp_path / "a.pdf"))
    page = next(pages_of(tmp_path / "a.pdf", kind="pdf"))
    assert page.text.split("\n") == ["the policy of the ward", READ]


def raw_pdf(path: Path, *, page: str = "", catalogue: str = "", others: str = "", trailer: str = "") -> Path:
    """A PDF of one page, by hand; a reader finds its objects without a list of them."""
    text = "BT /F1 12 Tf 40 800 Td (Date of birth) Tj ET"
    path.write_bytes(
        (
            f"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R{catalogue}>>\nendobj\n"
            "2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
            "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            f"/Resources<</Font<</F1 5 0 R>>>>{page}>>\nendobj\n"
            f"4 0 obj\n<</Length {len(text)}>>stream\n{text}\nendstream\nendobj\n"
            f"5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n{others}"
            f"trailer<</Root 1 0 R{trailer}>>\nstartxref\n0\n%%EOF\n"
        ).encode("latin-1")
    )
    return path


SHOWN = f"BT /F1 12 Tf 2 2 Td ({SAID}) Tj ET"
DRAWN = (
    "6 0 obj\n<</Type/Annot/Subtype/Stamp/Rect[10 10 300 30]/AP<</N 7 0 R>>>>\nendobj\n7 0 obj\n"
    "<</Type/XObject/Subtype/Form/BBox[0 0 300 20]/Resources<</Font<</F1 5 0 R>>>>"
    f"/Length {len(SHOWN)}>>stream\n{SHOWN}\nendstream\nendobj\n"
)
XMP = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{SAID}</x:xmpmeta>"
PLACES: list[dict[str, str]] = [
    {"page": "/Annots[6 0 R]", "others": DRAWN},
    {"page": "/Annots[6 0 R]", "others": DRAWN.replace("/Rect", "/F 2/Rect")},
    {"catalogue": "/Outlines 6 0 R",
     "others": f"6 0 obj\n<</First 7 0 R>>\nendobj\n7 0 obj\n<</Title({SAID})>>\nendobj\n"},
    {"others": f"6 0 obj\n<</Patient({SAID})>>\nendobj\n", "trailer": "/Info 6 0 R"},
    {"others": f"6 0 obj\n<</Patient<FEFF{SAID.encode('utf-16-be').hex()}>>>\nendobj\n"},
    {"others": "6 0 obj\n<</Patient(\\116HS (number) 943 476\\\n 5919)>>\nendobj\n"},
    {"others": "6 0 obj\n<</S/URI/URI(https://x.example/?nhs_number=943%20476%205919)>>\nendobj\n"},
    {"catalogue": "/Metadata 6 0 R",
     "others": f"6 0 obj\n<</Type/Metadata/Subtype/XML/Length {len(XMP)}>>stream\n{XMP}\nendstream\nendobj\n"},
    {"page": "/Annots[6 0 R]", "catalogue": "/AcroForm<</Fields[7 0 R]>>",
     "others": "6 0 obj\n<</Type/Annot/Subtype/Widget/Parent 7 0 R/Rect[10 10 200 30]>>\nendobj\n"
     f"7 0 obj\n<</FT/Tx/T(a)/V({SAID})/Kids[6 0 R]>>\nendobj\n"},
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES, ids=range(len(PLACES)))
def test_what_a_pdf_keeps_beside_its_pages(place: dict[str, str], tmp_path: Path) -> None:
    assert finds(raw_pdf(tmp_path / "a.pdf", **place), "pdf")
    assert not finds(raw_pdf(tmp_path / "b.pdf"), "pdf")


def test_what_a_field_holds_is_called_as_what_is_printed_before_it(tmp_path: Path) -> None:
    field = "6 0 obj\n<</Type/Annot/Subtype/Widget/FT/Tx/T(a7)/V(01/02/1950)/Rect[150 795 300 815]>>\nendobj\n"
    file = raw_pdf(tmp_path / "a.pdf", page="/Annots[6 0 R]", catalogue="/AcroForm<</Fields[6 0 R]>>", others=field)
    assert [(hit.what, hit.page_label) for hit in search(pages_of(file, kind="pdf"), patterns=())] == [
        ("date_of_birth", "page 1")
    ]


def test_a_picture_is_read_as_a_viewer_shows_it() -> None:
    upright = writing.picture(["one", "two"]).crop((0, 0, 300, 200))
    turned = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    upright.rotate(90, expand=True).save(turned, "PNG", exif=exif)
    clear = Image.new("LA", upright.size, (0, 0))
    clear.putalpha(ImageOps.invert(upright))
    deep = upright.convert("I").point(lambda shade: shade * 200)
    with Image.open(turned) as phone:
        for one in (phone, clear, deep, upright):
            plain = picture.made_plain(one)
            assert plain.mode == "L"
            assert plain.size == upright.size
            assert sum(plain.histogram()[250:]) > plain.width * plain.height * 0.8
            assert sum(plain.histogram()[:60]) == pytest.approx(sum(upright.histogram()[:60]), rel=0.1)


def test_what_may_lie_on_its_head_is_read_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_reader(tmp_path, monkeypatch, "cat >/dev/null; echo 6L6S 9ZP")
    writing.picture(["one"]).save(tmp_path / "a.png")
    assert told(tmp_path / "a.png", "png") == [("the picture", "6L6S 9ZP\n6L6S 9ZP\n")]


def test_what_the_file_of_a_picture_says_is_searched(tmp_path: Path) -> None:
    info = PngInfo()
    info.add_text("Description", SAID)
    Image.new("L", (10, 10)).save(tmp_path / "a.png", pnginfo=info)
    exif = Image.Exif()
    exif[0x9C9B] = "Amber".encode("utf-16-le")
    exif.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0" + SAID.encode()
    Image.new("L", (10, 10)).save(tmp_path / "a.jpg", exif=exif, comment=b"a comment", xmp=b"<a><b>said</b></a>")
    assert described(tmp_path / "a.png") == SAID
    once, twice = tmp_path / "a.jpg", tmp_path / "b.jpg"
    twice.write_bytes(once.read_bytes() * 2)
    assert (unread(once, "jpeg"), unread(twice, "jpeg")[-1]) == (
        unread(once, "jpeg")[:0], ("the picture's own data", ANOTHER),
    )  # fmt: skip
    assert sorted(described(tmp_path / "a.jpg").split("\n")) == [
        "ASCII NHS number 943 476 5919",
        "Amber",
        "a comment",
        "said",
    ]


def test_brackets_and_formulas_without_an_end_are_read_once(tmp_path: Path) -> None:
    """Read anew from each of them, these would take minutes, and the file would be held."""
    odd = "6 0 obj\n<</A(" + "(\\" * 50_000 + f")>>\nendobj\n7 0 obj\n<</B({SAID})>>\nendobj\n"
    assert any(SAID in word for word in words_of(raw_pdf(tmp_path / "a.pdf", others=odd)))
    name = "xl/worksheets/sheet1.xml"
    whole = writing.sheets(tmp_path / "a.xlsx", [["x"]])
    sheet = zipfile.ZipFile(whole).read(name).decode()
    said = f'<f>"{SAID}"</f>'
    assert finds(writing.changed(whole, tmp_path / "b", name, f"{sheet}<!--{'<f ' * 80_000}-->{said}"), "xlsx")
