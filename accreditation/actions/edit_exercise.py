"""The office edits the draft of an exercise, criterion by criterion: what is told, what is dropped, the reference."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from accreditation.actions.desk import enter, entered
from accreditation.actions.exercising import open_draft
from accreditation.actions.wording import faults_of_prose
from accreditation.database import Database, Session
from accreditation.errors import Fault, Invalid, NotFound, Stale
from accreditation.ledger.chain import Detail
from accreditation.records import calibration
from accreditation.records.calibration import CalibrationItem
from accreditation.rules.answering import faults_of_answer
from accreditation.rules.calibration import Item, without_names
from accreditation.rules.consensus import same_answer
from accreditation.rules.people import Principal
from accreditation.scheme.answer import Answer
from accreditation.scheme.model import Scheme


class ItemChange(BaseModel):
    """What is told of a criterion from now on. What is None stays as it is; an empty text is dropped.

    `note` is the team's note and `evidence` what is said of its evidence; the note of `reference` is the reason that
    is told after the hand-in, and `reason` why the reference is another than what was settled, for the college.
    """

    model_config = ConfigDict(frozen=True)

    note: str | None = None
    evidence: str | None = None
    reference: Answer | None = None
    reason: str = ""
    left_out: bool | None = None


def edit_exercise(
    database: Database, *, principal: Principal, exercise_id: int, criterion: str, change: ItemChange,
    seen_version: int, at: datetime,
) -> int:  # fmt: skip
    """Change what the draft tells of this criterion; says its version now. The same again changes nothing.

    Known names are blanked in what the office writes, too. Raises Stale where somebody changed it meanwhile, and
    Contradiction once the exercise is confirmed.
    """
    asked = _Asked(principal=principal, exercise_id=exercise_id, criterion=criterion, change=change, seen=seen_version)
    with database.reading() as session:
        searched = _edited(session, asked)
        if searched is not None:
            _check(searched, searched=False)
    with database.writing() as session:
        edited = _edited(session, asked)
        if edited is None:
            return calibration.items(session, exercise_id)[criterion].version
        _check(edited, searched=searched is not None and searched.texts == edited.texts)
        row = CalibrationItem(
            exercise_id=exercise_id, criterion=criterion, version=edited.version, content=edited.item.model_dump_json(),
            reason=edited.reason if edited.departs else "", by=principal.name, at=at,
        )  # fmt: skip
        session.add(row)
        detail: dict[str, Detail] = {
            "criterion": criterion, "version": row.version, "left_out": edited.item.left_out,
            "team": entered(edited.item.team), "reference": entered(edited.item.reference), "reason": row.reason,
        }  # fmt: skip
        enter(
            session, at=at, by=principal, action="calibration:edit", subject=f"calibration:{exercise_id}", detail=detail
        )
        return row.version


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What is asked of which item."""

    principal: Principal
    exercise_id: int
    criterion: str
    change: ItemChange
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edited:
    """The item as it would be told; `departs` where its reference is another than what was settled."""

    scheme: Scheme
    item: Item
    version: int
    reason: str
    departs: bool

    @property
    def texts(self) -> Mapping[str, str]:
        """What people wrote in it, by what it is."""
        item = self.item
        return {
            "note": item.team.note, "evidence": item.evidence, "reference": item.reference.note, "reason": self.reason,
        }  # fmt: skip


def _edited(session: Session, asked: _Asked) -> _Edited | None:
    """What would this edit make of what stands now? None where it changes nothing."""
    draft = open_draft(session, principal=asked.principal, exercise_id=asked.exercise_id)
    standing = draft.items.get(asked.criterion)
    if standing is None:
        raise NotFound(f"The exercise has no criterion {asked.criterion}.")
    before, said = standing.item(), asked.change.reason.strip()
    item = without_names(_changed(before, asked.change), calibration.known_names(session, draft.row.cycle_id))
    if item == before and said in ("", standing.reason):
        return None
    _check_seen(standing, asked.seen, by=asked.principal)
    first = calibration.first_items(session, asked.exercise_id)[asked.criterion].item()
    return _Edited(
        scheme=draft.scheme, item=item, version=standing.version + 1, reason=said or standing.reason,
        departs=not same_answer(item.reference, first.reference),
    )  # fmt: skip


def _changed(item: Item, change: ItemChange) -> Item:
    told: dict[str, object] = {}
    if change.note is not None:
        told["team"] = item.team.model_copy(update={"note": change.note.strip()})
    if change.evidence is not None:
        told["evidence"] = change.evidence.strip()
    if change.reference is not None:
        told["reference"] = change.reference
    if change.left_out is not None:
        told["left_out"] = change.left_out
    return item.model_copy(update=told)


def _check_seen(standing: CalibrationItem, seen_version: int, *, by: Principal) -> None:
    if seen_version != standing.version:
        who = "you, in another window" if standing.by == by.name else standing.by
        raise Stale(
            f"Version {standing.version} of criterion {standing.criterion} stands, by {who}; you saw "
            f"{seen_version}. Nothing of yours was kept here: compare the two, then send again.",
            where=standing.criterion, current_version=standing.version,
            current=standing.item().model_dump(mode="json"),
        )  # fmt: skip


def _check(edited: _Edited, *, searched: bool) -> None:
    """Can this be told, and is the reference an answer? Raises Invalid naming every fault.

    Its texts were `searched` for patients already, or are now: that takes long for long ones.
    """
    item = edited.item
    where = f"criterion {item.criterion}"
    texts = {} if searched else edited.texts
    faults = [fault for name, text in texts.items() for fault in faults_of_prose(f"{where}, {name}", text)]
    about = edited.scheme.by_id[item.criterion]
    faults += faults_of_answer(criterion=about, answer=item.reference, scheme=edited.scheme, by="reviewer")
    if item.reference.state == "not_answered":
        faults.append(Fault(where=where, found="no reference", allowed="a rating, or leave the criterion out"))
    if edited.departs and not edited.reason:
        allowed = "say why it is another answer than what was settled, in a sentence"
        faults.append(Fault(where=f"{where}, reason", found="nothing", allowed=allowed))
    if faults:
        raise Invalid(faults)
