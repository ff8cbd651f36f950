"""Calibration exercises: which there are, the office's draft, and an exercise as the reviewer who takes it sees it."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from accreditation.database import Database, Session
from accreditation.records import answers, calibration, clearances, editions, evidence_items, reviews
from accreditation.records.calibration import CalibrationAnswer, CalibrationExercise, CalibrationItem
from accreditation.records.clearances import UNSEEN
from accreditation.rules.calibration import Item
from accreditation.rules.clearance import rules_digest
from accreditation.rules.names import counted
from accreditation.rules.people import Principal, Role
from accreditation.rules.permissions import Permission, permit
from accreditation.scheme.answer import NOT_ANSWERED, Answer
from accreditation.scheme.model import Scheme
from accreditation.views.criteria import CriterionNamed
from accreditation.views.looking import Shown


class ExerciseRow(Shown):
    """An exercise. Of which cycle it is, and how many took it, is told to the office alone."""

    id: int
    title: str
    about: str
    scheme: str
    edition: str
    state: Literal["draft", "open", "handed_in", "retired"] = Field(
        description="draft: not confirmed; open: to be taken; handed_in: by the asking reviewer; retired: taken back."
    )
    handed_in_at: datetime | None = Field(description="When the asking reviewer handed it in.")
    cycle: int | None
    taken: int | None = Field(description="How many reviewers handed it in.")


class Exercises(Shown):
    """The exercises that the asker may know of, the oldest first."""

    exercises: tuple[ExerciseRow, ...]


class ItemDrafted(CriterionNamed):
    """What the draft tells of a criterion, beside what was kept of the case. `seen_version` of the next change is
    `version`."""

    item: Item
    version: int
    team_said: Answer = Field(description="The team's answer as it was given, with its names.")
    settled: Answer = Field(description="What was settled, with the reason as it was given.")
    reason: str = Field(description="Why the reference is another than what was settled.")


class ExerciseDraft(Shown):
    """An exercise before the office, with every text that would leave it."""

    exercise: ExerciseRow
    criteria: tuple[ItemDrafted, ...]
    blanked: dict[str, int] = Field(
        description="What is blanked in the texts of the case, as it was written there, and how often. The rest is for "
        "whoever reads them: a machine knows only the names that are kept."
    )


class ExerciseCriterion(CriterionNamed):
    """A criterion of an exercise: its wording, what the team said, and the reviewer's own answer."""

    statement: str
    guidance: str
    ratings: dict[str, str] = Field(description="The scale: id of each rating, best first, and its title.")
    team: Answer
    evidence: str = Field(description="What is said of the evidence; the files are not part of an exercise.")
    answer: Answer
    version: int = Field(description="The `seen_version` that the next answer must carry; 0 where nothing is there.")


class Exercise(Shown):
    """An exercise as the reviewer who takes it sees it, without the reference."""

    exercise: ExerciseRow
    criteria: tuple[ExerciseCriterion, ...]


def exercises(database: Database, *, principal: Principal) -> Exercises:
    """Which exercises are there for this principal? The office sees all, a reviewer those that are open to them."""
    permit(principal, Permission.CALIBRATION_READ)
    with database.reading() as session:
        found = calibration.exercises(session)
        if principal.role is not Role.OFFICE:
            confirmed, retired = calibration.releases(session), calibration.retirements(session)
            sat = calibration.sat_there(session, principal.reviewer or 0)
            found = [row for row in found if row.id in confirmed and row.id not in retired and row.cycle_id not in sat]
        return Exercises(exercises=tuple(rows_of(session, found, principal=principal)))


