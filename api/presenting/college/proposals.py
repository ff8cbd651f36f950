"""A proposal of review teams in words: who sits where and why, what is missing, how fair it is, who answered what."""

from collections.abc import Mapping
from dataclasses import dataclass

from accreditation.records.invitations import Ending, Said
from accreditation.rules.people import ENGINE
from accreditation.views.filling import FiguresShown
from accreditation.views.proposal_desk import ProposalDesk, ProposalRow, RoundProposals
from accreditation.views.proposed_seats import AnswerShown, OverShown, SeatShown, TeamProposed
from api.presenting.college.no_way_in import Missing, reviewer_missing
from api.presenting.college.rounds import scheme_of
from api.presenting.moments import day_of, time_of
from api.presenting.register import Told
from api.presenting.team.criterion import name_of
from api.words import Words, marked

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

ONE_PERSON = 1_000_000
"""The fit of one person who fits best."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A proposal in the list."""

    address: str
    name: str
    made: str
    filled: str
    state: str
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """The page of all proposals of a round; `lead` says what is the matter now."""

    root: str
    name: str
    rows: tuple[Listed, ...]
    lead: str
    waiting: bool


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


@dataclass(frozen=True, slots=True, kw_only=True)
class OneProposal:
    """The page of a proposal."""

    root: str
    round: str
    caption: str
    number: int
    stands: bool
    newest: str
    looking: bool
    made: str
    figures: tuple[Told, ...]
    proven: str
    blocks: tuple[str, ...]
    ways_out: tuple[str, ...]
    teams: tuple[Team, ...]
    loads: tuple[Told, ...]
    to_confirm: int


def every(one: RoundProposals, words: Words) -> Proposals:
    """All proposals of a round."""
    root = f"/college/rounds/{one.round.id}"
    newest = one.rows[0].number if one.rows else 0
    return Proposals(
        root=root, name=one.round.name, lead=_lead(one, words),
        rows=tuple(_listed(each, root, newest, words) for each in one.rows),
        waiting=any(stage.value == "assignment" for stage in one.round.stages),
    )  # fmt: skip


def one_proposal(one: ProposalDesk, words: Words, *, invites: bool) -> OneProposal:
    """The page of a proposal; `invites` where whoever reads it can let people in."""
    shown, stands = one.proposal, one.proposal.number == one.newest
    root = f"/college/rounds/{one.round.id}"
    here = f"{root}/proposals/{shown.number}"
    return OneProposal(
        root=root, round=one.round.name, number=shown.number, stands=stands, looking=one.looking and stands,
        caption=words("%(round)s: %(scheme)s", round=one.round.name, scheme=scheme_of(one.round, words)),
        newest=f"{root}/proposals/{one.newest}",
        made=words("Made by %(who)s at %(time)s on %(day)s.", who=_who(shown.by, words), time=time_of(shown.at),
                   day=words.day(day_of(shown.at))),
        figures=figures(shown.figures, words), proven=_proven(shown.proven, words),
        blocks=tuple(_sentence(each) for each in shown.blocks),
        ways_out=tuple(_sentence(each) for each in shown.ways_out),
        teams=tuple(_team(each, one, here if stands else "", words, invites=invites) for each in shown.teams),
        loads=tuple(
            Told(
                name=each.name,
                value=words.many("%(number)s visit; can make %(most)s", "%(number)s visits; can make %(most)s",
                                 each.visits, most=each.capacity),
            )
            for each in one.loads
        ),
        to_confirm=len(to_confirm(one)) if stands else 0,
    )  # fmt: skip


def to_confirm(one: ProposalDesk) -> tuple[TeamProposed, ...]:
    """The teams that can be confirmed now: complete, and other than what was confirmed."""
    return tuple(each for each in one.proposal.teams if not each.confirmed and not each.empty)


def figures(one: FiguresShown, words: Words) -> tuple[Told, ...]:
    """How full and how good the teams are; what is not known is left out."""
    filled = words("%(filled)s of %(seats)s", filled=one.filled, seats=one.seats)
    told = [Told(name=words("Places filled"), value=filled)]
    if one.worst is not None:
        told.append(Told(name=words("Fit of the worst-off team"), value=_fit(one.worst, one.worst_bound, words)))
        told.append(Told(name=words("Fit of all teams together"), value=_fit(one.total, one.total_bound, words)))
    if one.travel:
        told.append(Told(name=words("Travel of all, one way"), value=duration(one.travel, words)))
    return tuple(told)


