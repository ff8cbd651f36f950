"""What is refused at the door: what is refused there is refused for the same reason when all of it is seen."""

from pathlib import Path

import pytest

from accreditation.evidence.content import ContentLimits, Kind, look
from accreditation.evidence.content.door import refused_by_head, refused_by_name
from tests.evidence.content.making import picture, program, word

ALL = frozenset(Kind)
DOCUMENTS = frozenset({Kind.PDF, Kind.DOCX})


@pytest.mark.parametrize(
    ("name", "content", "kinds", "refused"),
    [
        ("setup.exe", b"Some words.", ALL, True),
        ("SETUP.EXE", program(), ALL, True),
        ("plan.pdf", program(), ALL, True),
        ("plan.pdf", b"PDF first? %PDF-1.7", ALL, True),
        ("photo.png", picture("PNG"), ALL, False),
        ("photo.png", picture("PNG"), DOCUMENTS, True),
        ("plan.docx", word(), ALL, False),
        ("plan.docm", word(), ALL, True),
        ("exe", b"Some words.", ALL, False),
    ],
    ids=["program", "PROGRAM", "no PDF", "late PDF", "picture", "unwanted picture", "Word", "macros", "no ending"],
)
def test_what_the_door_refuses_is_refused_for_the_same_reason_when_all_of_it_is_seen(
    tmp_path: Path, name: str, content: bytes, kinds: frozenset[Kind], refused: bool
) -> None:
    (tmp_path / "file").write_bytes(content)
    seen = look(tmp_path / "file", file_name=name, limits=ContentLimits(kinds=kinds)).refusals
    at_the_door = {refused_by_name(name), refused_by_head(content, kinds=kinds)} - {None}
    assert (at_the_door <= {*seen}, bool(at_the_door), bool(seen)) == (True, refused, refused)
