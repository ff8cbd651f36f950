"""The engine's part of a review: what agrees by the scheme's rule settles itself; the rest goes to the lead."""

from datetime import datetime

from accreditation.actions.desk import Desk, entered, entered_finding, open_cycle
from accreditation.actions.reviewing import rating_seats
from accreditation.actions.telling import tell_settlers
from accreditation.database import Database, Session
from accreditation.ledger.chain import Detail
from accreditation.records import answers, findings, jobs, reviews
from accreditation.records.reviews import Settlement
from accreditation.rules.consensus import compare_reviews
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.people import ENGINE
from accreditation.rules.permissions import Permission


def close_review(database: Database, *, job_id: int, at: datetime) -> Stage | None:
    """Do what a machine can now for a cycle in review; says the stage it is in. None where the job is done already."""
    with database.writing() as session:
        cycle_id = jobs.carry_out(session, job_id=job_id, kind=jobs.Kind.REVIEW, at=at)
        if cycle_id is None:
            return None
        desk = _desk(session, cycle_id, at)
        if desk.now.stage is Stage.REVIEW and _settle_agreed(desk):
            desk.go(Move.CLOSE_REVIEW)
            desk = _desk(session, cycle_id, at)
            tell_settlers(desk, criteria=len(unsettled(desk)), findings=len(findings.unsettled(session, cycle_id)))
        if desk.now.stage is Stage.CONSENSUS and not unsettled(desk) and not findings.unsettled(session, cycle_id):
            desk.go(Move.CLOSE_CONSENSUS if desk.scheme.factual_accuracy is None else Move.SEND_REPORT)
            desk.enter("review:settled", {"criteria": len(desk.scheme.applicable(desk.now.profile))})
            desk = _desk(session, cycle_id, at)
        desk.enter("review:look", {"job": job_id, "stage": desk.now.stage.value})
        return desk.now.stage


def unsettled(desk: Desk) -> tuple[str, ...]:
    """Which criteria of this cycle are not settled yet, in the order of the standard?"""
    settled = reviews.settlements(desk.session, desk.cycle_id)
    return tuple(criterion.id for criterion in desk.scheme.applicable(desk.now.profile) if criterion.id not in settled)


def _desk(session: Session, cycle_id: int, at: datetime) -> Desk:
    return open_cycle(session, principal=ENGINE, permission=Permission.REVIEW_READ, cycle_id=cycle_id, at=at)


def _settle_agreed(desk: Desk) -> bool:
    """Settle what all agree on, by the scheme's rule, once everybody has handed in; says whether everybody has."""
    sitting = [assignment.id or 0 for assignment, _ in rating_seats(desk)]
    if not sitting or set(reviews.handed_in(desk.session, sitting)) != set(sitting):
        return False
    given = answers.review_ratings(desk.session, sitting)
    compared = compare_reviews(
        scheme=desk.scheme,
        criteria=desk.scheme.applicable(desk.now.profile),
        reviews=[{name: row.answer() for name, row in given[one].items()} for one in sitting],
    )
    settled = {"agreed": compared.agreed, "same_verdict": compared.lowered}
    desk.session.add_all(
        Settlement(
            cycle_id=desk.cycle_id, criterion=name, how=how, by=ENGINE.name, at=desk.at, **answers.columns(answer),
        )
        for how, some in settled.items()
        for name, answer in some.items()
    )  # fmt: skip
    desk.session.flush()
    nonces = reviews.nonces(desk.session, sitting)
    told: dict[str, Detail] = {
        str(one): {"nonce": nonces[one], "ratings": {name: entered(row.answer()) for name, row in given[one].items()}}
        for one in sitting
    }
    lowered: dict[str, Detail] = {name: entered(answer) for name, answer in compared.lowered.items()}
    same_verdict: dict[str, Detail] = {"same_verdict": lowered} if lowered else {}
    more = {**same_verdict, **_found(desk, sitting)}
    desk.enter("review:close", {"reviews": told, "differing": list(compared.differing), **more})
    return True


def _found(desk: Desk, seats: list[int]) -> dict[str, Detail]:
    """The findings of these seats as the ledger keeps them, by seat; nothing where nobody recorded any."""
    told: dict[str, Detail] = {
        str(seat): {key: entered_finding(row.draft()) for key, row in rows.items()}
        for seat, rows in findings.drafts(desk.session, seats).items()
        if rows
    }
    return {"findings": told} if told else {}
