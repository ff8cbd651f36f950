"""House rules that a reader relies on. Each message says what to write instead."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = [file for package in ("accreditation", "api", "flows") for file in sorted((ROOT / package).rglob("*.py"))]
CORE = [
    file
    for file in CODE
    if file.relative_to(ROOT).parts[:2] in {("accreditation", "scheme"), ("accreditation", "rules")}
]

CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "perf_counter"}
CHANCE = {"random", "secrets", "uuid"}


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))


@cache
def parsed(file: Path) -> list[ast.AST]:
    """Everything in the file; it is read once for all rules."""
    return list(ast.walk(ast.parse(file.read_text())))


def calls(file: Path) -> list[tuple[str, int]]:
    """Every method or function called by name, with the line."""
    return [
        (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", ""), node.lineno)
        for node in parsed(file)
        if isinstance(node, ast.Call)
    ]


def test_the_core_reads_no_clock() -> None:
    found = [f"{named(file)}, line {line}: {name}()" for file in CORE for name, line in calls(file) if name in CLOCKS]
    assert found == [], "take the moment as an argument `at`"


def test_the_core_leaves_nothing_to_chance_and_touches_no_disk() -> None:
    imported = {
        (named(file), (name.name if isinstance(node, ast.Import) else str(node.module)).split(".")[0])
        for file in CORE
        for node in parsed(file)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    outside = CHANCE | {"os", "pathlib", "io", "socket", "subprocess", "time"}
    assert [one for one in sorted(imported) if one[1] in outside] == [], "hand in values"
    asking = [(named(file), name) for file in CORE for name, _ in calls(file) if name in {"open", "print", "input"}]
    assert asking == []


def test_only_the_wiring_reads_the_wall_clock() -> None:
    foreign = []
    for file in CODE:
        if file in CORE or file.name == "wiring.py":
            continue
        found = [line for name, line in calls(file) if name in {"now", "utcnow", "today"}]
        lines = file.read_text().splitlines() if found else []
        foreign += [
            f"{named(file)}, line {line}: {lines[line - 1].strip()}"
            for line in found
            if "house" not in lines[line - 1] and "cycles.now(" not in lines[line - 1]
        ]
    assert foreign == [], "ask the house: house.now()"


def test_no_file_is_named_after_nothing() -> None:
    vague = {"service", "services", "utils", "util", "helpers", "helper", "common", "misc", "manager"}
    assert [named(file) for file in CODE if vague & {*file.relative_to(ROOT).with_suffix("").parts}] == []


def test_the_top_level_holds_what_the_project_is_made_of_and_no_more() -> None:
    tracked = {line.split("/")[0] for line in _git("ls-files").splitlines()}
    assert tracked <= {
        "accreditation", "flows", "standards", "api", "tests", "docs", ".ci",
        "pyproject.toml", "requirements.lock", "Makefile", "README.md", "CHANGELOG.md", "LICENSE", ".gitignore",
    }  # fmt: skip


def test_no_tracked_file_names_a_machines_folders_or_a_registry() -> None:
    suspicious = re.compile(r"/work/|/root/|/home/\w|pypi\.org|pythonhosted|registry\.npmjs|deb\.debian")
    own = Path(__file__).relative_to(ROOT)
    wrong = [
        f"{name}:{number}"
        for name in _git("ls-files").splitlines()
        if name != str(own) and (ROOT / name).is_file()
        for number, line in enumerate((ROOT / name).read_text(errors="replace").splitlines(), start=1)
        if suspicious.search(line)
    ]
    assert wrong == [], "write what is true on every machine"


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout
