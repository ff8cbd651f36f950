"""What is sent when the office confirms review teams, team by team, before it does."""

from collections.abc import Collection
from dataclasses import dataclass

from accreditation.actions.confirm import NOT_WAITING
from accreditation.errors import Fault, Invalid
from accreditation.views.proposal_desk import ProposalDesk
from accreditation.views.proposed_seats import TeamProposed
from api.presenting.college.cycle import moment
from api.presenting.college.proposals import to_confirm
from api.presenting.college.who import who_did
from api.presenting.faults import Faults, Told
from api.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ToConfirm:
    """A team, and what is sent about it."""

    cycle: int
    name: str
    ticked: bool
    sent: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirming:
    """The page on which teams are confirmed; `left` are those that cannot be, each with why."""

    root: str
    caption: str
    number: int
    teams: tuple[ToConfirm, ...]
    left: tuple[str, ...]
    times: tuple[str, ...]


def confirming(one: ProposalDesk, *, chosen: Collection[int] | None, words: Words) -> Confirming:
    """The page; `chosen` are the teams that were ticked, all where nobody chose yet."""
    ready = to_confirm(one)
    return Confirming(
        root=f"/college/rounds/{one.round.id}/proposals/{one.proposal.number}", number=one.proposal.number,
        caption=words("%(round)s: proposal %(number)s", round=one.round.name, number=one.proposal.number),
        teams=tuple(
            ToConfirm(
                cycle=each.cycle, name=f"{each.team.name}, {each.organisation.name}",
                ticked=chosen is None or each.cycle in chosen, sent=tuple(_sent(each, one, words)),
            )
            for each in ready
        ),
        left=tuple(
            words("%(team)s: places are empty.", team=each.team.name) for each in one.proposal.teams if each.empty
        ),
        times=tuple(_times(one, words)),
    )  # fmt: skip


NONE_CHOSEN = Fault(where="Teams", found="none chosen", allowed="choose one or more of the list")
"""What is wrong where no team was ticked."""


def refused_teams(refusal: Invalid, desk: ProposalDesk, words: Words) -> Faults:
    """Why nothing was confirmed; a team that waits no more, as it left or is with its service, is called by name."""
    names = {f"cycle {one.cycle}": f"{one.team}, {one.organisation}" for one in desk.confirmed}
    return Faults(
        tuple(Told(field="cycles", words=_refused(one, names.get(one.where, ""), words)) for one in refusal.faults)
    )


def _refused(one: Fault, team: str, words: Words) -> str:
    if one.found != NOT_WAITING:
        return words("%(where)s: %(found)s. What to do: %(allowed)s.", where=one.where, found=one.found,
                     allowed=one.allowed)  # fmt: skip
    if team:
        return words("%(team)s does not wait to be confirmed any more: something else was done since. Nothing was "
                     "confirmed now.", team=team)  # fmt: skip
    return words("A team that you chose is not in this proposal. Nothing was confirmed now.")


MOST_NAMED = 3
"""Of so many teams it is told who confirmed them: of those that were the last, all at once."""


def confirmed_words(number: int, one: ProposalDesk, words: Words) -> str:
    """What is said after so many teams of this proposal were confirmed: who is asked now, where anybody is."""
    if not number:
        before = (
            words("%(who)s confirmed %(team)s, %(organisation)s on %(when)s.", who=who_did(each.by, words),
                  team=each.team, organisation=each.organisation, when=moment(each.at, words))
            for each in one.confirmed[:MOST_NAMED]
            if each.at == one.confirmed[0].at
        )  # fmt: skip
        return " ".join((words("Nothing is new: these teams were confirmed before."), *before))
    said = words.many("%(number)s team is confirmed.", "%(number)s teams are confirmed.", number)
    if one.reviewer_within is not None:
        said = words("%(said)s Every reviewer who is new is asked now.", said=said)
    elif one.service_within is not None:
        said = words("%(said)s Of every reviewer who is new the team is asked now.", said=said)
    else:
        return words("%(said)s In this scheme nobody is asked: the review begins by itself.", said=said)
    return words("%(said)s They are asked on this site, and no letter is sent: on the page of its cycle you can "
                 "write to whoever does not answer.", said=said)  # fmt: skip


def _sent(one: TeamProposed, desk: ProposalDesk, words: Words) -> list[str]:
    new = [seat for seat in one.seats if seat.stands == "proposed"]
    lines = [
        words("%(name)s takes it on as %(role)s.", name=seat.name, role=seat.title)
        if desk.reviewer_within is None
        else words("%(name)s is asked to take it on as %(role)s.", name=seat.name, role=seat.title)
        for seat in new
    ]
    if new and desk.service_within is not None:
        names = ", ".join(seat.name for seat in new)
        lines.append(words("The team is asked if it has a conflict of interest with %(names)s.", names=names))
    lines += [words("%(name)s is told that they are not needed any more.", name=name) for name in one.no_longer]
    return lines or [words("Nothing is sent.")]


def _times(one: ProposalDesk, words: Words) -> list[str]:
    lines = []
    if one.reviewer_within is not None:
        lines.append(
            words("A reviewer has %(time)s to answer. Silence counts as no, and somebody else is looked for.",
                  time=one.reviewer_within)
        )  # fmt: skip
    if one.service_within is not None:
        silence = (
            words("Silence counts as no conflict of interest.")
            if one.silence == "no_conflict"
            else words("The visit waits until it has answered.")
        )
        lines.append(words("A team has %(time)s to answer. %(silence)s", time=one.service_within, silence=silence))
    return lines
