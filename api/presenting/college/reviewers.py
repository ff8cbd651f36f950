"""Reviewers in the words of the college: the list, and one with work, training, absences and conflicts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from accreditation.rules.reviewer_facts import ReviewerFacts
from accreditation.views.reviewer_desk import ReviewerRow, ReviewersFound, ReviewerWhole, VisitMade
from api.presenting.college.pages import Paged, paged
from api.presenting.college.who import who_did
from api.presenting.moments import day_of
from api.presenting.register import Told
from api.presenting.register_list import Choice
from api.presenting.review.visits import STAGES, days, span
from api.words import Words, marked

HERE = "/college/reviewers"

SAID: Mapping[str, str] = {
    "roles": marked("Choose at least one role."),
    "organisation": marked("Type the whole name of an organisation that is here, or its ODS code."),
    "capacity": marked("Say how many visits in a round, as a whole number from 0 to 50."),
}
"""What a fault is about -> how it is said, where a sentence says it better than the fault."""

LABELS: Mapping[str, str] = {
    "name": marked("Name or designation"), "employer": marked("Employer"), "region": marked("Region"),
    "visits_done": marked("Visits made before, elsewhere"), "specialties": marked("Knows about"),
    "place": marked("Sets out from"), "first": marked("First day away"), "last": marked("Last day away"),
    "reason": marked("Why"),
}  # fmt: skip
"""What a fault is about -> what its field is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A reviewer in the list."""

    address: str
    name: str
    employer: str
    roles: str
    work: tuple[str, ...]
    practice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The page of the list."""

    rows: tuple[Row, ...]
    paged: Paged
    words: str
    role: str
    roles: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A visit of a reviewer."""

    team: str
    about: str
    stage: str
    days: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something that stands, with the key by which it is taken away."""

    key: str
    name: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What stands in the form of a reviewer."""

    name: str = ""
    roles: tuple[str, ...] = ()
    employer: str = ""
    capacity: str = ""
    visits_done: str = ""
    specialties: str = ""
    region: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OneReviewer:
    """A reviewer's page. What only the office knows is empty for the committee."""

    root: str
    name: str
    about: tuple[Told, ...]
    visits: tuple[Visit, ...]
    before: tuple[Visit, ...]
    practice: tuple[Told, ...]
    due: int
    away: tuple[Line, ...]
    wishes: tuple[str, ...]
    conflicts: tuple[str, ...]
    details: Details
    roles: tuple[Choice, ...]
    office: bool


def listed(one: ReviewersFound, *, search: str, role: str, words: Words) -> Listed:
    """The list, a page of it."""
    return Listed(
        rows=tuple(_row(each, one.roles, words) for each in one.reviewers.items),
        paged=paged(one.reviewers, at=HERE, asked={"search": search, "role": role}), words=search, role=role,
        roles=tuple(one.roles.items()),
    )  # fmt: skip


def one_reviewer(one: ReviewerWhole, words: Words) -> OneReviewer:
    """The page of this reviewer."""
    facts, office = one.facts or ReviewerFacts(), one.facts is not None
    visits = [(each, _visit(each, words)) for each in one.visits]
    over = ("published", "withdrawn")
    due = sum(each.done_at is None for each in one.practice)
    return OneReviewer(
        root=f"{HERE}/{one.id}", name=one.name, about=tuple(_about(one, facts, words)),
        visits=tuple(told for each, told in visits if each.stage.value not in over),
        before=tuple(told for each, told in visits if each.stage.value in over),
        practice=tuple(
            Told(
                name=each.title,
                value=words("Not done yet") if each.done_at is None
                else words("Handed in on %(day)s", day=words.day(day_of(each.done_at))),
            )
            for each in one.practice
        ),
        due=due,
        away=tuple(
            Line(key=f"{each.first} {each.last}", name=span(each.first, each.last, words), words="")
            for each in facts.unavailable
        ),
        wishes=tuple(
            words("would like to visit %(name)s", name=one.names[each.organisation])
            if each.how == "prefers"
            else words("would rather not visit %(name)s", name=one.names[each.organisation])
            for each in facts.preferences
        ),
        conflicts=tuple(
            words("%(organisation)s: %(reason)s (declared by %(who)s on %(day)s)", organisation=each.organisation,
                  reason=each.reason, who=who_did(each.declared_by, words), day=words.day(day_of(each.declared_at)))
            for each in one.conflicts
        ),
        details=_details(one, facts), roles=offered_roles(one.known_roles, one.roles), office=office,
    )  # fmt: skip


