"""Faults in what depends on the profile: facts that nobody states, and answers that their questions do not take."""

from collections.abc import Iterator, Mapping

from accreditation.scheme.document import Path
from accreditation.scheme.ends import Between, Ends, FactLimit, Limit, NumberBy, ShareBy
from accreditation.scheme.facts import Fact
from accreditation.scheme.figure import FactFigure
from accreditation.scheme.model import Scheme
from accreditation.scheme.problem import Problem, missing, unknown
from accreditation.scheme.rule import FactIs
from accreditation.scheme.walk import Found

MAX_FACTS = 12
"""A longer questionnaire about oneself is a burden; what more is needed is a criterion."""

_FACT = "fact of the profile"

Wanted = bool | tuple[str, ...] | Between


def problems_of_profile_asked(scheme: Scheme) -> Iterator[Problem]:
    """Is the profile short enough, and does all that applies by it ask for answers that can be given?"""
    if len(scheme.profile) > MAX_FACTS:
        yield Problem(path=("profile",), found=f"{len(scheme.profile)} facts", allowed=f"at most {MAX_FACTS}")
    for d, domain in enumerate(scheme.domains):
        for c, criterion in enumerate(domain.criteria):
            yield from _applies(("domains", d, "criteria", c, "applies_when"), criterion.applies_when, scheme)
    for position, holiday in enumerate(scheme.holidays):
        yield from _applies(("holidays", position, "applies_when"), holiday.applies_when, scheme)


def _applies(path: Path, applies_when: Mapping[str, Wanted], scheme: Scheme) -> Iterator[Problem]:
    yield from unknown(path, applies_when, scheme.profile, _FACT)
    for name, wanted in applies_when.items():
        if name in scheme.profile:
            yield from _asked((*path, name), wanted, scheme.profile[name])


def _asked(path: Path, wanted: Wanted, fact: Fact) -> Iterator[Problem]:
    """Can the fact be as wanted?"""
    fits = {"yes_no": bool, "choice": tuple, "number": Between}[fact.kind]
    if not isinstance(wanted, fits):
        number = f"ends such as {{at_least: 1}} in {fact.unit}"
        allowed = number if fact.kind == "number" else f"allowed here: {fact.allowed}"
        yield Problem(path=path, found=f"'{_said(wanted)}' is no answer to '{fact.question}'", allowed=allowed)
    elif isinstance(wanted, tuple):
        yield from unknown(path, wanted, fact.choices or {}, "choice", at_key=False)
        if not wanted:
            yield Problem(path=path, found="no choice at all", allowed=f"one or more of {fact.allowed}")


def _said(wanted: Wanted) -> str:
    match wanted:
        case bool():
            return str(wanted).lower()
        case tuple():
            return ", ".join(wanted)
        case _:
            return ", ".join(f"{name}: {end}" for name, end in wanted.given().items())


def problems_of_facts(found: Found, scheme: Scheme) -> Iterator[Problem]:
    """Does this rule or figure ask for facts that can be stated, and limit by answers that can be given?"""
    node, path = found.node, found.path
    if isinstance(node, FactIs):
        yield from unknown((*path, "fact"), [node.fact], scheme.profile, _FACT, at_key=False)
        if node.fact in scheme.profile:
            yield from _asked((*path, "is"), node.is_, scheme.profile[node.fact])
    if isinstance(node, FactFigure):
        yield from _number((*path, "fact"), node.fact, scheme)
    if isinstance(node, Ends):
        for name, limit in node.given().items():
            yield from _limit((*path, name), limit, scheme)


def _number(path: Path, name: str, scheme: Scheme) -> Iterator[Problem]:
    fact = scheme.profile.get(name)
    if fact is None:
        yield missing(path, name, scheme.profile, _FACT)
    elif fact.kind != "number":
        numbers = ", ".join(one for one, about in scheme.profile.items() if about.kind == "number")
        allowed = f"a fact with a unit: {numbers}" if numbers else "a fact with a unit; the profile has none"
        yield Problem(path=path, found=f"the fact '{name}' is not a number", allowed=allowed)


def _limit(path: Path, limit: Limit, scheme: Scheme) -> Iterator[Problem]:
    if isinstance(limit, FactLimit):
        yield from _number((*path, "fact"), limit.fact, scheme)
    elif isinstance(limit, NumberBy | ShareBy):
        fact = scheme.profile.get(limit.by)
        if fact is None:
            yield missing((*path, "by"), limit.by, scheme.profile, _FACT)
        elif fact.kind == "number":
            found = f"'{limit.by}' is a number, and a limit for each of its answers cannot be written"
            yield Problem(path=(*path, "by"), found=found, allowed="a fact answered yes or no, or by choices")
        else:
            yield from _answers((*path, "limits"), limit.by, limit.limits, fact)


def _answers(path: Path, name: str, limits: Mapping[str, object], fact: Fact) -> Iterator[Problem]:
    yield from unknown(path, limits, fact.answers(), "answer", where=f" to '{name}'")
    lacking = [answer for answer in fact.answers() if answer not in limits]
    if lacking:
        found = f"no limit where '{name}' is {', '.join(lacking)}"
        yield Problem(path=path, found=found, allowed=f"a limit for each of {', '.join(fact.answers())}")
