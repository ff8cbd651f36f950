"""What a document says, whatever its kind; what cannot be read is said and never passed over."""

import os
import select
import signal
import sys
import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from subprocess import Popen

import pytest
from fpdf import FPDF
from openpyxl import load_workbook
from openpyxl.comments import Comment
from PIL import Image

from accreditation.evidence.text import KINDS, Bounds, Page, pages_of, picture
from accreditation.evidence.text.pdf import ATTACHED
from accreditation.evidence.text.sheets import TOO_WIDE
from accreditation.rules.identifiers import Lines, search
from tests.evidence.text import writing

LINES = ["The rota & its rules", "NHS number 943 476 5919"]
TABLE = [("Name", "Ward"), ("Amber Quill", "Seven")]
READ = "the patient on a ward, one thread: 1"
WRITTEN = "The rota & its rules\nNHS number 943 476 5919\nName\tWard\nAmber Quill\tSeven"


def told(path: Path, kind: str, bounds: Bounds | None = None) -> list[tuple[str, str]]:
    """Label and text of every page; nothing may be unread."""
    pages = list(pages_of(path, kind=kind, bounds=bounds))
    assert [page.unread for page in pages] == ["" for _ in pages]
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    return [(page.label, page.text) for page in pages]


def unread(path: Path, kind: str, bounds: Bounds | None = None) -> list[tuple[str, str]]:
    return [(page.label, page.unread) for page in pages_of(path, kind=kind, bounds=bounds) if page.unread]


def test_the_kinds_are_those_that_are_read() -> None:
    assert {
        "pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "txt", "csv", "png", "jpeg", "gif", "webp", "tiff", "heic",
    } == KINDS  # fmt: skip
    with pytest.raises(ValueError, match="exe is no kind of file whose text is read"):
        pages_of(Path("x"), kind="exe")


def test_a_word_document_with_its_tables_and_what_stands_beside_the_text(tmp_path: Path) -> None:
    file = writing.word(tmp_path / "a", LINES, TABLE, header1="at the head", comments="a comment", footnotes="a note")
    assert told(file, "docx") == [
        ("page 1, line 1 on", WRITTEN),
        ("comments", "a comment"),
        ("footnotes", "a note"),
        ("header", "at the head"),
    ]


def test_a_word_document_has_the_pages_that_word_saw(tmp_path: Path) -> None:
    broken = writing.word_body(["one", "two"]).replace(
        '<w:p><w:r><w:t xml:space="preserve">t', '<w:p><w:r><w:br w:type="page"/><w:t>t'
    )
    file = writing.package(tmp_path / "a", {"word/document.xml": broken})
    assert told(file, "docx") == [("page 1, line 1 on", "one"), ("page 2, line 1 on", "two")]


def test_what_is_deleted_but_kept_is_read_and_what_stands_twice_is_read_once(tmp_path: Path) -> None:
    body = (
        f"<w:document {writing.W} xmlns:mc='urn:mc'><w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
        "<mc:AlternateContent><mc:Choice><w:p><w:r><w:t>box</w:t></w:r></w:p></mc:Choice>"
        "<mc:Fallback><w:p><w:r><w:t>box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>"
        "<docPr descr='a picture of a bed'/></w:document>"
    )
    file = writing.package(tmp_path / "a", {"word/document.xml": body})
    assert told(file, "docx") == [
        ("page 1, line 1 on", "gone\nbox"),
        ("descriptions of pictures and fields 1 on", "a picture of a bed"),
    ]


def test_slides_in_their_order_with_notes_and_hidden_ones(tmp_path: Path) -> None:
    file = writing.slides(tmp_path / "a", writing.slide(LINES, TABLE), writing.slide(["two"], hidden=True), notes="say")
    assert told(file, "pptx") == [("slide 1", WRITTEN), ("slide 1, notes", "say"), ("slide 2", "two")]


def test_slides_stand_as_the_presentation_lists_them(tmp_path: Path) -> None:
    rels = "".join(f'<Relationship Id="r{number}" Target="slides/slide{number}.xml"/>' for number in (1, 2))
    file = writing.package(tmp_path / "a", {
        "ppt/slides/slide1.xml": writing.slide(["one"]),
        "ppt/slides/slide2.xml": writing.slide(["two"]),
        "ppt/slides/slide3.xml": writing.slide(["in no list"]),
        "ppt/presentation.xml": f'<p:p {writing.SLIDES}><p:sldId id="1" r:id="r2"/><p:sldId id="2" r:id="r1"/></p:p>',
        "ppt/_rels/presentation.xml.rels": f"<Relationships>{rels}</Relationships>",
    })  # fmt: skip
    assert told(file, "pptx") == [("slide 1", "two"), ("slide 2", "one"), ("slide 3", "in no list")]


