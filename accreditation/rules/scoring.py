"""Whether each criterion is met, from what was answered, with the working."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from accreditation.scheme.answer import NOT_ANSWERED, Answer, Answers
from accreditation.scheme.award import Class
from accreditation.scheme.model import AuditLevel, Criterion, Profile, Scheme, Threshold


class Standing(StrEnum):
    """How a criterion stands. The last three are different things, and none of them is zero."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    TOO_FEW_CASES = "too_few_cases"
    NOT_ANSWERED = "not_answered"

    @property
    def words(self) -> str:
        """The standing as people say it."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One criterion: how it stands, and why in words."""

    criterion: str
    standing: Standing
    why: str


@dataclass(frozen=True, kw_only=True)
class Score:
    """How every criterion that applies stands. `scheme` is the edition it was scored by."""

    scheme: Scheme
    applicable: tuple[Criterion, ...]
    scored: tuple[Scored, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Scored]:
        """Criterion id -> how it stands."""
        return {one.criterion: one for one in self.scored}

    @cached_property
    def leaves_out(self) -> frozenset[Standing]:
        """Which standings leave a denominator: not applicable always, too few cases where the scheme says so."""
        out = {Standing.NOT_APPLICABLE}
        if self.scheme.too_few_cases == "leaves_out":
            out.add(Standing.TOO_FEW_CASES)
        return frozenset(out)

    def counted(self, wanted: Class) -> tuple[Criterion, ...]:
        """Which criteria of this class count in a denominator?"""
        return tuple(
            criterion
            for criterion in self.scheme.of_class(wanted, self.applicable)
            if self.by_id[criterion.id].standing not in self.leaves_out
        )

    def met(self, criterion: Criterion) -> bool:
        """Is this criterion met?"""
        return self.by_id[criterion.id].standing is Standing.MET

    def with_met(self, ids: Collection[str]) -> "Score":
        """How would everything stand if these criteria were met as well?"""
        taken = {name: Scored(criterion=name, standing=Standing.MET, why="taken as met") for name in ids}
        return replace(self, scored=tuple(taken.get(one.criterion, one) for one in self.scored))

    def standing(self, *standings: Standing) -> tuple[str, ...]:
        """Which criteria stand in one of these ways? Ids in the order of the standard."""
        return tuple(one.criterion for one in self.scored if one.standing in standings)


def score(*, scheme: Scheme, profile: Profile, answers: Answers) -> Score:
    """How does every criterion that applies to this profile stand? Answers to others are not looked at."""
    applicable = scheme.applicable(profile)
    return Score(
        scheme=scheme,
        applicable=applicable,
        scored=tuple(
            score_one(criterion=criterion, answer=answers.get(criterion.id, NOT_ANSWERED), scheme=scheme)
            for criterion in applicable
        ),
    )


def score_one(*, criterion: Criterion, answer: Answer, scheme: Scheme) -> Scored:
    """How does one criterion stand, given this answer?

    A rating is looked up in the scale; a measured number is compared exactly with the threshold, a
    level with the level asked for. Raises KeyError for a rating or a level that the scheme does not have,
    and for a number or a level where the criterion asks for none; `answering` refuses such an answer before.
    """
    if answer.state == "not_applicable":
        why = f"does not apply: {answer.note}" if answer.note else "does not apply"
        return Scored(criterion=criterion.id, standing=Standing.NOT_APPLICABLE, why=why)
    if answer.state == "too_few_cases":
        return Scored(criterion=criterion.id, standing=Standing.TOO_FEW_CASES, why="too few cases to report")
    if answer.state == "not_answered":
        return Scored(criterion=criterion.id, standing=Standing.NOT_ANSWERED, why="not answered")
    met, why = _judged(criterion, answer, scheme)
    return Scored(criterion=criterion.id, standing=Standing.MET if met else Standing.NOT_MET, why=why)


def _judged(criterion: Criterion, answer: Answer, scheme: Scheme) -> tuple[bool, str]:
    match criterion.measure:
        case Threshold() as asked if answer.measured is not None:
            return _against_threshold(answer.measured, asked)
        case AuditLevel() as asked if answer.level is not None:
            rank = {level: position for position, level in enumerate(scheme.audits[asked.audit].levels)}
            met = rank[answer.level] <= rank[asked.level]
            relation = "reaches" if met else "is below"
            return met, f"level {answer.level} {relation} level {asked.level}"
    rating = scheme.scale[str(answer.rating)]
    return rating.counts_as_met, f"rated '{rating.title}'"


def _against_threshold(value: Decimal, asked: Threshold) -> tuple[bool, str]:
    if asked.at_least is not None:
        met, bound = value >= asked.at_least, f"at least {asked.at_least} {asked.unit}"
    else:
        met, bound = asked.at_most is not None and value <= asked.at_most, f"at most {asked.at_most} {asked.unit}"
    return met, f"{value} {asked.unit}; {bound} is asked for"
