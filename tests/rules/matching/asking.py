"""Small rounds as people, visits and a scheme's rules: everything that can set a reviewer and a visit apart."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from accreditation.rules.conflicts import Days, Declared, Engaged, Point, Reviewer, Visit
from accreditation.rules.matching.question import Ban, Question, Seated
from accreditation.rules.matching.travel import Travel
from accreditation.rules.reviewer_facts import Away, Preference, Worked
from accreditation.scheme.process import AssignmentRules, Seat

DAY = date(2026, 5, 4)
ORGANISATIONS = (10, 20, 30)
NAMES = st.sampled_from(["East", "East", "West", None])
PLACES = st.sampled_from(["A", "B", None])
SKILLS = ("heart", "stroke")
ROLES = ("lead", "lay", "trainee")
POINTS = st.sampled_from([*(Point(latitude=51 + 0.1 * step, longitude=-1.0) for step in range(4)), None])
TABLE = Travel(places=("A", "B"), minutes=((0, 40), (None, 25)))
BARS = st.sampled_from(["barred", "allowed"])


def some(one: st.SearchStrategy[Any], most: int = 1) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(one, max_size=most).map(tuple)


days = st.integers(0, 3).map(lambda more: DAY + timedelta(days=more))
spans = st.tuples(days, st.integers(0, 1)).map(lambda one: (one[0], one[0] + timedelta(days=one[1])))
organisations = st.sampled_from(ORGANISATIONS)
skills = st.frozensets(st.sampled_from(SKILLS))


def reviewers(number: int) -> st.SearchStrategy[Reviewer]:
    return st.builds(
        Reviewer,
        id=st.just(number),
        name=st.just(f"Reviewer {number}"),
        roles=st.sampled_from([{"lead", "lay"}, {"lay"}, {"lead", "trainee"}, {"trainee"}, {*ROLES}]).map(frozenset),
        organisation=st.sampled_from([*ORGANISATIONS, None]),
        capacity=st.sampled_from([2, 3, 1, 0]),
        specialties=skills,
        visits_done=st.integers(0, 4),
        worked_at=some(st.builds(Worked, organisation=organisations, until=st.none() | st.just(DAY - timedelta(365)))),
        serves=st.sampled_from([(), (), (10,), (20, 30)]).map(frozenset),
        unavailable=some(spans.map(lambda one: Away(first=one[0], last=one[1]))),
        engaged=some(spans.map(lambda one: Engaged(team_name="Elsewhere", days=Days(first=one[0], last=one[1])))),
        preferences=some(
            st.builds(Preference, organisation=organisations, how=st.sampled_from(["prefers", "rather_not"]))
        ),
        network=NAMES,
        region=NAMES,
        place=PLACES,
        point=POINTS,
    )


def visits(cycle: int) -> st.SearchStrategy[Visit]:
    return st.builds(
        Visit,
        cycle=st.just(cycle),
        team_name=st.just(f"Team {cycle}"),
        organisation=organisations,
        days=st.none() | spans.map(lambda one: Days(first=one[0], last=one[1])),
        specialties=skills,
        network=NAMES,
        region=NAMES,
        place=PLACES,
        point=POINTS,
        last_reviewers=st.frozensets(st.integers(1, 3), max_size=1),
        panel=st.frozensets(st.integers(1, 9), max_size=1),
    )


@st.composite
def rules(draw: st.DrawFn) -> AssignmentRules:
    def maybe(value: Any) -> Any:
        return draw(st.none() | st.just(value))

    return AssignmentRules.model_validate(
        {
            "team_size": draw(st.sampled_from([None, 3, 3])),
            "experienced": maybe({"at_least": 1, "after_visits": draw(st.integers(1, 4))}),
            **{name: draw(BARS) for name in ("same_network", "reciprocal", "colleagues", "repeat")},
            "employed_within": maybe({"years": draw(st.integers(1, 2))}),
            "region": draw(st.sampled_from(["any", "any", "any", "same", "other"])),
            "travel": (
                draw(st.sampled_from([{"at_most": 45}, {"at_least": 20}, {"at_least": 16, "at_most": 40}, None, None]))
            ),
            "most_visits": maybe(2),
            "fit": maybe({"expertise": 3, "experience": 2, "travel": draw(st.integers(0, 3)), "preference": 2}),
        }
    )


def seats(*minimums: int, specialties: Sequence[str] = ()) -> tuple[Seat, ...]:
    """The seats of lead and lay, each with room for one more than its minimum, and of an observer."""
    lead, lay = minimums
    return (
        Seat(role="lead", title="Lead", minimum=lead, maximum=lead + 1, specialties=tuple(specialties)),
        Seat(role="lay", title="Lay", minimum=lay, maximum=lay + 1),
        Seat(role="trainee", title="Trainee", minimum=0, maximum=1, observes=True),
    )


@st.composite
def questions(draw: st.DrawFn, *, most_visits: int = 3, most_reviewers: int = 4) -> Question:
    """A round with up to so many visits and reviewers, one visit elsewhere, and seats that stand or stay."""
    here = [draw(visits(100 + number)) for number in range(draw(st.integers(0, most_visits)))]
    elsewhere = (draw(visits(200)),)
    pool = [draw(reviewers(1 + number)) for number in range(draw(st.integers(0, most_reviewers)))]
    cycles = st.sampled_from([visit.cycle for visit in (*here, *elsewhere)])
    ids = st.sampled_from([one.id for one in pool]) if pool else st.nothing()
    seated = st.builds(Seated, cycle=cycles, role=st.sampled_from(ROLES), reviewer=ids)
    standing = (
        draw(st.lists(seated, min_size=1, max_size=3, unique_by=lambda one: (one.cycle, one.reviewer))) if pool else []
    )
    parts = [standing[:1], standing[1:2], standing[2:]]
    return Question(
        visits=tuple(draw(st.permutations(here))),
        elsewhere=elsewhere,
        reviewers=tuple(draw(st.permutations(pool))),
        seats=seats(draw(st.integers(0, 1)), 1, specialties=draw(st.sampled_from([(), ("stroke",)]))),
        rules=draw(rules()),
        travel=draw(st.sampled_from([Travel(), TABLE])),
        at=draw(st.none() | st.just(DAY)),
        declared=draw(
            some(
                st.builds(
                    Declared,
                    reviewer=st.integers(1, most_reviewers),
                    organisation=organisations,
                    reason=st.just("a private matter"),
                    by=st.sampled_from(["reviewer", "service"]),
                    cycle=st.none() | cycles,
                ),
                4,
            )
        ),
        already=tuple(parts[0]),
        locks=tuple(one for one in parts[1] if one.cycle != elsewhere[0].cycle),
        stays=tuple(one for one in parts[2] if one.cycle != elsewhere[0].cycle),
        bans=draw(some(st.builds(Ban, cycle=cycles, reviewer=ids))) if pool else (),
    )
