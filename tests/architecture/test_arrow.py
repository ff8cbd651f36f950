"""The arrow: an import only ever points down, and rows side by side never import each other.

Decision: whoever reads one file must be able to trust that nothing below it knows of it. The rows and their
order are the house; a new file without a place here fails, and the answer is to give it a place, not to
widen the test.
"""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]

ROWS: tuple[tuple[str, ...], ...] = (
    ("accreditation.__main__", "accreditation.commands"),
    ("api", "flows"),
    ("accreditation.wiring",),
    ("accreditation.actions", "accreditation.views"),
    ("accreditation.archive",),  # above the ledger, whose chain it recomputes, and of the rows below that alone
    (
        "accreditation.records",
        "accreditation.evidence",
        "accreditation.ledger",
        "accreditation.library",
        "accreditation.workbook",
        "accreditation.post",
    ),
    ("accreditation.database",),
    ("accreditation.rules",),
    ("accreditation.scheme",),
    ("accreditation.errors",),
    ("accreditation",),
)
"""Highest first. A place is a module or a package; files within one place may import each other."""

TOGETHER = {frozenset({"accreditation.__main__", "accreditation.commands"})}
"""The composition root: `__main__` and the commands it is made of."""

OURS = ("accreditation", "api", "flows")

ONLY_IN = {
    "prefect": ("flows",),
    "fastapi": ("api",),
    "starlette": ("api",),
    "jinja2": ("api",),
    "babel": ("api",),
    "hatchling": ("api",),  # its hook, which fetches the styles; no other code imports it
    "sqlmodel": ("accreditation.database", "accreditation.records", "accreditation.ledger"),
    "sqlalchemy": ("accreditation.database", "accreditation.records", "accreditation.ledger"),
    "alembic": ("accreditation.database", "accreditation.records"),
    "highspy": ("accreditation.rules",),
    "scipy": ("accreditation.rules",),
    "ortools": ("accreditation.rules",),
    "krippendorff": ("accreditation.rules",),
    "numpy": ("accreditation.rules",),
    "ruamel": ("accreditation.scheme",),
    "nhs_number": ("accreditation.rules",),
    "bm25s": ("accreditation.rules",),
    "obstore": ("accreditation.evidence",),
    "smtplib": ("accreditation.post",),
    "argon2": ("accreditation.records",),
    "pyotp": ("accreditation.rules",),
    "segno": ("api",),
    "authlib": ("api",),
    "joserfc": ("api",),
    "openpyxl": ("accreditation.workbook",),
    "pypdfium2": ("accreditation.evidence",),
    "python_calamine": ("accreditation.evidence",),
    "PIL": ("accreditation.evidence",),
    "typer": ("accreditation.__main__", "accreditation.commands"),
    "rich": ("accreditation.__main__", "accreditation.commands"),
    "httpx": ("accreditation.commands", "api", "flows"),
    "uvicorn": ("accreditation.commands", "flows"),
}
"""A library is known in these places and nowhere else."""


def modules() -> dict[str, Path]:
    """Every module of ours: dotted name -> file."""
    found = {}
    for package in OURS:
        for file in sorted((ROOT / package).rglob("*.py")):
            parts = file.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


MODULES = modules()


@cache
def place(module: str) -> str | None:
    """The most exact place that a module belongs to; the empty map `accreditation` is a place of its own."""
    places = [one for row in ROWS for one in row if module == one or module.startswith(f"{one}.")]
    best = max(places, key=len, default=None)
    return None if best == "accreditation" and module != "accreditation" else best


def height(of: str) -> int:
    """How far down the row of this place is; 0 is the top."""
    return next(number for number, row in enumerate(ROWS) if of in row)


def imports(file: Path) -> list[tuple[str, int]]:
    """Everything that a file imports, anywhere in it, with the line."""
    found = []
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            named = [f"{node.module}.{alias.name}" for alias in node.names]
            found += [(name if name in MODULES else node.module, node.lineno) for name in named]
    return found


@cache
def imported() -> dict[str, list[tuple[str, int]]]:
    """What each module imports; read once. A rule judges all in one test: what is wrong is told with file and line."""
    return {module: imports(file) for module, file in MODULES.items()}


def test_every_file_has_a_place_in_the_house() -> None:
    homeless = [module for module in MODULES if place(module) is None]
    assert homeless == [], "put it into the row that does such work"


def test_imports_only_point_down() -> None:
    wrong = []
    for module, found in imported().items():
        mine = place(module)
        assert mine is not None, module
        for name, line in found:
            theirs = place(name) if name.split(".")[0] in OURS else None
            if theirs is None or theirs == mine or frozenset({mine, theirs}) in TOGETHER:
                continue
            if height(theirs) <= height(mine):
                where = "beside" if height(theirs) == height(mine) else "above"
                wrong.append(f"{module}, line {line} imports {name}, which stands {where}")
    assert wrong == [], "hand in a value or a function from above instead"


def test_every_library_stays_in_its_places() -> None:
    wrong = [
        f"{module}, line {line} names {name}: "
        f"{name.split('.')[0]} is known in {' and '.join(ONLY_IN[name.split('.')[0]])} only"
        for module, found in imported().items()
        for name, line in found
        if place(module) not in ONLY_IN.get(name.split(".")[0], (place(module),))
    ]
    assert wrong == []
