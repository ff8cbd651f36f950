"""What a submission lacks: everything at once, in the order in which it is told, and what keeps nobody from it."""

from datetime import date

from accreditation.errors import Fault
from accreditation.rules.cycle import Stage
from accreditation.rules.readiness import Lack, lacking
from accreditation.scheme.answer import Answer
from tests.building import followed, small

DAY = date(2026, 4, 1)
CLOSED = Lack(kind="file", about="1", name="Rota", fault=Fault(where="evidence 1", found="held", allowed="look"))


def told(stage: Stage, **answers: str) -> list[tuple[str, str, str]]:
    """What is lacking of a service that says only this: kind, of what, and its name."""
    found = lacking(
        stage=stage, scheme=small(), profile={"hasu": False}, shown={}, closed=[CLOSED], on=DAY,
        answers={name.replace("c", "").replace("_", "."): Answer(rating=said) for name, said in answers.items()},
    )  # fmt: skip
    return [(one.kind, one.about, one.name) for one in found]


def test_evidence_is_asked_for_once_the_self_assessment_is_submitted() -> None:
    unanswered = [("answer", "2.01", "Scan within an hour"), ("answer", "2.02", "Audit level")]
    assert told(Stage.SELF_ASSESSMENT, c1_01="met") == unanswered
    assert told(Stage.EVIDENCE, c1_01="met") == [*unanswered, ("evidence", "1.01", "Named lead"), ("file", "1", "Rota")]
    assert told(Stage.EVIDENCE, c1_01="not_met") == [*unanswered, ("file", "1", "Rota")]


def test_what_the_office_may_state_later_keeps_nobody_from_submitting() -> None:
    found = lacking(
        stage=Stage.SELF_ASSESSMENT, scheme=followed(), profile={}, answers={}, shown={}, closed=[], on=DAY
    )  # fmt: skip
    assert {one.kind: one.keeps for one in found} == {"fact": True, "answer": True}
    later = Lack(kind="office", about="round", name="Which?", fault=CLOSED.fault)
    assert not later.keeps
