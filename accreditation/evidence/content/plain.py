"""Plain text and CSV: really text, in one of the usual encodings, and nothing that a program would run."""

import codecs
import csv
import re
from pathlib import Path

from accreditation.evidence.content.kinds import Kind, ending_of
from accreditation.evidence.content.searching import first_of

_PIECE = 256 * 1024
_SAMPLE = 64 * 1024

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
"""What no text has; tab, line feed, vertical tab, form feed and return are text."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_WEB_PAGE = "It is a web page, which can run programs where it is opened. Print it as a PDF and send that."
_SCRIPT = "It is a script (a program written as text). Evidence is documents, tables and pictures."

_ANYWHERE = (
    (b"<script", _WEB_PAGE),
    (b"<iframe", _WEB_PAGE),
    (b"<!doctype html", _WEB_PAGE),
    (b"<html", _WEB_PAGE),
    (b"<svg", _WEB_PAGE),
    (b"<?php", _SCRIPT),
    (b"wscript.shell", _SCRIPT),
    (b"activexobject", _SCRIPT),
)

_BEGINNINGS = (
    ("#!", _SCRIPT),
    ("@echo off", _SCRIPT),
    ("<?xml", "It is XML, which is for programs and not for people. Save it as a PDF, or as an Excel workbook."),
    ("<?", _SCRIPT),
    ("<%", _SCRIPT),
    ("%!ps", "It is PostScript, which is a program. Save it as a PDF and send that."),
    ("[internetshortcut]", "It is a shortcut to a web page. Print that page as a PDF and send that."),
    ("[autorun]", _SCRIPT),
    ("windows registry editor", _SCRIPT),
    ("{\\rtf", "It is an RTF document, which can carry programs. Save it as .docx or PDF and send that."),
    ("mime-version:", "It is an e-mail or a saved web page. Print it as a PDF and send that."),
    ("begin:vcalendar", "It is a calendar. Print it as a PDF and send that."),
    ("begin:vcard", "It is an address card. Print it as a PDF and send that."),
)

_FORMULA = re.compile(r"""(?:^|[,;\t|"'])[ ]*[=+\-@][A-Za-z][A-Za-z0-9_.]{0,60}\|[^!\r\n]{0,400}!""", re.MULTILINE)
"""A cell that would start another program through Excel (DDE): =cmd|' /C calc'!A0. Bounded, so that it stays quick."""

_HEAD_OF_A_MESSAGE = re.compile(r"(?:[a-z\-]++: [^\n]*+\n(?:[ \t][^\n]*+\n)*+){2}")
"""Two fields, each with lines that go on. One way to match a line: with two, each line doubles the work."""

NOT_TEXT = "It is none of the kinds of file that evidence can be, or it is damaged. Save it as a PDF and send that."


def look_at_text(path: Path, *, file_name: str) -> tuple[Kind | None, list[str]]:
    """Is it text, is it a table, and what in it is refused? None where it is no text at all. Read piece by piece."""
    encoding = _encoding(path)
    if encoding is None:
        return None, [NOT_TEXT]
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        sample = file.read(_SAMPLE)
        refusals = _said(path, sample)
        piece = sample
        while piece:
            if _FORMULA.search(piece):
                refusals.setdefault(
                    "A cell of it starts another program when it opens in Excel (DDE). Remove that cell."
                )
            more = file.read(_PIECE)
            piece = piece[-600:] + more if more else ""
    return (Kind.CSV if ending_of(file_name) in ("csv", "tsv") or _is_table(sample) else Kind.TXT), list(refusals)


def _encoding(path: Path) -> str | None:
    """How is it written: with a mark, in UTF-8, or in Windows' western letters? None where it is no text."""
    with path.open("rb") as file:
        head = file.read(4)
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    tried = [marked] if marked else ["utf-8", "latin-1"]
    return next((name for name in tried if _decodes(path, name)), None)


def _decodes(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, errors="strict", newline="") as file:
            while piece := file.read(_PIECE):
                last = piece.rstrip("\x1a") if len(piece) < _PIECE else piece  # DOS ended its files so
                if _CONTROLS.search(last):
                    return False
    except (UnicodeError, ValueError):
        return False
    return True


def _said(path: Path, sample: str) -> dict[str, None]:
    said: dict[str, None] = {}
    start = sample.lstrip("\ufeff \t\r\n\f\v").lower()
    for words, reason in _BEGINNINGS:
        if start.startswith(words):
            said.setdefault(reason)
    if "\nmime-version:" in start and _HEAD_OF_A_MESSAGE.match(start):
        said.setdefault(dict(_BEGINNINGS)["mime-version:"])
    found = first_of(path, [word for word, _ in _ANYWHERE])
    if found is None:  # written in two or four bytes a letter, it is found in what was decoded
        found = next((word for word, _ in _ANYWHERE if word.decode() in sample.lower()), None)
    if found is not None:
        said.setdefault(dict(_ANYWHERE)[found])
    return said


def _is_table(sample: str) -> bool:
    """Do its first lines have the same number of cells, two or more, by one separator?"""
    lines = [line for line in sample.splitlines() if line.strip()][:50]
    lines = lines[:-1] if len(sample) >= _SAMPLE else lines
    if len(lines) < 2:
        return False
    return any(_even(lines, separator) for separator in ",;\t|")


def _even(lines: list[str], separator: str) -> bool:
    try:
        widths = {len(row) for row in csv.reader(lines, delimiter=separator) if row}
    except csv.Error:
        return False
    return len(widths) == 1 and widths != {1}
