"""How a cycle runs, as the scheme wants it: who reviews, who decides, how long all may take, which edition judges."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from accreditation.scheme.facts import AppliesWhen
from accreditation.scheme.patterns import faults_of
from accreditation.scheme.values import Day, Part, Period, Word, Words

Bar = Literal["barred", "allowed"]
"""Whether something keeps a reviewer from a visit."""


class Seat(Part):
    """A place in the review team: which role, and how many of it.

    `specialties`: whoever holds the role has one of these. `observes`: a trainee who learns beside an experienced
    reviewer, rates nothing, stands in for nobody and is not counted in the size of the team.
    """

    role: Word
    title: str
    minimum: int = Field(ge=0, le=20)
    maximum: int = Field(ge=1, le=20)
    specialties: Words = ()
    observes: bool = False


class Experienced(Part):
    """How many of a team must be experienced, and after how many earlier visits a reviewer is."""

    at_least: int = Field(ge=1, le=20)
    after_visits: int = Field(ge=1, le=1000)


class Travel(Part):
    """How long a reviewer may travel to a visit, in minutes; one who lives too near may be too close to it."""

    at_least: int | None = Field(default=None, ge=0, le=10_000)
    at_most: int | None = Field(default=None, ge=1, le=10_000)

    @model_validator(mode="after")
    def _some_end(self) -> "Travel":
        if self.at_least is None and self.at_most is None:
            raise PydanticCustomError("no_minutes", "no minutes; write one or both of at_least, at_most")
        return self


class FitWeights(Part):
    """What makes a reviewer fit a visit, each by its weight; what is left out counts nothing."""

    expertise: int = Field(default=0, ge=0, le=100)
    experience: int = Field(default=0, ge=0, le=100)
    travel: int = Field(default=0, ge=0, le=100)
    preference: int = Field(default=0, ge=0, le=100)

    @model_validator(mode="after")
    def _some_weight(self) -> "FitWeights":
        if not any(weight for _, weight in self):
            message = "no weight; give expertise, experience, travel or preference a weight of 1 or more"
            raise PydanticCustomError("no_weight", message)
        return self


class ServiceAnswers(Part):
    """How long a service has to say whom of the reviewers proposed it has a conflict with, and what silence means."""

    within: Period
    silence: Literal["no_conflict", "waits"]


class ReviewerAnswers(Part):
    """How long a reviewer has to accept or decline a visit; silence is declining."""

    within: Period


class AssignmentRules(Part):
    """Who may sit in a review team, how well they fit, and who confirms it.

    `team_size` is how many people a team has, observers apart: what goes beyond the minimums may hold any role that
    has room. `employed_within` bars whoever worked at the visited organisation in that time before the visit,
    `reciprocal` staff of A from B in the round in which staff of B visit A, `colleagues` two people of one employer in
    a team, `repeat` the same reviewer for the same team in consecutive cycles. `region` lets only reviewers from the
    same region or only from another one visit. `most_visits` is for each reviewer and round, beside their own capacity.
    What is left out means what held before the language could say it.
    """

    team_size: int | None = Field(default=None, ge=1, le=100)
    experienced: Experienced | None = None
    same_network: Bar = "allowed"
    employed_within: Period | None = None
    reciprocal: Bar = "barred"
    colleagues: Bar = "allowed"
    repeat: Bar = "allowed"
    region: Literal["any", "same", "other"] = "any"
    travel: Travel | None = None
    most_visits: int | None = Field(default=None, ge=1, le=1000)
    fit: FitWeights | None = None
    confirmed_by: Literal["engine", "office"] = "engine"
    service_answers: ServiceAnswers | None = None
    reviewer_answers: ReviewerAnswers | None = None


class Consensus(Part):
    """Who settles a criterion on which the reviewers' ratings differ, and when they differ.

    With `same`, ratings agree where they are the same. With `same_verdict` they agree as well where they count the
    same for every rule of the scheme: then the lowest stands.
    """

    settled_by: Word
    agree: Literal["same", "same_verdict"] = "same"


class Timetable(Part):
    """How long each stage may last before it is late."""

    self_assessment: Period
    evidence: Period
    assignment: Period
    review: Period
    consensus: Period
    decision: Period


class Holiday(Part):
    """A day that is no business day, for every service or for those whose profile says so."""

    day: Day
    title: str
    applies_when: AppliesWhen = Field(default_factory=dict)


class FactualAccuracy(Part):
    """How long a service has to say what is factually wrong in the report, and what its silence means."""

    within: Period
    silence: Literal["agreed", "waits"]


class EvidenceRequests(Part):
    """How long a service has when a reviewer asks for more evidence on one criterion, and how often each may ask.

    `most` is for each reviewer and visit: whoever answers is a clinical team with patients to see.
    """

    within: Period
    most: int = Field(default=30, ge=1, le=1000)


FileKind = Literal[
    "pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "png", "jpeg", "gif", "webp", "tiff", "txt", "csv"
]
"""What a file of evidence may be, by its content."""


def _pattern(value: str) -> str:
    faults = "; ".join(faults_of(value))
    if faults:
        allowed = "" if "; " in faults else "; write it as in RX\\d{6}"
        raise PydanticCustomError(
            "no_pattern", "'{found}' is no pattern: {faults}", {"found": value, "faults": f"{faults}{allowed}"}
        )
    return value


Pattern = Annotated[str, AfterValidator(_pattern)]
"""A number of the college's own, as a regular expression whose parts all say how often they repeat."""


