"""Faults in how a cycle runs: review teams, evidence, holidays, the change from one edition to the next, audits."""

from collections.abc import Iterator

from accreditation.scheme.check_assignment import problems_of_assignment
from accreditation.scheme.document import Path
from accreditation.scheme.model import Scheme
from accreditation.scheme.problem import Problem, repeated


def problems_of_process(scheme: Scheme) -> Iterator[Problem]:
    """Can a cycle run as the scheme says?"""
    yield from problems_of_assignment(scheme)
    for name, audit in scheme.audits.items():
        yield from repeated(("audits", name, "levels"), audit.levels, "the level ")
    rules = scheme.evidence_rules
    yield from repeated(("evidence_rules", "kinds"), rules.kinds, "the kind ")
    yield from repeated(("evidence_rules", "hospital_numbers"), rules.hospital_numbers, "the pattern ")
    days = [(holiday.day, tuple(sorted(map(str, holiday.applies_when.items())))) for holiday in scheme.holidays]
    for position, day in enumerate(days):
        if day in days[:position]:
            found = f"{day[0]} is here a second time"
            yield Problem(path=("holidays", position), found=found, allowed="each day once")
    yield from _transition(scheme)


def _transition(scheme: Scheme) -> Iterator[Problem]:
    cut = scheme.transition.older_until
    if cut is None:
        return
    path: Path = ("transition", "older_until")
    if cut.submitted is not None and cut.visited is not None and cut.visited < cut.submitted:
        found = f"visited by {cut.visited}, before {cut.submitted}, by which is submitted"
        yield Problem(path=(*path, "visited"), found=found, allowed="a visit on the day of submission or after it")
    for name, day in cut.days().items():
        if day < scheme.effective:
            found = f"{day} is before this edition is in force ({scheme.effective})"
            yield Problem(path=(*path, name), found=found, allowed="a day on which both editions could judge")
