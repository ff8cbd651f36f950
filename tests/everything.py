"""A scheme that uses the whole language, written as its author would write it."""

from collections.abc import Mapping

SCHEME = """\
id: whole
title: A scheme that says everything
edition: "1"
effective: 2026-04-01
language: 1
about: For tests.
sources:
  guide: {title: A guide, published: 2023}
profile:
  beds: {question: How many beds?, unit: beds}
  kind: {question: Which kind of assessment is it?, choices: {new: New, established: Established}, asked_of: office}
  trains: {question: Does it train?}
types:
  core: {title: Core, meaning: All must be met.}
  extra: {title: Extra, meaning: Some should be met.}
scale:
  full: {title: Full, counts_as_met: true, points: 10}
  half: {title: Half, counts_as_met: true, points: 5}
  nil: {title: Nothing, counts_as_met: false, points: 0}
scales:
  letters:
    A: {title: A, counts_as_met: true, points: 3}
    B: {title: B, counts_as_met: false, points: 1}
  own:
    "yes": {title: Done, counts_as_met: true}
    "no": {title: Not done, counts_as_met: false}
self_scale: own
not_applicable: {needs_reason: true}
too_few_cases: leaves_out
not_answered: counts_as_not_met
audits:
  audit:
    title: The audit
    levels: [A, B, C]
    columns: {team: team, organisation: trust, period: quarter}
bands:
  overall:
    - {at_least: 80, level: high, points: 2}
    - {at_least: 50, below: 80, level: middle, points: 1}
    - {below: 50, level: low, points: 0}
domains:
  - id: "1"
    title: Safety
    file: criteria/safety.yaml
    standards:
      - {id: S1, title: First}
      - {id: S2, title: Second, sections: [{id: S2a, title: Part a}]}
  - {id: "2", title: Measures, file: criteria/measures.yaml}
scores:
  share_met:
    title: Share met
    figure: {percent_of_points: {domain: "1"}}
    rounded: 0
    bands: overall
    published: true
  per_standard:
    title: Of a standard
    per: standard
    figure: {share: {all_criteria: true}, counting: met}
    bands:
      - {above: 50, level: good}
      - {at_most: 50, level: poor}
  ladder:
    title: Ladder
    ladder:
      - {level: one, when: {every: {type: core}, if_none_apply: satisfied}, points: 1}
      - {level: two, when: {level: share_met, is: high, if_no_value: not_satisfied}, points: 2}
  letters:
    title: By rule
    levels:
      - level: top
        when:
          each: standard
          among: {type: core}
          holds: {level: per_standard, at_least: good, if_no_value: satisfied}
          at_least: 50 %
          if_none_apply: satisfied
    otherwise: bottom
  sum:
    title: Sum
    figure:
      sum_of:
        - {mean_of: [{constant: 1}, {score: share_met}, {level_points: share_met}]}
        - {product_of: [{fact: beds}, {constant: "0.5"}]}
        - {lowest_of: [{points: {critical: true}}, {number: {tag: blood}, rated_at_least: half}]}
        - {highest_of: [{measured: "2.01"}, {share: {standard: S2a}, rated: full}]}
        - first_of:
            - mean: {domain: "1"}
              over: [standard, domain]
            - {mean: {domain: "1"}, over: criteria}
        - difference: [{score: per_standard, of: S1}, {each: domain, take: mean, figure: {constant: 1}}]
        - divide: {score: share_met}
          by: {constant: 2}
award:
  - outcome: gold
    title: Gold
    public_wording: It is very good.
    awarded: true
    valid_for:
      - {period: {years: 4}, when: {score: sum, at_least: 40, if_no_value: not_satisfied}}
      - {period: {years: 2}, otherwise: true}
    when:
      all:
        - {every: {type: core, domain: "1"}, rated: [full, half], if_none_apply: not_satisfied}
        - {share: {type: [core, extra]}, above: 80 %, weighted: true, if_none_apply: satisfied}
        - {number: {critical: true}, counting: not_met, at_most: {by: kind, limits: {new: 1, established: 2}}}
        - {mean: {domain: "1"}, over: criteria, at_least: 5, if_no_value: not_satisfied}
        - {points: {domain: "1"}, at_least: 2}
        - {percent_of_points: {domain: "1"}, above: 10, if_no_value: satisfied}
        - {measured: "2.01", at_least: {fact: beds}, if_no_value: satisfied}
        - figure: {score: sum}
          at_most: 1000
          if_no_value: satisfied
        - {fact: trains, is: true}
        - not: {fact: kind, is: [new]}
        - {fact: beds, is: {at_least: 2}}
        - any: [{level: ladder, at_least: one, if_no_value: satisfied}, {fact: trains, is: false}]
          at_least: 1
  - outcome: look
    title: For the committee
    public_wording: The committee looks at it.
    awarded: false
    judgement: true
    when: {level: letters, is: [top, bottom], if_no_value: satisfied}
  - outcome: wait
    title: Wait
    public_wording: It is working on it.
    awarded: false
    conditions: {on: {type: core}, within: {business_days: 60}, when_met: gold, when_missed: nothing}
    when: {share: {type: core}, at_least: 10 %, if_none_apply: satisfied}
  - {outcome: nothing, title: None, public_wording: None., awarded: false, otherwise: true}
limits:
  - {when: {number: {critical: true}, counting: not_met, at_least: 1}, at_best: wait, because: Critical first.}
review_team:
  - {role: lead, title: Lead, minimum: 1, maximum: 3, specialties: [stroke, rehabilitation]}
  - {role: trainee, title: Trainee, minimum: 0, maximum: 2, observes: true}
consensus: {settled_by: lead, agree: same_verdict}
timetable:
  self_assessment: {months: 3}
  evidence: {weeks: 6}
  assignment: {weeks: 4}
  review: {weeks: 6}
  consensus: {days: 10}
  decision: {months: 9}
holidays:
  - {day: 2026-12-25, title: Christmas}
  - {day: 2026-12-26, title: Boxing day, applies_when: {trains: true}}
factual_accuracy: {within: {weeks: 1}, silence: agreed}
decided_by: {title: The committee, confirmed_by: The board}
appeal: {within: {days: 30}, decision_stands_meanwhile: true, panel: 3}
transition: {fixed_by: visited, older_until: {submitted: 2026-05-01, visited: 2026-09-01}, grace: {months: 6}}
assignment:
  team_size: 2
  experienced: {at_least: 1, after_visits: 3}
  same_network: barred
  employed_within: {years: 3}
  reciprocal: allowed
  colleagues: barred
  repeat: barred
  region: other
  travel: {at_least: 20, at_most: 180}
  most_visits: 4
  fit: {expertise: 3, experience: 2, travel: 3, preference: 2}
  confirmed_by: office
  service_answers: {within: {weeks: 1}, silence: no_conflict}
  reviewer_answers: {within: {days: 5}}
evidence_requests: {within: {weeks: 1}, most: 5}
immediate_risk: {reply_within: {business_days: 2}}
evidence_rules:
  most_bytes: 50000000
  most_files: 200
  kinds: [pdf, csv]
  patient_identifiers: not_searched
  hospital_numbers: ['\\bRX\\d{6}\\b']
  keep: {years: 7}
"""

