"""A proposal of review teams in words: which teams it has, how fair it is, and what is the matter with it now."""

from dataclasses import dataclass

from accreditation.views.filling import FiguresShown
from accreditation.views.proposal_desk import ProposalDesk, ProposalRow, RoundProposals
from accreditation.views.proposed_seats import TeamProposed
from api.presenting.college.proposed_team import Team, sentence, team
from api.presenting.college.rounds import scheme_of
from api.presenting.college.who import who_did
from api.presenting.moments import day_of, time_of
from api.presenting.register import Told
from api.words import Words

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
        made=words("Made by %(who)s at %(time)s on %(day)s.", who=who_did(shown.by, words), time=time_of(shown.at),
                   day=words.day(day_of(shown.at))),
        figures=figures(shown.figures, words), proven=_proven(shown.proven, words),
        blocks=tuple(sentence(each) for each in shown.blocks),
        ways_out=tuple(sentence(each) for each in shown.ways_out),
        teams=tuple(team(each, one, here if stands else "", words, invites=invites) for each in shown.teams),
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
                   who=who_did(one.by, words)),
        filled=words("%(filled)s of %(seats)s", filled=one.filled, seats=one.seats),
        state=words("Stands now") if stands else words("Out of date"), colour="green" if stands else "grey",
    )  # fmt: skip
