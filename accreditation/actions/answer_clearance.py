"""What people do about a file that is kept back: the team explains it, the college office answers, or has it looked at
again. Each step has its reason, and is one of the table of clearances.
"""

from datetime import datetime

from accreditation.actions.clearing import attached, standing, take_step
from accreditation.actions.desk import Desk, open_cycle
from accreditation.actions.impartial import check_not_of_it
from accreditation.actions.wording import check_reason
from accreditation.database import Database
from accreditation.errors import NotFound, Stale
from accreditation.records import evidence_items, jobs, tombstones
from accreditation.records.clearances import Stands
from accreditation.records.evidence_items import EvidenceItem
from accreditation.rules.clearance import Outcome, State, Step
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission

REACHED = {Step.EXPLAIN: State.EXPLAINED, Step.RELEASE: State.RELEASED, Step.UPHOLD: State.UPHELD}
"""Steps of people that leave their words standing, and the state in which they stand."""

NOT_STANDING = "There is no such file in this cycle, or it was withdrawn, or another file stands in its place."

READ_NEXT = frozenset({Step.LOOK_AGAIN, Step.RELEASE})
"""Steps after which the engine reads the file: to look at it again, or to say which criteria it may answer."""


def explain_evidence(
    database: Database, *, principal: Principal, cycle_id: int, evidence_id: int, reason: str, seen_version: int,
    at: datetime,
) -> State:  # fmt: skip
    """The team says why no patient can be told from the file; says how it stands now.

    The same words again change nothing. `seen_version` is the clearance that was on the screen. Raises NotFound,
    Invalid, Stale, and Contradiction where there is nothing to explain.
    """
    with database.writing() as session:
        desk = open_cycle(
            session, principal=principal, permission=Permission.EVIDENCE_EXPLAIN, cycle_id=cycle_id, at=at
        )
        return _step(desk, evidence_id, Step.EXPLAIN, reason, seen_version, entered="evidence:explain")


def answer_clearance(
    database: Database, *, principal: Principal, cycle_id: int, evidence_id: int, step: Step, reason: str,
    seen_version: int, at: datetime,
) -> State:  # fmt: skip
    """The college office releases a file that is explained, upholds that it is kept back, or has it looked at again.

    The same answer again changes nothing. `seen_version` is the clearance that was on the screen, so that nobody
    answers words that were not read. Raises NotFound, Invalid, Stale, Contradiction for a step that is none now, and
    NotPermitted where somebody of the service releases or upholds.
    """
    with database.writing() as session:
        desk = open_cycle(
            session, principal=principal, permission=Permission.EVIDENCE_RELEASE, cycle_id=cycle_id, at=at
        )
        if step is not Step.LOOK_AGAIN:
            check_not_of_it(desk, what="say whether its file is released")
        return _step(desk, evidence_id, step, reason, seen_version, entered="evidence:release")


def _step(desk: Desk, evidence_id: int, step: Step, reason: str, seen_version: int, *, entered: str) -> State:
    item = standing_file(desk, evidence_id)
    stands = standing(desk, [item])[evidence_id]
    if REACHED.get(step) is stands.state and stands.reason == reason.strip():
        return stands.state
    _check_seen(evidence_id, stands, seen_version)
    check_reason(reason, rules=desk.scheme.evidence_rules)
    if step in READ_NEXT:
        desk.follow_up(jobs.Kind.EVIDENCE)
    return take_step(desk, attached(item), stands, Outcome(step=step, reason=reason.strip()), entered=entered)


def standing_file(desk: Desk, evidence_id: int) -> EvidenceItem:
    """The file of this cycle that stands under this id.

    Raises NotFound where it was withdrawn or replaced, too, and Gone where it was deleted.
    """
    for item, _, _ in evidence_items.of_cycle(desk.session, desk.cycle_id):
        if item.id == evidence_id:
            tombstones.check_there(desk.session, item.version_id)
            return item
    raise NotFound(NOT_STANDING)


def _check_seen(evidence_id: int, stands: Stands, seen_version: int) -> None:
    if stands.version != seen_version:
        raise Stale(
            f"You answered step {seen_version} of this file, and it stands at step {stands.version}: it is "
            f"{stands.state.value}. Look at it again, then say what is to be done.",
            where=f"clearance of evidence {evidence_id}", current_version=stands.version,
            current={"state": stands.state.value, "reason": stands.reason},
        )  # fmt: skip
