"""The workbook of a visit in words: what came back, what is wrong by its cell, and what was changed elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass

from accreditation.errors import Conflict, Fault, Invalid, Refused, Stale
from accreditation.rules.cycle import Move
from accreditation.rules.findings import Kind
from accreditation.scheme.answer import Answer
from accreditation.views.visit_desk import RatedCriterion, VisitDesk
from api.presenting.faults import Faults, Told
from api.presenting.review.findings import KINDS
from api.presenting.team.answers import answer_words
from api.presenting.team.refused_moves import plain_words
from api.words import Words

NO_FILE = Fault(where="file", found="no file", allowed="the workbook that you downloaded")
"""What is wrong where no file was chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    """A place that was changed elsewhere meanwhile: what stands there, and what the workbook says."""

    where: str
    stands: str
    sent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """The page: whether there is a workbook now, and what is wrong with the one that was sent."""

    is_open: bool
    faults: tuple[Fault, ...]
    both: tuple[Both, ...]


def workbook(one: VisitDesk, refusal: Refused | None, words: Words) -> Workbook:
    """The page, after this refusal where there was one."""
    rows = {row.id: row for domain in one.domains for row in domain.criteria}
    return Workbook(
        is_open=Move.REVIEW in one.moves and one.visit.handed_in_at is None,
        faults=refusal.faults if isinstance(refusal, Invalid) and NO_FILE not in refusal.faults else (),
        both=tuple(_both(each, rows, words) for each in refusal.conflicts) if isinstance(refusal, Stale) else (),
    )  # fmt: skip


def not_taken(refusal: Refused, words: Words) -> Faults:
    """What is said at the top of the page, in a line."""
    said = plain_words(refusal, words)
    if isinstance(refusal, Invalid) and NO_FILE in refusal.faults:
        said = words("Choose the workbook that you downloaded and filled in.")
    elif isinstance(refusal, Invalid):
        said = words.many(
            "Nothing was taken: one thing in the workbook is to be put right. It is told on this page.",
            "Nothing was taken: %(number)s things in the workbook are to be put right. They are listed on this page.",
            len(refusal.faults),
        )  # fmt: skip
    elif isinstance(refusal, Stale):
        said = words("Nothing was taken: you changed something on these pages since you downloaded the workbook.")
    return Faults((Told(field="file", words=said),))


def came_back(
    words: Words, *, ratings: int | None, findings: int | None, risks: int | None, left: int | None
) -> str:  # fmt: skip
    """What has just come back from a workbook, in a sentence; empty where none came."""
    if ratings is None:
        return ""
    said = [words.many("%(number)s rating", "%(number)s ratings", ratings)]
    if findings:
        said.append(words.many("%(number)s finding", "%(number)s findings", findings))
    if risks:
        said.append(words.many("%(number)s immediate risk", "%(number)s immediate risks", risks))
    if not ratings + (findings or 0) + (risks or 0):
        return words("The workbook says nothing new. What you rated before stands as it was.")
    taken = words("Taken from the workbook: %(what)s.", what=", ".join(said))
    rest = words.many("%(number)s place was left as it is here.", "%(number)s places were left as they are here.",
                      left) if left else ""  # fmt: skip
    return f"{taken} {rest}".strip()


def _both(one: Conflict, rows: Mapping[str, RatedCriterion], words: Words) -> Both:
    row = rows.get(one.where)
    where = f"{row.id} {row.title}" if row is not None else words("A finding")
    return Both(where=where, stands=_said(one.current, row, words), sent=_said(one.sent, row, words))


def _said(value: object, row: RatedCriterion | None, words: Words) -> str:
    """One version of a rating or of a finding, in a line."""
    if not isinstance(value, dict):
        return words("Nothing")
    if row is not None:
        answer = Answer.model_validate(value)
        rated = answer_words(answer, scale=row.scale, unit=row.unit, words=words)
        return " – ".join(filter(None, (rated, answer.note)))
    kind = value.get("kind")
    return " – ".join(filter(None, (words(KINDS[Kind(kind)][0]) if kind else "", str(value.get("text", "")))))
