"""The college office locks or swaps a seat by hand: what it would change, and the same kept."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from accreditation.actions.confirm import standing, waiting_for_office
from accreditation.actions.impartial import check_of_another
from accreditation.actions.propose import keep_proposal
from accreditation.actions.questions import RoundAsked, round_asked
from accreditation.actions.wording import check_reason
from accreditation.database import Database, Session
from accreditation.errors import Invalid, Unavailable
from accreditation.records import proposals
from accreditation.records.cycles import CycleNow
from accreditation.rules.cycle import Move
from accreditation.rules.hindering import hindrances, may_be_set_aside
from accreditation.rules.lasting import Fallen
from accreditation.rules.matching import Question
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.rules.proposing import Content, Effect, effect, hindered, propose
from accreditation.rules.wishes import Change, Lock, Swap, Wishes, wished

TRIES = 3
"""How often a change is worked out again where the round changed meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """What a change does, and the number of the proposal that has it; the same as before where it changed nothing."""

    number: int
    effect: Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """Everything that a change's effect depends on."""

    round: RoundAsked
    waiting: frozenset[int]
    before: Content


@dataclass(frozen=True, slots=True, kw_only=True)
class _Worked:
    """What came of a change; `aside` are the rules that could be set aside for it, `fallen` the seats that no longer
    hold whatever is changed.
    """

    effect: Effect
    aside: tuple[str, ...] = ()
    fallen: tuple[Fallen, ...] = ()
    content: Content = field(default_factory=Content)
    wishes: Wishes = field(default_factory=Wishes)


def preview(database: Database, *, principal: Principal, round_id: int, number: int, change: Change) -> Effect:
    """What would this change do to the round's proposal with this number? Nothing is kept.

    Raises NotFound where nothing is proposed, Stale where a newer proposal stands.
    """
    permit(principal, Permission.REVIEW_ASSIGN)
    with database.reading() as session:
        asked, _ = _asked(session, round_id, number)
    return _work_out(asked, change).effect


def arrange(
    database: Database, *, principal: Principal, round_id: int, number: int, change: Change, at: datetime
) -> Arranged:
    """Keep this change as a new proposal, worked out around it; the preview has shown the same effect.

    Raises Invalid naming everything that keeps somebody from the seat, Stale where a newer proposal stands, and
    Unavailable where the round keeps changing meanwhile, NotPermitted for an office that is of the service.
    """
    permit(principal, Permission.REVIEW_ASSIGN)
    if isinstance(change, Lock) and change.reason.strip():
        check_reason(change.reason)
    for _ in range(TRIES):
        with database.reading() as session:
            asked, waiting = _asked(session, round_id, number)
            _check_not_of_it(session, [now for now in waiting if now.id == change.cycle], principal)
        worked = _work_out(asked, change)
        if worked.effect.hindrances:
            raise Invalid(hindered(worked.effect.hindrances, where="change", aside=worked.aside))
        with suppress(_Changed), database.writing() as session:
            now_asked, waiting = _asked(session, round_id, number)
            if now_asked != asked:
                raise _Changed
            row = keep_proposal(
                session, principal=principal, round_id=round_id, waiting=waiting, content=worked.content,
                wishes=worked.wishes, fallen=worked.fallen, question=asked.round.digest, at=at,
                move=Move.SWAP if isinstance(change, Swap) else Move.LOCK,
            )  # fmt: skip
            return Arranged(number=number if row is None else row.number, effect=worked.effect)
    raise Unavailable("The round changed each time while the change was worked out. Try again in a moment.")


def _check_not_of_it(session: Session, concerned: Sequence[CycleNow], principal: Principal) -> None:
    """Nobody of the office chooses by hand who reviews a service of theirs. Raises NotPermitted."""
    for now in concerned:
        check_of_another(session, now.organisation.id or 0, principal=principal, what="choose who reviews it")


class _Changed(Exception):
    """The round is not the one that the change was worked out for."""


def _asked(session: Session, round_id: int, number: int) -> tuple[_Asked, Sequence[CycleNow]]:
    proposal = standing(session, round_id, number=number)
    waiting = waiting_for_office(session, round_id)
    asked = _Asked(
        round=round_asked(session, round_id),
        waiting=frozenset(waiting),
        before=proposals.content_of(session, proposal, cycles=waiting),
    )
    return asked, list(waiting.values())


def _work_out(asked: _Asked, change: Change) -> _Worked:
    """What does this change do? The same for who looks beforehand and for who keeps it."""
    before = asked.round.judged
    after = wished(wishes=before.wishes, change=change, seats=asked.before.seats)
    concerned = [one for one in asked.round.questions if change.cycle in {visit.cycle for visit in one.visits}]
    for question in concerned or [Question()]:
        found = hindrances(
            asked=question, before=before.wishes, wishes=after, change=change, seats=asked.before.seats,
            seen=asked.round.seen,
        )  # fmt: skip
        if found:
            return _Worked(effect=Effect(hindrances=found), aside=may_be_set_aside(asked=question, change=change))
    content = propose(questions=asked.round.questions, wishes=after)
    told = effect(before=asked.before, after=content.of(asked.waiting))
    return _Worked(effect=told, content=content, wishes=after, fallen=before.fallen)
