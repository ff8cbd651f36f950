"""A reviewer sends back the workbook of their visit: the same checks as typing it in, and nothing overwritten."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from accreditation.actions.desk import Desk
from accreditation.actions.raise_risk import check_risk, keep_risk
from accreditation.actions.rate import Given, check_given, conflicts_of
from accreditation.actions.record_finding import Found, check_findings, finding_conflicts, keep_findings
from accreditation.actions.review import as_drafts, at_work, keep_ratings
from accreditation.actions.wording import faults_of_notes
from accreditation.database import Database
from accreditation.errors import Conflict, Fault, Invalid, Stale, Unavailable
from accreditation.records import answers, findings
from accreditation.rules.answering import as_draft
from accreditation.rules.findings import Draft
from accreditation.rules.people import Principal
from accreditation.scheme.answer import NOT_ANSWERED
from accreditation.scheme.facts import Profile
from accreditation.scheme.process import EvidenceRules
from accreditation.workbook.offline import rows_of_visit
from accreditation.workbook.offline_in import Returned, returned_visit
from accreditation.workbook.offline_said import Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a workbook changes: criteria rated and findings recorded, by cell, and risks raised; and what it cannot.

    `conflicts` are the places that were changed meanwhile, each with both versions; they are left as they are.
    """

    ratings: Mapping[str, str]
    findings: Mapping[str, str]
    risks: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


def take_workbook(
    database: Database,
    *,
    principal: Principal,
    cycle_id: int,
    content: bytes,
    name: str,
    preview: bool = False,
    rest: bool = False,
    at: datetime,
) -> Taken:
    """Keep what was changed in this workbook since it was made; says what. A preview keeps nothing.

    All of it is kept or nothing: where something was changed elsewhere meanwhile, Stale tells every such row with
    both versions, unless the reviewer asks for the `rest`, which leaves those rows as they are and keeps all others.
    Raises Invalid naming every fault by its cell; a workbook of another visit, reviewer or edition is refused.
    The file is read and its words are searched outside the transaction, so that nobody waits for it; what it depends on
    is looked at again.
    """
    with database.reading() as session:
        desk, seat = at_work(session, principal, cycle_id, at)
        made_for = _made_for(desk, seat)
        rows = rows_of_visit(scheme=desk.scheme, profile=desk.now.profile)
    read = returned_visit(content, name=name, rows=rows, scheme=desk.scheme)
    with database.reading() as session:
        desk, seat = at_work(session, principal, cycle_id, at)
        changes, conflicts = _changed(desk, seat, read, name, made_for)
        if preview:
            return _taken(read, changes, conflicts)
        searched = _check(desk, read, _to_keep(changes, conflicts, rest=rest))
    with database.writing() as session:
        desk, seat = at_work(session, principal, cycle_id, at)
        changes, conflicts = _changed(desk, seat, read, name, made_for)
        changes = _to_keep(changes, conflicts, rest=rest)
        _keep(desk, seat, changes, searched)
        if changes:
            desk.enter("review:workbook", {"assignment": seat, "file_sha256": hashlib.sha256(content).hexdigest()})
        return _taken(read, changes, conflicts)


def _made_for(desk: Desk, seat: int) -> tuple[int, str, Profile]:
    """What a workbook is read by: the seat, the edition and the facts that say which criteria apply."""
    return seat, desk.now.edition_digest, desk.now.profile


@dataclass(frozen=True, slots=True, kw_only=True)
class _Changes:
    """What was changed in the workbook since it was made."""

    ratings: Mapping[str, Given]
    findings: Mapping[str, Found]
    risks: Mapping[str, Draft]

    def __bool__(self) -> bool:
        return bool(self.ratings or self.findings or self.risks)

    def without(self, names: Iterable[str]) -> "_Changes":
        """The same without these criteria and findings."""
        left = set(names)
        return replace(
            self,
            ratings={name: one for name, one in self.ratings.items() if name not in left},
            findings={key: one for key, one in self.findings.items() if f"finding {key}" not in left},
        )


def _changed(
    desk: Desk, seat: int, read: Returned, name: str, made_for: tuple[int, str, Profile]
) -> tuple[_Changes, tuple[Conflict, ...]]:
    """What does this workbook change in what stands now, and what of that was changed elsewhere meanwhile?"""
    _check_origin(desk, seat, read, name)
    if _made_for(desk, seat) != made_for:
        raise Unavailable("The visit changed while the workbook was read. Nothing was kept: send it again.")
    changes = _changes(desk, seat, read)
    return changes, tuple(_conflicts(desk, seat, changes))


def _to_keep(changes: _Changes, conflicts: tuple[Conflict, ...], *, rest: bool) -> _Changes:
    """The changes without those in conflict, where the `rest` is asked for; otherwise Stale where there are such."""
    if conflicts and not rest:
        raise _stale(conflicts)
    return changes.without({one.where for one in conflicts})


def _check_origin(desk: Desk, seat: int, read: Returned, name: str) -> None:
    """Was this workbook made for this visit, this reviewer and this edition? Raises Invalid."""
    again = "download the workbook of this visit, and copy what you wrote into it"
    found = ""
    if read.origin.cycle != desk.cycle_id:
        found = "it is the workbook of another visit"
    elif read.origin.seat != seat:
        found = "it is the workbook of another reviewer"
    elif read.origin.edition != desk.now.edition_digest:
        found = "it was made under another edition of the scheme"
    if found:
        raise Invalid([Fault(where=name, found=found, allowed=again)])


