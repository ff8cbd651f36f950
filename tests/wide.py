"""A small scheme with what the language says beyond yes and no, and the service Wide that runs through it.

Facts are a choice, numbers, and the office's own; criteria are rated on several scales, measured through bands and
over a series; there are published scores, a limit, a judgement, a validity by rule, and conditions that lapse.
"""

from collections.abc import Mapping
from decimal import Decimal

from accreditation.actions.rate import rate
from accreditation.actions.review import hand_in, review
from accreditation.actions.state_profile import state_profile
from accreditation.actions.submit import submit
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.scheme.answer import Answer, Point
from accreditation.scheme.facts import FactValue
from accreditation.scheme.model import Scheme
from accreditation.scheme.read import read_standard
from accreditation.wiring import House
from tests.walking import AT, CYCLE, LEAD, OFFICE, attach, begin, given, reviewer, team_of, work

SCHEME = """\
id: small
title: A wide scheme
edition: "2026.1"
effective: 2026-04-01
language: 1
about: For tests.
sources:
  guide-1: {title: A guide, published: 2023}
profile:
  site: {question: Where is it?, choices: {city: In a city, country: In the country}}
  beds: {question: How many beds are there?, unit: beds}
  visit: {question: Which visit is it?, choices: {first: The first, renewal: A renewal}, asked_of: office}
  most: {question: How many may be missed?, unit: criteria, asked_of: office}
types:
  essential: {title: Essential, meaning: All must be met.}
  expected: {title: Expected, meaning: Most should be met.}
scale:
  good: {title: Good, counts_as_met: true, points: 2}
  fair: {title: Fair, counts_as_met: true, points: 1}
  poor: {title: Poor, counts_as_met: false, points: 0}
scales:
  own:
    have: {title: Have it, counts_as_met: true, points: 2}
    collating: {title: Still collating, counts_as_met: true, points: 1}
    lacking: {title: Lacking, counts_as_met: false, points: 0}
self_scale: own
not_applicable: {needs_reason: true}
too_few_cases: leaves_out
domains:
  - {id: "1", title: First, file: criteria/first.yaml}
scores:
  points:
    title: Points
    figure: {percent_of_points: {all_criteria: true}}
    rounded: 1
    bands: [{level: A, at_least: 80}, {level: B, below: 80}]
    published: true
  domain:
    title: Met
    per: domain
    figure: {share: {all_criteria: true}}
    bands: [{level: full, at_least: 100}, {level: part, below: 100}]
    published: true
  unpublished:
    title: For the college
    figure: {number: {all_criteria: true}, counting: not_met}
award:
  - outcome: gold
    title: Gold
    public_wording: It is very good.
    awarded: true
    valid_for:
      - {period: {years: 4}, when: {score: points, at_least: 95, if_no_value: not_satisfied}}
      - {period: {years: 2}, otherwise: true}
    when: {every: {type: essential}, if_none_apply: satisfied}
  - outcome: silver
    title: Silver
    public_wording: It is good.
    awarded: true
    valid_for: {years: 1}
    when: {score: unpublished, at_most: {fact: most}, if_no_value: not_satisfied}
  - outcome: open
    title: For the committee
    public_wording: The committee looks at it.
    awarded: false
    judgement: true
    when: {number: {all_criteria: true}, counting: not_met, at_most: 2}
  - outcome: deferred
    title: Deferred
    public_wording: It is working on it.
    awarded: false
    conditions:
      {on: {type: essential}, within: {business_days: 10}, when_met: gold, when_missed: refused}
    when: {number: {all_criteria: true}, counting: not_met, at_most: 3}
  - outcome: refused
    title: Refused
    public_wording: It is not there yet.
    awarded: false
    otherwise: true
limits:
  - when: {number: {criteria: "1.02"}, counting: not_met, at_least: 1}
    at_best: silver
    because: nothing is gold where scans are slow
review_team:
  - {role: lead, title: Lead, minimum: 1, maximum: 1}
  - {role: lay, title: Lay reviewer, minimum: 1, maximum: 1}
consensus: {settled_by: lead}
timetable:
  self_assessment: {business_days: 3}
  evidence: {weeks: 6}
  assignment: {weeks: 4}
  review: {weeks: 6}
  consensus: {business_days: 10}
  decision: {months: 9}
holidays:
  - {day: 2026-04-03, title: A holiday}
  - {day: 2026-04-06, title: A holiday in the city, applies_when: {site: city}}
"""

