import json
from dataclasses import replace
from pathlib import Path

import pytest

from accreditation.errors import Unavailable
from accreditation.evidence.clamd import Clamd
from accreditation.evidence.content import ContentLimits, Kind
from accreditation.evidence.examining import Confines, Examined, examine
from tests.evidence.content.making import excel, office, png_of, program, word
from tests.scanning import EICAR

LIMITS = ContentLimits()
SEEN = b"Seen in clinic: NHS number 943 476 5919, hospital number RX123456\n"


def file(folder: Path, body: bytes) -> Path:
    path = folder / "file"
    path.write_bytes(body)
    return path


def examined(path: Path, *, name: str = "notes.txt", **more: object) -> Examined:
    """What a child says, its memory left out: that is not the same twice."""
    found = examine(path, file_name=name, limits=LIMITS, **more)  # type: ignore[arg-type]
    return replace(found, memory=0)


def held(why: str) -> Examined:
    return Examined(kind=None, media_type="application/octet-stream", held=why)


def test_a_letter_is_read(tmp_path: Path) -> None:
    assert examined(file(tmp_path, b"Our protocol.\n")) == Examined(
        kind=Kind.TXT, media_type="text/plain", text="Our protocol.", pages=1
    )


def test_a_patient_is_found_and_the_number_is_nowhere_but_in_the_text_that_nobody_keeps(tmp_path: Path) -> None:
    found = examine(file(tmp_path, SEEN), file_name="a.txt", limits=LIMITS, patterns=[r"\bRX\d{6}\b"])
    assert [(hit.what, hit.page) for hit in found.hits] == [("nhs_number", 1), ("hospital_number", 1)]
    assert not any(digit in str(found.hits) for digit in ("943", "476", "5919", "123456"))
    assert "943" not in repr(replace(found, memory=0))  # how much the child held may be any number


@pytest.mark.parametrize("name", ["letter 943 476 5919.txt", "NHS_9434765919.txt", "Quill_DOB_01-02-1950.txt"])
def test_a_patient_in_the_name_of_the_file_is_found(tmp_path: Path, name: str) -> None:
    found = examine(file(tmp_path, b"Our protocol.\n"), file_name=name, limits=LIMITS)
    assert [(hit.page, hit.page_label) for hit in found.hits] == [(0, "the name of the file")]


def test_a_workbook_behind_a_chart_is_read_as_well(tmp_path: Path) -> None:
    inner = office("docx", {"word/document.xml": f'<w:document xmlns:w="w"><w:t>{SEEN.decode()}</w:t></w:document>'})
    found = examine(
        file(tmp_path, word({"word/embeddings/book.xlsx": excel(), "word/embeddings/letter.docx": inner})),
        file_name="a.docx",
        limits=LIMITS,
    )
    assert (found.refusals, "Door to needle" in found.text) == ((), True)


def test_what_may_not_come_in_is_not_read(tmp_path: Path) -> None:
    found = examined(file(tmp_path, b"#!/bin/sh\n" + SEEN))
    assert found.refusals == (
        "It is a program (a script), whatever its name says. Evidence is documents, tables and pictures.",
    )
    assert (found.hits, found.text, found.pages) == ((), "", 0)


def test_a_virus_is_refused_by_its_name(scanners: tuple[Clamd, Clamd], tmp_path: Path) -> None:
    found = examined(file(tmp_path, EICAR), clamd=scanners[0])
    assert found == Examined(
        kind=Kind.TXT,
        media_type="text/plain",
        refusals=(
            "A virus was found in it (Eicar-Test.UNOFFICIAL). Do not open it again; ask your IT desk to look at its "
            "machine.",
        ),
        pages=1,
    )
    assert examined(file(tmp_path, b"Our protocol.\n"), clamd=scanners[1]).refusals == ()


def test_nothing_passes_where_the_scanner_is_down(tmp_path: Path) -> None:
    nobody = Clamd(address=f"unix://{tmp_path}/none.sock")
    with pytest.raises(Unavailable):
        examine(file(tmp_path, b"Our protocol.\n"), file_name="a.txt", limits=LIMITS, clamd=nobody)
    assert examined(file(tmp_path, program()), clamd=nobody).held is None  # refused without it


CHILDREN = [
    # what the child does, what is said of the file
    ("import os; os.kill(os.getpid(), 11)", "The program that reads such files crashed on it (SIGSEGV)."),
    ("import os; os.abort()", "It needs more than 1,500 MB of memory to be read, or its reader failed."),
    ("import sys; sys.exit(3)", "The program that reads such files gave no answer that can be understood."),
    ("print('hello')", "The program that reads such files gave no answer that can be understood."),
    ("print('{}')", "The program that reads such files gave no answer that can be understood."),
    ("print('[' * 100_000)", "The program that reads such files gave no answer that can be understood."),
    (
        "import sys\nwhile True: sys.stdout.write('x' * 65536)",
        "The program that reads such files answered without end.",
    ),
    (
        "from accreditation.evidence.examining.confines import *\nconfine(Confines(cpu_seconds=1))\nwhile True: pass",
        "It took more than 120 seconds of a processor to be read, or the machine stopped it.",
    ),
]


@pytest.mark.parametrize(("code", "why"), CHILDREN, ids=[code[:30] for code, _ in CHILDREN])
def test_a_child_that_fails_holds_its_own_file_with_the_reason(code: str, why: str, tmp_path: Path) -> None:
    path = file(tmp_path, b"Our protocol.\n")
    assert examined(path, child=("-c", code)) == held(why)
    assert examined(path).held is None  # the next one is examined


def test_a_child_that_takes_too_long_is_stopped_with_all_that_it_started(tmp_path: Path) -> None:
    code = "import subprocess, sys; subprocess.run(['sleep', '600'])"
    found = examined(file(tmp_path, b"x"), child=("-c", code), confines=Confines(wall_seconds=0.5))
    assert found == held("It was not read to its end in 0.5 seconds.")


def test_a_child_that_crashes_after_its_answer_has_answered(tmp_path: Path) -> None:
    code = (
        "import os, runpy\n"
        "try: runpy.run_module('accreditation.evidence.examining', run_name='__main__')\n"
        "finally: os.abort()"
    )
    assert examined(file(tmp_path, b"Our protocol.\n"), child=("-c", code)).text == "Our protocol."


def test_a_picture_that_needs_more_memory_than_there_is_is_held(tmp_path: Path) -> None:
    path = file(tmp_path, png_of(8000, 7900))
    found = examined(path, confines=Confines(memory_bytes=120_000_000))
    assert found == held("It needs more than 120 MB of memory to be read.")


def test_a_child_inherits_no_secret_and_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "sesame")
    monkeypatch.setenv("ACCREDIT_DATABASE_URL", "postgresql://u:p@h/n")
    code = (
        "import os, json, pathlib\n"
        "pathlib.Path(os.environ['TMPDIR'], 'left').write_text('x')\n"
        "told = dict(kind=None, media_type='', refusals=[], notes=[], hits=[], unread=[], held=None)\n"
        "told |= dict(pages=1, memory=1)\n"
        "told['text'] = json.dumps(dict(os.environ))\n"
        "print(json.dumps(told))"
    )
    told = json.loads(examined(file(tmp_path, b"x"), child=("-c", code)).text)
    assert set(told) - {"PATH", "TESSDATA_PREFIX", "LC_CTYPE"} == {
        "LANG", "OMP_THREAD_LIMIT", "PYTHONDONTWRITEBYTECODE", "TMPDIR",
    }  # fmt: skip
    assert not Path(told["TMPDIR"]).exists()
