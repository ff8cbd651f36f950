"""A reviewer's own workload and agreement in words, and their certificate."""

from collections.abc import Sequence
from dataclasses import dataclass

from accreditation.rules.agreement.severity import Severity
from accreditation.views.own_figures import OfScheme, OwnFigures, has_taken_part
from accreditation.views.own_visits import OwnVisit
from api.presenting.moments import day_of
from api.presenting.register import Told
from api.presenting.review.visits import OVER, days
from api.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """A visit in which one took part, with where its certificate is."""

    name: str
    role: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """How one rates in a scheme."""

    title: str
    rows: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The page."""

    workload: tuple[Told, ...]
    schemes: tuple[Scheme, ...]
    took: tuple[Took, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """The certificate, by its lines."""

    name: str
    whose: str
    scheme: str
    role: str
    days: str
    handed_in: str
    given_on: str


def figures(found: OwnFigures, words: Words) -> Figures:
    """The page of one's own figures."""
    return Figures(
        workload=_workload(found.visits, words), schemes=tuple(_scheme(one, words) for one in found.schemes),
        took=tuple(
            Took(name=f"{one.team.name}, {one.organisation.name}: {one.scheme_title}, {one.round_name}",
                 role=one.title, address=f"/review/cycles/{one.id}/certificate")
            for one in found.visits
            if has_taken_part(one)
        ),
    )  # fmt: skip


def certificate(one: OwnVisit, words: Words, *, name: str, given: str) -> Certificate:
    """The certificate of having taken part in this visit; `given` is the day on which it is shown."""
    handed_in = "" if one.handed_in_at is None else words.day(day_of(one.handed_in_at))
    return Certificate(
        name=name, whose=f"{one.team.name}, {one.organisation.name}", scheme=f"{one.scheme_title}, {one.round_name}",
        role=one.title, days=days(one.visit, words), handed_in=handed_in, given_on=given,
    )  # fmt: skip


def severity(one: Severity, words: Words) -> str:
    """How strict somebody is beside the others, first in a word, then by how much and how sure that is."""
    if one.steps is None or one.lower is None or one.upper is None:
        return one.words
    verdict = words("About as strict as the others.")
    if one.upper < 0:
        verdict = words("Stricter than the others.")
    elif one.lower > 0:
        verdict = words("Milder than the others.")
    apart = words("On average you rate lower than they do, by %(size)s of a step of the scale.", size=_size(one.steps))
    if one.steps > 0:
        apart = words("On average you rate higher than they do, by %(size)s of a step of the scale.",
                      size=_size(one.steps))  # fmt: skip
    sure = words(
        "That is not exact: it could be anything from %(lower)s to %(upper)s.", lower=_steps(one.lower, words),
        upper=_steps(one.upper, words),
    )  # fmt: skip
    return f"{verdict} {apart} {sure}"


def _size(steps: float) -> str:
    return f"{abs(steps):.1f}"


def _steps(steps: float, words: Words) -> str:
    """So many steps, up or down."""
    return words("%(size)s lower", size=_size(steps)) if steps < 0 else words("%(size)s higher", size=_size(steps))


def _workload(visits: Sequence[OwnVisit], words: Words) -> tuple[Told, ...]:
    on = [one for one in visits if one.stage not in OVER]
    rows = [
        (words("Visits that you took on"), len(visits)), (words("Visits that go on"), len(on)),
        (words("Reviews that you handed in"), sum(one.handed_in_at is not None for one in visits)),
        (words("Questions that you rated"), sum(one.rated for one in visits)),
    ]  # fmt: skip
    return tuple(Told(name=name, value=str(value)) for name, value in rows)


def _scheme(one: OfScheme, words: Words) -> Scheme:
    rows = [Told(name=words("How strict you are"), value=severity(one.severity, words))]
    rows += [
        Told(name=words("How you agree with what was settled, on %(scale)s", scale=each.scale),
             value=each.alpha.words)
        for each in one.consistency
    ]  # fmt: skip
    return Scheme(title=one.scheme, rows=tuple(rows))