def _changes(desk: Desk, seat: int, read: Returned) -> _Changes:
    """What differs from the versions that were seen when the workbook was made? Only that was written in it."""
    ratings = {}
    for criterion, said in read.ratings.items():
        seen = answers.rating_version(desk.session, seat=seat, criterion=criterion, number=said.seen)
        before = NOT_ANSWERED if seen is None else seen.answer()
        answer = said.answer or before.model_copy(update={"note": said.note})
        if as_draft(answer) != before and (seen is not None or answer != NOT_ANSWERED):
            ratings[criterion] = Given(answer=answer, seen_version=said.seen)
    found, risks = {}, {}
    for key, row in read.findings.items():
        if row.risk:
            risks[key] = row.draft
            continue
        known = findings.version(desk.session, seat=seat, key=key, number=row.seen)
        if known is None or known.draft() != _as_it_was(row, known.draft()):
            found[key] = Found(draft=row.draft, seen_version=row.seen)
    return _Changes(ratings=ratings, findings=found, risks=risks)


def _as_it_was(row: Written, before: Draft) -> Draft:
    """The row's finding, with the text as it was where only spaces around it differ, as a cell does not keep them."""
    same = row.draft.text == before.text.strip()
    return replace(row.draft, text=before.text) if same else row.draft


def _conflicts(desk: Desk, seat: int, changes: _Changes) -> Iterable[Conflict]:
    standing = answers.review_ratings(desk.session, [seat], changes.ratings)[seat]
    new = {
        name: one
        for name, one in changes.ratings.items()
        if name not in standing or standing[name].answer() != as_draft(one.answer)
    }
    yield from conflicts_of(new, standing)
    kept = findings.drafts(desk.session, [seat], changes.findings)[seat]
    yield from finding_conflicts(
        {key: one for key, one in changes.findings.items() if key not in kept or kept[key].draft() != one.draft}, kept
    )


def _check(desk: Desk, read: Returned, changes: _Changes) -> EvidenceRules:
    """Can these changes be kept? Raises Invalid with every fault by its cell, a comment's by its own.

    Says by which rules what they say was searched for patients.
    """
    rules = desk.scheme.evidence_rules
    comments = {f"criterion {name}": one.comment_cell for name, one in read.ratings.items()}
    cells = {f"criterion {name}": one.cell for name, one in read.ratings.items()}
    cells |= {f"finding {key}": one.cell for key, one in read.findings.items()}
    drafts = as_drafts(changes.ratings)
    notes = faults_of_notes({name: one.answer for name, one in drafts.items()}, rules=rules)
    told = [replace(one, where=comments[one.where]) for one in notes]
    told += _at(cells, lambda: check_given(desk, drafts, by="reviewer", draft=True, searched=rules))
    told += _at(cells, lambda: check_findings(desk, changes.findings))
    for key, draft in changes.risks.items():
        check = partial(check_risk, desk, criterion=draft.criterion, text=draft.text)
        told += [replace(one, where=read.findings[key].cell) for one in _at({}, check)]
    if told:
        raise Invalid(told)
    return rules


def _at(cells: Mapping[str, str], check: Callable[[], object]) -> list[Fault]:
    """What does this check refuse, each by its cell?"""
    try:
        check()
    except Invalid as invalid:
        return [replace(one, where=cells.get(one.where, one.where)) for one in invalid.faults]
    return []


def _keep(desk: Desk, seat: int, changes: _Changes, searched: EvidenceRules) -> None:
    """Keep all changes, by the actions of typing them in."""
    if changes.ratings:
        keep_ratings(desk, seat, changes.ratings, searched=searched)
    if changes.findings:
        keep_findings(desk, seat, changes.findings, searched=searched)
    for draft in changes.risks.values():
        keep_risk(desk, seat, criterion=draft.criterion, text=draft.text, searched=searched)


def _taken(read: Returned, changes: _Changes, conflicts: tuple[Conflict, ...]) -> Taken:
    changes = changes.without({one.where for one in conflicts})
    return Taken(
        ratings={name: read.ratings[name].cell for name in changes.ratings},
        findings={key: read.findings[key].cell for key in changes.findings},
        risks=tuple(read.findings[key].cell for key in changes.risks),
        conflicts=tuple(replace(one, where=f"{_cell(read, one.where)} ({one.where})") for one in conflicts),
    )


def _cell(read: Returned, where: str) -> str:
    key = where.removeprefix("finding ")
    return read.ratings[where].cell if where in read.ratings else read.findings[key].cell


def _stale(conflicts: tuple[Conflict, ...]) -> Stale:
    first = conflicts[0]
    names = ", ".join(one.where for one in conflicts)
    return Stale(
        f"You changed these elsewhere after this workbook was made: {names}. Nothing of it was kept: compare the two "
        "versions of each, then send it again for the rest, which leaves these as they are.",
        where=first.where, current_version=first.current_version, current=first.current, conflicts=conflicts,
    )  # fmt: skip
