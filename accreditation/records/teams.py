"""Organisations, the teams they run, and which of them became part of another."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TypeVar

from sqlalchemy import func
from sqlalchemy import select as columns_of
from sqlalchemy.orm.attributes import Mapped
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select
from sqlmodel.sql.expression import SelectOfScalar

from accreditation.database import UTCDateTime, once_a_moment
from accreditation.errors import Contradiction, NotFound

Row = TypeVar("Row")


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
    row = Organisation(name=name, ods_code=ods_code, network=network, region=region, place=place)
    session.add(row)
    session.flush()
    return _id(row.id), True


def found(session: Session, *, name: str, ods_code: str | None = None) -> Organisation | None:
    """The organisation with this ODS code or, where none has it, of this name, if there is one; merged or not.

    Capitals make no other organisation: whoever is employed by "East Trust" does not review a team of "East trust".
    """
    row = None
    if ods_code is not None:
        row = session.exec(select(Organisation).where(Organisation.ods_code == ods_code)).first()
    return row or session.exec(_called(select(Organisation), col(Organisation.name), name)).first()


def _called(query: SelectOfScalar[Row], column: Mapped[str], name: str) -> SelectOfScalar[Row]:
    """Only what is called so, in capitals or not, and first of all what is written just so.

    SQLite knows capitals of ASCII alone, so that what is written just so is asked for besides.
    """
    same = column == name
    return query.where(same | (func.lower(column) == name.lower())).order_by(same.desc())


def called(session: Session, words: str) -> int | None:
    """The organisation whose whole ODS code or name somebody typed, in capitals or not, if there is just one."""
    said = " ".join(words.split()).casefold()
    rows = session.exec(select(Organisation.id, Organisation.name, Organisation.ods_code))
    found = [_id(key) for key, name, code in rows if said in ((code or "").casefold(), name.casefold()) and said]
    return found[0] if len(found) == 1 else None


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
    """The id of this team of this organisation, and whether it is new."""
    row = session.exec(
        _called(select(Team), col(Team.name), name).where(
            Team.organisation_id == organisation_id, func.lower(col(Team.service_line)) == service_line.lower()
        )
    ).first()
    if row is not None:
        return _id(row.id), False
    row = Team(organisation_id=organisation_id, name=name, service_line=service_line)
    session.add(row)
    session.flush()
    return _id(row.id), True


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
