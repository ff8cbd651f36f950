"""Names in an archive: readable, safe on every system, never two alike."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.archive.naming import document_name, is_safe


def named(title: str, *, taken: frozenset[str] = frozenset(), ending: str = "pdf", criterion: str = "1.01") -> str:
    return document_name(criterion=criterion, titled="Named lead", number=7, title=title, ending=ending, taken=taken)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Job plan", "7 Job plan.pdf"),
        ("Rôta of Łódź/Ward", "7 Rota of odz Ward.pdf"),
        ("../../etc/passwd", "7 etc passwd.pdf"),
        ("..", "7 document.pdf"),
        ("CON", "7 document.pdf"),
        ("nul.txt", "7 document.pdf"),
        ("a\u202efdp.exe", "7 a fdp.exe.pdf"),
        ("病院", "7 document.pdf"),
        ("x" * 4000, f"7 {'x' * 60}.pdf"),
        ("trailing. . ", "7 trailing.pdf"),
        ("Job plan.PDF", "7 Job plan.pdf"),
    ],
)
def test_a_title_becomes_a_plain_name(title: str, name: str) -> None:
    assert named(title) == f"documents/1.01 Named lead/{name}"


@settings(max_examples=60)
@given(st.text(max_size=80), st.text(max_size=8), st.text(max_size=40))
def test_whatever_it_is_called_its_name_is_safe(title: str, ending: str, criterion: str) -> None:
    assert is_safe(named(title, ending=ending, criterion=criterion))


def test_a_name_that_is_taken_is_not_given_again() -> None:
    first = named("Job plan")
    assert named("JOB PLAN", taken=frozenset({first.lower()})) == "documents/1.01 Named lead/7.pdf"


@pytest.mark.parametrize(
    "name",
    ["", "/etc/passwd", "../a", "a/../b", "a//b", "a\\b", "C:/a", "a\x00b", "con", "a/Nul.txt", "a.", "a ", ".hidden",
     "é", "a\nb", "x" * 241],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_not_safe(name: str) -> None:
    assert not is_safe(name)
