"""Who is told what about review teams and visits: whoever is asked, or asked no more; the service; the office.

Nobody but the office is told here what somebody answered, and nobody why: to a reviewer every end that is not theirs
reads the same.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from accreditation.actions.desk import Desk
from accreditation.actions.since import what_happened
from accreditation.database import Session
from accreditation.records import cycles, editions, invitations, notices, reviewers
from accreditation.records.cycles import CycleNow
from accreditation.records.invitations import Ending, Invitation
from accreditation.records.panels import PanelMember
from accreditation.records.proposals import Proposal
from accreditation.records.reviewers import Assignment
from accreditation.records.settlers import who_settles
from accreditation.records.visit_days import VisitDay
from accreditation.rules.afterwards import day_words
from accreditation.rules.cycle import Stage
from accreditation.rules.lasting import Fallen
from accreditation.rules.panels import PanelKind
from accreditation.rules.people import Role

MOST_TOLD = 5
"""So many of the things that led to a proposal are told in its notice; the proposal itself has all of them."""

NOT_THEIRS = frozenset({Ending.SERVICE_CONFLICT, Ending.TAKEN_OFF, Ending.CHANGED, Ending.DISSOLVED})
"""Ends of an invitation that its reviewer did not bring about."""


def tell_asked(desk: Desk, asked: Collection[Invitation], proposal: Proposal) -> None:
    """Tell these reviewers that they are asked, and the service's lead that reviewers are named to it."""
    for one in asked:
        in_time = f" {_until(one.reviewer_until)}" if one.reviewer_until else ""
        words = f"You are asked to review {_whose(desk.now)}.{in_time}"
        _tell_reviewer(desk.session, one, kind="visit_asked", words=words, at=desk.at)
    until = next((one.service_until for one in asked if one.service_until is not None), None)
    if until is not None:
        notices.tell(
            desk.session, inbox=notices.inbox(Role.TEAM_LEAD, desk.now.cycle.team_id), kind="reviewers_named",
            cycle_id=desk.cycle_id, about=f"proposal:{proposal.id}:{desk.cycle_id}", at=desk.at,
            words=f"Reviewers are named to your service: say whether it has a conflict with any. {_until(until)}",
        )  # fmt: skip


def tell_ended(session: Session, one: Invitation, how: Ending, at: datetime) -> None:
    """Tell the reviewer how it goes on, where they did not end the invitation themselves."""
    whose = _whose(cycles.now(session, one.cycle_id))
    if how is Ending.SEATED:
        _tell_reviewer(session, one, kind="review_begins", words=f"The review of {whose} begins.", at=at)
    elif how in NOT_THEIRS:
        words = f"You are not asked to review {whose} any more."
        _tell_reviewer(session, one, kind="visit_not_asked", words=words, at=at)


def tell_settlers(desk: Desk, *, criteria: int, findings: int) -> None:
    """Tell whoever settles in this review team that its consensus waits for them, or the office where nobody does.

    Nothing where nothing is left.
    """
    left = [
        f"{number} {noun if number == 1 else plural}"
        for number, noun, plural in ((criteria, "criterion", "criteria"), (findings, "finding", "findings"))
        if number
    ]
    if not left:
        return
    waits = "waits" if criteria + findings == 1 else "wait"
    settling = who_settles(desk.session, cycle_id=desk.cycle_id, scheme=desk.scheme).reviewers
    told = {notices.inbox(Role.REVIEWER, one): "for you to settle" for one in settling} or {
        notices.OFFICE: "to be settled, and nobody of the review team can by now: appoint one of them to settle"
    }
    for inbox, what in told.items():
        notices.tell(
            desk.session, inbox=inbox, kind="consensus_waits", cycle_id=desk.cycle_id, at=desk.at,
            about=f"consensus:{desk.cycle_id}:{desk.now.change.number}",
            words=f"Every review of {_whose(desk.now)} is handed in: {' and '.join(left)} {waits} {what}.",
        )  # fmt: skip


def tell_office(
    session: Session, proposal: Proposal, *, cycle_id: int, before: Proposal | None, several: Collection[CycleNow],
    at: datetime,
) -> None:  # fmt: skip
    """Tell the office that there is something to confirm, and what happened since the proposal before it."""
    name = cycles.get_round(session, proposal.round_id).name
    since = [] if before is None else what_happened(session, before, several)
    why = f" Since proposal {before.number}: {_some(since)}." if before is not None and since else ""
    notices.tell(
        session, inbox=notices.OFFICE, kind="proposal_made", cycle_id=cycle_id, about=f"proposal:{proposal.id}",
        words=f"Proposal {proposal.number} of the round '{name}' waits to be looked at.{why}", at=at,
    )  # fmt: skip


