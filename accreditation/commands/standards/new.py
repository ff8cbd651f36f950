"""accredit standards new: a small standard that explains itself, to begin with."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from accreditation.commands.office import called
from accreditation.commands.standards.folder import out
from accreditation.errors import Contradiction
from accreditation.library import identifier, starter

Where = Annotated[Path, typer.Argument(help="The folder to make; its name becomes the standard's id.")]
Title = Annotated[str, typer.Option(help="What the standard is called, as people read it.")]


def new(folder: Where, title: Title = "") -> None:
    """Write a small standard to begin with: every key is explained, and it passes the check as it is.

    A folder that holds something already is left alone.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Contradiction(f"{folder} is there already and is not empty. Name a folder that is not there yet.")
    written = starter(identifier=identifier(folder.resolve().name), title=title.strip())
    for name, text in written.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    _tell(folder, sorted(written))


def _tell(folder: Path, names: list[str]) -> None:
    out.print(f"A standard to begin with is in {folder}:", style="bold", markup=False)
    for name in names:
        out.print(f"  {name}", markup=False)
    accredit, typed = called(), shlex.quote(str(folder))
    out.print("\nWhat to do next:")
    scheme = folder / "scheme.yaml"
    out.print(f"  1. Open {scheme} and say what your standard is; each key is explained there.", markup=False)
    out.print(f"  2. Write your criteria, and worked cases for them; see that all is right: {accredit} standards "
              f"check {typed}", markup=False)  # fmt: skip
    out.print(f"  3. See why a case gives what it gives: {accredit} standards explain {typed} 1", markup=False)
    out.print(f"  4. Rather use a spreadsheet? {accredit} standards export {typed} standard.xlsx", markup=False)
