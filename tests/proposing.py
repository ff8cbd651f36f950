"""The small college where the office confirms review teams: its scheme, and what its people do about a proposal."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from accreditation.actions.answer_seat import answer_for_service, answer_invitation
from accreditation.actions.arrange import Arranged, arrange
from accreditation.actions.confirm import confirm
from accreditation.actions.enrol import enrol
from accreditation.actions.rate import rate
from accreditation.actions.submit import submit
from accreditation.records import invitations, proposals
from accreditation.records.invitations import Said
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal
from accreditation.rules.wishes import Change
from accreditation.scheme.model import Scheme
from accreditation.wiring import House
from tests.remembered import once
from tests.walking import (
    ANSWERS,
    AT,
    CYCLE,
    LEAD,
    OFFICE,
    ROUND,
    SOUTH,
    STRANGER,
    attach,
    given,
    reviewer,
    scheme,
    walk,
    work,
)

ASKS = "service_answers: {within: {weeks: 1}, silence: no_conflict}, reviewer_answers: {within: {weeks: 1}}"
"""Both sides are asked, each for a week."""


def confirmed_by_office(asks: str = ASKS, **changes: str) -> Scheme:
    """The small scheme where the office confirms, and this is asked of whom."""
    rules = f"assignment: {{confirmed_by: office{', ' if asks else ''}{asks}}}\nconsensus: {{settled_by: lead}}"
    return scheme(**{"consensus: {settled_by: lead}": rules, **changes})


def to_proposal(house: House, *, edition: Scheme | None = None, both: bool = False) -> None:
    """North (and South) wait for a review team, and the engine has proposed one."""
    edition = edition or confirmed_by_office()
    once(house, ("to_proposal", both), lambda: _to_proposal(house, edition, both=both), of=edition)


def _to_proposal(house: House, edition: Scheme, *, both: bool) -> None:
    walk(house, Stage.ASSIGNMENT, edition=edition)
    if both:
        south_waits(house)
    work(house)


def south_waits(house: House) -> None:
    """South is enrolled and waits for a review team too, as cycle 2."""
    database = house.database
    enrol(database, principal=OFFICE, team_id=SOUTH, round_id=ROUND, profile={"hasu": False}, at=AT)
    rate(database, principal=STRANGER, cycle_id=2, given=given(ANSWERS), at=AT)
    submit(database, principal=STRANGER, cycle_id=2, stage=Stage.SELF_ASSESSMENT, at=AT)
    attach(house, cycle=2, by=STRANGER)
    work(house, Kind.EVIDENCE)
    submit(database, principal=STRANGER, cycle_id=2, stage=Stage.EVIDENCE, at=AT)


def number(house: House) -> int:
    """The number of the proposal that stands."""
    with house.database.reading() as session:
        row = proposals.newest(session, ROUND)
    assert row is not None
    return row.number


def proposed(house: House, cycle: int = CYCLE) -> dict[str, tuple[int, str]]:
    """Role -> who the newest proposal has in it, and how they came to it."""
    with house.database.reading() as session:
        row = proposals.newest(session, ROUND)
        assert row is not None
        return {
            one.role: (one.reviewer_id, one.how) for one in proposals.seats(session, row.id or 0, cycle_ids=[cycle])
        }


def asked(house: House, cycle: int = CYCLE) -> dict[str, int]:
    """Role -> who is asked to take it, and has not said no."""
    with house.database.reading() as session:
        return {one.role: one.reviewer_id for one, _ in invitations.open_ones(session, cycle_ids=[cycle])}


def invitation(house: House, role: str, cycle: int = CYCLE) -> int:
    """The id of the invitation to this seat that stands."""
    with house.database.reading() as session:
        rows = invitations.open_ones(session, cycle_ids=[cycle])
    return next(one.id or 0 for one, _ in rows if one.role == role)


def confirm_all(house: House, *, cycles: Sequence[int] | None = None, at: datetime = AT) -> tuple[int, ...]:
    """The office confirms the newest proposal (these cycles of it)."""
    return confirm(house.database, principal=OFFICE, round_id=ROUND, number=number(house), cycle_ids=cycles, at=at)


def change(house: House, wanted: Change) -> Arranged:
    """The office changes the newest proposal by hand."""
    return arrange(house.database, principal=OFFICE, round_id=ROUND, number=number(house), change=wanted, at=AT)


def says(
    house: House, role: str, said: Said = Said.ACCEPTS, *, reason: str = "", cycle: int = CYCLE, at: datetime = AT
) -> bool:
    """The reviewer who is asked to take this role answers."""
    who = reviewer(asked(house, cycle)[role])
    return answer_invitation(
        house.database, principal=who, invitation_id=invitation(house, role, cycle), said=said, reason=reason, at=at
    )


def service_says(
    house: House, role: str, *, conflict: bool = False, reason: str = "", by: Principal = LEAD, cycle: int = CYCLE
) -> bool:
    """The service says whether it has a conflict with the reviewer who is asked to take this role."""
    return answer_for_service(
        house.database, principal=by, cycle_id=cycle, reviewer_id=asked(house, cycle)[role], conflict=conflict,
        reason=reason, at=AT,
    )  # fmt: skip


def all_agree(house: House, *, cycle: int = CYCLE, by: Principal = LEAD) -> None:
    """The service has no conflict with anybody, and everybody who is asked accepts."""
    for role in asked(house, cycle):
        service_says(house, role, cycle=cycle, by=by)
        says(house, role, cycle=cycle)


def endings(house: House, cycle: int = CYCLE) -> Mapping[int, str]:
    """Reviewer -> how their (last) invitation ended."""
    with house.database.reading() as session:
        return {one.reviewer_id: end.how for one, end in invitations.over(session, cycle_ids=[cycle])}
