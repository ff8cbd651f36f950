"""accredit evidence due, accredit evidence delete: what nothing keeps any more, and deleting it after a look."""

from collections.abc import Iterator
from typing import Annotated

import typer
from rich.console import Console

from accreditation.actions.delete_evidence import MOST_AT_ONCE, delete_evidence
from accreditation.commands.office import OFFICE, called
from accreditation.errors import Fault, Invalid
from accreditation.rules.retention import Cause
from accreditation.views.retention import FileOfTeam, Preview, WouldGo, due_files, preview, version_of_evidence
from accreditation.wiring import house

REFUSED = 1
"""The exit code where something keeps what is to be deleted."""

Number = typer.Option(min=1, max=2**31 - 1)


def due() -> None:
    """List the files that nothing keeps any more: whose each is, its cycles and its digest. It deletes nothing."""
    out, told = Console(highlight=False, soft_wrap=True), 0
    for one in _all_due():
        out.print(_named(one), markup=False)
        told += 1
    if told:
        out.print(f"{told} in all. To delete them: {called()} evidence delete --due --reason '...'")
    else:
        out.print(
            "Nothing is due: every file is kept by its scheme's period, by a cycle, an award or a hold, or unused."
        )


def delete(
    version: Annotated[
        list[int] | None, typer.Option(min=1, max=2**31 - 1, help="A version of a library, by its id; may be repeated.")
    ] = None,
    evidence: Annotated[
        list[int] | None, typer.Option(min=1, max=2**31 - 1, help="What is attached as this evidence; may be repeated.")
    ] = None,
    every: Annotated[bool, typer.Option("--due", help=f"What is due, up to {MOST_AT_ONCE} at once.")] = False,
    cause: Annotated[
        Cause, typer.Option(help="retention: its time is over; request: it was asked for; patient_data.")
    ] = Cause.RETENTION,
    reason: Annotated[str, typer.Option(help="Why, in a sentence; everybody who could see the file reads it.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Delete; without it, it is only shown what would go.")] = False,
) -> None:
    """Show what a deletion would take away and what keeps it; with --yes, delete it. It cannot be undone.

    What was said of the files stays: title, digest, ratings, and the ledger. Exit code 1 where something keeps one.
    """
    out, at = Console(highlight=False, soft_wrap=True), house().now()
    wanted = _wanted(version or [], evidence or [], every=every)
    if not wanted:
        out.print("Nothing is due, and nothing was deleted.")
        return
    shown = preview(house().database, principal=OFFICE, version_ids=wanted, cause=cause, at=at)
    for one in shown.files:
        _say(out, one, goes="goes" if yes and shown.may_go else "would go")
    if not shown.may_go:
        out.print("Nothing was deleted.", style="red")
        raise typer.Exit(REFUSED)
    if not yes:
        out.print("Nothing was deleted yet. Say the same again with --yes to delete; it cannot be undone.")
        return
    gone = delete_evidence(
        house().database, principal=OFFICE, version_ids=wanted, cause=cause, reason=reason, at=house().now()
    )
    out.print(f"Deleted: {len(gone)} of {len(shown.files)}{_already(shown)}. The running engine takes the bytes away.")


def _wanted(versions: list[int], evidence: list[int], *, every: bool) -> list[int]:
    if (every and (versions or evidence)) or not (every or versions or evidence):
        found = "both" if every else "nothing"
        allowed = "say which with --version or --evidence, or --due alone"
        raise Invalid([Fault(where="what to delete", found=found, allowed=allowed)])
    if every:
        return [one.version for one, _ in zip(_all_due(), range(MOST_AT_ONCE), strict=False)]
    found_for = [version_of_evidence(house().database, principal=OFFICE, evidence_id=one) for one in evidence]
    return list(dict.fromkeys([*versions, *found_for]))


def _all_due() -> Iterator[FileOfTeam]:
    after: int | None = 0
    while after is not None:
        found = due_files(house().database, principal=OFFICE, after=after, limit=200, at=house().now())
        yield from found.items
        after = found.next_after


def _say(out: Console, one: WouldGo, *, goes: str) -> None:
    out.print(_named(one), markup=False)
    if one.deleted is not None:
        out.print(f"  already deleted: {one.deleted.words}", markup=False)
        return
    for reason in one.against:
        out.print(f"  kept: {reason.words}", style="red", markup=False)
    if one.may_go:
        for reason in one.kept_by:
            out.print(f"  goes although {reason.words}", style="yellow", markup=False)
        where = "" if one.bytes_go else f"; the same bytes stay for {', '.join(one.shared_with)}"
        out.print(f"  {goes}{where}", markup=False)


def _named(one: FileOfTeam) -> str:
    where = ", ".join(f"evidence {at.evidence} of cycle {at.cycle}" for at in one.attached) or "attached to nothing"
    return f"version {one.version} of {one.team} ({one.organisation}): {one.size} bytes, {where}, {one.sha256}"


def _already(shown: Preview) -> str:
    number = sum(one.deleted is not None for one in shown.files)
    return f", {number} already deleted before" if number else ""