def test_sheets_with_hidden_ones_comments_headers_and_names(tmp_path: Path) -> None:
    file = writing.sheets(tmp_path / "a.xlsx", [["Name", "Born"], ["Amber", date(1950, 2, 1)]], [[9434765919, 1.5]])
    book = load_workbook(file)
    book["Rota"]["A1"].comment = Comment("a comment", "")
    header = book["Rota"].oddHeader
    assert header is not None
    header.center.text = "at the head"
    book.save(file)
    pages = told(file, "xlsx")
    assert [page for page in pages if page[0] != "document properties"] == [
        ("sheet 1, row 1 on", "Name\tBorn\nAmber\t01/02/1950"),
        ("sheet 2 (hidden), row 1 on", "9434765919\t1.5"),
        ("headers and footers of sheets", "at the head"),
        ("comments", "a comment"),
        ("what else the file keeps", "False 0 0"),
        ("what else the file keeps", "Normal"),
        ("names of sheets and cells", "Rota\nKept"),
    ]


def test_a_long_sheet_repeats_its_heading(tmp_path: Path) -> None:
    file = writing.sheets(tmp_path / "a.xlsx", [["Name", "Ward"], *([f"n{row}", "w"] for row in range(2, 6))])
    pages = [page for page in told(file, "xlsx", Bounds(on_a_page=20)) if page[0].startswith("sheet")]
    assert pages == [
        ("sheet 1, row 1 on", "Name\tWard\nn2\tw\nn3\tw"),
        ("sheet 1, row 4 on", "Name\tWard\nn4\tw\nn5\tw"),
    ]


def test_open_documents(tmp_path: Path) -> None:
    assert told(writing.open_text(tmp_path / "t", LINES, TABLE), "odt") == [("line 1 on", WRITTEN)]
    assert told(writing.open_sheets(tmp_path / "s", TABLE, [("hid",)]), "ods") == [
        ("sheet 1, row 1 on", "Name\tWard\nAmber Quill\tSeven"),
        ("sheet 2, row 1 on", "hid"),
        ("names of sheets and slides", "Rota\nKept"),
    ]
    assert told(writing.open_slides(tmp_path / "p", LINES, ["two"]), "odp") == [
        ("slide 1, line 1 on", "\n".join(LINES)),
        ("slide 2, line 1 on", "two"),
        ("names of sheets and slides", "first\nfirst"),
    ]