class EvidenceRules(Part):
    """What a file of evidence may be, what must not stand in it, and how long it is kept.

    `most_bytes` is for a file, `most_files` for a cycle; `kinds` are judged by content, and where none is named every
    kind is allowed that the engine knows. With `patient_identifiers: forbidden` a file in which a patient's number or
    date of birth is found is kept from reviewers until the team or the office has seen to it. `hospital_numbers` are
    patterns of numbers that hospitals of this scheme give to patients. `keep` is how long evidence is kept after the
    end of its cycle; where it is not said, for ever.
    """

    most_bytes: int | None = Field(default=None, ge=1, le=100_000_000_000)
    most_files: int | None = Field(default=None, ge=1, le=100_000)
    kinds: tuple[FileKind, ...] = ()
    patient_identifiers: Literal["forbidden", "not_searched"] = "forbidden"
    hospital_numbers: tuple[Pattern, ...] = Field(default=(), max_length=20)
    keep: Period | None = None


class ImmediateRisk(Part):
    """How long a service has to answer an immediate risk in writing; it stands outside the score."""

    reply_within: Period


class Appeal(Part):
    """Until when a service may appeal, counted from the day it was told, and whether the decision stands meanwhile.

    `panel`: how many people at least hear it, who were not on the visit; the committee answers once they are named.
    """

    within: Period
    decision_stands_meanwhile: bool
    panel: int | None = Field(default=None, ge=1, le=20)


class DecidedBy(Part):
    """Who decides, as the public reads it, and whether another body confirms it."""

    title: str
    confirmed_by: str | None = None


Event = Literal["enrolled", "submitted", "visited"]
"""What can fix which edition judges a cycle."""


class Cut(Part):
    """The older edition still judges a cycle whose events all lie on or before these days."""

    submitted: Day | None = None
    visited: Day | None = None

    @model_validator(mode="after")
    def _some_day(self) -> "Cut":
        if self.submitted is None and self.visited is None:
            raise PydanticCustomError("no_day", "no day; write one or both of submitted, visited")
        return self

    def days(self) -> dict[str, date]:
        """The events that are written, each with its day."""
        return {name: day for name, day in self if day is not None}


class Transition(Part):
    """How this edition takes over from the one before it.

    `fixed_by` is the event whose day says which edition judges a cycle: the newest one in force on that day.
    `older_until` lets the older edition judge where every day named is kept. `grace` is how long a service that
    holds an award has before what is new in this edition counts against it.
    """

    fixed_by: Event = "enrolled"
    older_until: Cut | None = None
    grace: Period | None = None


def raters_of(review_team: tuple[Seat, ...]) -> tuple[Seat, ...]:
    """The seats whose holders rate; those who only observe hold the others."""
    return tuple(seat for seat in review_team if not seat.observes)


def size_of_team(review_team: tuple[Seat, ...], rules: AssignmentRules) -> int:
    """How many people a review team has, observers apart: as written, or else the sum of the minimums."""
    return rules.team_size or sum(seat.minimum for seat in raters_of(review_team))
