"""What carrying a cycle over to another edition would do, before it is done, and which edition its rules name."""

from datetime import date, datetime

from pydantic import Field

from accreditation.database import Database, Session
from accreditation.errors import Fault, Invalid, MoveNotAllowed
from accreditation.records import cycles, editions
from accreditation.records.held import held
from accreditation.rules.carrying_over import CarryOver, carry_over
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.moves import transition
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.rules.transition import InForce, judging
from accreditation.scheme.process import Event
from accreditation.views.looking import Looked, Shown, look


class JudgedBy(Shown):
    """The edition that judges a cycle by the scheme's own rule of transition. `settled` once nothing can change it."""

    edition: str
    edition_digest: str
    settled: bool
    because: str


class CarryOverPreview(Shown):
    """What carrying this cycle over would do. `would_do` is null where it runs on that edition already."""

    cycle: int
    edition: str
    edition_digest: str
    would_do: CarryOver | None
    leads_to: Stage = Field(description="The stage the cycle would be in.")
    judged_by: JudgedBy


def edition_for(database: Database, *, principal: Principal, cycle_id: int, named: str, where: str = "edition") -> str:
    """The digest of the edition of this cycle's scheme that is meant by a digest or a label.

    Raises Invalid, at `where`, with all there are where none or several could be meant.
    """
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.CYCLE_CARRY_OVER, cycle_id=cycle_id)
        return editions.named(session, named, scheme=looked.scheme.id, where=where)


def carry_over_preview(
    database: Database, *, principal: Principal, cycle_id: int, digest: str | None, at: datetime
) -> CarryOverPreview:
    """What would happen if this cycle went on under the edition with this digest? Nothing is written.

    Without a digest the edition that was published last is meant. Raises NotFound where it is not published, Invalid
    where it is one of another scheme; where it cannot be done at this stage, `would_do.refused` says why.
    """
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.CYCLE_CARRY_OVER, cycle_id=cycle_id)
        wanted = digest or editions.all_of(session, looked.scheme.id)[0].digest
        would_do = None if looked.now.edition_digest == wanted else _would_do(looked, wanted)
        return CarryOverPreview(
            cycle=cycle_id, edition=looked.scheme.edition, edition_digest=looked.now.edition_digest, would_do=would_do,
            leads_to=_leads_to(looked, would_do), judged_by=_judged_by(session, looked, at),
        )  # fmt: skip


def _would_do(looked: Looked, digest: str) -> CarryOver:
    session, now = looked.session, looked.now
    new = editions.scheme_of(session, digest)
    if new.id != looked.scheme.id:
        other = f"an edition of the scheme '{new.id}'"
        raise Invalid([Fault(where="edition", found=other, allowed=f"an edition of '{looked.scheme.id}'")])
    found = carry_over(
        old=looked.scheme, new=new, stage=now.stage, profile=now.profile, held=held(session, now.id, looked.scheme)
    )
    try:
        transition(stage=now.stage, move=Move.CARRY_OVER, roles=[looked.principal.role])
    except MoveNotAllowed as refusal:
        return found.model_copy(update={"refused": str(refusal)})
    return found


def _leads_to(looked: Looked, would_do: CarryOver | None) -> Stage:
    if would_do is None or would_do.refused:
        return looked.now.stage
    return transition(stage=looked.now.stage, move=would_do.move, roles=[looked.principal.role]).to


def _judged_by(session: Session, looked: Looked, at: datetime) -> JudgedBy:
    known = []
    for row in editions.all_of(session, looked.scheme.id):
        how = editions.scheme_of(session, row.digest).transition
        known.append(InForce(digest=row.digest, label=row.label, effective=row.effective_on, transition=how))
    found = judging(editions=known, events=_events(session, looked), at=at.date())
    return JudgedBy(
        edition=found.edition.label, edition_digest=found.edition.digest, settled=found.settled, because=found.because
    )


def _events(session: Session, looked: Looked) -> dict[Event, date]:
    """The days on which what can fix an edition happened. A review that has begun counts as the visit."""
    happened: dict[Event, date] = {"enrolled": looked.now.cycle.enrolled_at.date()}
    for change in cycles.history(session, looked.cycle_id):
        if change.to_stage == Stage.SELF_ASSESSMENT:
            happened.pop("submitted", None)
            happened.pop("visited", None)
        if change.move == Move.SUBMIT and change.to_stage == Stage.ASSIGNMENT:
            happened["submitted"] = change.at.date()
        if change.to_stage == Stage.REVIEW:
            happened.setdefault("visited", change.at.date())
    return happened
