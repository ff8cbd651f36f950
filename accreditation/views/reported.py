"""Findings as the report says them: what the lead settled, without whose they were."""

from collections.abc import Mapping

from pydantic import Field

from accreditation.records import findings
from accreditation.records.findings import HandedIn
from accreditation.rules.findings import Kind
from accreditation.views.looking import Looked, Shown
from accreditation.views.seats import AFTER_REVIEW


class FindingWords(Shown):
    """What a finding says, or said."""

    kind: Kind
    criterion: str | None = Field(description="Null: the service as a whole.")
    text: str


class ReportedFinding(FindingWords):
    """A finding of the report by its name, why the lead settled it so, and what the report said before it was amended.

    One that was withdrawn after the report was sent stays in it, and says so.
    """

    finding: str
    reason: str
    withdrawn: bool
    before: tuple[FindingWords, ...]


def reported_findings(looked: Looked) -> tuple[ReportedFinding, ...]:
    """The findings that are in the report on this cycle: immediate ones are none of it. Key actions come first."""
    if looked.now.stage not in AFTER_REVIEW:
        return ()
    order: Mapping[str, int] = {one.id: place for place, one in enumerate(looked.applicable)}
    found = [one for one in findings.of_review(looked.session, looked.cycle_id) if one.reported]

    def place(one: HandedIn) -> tuple[int, int, str]:
        words = one.reported[-1]
        return list(Kind).index(words.kind), order.get(words.criterion or "", -1), one.name

    return tuple(_reported(one) for one in sorted(found, key=place))


def _reported(one: HandedIn) -> ReportedFinding:
    last, withdrawn = one.changes[-1], one.stands is None
    words = [
        FindingWords(kind=said.kind, criterion=said.criterion, text=said.text) for said in dict.fromkeys(one.reported)
    ]
    return ReportedFinding(
        **dict(words[-1]), finding=one.name, reason=last.reason, withdrawn=withdrawn, before=tuple(words[:-1])
    )
