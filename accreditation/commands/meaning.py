"""Whom and what a person at the terminal means: reviewers and organisations by name or id, and days."""

from collections.abc import Iterable, Sequence
from datetime import date

from accreditation.commands.office import OFFICE
from accreditation.database import Session
from accreditation.errors import Fault, Invalid
from accreditation.records import teams
from accreditation.rules.reviewer_facts import Away, Worked
from accreditation.scheme.explain import did_you_mean
from accreditation.views.college import ReviewerShown, reviewer_pool
from accreditation.wiring import House

BETWEEN = ".."
"""What stands between a first and a last day, as in the files of reviewers."""


def reviewers_meant(house: House, given: Iterable[str], *, where: str) -> tuple[ReviewerShown, ...]:
    """The reviewers of the pool that are named, each by id or by name. Raises Invalid naming everybody who is none."""
    pool = reviewer_pool(house.database, principal=OFFICE).reviewers
    known = {one.name: one for one in pool} | {str(one.id): one for one in pool}
    texts = [text.strip() for text in given]
    faults = [
        Fault(
            where=where, found=f"there is no reviewer '{text}'{did_you_mean(text, [one.name for one in pool])}",
            allowed="a name or a number that 'accredit reviewer list' shows",
        )
        for text in texts
        if text not in known
    ]  # fmt: skip
    if faults:
        raise Invalid(faults)
    return tuple(dict.fromkeys(known[text] for text in texts))


def reviewer_meant(house: House, given: str) -> ReviewerShown:
    """The reviewer of the pool with this id or this name. Raises Invalid where there is none."""
    return reviewers_meant(house, [given], where="REVIEWER")[0]


def organisation_meant(session: Session, given: str, *, where: str) -> int:
    """The id of the organisation with this name, or what it became part of. Raises Invalid where there is none."""
    name = given.strip()
    there = teams.found(session, name=name)
    if there is not None:
        return teams.successor(session, there.id or 0)
    near = did_you_mean(name, [one.name for one in teams.organisations(session, after=0, limit=10_000)])
    allowed = "an organisation whose teams are imported, written as there"
    raise Invalid([Fault(where=where, found=f"there is no organisation '{name}'{near}", allowed=allowed)])


def worked_meant(session: Session, given: Iterable[str], *, where: str) -> tuple[Worked, ...]:
    """Earlier employers, as in 'North Trust until 2024-05-31'. Raises Invalid for no day and no organisation."""
    found = []
    for text in given:
        name, word, day = text.partition(" until ")
        until = _day(day)
        if word and until is None:
            allowed = "an organisation, or as in 'North Trust until 2024-05-31'"
            raise Invalid([Fault(where=where, found=f"'{text}'", allowed=allowed)])
        found.append(Worked(organisation=organisation_meant(session, name, where=where), until=until))
    return tuple(found)


def organisation_names(house: House) -> dict[int, str]:
    """Every organisation's name by its id."""
    with house.database.reading() as session:
        return {row.id or 0: row.name for row in teams.organisations(session, after=0, limit=1_000_000)}


def visit_days_meant(first: str, last: str) -> tuple[date, date]:
    """The first and the last day that are written here, one day where no last is. Raises Invalid naming each fault."""
    begins, ends = _day(first), _day(last or first)
    if begins is None or ends is None:
        raise Invalid([
            Fault(where=where, found=f"'{given}' is no day", allowed="a day as in 2027-01-31")
            for where, given, day in (("FIRST", first, begins), ("LAST", last, ends))
            if day is None and given
        ])  # fmt: skip
    return begins, ends


def days_meant(given: Sequence[str], *, where: str) -> tuple[Away, ...]:
    """The days that are written here, as in 2027-01-04..2027-01-15 or 2027-02-01. Raises Invalid naming every fault."""
    found, faults = [], []
    for text in given:
        first, dots, last = text.partition(BETWEEN)
        begins, ends = _day(first), _day(last if dots else first)
        if begins is None or ends is None:
            allowed = "a day as in 2027-01-31, or several as in 2027-01-04..2027-01-15"
            faults.append(Fault(where=where, found=f"'{text}'", allowed=allowed))
        elif ends < begins:
            faults.append(Fault(where=where, found=f"'{text}' ends before it begins", allowed="the earlier day first"))
        else:
            found.append(Away(first=begins, last=ends))
    if faults:
        raise Invalid(faults)
    return tuple(found)


def _day(given: str) -> date | None:
    text = given.strip()
    try:
        return date.fromisoformat(text) if len(text) == len("2027-01-31") else None
    except ValueError:
        return None
