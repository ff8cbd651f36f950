"""A seat that the office changes by hand: what can be done about it, and what a change would cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accreditation.errors import NotFound
from accreditation.rules.matching import SET_ASIDE
from accreditation.views.effects import EffectShown, EmptySeat, SeatChange
from accreditation.views.filling import FiguresShown
from accreditation.views.proposal_desk import ProposalDesk
from accreditation.views.proposed_seats import SeatShown, TeamProposed
from api.inputs.typed_change import TypedChange
from api.presenting.college.proposals import figures
from api.presenting.college.proposed_team import why_there
from api.presenting.faults import Faults
from api.presenting.faults import Told as FaultTold
from api.presenting.register_list import Choice
from api.words import Words, capital, marked

ASIDE: Mapping[str, str] = {
    "same_network": marked("They are of the same clinical network"),
    "repeat": marked("They reviewed this team last time"),
    "region": marked("Their region does not fit"),
    "travel": marked("The way is too long"),
}
"""A rule that can be set aside -> what is overlooked then."""

SAID: Mapping[str, str] = {
    "kind": marked("Choose what is to be done about this seat."),
    "into": marked("Choose who is to have the seat."),
}
"""What a fault is about -> how it is said, where a sentence says it better than the fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatToChange:
    """The page on which a seat is changed. `seated` where somebody sits or is asked, who can only be taken off."""

    root: str
    name: str
    caption: str
    title: str
    holder: str
    why: str
    kinds: tuple[Choice, ...]
    others: tuple[Choice, ...]
    asides: tuple[Choice, ...]
    everybody: tuple[Choice, ...]
    typed: TypedChange
    takes_off: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A figure before and after a change."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Previewed:
    """What a change would do."""

    root: str
    name: str
    caption: str
    typed: TypedChange
    coming: tuple[str, ...]
    leaving: tuple[str, ...]
    given_up: tuple[str, ...]
    filled: tuple[str, ...]
    emptied: tuple[str, ...]
    figures: tuple[Compared, ...]
    changes_nothing: bool
    afterwards: str


def seat_to_change(one: ProposalDesk, typed: TypedChange, words: Words) -> SeatToChange:
    """The page of this seat. Raises NotFound where the proposal has none such."""
    team, seat = _seat(one, typed)
    role = typed.role if seat is None else seat.role
    title = one.roles.get(role, role)
    others = [each for each in one.pool if role in each.roles and each.id != typed.reviewer]
    return SeatToChange(
        root=f"/college/rounds/{one.round.id}/proposals/{one.proposal.number}",
        name=_seat_named(title, team), caption=_caption(one, words), title=title,
        holder="" if seat is None else seat.name,
        why="" if seat is None else why_there(seat.why, role=seat.role, title=seat.title),
        kinds=_kinds(seat, words),
        others=tuple((str(each.id), _named(each.name, each.employer)) for each in others),
        everybody=tuple((str(each.id), _named(each.name, each.employer)) for each in one.pool if role in each.roles),
        asides=tuple((name, words(ASIDE[name])) for name in SET_ASIDE),
        typed=TypedChange(
            kind=typed.kind or ("put" if seat is None else ""), cycle=typed.cycle, reviewer=typed.reviewer, role=role,
            into=typed.into, aside=typed.aside, reason=typed.reason,
        ),
        takes_off=seat is not None and seat.stands != "proposed",
    )  # fmt: skip


def previewed(one: ProposalDesk, typed: TypedChange, effect: EffectShown, words: Words) -> Previewed:
    """What this change would do."""
    seat = seat_to_change(one, typed, words)
    before, after = set(map(_empty, effect.empty_before)), set(map(_empty, effect.empty_after))
    return Previewed(
        root=seat.root, name=seat.name, caption=seat.caption, typed=seat.typed,
        coming=tuple(_coming(each, one, words) for each in effect.coming),
        leaving=tuple(_leaving(each, one, words) for each in effect.leaving),
        given_up=tuple(_leaving(each, one, words) for each in effect.given_up),
        filled=tuple(sorted(before - after)), emptied=tuple(sorted(after - before)),
        figures=_compared(effect.before, effect.after, words),
        changes_nothing=not (effect.coming or effect.leaving or effect.given_up),
        afterwards=words(
            "%(name)s is not proposed for this team again, until you allow it on the proposal.", name=seat.holder
        )
        if seat.holder and typed.kind in ("put", "keep_out")
        else "",
    )  # fmt: skip


