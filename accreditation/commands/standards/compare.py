"""accredit standards compare: what a change to a scheme changes, and what it means for cycles that run."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from accreditation.commands.standards.folder import loaded_or_exit, out
from accreditation.errors import Fault, Invalid, NotFound
from accreditation.records import editions
from accreditation.scheme.change import AREAS, Change, Kind
from accreditation.scheme.compare import Carry, Comparison
from accreditation.scheme.compare import compare as compared
from accreditation.scheme.model import Scheme
from accreditation.wiring import house

KIND_WORDS: dict[Kind, str] = {
    "added": "new",
    "withdrawn": "withdrawn",
    "reworded": "reworded",
    "moved": "moved",
    "retyped": "another type",
    "rescaled": "another scale",
    "remeasured": "measured otherwise",
    "applicability": "concerns others",
    "evidence": "other evidence",
    "weight": "another weight",
    "tags": "other tags",
    "critical": "critical or not",
    "not_applicable": "not applicable",
    "mapping": "maps elsewhere",
    "changed": "changed",
    "reordered": "another order",
}
"""What happened, as it stands before each line."""

Old = Annotated[Path, typer.Argument(help="The folder of the older standards; with --published, of the newer ones.")]
New = Annotated[Path | None, typer.Argument(help="The folder of the newer standards.")]
Published = Annotated[bool, typer.Option("--published", help="Compare one folder with the edition now published.")]


def compare_folders(old: Old, new: New = None, published: Published = False) -> None:
    """Say what changed between two folders of standards, and what a cycle that runs can carry over.

    Criteria come first, then the award, scores, scales, profile, process and sources; of each the old and the new
    wording as it is written in the file. Nothing is changed by looking.
    """
    if published == (new is not None):
        raise Invalid(
            [Fault(where="folders", found=_given(new), allowed="compare OLD NEW, or compare --published NEW")]
        )
    if new is None:
        after = loaded_or_exit(old).scheme
        before = _published(after)
    else:
        before, after = loaded_or_exit(old).scheme, loaded_or_exit(new).scheme
    tell(before, after)


def _given(new: Path | None) -> str:
    return "one folder alone" if new is None else "two folders and --published"


def _published(draft: Scheme) -> Scheme:
    """The edition of this scheme that was published last. Raises NotFound where there is none."""
    with house().database.reading() as session:
        known = editions.all_of(session, draft.id)
        if not known:
            raise NotFound(f"No edition of the scheme '{draft.id}' is published yet: compare two folders instead.")
        return editions.scheme_of(session, known[0].digest)


def tell(before: Scheme, after: Scheme) -> None:
    """Say everything that changed, the counts in the last line."""
    found = compared(before, after)
    out.print(f"{after.title}: edition {before.edition} → edition {after.edition}", style="bold", markup=False)
    if not found.changes:
        out.print("Nothing differs: they are the same edition.")
        return
    if before.id != after.id:
        out.print(
            f"These are two schemes, '{before.id}' and '{after.id}': no cycle moves between them.", style="yellow"
        )
    elif before.edition == after.edition:
        words = f"Both are called edition {after.edition}, but their content differs."
        out.print(f"{words} Give the draft a new edition: before publishing.", style="yellow", markup=False)
    for area, title in AREAS.items():
        _area(title, [change for change in found.changes if change.area == area])
    _carried(found)
    out.print(f"\n{counts(found)}", style="bold", markup=False)


def _area(title: str, changes: Iterable[Change]) -> None:
    told = list(changes)
    if not told:
        return
    out.print(f"\n{title}", style="bold", markup=False)
    for change in told:
        words = "" if change.kind in ("added", "withdrawn") and not change.words.startswith("is new;") else change.words
        out.print(f"  {KIND_WORDS[change.kind]:<18}  {change.about}{f': {words}' if words else ''}", markup=False)
        for when, value in (("was", change.old), ("now", change.new)):
            if value:
                out.print(f"  {'':<18}    {when}  {value}", markup=False)


def _carried(found: Comparison) -> None:
    out.print("\nWhat a running cycle keeps, should the office carry it over", style="bold")
    look = [one for one in found.carries if one.fate == "compatible" and one.because]
    for words, told in (
        ("answered again", [one for one in found.carries if one.fate == "incompatible"]),
        ("reviewed again", _reviewed_again(found)),
        ("kept, look again", look),
        ("nothing to keep", [one for one in found.carries if one.fate == "none"]),
    ):
        for one in told:
            out.print(f"  {words:<18}  {one.criterion} {one.title}: {one.because}", markup=False)
    rest = found.fates["compatible"] - len(look)
    all_ = rest == len(found.carries)
    out.print(f"  {'kept':<18}  the answers to {f'all {rest}' if all_ else f'{rest} other'} criteria", markup=False)


def _reviewed_again(found: Comparison) -> list[Carry]:
    """What reviewers rate again although the team's answer stays."""
    again = {one.criterion for one in found.carries if one.fate == "incompatible"}
    return [one for one in found.reviews if one.fate == "incompatible" and one.criterion not in again]


def counts(found: Comparison) -> str:
    """The comparison in one line of numbers."""
    criteria = [
        change for change in found.changes if change.area == "criteria" and change.about.startswith("criterion")
    ]
    by_kind = {kind: len({c.about for c in criteria if c.kind == kind}) for kind in ("added", "withdrawn", "reworded")}
    changed = len({c.about for c in criteria if c.kind not in by_kind})
    others = len(found.changes) - len(criteria)
    return (
        f"{_many(by_kind['added'], 'criterion', 'criteria')} new, {by_kind['withdrawn']} withdrawn, "
        f"{by_kind['reworded']} reworded, {changed} changed; "
        f"{_many(others, 'other change', 'other changes')}; a running cycle keeps its answers to "
        f"{found.fates['compatible']} and answers {found.fates['incompatible']} again."
    )


def _many(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"
