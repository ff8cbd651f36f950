"""One team of a proposal in words: who sits where and why, what is empty, who answered what, who sat there before."""

from collections.abc import Mapping
from dataclasses import dataclass

from accreditation.records.invitations import Ending, Said
from accreditation.views.proposal_desk import ProposalDesk
from accreditation.views.proposed_seats import AnswerShown, OverShown, SeatShown, TeamProposed
from api.presenting.college.no_way_in import Missing, reviewer_missing
from api.presenting.moments import day_of
from api.words import Words, capital, marked

ENDED: Mapping[Ending, str] = {
    Ending.SEATED: marked("took it on"),
    Ending.DECLINED: marked("declined"),
    Ending.SILENT: marked("did not answer in time"),
    Ending.CONFLICT: marked("declared a conflict of interest"),
    Ending.SERVICE_CONFLICT: marked("the team says that there is a conflict of interest"),
    Ending.TAKEN_OFF: marked("was taken off by you"),
    Ending.CHANGED: marked("somebody else was proposed instead"),
    Ending.DISSOLVED: marked("the visit was called off"),
}
"""How an invitation ended -> in the words of the office."""

HOW: Mapping[str, str] = {
    "proposed": "", "kept": marked("Stays, as confirmed"), "locked": marked("Kept here by you"),
    "swapped": marked("Put here by you"),
}  # fmt: skip
"""How somebody came to a seat; nothing where the engine found them."""

SAID: Mapping[Said, str] = {
    Said.NO_CONFLICT: marked("sees no conflict of interest"), Said.CONFLICT: marked("has a conflict of interest"),
    Said.ACCEPTS: marked("accepted"), Said.DECLINES: marked("declined"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatLine:
    """Somebody in a seat, with what came of it; `change` is where the seat is changed."""

    title: str
    name: str
    employer: str
    why: str
    how: str
    warnings: tuple[str, ...]
    state: str
    colour: str
    answers: tuple[str, ...]
    missing: tuple[Missing, ...]
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyLine:
    """A seat that is empty: how many are missing, why, and where it is filled by hand."""

    title: str
    why: str
    fill: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """One team of a proposal; `lacking` is for what a confirmed one still waits."""

    cycle: int
    name: str
    organisation: str
    state: str
    colour: str
    lacking: tuple[str, ...]
    seats: tuple[SeatLine, ...]
    empty: tuple[EmptyLine, ...]
    before: tuple[str, ...]
    kept_out: tuple[tuple[int, str], ...]


def team(one: TeamProposed, desk: ProposalDesk, here: str, words: Words, *, invites: bool) -> Team:
    """This team as the proposal has it; `here` is where it is changed, nothing where the proposal is out of date."""
    state, colour = _state(one, words)
    unreached = {
        each.reviewer: reviewer_missing(
            each.name, invited=desk.cannot_sign_in[each.reviewer], invites=invites, words=words
        )
        for each in one.seats
        if each.reviewer in desk.cannot_sign_in
    }
    return Team(
        cycle=one.cycle, name=one.team.name, organisation=one.organisation.name, state=state, colour=colour,
        lacking=tuple(sentence(each) for each in one.lacking if one.confirmed),
        seats=tuple(_seat(each, one.cycle, here, unreached.get(each.reviewer), words) for each in one.seats),
        empty=tuple(
            EmptyLine(
                title=words.many("%(title)s: %(number)s place is empty", "%(title)s: %(number)s places are empty",
                                 each.missing, title=each.title),
                why=sentence(each.why),
                fill=f"{here}/change?cycle={one.cycle}&role={each.role}" if here else "",
            )
            for each in one.empty
        ),
        before=tuple(_over(each, words) for each in one.over),
        kept_out=tuple((each.reviewer, each.name) for each in desk.kept_out if each.cycle == one.cycle),
    )  # fmt: skip


def sentence(said: str) -> str:
    """What the engine says, as a sentence."""
    return f"{capital(said)}."


def _state(one: TeamProposed, words: Words) -> tuple[str, str]:
    if one.empty:
        return words("Places are empty"), "red"
    if not one.confirmed:
        return words("To be confirmed"), "blue"
    return (words("Waits for answers"), "yellow") if one.lacking else (words("Complete"), "green")


def _seat(one: SeatShown, cycle: int, here: str, unreached: Missing | None, words: Words) -> SeatLine:
    state, colour = _stands(one, words)
    said = words(HOW[one.how]) if HOW[one.how] else ""
    return SeatLine(
        title=one.title, name=one.name, employer=one.employer or "", how=said,
        why=why_there(one.why, role=one.role, title=one.title),
        warnings=tuple(filter(None, (one.warning, one.set_aside))), state=state, colour=colour,
        answers=_answers(one, words), missing=() if unreached is None else (unreached,),
        change=f"{here}/change?cycle={cycle}&reviewer={one.reviewer}" if here else "",
    )  # fmt: skip


def why_there(why: str, *, role: str, title: str) -> str:
    """Why somebody sits there, as a sentence in which the role is called as its scheme calls it."""
    key = role.replace("_", " ")
    for how in ("holds the role ", "keeps the seat "):
        if why.startswith(f"{how}{key},"):
            return sentence(f"{how}“{title}”{why.removeprefix(how + key)}")
    return sentence(why)


def _stands(one: SeatShown, words: Words) -> tuple[str, str]:
    if one.stands == "seated":
        return words("In the team"), "green"
    if one.stands == "proposed":
        return words("Proposed"), "blue"
    if one.reviewer_answer is not None and one.reviewer_answer.said is Said.ACCEPTS:
        return words("Accepted"), "green"
    return (words("Confirmed"), "green") if one.reviewer_until is None else (words("Asked"), "yellow")


def _answers(one: SeatShown, words: Words) -> tuple[str, ...]:
    """What each side said, or until when it may say something."""
    told = []
    if one.reviewer_answer is not None:
        told.append(_answer(words("The reviewer"), one.reviewer_answer, words))
    elif one.reviewer_until is not None:
        told.append(words("The reviewer has until %(day)s to answer.", day=words.day(day_of(one.reviewer_until))))
    if one.service_answer is not None:
        told.append(_answer(words("The team"), one.service_answer, words))
    elif one.service_until is not None:
        told.append(
            words("The team has until %(day)s to say if there is a conflict of interest.",
                  day=words.day(day_of(one.service_until)))
        )  # fmt: skip
    return tuple(told)


def _answer(who: str, one: AnswerShown, words: Words) -> str:
    said = words("%(who)s %(said)s on %(day)s", who=who, said=words(SAID[one.said]), day=words.day(day_of(one.at)))
    return f"{said}: {one.reason}" if one.reason else f"{said}."


def _over(one: OverShown, words: Words) -> str:
    said = words("%(name)s: %(how)s, %(day)s", name=one.name, how=words(ENDED[one.how]), day=words.day(day_of(one.at)))
    reasons = [each.reason for each in (one.reviewer_answer, one.service_answer) if each is not None and each.reason]
    return f"{said}. {' '.join(reasons)}" if reasons else f"{said}."
