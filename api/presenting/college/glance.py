"""Every cycle at a glance: the rows of the list, what can be chosen, and what waits today."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from accreditation.rules.cycle import Stage
from accreditation.rules.people import Role
from accreditation.views.glance import Asked, CycleAtAGlance, Glance
from accreditation.views.office_desk import CycleWaiting, Desk
from accreditation.views.unreached import NoWayIn
from api.presenting.college.no_way_in import Missing, counted, missing
from api.presenting.college.stages import STAGES, state_of, turn_of
from api.presenting.moments import day_of
from api.presenting.team.due import OVER
from api.words import Words, capital

HERE = "/college"

MOST_NAMED = 5
"""So many cycles are named where something waits in them; of the others the number is told."""

Choice = tuple[str, str]
"""What is sent, and what is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A way to a page."""

    words: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """Something that waits: what it is, where it is done, and in which cycles."""

    words: str
    links: tuple[Link, ...]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A cycle in the list: whose turn it is (nobody's: empty), since when, and by when, where there is a time."""

    address: str
    team: str
    organisation: str
    scheme: str
    round: str
    stage: str
    state: str
    colour: str
    whose: str
    missing: tuple[Missing, ...]
    since: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A stage with the number of its cycles, and the way to them."""

    words: str
    number: str
    late: str
    address: str
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The page. `before` and `after` are the queries of the pages beside it; empty where there is none."""

    asked: Asked
    waits: tuple[Waits, ...]
    rows: tuple[Row, ...]
    total: str
    counts: tuple[Counted, ...]
    rounds: tuple[Choice, ...]
    schemes: tuple[Choice, ...]
    stages: tuple[Choice, ...]
    page: int
    pages: int
    before: str
    after: str
    any_round: bool
    any_scheme: bool


def overview(one: Glance, asked: Asked, words: Words, *, role: Role, invites: bool) -> Overview:
    """The page in words; `invites` where whoever reads it can let people in."""
    return Overview(
        asked=asked, waits=tuple(_waits(one, words, role)),
        rows=tuple(row(each, words, role, invites=invites) for each in one.items),
        total=words.many("%(number)s cycle", "%(number)s cycles", one.total),
        counts=tuple(_counts(one, asked, words)),
        rounds=tuple((str(each.id), words("%(scheme)s: %(round)s", scheme=each.scheme_title, round=each.name))
                     for each in one.rounds),
        schemes=tuple({each.scheme: each.scheme_title for each in reversed(one.rounds)}.items()),
        stages=tuple((stage.value, words(said)) for stage, (said, _) in STAGES.items()),
        page=one.page, pages=one.pages, before=_query(asked, page=one.page - 1) if one.page > 1 else "",
        after=_query(asked, page=one.page + 1) if one.page < one.pages else "",
        any_round=bool(one.rounds), any_scheme=one.any_scheme,
    )  # fmt: skip


def row(one: CycleAtAGlance, words: Words, role: Role, *, invites: bool = False) -> Row:
    """The cycle in a list that somebody in this role reads."""
    whose, since = turn_of(one, words)
    state, colour = state_of(one, role=role, words=words)
    due = day_of(one.due) if one.due else one.put_right_by
    if one.appeal_open:
        state, colour, whose, due = words("The team appeals"), "yellow", words(STAGES[Stage.DECISION][1]), None
        if role is Role.COMMITTEE:
            state, colour = words("Your turn"), "blue"
    elif one.put_right_by is not None:
        state, colour, whose = words("To put right"), "yellow", words(STAGES[Stage.SELF_ASSESSMENT][1])
    return Row(
        address=f"{HERE}/cycles/{one.id}", team=one.team.name, organisation=one.organisation.name,
        scheme=one.scheme_title, round=one.round_name, stage=words(STAGES[one.stage][0]), state=state,
        colour=colour, whose=capital(whose) if whose else "", since=words.day(day_of(since)),
        missing=missing(one.no_way_in, words, invites=invites),
        by=words.day(due) if due else "–" if one.stage in OVER else words("No day is set"),
    )  # fmt: skip


def _counts(one: Glance, asked: Asked, words: Words) -> Iterator[Counted]:
    for each in one.stages:
        late = words.many("%(number)s late", "%(number)s late", each.late) if each.late else ""
        yield Counted(
            words=words(STAGES[each.stage][0]), number=str(each.number), late=late,
            address=f"{HERE}?{_query(asked, stage=each.stage)}", here=asked.stage is each.stage,
        )  # fmt: skip


