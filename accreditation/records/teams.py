"""Organisations, the teams they run, and which of them became part of another."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import func
from sqlalchemy import select as columns_of
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from accreditation.database import UTCDateTime, once_a_moment
from accreditation.errors import Contradiction, NotFound
from accreditation.rules.named import plain_name, same_name


class Organisation(SQLModel, table=True):
    """A hospital trust, health board or other body that runs clinical services; its clinical network, where it is."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    ods_code: str | None = Field(default=None, unique=True)
    network: str = ""
    region: str = Field(default="", sa_column_kwargs={"server_default": ""})
    place: str = Field(default="", sa_column_kwargs={"server_default": ""})


class OrganisationMerger(SQLModel, table=True):
    """An organisation became part of another: what was its is now the other's. The reason is for the college."""

    __tablename__ = "organisation_merger"

    organisation_id: int = Field(foreign_key="organisation.id", primary_key=True)
    into_id: int = Field(foreign_key="organisation.id")
    reason: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


class Team(SQLModel, table=True):
    """A clinical team: one service line of one organisation."""

    __table_args__ = (UniqueConstraint("organisation_id", "name", "service_line"),)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    name: str
    service_line: str


class OrganisationName(SQLModel, table=True):
    """A name that an organisation has or had. `plain` is what names are compared by (`same_name`)."""

    __tablename__ = "organisation_name"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    name: str
    plain: str = Field(index=True)


class TeamName(SQLModel, table=True):
    """A name that a team has or had. It stays when the team is taken out, so that no other gets its number."""

    __tablename__ = "team_name"

    id: int | None = Field(default=None, primary_key=True)
    team_id: int = Field(index=True)
    name: str
    service_line: str
    plain: str = Field(index=True)


def organisation(
    session: Session, *, name: str, ods_code: str | None = None, network: str = "", region: str = "", place: str = ""
) -> tuple[int, bool]:
    """The id of the organisation with this ODS code or, where none has it, of this name; and whether it is new.

    One that became part of another is that other. Raises Contradiction where the organisation of this name has another
    ODS code.
    """
    row = found(session, name=name, ods_code=ods_code)
    if row is not None:
        if None not in (ods_code, row.ods_code) and ods_code != row.ods_code:
            raise Contradiction(
                f"The organisation '{name}' is known with the ODS code {row.ods_code}, not {ods_code}. If these are "
                "two organisations, give them different names."
            )
        return successor(session, _id(row.id)), False
    row = Organisation(name=plain_name(name), ods_code=ods_code, network=network, region=region, place=place)
    session.add(row)
    session.flush()
    keep_name(session, row)
    return _id(row.id), True


def keep_name(session: Session, row: Organisation) -> None:
    """Let the organisation be found by the name it has, from now on and also when it has another."""
    known = session.exec(select(OrganisationName.name).where(OrganisationName.organisation_id == row.id)).all()
    if row.name not in known:
        session.add(OrganisationName(organisation_id=_id(row.id), name=row.name, plain=same_name(row.name)))
    session.flush()


def found(session: Session, *, name: str, ods_code: str | None = None) -> Organisation | None:
    """The organisation with this ODS code or, where none has it, of this name, if there is one; merged or not.

    However a name is written it is one name: whoever is employed by "East Trust" reviews no team of "East trust". One
    that was called so counts where none is.
    """
    if ods_code is not None:
        row = session.exec(select(Organisation).where(Organisation.ods_code == ods_code)).first()
        if row is not None:
            return row
    return next(iter(organisations_bearing(session, name)), None)


def organisations_bearing(session: Session, name: str) -> list[Organisation]:
    """The organisations that are or were called so, however written; what has just this name, and now, goes first."""
    said, plain = plain_name(name), same_name(name)
    named = select(Organisation).join(OrganisationName).where(OrganisationName.plain == plain).distinct()
    rows = session.exec(named.order_by(col(Organisation.id)))
    return sorted(rows, key=lambda one: (one.name != said, same_name(one.name) != plain))


def called(session: Session, words: str) -> int | None:
    """The organisation whose whole ODS code or name somebody typed, however written, or which was called so."""
    code = plain_name(words).upper()
    row = found(session, name=words, ods_code=code if code.isalnum() else None)
    return None if row is None else row.id


def successor(session: Session, organisation_id: int) -> int:
    """Which organisation is this one now, after every merger?"""
    return successors(session).get(organisation_id, organisation_id)


@once_a_moment
def successors(session: Session) -> Mapping[int, int]:
    """Every organisation that became part of another -> the one it is part of now."""
    into = {row.organisation_id: row.into_id for row in session.exec(select(OrganisationMerger))}
    now = {}
    for number in into:
        last = number
        while last in into:  # a merger into one that is merged itself is refused, so this ends
            last = into[last]
        now[number] = last
    return now


