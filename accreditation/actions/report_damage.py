"""A file was asked for and is not as it was handed in: nobody is served it for whole, and the office is told."""

from datetime import datetime

from accreditation.actions.desk import enter
from accreditation.database import Database
from accreditation.ledger.chain import Detail
from accreditation.records import named_bytes, notices
from accreditation.rules.people import ENGINE


def report_damage(database: Database, *, digest: str, at: datetime) -> None:
    """Tell the office of every cycle's evidence that has these bytes, once a day however often they are asked for.

    Nothing is told of what a team keeps in its library besides: that is its own, and `accredit evidence verify` names
    it.
    """
    with database.writing() as session:
        for one in named_bytes.naming(session, [digest]).get(digest, []):
            if one.evidence is None or one.cycle is None:
                continue
            new = notices.tell(
                session, inbox=notices.OFFICE, kind="evidence_damaged", cycle_id=one.cycle,
                about=f"evidence-damaged:{one.evidence}:{at.date()}", words=_words(one.evidence, one.cycle), at=at,
            )  # fmt: skip
            if new:
                detail: dict[str, Detail] = {"evidence": one.evidence, "digest": digest}
                enter(session, at=at, by=ENGINE, action="evidence:damaged", subject=f"cycle:{one.cycle}", detail=detail)


def _words(evidence: int, cycle: int) -> str:
    return (
        f"Evidence {evidence} of cycle {cycle} was asked for and could not be given: what lies in the store is not "
        "what was handed in, or is gone. What to do: run accredit evidence verify; it names the file and says how to "
        "mend it."
    )
