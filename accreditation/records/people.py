"""People who sign in, what they are called, and what they may be: roles given and ended, all appended."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from accreditation.database import UTCDateTime
from accreditation.errors import NotFound
from accreditation.rules.grants import Grant
from accreditation.rules.people import Role


class Person(SQLModel, table=True):
    """Somebody who can be let in. Who they are stands in their newest detail."""

    id: int | None = Field(default=None, primary_key=True)
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


class PersonDetail(SQLModel, table=True):
    """What a person is called and where letters go; the newest counts. `account` is the address as it is compared."""

    __tablename__ = "person_detail"
    __table_args__ = (UniqueConstraint("account", "number"),)

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    number: int = Field(primary_key=True)
    name: str
    email: str
    account: str = Field(index=True)
    by: str
    at: datetime = Field(sa_type=UTCDateTime)

    @property
    def acts_as(self) -> str:
        """The name under which this person acts, in the ledger and to others: two of one name are told apart."""
        return f"{self.name} (person {self.person_id})"


class RoleGrant(SQLModel, table=True):
    """A person was given a role, bound to one thing or to nothing.

    `called` is how the team's lead who gave it calls them, and so does the team; empty where the college gave it. A
    role that a lead gave is an offer until its holder takes it.
    """

    __tablename__ = "role_grant"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    role: str
    team_id: int | None = Field(default=None, foreign_key="team.id")
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    reviewer_id: int | None = Field(default=None, foreign_key="reviewer.id")
    scheme: str | None = None
    round_id: int | None = Field(default=None, foreign_key="round.id")
    called: str = Field(default="", sa_column_kwargs={"server_default": ""})
    by: str
    at: datetime = Field(sa_type=UTCDateTime)

    @property
    def value(self) -> Grant:
        """The grant as a value."""
        return Grant(
            id=self.id or 0, role=Role(self.role), team=self.team_id, organisation=self.organisation_id,
            reviewer=self.reviewer_id, scheme=self.scheme, round=self.round_id,
        )  # fmt: skip


class RoleGrantEnd(SQLModel, table=True):
    """The role was taken back, and why."""

    __tablename__ = "role_grant_end"

    grant_id: int = Field(foreign_key="role_grant.id", primary_key=True)
    reason: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


class RoleTaken(SQLModel, table=True):
    """Whoever was offered the role by a team's lead took it."""

    __tablename__ = "role_taken"

    grant_id: int = Field(foreign_key="role_grant.id", primary_key=True)
    at: datetime = Field(sa_type=UTCDateTime)


class RoleMistaken(SQLModel, table=True):
    """The role was given by mistake: its holder never was what it says, so that it keeps them from nothing."""

    __tablename__ = "role_mistaken"

    grant_id: int = Field(foreign_key="role_grant.id", primary_key=True)
    reason: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


def taken(row: type[RoleGrant] = RoleGrant) -> ColumnElement[bool]:
    """Was this role ever its holder's, and not just offered by a lead? Whether it was taken back since is not asked."""
    return (col(row.called) == "") | col(row.id).in_(select(RoleTaken.grant_id))


def counts(row: type[RoleGrant] = RoleGrant) -> ColumnElement[bool]:
    """Was this role ever its holder's, and not given by mistake? What counts keeps them from judging its service."""
    return taken(row) & col(row.id).not_in(select(RoleMistaken.grant_id))


def account_of(email: str) -> str:
    """An e-mail address as it is compared: written large or small, it is the same account."""
    return email.strip().casefold()


def begin(session: Session, *, name: str, email: str, by: str, at: datetime) -> PersonDetail:
    """Append a person of this name and address."""
    person = Person(by=by, at=at)
    session.add(person)
    session.flush()
    assert person.id is not None  # noqa: S101  (it was flushed)
    detail = PersonDetail(
        person_id=person.id, number=1, name=name, email=email, account=account_of(email), by=by, at=at
    )
    session.add(detail)
    session.flush()
    return detail


