"""A team rates itself: one criterion or many, all kept or none, and nobody overwrites anybody unseen."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from accreditation.actions.desk import Desk, entered, open_cycle
from accreditation.actions.wording import faults_of_notes
from accreditation.database import Database, Session
from accreditation.errors import Conflict, Contradiction, Fault, Invalid, NotFound, Stale
from accreditation.ledger.chain import Detail
from accreditation.records import answers, jobs
from accreditation.records.answers import ReviewRating, SelfRating
from accreditation.records.calibration import CalibrationAnswer
from accreditation.rules.answering import By, faults_of_answer, faults_of_draft
from accreditation.rules.cycle import Move
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.scheme.answer import Answer
from accreditation.scheme.process import EvidenceRules

Standing = SelfRating | ReviewRating | CalibrationAnswer
"""What stands: a team's, a reviewer's, or an exercise's answer."""


OWN = "you, in another window,"
"""Who wrote, where it was whoever asks."""


class Given(BaseModel):
    """An answer, and the version that the person saw when giving it (0 where nothing was there)."""

    model_config = ConfigDict(frozen=True)

    answer: Answer
    seen_version: int


def rate(
    database: Database, *, principal: Principal, cycle_id: int, given: Mapping[str, Given], at: datetime
) -> dict[str, int]:
    """Keep these answers (criterion id -> answer); says each criterion's version now.

    An answer equal to what stands changes nothing. Raises Invalid naming every faulty answer, and Stale
    where somebody answered a criterion after the person looked: then nothing is kept and both versions are told.
    Raises Contradiction for a criterion whose level an audit published.
    """
    with database.reading() as session:
        searched = check_given(_at_work(session, principal, cycle_id, at), given, by="team")
    with database.writing() as session:
        desk = _at_work(session, principal, cycle_id, at)
        check_given(desk, given, by="team", searched=searched)
        standing = answers.self_ratings(session, [cycle_id], given)[cycle_id]
        new = {
            name: one for name, one in given.items() if name not in standing or standing[name].answer() != one.answer
        }
        check_versions(new, standing, by=principal)
        _leave_published(new, standing)
        versions = {name: row.version for name, row in standing.items()}
        if new:
            versions |= keep_answers(desk, {name: one.answer for name, one in new.items()}, versions)
        return versions


def _at_work(session: Session, principal: Principal, cycle_id: int, at: datetime) -> Desk:
    desk = open_cycle(session, principal=principal, permission=Permission.ASSESSMENT_RATE, cycle_id=cycle_id, at=at)
    desk.transition(Move.RATE)
    return desk


def _leave_published(new: Mapping[str, Given], standing: Mapping[str, SelfRating]) -> None:
    """A level that an audit published is taken as it stands. Raises Contradiction where it would be typed over."""
    published = [f"{name} ({standing[name].source})" for name in new if name in standing and standing[name].source]
    if published:
        raise Contradiction(
            f"Published by the audit and taken as it stands: {', '.join(published)}. Where the audit is wrong, have it "
            "corrected there, and challenge the figure with a note: the college office answers it."
        )


def keep_answers(
    desk: Desk, new: Mapping[str, Answer], versions: Mapping[str, int], *, source: str = "", imported: bool = False
) -> dict[str, int]:
    """Keep new versions of these answers, with the ledger's entry and the engine's job; says the versions.

    `source` says where they were published; `imported` are also those that are published no more.
    """
    kept = {name: versions.get(name, 0) + 1 for name in new}
    desk.session.add_all(
        SelfRating(
            cycle_id=desk.cycle_id, criterion=name, version=kept[name], by=desk.principal.name, at=desk.at,
            source=source, **answers.columns(answer),
        )
        for name, answer in new.items()
    )  # fmt: skip
    desk.follow_up(jobs.Kind.SELF_ASSESSMENT)
    detail: dict[str, Detail] = {name: {"version": kept[name], **entered(answer)} for name, answer in new.items()}
    desk.enter("assessment:import" if source or imported else "assessment:rate", {"answers": detail, "source": source})
    return kept


def check_given(
    desk: Desk, given: Mapping[str, Given], *, by: By, draft: bool = False, searched: EvidenceRules | None = None
) -> EvidenceRules:  # fmt: skip
    """May these answers be given in this cycle? Raises Invalid naming every fault, NotFound for no criterion.

    What a draft still lacks is no fault: it is asked for when all is handed in. Says by which rules the notes were
    searched for patients: that takes long for long notes, and nobody else writes meanwhile, so whoever writes asks
    before that, and then once more with the rules by which they are `searched` already.
    """
    if unknown := [name for name in given if name not in desk.scheme.by_id]:
        raise NotFound(f"The edition has no criterion {unknown[0]}.")
    rules = desk.scheme.evidence_rules
    faults_of = faults_of_draft if draft else faults_of_answer
    applicable = {criterion.id: criterion for criterion in desk.scheme.applicable(desk.now.profile)}
    notes = {} if searched == rules else {name: one.answer for name, one in given.items()}
    faults = list(faults_of_notes(notes, rules=rules))
    for name, one in given.items():
        if name not in applicable:
            asked = ", ".join(desk.scheme.by_id[name].applies_when)
            faults.append(
                Fault(
                    where=f"criterion {name}",
                    found="it does not apply to this service",
                    allowed=f"see the profile: {asked}",
                )
            )
            continue
        faults += faults_of(criterion=applicable[name], answer=one.answer, scheme=desk.scheme, by=by)
    if faults:
        raise Invalid(faults)
    return rules


def check_versions(new: Mapping[str, Given], standing: Mapping[str, Standing], *, by: Principal) -> None:
    """Did the person see what stands? Raises Stale with both versions of every criterion where not."""
    conflicts = conflicts_of(new, standing)
    if not conflicts:
        return
    first, *others = conflicts
    row, seen = standing.get(first.where), new[first.where].seen_version
    happened = (
        f"There is no version {seen} of criterion {first.where}; version {first.current_version} stands."
        if seen > first.current_version
        else f"Criterion {first.where} was answered by {_writer(row, by)} after you looked (version "
        f"{first.current_version}, you saw {seen})."
    )
    names = ", ".join(one.where for one in others)
    also = f" Another version than you saw stands of {names} too." if others else ""
    raise Stale(
        f"{happened}{also} Nothing of yours was kept here: compare the two, then send again with version "
        f"{first.current_version}.",
        where=first.where, current_version=first.current_version, current=first.current, conflicts=conflicts,
    )  # fmt: skip


def _writer(row: Standing | None, by: Principal) -> str:
    """Who wrote this, as whoever asks is told? What a reviewer answers alone is theirs, under whichever token."""
    if row is None:
        return "nobody"
    own = row.by == by.name if isinstance(row, SelfRating) else True
    return OWN if own else row.by


def conflicts_of(new: Mapping[str, Given], standing: Mapping[str, Standing]) -> tuple[Conflict, ...]:
    """On which of these criteria stands another version than the person saw, and what are the two?"""
    return tuple(
        Conflict(
            where=name,
            current_version=0 if row is None else row.version,
            current=None if row is None else row.answer().model_dump(mode="json"),
            sent=one.answer.model_dump(mode="json"),
        )
        for name, one in new.items()
        for row in [standing.get(name)]
        if one.seen_version != (0 if row is None else row.version)
    )
