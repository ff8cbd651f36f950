"""Who is to review a team, in words: what the college asks about each of them, and what the team said."""

from dataclasses import dataclass

from accreditation.records.invitations import Said
from accreditation.views.invitations import ProposedToService, ReviewerProposed
from api.presenting.faults import Faults, Told
from api.presenting.moments import day_of, time_of
from api.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """A reviewer; `until` says by when the college asks about them, empty where it does not."""

    key: str
    name: str
    about: str
    state: str
    colour: str
    until: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewers:
    """The page. `silence` says what it means where nothing is said in time."""

    reviewers: tuple[Reviewer, ...]
    silence: str


def reviewers(one: ProposedToService, words: Words) -> Reviewers:
    """Everybody who is to review the team."""
    asks = any(each.answer_until is not None for each in one.reviewers)
    silence = ""
    if asks and one.silence == "no_conflict":
        silence = words("If you say nothing in time, it counts as no conflict.")
    elif asks and one.silence == "waits":
        silence = words("The review does not begin before you have answered.")
    return Reviewers(reviewers=tuple(_reviewer(each, words) for each in one.reviewers), silence=silence)


def unsaid(key: str, words: Words) -> Faults:
    """What is said where nothing was chosen."""
    return Faults((Told(field=f"conflict-{key}", words=words("Choose whether you have a conflict of interest.")),))


def _reviewer(one: ReviewerProposed, words: Words) -> Reviewer:
    state, colour = _state(one, words)
    until = one.answer_until
    return Reviewer(
        key=str(one.reviewer), name=one.name, state=state, colour=colour, reason=one.reason,
        about=", ".join(filter(None, (one.title, one.employer))),
        until="" if until is None or one.answer is Said.CONFLICT
        else words("You can answer until %(time)s on %(day)s.", time=time_of(until), day=words.day(day_of(until))),
    )  # fmt: skip


def _state(one: ReviewerProposed, words: Words) -> tuple[str, str]:
    if one.answer is Said.CONFLICT:
        return words("You have a conflict: somebody else is asked"), "grey"
    if one.answer is Said.NO_CONFLICT:
        return words("You have no conflict"), "green"
    if one.seated:
        return words("Reviews you"), "white"
    return (words("Your answer is asked"), "blue") if one.answer_until is not None else (words("Is asked"), "white")