def get(session: Session, person_id: int) -> PersonDetail:
    """Who is this person? Raises NotFound."""
    newest = select(PersonDetail).where(PersonDetail.person_id == person_id).order_by(col(PersonDetail.number).desc())
    found = session.exec(newest).first()
    if found is None:
        raise NotFound(f"There is no person {person_id}.")
    return found


def details_of(session: Session, person_ids: Iterable[int]) -> dict[int, PersonDetail]:
    """Person -> the newest detail, of these people."""
    wanted = list(person_ids)
    if not wanted:
        return {}
    query = select(PersonDetail).where(col(PersonDetail.person_id).in_(wanted))
    return {one.person_id: one for one in session.exec(query.order_by(col(PersonDetail.number)))}


def of_account(session: Session, email: str) -> PersonDetail | None:
    """Who has this e-mail address, if anybody? Nobody has one that cannot be printed: PostgreSQL takes no NUL."""
    if not account_of(email).isprintable():
        return None
    return session.exec(
        select(PersonDetail).where(PersonDetail.account == account_of(email), ~_replaced())
    ).first()  # fmt: skip


def _replaced() -> ColumnElement[bool]:
    """Did another detail take this one's place?"""
    newer = aliased(PersonDetail)
    return exists().where(col(newer.person_id) == PersonDetail.person_id, col(newer.number) > PersonDetail.number)


def page(session: Session, *, after: int, limit: int) -> list[PersonDetail]:
    """People after this id, in order, at most so many, each by their newest detail."""
    found = session.exec(
        select(PersonDetail)
        .where(col(PersonDetail.person_id) > after, ~_replaced())
        .order_by(col(PersonDetail.person_id))
        .limit(limit)
    )
    return list(found)


def grants_of(session: Session, person_ids: Iterable[int]) -> dict[int, list[Grant]]:
    """Which roles do these people hold now? In the order in which they were given."""
    return _given(session, person_ids, taken())


def offers_of(session: Session, person_ids: Iterable[int]) -> dict[int, list[Grant]]:
    """Which roles did leads of teams offer these people, that they have neither taken nor refused?"""
    return _given(session, person_ids, ~taken())


def _given(session: Session, person_ids: Iterable[int], which: ColumnElement[bool]) -> dict[int, list[Grant]]:
    wanted = list(person_ids)
    held: dict[int, list[Grant]] = {one: [] for one in wanted}
    rows = session.exec(
        select(RoleGrant)
        .where(col(RoleGrant.person_id).in_(wanted), which)
        .where(col(RoleGrant.id).not_in(select(RoleGrantEnd.grant_id)))
        .order_by(col(RoleGrant.id))
    )
    for row in rows:
        held[row.person_id].append(row.value)
    return held


def as_reviewers(session: Session, reviewer_ids: Iterable[int]) -> dict[int, list[PersonDetail]]:
    """Reviewer -> who holds the role of this one now; whom nobody is, is not there."""
    held = session.exec(
        select(RoleGrant.person_id, RoleGrant.reviewer_id)
        .where(col(RoleGrant.reviewer_id).in_(list(reviewer_ids)), taken())
        .where(col(RoleGrant.id).not_in(select(RoleGrantEnd.grant_id)))
        .order_by(col(RoleGrant.id))
    ).all()
    details = details_of(session, {person for person, _ in held})
    found: dict[int, list[PersonDetail]] = {}
    for person, reviewer in held:
        found.setdefault(reviewer or 0, []).append(details[person])
    return found


def is_taken(session: Session, row: RoleGrant) -> bool:
    """Is this role its holder's, and not just offered?"""
    return not row.called or session.get(RoleTaken, row.id) is not None


def take(session: Session, grant_id: int, *, at: datetime) -> None:
    """Append that the holder took this role."""
    session.add(RoleTaken(grant_id=grant_id, at=at))
    session.flush()


