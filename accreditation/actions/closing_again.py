"""A file that others could open is looked into once more, and now something is found: it is closed again.

A virus scanner knows more signatures than it did, and a search finds what an older one did not.
"""

from datetime import datetime

from accreditation.actions.clearing import File, attached, kept, rules_of, stands_now, take_step
from accreditation.actions.desk import Desk, open_cycle
from accreditation.database import Database
from accreditation.evidence.examining import Examined
from accreditation.records import clearances, evidence_items, notices, tombstones
from accreditation.rules.clearance import STATE_MEANINGS, Outcome, State, Step, never_taken, outcome
from accreditation.rules.library import Version
from accreditation.rules.people import ENGINE
from accreditation.rules.permissions import Permission
from accreditation.scheme.process import EvidenceRules


def close_again(
    database: Database, *, cycle_id: int, version: Version, found: Examined, rules: EvidenceRules, at: datetime
) -> bool:  # fmt: skip
    """Does what was found close this file, which could be opened? Then it is closed, and team and office are told.

    What may do harm closes it under all rules by which it was open; what these rules forbid, under them alone. A page
    that could not be read this time, and what was found in a file that the office released, close nothing.
    """
    decided = outcome(
        kind=found.kind, size=version.size, refusals=found.refusals, hits=found.hits, unread=(), held=found.held,
        rules=rules,
    )  # fmt: skip
    if decided.step not in (Step.REFUSE, Step.QUARANTINE):
        return False
    harm = bool(found.refusals) and not never_taken(kind=found.kind or "", size=version.size, rules=rules)
    with database.writing() as session:
        desk = open_cycle(session, principal=ENGINE, permission=Permission.EVIDENCE_READ, cycle_id=cycle_id, at=at)
        if desk.scheme.evidence_rules != rules or tombstones.of_version(session, version.id) is not None:
            return False
        file = _file(desk, version)
        before = stands_now(desk, file)
        if not ((before.open and decided.step in _CLOSED_BY[before.state]) or (before.state is State.WAITING and harm)):
            return False
        state = take_step(desk, file, before, decided, kind=found.kind or "", entered="evidence:clearance")
        if harm:
            _close_under_others(desk, version, decided)
        _tell_office(desk, version, state)
    return True


_CLOSED_BY = {
    State.CLEARED: frozenset({Step.REFUSE, Step.QUARANTINE}),
    State.RELEASED: frozenset({Step.REFUSE}),  # the office has read why no patient can be told from it
}


def _file(desk: Desk, version: Version) -> File:
    """The file as evidence of this cycle, where it is any; else as what the team keeps."""
    items = (item for item, _, _ in evidence_items.living(desk.session, desk.cycle_id))
    item = next((one for one in items if one.version_id == version.id), None)
    return kept(version) if item is None else attached(item)


def _close_under_others(desk: Desk, version: Version, decided: Outcome) -> None:
    """Close it under the rules of other editions too, by which it is open: harm is harm by all of them."""
    for rules, stands in clearances.under_all_rules(desk.session, version.id).items():
        if rules != rules_of(desk) and stands.open:
            clearances.append(
                desk.session, version_id=version.id, rules=rules, state=State.REFUSED, kind=stands.kind,
                reason=decided.reason, by=ENGINE.name, at=desk.at,
            )  # fmt: skip


def _tell_office(desk: Desk, version: Version, state: State) -> None:
    """Tell the office of every place where it is evidence; what a team only keeps is its own business."""
    for item, _ in evidence_items.of_versions(desk.session, [version.id]):
        notices.tell(
            desk.session, inbox=notices.OFFICE, kind="evidence_closed_again", cycle_id=item.cycle_id,
            about=f"closed-again:{item.id}:{desk.at.date()}", at=desk.at,
            words=f"Evidence {item.id} of cycle {item.cycle_id} could be opened, and a newer look closed it: it is "
            f"{state.value}: {STATE_MEANINGS[state]}. Nobody but its team can open it now.",
        )  # fmt: skip
