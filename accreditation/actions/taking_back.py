"""Whether what is attached can still be taken back or changed: what was submitted stays as reviewers found it."""

from accreditation.actions.answer_request import WHERE_ASKED
from accreditation.actions.desk import Desk
from accreditation.errors import MoveNotAllowed, NotFound
from accreditation.records import evidence_items, evidence_requests
from accreditation.records.evidence_items import EvidenceItem
from accreditation.rules.cycle import Move
from accreditation.rules.library import may_take_back
from accreditation.rules.moves import allowed

Attached = tuple[EvidenceItem, tuple[str, ...]]
"""A file that stands in a cycle, and the criteria that it answers."""


def item_of(desk: Desk, evidence_id: int) -> EvidenceItem:
    """The item of this cycle with this id, whether it stands or not. Raises NotFound."""
    item = evidence_items.get(desk.session, evidence_id)
    if item.cycle_id != desk.cycle_id:
        raise NotFound(evidence_items.NO_SUCH)
    return item


def open_item(desk: Desk, evidence_id: int) -> Attached:
    """The item that stands and can be taken back or changed now. Raises NotFound, and MoveNotAllowed where it cannot.

    Whoever calls asks the cycle's table first, which says in which stages this is possible at all.
    """
    standing = {item.id: (item, names) for item, names, _ in evidence_items.of_cycle(desk.session, desk.cycle_id)}
    if evidence_id not in standing:
        raise NotFound(evidence_items.NO_SUCH)
    item, criteria = standing[evidence_id]
    if desk.now.stage not in WHERE_ASKED:
        return item, criteria
    asked = evidence_requests.asked_for(desk.session, desk.cycle_id, desk.at)
    if may_take_back(criteria=criteria, attached_at=item.at, asked=asked):
        return item, criteria
    raise MoveNotAllowed(
        f"'{item.title}' is submitted, and reviewers judge it as it is. Only what was attached because a reviewer "
        "asked for more can be taken back, while there is time to answer. Attach a newer version where one is asked "
        "for, or tell the college office.",
        stage=desk.now.stage.value,
        allowed=[str(one) for one in allowed(desk.now.stage) if one.move is not Move.WITHDRAW_EVIDENCE],
    )