def tell_fallen(
    session: Session, proposal: Proposal, fallen: Collection[Fallen], *, several: Collection[CycleNow], at: datetime
) -> None:
    """Tell the office of each seat that it fixed and that can be kept no longer, and why."""
    teams = {now.id: _whose(now) for now in several}
    for one in fallen:
        wish = one.wish
        who, role = reviewers.get(session, wish.reviewer).name, wish.role.replace("_", " ")
        notices.tell(
            session, inbox=notices.OFFICE, kind="lock_fallen", cycle_id=wish.cycle, at=at,
            about=f"proposal:{proposal.id}:{wish.cycle}:{wish.reviewer}", words=f"{who} cannot be kept as {role} of "
            f"{teams[wish.cycle]}, where you fixed the seat: {one.why}. Proposal {proposal.number} is worked out "
            "without that.",
        )  # fmt: skip


def tell_dated(desk: Desk, row: VisitDay) -> None:
    """Tell whoever sits in the review team or is asked to, and the service's lead, on which days the visit is."""
    first, last = day_words(row.first), day_words(row.last)
    when = f"on {first}" if row.first == row.last else f"from {first} to {last}"
    ids = [desk.cycle_id]
    sitting = {one.reviewer_id for one, _ in reviewers.sitting(desk.session, cycle_ids=ids)}
    asked = {one.reviewer_id for one, _ in invitations.open_ones(desk.session, cycle_ids=ids)}
    inboxes = [notices.inbox(Role.REVIEWER, one) for one in sorted(sitting | asked)]
    for inbox in (notices.inbox(Role.TEAM_LEAD, desk.now.cycle.team_id), *inboxes):
        notices.tell(
            desk.session, inbox=inbox, kind="visit_dated", cycle_id=desk.cycle_id, at=desk.at,
            about=f"visit:{desk.cycle_id}:{row.number}", words=f"The visit to {_whose(desk.now)} is {when}.",
        )  # fmt: skip


def tell_at_two_visits(desk: Desk, row: VisitDay, *, name: str, why: str) -> None:
    """Tell the office that somebody sits in this team who is elsewhere on a day that its visit has by now."""
    notices.tell(
        desk.session, inbox=notices.OFFICE, kind="two_visits_at_once", cycle_id=desk.cycle_id, at=desk.at,
        about=f"visit:{desk.cycle_id}:{row.number}:{name}", words=f"{name} sits in the team of {_whose(desk.now)} and "
        f"{why}: choose other days, or take them off one of the teams.",
    )  # fmt: skip


def tell_conflict_since(session: Session, seat: Assignment, *, at: datetime) -> None:
    """Tell the office that somebody came into conflict with a service after handing in the review of it."""
    name, now = reviewers.get(session, seat.reviewer_id).name, cycles.now(session, seat.cycle_id)
    notices.tell(
        session, inbox=notices.OFFICE, kind="conflict_after_review", cycle_id=seat.cycle_id, about=f"seat:{seat.id}",
        words=f"{name} has a conflict of interest with {_whose(now)} by now, and had "
        "handed in the review of it before. The review counts all the same: take them off while the review lasts, or "
        f"let the committee weigh it.{_settles_no_more(session, seat, now)}", at=at,
    )  # fmt: skip


UNSETTLED = frozenset({Stage.ASSIGNMENT, Stage.REVIEW, Stage.CONSENSUS, Stage.FACTUAL_ACCURACY})
"""Stages in which somebody of the review team settles something still."""


def _settles_no_more(session: Session, seat: Assignment, now: CycleNow) -> str:
    """What is the office to do where whoever sits there would settle? Nothing, where they would not."""
    scheme = editions.scheme_of(session, now.edition_digest)
    stands = who_settles(session, cycle_id=now.id, scheme=scheme)
    if now.stage not in UNSETTLED or seat.reviewer_id not in stands.barred:
        return ""
    when = "" if now.stage in (Stage.CONSENSUS, Stage.FACTUAL_ACCURACY) else " once the consensus begins"
    return f" They settle nothing more: appoint another of the team to settle{when}."


def tell_panel_conflict(session: Session, member: PanelMember, *, why: str, at: datetime) -> None:
    """Tell the office that somebody in a panel came into conflict with the service, and which; not why one is."""
    name = reviewers.get(session, member.reviewer_id).name
    notices.tell(
        session, inbox=notices.OFFICE, kind="panel_in_conflict", cycle_id=member.cycle_id,
        about=f"panel_member:{member.id}", words=f"{name} sits in {PanelKind(member.kind).words} about "
        f"{_whose(cycles.now(session, member.cycle_id))}, and cannot any more: {why}. Name another in their place.",
        at=at,
    )  # fmt: skip


def _some(words: Sequence[str]) -> str:
    more = len(words) - MOST_TOLD
    return "; ".join([*words[:MOST_TOLD], *([f"and {more} more"] if more > 0 else [])])


def _tell_reviewer(session: Session, one: Invitation, *, kind: str, words: str, at: datetime) -> None:
    notices.tell(
        session, inbox=notices.inbox(Role.REVIEWER, one.reviewer_id), kind=kind, cycle_id=one.cycle_id,
        about=f"invitation:{one.id}", words=words, at=at,
    )  # fmt: skip


def _until(until: datetime) -> str:
    return f"Answer until {day_words(until.date())}, {until:%H:%M} UTC."


def _whose(now: CycleNow) -> str:
    return f"{now.team.name}, {now.organisation.name}"