def hindered(effect: EffectShown, typed: TypedChange) -> Faults:
    """Why the change cannot be, at the field that says who."""
    field = "into" if typed.kind == "put" else "kind"
    return Faults(
        tuple(FaultTold(field=field, words=f"{each[:1].upper()}{each[1:]}.") for each in effect.hindrances)
    )  # fmt: skip


def _seat(one: ProposalDesk, typed: TypedChange) -> tuple[TeamProposed, SeatShown | None]:
    team = next((each for each in one.proposal.teams if each.cycle == typed.cycle), None)
    if team is None:
        raise NotFound("There is no such team in this proposal.")
    seat = next((each for each in team.seats if each.reviewer == typed.reviewer), None)
    if seat is None and (typed.reviewer or typed.role not in one.roles):
        raise NotFound("There is no such seat in this proposal.")
    return team, seat


def _kinds(seat: SeatShown | None, words: Words) -> tuple[Choice, ...]:
    if seat is None:
        return ()
    kinds = [("put", words("Put somebody else there")), ("keep_out", words("Never %(name)s here", name=seat.name))]
    if seat.how in ("locked", "swapped"):
        return (*kinds, ("release", words("Let the engine decide about this seat again")))
    return (("keep", words("Keep %(name)s here, whatever else changes", name=seat.name)), *kinds)


def _caption(one: ProposalDesk, words: Words) -> str:
    return words("%(round)s: proposal %(number)s", round=one.round.name, number=one.proposal.number)


def _seat_named(title: str, team: TeamProposed) -> str:
    return f"{title}: {team.team.name}, {team.organisation.name}"


def _named(name: str, employer: str | None) -> str:
    return f"{name} ({employer})" if employer else name


def _coming(one: SeatChange, desk: ProposalDesk, words: Words) -> str:
    title = desk.roles.get(one.role, one.role)
    said = words("%(name)s comes to %(team)s as %(role)s.", name=one.name, team=one.team, role=title)
    return f"{said} {why_there(one.why, role=one.role, title=title)}" if one.why else said


def _leaving(one: SeatChange, desk: ProposalDesk, words: Words) -> str:
    return words("%(name)s is no longer at %(team)s as %(role)s.", name=one.name, team=one.team,
                 role=desk.roles.get(one.role, one.role))  # fmt: skip


def _empty(one: EmptySeat) -> str:
    return f"{one.title}, {one.team}: {one.why}."


def _compared(
    before: FiguresShown | None, after: FiguresShown | None, words: Words
) -> tuple[Compared, ...]:  # fmt: skip
    if before is None or after is None:
        return ()
    old = {each.name: each.value for each in figures(before, words)}
    new = {each.name: each.value for each in figures(after, words)}
    unknown = words("not known")
    return tuple(
        Compared(name=name, before=old.get(name, unknown), after=new.get(name, unknown))
        for name in dict.fromkeys([*old, *new])
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """Of whom and of which team it is explained; `back` leads to the proposal."""

    back: str
    name: str
    others: tuple[Choice, ...]
    cycle: int


def lines(said: Sequence[str], words: Words) -> tuple[str, ...]:
    """The explanation, line by line; what a program would send to set a rule aside is said as what to do here."""
    way = words("An office may set these rules aside, with a reason: press “Change” at the seat.")
    return tuple(way if one.startswith("that may be set aside:") else capital(one) for one in said)


def explained(one: ProposalDesk, cycle: int, reviewer: int, words: Words) -> Explained:
    """The head of an explanation, and whom else one can ask about. Raises NotFound for what is not in the proposal."""
    names = {each.id: each.name for each in one.pool}
    team = next((each for each in one.proposal.teams if each.cycle == cycle), None)
    if team is None or reviewer not in names:
        raise NotFound("There is no such team or reviewer in this proposal.")
    return Explained(
        back=f"/college/rounds/{one.round.id}/proposals/{one.proposal.number}", cycle=cycle,
        name=words("%(name)s and %(team)s", name=names[reviewer], team=team.team.name),
        others=tuple((str(each.id), _named(each.name, each.employer)) for each in one.pool),
    )  # fmt: skip


def in_round(one: ProposalDesk, cycle: int) -> int:
    """This cycle, which is one of the proposal's. Raises NotFound: who works on a round knows no other's cycles."""
    if cycle not in {each.cycle for each in one.proposal.teams}:
        raise NotFound("There is no such team in this proposal.")
    return cycle
