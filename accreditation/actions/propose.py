"""Keep what is proposed for a round's review teams, once for as long as it stays the same."""

from collections.abc import Collection
from datetime import datetime

from accreditation.actions.desk import enter
from accreditation.actions.telling import tell_fallen, tell_office
from accreditation.database import Session
from accreditation.ledger.chain import Detail
from accreditation.records import editions, proposals
from accreditation.records.cycles import CycleNow
from accreditation.records.proposals import Proposal
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.lasting import Fallen
from accreditation.rules.moves import transition
from accreditation.rules.people import Principal, Role
from accreditation.rules.proposing import Content
from accreditation.rules.wishes import Wishes


def by_office(session: Session, now: CycleNow) -> bool:
    """Does the scheme have the college office confirm this cycle's review team?"""
    return editions.scheme_of(session, now.edition_digest).assignment.confirmed_by == "office"


def keep_proposal(
    session: Session,
    *,
    principal: Principal,
    round_id: int,
    waiting: Collection[CycleNow],
    content: Content,
    wishes: Wishes,
    fallen: Collection[Fallen],
    question: str,
    at: datetime,
    move: Move = Move.PROPOSE,
) -> Proposal | None:
    """Keep this as the round's newest proposal; None where the newest says the same of the cycles that wait.

    `waiting` are the cycles whose teams the office confirms, `fallen` the seats that it fixed and that can be kept no
    longer: it is told of each. `question` is the digest of what the answer depends on.
    """
    ids = {now.id for now in waiting}
    said = content.of(ids)
    last = proposals.newest(session, round_id)
    if last is None and not said.seats and not said.empty:
        return None
    same_wishes = proposals.wishes_of(last) == wishes
    if last is not None and same_wishes and proposals.content_of(session, last, cycles=ids).says_the_same(said):
        return None
    transition(stage=Stage.ASSIGNMENT, move=move, roles=(principal.role,))
    row = proposals.append(
        session, round_id=round_id, question=question, wishes=wishes, content=said, by=principal.name, at=at
    )
    fell = [one for one in fallen if one.wish.cycle in ids]
    detail = {"number": row.number, "question": question, **_content(said), **_wished(wishes, fell)}
    enter(session, at=at, by=principal, action=f"review:{move.value}", subject=f"round:{round_id}", detail=detail)
    if principal.role is Role.ENGINE:
        tell_office(session, row, cycle_id=min(ids), before=last, several=waiting, at=at)
    tell_fallen(session, row, fell, several=waiting, at=at)
    return row


def _content(said: Content) -> dict[str, Detail]:
    """What is proposed, as the ledger keeps it."""
    return {
        "teams": _teams(said),
        "empty": [{"cycle": one.cycle, "role": one.role, "missing": one.missing} for one in said.empty],
        "given_up": [{"cycle": one.cycle, "reviewer": one.reviewer} for one in said.left],
        "proven_best": said.proven,
    }


def _wished(wishes: Wishes, fell: Collection[Fallen]) -> dict[str, Detail]:
    """Which rules the office set aside for whom, and why, and what it fixed that holds no longer, as far as any."""
    told: dict[str, list[Detail]] = {
        "set_aside": [
            {"cycle": one.cycle, "reviewer": one.reviewer, "rules": list(one.whatever), "reason": one.reason}
            for one in wishes.seats
            if one.whatever
        ],
        "locks_fallen": [{"cycle": one.wish.cycle, "reviewer": one.wish.reviewer} for one in fell],
    }
    return {key: several for key, several in told.items() if several}


def _teams(content: Content) -> dict[str, Detail]:
    """Cycle -> its proposed team, as the ledger keeps it."""
    teams: dict[str, list[Detail]] = {}
    for one in content.seats:
        teams.setdefault(str(one.cycle), []).append({"reviewer": one.reviewer, "role": one.role, "how": one.how})
    return {cycle: list(members) for cycle, members in teams.items()}
