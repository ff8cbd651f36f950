"""Whatever bytes there are, there is an answer: never an error, never nothing."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accreditation.evidence.content import Looked, look
from tests.evidence.content.making import excel, object_stream, opendocument, pdf, pdf_of, picture, word

GOOD = [
    pdf(),
    pdf_of("/OpenAction 9 0 R", object_stream(9, b"<< /S /GoTo /D [3 0 R /Fit] >>")),
    word(),
    excel(),
    opendocument(),
    *(picture(kind, (20, 20)) for kind in ("PNG", "JPEG", "GIF", "WEBP", "TIFF")),
    "Über 80 %;ja\n".encode("utf-16"),
]

QUIETLY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file"


def answered(path: Path, body: bytes) -> Looked:
    path.write_bytes(body)
    looked = look(path, file_name="policy.pdf")
    assert isinstance(looked, Looked)
    assert looked.kind is not None or looked.refusals != ()  # what is nothing of ours is refused
    return looked


@given(body=st.binary(max_size=300))
@QUIETLY
def test_any_bytes_are_answered(body: bytes, path: Path) -> None:
    answered(path, body)


@given(good=st.sampled_from(GOOD), cut=st.floats(0, 1))
@QUIETLY
def test_a_file_that_was_cut_off_is_answered(good: bytes, cut: float, path: Path) -> None:
    answered(path, good[: int(len(good) * cut)])


@given(
    good=st.sampled_from(GOOD),
    flips=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), min_size=1, max_size=8),
)
@QUIETLY
def test_a_file_with_flipped_bits_is_answered(good: bytes, flips: list[tuple[float, int]], path: Path) -> None:
    body = bytearray(good)
    for where, bits in flips:
        body[int(len(body) * where)] ^= bits
    answered(path, bytes(body))


@given(first=st.sampled_from(GOOD), second=st.sampled_from(GOOD[:5]))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_two_files_in_one_are_refused(first: bytes, second: bytes, path: Path) -> None:
    assert answered(path, first + second).refusals != ()
