"""Worked cases: what a college writes down to see that its rules give what it means."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from accreditation.scheme.answer import NOT_ANSWERED, Answer, Point
from accreditation.scheme.criterion import AuditLevel, Criterion, Threshold
from accreditation.scheme.document import Path
from accreditation.scheme.explain import did_you_mean
from accreditation.scheme.facts import FactStated
from accreditation.scheme.measure import Measure
from accreditation.scheme.model import By, Scheme
from accreditation.scheme.problem import Problem, unknown
from accreditation.scheme.series import faults_of_series
from accreditation.scheme.values import Number, Part, Period

BEST_AND_WORST = ("best", "worst")
"""Words for the first and the last rating of a criterion's own scale."""

NO_LEVEL = "none"
"""The word for a score that has no level."""


class CaseRating(Part):
    """How one criterion is rated in a case."""

    rating: str | None = None
    measured: Number | None = None
    level: str | None = None
    series: tuple[Point, ...] | None = None
    not_applicable: str | None = None
    state: Literal["too_few_cases", "not_answered"] | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_word(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"state" if value in ("too_few_cases", "not_answered") else "rating": value}
        return value

    @model_validator(mode="after")
    def _one(self) -> "CaseRating":
        if sum(value is not None for _, value in self) != 1:
            raise PydanticCustomError(
                "not_a_case_rating",
                "not a rating; write a rating of the scale, too_few_cases, not_answered, or one of "
                "{measured: number}, {level: letter}, {series: [...]}, {not_applicable: reason}",
            )
        return self

    def answer(self) -> Answer:
        """The answer this stands for."""
        if self.not_applicable is not None:
            return Answer(state="not_applicable", note=self.not_applicable)
        if self.state is not None:
            return Answer(state=self.state)
        return Answer(rating=self.rating, measured=self.measured, level=self.level, series=self.series or ())


def _expected_kind(value: Any) -> str:
    return "Groups" if isinstance(value, dict) else "One"


LevelExpected = Annotated[
    Annotated[str, Tag("One")] | Annotated[dict[str, str], Tag("Groups")], Discriminator(_expected_kind)
]
"""A level, or one for each group of a score that is worked out per domain, standard or tag."""

NumberExpected = Annotated[
    Annotated[Number, Tag("One")] | Annotated[dict[str, Number], Tag("Groups")], Discriminator(_expected_kind)
]


