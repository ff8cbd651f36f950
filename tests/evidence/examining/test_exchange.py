import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.evidence.content import ContentLimits, Kind
from accreditation.evidence.examining import Confines, Examined
from accreditation.evidence.examining.exchange import Question, answer, question, written_answer
from accreditation.rules.identifiers import Hit

WHOLE = Examined(
    kind=Kind.DOCX,
    media_type="application/x",
    refusals=("no",),
    notes=("so",),
    hits=(Hit(what="nhs_number", page=2, page_label="page 2", masked="NHS •••"),),
    unread=("page 3: a scan",),
    text="Our protocol – naïve",
    pages=3,
    held=None,
    memory=5,
)
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def test_a_question_arrives_as_it_was_asked_and_a_name_of_any_length_with_its_end() -> None:
    asked = Question(
        path=Path("/a/ü"),
        file_name="x" * 50_000 + ".pdf",
        limits=ContentLimits(kinds=frozenset({Kind.PDF}), most_bytes=7),
        patterns=("a{2}",),
        confines=Confines(wall_seconds=1.5),
    )
    arrived = question(asked.written())
    assert (arrived.path, arrived.limits, arrived.patterns, arrived.confines) == (
        asked.path, asked.limits, asked.patterns, asked.confines,
    )  # fmt: skip
    assert arrived.file_name == "x" * 19_996 + ".pdf"


def test_an_answer_arrives_as_it_was_given() -> None:
    assert answer(written_answer(WHOLE)) == WHOLE


@given(cut=st.integers(0, len(written_answer(WHOLE)) - 1))
@settings(max_examples=30, deadline=None)
def test_an_answer_that_was_cut_off_is_none(cut: int) -> None:
    assert answer(written_answer(WHOLE)[:cut]) is None


@given(written=st.binary(max_size=50))
@settings(max_examples=50, deadline=None)
def test_nonsense_is_no_answer(written: bytes) -> None:
    assert answer(written + b"\n") is None


@given(name=st.sampled_from(sorted(json.loads(written_answer(WHOLE)))), other=ANY)
@settings(max_examples=100, deadline=None)
def test_an_answer_with_anything_in_any_place_is_an_answer_of_the_right_types_or_none(name: str, other: object) -> None:
    found = answer(json.dumps(json.loads(written_answer(WHOLE)) | {name: other}).encode() + b"\n")
    if found is not None:
        assert type(getattr(found, name)) in (type(getattr(WHOLE, name)), str, type(None))


def test_what_cannot_be_kept_is_taken_out_of_an_answer_and_its_words_are_bounded() -> None:
    said = Examined(kind=None, media_type="a\0b", unread=("x" * 5_000,), text="a\ud800b" + "y" * 300_000)
    arrived = answer(written_answer(said))
    assert arrived is not None
    assert (arrived.media_type, len(arrived.unread[0]), arrived.text[:3], len(arrived.text)) == (
        "ab", 4_000, "a?b", 200_000,
    )  # fmt: skip
