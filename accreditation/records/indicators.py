"""Indicators that were reported of teams, with their periods and files, and how each scheme's files are read."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, or_, select

from accreditation.database import UTCDateTime
from accreditation.records.answers import Said, columns
from accreditation.records.cycles import Cycle, Round
from accreditation.records.teams import Organisation, Team, names_had, successors
from accreditation.rules.indicators.figures import Figure, Place, newest
from accreditation.rules.indicators.mapping import Columns, of_audit
from accreditation.rules.indicators.periods import Period
from accreditation.rules.indicators.whose import KnownTeam
from accreditation.scheme.model import Scheme


class IndicatorMapping(SQLModel, table=True):
    """Which columns of somebody's files are which indicators of a scheme; the highest number stands."""

    __tablename__ = "indicator_mapping"
    __table_args__ = (UniqueConstraint("scheme", "name", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    scheme: str
    name: str
    number: int
    content: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


class IndicatorValue(Said, table=True):
    """A figure of a team of one criterion and period; of several the highest number stands, and none is erased."""

    __tablename__ = "indicator_value"
    __table_args__ = (UniqueConstraint("team_id", "scheme", "criterion", "period", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    team_id: int = Field(foreign_key="team.id", index=True)
    scheme: str
    criterion: str
    period: str
    begins: date
    number: int
    source: str
    file_name: str
    file_digest: str = Field(max_length=64)
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


def mappings(session: Session, scheme: str) -> dict[str, Columns]:
    """Whose files -> their columns, as they stand for this scheme."""
    query = select(IndicatorMapping).where(IndicatorMapping.scheme == scheme).order_by(col(IndicatorMapping.number))
    return {row.name: Columns.model_validate_json(row.content) for row in session.exec(query)}


def files(session: Session, scheme: Scheme) -> dict[str, Columns]:
    """Whose files -> their columns: as the office said, and else as the scheme says of its own audits."""
    of_scheme = {name: columns for name in scheme.audits if (columns := of_audit(scheme, name)) is not None}
    return {**of_scheme, **mappings(session, scheme.id)}


def keep_mapping(session: Session, *, scheme: str, columns: Columns, by: str, at: datetime) -> None:
    """Append these columns to what stands."""
    same = (IndicatorMapping.scheme == scheme, IndicatorMapping.name == columns.name)
    number = len(session.exec(select(IndicatorMapping.id).where(*same)).all()) + 1
    session.add(
        IndicatorMapping(
            scheme=scheme, name=columns.name, number=number, content=columns.model_dump_json(), by=by, at=at
        )
    )
    session.flush()


def known_teams(session: Session, scheme: str) -> list[KnownTeam]:
    """Every team that takes part in this scheme, or is of its service line, with the names of its organisation."""
    enrolled = select(Cycle.team_id).join(Round, col(Round.id) == Cycle.round_id).where(Round.scheme == scheme)
    query = (
        select(Team, Organisation)
        .join(Organisation, col(Organisation.id) == Team.organisation_id)
        .where(or_(col(Team.service_line) == scheme, col(Team.id).in_(enrolled)))
        .order_by(col(Team.id))
    )
    into = successors(session)
    codes: dict[int, list[str]] = {}
    for number, code in session.exec(select(Organisation.id, Organisation.ods_code).order_by(col(Organisation.id))):
        if code:
            codes.setdefault(into.get(number or 0, number or 0), []).append(code)
    names, names_of_teams = names_had(session)
    return [
        KnownTeam(
            id=team.id or 0, name=team.name, organisations=tuple(dict.fromkeys([organisation.name, *of_organisation])),
            codes=tuple(codes.get(organisation.id or 0, [])), before=tuple(names_of_teams.get(team.id or 0, [])),
        )
        for team, organisation in session.exec(query)
        for of_organisation in [names.get(organisation.id or 0, [])]
    ]  # fmt: skip


def standing(session: Session, scheme: str, teams: Collection[int]) -> dict[Place, Figure]:
    """(team, criterion, period) -> the figure that stands, of these teams in this scheme."""
    query = (
        select(IndicatorValue)
        .where(IndicatorValue.scheme == scheme, col(IndicatorValue.team_id).in_(list(teams)))
        .order_by(col(IndicatorValue.number))
    )
    return {(one := _figure(row)).place: one for row in session.exec(query)}


def shown(session: Session, *, scheme: str, team: int) -> dict[str, Figure]:
    """Criterion -> the figure of the latest period that stands of this team."""
    return newest(standing(session, scheme, [team]).values()).get(team, {})


def standing_among(rows: Iterable[IndicatorValue]) -> list[Figure]:
    """Of these rows, given in the order in which they came, the figures that stand: the last of each period."""
    return list({(one := _figure(row)).place: one for row in rows}.values())


def of_team(session: Session, scheme: str, team: int) -> list[IndicatorValue]:
    """Every figure of this team in this scheme that was ever kept, in the order in which they came."""
    query = select(IndicatorValue).where(IndicatorValue.scheme == scheme, IndicatorValue.team_id == team)
    return list(session.exec(query.order_by(col(IndicatorValue.id))))


def keep(
    session: Session, *, scheme: str, figures: Iterable[Figure], file_digest: str, by: str, at: datetime
) -> None:  # fmt: skip
    """Append these figures."""
    session.add_all(
        IndicatorValue(
            team_id=one.team, scheme=scheme, criterion=one.criterion, period=one.period.label,
            begins=one.period.begins, number=one.number, source=one.source, file_name=one.file_name,
            file_digest=file_digest, by=by, at=at, **columns(one.answer),
        )
        for one in figures
    )  # fmt: skip
    session.flush()


def figure_of(row: IndicatorValue) -> Figure:
    """The row as a value."""
    return _figure(row)


def _figure(row: IndicatorValue) -> Figure:
    return Figure(
        team=row.team_id, criterion=row.criterion, period=Period(label=row.period, begins=row.begins),
        answer=row.answer(), source=row.source, number=row.number, file_name=row.file_name, id=row.id or 0,
    )  # fmt: skip
