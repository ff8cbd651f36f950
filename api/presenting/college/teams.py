"""Clinical teams and organisations in the words of the college."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accreditation.actions.merge_organisations import Merged
from accreditation.rules.named import team_named
from accreditation.views.looking import Part
from accreditation.views.team_desk import OrganisationWhole, TeamWhole
from accreditation.views.teams import OrganisationShown, TeamRow
from api.presenting.college.pages import Paged, paged
from api.presenting.moments import day_of
from api.presenting.register import Told
from api.presenting.review.visits import OVER, STAGES
from api.words import Words, marked

HERE, ORGANISATIONS = "/college/teams", "/college/organisations"

FIELDS: Mapping[str, str] = {
    "team": marked("Name of the team"),
    "service_line": marked("Service"),
    "organisation": marked("Organisation that runs it"),
    "ods_code": marked("ODS code of the organisation"),
    "network": marked("Clinical network"),
    "region": marked("Region"),
    "place": marked("Place"),
}
"""A field of the form -> what it is called."""

DONE: Mapping[str, str] = {
    "name": marked("The name is changed, everywhere it stands. The ledger keeps the name of before."),
    "removal": marked("The team is taken out."),
    "new": marked("The team is registered."),
    "known": marked("This team is registered already."),
    "otherwise": marked(
        "This team is registered already, under the names it has now: what was typed is a name of before."
    ),
    "organisation": marked("The team is registered. Its organisation has another name now than what was typed."),
}
"""What was just done -> what is said of it."""

LABELS: Mapping[str, str] = {f"column '{name}'": label for name, label in FIELDS.items()} | dict(FIELDS)
"""What a fault is about, in a list or alone -> what its field is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A team or an organisation in a list."""

    address: str
    name: str
    under: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The page of a list."""

    rows: tuple[Row, ...]
    paged: Paged
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleLine:
    """A cycle of a team."""

    name: str
    stage: str
    by: str
    late: bool
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OneTeam:
    """A team's page; `organisation` is where its organisation is, `was` what its forms say that they are about."""

    name: str
    caption: str
    about: tuple[Told, ...]
    cycles: tuple[CycleLine, ...]
    organisation: str
    root: str
    was: str
    service: str
    is_used: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOrganisation:
    """An organisation's page; `part_of` is where the one is that it became part of."""

    root: str
    name: str
    about: tuple[Told, ...]
    teams: tuple[Row, ...]
    staff: tuple[str, ...]
    parts: tuple[str, ...]
    part_of: Row | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands in the form of a team."""

    team: str = ""
    organisation: str = ""
    ods_code: str = ""
    service_line: str = ""
    network: str = ""
    region: str = ""
    place: str = ""


def teams_listed(one: Part[TeamRow], *, search: str) -> Listed:
    """The list of teams."""
    return Listed(
        rows=tuple(
            Row(
                address=f"{HERE}/{each.id}", name=each.name, under=each.organisation.name,
                about=", ".join(filter(None, (each.service_line, each.organisation.region))),
            )
            for each in one.items
        ),
        paged=paged(one, at=HERE, asked={"search": search}), words=search,
    )  # fmt: skip


def organisations_listed(one: Part[OrganisationShown], *, search: str) -> Listed:
    """The list of organisations."""
    return Listed(
        rows=tuple(_organisation_row(each) for each in one.items),
        paged=paged(one, at=ORGANISATIONS, asked={"search": search}), words=search,
    )  # fmt: skip


def one_team(one: TeamWhole, words: Words) -> OneTeam:
    """A team's page."""
    return OneTeam(
        root=f"{HERE}/{one.id}", was=team_named(one.name, one.service_line), service=one.service_line,
        is_used=one.is_used, name=one.name, caption=one.organisation.name,
        organisation=f"{ORGANISATIONS}/{one.organisation.id}",
        about=_told((
            (words("Service"), one.service_line), (words("ODS code"), one.organisation.ods_code or ""),
            (words("Network"), one.organisation.network), (words("Region"), one.organisation.region),
            (words("Place"), one.organisation.place),
            (words("Documents in its library"), str(one.documents)),
        )),
        cycles=tuple(
            CycleLine(
                name=f"{each.title}, {each.round_name}", stage=words(STAGES[each.stage][0]),
                by="" if each.due is None or each.stage in OVER else words.day(day_of(each.due)),
                late=each.late and each.stage not in OVER, address=f"/college/cycles/{each.id}",
            )
            for each in one.cycles
        ),
    )  # fmt: skip