def give(session: Session, *, person_id: int, grant: Grant, called: str = "", by: str, at: datetime) -> int:
    """Append this grant; says its id."""
    row = RoleGrant(
        person_id=person_id, role=grant.role.value, team_id=grant.team, organisation_id=grant.organisation,
        reviewer_id=grant.reviewer, scheme=grant.scheme, round_id=grant.round, called=called, by=by, at=at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    assert row.id is not None  # noqa: S101  (it was flushed)
    return row.id


def given(session: Session, grant_id: int) -> tuple[RoleGrant, RoleGrantEnd | None]:
    """This grant, and its end if it was ended. Raises NotFound."""
    row = session.get(RoleGrant, grant_id)
    if row is None:
        raise NotFound(f"There is no grant {grant_id}.")
    return row, session.get(RoleGrantEnd, grant_id)


def take_back(session: Session, row: RoleGrantEnd) -> None:
    """Append that the grant is ended."""
    session.add(row)
    session.flush()


def mistaken(session: Session, grant_id: int) -> RoleMistaken | None:
    """That this grant was given by mistake, where it is said of it."""
    return session.get(RoleMistaken, grant_id)


def call_mistaken(session: Session, row: RoleMistaken) -> None:
    """Append that the grant was given by mistake."""
    session.add(row)
    session.flush()


def given_back(session: Session, person_ids: Iterable[int]) -> dict[int, list[Grant]]:
    """Which roles in a team or an organisation did these people hold, that count although they were taken back?"""
    found: dict[int, list[Grant]] = {one: [] for one in person_ids}
    rows = session.exec(
        select(RoleGrant)
        .where(col(RoleGrant.person_id).in_(list(found)), counts())
        .where(col(RoleGrant.team_id).is_not(None) | col(RoleGrant.organisation_id).is_not(None))
        .where(col(RoleGrant.id).in_(select(RoleGrantEnd.grant_id)))
        .order_by(col(RoleGrant.id))
    )
    for row in rows:
        found[row.person_id].append(row.value)
    return found


def reviewers_named(session: Session, name: str) -> frozenset[int]:
    """As which reviewers of the pool may whoever acts under this name review, or might before? None, for most."""
    query = (
        select(PersonDetail, RoleGrant.reviewer_id)
        .join(RoleGrant, col(RoleGrant.person_id) == PersonDetail.person_id)
        .where(col(RoleGrant.reviewer_id).is_not(None))
    )
    return frozenset(one for detail, one in session.exec(query) if one is not None and detail.acts_as == name)


def reviewers_of(session: Session, person_ids: Iterable[int]) -> dict[int, set[int]]:
    """Person -> as which reviewers of the pool they may review, or might before; of all of these people."""
    found: dict[int, set[int]] = {one: set() for one in person_ids}
    query = select(RoleGrant.person_id, RoleGrant.reviewer_id).where(
        col(RoleGrant.person_id).in_(list(found)), col(RoleGrant.reviewer_id).is_not(None)
    )
    for person, reviewer in session.exec(query):
        found[person].add(reviewer or 0)
    return found


def ever(session: Session, role: Role, *, name: str) -> frozenset[int]:
    """Who acts under this name, of everybody who was given this role, whether or not they hold it now?"""
    query = (
        select(PersonDetail)
        .join(RoleGrant, col(RoleGrant.person_id) == PersonDetail.person_id)
        .where(RoleGrant.role == role.value)
    )
    return frozenset(one.person_id for one in session.exec(query) if one.acts_as == name)


def holding(session: Session, role: Role) -> dict[int, list[Grant]]:
    """Person -> every role that they hold now, of everybody who holds this one."""
    ended = select(RoleGrantEnd.grant_id)
    query = select(RoleGrant.person_id).where(RoleGrant.role == role.value, col(RoleGrant.id).not_in(ended)).distinct()
    return grants_of(session, session.exec(query).all())