class Expected(Part):
    """What the case must give: the outcome, or levels and scores, or all of them.

    A score is compared as it is published, rounded where the scheme rounds it.
    """

    outcome: str | None = None
    levels: dict[str, LevelExpected] = Field(default_factory=dict)
    scores: dict[str, NumberExpected] = Field(default_factory=dict)
    valid_for: Period | None = None
    stands_in_the_way: tuple[str, ...] | None = None
    improvements: dict[str, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    why: str = ""

    @model_validator(mode="after")
    def _says_something(self) -> "Expected":
        if self.outcome is None and not self.levels and not self.scores:
            raise PydanticCustomError("expects_nothing", "nothing is expected; write one of outcome, levels, scores")
        return self


class Case(Part):
    """One worked case: a service, its ratings, and the outcome the college means it to have."""

    case: str
    profile: dict[str, FactStated] = Field(default_factory=dict)
    by: By = "reviewer"
    ratings: dict[str, CaseRating]
    expect: Expected

    def answers(self, scheme: Scheme) -> dict[str, Answer]:
        """The answer to every criterion that applies; `default` fills those that are not named.

        A default on a measured criterion is a rating, as a reviewer gives it, not a measured value; `best` and
        `worst` are the first and the last rating of each criterion's own scale.
        """
        return {criterion.id: self._answer(criterion, scheme) for criterion in scheme.applicable(self.profile)}

    def _answer(self, criterion: Criterion, scheme: Scheme) -> Answer:
        rated = self.ratings.get(criterion.id) or self.ratings.get("default")
        if rated is None:
            return NOT_ANSWERED
        scale = list(scheme.scale_of(criterion, self.by))
        if rated.rating in BEST_AND_WORST and rated.rating not in scale:
            return Answer(rating=scale[0 if rated.rating == "best" else -1])
        return rated.answer()


def problems_of_case(case: Case, scheme: Scheme) -> tuple[Problem, ...]:
    """What is wrong with this case beside its scheme? All of it."""
    return (
        *problems_of_profile(("profile",), case.profile, scheme),
        *unknown(("ratings",), case.ratings, ["default", *scheme.by_id], "criterion"),
        *_expected(case.expect, scheme),
        *_ratings(case, scheme),
    )


def problems_of_profile(path: Path, stated: Mapping[str, object], scheme: Scheme) -> Iterator[Problem]:
    """Facts that the scheme does not ask for, and answers that their questions do not take."""
    yield from unknown(path, stated, list(scheme.profile), "fact of the profile")
    for name, value in stated.items():
        fact = scheme.profile.get(name)
        if fact is not None and not fact.takes(value):
            said = str(value).lower() if isinstance(value, bool) else str(value)
            yield Problem(path=(*path, name), found=f"'{said}' does not answer '{fact.question}'", allowed=fact.allowed)


def _expected(expect: Expected, scheme: Scheme) -> Iterator[Problem]:
    path: Path = ("expect",)
    outcomes = [known.outcome for known in scheme.award]
    if expect.outcome is not None:
        yield from unknown((*path, "outcome"), [expect.outcome], outcomes, "outcome", at_key=False)
    yield from unknown((*path, "improvements"), expect.improvements, outcomes, "outcome")
    blocking = expect.stands_in_the_way or ()
    yield from unknown((*path, "stands_in_the_way"), blocking, list(scheme.by_id), "criterion", at_key=False)
    wanted: tuple[tuple[str, Mapping[str, object]], ...] = (("levels", expect.levels), ("scores", expect.scores))
    for key, scores in wanted:
        yield from unknown((*path, key), scores, list(scheme.scores), "score")
        for name, value in scores.items():
            if name in scheme.scores:
                yield from _of_groups((*path, key, name), name, value, scheme)
    for name, level in expect.levels.items():
        levels = list(level.values()) if isinstance(level, dict) else [level]
        if name in scheme.scores:
            known = [NO_LEVEL, *scheme.levels_of(name)]
            yield from unknown((*path, "levels", name), levels, known, "level", at_key=False)


def _of_groups(path: Path, name: str, value: object, scheme: Scheme) -> Iterator[Problem]:
    per = scheme.scores[name].per
    if per is not None and isinstance(value, dict):
        yield from unknown(path, value, list(scheme.groups(per)), per)
    elif per is not None:
        groups = list(scheme.groups(per))
        found = f"'{name}' is worked out for every {per}"
        yield Problem(path=path, found=found, allowed=f"write which: {{{groups[0] if groups else per}: ...}}")
    elif isinstance(value, dict):
        yield Problem(path=path, found=f"'{name}' is one for the whole", allowed="write the value alone")


def _ratings(case: Case, scheme: Scheme) -> Iterator[Problem]:
    """Ratings that the scale does not have or that do not fit their criterion."""
    for name, rated in case.ratings.items():
        path: Path = ("ratings", name)
        criterion = scheme.by_id.get(name)
        if criterion is not None:
            if rated.rating is not None:
                scale = [*scheme.scale_of(criterion, case.by), *BEST_AND_WORST]
                yield from unknown(path, [rated.rating], scale, "rating", at_key=False)
            yield from _measured(path, rated, criterion, scheme)
        elif name == "default":
            yield from _default(path, rated, case, scheme)


def _default(path: Path, rated: CaseRating, case: Case, scheme: Scheme) -> Iterator[Problem]:
    if rated.measured is not None or rated.level is not None or rated.series is not None:
        allowed = f"a rating, {' or '.join(BEST_AND_WORST)}, too_few_cases, not_answered, {{not_applicable: reason}}"
        yield Problem(path=path, found="a default that is measured", allowed=allowed)
    if rated.rating is None or rated.rating in BEST_AND_WORST:
        return
    for criterion in scheme.applicable(case.profile):
        scale = scheme.scale_of(criterion, case.by)
        if criterion.id not in case.ratings and rated.rating not in scale:
            yield Problem(
                path=path,
                found=f"criterion {criterion.id} is rated on another scale, which has no '{rated.rating}'"
                f"{did_you_mean(rated.rating, list(scale))}",
                allowed=f"best or worst, which every scale has; or rate it: {', '.join(scale)}",
            )
            return


def _measured(path: Path, rated: CaseRating, criterion: Criterion, scheme: Scheme) -> Iterator[Problem]:
    measure = criterion.measure
    series = isinstance(measure, Threshold) and bool(measure.series)
    if rated.measured is not None and (series or not isinstance(measure, Threshold)):
        yield Problem(
            path=path,
            found="a measured number where none is asked for",
            allowed="{series: [...]}" if series else "a rating; numbers are for criteria that are measured in a unit",
        )
    if rated.series is not None:
        yield from _series(path, rated.series, measure)
    if rated.level is not None and isinstance(measure, AuditLevel):
        levels = list(scheme.audits[measure.audit].levels)
        yield from unknown(path, [rated.level], levels, "level", at_key=False)
    elif rated.level is not None:
        yield Problem(
            path=path,
            found="an audit's level where none is asked for",
            allowed="a rating; levels are for criteria that an audit measures",
        )


def _series(path: Path, series: tuple[Point, ...], measure: Measure | None) -> Iterator[Problem]:
    if not isinstance(measure, Threshold) or not measure.series:
        allowed = "a rating; series are for criteria whose measure has series"
        yield Problem(path=path, found="a series where none is asked for", allowed=allowed)
        return
    for fault in faults_of_series(series=series, measure=measure):
        here: Path = (*path, "series") if fault.position is None else (*path, "series", fault.position)
        yield Problem(path=here, found=fault.found, allowed=fault.allowed)
