"""The office makes a calibration exercise from a completed case: a draft that nobody else sees."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from accreditation.actions.clearing import standing
from accreditation.actions.desk import Desk, open_cycle
from accreditation.actions.wording import faults_of_prose
from accreditation.database import Database
from accreditation.errors import Contradiction, Fault, Invalid
from accreditation.records import answers, calibration, evidence_items, reviews
from accreditation.records.calibration import CalibrationExercise, CalibrationItem
from accreditation.rules.calibration import drafted
from accreditation.rules.cycle import Stage
from accreditation.rules.named import faults_of_name
from accreditation.rules.names import names_in
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission


def make_exercise(
    database: Database, *, principal: Principal, cycle_id: int, title: str, about: str, at: datetime
) -> int:
    """Make an exercise of this title from this cycle's case; says its id. The same again changes nothing.

    Every criterion that was answered and settled is in the draft, with known names blanked and the settled rating as
    its reference; what of the evidence only its team can open is left out. Raises Contradiction for a cycle that is not
    published, and for a title that is taken.
    """
    title, about = title.strip(), about.strip()
    faults = [*faults_of_name("title", title), *faults_of_prose("about", about)]  # it takes long: others may write
    with database.writing() as session:
        desk = open_cycle(
            session, principal=principal, permission=Permission.CALIBRATION_MAKE, cycle_id=cycle_id, at=at
        )
        known = calibration.named(session, title) if title.isprintable() else None  # PostgreSQL takes no NUL
        if known is not None:
            return _same(known, cycle_id, about)
        if desk.now.stage is not Stage.PUBLISHED:
            raise Contradiction(
                "An exercise is made from a completed case: one whose result is published. This cycle is in the stage "
                f"'{desk.now.stage.value}'."
            )
        names = calibration.known_names(session, cycle_id)
        _check(names, {"title": title, "about": about}, faults)
        row = CalibrationExercise(
            cycle_id=cycle_id, edition_digest=desk.scheme.digest, title=title, about=about, by=principal.name, at=at
        )
        session.add(row)
        session.flush()
        assert row.id is not None  # noqa: S101  (it was flushed)
        number = _keep_items(desk, row.id, names)
        desk.enter("calibration:make", {"exercise": row.id, "title": title, "criteria": number})
        return row.id


def _same(known: CalibrationExercise, cycle_id: int, about: str) -> int:
    if (known.cycle_id, known.about) != (cycle_id, about) or known.id is None:
        raise Contradiction(f"There is an exercise '{known.title}' already, of another case or about something else.")
    return known.id


def _check(names: frozenset[str], texts: Mapping[str, str], faults: Sequence[Fault]) -> None:
    """Can these be told, of which `faults` are known? A known name in them would tell whose case it was.

    Raises Invalid.
    """
    faults = list(faults)
    faults += [
        Fault(where=where, found=f"the name '{name}'", allowed="words that do not tell whose case it was")
        for where, words in texts.items()
        for name in names_in(words, names)
    ]
    if faults:
        raise Invalid(faults)


def _keep_items(desk: Desk, exercise_id: int, names: frozenset[str]) -> int:
    """Keep the first draft of every item; says how many."""
    cycle = desk.cycle_id
    titles: dict[str, list[str]] = {}
    held = evidence_items.of_cycle(desk.session, cycle)
    stands = standing(desk, [item for item, _, _ in held])
    for item, criteria, _ in held:
        if stands[item.id or 0].open:  # of another file not even the title is told
            for name in criteria:
                titles.setdefault(name, []).append(item.title)
    items = drafted(
        criteria=desk.scheme.applicable(desk.now.profile),
        team={name: row.answer() for name, row in answers.self_ratings(desk.session, [cycle])[cycle].items()},
        settled={name: row.answer() for name, row in reviews.settlements(desk.session, cycle).items()},
        evidence=titles, names=names,
    )  # fmt: skip
    desk.session.add_all(
        CalibrationItem(
            exercise_id=exercise_id, criterion=one.criterion, version=1, content=one.model_dump_json(), reason="",
            by=desk.principal.name, at=desk.at,
        )
        for one in items
    )  # fmt: skip
    return len(items)
