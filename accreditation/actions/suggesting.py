"""The engine reads what a team's documents say and suggests which criteria they may answer: a person confirms.

Only what may be opened is read: a file that its team must replace needs no criterion. What a document says is kept
nowhere; the criteria are, with words of their own wording.
"""

import logging
from datetime import datetime

from accreditation.actions.clearing import rules_of
from accreditation.actions.closing_again import close_again
from accreditation.actions.desk import Desk, enter, open_cycle
from accreditation.actions.examining import MOST_AT_ONCE, Examine, Look, looking
from accreditation.database import Database
from accreditation.errors import Unavailable
from accreditation.evidence.examining import Examined
from accreditation.records import clearances, library_items, placings
from accreditation.rules.clearance import MOST_NAMED, Step, outcome
from accreditation.rules.cycle import TEAMS_TURN
from accreditation.rules.library import Version
from accreditation.rules.people import ENGINE
from accreditation.rules.permissions import Permission
from accreditation.rules.placing import Suggestion, suggest
from accreditation.scheme.model import Scheme
from accreditation.scheme.process import EvidenceRules

log = logging.getLogger(__name__)

MOST_KEPT = 6
"""So many criteria are kept for a document: more than are shown, as some do not apply to every service."""


def suggest_places(database: Database, *, cycle_id: int, examine: Examine, at: datetime) -> tuple[bool, str]:
    """Read the documents of the cycle's team that were never held against the wording of its edition.

    The newest version of each, where it may be opened by the rules of the cycle, or by those under which it was looked
    at, and where the team still attaches. Says whether some are left, and why we were stopped, where we were.
    """
    with database.reading() as session:
        desk = open_cycle(session, principal=ENGINE, permission=Permission.EVIDENCE_READ, cycle_id=cycle_id, at=at)
        unread = _unread(desk)
    wanted = [(one.digest, one.file_name) for one in unread[:MOST_AT_ONCE]]
    try:
        with looking(examine, wanted, desk.scheme.evidence_rules) as looks:
            for version, look in zip(unread, looks, strict=False):
                found, rules = _found(look), desk.scheme.evidence_rules
                if not isinstance(found, str) and close_again(
                    database, cycle_id=cycle_id, version=version, found=found, rules=rules, at=at
                ):
                    continue  # it needs no place now; once it may be opened again it is read again
                said, why = ("", found) if isinstance(found, str) else _read(found, version, rules)
                suggest_for(database, cycle_id, desk.scheme, version.id, said, unread=why, at=at)
    except Unavailable as reason:
        return True, str(reason)
    return len(unread) > MOST_AT_ONCE, ""


def suggest_for(
    database: Database, cycle_id: int, scheme: Scheme, version_id: int, text: str, *, unread: str = "", at: datetime
) -> None:
    """Keep which criteria of this scheme a version with this text may answer; what is kept already stands.

    `unread` says why there is no text, where there is none to be read.
    """
    found = _likely(text, scheme)
    with database.writing() as session:
        if placings.keep(session, version_id=version_id, edition=scheme.digest, found=found, unread=unread, at=at):
            # Which criteria is the team's alone to read, so it is not entered: the college reads the ledger.
            detail = {"version": version_id, "suggested": len(found)}
            enter(
                session, at=at, by=ENGINE, action="evidence:suggest", subject=f"cycle:{cycle_id}", detail=detail
            )  # fmt: skip


def _unread(desk: Desk) -> list[Version]:
    if desk.now.stage not in TEAMS_TURN:
        return []
    newest = [item.newest for item in library_items.in_hand(desk.session, desk.now.cycle.team_id)]
    ids = [one.id for one in newest]
    stands = clearances.standing_anywhere(desk.session, ids, rules_of(desk))
    read = placings.placed(desk.session, ids, desk.scheme.digest)
    return [one for one in newest if stands[one.id].open and one.id not in read]


def _found(look: Look) -> Examined | str:
    """What was found in the file; or why that is not known, which is no reason to try for ever. Raises Unavailable."""
    try:
        return look()
    except Unavailable:
        raise
    except Exception as error:  # an examiner may fail in any way; words of its error may repeat the file's
        log.warning("A document could not be read to place it (%s).", type(error).__name__)
        return f"reading it failed ({type(error).__name__})"


def _read(found: Examined, version: Version, rules: EvidenceRules) -> tuple[str, str]:
    """What the file says, and else why that is not known."""
    here = outcome(
        kind=found.kind, size=version.size, refusals=found.refusals, hits=(), unread=(), held=found.held,
        rules=rules,
    )  # fmt: skip
    if here.step is Step.REFUSE:
        return "", f"this scheme does not take it: {here.reason}"
    if here.step is Step.HOLD:
        return "", f"it could not be read: {here.reason}"
    unread = "" if found.text or not found.unread else f"it could not be read: {', '.join(found.unread[:MOST_NAMED])}"
    return found.text, unread


def _likely(text: str, scheme: Scheme) -> tuple[Suggestion, ...]:
    """What the text may answer; nothing where working it out fails, so that no check of a file waits for a help."""
    try:
        return suggest(text, criteria=scheme.criteria, most=MOST_KEPT)
    except Exception as error:  # whatever a text does to it; words of the error may repeat the text
        log.warning("What a document may answer could not be worked out (%s).", type(error).__name__)
        return ()
