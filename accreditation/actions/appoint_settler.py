"""The college office appoints another member of the review team to settle, where whoever settles cannot go on."""

from datetime import datetime

from accreditation.actions.desk import Desk, open_cycle
from accreditation.actions.impartial import check_not_of_it
from accreditation.actions.wording import check_reason_of
from accreditation.database import Database
from accreditation.errors import Invalid, NotFound, Stale
from accreditation.records import cycles, notices, peers, proposals, reviewers, reviews, settlers
from accreditation.records.reviewers import Assignment
from accreditation.records.settlers import SettlerAppointment, Settlers
from accreditation.rules.conflicts import conflicts_between
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.people import Principal, Role
from accreditation.rules.permissions import Permission
from accreditation.rules.settling import Sitter, faults_of_settler, instead


def appoint_settler(
    database: Database,
    *,
    principal: Principal,
    cycle_id: int,
    reviewer_id: int,
    seen_version: int,
    reason: str,
    at: datetime,
) -> bool:
    """From now on this member of the review team settles, and nobody else; says whether that is new.

    What everybody rated and handed in, and what was settled, stands. Whoever settles already is not appointed again:
    that changes nothing. `seen_version` is how many appointments the office saw. Raises NotFound for somebody who does
    not sit in the team, Stale where another appointment came first, Invalid for somebody who cannot settle,
    and NotPermitted for an office that is of the service.
    """
    with database.writing() as session:
        desk = open_cycle(session, principal=principal, permission=Permission.REVIEW_APPOINT, cycle_id=cycle_id, at=at)
        check_reason_of(reason, hospital_numbers=desk.scheme.evidence_rules.hospital_numbers)
        desk.transition(Move.APPOINT_SETTLER)
        check_not_of_it(desk, what="appoint who settles")
        stands = settlers.who_settles(session, cycle_id=cycle_id, scheme=desk.scheme)
        team = _team(desk, stands)
        if reviewer_id not in team:
            raise NotFound(
                f"Reviewer {reviewer_id} does not sit in this review team. Allowed: {instead(team.values())}."
            )
        if team[reviewer_id].settles:
            return False
        _check_seen(stands, seen_version)
        if faults := faults_of_settler(team[reviewer_id], team=team.values()):
            raise Invalid(faults)
        _appoint(desk, stands, reviewer_id, reason.strip())
        return True


def _team(desk: Desk, stands: Settlers) -> dict[int, Sitter]:
    """Everybody who sits in the review team, by reviewer, with what keeps them from settling."""
    rows = reviewers.sitting(desk.session, cycle_ids=[desk.cycle_id])
    done = reviews.handed_in(desk.session, [seat.id or 0 for seat, _ in rows])
    apart = _conflicts(desk, frozenset(seat.reviewer_id for seat, _ in rows))
    return {
        seat.reviewer_id: Sitter(
            reviewer=seat.reviewer_id, name=who.name, title=desk.scheme.title_of(seat.role),
            observes=desk.scheme.observes(seat.role), handed_in=seat.id in done,
            settles=seat.reviewer_id in stands.reviewers, conflicts=apart[seat.reviewer_id],
        )
        for seat, who in rows
    }  # fmt: skip


def _conflicts(desk: Desk, sitting: frozenset[int]) -> dict[int, tuple[str, ...]]:
    """Reviewer -> what sets them apart from the service by now; why a conflict was declared is not part of it.

    A rule that the office set aside for their seat does not.
    """
    aside = proposals.waived(desk.session, [desk.now.cycle.round_id])
    (visit,) = peers.visits_asked(desk.session, [desk.now])
    declared = peers.declared_about(desk.session, [desk.now], sitting)
    return {
        one.id: tuple(
            found.reason
            for found in conflicts_between(
                reviewer=one,
                visit=visit,
                rules=desk.scheme.assignment,
                declared=declared,
                at=cycles.get_round(desk.session, desk.now.cycle.round_id).opened_at.date(),
            )
            if (desk.cycle_id, one.id, found.kind) not in aside
        )
        for one in peers.reviewers_asked(desk.session, sitting)
    }


def _check_seen(stands: Settlers, seen: int) -> None:
    if seen == stands.version:
        return
    names = " and ".join(who.name for _, who in stands.seats) or "nobody"
    raise Stale(
        f"Another appointment came first: {names} settles now (version {stands.version}; you saw {seen}). Nothing was "
        f"changed. To appoint somebody else all the same, send again with version {stands.version}.",
        where="settler", current_version=stands.version, current=sorted(stands.reviewers),
    )  # fmt: skip


def _appoint(desk: Desk, stands: Settlers, reviewer_id: int, reason: str) -> None:
    """Keep it, tell whoever settles from now on, and enter it with its reason, which the college alone reads."""
    seat = _seat(desk, reviewer_id)
    number = stands.version + 1
    desk.session.add(
        SettlerAppointment(
            cycle_id=desk.cycle_id, number=number, assignment_id=seat.id or 0, reason=reason, by=desk.principal.name,
            at=desk.at,
        )
    )  # fmt: skip
    desk.session.flush()
    notices.tell(
        desk.session, inbox=notices.inbox(Role.REVIEWER, reviewer_id), kind="settler_appointed",
        cycle_id=desk.cycle_id, about=f"settler:{desk.cycle_id}:{number}", words=_words(desk), at=desk.at,
    )  # fmt: skip
    desk.enter(
        "review:appoint",
        {
            "number": number, "reviewer": reviewer_id, "seat": seat.id, "role": seat.role,
            "instead_of": sorted(stands.reviewers), "reason": reason,
        },
    )  # fmt: skip


def _seat(desk: Desk, reviewer_id: int) -> Assignment:
    rows = reviewers.sitting(desk.session, cycle_ids=[desk.cycle_id], reviewer_id=reviewer_id)
    return rows[0][0]


def _words(desk: Desk) -> str:
    whose = f"{desk.now.team.name}, {desk.now.organisation.name}"
    what = (
        "you settle what the reviewers differ on, and what they found"
        if desk.now.stage is Stage.CONSENSUS
        else "you answer what the team says is not accurate"
    )
    return f"The college office appointed you in the review of {whose}: from now on {what}."
