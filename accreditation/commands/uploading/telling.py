"""What became of every file, for a person or for a program."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel
from rich.console import Console

from accreditation.commands.uploading.ended import Ended, Outcome
from accreditation.commands.uploading.files import printable, shown

STYLES = {
    Outcome.OTHERWISE: "yellow",
    Outcome.REFUSED: "red",
    Outcome.BACK: "red",
    Outcome.OUT_OF_DATE: "yellow",
    Outcome.UNFINISHED: "yellow",
}


class Told(BaseModel):
    """Everything that became of the files that were named. `whole` is true where all are kept and nothing is to do."""

    whole: bool
    files: tuple[Ended, ...]
    left_out: tuple[str, ...]


def told(ended: Sequence[Ended], left_out: Sequence[Path]) -> Told:
    """All that is to be said."""
    return Told(
        whole=all(one.fine for one in ended), files=tuple(ended), left_out=tuple(shown(path) for path in left_out)
    )  # fmt: skip


def say(out: Console, found: Told) -> None:
    """Say it, a file a line, and under it what is to be done."""
    for one in found.files:
        out.print(_line(one), style=STYLES.get(one.outcome, "green"), markup=False)
        for words in [*one.why.splitlines(), *one.what_to_do.splitlines()]:
            out.print(f"  {printable(words)}", markup=False)
    if found.left_out:
        out.print(f"Left out of folders: {', '.join(found.left_out)}.", markup=False)
    fine, several = sum(one.fine for one in found.files), len(found.files)
    if found.whole:
        out.print("The file is kept." if several == 1 else f"All {several} files are kept.", style="green")
    else:
        out.print(
            f"{fine} of {several} files {'is' if fine == 1 else 'are'} kept with nothing left to do.", style="red"
        )


def _line(one: Ended) -> str:
    became = [("evidence", one.evidence), ("document", one.document), ("version", one.version)]
    named = [f"{name} {number}" for name, number in became if number is not None]
    state = [f"{one.state}" if one.state != "waiting" else "not looked at yet"] if one.state else []
    return f"{one.outcome.value}: {one.file} ({', '.join([*named, f'{one.size:,} bytes', *state])})"