FIRST = """\
- id: "1.01"
  title: Named lead
  statement: There is a lead.
  type: essential
  can_be_not_applicable: false
  evidence: [{title: Job plan, required: true}]
- id: "1.02"
  title: Scans within an hour
  statement: Scans are quick.
  type: expected
  measure:
    unit: "%"
    bands: [{points: 2, at_least: 90}, {points: 1, at_least: 50, below: 90}, {points: 0, below: 50}]
- id: "1.03"
  title: Falls
  statement: Most wards do better than their peers most of the time.
  type: expected
  measure:
    unit: falls
    below: benchmark
    series: [{each: ward, above: 50 %}, {each: quarter, above: 50 %}]
- id: "1.04"
  title: What was learned
  statement: It learned from its last visit.
  type: expected
  applies_when: {visit: renewal}
- id: "1.05"
  title: Screened
  statement: Patients are screened.
  type: expected
  applies_when: {beds: {at_least: 12.5}}
  measure: {unit: "%", at_least: 90}
"""


def wide() -> Scheme:
    """The scheme, read from its files."""
    return read_standard({"scheme.yaml": SCHEME.encode(), "criteria/first.yaml": FIRST.encode()}).scheme


PROFILE: Mapping[str, FactValue] = {"site": "city", "beds": Decimal("12.50"), "visit": "first", "most": Decimal(0)}
"""Everything that is asked, with a limit of none."""

FALLS = tuple(
    Point(at={"ward": ward, "quarter": quarter}, value=value, benchmark=Decimal("2.5"))
    for ward, values in {"A": (1, 2, 3), "B": (2, 2, 2)}.items()
    for quarter, value in zip(("1", "2", "3"), map(Decimal, values), strict=True)
)
"""Ward A does better than its peers in two quarters of three, ward B in all."""

SAYS: Mapping[str, Answer] = {
    "1.01": Answer(rating="collating"),
    "1.02": Answer(measured="92.50"),
    "1.03": Answer(series=FALLS),
    "1.05": Answer(measured=95),
}
"""What the team answers."""

FINDS: Mapping[str, Answer] = {
    "1.01": Answer(rating="good"),
    "1.02": Answer(measured="92.50"),
    "1.03": Answer(series=FALLS),
    "1.05": Answer(rating="good"),
}
"""What reviewers find; they accept what was measured, and where one number is the question they may just rate it."""


def start(house: House, **profile: object) -> None:
    """Enrol North in a round on the wide scheme, with this profile (all of it, where none is given)."""
    begin(house, edition=wide(), profile=profile or PROFILE)


def to_review(house: House, **profile: object) -> None:
    """North answers and submits everything, and has its review team."""
    start(house, **profile)
    rate(house.database, principal=LEAD, cycle_id=CYCLE, given=given(SAYS), at=AT)
    submit(house.database, principal=LEAD, cycle_id=CYCLE, stage=Stage.SELF_ASSESSMENT, at=AT)
    attach(house)
    work(house, Kind.EVIDENCE)
    submit(house.database, principal=LEAD, cycle_id=CYCLE, stage=Stage.EVIDENCE, at=AT)
    work(house)


def hand_in_as(house: House, role: str, **found: Answer) -> None:
    """The reviewer in this role finds what is found, but for these criteria (c1_01=...), and hands in."""
    changed = {name.removeprefix("c").replace("_", "."): answer for name, answer in found.items()}
    who = reviewer(team_of(house)[role])
    review(house.database, principal=who, cycle_id=CYCLE, given=given({**FINDS, **changed}), at=AT)
    hand_in(house.database, principal=who, cycle_id=CYCLE, at=AT)


def to_decision(house: House, **found: Answer) -> None:
    """Both reviewers find this, and the rules recommend."""
    to_review(house, **PROFILE)
    hand_in_as(house, "lead", **found)
    hand_in_as(house, "lay", **found)
    work(house)


def state(house: House, **profile: object) -> dict[str, object]:
    """The office states these facts."""
    return dict(state_profile(house.database, principal=OFFICE, cycle_id=CYCLE, profile=profile, at=AT))