def offered_roles(known: Mapping[str, str], held: Iterable[str] = ()) -> tuple[Choice, ...]:
    """Roles that can be chosen: those of the schemes, and those that somebody holds."""
    return tuple({**{one: named(one, known) for one in held}, **known}.items())


def named(role: str, known: Mapping[str, str]) -> str:
    """What this role is called."""
    return known.get(role, role.replace("_", " ").capitalize())


def imported_words(*, new: int, changed: int, whole: int, moved: bool, words: Words) -> str:
    """What is said after a list of so many reviewers was handed in."""
    said = words("%(new)s new, %(changed)s changed, %(same)s as they were.", new=new, changed=changed,
                 same=max(0, whole - new - changed))  # fmt: skip
    if not moved:
        return said
    more = words("Some may not review a team any more that they were to visit: the engine looks for others.")
    return f"{said} {more}"


def _row(one: ReviewerRow, known: Mapping[str, str], words: Words) -> Row:
    work = [words("No visit goes on")]
    if one.running:
        work = [words.many("%(number)s visit goes on", "%(number)s visits go on", one.running)]
    if one.asked:
        work.append(words.many("asked for %(number)s more", "asked for %(number)s more", one.asked))
    work.append(words("up to %(number)s in a round", number=one.capacity))
    return Row(
        address=f"{HERE}/{one.id}", name=one.name, employer=one.employer or words("No employer here"),
        roles=", ".join(named(each, known) for each in one.roles), work=tuple(work),
        practice=words.many("%(number)s done", "%(number)s done", one.exercises) if one.exercises else words("None"),
    )  # fmt: skip


def _about(one: ReviewerWhole, facts: ReviewerFacts, words: Words) -> Iterable[Told]:
    running = sum(each.stage.value not in ("published", "withdrawn") for each in one.visits)
    told = [
        (words("Roles"), ", ".join(named(each, one.known_roles) for each in one.roles)),
        (words("Employer"), one.employer or words("none here")),
        (words("Account"), "; ".join(
            words("%(name)s, %(email)s", name=who.name, email=who.email) for who in one.reached
        )),
        (words("Visits in a round"), words("up to %(number)s", number=one.capacity)),
        (words("Visits that go on"), str(running)),
        (words("Visits made"), words("%(here)s here, %(before)s before", here=one.completed_here,
                                     before=facts.visits_done)),
        (words("Knows about"), ", ".join(each.replace("_", " ") for each in facts.specialties)),
        (words("Region"), facts.region), (words("Sets out from"), facts.place),
        (words("Worked before at"), "; ".join(
            one.names[each.organisation] if each.until is None
            else words("%(name)s until %(day)s", name=one.names[each.organisation], day=words.day(each.until))
            for each in facts.worked_at
        )),
    ]  # fmt: skip
    return (Told(name=name, value=value) for name, value in told if value)


def _details(one: ReviewerWhole, facts: ReviewerFacts) -> Details:
    return Details(
        name=one.name, roles=one.roles, employer=one.employer or "", capacity=str(one.capacity),
        visits_done=str(facts.visits_done), region=facts.region, place=facts.place,
        specialties=", ".join(each.replace("_", " ") for each in facts.specialties),
    )  # fmt: skip


def _visit(one: VisitMade, words: Words) -> Visit:
    state = words("Asked") if one.asked else ""
    if one.handed_in_at is not None:
        state = words("Handed in on %(day)s", day=words.day(day_of(one.handed_in_at)))
    return Visit(
        team=f"{one.team}, {one.organisation}", about=f"{one.round_name}, {one.role}",
        stage=words(STAGES[one.stage][0]), days=days(one.visit, words), state=state,
    )  # fmt: skip
