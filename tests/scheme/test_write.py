"""What is written from a scheme and read again is the same scheme, to the last sign of every text."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accreditation.scheme.emit import WIDTH, whole
from accreditation.scheme.model import Scheme
from accreditation.scheme.read import read_standard
from accreditation.scheme.source import read_document
from accreditation.scheme.write import write
from tests.building import FILES as SMALL
from tests.everything import FILES as WHOLE
from tests.shipped import FOLDERS, shipped


@pytest.mark.parametrize("files", [SMALL, WHOLE], ids=["small", "whole"])
def test_a_scheme_that_is_written_and_read_is_the_same_with_its_cases(files: dict[str, bytes]) -> None:
    first = read_standard(files)
    again = read_standard(write(first.scheme, first.cases))
    assert (again.scheme, again.scheme.digest, again.cases) == (first.scheme, first.scheme.digest, first.cases)


@pytest.mark.xdist_group("standards that ship")
@pytest.mark.parametrize("folder", FOLDERS)
def test_every_standard_that_ships_is_the_same_once_written_and_read(folder: str) -> None:
    first = shipped(folder)
    files = write(first.scheme, first.cases)
    again = read_standard(files)
    assert (again.scheme, again.scheme.digest, again.cases) == (first.scheme, first.scheme.digest, first.cases)
    assert write(again.scheme, again.cases) == files


def test_a_scheme_is_written_as_an_author_would() -> None:
    files = write(read_standard(WHOLE).scheme)
    assert sorted(files) == ["criteria/measures.yaml", "criteria/safety.yaml", "scheme.yaml"]
    text = files["scheme.yaml"].decode()
    assert text.startswith('id: whole\ntitle: A scheme that says everything\nedition: "1"\neffective: 2026-04-01\n')
    for piece in (
        "  - {role: trainee, title: Trainee, minimum: 0, maximum: 2, observes: true}\n",
        "        - share: {type: [core, extra]}\n          above: 80 %\n          weighted: true\n"
        "          if_none_apply: satisfied\n",
        "        - number: {critical: true}\n",
        "        - {fact: trains, is: true}\n",
        "    - {at_least: 80, level: high, points: 2}\n",
    ):
        assert piece in text
    assert "better_never_lowers" not in text


TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=300) | st.text(
    st.sampled_from("ab01 .:#-\"'\\{}[],&*!|>%@`~=?\n\t\u2028\x85\ufeffé≥😀"), max_size=300
)
NUMBERS = st.decimals(min_value=-(10**17), max_value=10**17, places=6).map(lambda number: number.normalize())
SCALARS: st.SearchStrategy[Any] = TEXTS | st.booleans() | st.integers(-(10**17), 10**17) | NUMBERS
DATA = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(TEXTS.filter(lambda key: len(key) < 100), inner, max_size=8)
    ),
    max_leaves=20,
)


def as_read(data: Any) -> object:
    """Exact numbers as the reader gives them: without a point they are whole."""
    match data:
        case Decimal():
            return int(data) if data == int(data) else data
        case list():
            return [as_read(one) for one in data]
        case dict():
            return {key: as_read(one) for key, one in data.items()}
        case _:
            return data


@settings(max_examples=150)
@given(data=DATA)
def test_whatever_is_written_is_read_as_itself(data: Any) -> None:
    document = read_document(file="f.yaml", content=whole([data]).encode())
    assert (document.data, document.faults) == ([as_read(data)], [])


@pytest.mark.parametrize(
    ("data", "written"),
    [
        ("plain words", "- plain words\n"),
        ("1.10", '- "1.10"\n'),
        ("yes: no", '- "yes: no"\n'),
        ("null", '- "null"\n'),
        ('it says "x"', '- it says "x"\n'),
        ('"x" it says', '- "\\"x\\" it says"\n'),
        ("a\tb", '- "a\\tb"\n'),
        (Fraction(4, 5), "- 80 %\n"),
        (Decimal("0.70"), "- 0.70\n"),
        (Decimal("1E+2"), "- 100\n"),
        ({"a": 1, "1.01": True}, '- a: 1\n  "1.01": true\n'),
        ([], "- []\n"),
    ],
)
def test_a_value_is_written_with_as_few_signs_as_can_be(data: Any, written: str) -> None:
    assert whole([data]) == written


def test_long_text_is_folded_and_its_paragraphs_stay() -> None:
    text = f"{'many words ' * 40}end\nand another paragraph"
    written = whole({"about": text})
    assert max(len(line) for line in written.split("\n")) <= WIDTH
    assert written.startswith("about: >-\n  many words")
    assert read_document(file="f.yaml", content=written.encode()).data == {"about": text}


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.lists(TEXTS.filter(bool), min_size=6, max_size=6), weight=st.decimals(1, 99, places=3))
def test_no_text_of_a_scheme_is_changed_by_writing_it(texts: list[str], weight: Decimal) -> None:
    told = read_standard(WHOLE).scheme.model_dump(mode="json")
    told["title"], told["about"], told["award"][0]["public_wording"] = texts[:3]
    criterion = told["domains"][0]["criteria"][0]
    criterion["title"], criterion["statement"], criterion["guidance"] = texts[3:]
    criterion["weight"] = str(weight)
    scheme = Scheme.model_validate(told)
    assert read_standard(write(scheme)).scheme == scheme
