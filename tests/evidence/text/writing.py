"""Documents of every kind with what is to be found in them: small, and made of what the kinds are made of."""

import csv
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from fpdf import FPDF
from openpyxl import Workbook
from PIL import Image, ImageDraw, ImageFont

Row = Sequence[str]

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style", "meta", "draw", "presentation")
)

SLIDES = f'{_P} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def package(path: Path, parts: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return path


def word_body(lines: Sequence[str], table: Sequence[Row] = ()) -> str:
    """A body where each line is cut into two runs, as Word cuts what was typed in two goes."""
    rows = "".join(
        "<w:tr>" + "".join(f"<w:tc>{word_paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in table
    )
    tables = f"<w:tbl>{rows}</w:tbl>" if rows else ""
    return f"<w:document {W}><w:body>{''.join(map(word_paragraph, lines))}{tables}</w:body></w:document>"


def word_paragraph(line: str) -> str:
    half = len(line) // 2
    runs = "".join(f'<w:r><w:t xml:space="preserve">{escaped(part)}</w:t></w:r>' for part in (line[:half], line[half:]))
    return f"<w:p>{runs}</w:p>"


def word(path: Path, lines: Sequence[str], table: Sequence[Row] = (), **parts: str) -> Path:
    """A Word document; `parts` are paragraphs of other parts, by name ("header1", "comments")."""
    others: dict[str, str | bytes] = {
        f"word/{name}.xml": f"<w:part {W}>{word_paragraph(line)}</w:part>" for name, line in parts.items()
    }
    return package(path, {"word/document.xml": word_body(lines, table), **others})


def slide(lines: Sequence[str], table: Sequence[Row] = (), *, hidden: bool = False) -> str:
    def paragraph(line: str) -> str:
        return f"<a:p><a:r><a:t>{escaped(line)}</a:t></a:r></a:p>"

    rows = "".join(
        "<a:tr>" + "".join(f"<a:tc><a:txBody>{paragraph(cell)}</a:txBody></a:tc>" for cell in row) + "</a:tr>"
        for row in table
    )
    shown = ' show="0"' if hidden else ""
    return f"<p:sld {_P} {_A}{shown}><p:txBody>{''.join(map(paragraph, lines))}</p:txBody><a:tbl>{rows}</a:tbl></p:sld>"


def slides(path: Path, *each: str, notes: str = "") -> Path:
    parts: dict[str, str | bytes] = {f"ppt/slides/slide{number}.xml": one for number, one in enumerate(each, start=1)}
    if notes:
        parts["ppt/notesSlides/notesSlide1.xml"] = slide([notes])
        parts["ppt/slides/_rels/slide1.xml.rels"] = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="rId1" Target="../notesSlides/notesSlide1.xml"/></Relationships>'
        )
    return package(path, parts)


def sheets(path: Path, rows: Sequence[Sequence[object]], hidden: Sequence[Sequence[object]] = ()) -> Path:
    book = Workbook()
    first = book.worksheets[0]
    first.title = "Rota"
    for row in rows:
        first.append(list(row))
    if hidden:
        second = book.create_sheet("Kept")
        second.sheet_state = "hidden"
        for row in hidden:
            second.append(list(row))
    book.save(path)
    return path


def table_of_values(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def open_text(path: Path, lines: Sequence[str], table: Sequence[Row] = ()) -> Path:
    body = "".join(f"<text:p>{escaped(line)}</text:p>" for line in lines)
    return _open(path, f"<office:text>{body}{open_table(table)}</office:text>")


def open_table(rows: Sequence[Row], name: str = "Rota") -> str:
    inner = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{escaped(cell)}</text:p></table:table-cell>" for cell in row)
        + '<table:table-cell table:number-columns-repeated="1000"/></table:table-row>'
        for row in rows
    )
    return f'<table:table table:name="{name}">{inner}</table:table>' if rows else ""


def open_sheets(path: Path, rows: Sequence[Row], hidden: Sequence[Row] = ()) -> Path:
    return _open(path, f"<office:spreadsheet>{open_table(rows)}{open_table(hidden, 'Kept')}</office:spreadsheet>")


def open_slides(path: Path, *each: Sequence[str]) -> Path:
    pages = "".join(
        f'<draw:page draw:name="first">{"".join(f"<text:p>{escaped(line)}</text:p>" for line in lines)}</draw:page>'
        for lines in each
    )
    return _open(path, f"<office:presentation>{pages}</office:presentation>")


def _open(path: Path, body: str) -> Path:
    content = f"<office:document-content {_ODF}><office:body>{body}</office:body></office:document-content>"
    return package(path, {"content.xml": content})


def pdf(path: Path, *pages: Sequence[str], table: Sequence[Row] = (), comment: str = "") -> Path:
    document = FPDF()
    document.set_font("helvetica", size=11)
    for lines in pages:
        document.add_page()
        for line in lines:
            document.multi_cell(
                0, 6, text=line.encode("latin-1", "replace").decode("latin-1"), new_x="LMARGIN", new_y="NEXT"
            )
    if table:
        with document.table() as drawn:
            for row in table:
                drawn.row(list(row))
    if comment:
        document.text_annotation(50, 50, comment)
    document.output(str(path))
    return path


def picture(lines: Sequence[str]) -> Image.Image:
    image = Image.new("L", (1400, 120 + 60 * len(lines)), 255)
    ImageDraw.Draw(image).text((60, 50), "\n".join(lines), fill=0, font=ImageFont.load_default(36), spacing=20)
    return image


def worn(image: Image.Image) -> Image.Image:
    """The same page as a copier leaves it: a little askew, grey, coarse."""
    askew = image.rotate(0.8, resample=Image.Resampling.BICUBIC, fillcolor=255)
    noise = Image.effect_noise(image.size, 40)
    return Image.blend(askew, noise, 0.15).resize((image.width * 4 // 5, image.height * 4 // 5))


def scan(path: Path, *pages: Sequence[str]) -> Path:
    """A PDF whose pages are only pictures, as a copier makes them."""
    document = FPDF()
    for lines in pages:
        document.add_page()
        data = io.BytesIO()
        worn(picture(lines)).save(data, "JPEG", quality=60)
        document.image(data, 0, 0, document.w)
    document.output(str(path))
    return path


def changed(whole: Path, path: Path, name: str, to: str | bytes) -> Path:
    """The same package with another content of this part."""
    with zipfile.ZipFile(whole) as file:
        parts: dict[str, str | bytes] = {one: file.read(one) for one in file.namelist()}
    return package(path, parts | {name: to})
