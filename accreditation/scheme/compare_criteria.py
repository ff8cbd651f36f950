"""What changed in the tree of a scheme: its domains, standards, sections and criteria."""

from collections.abc import Iterator, Mapping

from accreditation.scheme.change import Change, Kind, named_changed, order_changed, part_changed, value_changed
from accreditation.scheme.criterion import Criterion
from accreditation.scheme.inline import inline
from accreditation.scheme.measure import Threshold
from accreditation.scheme.model import Scheme

KINDS: Mapping[str, Kind] = {
    "title": "reworded",
    "statement": "reworded",
    "guidance": "reworded",
    "type": "retyped",
    "standard": "moved",
    "scale": "rescaled",
    "self_scale": "rescaled",
    "weight": "weight",
    "tags": "tags",
    "critical": "critical",
    "can_be_not_applicable": "not_applicable",
    "evidence": "evidence",
    "applies_when": "applicability",
    "measure": "remeasured",
    "maps_to": "mapping",
}
"""Field of a criterion -> what its change is called."""


def criteria_changed(old: Scheme, new: Scheme) -> Iterator[Change]:
    """Which criteria were withdrawn, are new, or changed, and in what?"""
    for before in old.criteria:
        if before.id not in new.by_id:
            yield Change(
                area="criteria", kind="withdrawn", about=_about(before), words="is withdrawn", old=_place(old, before)
            )
    for now in new.criteria:
        if now.id not in old.by_id:
            words = f"is new{_renamed(old, new, now)}"
            yield Change(area="criteria", kind="added", about=_about(now), words=words, new=_place(new, now))
    for now in new.criteria:
        if now.id in old.by_id:
            yield from _criterion(old, new, old.by_id[now.id], now)


def tree_changed(old: Scheme, new: Scheme) -> Iterator[Change]:
    """How did domains, their standards and sections change, and the order of what stands in them?"""
    before, now = ({one.id: one for one in scheme.domains} for scheme in (old, new))
    yield from named_changed(area="criteria", what="domain", old=before, new=now, leave=("standards", "criteria"))
    for level in ("standard", "section"):
        yield from named_changed(area="criteria", what=level, old=_titles(old, level), new=_titles(new, level))
    for name in now:
        if name in before:
            old_ids, new_ids = ([one.id for one in domain.criteria] for domain in (before[name], now[name]))
            yield from order_changed(area="criteria", about=f"criteria of domain {name}", old=old_ids, new=new_ids)


def _titles(scheme: Scheme, level: str) -> dict[str, str]:
    """Every standard or every section by its title, and where it belongs."""
    standards = [(domain.id, standard) for domain in scheme.domains for standard in domain.standards]
    if level == "standard":
        return {one.id: f"{one.title} (domain {domain})" for domain, one in standards}
    return {
        section.id: f"{section.title} (standard {standard.id})"
        for _, standard in standards
        for section in standard.sections
    }


def _criterion(old: Scheme, new: Scheme, before: Criterion, now: Criterion) -> Iterator[Change]:
    about = _about(now)
    yield from value_changed(
        area="criteria", about=about, words="its domain", old=old.domain_of[now.id], new=new.domain_of[now.id],
        kind="moved",
    )  # fmt: skip
    leave: tuple[str, ...] = ()
    if isinstance(before.measure, Threshold) and isinstance(now.measure, Threshold):
        yield from _measure(about, before.measure, now.measure)
        leave = ("measure",)
    yield from part_changed(area="criteria", about=about, old=before, new=now, kinds=KINDS, leave=leave)


def _measure(about: str, before: Threshold, now: Threshold) -> Iterator[Change]:
    if before.bound != now.bound:
        yield Change(
            area="criteria", kind="remeasured", about=about, words="its threshold", old=_bound(before), new=_bound(now)
        )
    kinds: Mapping[str, Kind] = dict.fromkeys(Threshold.model_fields, "remeasured")
    leave = ("at_least", "above", "at_most", "below")
    yield from part_changed(area="criteria", about=about, old=before, new=now, kinds=kinds, leave=leave)


def _bound(measure: Threshold) -> str:
    bound = measure.bound
    return "none" if bound is None else f"{bound[0]}: {inline(bound[1])} ({measure.unit})"


def _about(criterion: Criterion) -> str:
    return f"criterion {criterion.id} ({criterion.title})"


def _place(scheme: Scheme, criterion: Criterion) -> str:
    domain = next(one for one in scheme.domains if one.id == scheme.domain_of[criterion.id])
    return f"{scheme.types[criterion.type].title.lower()}, in domain {domain.id} {domain.title}"


def _renamed(old: Scheme, new: Scheme, now: Criterion) -> str:
    """Does it read like one that is withdrawn? An id that changes loses its answers: its author should know."""
    same = [
        before.id
        for before in old.criteria
        if before.id not in new.by_id and (before.title, before.statement) == (now.title, now.statement)
    ]
    return f"; it reads like {same[0]}, which is withdrawn: under another id no answer is carried over" if same else ""
