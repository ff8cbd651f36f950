"""A reviewer's visits and invitations, as they read them in a list: what is due, by when, and whose turn it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from accreditation.rules.cycle import Stage
from accreditation.views.invitations import InvitationShown, State
from accreditation.views.looking import VisitShown
from accreditation.views.own_visits import Desk, OwnVisit
from api.presenting.moments import day_of, time_of
from api.presenting.register import Told
from api.words import Words, marked

STAGES: Mapping[Stage, tuple[str, str]] = {
    Stage.SELF_ASSESSMENT: (marked("Self-assessment"), marked("The team answers its questions.")),
    Stage.EVIDENCE: (marked("Evidence"), marked("The team adds its evidence.")),
    Stage.ASSIGNMENT: (marked("Finding reviewers"), marked("The college completes the review team.")),
    Stage.REVIEW: (marked("Review"), marked("Rate every question by yourself, then hand in.")),
    Stage.CONSENSUS: (marked("Reviewers agree"), marked("Read what the others found, and agree where you differ.")),
    Stage.FACTUAL_ACCURACY: (marked("Check of facts"), marked("The team checks the facts in your report.")),
    Stage.RECOMMENDATION: (marked("Recommendation"), marked("The college works out what to recommend.")),
    Stage.DECISION: (marked("Decision"), marked("The college’s committee decides.")),
    Stage.PUBLICATION: (marked("Publication"), marked("The college publishes the result.")),
    Stage.PUBLISHED: (marked("Result published"), marked("The result is in the public register.")),
    Stage.WITHDRAWN: (marked("Withdrawn"), marked("This visit ended without a result.")),
}
"""Stage -> what it is called, and what happens in it, in the words of a reviewer."""

OVER = frozenset({Stage.PUBLISHED, Stage.WITHDRAWN})

ANSWERS: Mapping[State, tuple[str, str]] = {
    "open": (marked("Waits for your answer"), "blue"),
    "accepted": (marked("You accepted"), "green"),
    "declined": (marked("You declined"), "grey"),
    "conflict": (marked("Conflict of interest"), "grey"),
    "not_answered": (marked("Not answered in time"), "grey"),
    "seated": (marked("You took it on"), "green"),
    "over": (marked("No longer asked"), "grey"),
}
"""How an invitation stands: its words, and the colour of its tag."""

CHANGEABLE: frozenset[State] = frozenset({"open", "accepted"})
"""Invitations to which something may still be answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An invitation in a list, or as a page of its own; `rows` tell everything by which one judges it."""

    address: str
    name: str
    whose: str
    state: str
    colour: str
    until: str
    rows: tuple[Told, ...]
    is_open: bool
    can_answer: bool
    unasked: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A visit in a list."""

    address: str
    name: str
    whose: str
    role: str
    stage: str
    state: str
    colour: str
    due: str
    by: str
    days: str
    progress: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDesk:
    """The page: what waits for an answer, the visits that go on and those that are over, and what was asked before.

    `accepted` are invitations that were accepted and are no place yet: something else may still be answered. `given`
    are places that the college gave without asking.
    """

    asked: tuple[Asked, ...]
    accepted: tuple[Asked, ...]
    visits: tuple[Card, ...]
    finished: tuple[Card, ...]
    before: tuple[Asked, ...]
    given: tuple[Asked, ...]


def own_desk(found: Desk, words: Words) -> OwnDesk:
    """The page of everything that is one's own."""
    asked = [invitation(one, words) for one in found.invitations]
    ended = [one for one in asked if not one.can_answer]
    return OwnDesk(
        asked=tuple(one for one in asked if one.is_open),
        accepted=tuple(one for one in asked if one.can_answer and not one.is_open),
        before=tuple(one for one in ended if not one.unasked), given=tuple(one for one in ended if one.unasked),
        visits=tuple(card(one, words) for one in found.visits if one.stage not in OVER),
        finished=tuple(card(one, words) for one in found.visits if one.stage in OVER),
    )  # fmt: skip


