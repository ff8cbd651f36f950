"""Small schemes for tests: one written as its author would write it, and one built from a few words."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from accreditation.scheme.answer import Answer
from accreditation.scheme.model import Scheme
from accreditation.scheme.read import read_standard

SCHEME = """\
id: small
title: A small scheme
edition: "2026.1"
effective: 2026-04-01
language: 1
about: For tests.
sources:
  guide-1: {title: A guide, published: 2023}
profile:
  hasu: {question: Is it a hyperacute unit?}
types:
  essential: {title: Essential, meaning: All must be met.}
  expected: {title: Expected, meaning: Most should be met.}
scale:
  met: {title: Met, counts_as_met: true}
  not_met: {title: Not met, counts_as_met: false}
not_applicable: {needs_reason: true}
too_few_cases: leaves_out
audits:
  audit:
    title: The audit
    levels: [A, B, C]
    columns: {team: team, organisation: trust, period: quarter}
domains:
  - {id: "1", title: First, file: criteria/first.yaml}
  - {id: "2", title: Second, file: criteria/second.yaml}
award:
  - outcome: accredited
    title: Accredited
    public_wording: It is good.
    awarded: true
    valid_for: {years: 3}
    when:
      all:
        - every: {type: essential}
          if_none_apply: satisfied
        - share: {type: expected}
          at_least: 50 %
          if_none_apply: satisfied
  - outcome: deferred
    title: Deferred
    public_wording: It is working on it.
    awarded: false
    conditions: {on: {type: essential}, within: {months: 6}}
    otherwise: true
review_team:
  - {role: lead, title: Lead, minimum: 1, maximum: 1}
  - {role: lay, title: Lay reviewer, minimum: 0, maximum: 2}
consensus: {settled_by: lead}
timetable:
  self_assessment: {months: 3}
  evidence: {weeks: 6}
  assignment: {weeks: 4}
  review: {weeks: 6}
  consensus: {days: 10}
  decision: {months: 9}
"""

FIRST = """\
- id: "1.01"
  title: Named lead
  statement: There is a lead.
  type: essential
  guidance: Ask.
  evidence: [{title: Job plan, required: true}, {title: Photo, required: false}]
  sources: [guide-1]
- id: "1.10"
  title: Hyperacute beds
  statement: There are beds.
  type: essential
  guidance: Count.
  applies_when: {hasu: true}
"""

SECOND = """\
- id: "2.01"
  title: Scan within an hour
  statement: Scans are quick.
  type: expected
  guidance: Look at the data.
  measure: {unit: "%", at_least: 90}
- id: "2.02"
  title: Audit level
  statement: The audit says so.
  type: expected
  guidance: Look it up.
  measure: {audit: audit, indicator: t_scan, level: B}
"""

CASES = """\
- case: everything met
  profile: {hasu: true}
  ratings: {default: met, "2.01": {measured: 90}, "2.02": {level: B}}
  expect: {outcome: accredited}
- case: the lead is missing
  profile: {hasu: false}
  ratings: {default: met, "1.01": not_met}
  expect: {outcome: deferred, stands_in_the_way: ["1.01"], improvements: {accredited: 1}}
"""

FILES: Mapping[str, bytes] = {
    "scheme.yaml": SCHEME.encode(),
    "criteria/first.yaml": FIRST.encode(),
    "criteria/second.yaml": SECOND.encode(),
    "cases/two.yaml": CASES.encode(),
}


def changed(file: str, old: str, new: str) -> dict[str, bytes]:
    """The small scheme's files with one place written differently."""
    text = FILES[file].decode()
    assert text.count(old) >= 1, f"{old!r} is not in {file}"
    return {**FILES, file: text.replace(old, new, 1).encode()}


FOLLOWED = {
    "conditions: {on: {type: essential}, within: {months: 6}}\n    otherwise: true": """\
conditions:
      {on: {type: essential}, within: {months: 6}, when_met: accredited, when_missed: refused}
    when: {number: {all_criteria: true}, counting: not_met, at_most: 3}
  - outcome: refused
    title: Refused
    public_wording: It is not there yet.
    awarded: false
    otherwise: true""",
    "consensus: {settled_by: lead}": """\
consensus: {settled_by: lead}
factual_accuracy: {within: {weeks: 1}, silence: agreed}
decided_by: {title: The accreditation committee, confirmed_by: The college council}
appeal: {within: {months: 1}, decision_stands_meanwhile: true}
evidence_requests: {within: {weeks: 1}}
immediate_risk: {reply_within: {business_days: 2}}""",
    "minimum: 0, maximum: 2": "minimum: 1, maximum: 1",
}
"""What the small scheme says besides, of time and people, in place of what."""


@cache
def followed(**changes: str) -> Scheme:
    """The small scheme with a check of factual accuracy, conditions that lapse and an appeal; else in these words."""
    text = SCHEME
    for old, new in {**FOLLOWED, **changes}.items():
        assert old in text, f"{old!r} is not in the scheme"
        text = text.replace(old, new)
    return read_standard({**FILES, "scheme.yaml": text.encode(), "cases/two.yaml": b"[]"}).scheme


@cache
def small() -> Scheme:
    """The small scheme, read from its files once: nobody can change it."""
    return read_standard(FILES).scheme


def built(*, criteria: Sequence[tuple[str, str, str]], award: Sequence[Mapping[str, Any]], **other: Any) -> Scheme:
    """A scheme with these criteria (id, type, domain) and these outcomes (outcome and when, the highest first).

    Domains x and y are always there. The outcome 'none', with conditions on the type 'a', is added at the end.
    """
    domains = list(dict.fromkeys([*(domain for _, _, domain in criteria), "x", "y"]))
    last = {"outcome": "none", "awarded": False, "otherwise": True, "title": "None", "public_wording": "None"}
    last["conditions"] = {"on": {"type": "a"}, "within": {"months": 6}}
    return Scheme.model_validate(
        {
            **small().model_dump(mode="json"),
            "types": {name: {"title": name.upper(), "meaning": name} for name in "abcdefghij"},
            "domains": [
                {
                    "id": domain,
                    "title": f"Domain {domain}",
                    "file": f"criteria/{domain}.yaml",
                    "criteria": [
                        {"id": name, "title": name, "statement": name, "type": kind, "guidance": name}
                        for name, kind, where in criteria
                        if where == domain
                    ],
                }
                for domain in domains
            ],
            "award": [
                *(
                    {"title": each["outcome"], "public_wording": "", "awarded": True, "valid_for": {"years": 3}, **each}
                    for each in award
                ),
                last,
            ],
            **other,
        }
    )


def answered(scheme: Scheme, met: Sequence[str]) -> dict[str, Answer]:
    """Answers with these criteria met and all others not met."""
    return {one.id: Answer(rating="met" if one.id in met else "not_met") for one in scheme.criteria}