def lies(session: Session, organisation_id: int, given: Mapping[str, str]) -> bool:
    """Keep this network, region or place of the organisation; says whether anything is otherwise than before."""
    row = session.get_one(Organisation, organisation_id)
    changed = {name: value for name, value in given.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
    return bool(changed)


def get_organisation(session: Session, organisation_id: int) -> Organisation:
    """This organisation, merged into another or not. Raises NotFound."""
    row = session.get(Organisation, organisation_id)
    if row is None:
        raise NotFound(f"There is no organisation {organisation_id}.")
    return row


def of_organisation(session: Session, organisation_id: int) -> list[Team]:
    """The teams of this organisation, by id."""
    return list(session.exec(select(Team).where(Team.organisation_id == organisation_id).order_by(col(Team.id))))


def ids_of_organisations(session: Session, organisation_ids: Iterable[int]) -> dict[int, list[int]]:
    """Organisation -> the ids of its teams; a merger moves teams, so those of what became part of it are among them."""
    found: dict[int, list[int]] = {one: [] for one in organisation_ids}
    for row in session.exec(select(Team).where(col(Team.organisation_id).in_(list(found))).order_by(col(Team.id))):
        found[row.organisation_id].append(_id(row.id))
    return found


def team(session: Session, *, organisation_id: int, name: str, service_line: str) -> tuple[int, bool]:
    """The id of this team of this organisation, which may have another name now; and whether it is new."""
    row = next(iter(bearing(session, organisation_id=organisation_id, name=name, service_line=service_line)), None)
    if row is not None:
        return _id(row.id), False
    last = max(session.exec(select(func.max(one))).one() or 0 for one in (col(Team.id), col(TeamName.team_id)))
    row = Team(
        id=last + 1, organisation_id=organisation_id, name=plain_name(name), service_line=plain_name(service_line)
    )
    session.add(row)
    keep_team_name(session, row)
    return _id(row.id), True


def found_teams(session: Session, *, organisation_id: int, name: str) -> list[Team]:
    """The teams of this organisation that are called so, of any service; where none is, those that were called so."""
    bearing_it = bearing(session, organisation_id=organisation_id, name=name)
    return [one for one in bearing_it if same_name(one.name) == same_name(name)] or bearing_it


def bearing(session: Session, *, organisation_id: int, name: str, service_line: str | None = None) -> list[Team]:
    """The teams of this organisation that have or had this name, however written, with this service or with any.

    What has just this name, and now, goes first.
    """
    query = select(Team, TeamName).join(TeamName, col(TeamName.team_id) == Team.id)
    query = query.where(Team.organisation_id == organisation_id, TeamName.plain == same_name(name))
    service = None if service_line is None else same_name(service_line)
    rows = {
        _id(row.id): row
        for row, had in session.exec(query.order_by(col(Team.id)))
        if service in (None, same_name(had.service_line))
    }
    said, now = (plain_name(name), plain_name(service_line or "")), (same_name(name), service)
    return sorted(
        rows.values(),
        key=lambda one: (
            (one.name, one.service_line) != said,
            (same_name(one.name), same_name(one.service_line)) != now,
        ),
    )


def keep_team_name(session: Session, row: Team) -> None:
    """Let the team be found by the name it has, from now on and also when it has another."""
    known = session.exec(select(TeamName.name, TeamName.service_line).where(TeamName.team_id == row.id)).all()
    if (row.name, row.service_line) not in known:
        told = TeamName(team_id=_id(row.id), name=row.name, service_line=row.service_line, plain=same_name(row.name))
        session.add(told)
    session.flush()


def get(session: Session, team_id: int) -> tuple[Team, Organisation]:
    """The team and its organisation. Raises NotFound."""
    found = session.exec(
        select(Team, Organisation)
        .join(Organisation, col(Organisation.id) == Team.organisation_id)
        .where(Team.id == team_id)
    ).first()
    if found is None:
        raise NotFound(f"There is no team {team_id}.")
    return found


def is_used(session: Session, team_id: int) -> bool:
    """Is anything else kept that names this team: a cycle, a role, a token, a document, a figure?"""
    for table in SQLModel.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.target_fullname == "team.id":
                named = columns_of(key.parent).where(key.parent == team_id).limit(1)
                if session.execute(named).first() is not None:
                    return True
    return False


def page(session: Session, *, after: int, limit: int, only: int | None = None) -> list[tuple[Team, Organisation]]:
    """Teams with their organisations by id, from behind `after`; `only` one of them where it is given."""
    query = (
        select(Team, Organisation)
        .join(Organisation, col(Organisation.id) == Team.organisation_id)
        .where(col(Team.id) > after)
        .order_by(col(Team.id))
        .limit(limit)
    )
    return list(session.exec(query if only is None else query.where(Team.id == only)))


def organisations(session: Session, *, after: int, limit: int) -> list[Organisation]:
    """Organisations by id, from behind `after`."""
    query = select(Organisation).where(col(Organisation.id) > after).order_by(col(Organisation.id)).limit(limit)
    return list(session.exec(query))


def _id(value: int | None) -> int:
    assert value is not None  # noqa: S101  (a flushed row has its id)
    return value


def names_of_organisations(session: Session) -> dict[int, str]:
    """Organisation -> its name."""
    return {_id(row.id): row.name for row in session.exec(select(Organisation))}


def several(session: Session, team_ids: Iterable[int]) -> list[tuple[Team, Organisation]]:
    """These teams with their organisations, by id."""
    query = select(Team, Organisation).join(Organisation, col(Organisation.id) == Team.organisation_id)
    return list(session.exec(query.where(col(Team.id).in_(sorted(set(team_ids)))).order_by(col(Team.id))))


def names_had(session: Session) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Organisation -> every name that it and what became part of it has or had; team -> every name it has or had."""
    into = successors(session)
    organisations, teams = dict[int, list[str]](), dict[int, list[str]]()
    for one in session.exec(select(OrganisationName).order_by(col(OrganisationName.id))):
        organisations.setdefault(into.get(one.organisation_id, one.organisation_id), []).append(one.name)
    for had in session.exec(select(TeamName).order_by(col(TeamName.id))):
        teams.setdefault(had.team_id, []).append(had.name)
    return organisations, teams
