"""The workbook of one's visit: everything that a reviewer needs where there is no network."""

from datetime import datetime

from accreditation.database import Database
from accreditation.errors import NotPermitted
from accreditation.records import answers, findings
from accreditation.records.answers import SelfRating
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.scheme.answer import NOT_ANSWERED
from accreditation.scheme.model import AuditLevel, Criterion
from accreditation.views.evidence import shown_evidence
from accreditation.views.looking import Looked, look
from accreditation.views.seats import own_seat
from accreditation.workbook.offline import Noted, Offline, Origin, Shown, rows_of_visit
from accreditation.workbook.offline_out import visit_workbook
from accreditation.workbook.offline_series import shown_series


def review_workbook(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> bytes:
    """The asking reviewer's workbook of this visit, with what they rated and found so far and nothing of the others.

    Raises NotFound for a visit that is not theirs, NotPermitted for whoever observes it.
    """
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.REVIEW_RATE, cycle_id=cycle_id)
        seat = own_seat(looked)
        if looked.scheme.observes(seat.role):
            raise NotPermitted("Whoever observes a visit rates nothing, so there is no workbook to fill in.")
        number = seat.id or 0
        origin = Origin(cycle=cycle_id, seat=number, edition=looked.now.edition_digest, made_at=at)
        drafts = findings.drafts(session, [number])[number]
        return visit_workbook(
            Offline(
                title=f"{looked.scheme.title}: {looked.now.team.name}, {looked.now.organisation.name}",
                origin=origin,
                rows=rows_of_visit(scheme=looked.scheme, profile=looked.now.profile),
                shown=_shown(looked, number),
                findings={
                    key: Noted(draft=row.draft(), version=row.version) for key, row in drafts.items() if not row.dropped
                },
            )
        )


def _shown(looked: Looked, seat: int) -> dict[str, Shown]:
    """Criterion -> what the sheet shows beside it."""
    given = answers.self_ratings(looked.session, [looked.cycle_id])[looked.cycle_id]
    own = answers.review_ratings(looked.session, [seat])[seat]
    names: dict[str, list[str]] = {}
    for item in shown_evidence(looked):
        for name in item.criteria:
            where = ", ".join(one for one in (item.file_name, item.places.get(name)) if one)
            gone = "" if item.deleted is None else f". {item.deleted.words}"
            names.setdefault(name, []).append(f"{item.title} ({where}){gone}" if where else f"{item.title}{gone}")
    found = {}
    for criterion in looked.applicable:
        row, mine = given.get(criterion.id), own.get(criterion.id)
        found[criterion.id] = Shown(
            team=_words(looked, criterion, row), note="" if row is None else row.note,
            evidence=tuple(names.get(criterion.id, ())), own=NOT_ANSWERED if mine is None else mine.answer(),
            version=0 if mine is None else mine.version,
        )  # fmt: skip
    return found


def _words(looked: Looked, criterion: Criterion, row: SelfRating | None) -> str:
    """The team's answer as people say it."""
    if row is None:
        return "not answered"
    answer = row.answer()
    if answer.rating is not None:
        return looked.scheme.scale_of(criterion, "team")[answer.rating].title
    if answer.measured is not None:
        return f"{answer.measured:f} {getattr(criterion.measure, 'unit', '')}".strip()
    if answer.level is not None:
        return f"level {answer.level}"
    measure = criterion.measure
    if answer.series and measure is not None and not isinstance(measure, AuditLevel):
        lines = shown_series(answer.series, measure)
        return lines or "; ".join(f"{', '.join(point.at.values())}: {point.value:f}" for point in answer.series)
    return answer.state.replace("_", " ")
