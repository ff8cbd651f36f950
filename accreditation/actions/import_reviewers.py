"""Register many reviewers at once, or change those that are registered: a college's list as it is now."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from pydantic import BaseModel, ConfigDict

from accreditation.actions.change_reviewer import ReviewerChange, apply_change
from accreditation.actions.desk import look_again
from accreditation.actions.register_reviewer import add_reviewer
from accreditation.actions.wording import check_untold
from accreditation.database import Database, Session
from accreditation.errors import Fault, Invalid
from accreditation.records import reviewers, teams
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.rules.reviewer_facts import Away, Preference, ReviewerFacts, Worked
from accreditation.scheme.explain import did_you_mean


class ReviewerToImport(BaseModel):
    """A reviewer as a college lists them: organisations by name. `where` is where the line stands, for faults."""

    model_config = ConfigDict(frozen=True)

    where: str
    name: str
    roles: tuple[str, ...]
    employer: str = ""
    capacity: int
    specialties: tuple[str, ...] = ()
    visits_done: int = 0
    worked_at: tuple[tuple[str, date | None], ...] = ()
    unavailable: tuple[Away, ...] = ()
    region: str = ""
    place: str = ""
    prefers: tuple[str, ...] = ()
    rather_not: tuple[str, ...] = ()

    @property
    def organisations(self) -> Mapping[str, str]:
        """Every organisation that is named -> the column it is named in."""
        columns = {
            "employer": [self.employer] if self.employer else [],
            "worked_at": [name for name, _ in self.worked_at],
            "prefers": self.prefers,
            "rather_not": self.rather_not,
        }
        return {name: column for column, names in columns.items() for name in names}


class ImportedReviewers(BaseModel):
    """What an import of reviewers did. `ids` are in the order of the rows; seats as `Changed` says."""

    ids: tuple[int, ...]
    new: int
    changed: int
    left: tuple[int, ...]
    stands: tuple[int, ...]


def import_reviewers(
    database: Database,
    *,
    principal: Principal,
    rows: Sequence[ReviewerToImport],
    register_employers: bool,
    at: datetime,
) -> ImportedReviewers:
    """Register these reviewers, and change those whose name is registered to what their row says. All, or none.

    Each row says everything that is to stand. With `register_employers`, an employer that is not known is registered
    as an organisation without a team. Raises Invalid naming every organisation that is not known.
    """
    permit(principal, Permission.REVIEWER_REGISTER)
    check_untold((f"{row.where} {column}", word) for row in rows for column, word in _words(row))
    ids: list[int] = []
    new = changed = 0
    left: set[int] = set()
    stands: set[int] = set()
    with database.writing() as session:
        known = _organisations(session, rows, register_employers=register_employers)
        for row in rows:
            there = reviewers.named(session, row.name)
            if there is None:
                ids.append(_add(session, principal, row, known, at))
                new += 1
                continue
            done = apply_change(session, principal=principal, row=there, change=_change(row, known), at=at)
            ids.append(there.id or 0)
            changed += bool(done.changed)
            left |= set(done.left)
            stands |= set(done.stands)
        if new or changed:
            look_again(session, at=at)
    return ImportedReviewers(
        ids=tuple(ids), new=new, changed=changed, left=tuple(sorted(left)), stands=tuple(sorted(stands))
    )


def _organisations(
    session: Session, rows: Sequence[ReviewerToImport], *, register_employers: bool
) -> Mapping[str, int]:
    """The organisations that are named, by name; employers that are not known are registered where that is asked."""
    known: dict[str, int] = {}
    faults = [one for row in rows for one in unknown_organisations(session, row, register_employers=register_employers)]
    if faults:
        raise Invalid(faults)
    for row in rows:
        for name in row.organisations:
            if name in known:
                continue
            there = teams.found(session, name=name)
            if there is not None:
                known[name] = teams.successor(session, there.id or 0)
            else:
                known[name], _ = teams.organisation(session, name=name)
    return known


def unknown_organisations(session: Session, row: ReviewerToImport, *, register_employers: bool) -> list[Fault]:
    """Which organisations of this row are not known, and not to be registered with it either?"""
    return [
        _unknown(session, row, name, column)
        for name, column in row.organisations.items()
        if not (register_employers and column == "employer") and teams.found(session, name=name) is None
    ]


def _words(row: ReviewerToImport) -> Iterator[tuple[str, str]]:
    """Every word of this row that may be kept, with its column."""
    yield from (("name", row.name), ("employer", row.employer), ("region", row.region), ("place", row.place))
    yield from (("roles", one) for one in row.roles)
    yield from (("specialties", one) for one in row.specialties)


def _unknown(session: Session, row: ReviewerToImport, name: str, column: str) -> Fault:
    near = did_you_mean(name, [one.name for one in teams.organisations(session, after=0, limit=10_000)])
    allowed = "an organisation whose teams are imported"
    if column == "employer":
        allowed += "; or have employers that run no team here registered too (--new-employers)"
    return Fault(
        where=f"{row.where} column '{column}'", found=f"there is no organisation '{name}'{near}", allowed=allowed
    )


def _facts(row: ReviewerToImport, known: Mapping[str, int]) -> ReviewerFacts:
    preferences = [
        Preference(organisation=known[name], how=how)
        for how, names in (("prefers", row.prefers), ("rather_not", row.rather_not))
        for name in names
    ]
    return ReviewerFacts(
        specialties=row.specialties,
        visits_done=row.visits_done,
        worked_at=tuple(Worked(organisation=known[name], until=until) for name, until in row.worked_at),
        unavailable=row.unavailable,
        region=row.region,
        place=row.place,
        preferences=tuple(preferences),
    )


def _add(session: Session, principal: Principal, row: ReviewerToImport, known: Mapping[str, int], at: datetime) -> int:
    return add_reviewer(
        session, principal=principal, name=row.name, roles=row.roles, organisation_id=known.get(row.employer),
        capacity=row.capacity, facts=_facts(row, known), at=at,
    )  # fmt: skip


def _change(row: ReviewerToImport, known: Mapping[str, int]) -> ReviewerChange:
    return ReviewerChange(
        roles=row.roles, organisation=known.get(row.employer), capacity=row.capacity, **dict(_facts(row, known))
    )
