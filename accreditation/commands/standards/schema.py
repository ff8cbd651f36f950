"""accredit standards schema: what editors need to help while a standard is written."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from accreditation.commands.standards.folder import out
from accreditation.scheme.schema import schema_for


class Kind(StrEnum):
    """The kinds of files of a standard."""

    SCHEME = "scheme"
    CRITERIA = "criteria"
    CASES = "cases"


Output = Annotated[Path | None, typer.Option(help="The file to write; without it the schema is printed.")]
For = Annotated[Kind | None, typer.Option("--for", help="Only for files of this kind; without it for all of them.")]


def schema(output: Output = None, kind: For = None) -> None:
    """Write the JSON Schema of standards files, with which an editor shows keys and faults while you type.

    In the editor, put the line that is told at the end on top of every file of the standard.
    """
    text = json.dumps(schema_for(None if kind is None else kind.value), indent=2, ensure_ascii=False) + "\n"
    if output is None:
        typer.echo(text, nl=False)
        Console(stderr=True, highlight=False, soft_wrap=True).print(f"Save it, and {_how('FILE')}", markup=False)
        return
    output.write_text(text, encoding="utf-8")
    out.print(f"The schema is in {output}. Now {_how(str(output.absolute()))}", markup=False)


def _how(file: str) -> str:
    return (
        f"put this line on top of every file of the standard; an editor with a YAML language server reads it:\n"
        f"# yaml-language-server: $schema={file}"
    )
