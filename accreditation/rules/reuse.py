"""What a team's documents would answer besides: in its next cycle of the scheme, and in other schemes' cycles.

Nothing is attached here. Each offer says how much of a criterion the document answers and why, and what is out of date,
or what the scheme does not take, is named with the reason.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from accreditation.rules.clearance import never_taken
from accreditation.rules.dating import out_of_date
from accreditation.rules.deadlines import holidays_of
from accreditation.rules.library import Item, Version
from accreditation.scheme.model import Criterion, Profile, Scheme

HowMuch = Literal["whole", "part"]
"""Whether a document answers all that a criterion asks, as far as the standards say, or a part of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """A version of a document stands as evidence for a criterion of another cycle of the team, on this page of it."""

    scheme: Scheme
    criterion: str
    document: Item
    version: int
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The document's newest version would answer this criterion; `why_not` is empty where nothing speaks against it."""

    document: int
    version: int
    criterion: str
    how_much: HowMuch
    because: tuple[str, ...]
    place: str
    why_not: str


def offers(
    *, stands: Sequence[Stands], target: Scheme, profile: Profile, attached: Collection[tuple[int, str]], on: date,
    kinds: Mapping[int, str],
) -> tuple[Offer, ...]:  # fmt: skip
    """What would these documents answer in a cycle of this scheme, whose service has this profile, on this day?

    `stands` is evidence of the team's last cycle of the same scheme, and of its cycles in others. `attached` are the
    documents and criteria that belong together in the cycle already, `kinds` what the content of versions is, as far as
    somebody looked. In the order of the standard, then by document.
    """
    reasons: dict[tuple[str, int], list[tuple[HowMuch, str, Stands]]] = {}
    applicable = {criterion.id: criterion for criterion in target.applicable(profile)}
    index = _index(applicable.values())
    for one in stands:
        for criterion, how_much, because in _answers(one, target, applicable, index):
            if (one.document.id, criterion) not in attached:
                reasons.setdefault((criterion, one.document.id), []).append((how_much, because, one))
    off = holidays_of(scheme=target, profile=profile)

    def against(criterion: Criterion, newest: Version) -> str:
        taken = never_taken(kind=kinds.get(newest.id, ""), size=newest.size, rules=target.evidence_rules)
        age = out_of_date(criterion, newest.described, on=on, holidays=off)
        return "; ".join(one for one in (taken, age) if one)

    return tuple(
        _offer(applicable[name], reasons[name, document], against)
        for name in applicable
        for document in sorted({held for criterion, held in reasons if criterion == name})
    )


def _offer(
    criterion: Criterion, reasons: Sequence[tuple[HowMuch, str, Stands]], against: Callable[[Criterion, Version], str]
) -> Offer:
    document = reasons[0][2].document
    newest = document.newest
    same = [one.place for _, _, one in reasons if one.version == newest.id and one.place]
    return Offer(
        document=document.id, version=newest.id, criterion=criterion.id, place=same[0] if same else "",
        how_much="whole" if any(how_much == "whole" for how_much, _, _ in reasons) else "part",
        because=tuple(dict.fromkeys(because for _, because, _ in reasons)),
        why_not=against(criterion, newest),
    )  # fmt: skip


Index = Mapping[tuple[str, str], Sequence[Criterion]]
"""Scheme and criterion -> the criteria that say how they relate to it."""


def _index(criteria: Collection[Criterion]) -> Index:
    found: dict[tuple[str, str], list[Criterion]] = {}
    for criterion in criteria:
        for mapped in criterion.maps_to:
            found.setdefault((mapped.scheme, mapped.criterion), []).append(criterion)
    return found


def _answers(
    one: Stands, target: Scheme, applicable: Mapping[str, Criterion], index: Index
) -> Iterator[tuple[str, HowMuch, str]]:
    """Which criteria does evidence that stands there answer here, how much of each, and why?"""
    source = one.scheme.by_id.get(one.criterion)
    if source is None:
        return
    if one.scheme.id == target.id:
        yield from _again(source, applicable)
        return
    there = f"{source.id} of {one.scheme.title}"
    for mapped in source.maps_to:
        if mapped.scheme == target.id and mapped.criterion in applicable:
            yield mapped.criterion, *_related(mapped.relation, there, mapped.criterion, mapped.why)
    for criterion in index.get((one.scheme.id, source.id), ()):
        for mapped in criterion.maps_to:
            if (mapped.scheme, mapped.criterion) == (one.scheme.id, source.id):
                yield criterion.id, *_related(TURNED[mapped.relation], there, criterion.id, mapped.why)


def _again(source: Criterion, applicable: Mapping[str, Criterion]) -> Iterator[tuple[str, HowMuch, str]]:
    now = applicable.get(source.id)
    if now is not None and (now.statement, now.evidence) == (source.statement, source.evidence):
        yield source.id, "whole", f"it answered {source.id} in your last cycle of this scheme"
    elif now is not None:
        yield source.id, "part", f"it answered {source.id} in your last cycle; what is asked has other words since"


def _related(relation: str, there: str, here: str, why: str) -> tuple[HowMuch, str]:
    words, how_much = _RELATIONS[relation]
    return how_much, f"{there} {words} {here}: {why}"


TURNED: Mapping[str, str] = {"equal": "equal", "subset": "superset", "superset": "subset", "intersects": "intersects"}
"""A relation, seen from the other side."""

_RELATIONS: Mapping[str, tuple[str, HowMuch]] = {
    "equal": ("asks the same as", "whole"),
    "superset": ("asks more than", "whole"),
    "subset": ("asks a part of", "part"),
    "intersects": ("overlaps with", "part"),
}
"""How a criterion whose evidence is there relates to the one here, in words, and how much of it that answers."""