def _query(asked: Asked, *, page: int = 1, stage: Stage | None = None) -> str:
    """What is asked for as the query of an address, for this page of it; of this stage, where one is named."""
    wanted = stage or asked.stage
    fields = {
        "search": asked.words, "scheme": asked.scheme, "round": str(asked.round or ""),
        "stage": wanted.value if wanted else "", "late": "yes" if asked.late else "",
        "page": str(page) if page > 1 else "",
    }  # fmt: skip
    return urlencode({name: value for name, value in fields.items() if value})


def _waits(one: Glance, words: Words, role: Role) -> Iterator[Waits]:
    """What waits today, the most urgent first."""
    desk = one.desk
    if desk is None:
        return
    if desk.risks:
        said = words.many(
            "%(number)s immediate risk has no answer from its team:",
            "%(number)s immediate risks have no answer from their teams:", len(desk.risks),
        )  # fmt: skip
        yield _of_cycles(said, desk.risks, words, "#risks")
    if desk.appeals:
        said = words.many(
            "%(number)s appeal waits for its answer:", "%(number)s appeals wait for their answers:", len(desk.appeals)
        )
        yield _of_cycles(said, desk.appeals, words, "#appeal")
    if number := sum(each.late for each in one.stages):
        said = words.many("%(number)s cycle is late.", "%(number)s cycles are late.", number)
        yield _to(said, words("Show them"), f"{HERE}?late=yes")
    yield from _of_the_office(desk, words)
    numbers = {each.stage: each.number for each in one.stages}
    for one_round in desk.teams:
        said = words.many(
            "%(number)s cycle of %(round)s has no complete review team yet.",
            "%(number)s cycles of %(round)s have no complete review team yet.", one_round.number,
            round=one_round.name,
        )  # fmt: skip
        yield _to(said, words("See who is proposed, and confirm them"), f"{HERE}/rounds/{one_round.round}/proposals")
    if role is Role.OFFICE and Stage.PUBLICATION in numbers:
        said = words.many(
            "%(number)s decision waits to be published.", "%(number)s decisions wait to be published.",
            numbers[Stage.PUBLICATION],
        )  # fmt: skip
        yield _to(said, words("Show where"), f"{HERE}?stage={Stage.PUBLICATION}")
    if role is Role.COMMITTEE and Stage.DECISION in numbers:
        said = words.many(
            "%(number)s cycle waits for your decision.", "%(number)s cycles wait for your decision.",
            numbers[Stage.DECISION],
        )  # fmt: skip
        yield _to(said, words("Show what waits for the committee"), f"{HERE}/decisions")


def _of_the_office(desk: Desk, words: Words) -> Iterator[Waits]:
    for said, first, number in counted(desk.no_way_in, words):
        yield _of_cycles(said, first, words, "", left=number - len(first))
    if desk.files:
        said = words.many(
            "%(number)s file was explained by its team, and you release it or not.",
            "%(number)s files were explained by their teams, and you release them or not.", len(desk.files),
        )  # fmt: skip
        yield _to(said, words("Look at the files"), f"{HERE}/files")
    if desk.held_jobs:
        said = words.many(
            "%(number)s job of the engine failed and is held for you.",
            "%(number)s jobs of the engine failed and are held for you.", desk.held_jobs,
        )  # fmt: skip
        yield _to(said, words("Look at the jobs"), f"{HERE}/jobs")
    for one in desk.seats:
        said = words.many(
            "%(number)s reviewer of %(round)s has not answered the invitation.",
            "%(number)s reviewers of %(round)s have not answered their invitations.", one.number, round=one.name,
        )  # fmt: skip
        if one.until is not None:
            said = f"{said} {words('The first of them has time until %(day)s.', day=words.day(day_of(one.until)))}"
        yield _to(said, words("Show the cycles"), f"{HERE}?round={one.round}&stage={Stage.ASSIGNMENT}")


def _to(said: str, name: str, address: str) -> Waits:
    return Waits(words=said, links=(Link(words=name, address=address),), more="")


def _of_cycles(
    said: str, several: Sequence[CycleWaiting] | Sequence[NoWayIn], words: Words, place: str, *, left: int = 0
) -> Waits:  # fmt: skip
    """What waits in these cycles, each once, and in so many besides that are `left`."""
    named = {one.cycle: one for one in several}
    shown = list(named.values())[:MOST_NAMED]
    left += len(named) - len(shown)
    return Waits(
        words=said, more=words.many("and %(number)s more", "and %(number)s more", left) if left else "",
        links=tuple(
            Link(
                words=words("%(team)s, %(organisation)s", team=one.team, organisation=one.organisation),
                address=f"{HERE}/cycles/{one.cycle}{place}",
            )
            for one in shown
        ),
    )  # fmt: skip
