"""What changed between two parts of a scheme: the values a comparison is made of, and how parts are compared."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from accreditation.scheme.inline import inline
from accreditation.scheme.values import Part, Period
from accreditation.scheme.walk import NODES

Area = Literal["edition", "criteria", "award", "scores", "scales", "profile", "process", "sources"]

AREAS: Mapping[Area, str] = {
    "edition": "The edition as a whole",
    "criteria": "Criteria",
    "award": "Award",
    "scores": "Scores and bands",
    "scales": "Scales, and what counts",
    "profile": "Profile",
    "process": "Review and timetable",
    "sources": "Sources and audits",
}
"""What a change is about, in the order in which a comparison is read."""

Kind = Literal[
    "added", "withdrawn", "reworded", "moved", "retyped", "rescaled", "remeasured", "applicability", "evidence",
    "weight", "tags", "critical", "not_applicable", "mapping", "changed", "reordered",
]  # fmt: skip


class Change(Part):
    """One thing that changed. `old` and `new` are as the author wrote them; empty where there was or is nothing."""

    area: Area
    kind: Kind
    about: str
    words: str
    old: str = ""
    new: str = ""

    def __str__(self) -> str:
        """The change on one line."""
        turned = f": {self.old or 'nothing'} became {self.new or 'nothing'}" if self.old or self.new else ""
        return f"{self.about}: {self.words}{turned}"


LEAVES: tuple[type[Part], ...] = (*NODES, Period)
"""Parts that are shown whole, and not field by field."""

FIELD_WORDS: Mapping[str, str] = {
    "when": "its rule",
    "otherwise": "what is left to it",
    "awarded": "whether it is an award",
    "judgement": "whether people judge",
    "valid_for": "how long it is valid",
    "counts_as_met": "whether it counts as met",
    "asked_of": "who answers it",
    "applies_when": "whom it concerns",
    "per": "what there is one of",
    "on": "which criteria become conditions",
    "within": "the time allowed",
    "settled_by": "who settles",
    "fixed_by": "the event that fixes it",
    "when_met": "what follows once all is put right",
    "when_missed": "what follows when the time is over",
    "at_best": "the best outcome it allows",
    "can_be_not_applicable": "whether it can be not applicable",
}
"""Fields that are told in other words than their key."""


def told(field: str) -> str:
    """A field of a part in words."""
    return FIELD_WORDS.get(field, f"its {field.replace('_', ' ')}")


def value_changed(
    *, area: Area, about: str, words: str, old: Any, new: Any, kind: Kind = "changed"
) -> Iterator[Change]:
    """Did this value change? Parts are looked into where both are of a kind; a rule down to what differs in it."""
    if old == new:
        return
    where, before, now = narrowed(old, new)
    if isinstance(before, Part) and type(before) is type(now) and not isinstance(before, LEAVES):
        for field in differing(before, now):
            yield from value_changed(
                area=area, about=about, words=f"{words}, {told(field)}", old=getattr(before, field),
                new=getattr(now, field), kind=kind,
            )  # fmt: skip
        return
    yield Change(area=area, kind=kind, about=about, words=words + where, old=_written(before), new=_written(now))


def part_changed(
    *, area: Area, about: str, old: Part, new: Part, kinds: Mapping[str, Kind] | None = None, leave: Sequence[str] = ()
) -> Iterator[Change]:
    """Which fields of this part changed? `kinds` names the kind of change of a field, `leave` those not looked at."""
    for field in differing(old, new):
        if field not in leave:
            kind: Kind = (kinds or {}).get(field, "reworded" if field in ("title", "public_wording") else "changed")
            yield from value_changed(
                area=area, about=about, words=told(field), old=getattr(old, field), new=getattr(new, field), kind=kind
            )


def named_changed(
    *, area: Area, what: str, old: Mapping[str, Any], new: Mapping[str, Any], leave: Sequence[str] = ()
) -> Iterator[Change]:
    """Which of these named things were withdrawn, are new, changed, or stand in another order?"""
    for name, before in old.items():
        if name not in new:
            yield Change(area=area, kind="withdrawn", about=f"{what} {name}", words="is withdrawn", old=_short(before))
    for name, now in new.items():
        about = f"{what} {name}"
        if name not in old:
            yield Change(area=area, kind="added", about=about, words="is new", new=_short(now))
        elif isinstance(now, Part) and type(now) is type(old[name]):
            yield from part_changed(area=area, about=about, old=old[name], new=now, leave=leave)
        else:
            yield from value_changed(area=area, about=about, words="is another", old=old[name], new=now)
    yield from order_changed(area=area, about=f"{what}s", old=list(old), new=list(new))


def order_changed(*, area: Area, about: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """Do the things that are in both stand in another order?"""
    before, now = [name for name in old if name in new], [name for name in new if name in old]
    if before != now:
        yield Change(
            area=area, kind="reordered", about=about, words="stand in another order", old=", ".join(before),
            new=", ".join(now),
        )  # fmt: skip


def differing(old: Part, new: Part) -> list[str]:
    """Which fields of two parts of a kind are not equal?"""
    return [field for field in type(new).model_fields if getattr(old, field) != getattr(new, field)]


def narrowed(old: Any, new: Any) -> tuple[str, Any, Any]:
    """Where in this rule is the difference? The place in words, and the smallest rules or figures that differ."""
    where = ""
    while type(old) is type(new) and isinstance(old, NODES):
        fields = differing(old, new)
        if len(fields) != 1:
            break
        inner = _one_inside(getattr(old, fields[0]), getattr(new, fields[0]))
        if inner is None:
            break
        number, old, new = inner
        where += f", within {fields[0].rstrip('_')}{number}"
    return where, old, new


def _one_inside(old: Any, new: Any) -> tuple[str, Any, Any] | None:
    """The one rule or figure in this field that differs; None where it is not one alone."""
    if isinstance(old, NODES) and isinstance(new, NODES):
        return "", old, new
    if not (isinstance(old, tuple) and isinstance(new, tuple) and len(old) == len(new)):
        return None
    places = [place for place, (before, now) in enumerate(zip(old, new, strict=True)) if before != now]
    if len(places) != 1 or not isinstance(old[places[0]], NODES):
        return None
    return f" the {_ordinal(places[0] + 1)}", old[places[0]], new[places[0]]


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _written(value: Any) -> str:
    """The value as it is written; text that stands alone needs no quotes."""
    if isinstance(value, str):
        return value
    return "" if value is None or value in ((), {}, "") else inline(value)


def _short(value: Any) -> str:
    """What a new or withdrawn thing is: by its title where it has one, else as it is written."""
    if isinstance(value, str):  # which has a method of that name
        return value
    title = getattr(value, "title", None) or getattr(value, "question", None) or getattr(value, "because", None)
    return str(title) if title else _written(value)
