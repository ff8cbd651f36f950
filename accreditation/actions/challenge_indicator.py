"""A team says that a figure reported of it is wrong: the office is told, and the figure stays what it is."""

from datetime import datetime

from accreditation.actions.desk import Desk, digest_of, open_cycle
from accreditation.actions.wording import check_words
from accreditation.database import Database
from accreditation.errors import Contradiction, NotFound
from accreditation.records import challenges, indicators, notices
from accreditation.records.challenges import IndicatorChallenge
from accreditation.rules.cycle import Move
from accreditation.rules.indicators.figures import Figure
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission


def challenge_indicator(
    database: Database, *, principal: Principal, cycle_id: int, criterion: str, note: str, at: datetime
) -> int:
    """Keep the team's note against the figure that its cycle shows for this criterion; says the challenge's id.

    The same note again changes nothing. A figure is challenged once in a cycle: raises Contradiction where it was, or
    where none is reported; NotFound where the cycle has no such criterion.
    """
    with database.writing() as session:
        desk = open_cycle(
            session, principal=principal, permission=Permission.INDICATOR_CHALLENGE, cycle_id=cycle_id, at=at
        )
        if criterion not in {one.id for one in desk.scheme.applicable(desk.now.profile)}:
            raise NotFound(f"The cycle has no criterion {criterion}.")
        figure = indicators.shown(session, scheme=desk.scheme.id, team=desk.now.cycle.team_id).get(criterion)
        before = _before(desk, figure)
        if before is not None and before.note == note.strip():
            return before.id or 0
        desk.transition(Move.CHALLENGE_INDICATOR)
        if figure is None:
            raise Contradiction(f"No figure is reported of you for {criterion}: answer it yourself.")
        if before is not None:
            raise Contradiction(
                f"The figure for {criterion} of {figure.period.label} is challenged already, by {before.by}. The "
                "college office answers it; a newer figure can be challenged anew."
            )
        check_words(
            "note", note, say="say what is wrong with the figure, in a sentence", rules=desk.scheme.evidence_rules
        )
        return _keep(desk, criterion, figure, note.strip())


def _before(desk: Desk, figure: Figure | None) -> IndicatorChallenge | None:
    """The challenge of this very figure in this cycle, if there is one."""
    known = challenges.of_cycles(desk.session, [desk.cycle_id]) if figure is not None else []
    return next((one for one, _ in known if figure is not None and one.value_id == figure.id), None)


def _keep(desk: Desk, criterion: str, figure: Figure, note: str) -> int:
    row = IndicatorChallenge(
        cycle_id=desk.cycle_id, criterion=criterion, value_id=figure.id, note=note, by=desk.principal.name, at=desk.at
    )
    desk.session.add(row)
    desk.session.flush()
    number = row.id or 0
    notices.tell(
        desk.session, inbox=notices.OFFICE, kind="indicator_challenged", cycle_id=desk.cycle_id,
        about=f"challenge:{number}", at=desk.at,
        words=f"{desk.now.team.name}, {desk.now.organisation.name}, challenges its figure for {criterion} of "
        f"{figure.period.label}.",
    )  # fmt: skip
    desk.enter(
        "indicator:challenge",
        {"challenge": number, "criterion": criterion, "figure": figure.id, "note_sha256": digest_of(note)},
    )
    return number