def one_organisation(one: OrganisationWhole, words: Words) -> OneOrganisation:
    """An organisation's page."""
    return OneOrganisation(
        root=f"{ORGANISATIONS}/{one.id}", name=one.name,
        about=_told((
            (words("ODS code"), one.ods_code or words("Not known")), (words("Network"), one.network),
            (words("Region"), one.region), (words("Place"), one.place),
        )),
        teams=tuple(
            Row(address=f"{HERE}/{each.id}", name=each.name, under="", about=each.service_line) for each in one.teams
        ),
        staff=one.staff, parts=tuple(each.name for each in one.parts),
        part_of=None if one.part_of is None else _organisation_row(one.part_of),
    )  # fmt: skip


def imported_words(
    *, new: int, known: int, organisations: int, moved: bool, otherwise: Sequence[TeamRow], words: Words
) -> str:  # fmt: skip
    """What is said after so many teams were handed in as a list."""
    teams = words.many("%(number)s new team", "%(number)s new teams", new)
    hospitals = words.many("%(number)s new organisation", "%(number)s new organisations", organisations)
    told = words("%(new)s, %(known)s known already; %(hospitals)s.", new=teams, known=known, hospitals=hospitals)
    if otherwise:
        names = "; ".join(f"{one.name}, {one.organisation.name}" for one in otherwise)
        told = f"{told} {words('The list has other names than these, which stand here now: %(names)s.', names=names)}"
    if moved:
        more = words("Somebody may not review a team any more that they were to visit: the engine looks for others.")
        return f"{told} {more}"
    return told


def merged_words(one: Merged, words: Words) -> tuple[str, ...]:
    """What follows from a merger, in sentences; of a preview what would."""
    said = [
        words.many("%(number)s team moves with it.", "%(number)s teams move with it.", len(one.teams)),
        words.many("%(number)s reviewer is its staff from then on.", "%(number)s reviewers are its staff from then on.",
                   len(one.reviewers)),
    ]  # fmt: skip
    said = [each for each, number in zip(said, (len(one.teams), len(one.reviewers)), strict=True) if number]
    if one.conflicts:
        said.append(
            words.many("%(number)s declared conflict of interest moves with it.",
                       "%(number)s declared conflicts of interest move with it.", len(one.conflicts))
        )  # fmt: skip
    if one.left:
        said.append(
            words.many("In %(number)s cycle a reviewer leaves the review team, and another is looked for.",
                       "In %(number)s cycles a reviewer leaves the review team, and others are looked for.",
                       len(one.left))
        )  # fmt: skip
    if one.stands:
        said.append(
            words.many("In %(number)s cycle somebody handed in already: look at whether that review may count.",
                       "In %(number)s cycles somebody handed in already: look at whether those reviews may count.",
                       len(one.stands))
        )  # fmt: skip
    said = said or [words("Nothing else changes: it has no team, no staff and no conflict of interest here.")]
    return (*said, *(f"{each[:1].upper()}{each[1:]}." for each in one.both_ways))


def _told(facts: tuple[tuple[str, str], ...]) -> tuple[Told, ...]:
    return tuple(Told(name=name, value=value) for name, value in facts if value)


def _organisation_row(one: OrganisationShown) -> Row:
    return Row(
        address=f"{ORGANISATIONS}/{one.id}", name=one.name, under=one.ods_code or "",
        about=", ".join(filter(None, (one.network, one.region, one.place))),
    )  # fmt: skip
