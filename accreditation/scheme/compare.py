"""Two editions of a scheme side by side: everything that changed, and what a running cycle may carry over."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from accreditation.scheme.award import Limiter
from accreditation.scheme.carrying import Carry, Fate, carries
from accreditation.scheme.change import Area, Change, Kind, named_changed, value_changed
from accreditation.scheme.compare_criteria import criteria_changed, tree_changed
from accreditation.scheme.inline import inline
from accreditation.scheme.measure import Threshold
from accreditation.scheme.model import Scheme
from accreditation.scheme.values import Part

__all__ = ["Carry", "Change", "Comparison", "Fate", "carries", "compare"]


class Comparison(Part):
    """Everything that changed from one edition to another, and what a running cycle may carry over.

    `carries` is about the team's answers, `reviews` about what reviewers have rated meanwhile: a number that a team
    measured holds beside another threshold, a reviewer's 'met' does not.
    """

    scheme: str
    old_edition: str
    new_edition: str
    changes: tuple[Change, ...]
    carries: tuple[Carry, ...]
    reviews: tuple[Carry, ...]

    @property
    def kinds(self) -> Mapping[Kind, int]:
        """How many changes there are of each kind."""
        return Counter(change.kind for change in self.changes)

    @property
    def fates(self) -> Mapping[Fate, int]:
        """How many criteria may be carried over, may not, or are new or withdrawn."""
        return Counter(one.fate for one in self.carries)


def compare(old: Scheme, new: Scheme) -> Comparison:
    """What changed from `old` to `new`? An edition compared with itself has no changes."""
    return Comparison(
        scheme=new.id,
        old_edition=old.edition,
        new_edition=new.edition,
        changes=() if old == new and old.canonical() == new.canonical() else tuple(_changes(old, new)),
        carries=carries(old, new, by="team"),
        reviews=carries(old, new, by="reviewer"),
    )


VALUES: Mapping[str, tuple[Area, str]] = {
    "id": ("edition", "the scheme's id"),
    "title": ("edition", "the title"),
    "edition": ("edition", "the edition"),
    "effective": ("edition", "the day it is in force from"),
    "language": ("edition", "the language it is written in"),
    "about": ("edition", "what is said about it"),
    "extends": ("edition", "the scheme it is built on"),
    "transition": ("edition", "how it takes over from the edition before"),
    "better_never_lowers": ("award", "whether a better rating can never lower an award"),
    "self_scale": ("scales", "the scale that teams rate themselves on"),
    "not_applicable": ("scales", "not applicable"),
    "too_few_cases": ("scales", "what too few cases do"),
    "not_answered": ("scales", "what a criterion that is not answered does"),
    "assignment": ("process", "who may sit in a review team and who confirms it"),
    "evidence_requests": ("process", "requests for more evidence"),
    "evidence_rules": ("process", "what a file of evidence may be"),
    "immediate_risk": ("process", "the clock of an immediate risk"),
    "consensus": ("process", "how differences are settled"),
    "timetable": ("process", "the timetable"),
    "factual_accuracy": ("process", "the check of factual accuracy"),
    "decided_by": ("process", "who decides"),
    "appeal": ("process", "the appeal"),
}
"""Fields of a scheme that are compared as one value, with their area and their words."""

NAMED: Mapping[str, tuple[Area, str]] = {
    "award": ("award", "outcome"),
    "limits": ("award", "limit"),
    "scores": ("scores", "score"),
    "types": ("scales", "type"),
    "scale": ("scales", "rating"),
    "profile": ("profile", "fact"),
    "review_team": ("process", "seat"),
    "holidays": ("process", "holiday"),
    "sources": ("sources", "source"),
    "audits": ("sources", "audit"),
}
"""Fields of a scheme that hold named things, with their area and what one of them is called."""

TOLD_APART = ("domains", "scales", "bands")
"""The fields that are compared in a way of their own."""

KEYS: Mapping[str, str] = {"award": "outcome", "limits": "because", "review_team": "role"}
"""What tells the members of a list apart."""


def _changes(old: Scheme, new: Scheme) -> Iterator[Change]:
    """Every change, in the order in which a comparison is read."""
    yield from _values(old, new, "edition")
    yield from criteria_changed(old, new)
    yield from tree_changed(old, new)
    areas: tuple[Area, ...] = ("award", "scores", "scales", "profile", "process", "sources")
    for area in areas:
        for field, (where, what) in NAMED.items():
            if where == area:
                before, now = (_named(field, getattr(scheme, field)) for scheme in (old, new))
                yield from named_changed(area=area, what=what, old=before, new=now)
        if area == "scores":
            yield from _bands(old, new)
        if area == "scales":
            yield from _scales(old, new)
        yield from _values(old, new, area)


def _values(old: Scheme, new: Scheme, area: Area) -> Iterator[Change]:
    for field, (where, words) in VALUES.items():
        if where == area:
            yield from value_changed(
                area=area, about="scheme", words=words, old=getattr(old, field), new=getattr(new, field)
            )


def _named(field: str, given: Any) -> dict[str, Any]:
    """The things of this field by what tells them apart; where two are called the same, a number is added."""
    if isinstance(given, Mapping):
        return dict(given)
    named: dict[str, Any] = {}
    for one in given:
        name = str(getattr(one, KEYS[field])) if field in KEYS else f"{one.day} {one.title}"
        name = f"'{name}'" if isinstance(one, Limiter) else name
        same = sum(known == name or known.startswith(f"{name} (") for known in named)
        named[f"{name} ({same + 1})" if same else name] = one
    return named


def _scales(old: Scheme, new: Scheme) -> Iterator[Change]:
    whole = [{name: inline(scale) for name, scale in scheme.scales.items()} for scheme in (old, new)]
    both = [name for name in new.scales if name in old.scales]
    for name in both:
        yield from named_changed(
            area="scales", what=f"scale {name}, rating", old=old.scales[name], new=new.scales[name]
        )
    before, now = ({name: "" if name in both else told for name, told in one.items()} for one in whole)
    yield from named_changed(area="scales", what="scale", old=before, new=now)


def _bands(old: Scheme, new: Scheme) -> Iterator[Change]:
    before, now = (
        {f"{name} ({_used_by(new, name)})": bands for name, bands in scheme.bands.items()} for scheme in (old, new)
    )
    yield from named_changed(area="scores", what="band table", old=before, new=now)


def _used_by(scheme: Scheme, bands: str) -> str:
    """Who looks into this band table?"""
    criteria: Sequence[str] = [
        one.id for one in scheme.criteria if isinstance(one.measure, Threshold) and one.measure.bands == bands
    ]
    scores = [name for name, score in scheme.scores.items() if score.bands == bands]
    users = [*(["criteria " + ", ".join(criteria)] if criteria else []), *(f"score {name}" for name in scores)]
    return f"used by {' and '.join(users)}" if users else "used by nothing now"