def exercise_draft(database: Database, *, principal: Principal, exercise_id: int) -> ExerciseDraft:
    """What would leave the office with this exercise, beside what was kept of the case? Raises NotFound."""
    permit(principal, Permission.CALIBRATION_MAKE)
    with database.reading() as session:
        row = calibration.get(session, exercise_id)
        scheme = editions.scheme_of(session, row.edition_digest)
        items = calibration.items(session, exercise_id)
        said = answers.self_ratings(session, [row.cycle_id])[row.cycle_id]
        settled = reviews.settlements(session, row.cycle_id)
        held = [item for item, _, _ in evidence_items.of_cycle(session, row.cycle_id)]
        stands = clearances.standing(session, (one.version_id for one in held), rules_digest(scheme.evidence_rules))
        titles = [one.title for one in held if stands.get(one.version_id or 0, UNSEEN).open]
        notes = [one.answer().note for name in items for one in (said[name], settled[name])]
        return ExerciseDraft(
            exercise=rows_of(session, [row], principal=principal)[0],
            criteria=tuple(
                _drafted(scheme, items[one.id], said[one.id].answer(), settled[one.id].answer())
                for one in scheme.criteria
                if one.id in items
            ),
            blanked=counted([*notes, *titles], calibration.known_names(session, row.cycle_id)),
        )


def exercise(database: Database, *, principal: Principal, exercise_id: int) -> Exercise:
    """What does the reviewer who takes this exercise see? Raises NotFound where it is not open to them."""
    permit(principal, Permission.CALIBRATION_TAKE)
    with database.reading() as session:
        row = calibration.get(session, exercise_id)
        reviewer = principal.reviewer or 0
        if not calibration.is_open(session, row, reviewer=reviewer):
            raise calibration.missing()
        scheme = editions.scheme_of(session, row.edition_digest)
        given = calibration.given(session, exercise_id=exercise_id, reviewer_id=reviewer)
        items = parts_of(session, exercise_id)
        return Exercise(
            exercise=rows_of(session, [row], principal=principal)[0],
            criteria=tuple(
                _criterion(scheme, items[one.id], given.get(one.id)) for one in scheme.criteria if one.id in items
            ),
        )


def rows_of(session: Session, found: list[CalibrationExercise], *, principal: Principal) -> list[ExerciseRow]:
    """These exercises as this principal sees them."""
    office = principal.role is Role.OFFICE
    confirmed, retired = calibration.releases(session), calibration.retirements(session)
    done = calibration.handed_in(session, None if office else principal.reviewer or 0)
    mine = {} if office else {one.exercise_id: one.at for one in done}
    return [
        ExerciseRow(
            id=row.id or 0, title=row.title, about=row.about, scheme=scheme.id, edition=scheme.edition,
            state="retired" if row.id in retired else "draft" if row.id not in confirmed
            else "handed_in" if row.id in mine else "open",
            handed_in_at=mine.get(row.id or 0), cycle=row.cycle_id if office else None,
            taken=sum(one.exercise_id == row.id for one in done) if office else None,
        )
        for row in found
        for scheme in [editions.scheme_of(session, row.edition_digest)]
    ]  # fmt: skip


def parts_of(session: Session, exercise_id: int) -> dict[str, Item]:
    """The criteria that are part of this exercise, as they stand."""
    found = {name: row.item() for name, row in calibration.items(session, exercise_id).items()}
    return {name: item for name, item in found.items() if not item.left_out}


def named_in(scheme: Scheme, name: str) -> CriterionNamed:
    """The criterion by its id and title, its type and its domain."""
    one = scheme.by_id[name]
    return CriterionNamed(id=name, title=one.title, type=one.type, domain=scheme.domain_of[name])


def _drafted(scheme: Scheme, row: CalibrationItem, said: Answer, settled: Answer) -> ItemDrafted:
    return ItemDrafted(
        **dict(named_in(scheme, row.criterion)),
        item=row.item(), version=row.version, team_said=said, settled=settled, reason=row.reason,
    )  # fmt: skip


def _criterion(scheme: Scheme, item: Item, row: CalibrationAnswer | None) -> ExerciseCriterion:
    about = scheme.by_id[item.criterion]
    return ExerciseCriterion(
        **dict(named_in(scheme, item.criterion)),
        statement=about.statement, guidance=about.guidance,
        ratings={name: rating.title for name, rating in scheme.scale_of(about, "reviewer").items()},
        team=item.team, evidence=item.evidence, answer=NOT_ANSWERED if row is None else row.answer(),
        version=0 if row is None else row.version,
    )  # fmt: skip
