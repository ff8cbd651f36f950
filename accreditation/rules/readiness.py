"""What a team's submission lacks: the one list by which it is refused, and that the team reads before it submits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from accreditation.errors import Fault
from accreditation.rules.answering import missing_answers, missing_evidence
from accreditation.rules.cycle import Stage
from accreditation.rules.dating import Shown, outdated_evidence
from accreditation.rules.deadlines import holidays_of
from accreditation.rules.stating import awaited_of_office, missing_facts
from accreditation.scheme.answer import Answers
from accreditation.scheme.model import Profile, Scheme

Kind = Literal["fact", "answer", "evidence", "outdated", "file", "office"]
"""What is lacking: a fact of the profile, an answer, evidence at all, evidence that is young enough, a file that
reviewers can open; or, last, a fact that the college office may still state later, which keeps no team from submitting.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """One thing that is lacking: of which kind, of which fact, criterion or file (its id and what it is called), and
    how it is told as a fault.
    """

    kind: Kind
    about: str
    name: str
    fault: Fault

    @property
    def keeps(self) -> bool:
        """Does it keep the team from submitting?"""
        return self.kind != "office"


def lacking(
    *, stage: Stage, scheme: Scheme, profile: Profile, answers: Answers, shown: Shown, closed: Sequence[Lack], on: date
) -> tuple[Lack, ...]:
    """What does the submission of this stage lack on this day, in the order in which it is told?

    `shown` says of every criterion what is said of the files that answer it; `closed` are the files that reviewers
    could not open. Evidence is asked for once the self-assessment is submitted.
    """
    found = [_fact(scheme, "fact", one) for one in missing_facts(scheme=scheme, profile=profile)]
    unanswered = missing_answers(scheme=scheme, profile=profile, answers=answers)
    found += [_criterion(scheme, "answer", one) for one in unanswered]
    if stage is Stage.EVIDENCE:
        missing = missing_evidence(scheme=scheme, profile=profile, answers=answers, attached=shown.keys())
        outdated = outdated_evidence(
            scheme=scheme, profile=profile, answers=answers, shown=shown, on=on,
            holidays=holidays_of(scheme=scheme, profile=profile),
        )  # fmt: skip
        found += [_criterion(scheme, "evidence", one) for one in missing]
        found += [_criterion(scheme, "outdated", one) for one in outdated]
        found += closed
    return (*found, *(_fact(scheme, "office", one) for one in awaited_of_office(scheme=scheme, profile=profile)))


def _fact(scheme: Scheme, kind: Kind, fault: Fault) -> Lack:
    about = fault.where.removeprefix("profile.")
    return Lack(kind=kind, about=about, name=scheme.profile[about].question, fault=fault)


def _criterion(scheme: Scheme, kind: Kind, fault: Fault) -> Lack:
    about = fault.where.removeprefix("criterion ")
    return Lack(kind=kind, about=about, name=scheme.by_id[about].title, fault=fault)