def invitation(one: InvitationShown, words: Words) -> Asked:
    """One invitation."""
    unasked = one.state == "seated" and one.answer_until is None
    state, colour = (marked("The college gave you this place"), "green") if unasked else ANSWERS[one.state]
    until = "" if one.answer_until is None else moment(one.answer_until, words)
    facts = [
        (words("Team"), one.team), (words("Organisation"), one.organisation.name),
        (words("Scheme"), f"{one.scheme}, {one.round}"), (words("Your role"), one.title),
        (words("Days of the visit"), days(one.visit, words) or words("not set yet")),
        (words("Time for the review"), one.review_lasts), (words("Asked on"), words.day(day_of(one.asked_at))),
        (words("Answer by"), until), (words("What you said"), one.reason),
    ]  # fmt: skip
    return Asked(
        address=f"/review/invitations/{one.id}", name=f"{one.scheme}, {one.round}",
        whose=f"{one.team}, {one.organisation.name}", state=words(state), colour=colour, until=until,
        rows=tuple(Told(name=name, value=value) for name, value in facts if value),
        is_open=one.state == "open", can_answer=one.state in CHANGEABLE, unasked=unasked,
        reason=one.reason,
    )  # fmt: skip


def card(one: OwnVisit, words: Words) -> Card:
    """One visit."""
    state, colour = turn_of(one, words)
    return Card(
        address=f"/review/cycles/{one.id}", name=f"{one.scheme_title}, {one.round_name}",
        whose=f"{one.team.name}, {one.organisation.name}", role=one.title, stage=words(STAGES[one.stage][0]),
        state=state, colour=colour, due=what_is_due(one, words),
        by="" if one.due is None or one.stage in OVER or _goes_on(one) else words.day(day_of(one.due)),
        days=days(one.visit, words),
        progress="" if one.observes or one.stage not in (Stage.REVIEW, Stage.ASSIGNMENT)
        else words("%(rated)s of %(of)s rated", rated=one.rated, of=one.of),
    )  # fmt: skip


def turn_of(one: OwnVisit, words: Words) -> tuple[str, str]:
    """Whose turn is it: a word, and the colour of its tag."""
    if one.stage in OVER:
        return words("Finished"), "grey"
    if one.observes:
        return words("You observe"), "white"
    if one.stage is Stage.REVIEW and one.handed_in_at is None:
        return (words("Late"), "red") if one.late else (words("Your turn"), "blue")
    if _goes_on(one):
        return words("You can go on"), "blue"
    if one.stage in (Stage.REVIEW, Stage.ASSIGNMENT):
        return words("You handed in"), "green"
    return (words("Agree together"), "blue") if one.stage is Stage.CONSENSUS else (words("Nothing to do"), "white")


def what_is_due(one: OwnVisit, words: Words) -> str:
    """What happens in this visit now, in a sentence to this reviewer."""
    if one.observes and one.stage in (Stage.REVIEW, Stage.CONSENSUS):
        return words("You read everything, and rate nothing.")
    if one.stage is Stage.REVIEW and one.handed_in_at is not None:
        return words("The others rate by themselves. You see what they found once they hand in.")
    if _goes_on(one):
        return words("The college completes the review team. You can rate every question meanwhile, and hand in.")
    return words(STAGES[one.stage][1])


def _goes_on(one: OwnVisit) -> bool:
    """Does this reviewer rate while the college looks for another one? The day that is due then is the college's."""
    return one.stage is Stage.ASSIGNMENT and not one.observes and one.handed_in_at is None


def days(visit: VisitShown | None, words: Words) -> str:
    """The days of the visit; nothing where none are set."""
    if visit is None:
        return ""
    return span(visit.first, visit.last, words)


def span(first: date, last: date, words: Words) -> str:
    """From one day to another, both included; one day alone by itself."""
    if first == last:
        return words.day(first)
    return words("%(first)s to %(last)s", first=words.day(first), last=words.day(last))


def moment(at: datetime, words: Words) -> str:
    """A time on a day."""
    return words("%(time)s on %(day)s", time=time_of(at), day=words.day(day_of(at)))
