"""Whatever a person can meet is explained: every permission, stage, move, setting, command, problem and job."""

from pathlib import Path

import pytest
import typer.main

from accreditation.__main__ import app
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.moves import TABLE
from accreditation.rules.people import Role
from accreditation.rules.permissions import Permission, holders
from accreditation.wiring import Settings

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "README.md").read_text() + (ROOT / "docs" / "reference.md").read_text()


def commands() -> list[str]:
    """Every command with the groups it stands in, as a person types it."""

    def walk(command: object, words: str) -> list[str]:
        inner = getattr(command, "commands", None)
        return (
            [words] if inner is None else [one for name, sub in inner.items() for one in walk(sub, f"{words} {name}")]
        )

    return walk(typer.main.get_command(app), "accredit")


TERMS = [
    *(f"`{one.value}`" for kind in (Permission, Stage, Move, Role, Kind) for one in kind),
    *(f"`ACCREDIT_{name.upper()}`" for name in Settings.model_fields),
    *(f"`{one}" for one in commands()),
]


@pytest.mark.parametrize("term", TERMS)
def test_the_term_is_explained(term: str) -> None:
    assert term in TEXT, f"explain {term} in docs/reference.md"


def test_there_are_terms() -> None:
    assert len(TERMS) > 80


def test_the_table_of_moves_is_the_one_that_runs() -> None:
    rows = [
        f"| `{row.stage.value}` | `{row.move.value}` | {', '.join(sorted(role.words for role in row.by))} | "
        f"{'the same' if row.to == row.stage else f'`{row.to.value}`'} | {row.condition} |"
        for row in TABLE
    ]
    assert [line for line in TEXT.splitlines() if line in rows] == rows


def test_the_table_of_permissions_is_the_one_that_holds() -> None:
    held = {f"`{permission.value}`": ", ".join(role.value for role in holders(permission)) for permission in Permission}
    told = [line.split(" | ") for line in TEXT.splitlines() if line.startswith("| `") and ":" in line.split("`")[1]]
    assert {row[0].removeprefix("| "): row[2].removesuffix(" |") for row in told} == held