def duration(minutes: int, words: Words) -> str:
    """So many minutes as people say them."""
    hours, left = divmod(minutes, 60)
    said = [
        words.many("%(number)s hour", "%(number)s hours", hours) if hours else "",
        words.many("%(number)s minute", "%(number)s minutes", left) if left or not hours else "",
    ]
    return " ".join(filter(None, said))


def _sentence(said: str) -> str:
    """What the engine says, as a sentence."""
    return f"{said[:1].upper()}{said[1:]}."


def _who(name: str, words: Words) -> str:
    return words("the engine") if name == ENGINE.name else name_of(name)


def _fit(value: int, bound: int | None, words: Words) -> str:
    said = f"{value / ONE_PERSON:.2f}"
    if bound is None:
        return said
    if bound <= value:
        return words("%(said)s; no other choice is better", said=said)
    return words("%(said)s; it could be %(bound)s at most", said=said, bound=f"{bound / ONE_PERSON:.2f}")


def _proven(proven: bool, words: Words) -> str:
    if proven:
        return words("It is proven that no other choice of teams is better.")
    return words("The search was stopped after its time: another choice may be a little better.")


def _lead(one: RoundProposals, words: Words) -> str:
    if one.looking:
        return words("Something changed, and the engine is about to look for reviewers again by itself.")
    if one.rows:
        return words("The newest proposal stands. You can change it, and confirm its teams.")
    if not one.confirms:
        return words("In this scheme reviewers are seated as soon as they are found: nothing is proposed first.")
    return words("Nothing is proposed yet. A team is proposed once its service has sent its evidence.")


def _listed(one: ProposalRow, root: str, newest: int, words: Words) -> Listed:
    stands = one.number == newest
    return Listed(
        address=f"{root}/proposals/{one.number}", name=words("Proposal %(number)s", number=one.number),
        made=words("%(time)s on %(day)s, by %(who)s", time=time_of(one.at), day=words.day(day_of(one.at)),
                   who=_who(one.by, words)),
        filled=words("%(filled)s of %(seats)s", filled=one.filled, seats=one.seats),
        state=words("Stands now") if stands else words("Out of date"), colour="green" if stands else "grey",
    )  # fmt: skip


def _team(one: TeamProposed, desk: ProposalDesk, here: str, words: Words, *, invites: bool) -> Team:
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
        lacking=tuple(_sentence(each) for each in one.lacking if one.confirmed),
        seats=tuple(_seat(each, one.cycle, here, unreached.get(each.reviewer), words) for each in one.seats),
        empty=tuple(
            EmptyLine(
                title=words.many("%(title)s: %(number)s place is empty", "%(title)s: %(number)s places are empty",
                                 each.missing, title=each.title),
                why=_sentence(each.why),
                fill=f"{here}/change?cycle={one.cycle}&role={each.role}" if here else "",
            )
            for each in one.empty
        ),
        before=tuple(_over(each, words) for each in one.over),
        kept_out=tuple((each.reviewer, each.name) for each in desk.kept_out if each.cycle == one.cycle),
    )  # fmt: skip


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
        title=one.title, name=one.name, employer=one.employer or "", why=_sentence(one.why),
        how=said, warnings=tuple(filter(None, (one.warning, one.set_aside))), state=state, colour=colour,
        answers=_answers(one, words), missing=() if unreached is None else (unreached,),
        change=f"{here}/change?cycle={cycle}&reviewer={one.reviewer}" if here else "",
    )  # fmt: skip


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


SAID: Mapping[Said, str] = {
    Said.NO_CONFLICT: marked("sees no conflict of interest"), Said.CONFLICT: marked("has a conflict of interest"),
    Said.ACCEPTS: marked("accepted"), Said.DECLINES: marked("declined"),
}  # fmt: skip


def _answer(who: str, one: AnswerShown, words: Words) -> str:
    said = words("%(who)s %(said)s on %(day)s", who=who, said=words(SAID[one.said]), day=words.day(day_of(one.at)))
    return f"{said}: {one.reason}" if one.reason else f"{said}."


def _over(one: OverShown, words: Words) -> str:
    said = words("%(name)s: %(how)s, %(day)s", name=one.name, how=words(ENDED[one.how]), day=words.day(day_of(one.at)))
    reasons = [each.reason for each in (one.reviewer_answer, one.service_answer) if each is not None and each.reason]
    return f"{said}. {' '.join(reasons)}" if reasons else f"{said}."
