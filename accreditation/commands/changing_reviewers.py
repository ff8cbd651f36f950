"""accredit reviewer change: what is known of a reviewer, said anew; and what that did to review teams."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

import typer
from pydantic import ValidationError

from accreditation.actions.change_reviewer import Changed, ReviewerChange, change_reviewer
from accreditation.commands.meaning import organisation_meant, organisation_names, reviewer_meant, worked_meant
from accreditation.commands.office import OFFICE
from accreditation.commands.telling_reviewers import say, say_reviewer
from accreditation.errors import Fault, Invalid
from accreditation.rules.reviewer_facts import MOST_DONE, MOST_VISITS, NO_FACTS, Preference
from accreditation.views.college import ReviewerShown
from accreditation.wiring import house

Who = Annotated[str, typer.Argument(metavar="REVIEWER", help="The reviewer, by name (in quotes) or number.")]
Employer = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="The organisation they work for, by its name; '' for none that is known here."),
]
Roles = Annotated[
    list[str] | None,
    typer.Option("--role", metavar="ROLE", help="A role of a review team; repeat it for every role they hold now."),
]
Capacity = Annotated[int | None, typer.Option(min=0, max=MOST_VISITS, metavar="VISITS", help="Visits in a round.")]
Specialties = Annotated[
    list[str] | None,
    typer.Option(
        "--specialty", metavar="SPECIALTY", help="A specialty; repeat it for every one they have now; '' for none."
    ),
]
VisitsDone = Annotated[
    int | None,
    typer.Option(
        min=0, max=MOST_DONE, metavar="VISITS", help="Visits they did before, which this engine does not know."
    ),
]
WorkedAt = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME", help="'North Trust until 2024-05-31'; repeat it for every earlier employer; '' for none."
    ),
]
Region = Annotated[str | None, typer.Option(metavar="REGION", help="The region they live in; '' for none.")]
Place = Annotated[
    str | None,
    typer.Option(metavar="PLACE", help="Where their journeys begin, as in the list of reviewers; '' for none."),
]
Prefers = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="An organisation they would like to visit; repeat it for each; '' for none."),
]
RatherNot = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="An organisation they would rather not visit; repeat it; '' for none."),
]

WORDS = {"organisation": "employer", "unavailable": "absences"}
"""Facts that people call otherwise than the records do."""


def change(
    reviewer: Who, role: Roles = None, capacity: Capacity = None, employer: Employer = None,
    specialty: Specialties = None, visits_done: VisitsDone = None, worked_at: WorkedAt = None, region: Region = None,
    place: Place = None, prefers: Prefers = None, rather_not: RatherNot = None,
) -> None:  # fmt: skip
    """Change what is known of a reviewer; what is not said stays. The same again changes nothing.

    Whoever now works for an organisation leaves its review teams, where they have not handed in.
    """
    who = reviewer_meant(house(), reviewer)
    given = {
        "roles": role, "capacity": capacity, "specialties": _without_empty(specialty), "visits_done": visits_done,
        "region": region, "place": place, "preferences": _preferences(who, prefers, rather_not),
    }  # fmt: skip
    told: dict[str, object] = {name: value for name, value in given.items() if value is not None}
    if worked_at is not None:
        with house().database.reading() as session:
            told["worked_at"] = worked_meant(session, _without_empty(worked_at) or [], where="--worked-at")
    if employer is not None:
        told["organisation"] = employer_meant(employer)
    if not told:
        raise Invalid([Fault(where="accredit reviewer change", found="no option", allowed="say what is to change")])
    change_told(who, told)


def change_told(who: ReviewerShown, told: dict[str, object]) -> None:
    """Change this of a reviewer, and say what that did. Raises Invalid naming every fault by its option."""
    try:
        wanted = ReviewerChange.model_validate(told)
    except ValidationError as error:
        raise Invalid([_fault(one["loc"], one["input"], one["msg"]) for one in error.errors()]) from error
    done = change_reviewer(house().database, principal=OFFICE, reviewer_id=who.id, change=wanted, at=house().now())
    _tell(who, done)
    say_reviewer(reviewer_meant(house(), str(who.id)), organisation_names(house()))


def employer_meant(given: str | None) -> int | None:
    """The organisation that is named as an employer; None where none is. Raises Invalid where there is none such."""
    if given is None or not given.strip():
        return None
    with house().database.reading() as session:
        return organisation_meant(session, given, where="--employer")


def _preferences(
    who: ReviewerShown, prefers: list[str] | None, rather_not: list[str] | None
) -> tuple[Preference, ...] | None:
    """What is to stand of both, where one is said: the other stays."""
    if prefers is None and rather_not is None:
        return None
    stands = (who.facts or NO_FACTS).preferences
    return (*_wished(stands, prefers, "prefers"), *_wished(stands, rather_not, "rather_not"))


def _wished(
    stands: Sequence[Preference], said: list[str] | None, how: Literal["prefers", "rather_not"]
) -> Iterator[Preference]:
    if said is None:
        yield from (one for one in stands if one.how == how)
        return
    with house().database.reading() as session:
        for name in _without_empty(said) or []:
            number = organisation_meant(session, name, where=f"--{how.replace('_', '-')}")
            yield Preference(organisation=number, how=how)


def _without_empty(given: list[str] | None) -> list[str] | None:
    return None if given is None else [one for one in given if one.strip()]


def _fault(where: Sequence[str | int], given: object, words: str) -> Fault:
    field = str(where[0])
    if field == "preferences":
        return Fault(where="--prefers and --rather-not", found="one organisation in both", allowed="name it in one")
    option = {"roles": "role", "specialties": "specialty"}.get(field, field).replace("_", "-")
    found, semicolon, allowed = words.partition("; ")  # as the language of standards says it of a word that is none
    if not semicolon:
        found, allowed = f"'{given}'", words
    return Fault(where=f"--{option}", found=found, allowed=allowed)


def _tell(who: ReviewerShown, done: Changed) -> None:
    """What the change did to review teams in which they sit."""
    words = ", ".join(WORDS.get(one, one.replace("_", " ")) for one in done.changed)
    say(f"Changed of {who.name}: {words}." if words else f"{who.name} was so before; nothing was changed.")
    for told, found in (
        ("They work there now and left the review teams of cycles", done.left),
        ("They work there now, and handed in before, so their review stands; decide on cycles", done.stands),
        ("They sit in the team and are away on the visit's days; decide on cycles", done.away),
    ):
        if found:
            say(f"{told} {', '.join(map(str, found))}.")
