"""Worked cases: what a college writes down to see that its rules give what it means."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from accreditation.scheme.answer import NOT_ANSWERED, Answer
from accreditation.scheme.criterion import AuditLevel, Criterion, Threshold
from accreditation.scheme.document import Path
from accreditation.scheme.model import Scheme
from accreditation.scheme.problem import Problem, unknown
from accreditation.scheme.values import Number, Part


class CaseRating(Part):
    """How one criterion is rated in a case."""

    rating: str | None = None
    measured: Number | None = None
    level: str | None = None
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
                "{measured: number}, {level: letter}, {not_applicable: reason}",
            )
        return self

    def answer(self) -> Answer:
        """The answer this stands for."""
        if self.not_applicable is not None:
            return Answer(state="not_applicable", note=self.not_applicable)
        if self.state is not None:
            return Answer(state=self.state)
        return Answer(rating=self.rating, measured=self.measured, level=self.level)


class Expected(Part):
    """What the case must give."""

    outcome: str
    stands_in_the_way: tuple[str, ...] | None = None
    improvements: dict[str, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    why: str = ""


class Case(Part):
    """One worked case: a service, its ratings, and the outcome the college means it to have."""

    case: str
    profile: dict[str, bool]
    ratings: dict[str, CaseRating]
    expect: Expected

    def answers(self, scheme: Scheme) -> dict[str, Answer]:
        """The answer to every criterion that applies; `default` fills those that are not named.

        A default on a measured criterion is a rating, as a reviewer gives it, not a measured value.
        """
        rest = self.ratings.get("default")
        otherwise = NOT_ANSWERED if rest is None else rest.answer()
        return {
            criterion.id: self.ratings[criterion.id].answer() if criterion.id in self.ratings else otherwise
            for criterion in scheme.applicable(self.profile)
        }


def problems_of_case(case: Case, scheme: Scheme) -> tuple[Problem, ...]:
    """What is wrong with this case beside its scheme? All of it."""
    outcomes = [known.outcome for known in scheme.award]
    criteria = list(scheme.by_id)
    expect: Path = ("expect",)
    blocking = case.expect.stands_in_the_way or ()
    return (
        *unknown(("profile",), case.profile, list(scheme.profile), "fact of the profile"),
        *unknown(("ratings",), case.ratings, ["default", *criteria], "criterion"),
        *unknown((*expect, "outcome"), [case.expect.outcome], outcomes, "outcome", at_key=False),
        *unknown((*expect, "improvements"), case.expect.improvements, outcomes, "outcome"),
        *unknown((*expect, "stands_in_the_way"), blocking, criteria, "criterion", at_key=False),
        *_ratings(case, scheme),
    )


def _ratings(case: Case, scheme: Scheme) -> Iterator[Problem]:
    """Ratings that the scale does not have or that do not fit their criterion."""
    for name, rated in case.ratings.items():
        path: Path = ("ratings", name)
        criterion = scheme.by_id.get(name)
        if rated.rating is not None:
            yield from unknown(path, [rated.rating], list(scheme.scale), "rating", at_key=False)
        if criterion is not None or name == "default":
            yield from _measured(path, rated, criterion, scheme)


def _measured(path: Path, rated: CaseRating, criterion: Criterion | None, scheme: Scheme) -> Iterator[Problem]:
    measure = None if criterion is None else criterion.measure
    if rated.measured is not None and not isinstance(measure, Threshold):
        yield Problem(
            path=path,
            found="a measured number where none is asked for",
            allowed="a rating; numbers are for criteria that ask for at_least or at_most",
        )
    if rated.level is None:
        return
    if isinstance(measure, AuditLevel):
        levels = list(scheme.audits[measure.audit].levels)
        yield from unknown(path, [rated.level], levels, "level", at_key=False)
    else:
        yield Problem(
            path=path,
            found="an audit's level where none is asked for",
            allowed="a rating; levels are for criteria that an audit measures",
        )
