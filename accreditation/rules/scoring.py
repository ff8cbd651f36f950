"""How each criterion stands, from what was answered, with the working."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from typing import Any

from accreditation.rules.worth import Span, span, worth
from accreditation.scheme.answer import NOT_ANSWERED, Answer, Answers
from accreditation.scheme.classes import Class, Level
from accreditation.scheme.model import By, Criterion, Profile, Scheme


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
    """One criterion: how it stands, and why in words.

    `points` are what it earns where figures are made of points; a criterion that counts without being rated
    has the points of the worst standing. `rating` is the rating of its scale it amounts to, `value` what was measured.
    """

    criterion: str
    standing: Standing
    why: str
    points: Fraction = Fraction(0)
    rating: str | None = None
    value: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How every criterion that applies stands. `scheme` is the edition it was scored by, `by` whose answers they are.

    `within` narrows all questions to some criteria, `group` says which group that is; `worked` remembers the
    scheme's own scores, worked out once.
    """

    scheme: Scheme
    profile: Profile
    by: By
    by_id: Mapping[str, Scored]
    within: frozenset[str] | None = None
    group: Mapping[str, str] = field(default_factory=dict)
    worked: dict[tuple[str, str], Any] = field(default_factory=dict)

    @property
    def applicable(self) -> tuple[Criterion, ...]:
        """The criteria that apply, in the order of the standard."""
        return tuple(self.scheme.by_id[name] for name in self.by_id)

    @property
    def scored(self) -> tuple[Scored, ...]:
        """How each of them stands."""
        return tuple(self.by_id.values())

    @property
    def leaves_out(self) -> frozenset[Standing]:
        """Which standings leave a denominator: not applicable always, the others where the scheme says so."""
        return leaves_out(self.scheme)

    def members(self, wanted: Class) -> tuple[str, ...]:
        """The criteria of this class that apply, in the order of the standard, whether or not they count."""
        members = self.scheme.members(wanted)
        if self.within is not None:
            members &= self.within
        return tuple(name for name in self.by_id if name in members)

    def counted(self, wanted: Class) -> tuple[str, ...]:
        """Which criteria of this class count in a denominator?"""
        out = self.leaves_out
        return tuple(name for name in self.members(wanted) if self.by_id[name].standing not in out)

    def met(self, name: str) -> bool:
        """Is this criterion met?"""
        return self.by_id[name].standing is Standing.MET

    def span(self, name: str) -> Span:
        """Between what points can this criterion lie?"""
        return span(criterion=self.scheme.by_id[name], scheme=self.scheme, by=self.by)

    def at_best(self, name: str) -> bool:
        """Is there no better standing for this criterion, neither by its rating nor by its points?"""
        criterion, one = self.scheme.by_id[name], self.by_id[name]
        best_rating = next(iter(self.scheme.scale_of(criterion, self.by)))
        top = criterion.measure is not None or one.rating in (None, best_rating)
        return self.met(name) and top and self.span(name).is_best(one.points)

    def of_group(self, level: Level, name: str) -> "Score":
        """The same, of the criteria of one group alone; within another group, of those that belong to both."""
        members = self.scheme.groups(level)[name].criteria
        within = members if self.within is None else members & self.within
        return replace(self, within=within, group={**self.group, level: name})

    def whole(self) -> "Score":
        """The same, of all criteria again."""
        return replace(self, within=None, group={})

    def groups(self, level: Level, among: Class | None = None) -> tuple[str, ...]:
        """Which groups hold a criterion that applies here (of this class, where one is given)?"""
        here = set(self.by_id if self.within is None else self.within & self.by_id.keys())
        if among is not None:
            here &= self.scheme.members(among)
        return tuple(name for name, group in self.scheme.groups(level).items() if not here.isdisjoint(group.criteria))

    def of_score(self, name: str, of: str | None) -> tuple[str, "Score"]:
        """The group that a score of the scheme is about (empty for the whole), and the same of its criteria alone.

        `of` names the group; else it is the one that is being looked at.
        """
        per = self.scheme.scores[name].per
        if per is None:
            return "", self.whole()
        group = of or self.group[per]
        return group, self.whole().of_group(per, group)

    def with_scored(self, changed: Iterable[Scored]) -> "Score":
        """How would everything stand if these criteria stood so?"""
        return replace(self, by_id={**self.by_id, **{one.criterion: one for one in changed}}, worked={})

    def with_met(self, ids: Collection[str]) -> "Score":
        """How would everything stand if these criteria were met as well, with the best points there are?"""
        return self.with_scored(
            Scored(
                criterion=name,
                standing=Standing.MET,
                why="taken as met",
                points=_best(self.span(name), self.by_id[name].points),
                rating=next(iter(self.scheme.scale_of(self.scheme.by_id[name], self.by))),
                value=self.by_id[name].value,
            )
            for name in ids
        )

    def standing(self, *standings: Standing) -> tuple[str, ...]:
        """Which criteria stand in one of these ways? Ids in the order of the standard."""
        return tuple(name for name, one in self.by_id.items() if one.standing in standings)


def _best(reach: Span, now: Fraction) -> Fraction:
    return now if reach.best is None else reach.best


def leaves_out(scheme: Scheme) -> frozenset[Standing]:
    """Which standings leave the count in this scheme?"""
    out = {Standing.NOT_APPLICABLE}
    if scheme.too_few_cases == "leaves_out":
        out.add(Standing.TOO_FEW_CASES)
    if scheme.not_answered == "leaves_out":
        out.add(Standing.NOT_ANSWERED)
    return frozenset(out)


def score(*, scheme: Scheme, profile: Profile, answers: Answers, by: By = "reviewer") -> Score:
    """How does every criterion that applies to this profile stand? Answers to others are not looked at."""
    return Score(
        scheme=scheme,
        profile=profile,
        by=by,
        by_id={
            criterion.id: score_one(
                criterion=criterion, answer=answers.get(criterion.id, NOT_ANSWERED), scheme=scheme, by=by
            )
            for criterion in scheme.applicable(profile)
        },
    )


_UNRATED = {
    "not_applicable": (Standing.NOT_APPLICABLE, "does not apply"),
    "too_few_cases": (Standing.TOO_FEW_CASES, "too few cases to report"),
    "not_answered": (Standing.NOT_ANSWERED, "not answered"),
}


def score_one(*, criterion: Criterion, answer: Answer, scheme: Scheme, by: By = "reviewer") -> Scored:
    """How does one criterion stand, given this answer? Raises KeyError as `worth` does."""
    if answer.state in _UNRATED:
        standing, why = _UNRATED[answer.state]
        if standing is Standing.NOT_APPLICABLE and answer.note:
            why = f"{why}: {answer.note}"
        worst = span(criterion=criterion, scheme=scheme, by=by).worst
        return Scored(criterion=criterion.id, standing=standing, why=why, points=worst)
    found = worth(criterion=criterion, answer=answer, scheme=scheme, by=by)
    return Scored(
        criterion=criterion.id,
        standing=Standing.MET if found.met else Standing.NOT_MET,
        why=found.why,
        points=found.points,
        rating=found.rating,
        value=found.value,
    )