SAFETY = """\
- id: "1.01"
  title: Lead
  statement: There is a lead.
  type: core
  standard: S1
  critical: true
  tags: [blood, people]
  weight: 2
  sources: [guide]
  evidence: [{title: Job plan, required: true, not_older_than: {months: 12}}]
  maps_to: [{scheme: other, criterion: "7", relation: equal, why: The same words.}]
- {id: "1.02", title: Blood, statement: Blood is there., type: extra, standard: S2a, tags: blood}
- {id: "1.03", title: Training, statement: It trains., type: core, standard: S2, applies_when: {trains: true}}
"""

MEASURES = """\
- id: "2.01"
  title: Minutes
  statement: It is quick.
  type: extra
  measure: {unit: minutes, formula: {times: -2, plus: 100, at_most: 100, at_least: 0}}
- id: "2.02"
  title: Share
  statement: Many.
  type: extra
  scale: letters
  self_scale: letters
  measure:
    unit: "%"
    bands:
      - {at_least: 90, level: A}
      - {below: 90, level: B}
- id: "2.03"
  title: Over time
  statement: Better than others.
  type: extra
  can_be_not_applicable: false
  applies_when: {kind: [new], beds: {at_least: 3}}
  measure: {unit: falls, below: benchmark, series: [{each: unit, above: 50 %}, {each: quarter, at_least: 50 %}]}
- {id: "2.04", title: Audit, statement: Audit., type: extra, measure: {audit: audit, indicator: t_scan, level: B}}
"""

CASES = """\
- case: all of it
  profile: {beds: 12, kind: established, trains: true}
  ratings: {default: best, "1.02": half, "2.01": {measured: 20}, "2.04": {level: A}}
  expect: {levels: {per_standard: {S1: good}, ladder: two}, scores: {share_met: 88}}
"""

FILES: Mapping[str, bytes] = {
    "scheme.yaml": SCHEME.encode(),
    "criteria/safety.yaml": SAFETY.encode(),
    "criteria/measures.yaml": MEASURES.encode(),
    "cases/cases.yaml": CASES.encode(),
}


def changed(file: str, *changes: tuple[str, str]) -> dict[str, bytes]:
    """These files with some places written differently."""
    text = FILES[file].decode()
    for old, new in changes:
        assert old in text, f"{old!r} is not in {file}"
        text = text.replace(old, new, 1)
    return {**FILES, file: text.encode()}