def test_a_pdf_page_by_page(tmp_path: Path) -> None:
    file = writing.pdf(tmp_path / "a", LINES, ["two"])
    pages = [(page.label, page.text.split("\r\n")) for page in pages_of(file, kind="pdf")]
    assert pages[:2] == [("page 1", LINES), ("page 2", ["two"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_a_text_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a"
    file.write_bytes("Café rota\r\nNHS number".encode(encoding))
    assert told(file, "txt") == [("line 1 on", "Café rota\nNHS number")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_of_values_however_it_is_divided(tmp_path: Path, delimiter: str) -> None:
    file = tmp_path / "a"
    file.write_text(delimiter.join(["Name", '"Amber\nQuill"', "x"]) + "\n" + delimiter.join("abc") + "\n")
    assert told(file, "csv") == [("row 1 on", "Name\tAmber Quill\tx\na\tb\tc")]


def test_a_file_is_read_piece_by_piece_and_no_further_than_its_bounds(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("0123456789\n" * 10)
    small = Bounds(on_a_page=25, characters=50)
    assert [(page.label, page.text, page.unread != "") for page in pages_of(file, kind="txt", bounds=small)] == [
        ("line 1 on", "0123456789\n0123456789", False),
        ("line 3 on", "0123456789\n0123456789", False),
        ("line 5 on", "01234567", True),
        ("line 7 on and all after it", "", True),
    ]


def test_a_hit_in_a_table_or_a_text_is_told_by_its_row_or_line(tmp_path: Path) -> None:
    file = tmp_path / "a"
    rows = [["NHS number", "Ward"], *(["9434765919" if n in (2, 2672) else "", "Seven"] for n in range(2, 12_001))]
    rows[11_999] = ["9434765919", "Seven"]
    file.write_text("\n".join(map(",".join, rows)))
    workbook = writing.sheets(tmp_path / "b", rows)
    for path, kind, named in ((file, "csv", "row"), (workbook, "xlsx", "sheet 1, row"), (file, "txt", "line")):
        told = [hit.page_label for hit in search(pages_of(path, kind=kind), patterns=())]
        assert told == [f"{named} 2", f"{named} 2,672", f"{named} 12,000"]


def test_a_number_is_found_across_the_pieces_of_a_line_and_as_a_program_writes_it(tmp_path: Path) -> None:
    file = tmp_path / "a"
    for kind, written in (("txt", "x " * 32_766 + "9434765919"), ("csv", "NHS no,Ward\n9.434765919E+09,Seven\n")):
        file.write_text(written)
        assert [hit.what for hit in search(pages_of(file, kind=kind), patterns=())] == ["nhs_number"]


def test_a_line_without_an_end_comes_in_pieces(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("x" * 200_000)
    assert [len(page.text) for page in pages_of(file, kind="txt")] == [65_536, 65_600, 65_600, 3_456]


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pptx", "odt", "ods", "odp", "pdf", "png", "tiff"])
def test_what_cannot_be_read_says_so(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"no such thing")
    assert len(unread(file, kind)) == 1


def test_a_part_with_a_document_type_is_not_read(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "boom">]><w>&b;</w>'
    file = writing.package(tmp_path / "a", {"word/document.xml": bomb})
    assert [label for label, _ in unread(file, "docx")] == ["the text"]


def test_a_document_inside_another_is_read_and_what_is_no_document_is_told(tmp_path: Path) -> None:
    inner = writing.sheets(tmp_path / "b.xlsx", TABLE).read_bytes()
    file = writing.package(tmp_path / "a", {
        "word/document.xml": writing.word_body(["one"]),
        "word/embeddings/b.xlsx": inner,
        "word/embeddings/c.bin": b"x",
    })  # fmt: skip
    pages = list(pages_of(file, kind="docx"))
    assert pages[1] == Page(
        number=2, label="file 1 inside, sheet 1, row 1 on", text="Name\tWard\nAmber Quill\tSeven",
        lines=Lines(named="file 1 inside, sheet 1, row", first=1, count=2),
    )  # fmt: skip
    assert [(page.label, page.unread != "") for page in pages][-1] == ("file 2 inside", True)


def test_where_pictures_cannot_be_read_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    writing.picture(LINES).save(tmp_path / "a.png")
    assert unread(tmp_path / "a.png", "png") == [("the picture", picture.NO_READER)]
    scan = writing.scan(tmp_path / "a.pdf", LINES)
    assert unread(scan, "pdf") == [("page 1", picture.NO_READER)]


def a_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str) -> None:
    """A program of this name that does this: what is read is Tesseract's business, what becomes of it is ours."""
    program = tmp_path / "bin" / "tesseract"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{does}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")


def test_pictures_and_scans_are_read_where_there_is_a_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_reader(tmp_path, monkeypatch, 'cat >/dev/null; echo "the patient on a ward, one thread: $OMP_THREAD_LIMIT"')
    picture_of = writing.picture(LINES)
    picture_of.save(tmp_path / "a.png")
    picture_of.save(tmp_path / "a.tiff", save_all=True, append_images=[picture_of])
    assert told(tmp_path / "a.png", "png") == [("the picture", f"{READ}\n")]
    assert told(tmp_path / "a.tiff", "tiff") == [("picture 1", f"{READ}\n"), ("picture 2", f"{READ}\n")]
    scan = writing.scan(tmp_path / "a.pdf", LINES, LINES)
    assert [page.text.strip() for page in pages_of(scan, kind="pdf")][:2] == [READ, READ]
    inside = writing.package(tmp_path / "a.docx", {
        "word/document.xml": writing.word_body(["one"]),
        "word/media/image1.png": (tmp_path / "a.png").read_bytes(),
    })  # fmt: skip
    assert told(inside, "docx") == [("page 1, line 1 on", "one"), ("picture 1", f"{READ}\n")]


def test_a_reader_that_fails_or_hangs_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Image.new("L", (10, 10)).save(tmp_path / "a.png")
    a_reader(tmp_path, monkeypatch, "exit 1")
    assert unread(tmp_path / "a.png", "png") == [("the picture", picture.CANNOT)]
    (tmp_path / "bin" / "tesseract").write_text("#!/bin/sh\nexec sleep 60\n")
    assert unread(tmp_path / "a.png", "png", Bounds(seconds=0)) == [("the picture", picture.TOO_LONG)]


def test_the_reader_ends_with_whoever_asked_it_also_when_that_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_reader(tmp_path, monkeypatch, f"echo $$ >{tmp_path}/told\nexec sleep 600")
    os.mkfifo(tmp_path / "told")
    asks = (
        "from PIL import Image; from accreditation.evidence.text.picture import Bounds, Eyes; "
        "Eyes(Bounds()).read(Image.new('L', (10, 10)))"
    )
    with Popen([sys.executable, "-c", asks], cwd=Path(__file__).parents[3]) as asker:
        reader = os.pidfd_open(int((tmp_path / "told").read_text()))
        asker.kill()
    try:
        assert select.select([reader], [], [], 60)[0] == [reader]
    finally:
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(reader, signal.SIGKILL)
        os.close(reader)


def test_no_more_pictures_are_read_than_the_bounds_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_reader(tmp_path, monkeypatch, "cat >/dev/null; echo read")
    scan = writing.scan(tmp_path / "a.pdf", LINES, LINES)
    assert unread(scan, "pdf", Bounds(pictures=1)) == [("page 2", picture.TOO_MANY)]


def test_a_sheet_that_is_laid_out_over_everything_is_not_held_in_memory(tmp_path: Path) -> None:
    file = writing.sheets(tmp_path / "a.xlsx", TABLE)
    book = load_workbook(file)
    book["Rota"]["XFD1048576"] = "x"
    book.save(file)
    assert unread(file, "xlsx") == [("the sheets", TOO_WIDE)]


def test_a_number_in_the_name_of_a_sheet_is_text_and_in_no_label(tmp_path: Path) -> None:
    file = writing.sheets(tmp_path / "a.xlsx", TABLE)
    book = load_workbook(file)
    book["Rota"].title = "9434765919"
    book.save(file)
    pages = told(file, "xlsx")
    assert pages[0][0] == "sheet 1, row 1 on"
    assert ("names of sheets and cells", "9434765919") in pages


def test_what_a_pivot_table_keeps_is_read(tmp_path: Path) -> None:
    inner = writing.sheets(tmp_path / "a.xlsx", TABLE)
    kept = '<pivotCacheRecords xmlns="x"><r><s v="Amber Quill"/><n v="9434765919"/></r></pivotCacheRecords>'
    with zipfile.ZipFile(inner, "a") as package:
        package.writestr("xl/pivotCache/pivotCacheRecords1.xml", kept)
    assert ("data kept by a pivot table", "Amber Quill\n9434765919") in told(inner, "xlsx")


def test_comments_fields_and_properties_of_a_pdf_are_read_and_attached_files_are_told(tmp_path: Path) -> None:
    document = FPDF()
    document.set_font("helvetica", size=11)
    document.add_page()
    document.cell(text="The rota")
    document.text_annotation(50, 50, "said in a comment")
    document.set_title("what it is called")
    document.embed_file(bytes=b"NHS", basename="a.txt")
    document.output(str(tmp_path / "a.pdf"))
    pages = list(pages_of(tmp_path / "a.pdf", kind="pdf"))
    assert pages[0].text == "The rota\nsaid in a comment"
    assert pages[1].label == "document properties"
    assert "what it is called" in pages[1].text
    assert [(page.label, page.unread) for page in pages if page.unread] == [("attached files", ATTACHED)]


def test_an_empty_page_says_nothing_and_drawn_letters_are_to_be_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    document = FPDF()
    document.add_page()
    document.add_page()
    document.line(10, 10, 100, 100)
    document.output(str(tmp_path / "a.pdf"))
    assert unread(tmp_path / "a.pdf", "pdf") == [("page 2", picture.NO_READER)]
    pages = [page.label for page in pages_of(tmp_path / "a.pdf", kind="pdf")]
    assert pages == ["page 2", "document properties"]


@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx", "odt", "ods"])
def test_a_damaged_package_is_told_or_read_and_never_an_accident(tmp_path: Path, kind: str) -> None:
    """Every byte of a small file turned, one at a time, some of them: what is raised would hold the file unsaid."""
    whole = {
        "docx": lambda path: writing.word(path, LINES, TABLE),
        "pptx": lambda path: writing.slides(path, writing.slide(LINES, TABLE), notes="say"),
        "xlsx": lambda path: writing.sheets(path, TABLE),
        "odt": lambda path: writing.open_text(path, LINES, TABLE),
        "ods": lambda path: writing.open_sheets(path, TABLE),
    }[kind](tmp_path / "whole").read_bytes()
    for at in range(0, len(whole), max(1, len(whole) // 60)):
        (tmp_path / "a").write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        for page in pages_of(tmp_path / "a", kind=kind):
            assert page.text or page.unread
