"""What an edition gives a service that holds an award: time before what is new in it counts."""

from datetime import date

from accreditation.actions.desk import Desk
from accreditation.records import aftermath, awards, editions
from accreditation.rules.scoring import Standing, score
from accreditation.rules.transition import spared, with_grace
from accreditation.scheme.answer import Answers
from accreditation.scheme.model import Scheme


def as_judged(desk: Desk, settled: Answers, *, on: date) -> Answers:
    """The settled answers as they count on this day: what is unmet, new in the edition and within its grace, leaves."""
    scheme = desk.scheme
    if scheme.transition.grace is None:
        return settled
    spare = spared(old=_before(desk), new=scheme, holds_award=_holds_award(desk, on), at=on)
    if not spare:
        return settled
    standing = score(scheme=scheme, profile=desk.now.profile, answers=settled, by="reviewer")
    unmet = frozenset(standing.standing(Standing.NOT_MET, Standing.NOT_ANSWERED))
    return with_grace(answers=settled, unmet=unmet, spared=spare)


def _before(desk: Desk) -> Scheme | None:
    """The edition in force before this one; None where this is the first."""
    older = [row for row in editions.all_of(desk.session, desk.scheme.id) if row.effective_on < desk.scheme.effective]
    newest = max(older, key=lambda row: row.effective_on, default=None)
    return None if newest is None else editions.scheme_of(desk.session, newest.digest)


def _holds_award(desk: Desk, on: date) -> bool:
    """Does another cycle of this team give it an award of this scheme that is valid on this day?"""
    for decision, cycle, publication in awards.decided(desk.session, team_id=desk.now.team.id or 0):
        if publication is None or cycle.id == desk.cycle_id:
            continue
        scheme = editions.scheme_of(desk.session, publication.edition_digest)
        found = aftermath.aftermath(desk.session, decision.cycle_id)
        if scheme.id != desk.scheme.id or found is None:
            continue
        until = found.stands.valid_until
        if scheme.outcome(found.stands.outcome).awarded and (until is None or until >= on):
            return True
    return False
