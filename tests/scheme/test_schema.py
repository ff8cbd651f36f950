"""The JSON Schema says of a file what the language says of its form."""

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from accreditation.scheme.figure import FIGURES
from accreditation.scheme.model import Scheme
from accreditation.scheme.rule import RULES
from accreditation.scheme.schema import DIALECT, File, schema_for
from accreditation.scheme.source import read_document
from tests.building import FILES
from tests.everything import FILES as WHOLE

ROOT = Path(__file__).parents[2]
REAL = [
    path
    for folder in ("standards", "accreditation/starter")
    for path in sorted((ROOT / folder).rglob("*.yaml"))
    if path.name == "scheme.yaml" or path.parent.name in ("criteria", "cases")
]


@cache
def validator(file: File | None) -> Draft202012Validator:
    return Draft202012Validator(schema_for(file))


def kind(name: str) -> File:
    return "criteria" if "criteria/" in name else "cases" if "cases/" in name else "scheme"


def plain(value: Any) -> Any:
    """The data as an editor sees it: numbers are floats."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return float(value) if isinstance(value, Decimal) else value


def data(content: bytes) -> Any:
    return plain(read_document(file="f", content=content).data)


def wrong(name: str, said: Any) -> tuple[bool, bool]:
    """Is something wrong with this file, by the schema of its kind and by that of all kinds?"""
    return (not validator(kind(name)).is_valid(said), not validator(None).is_valid(said))


@pytest.mark.parametrize("file", [None, "scheme", "criteria", "cases"])
def test_it_is_a_schema(file: File | None) -> None:
    Draft202012Validator.check_schema(schema_for(file))
    assert json.loads(json.dumps(schema_for(file)))["$schema"] == DIALECT


@pytest.mark.parametrize("path", REAL, ids=lambda path: "/".join(path.parts[-3:]))
def test_every_file_that_ships_is_valid(path: Path) -> None:
    assert wrong(path.as_posix(), data(path.read_bytes())) == (False, False)


@pytest.mark.parametrize("files", [FILES, WHOLE], ids=["small", "whole"])
def test_every_construct_of_the_language_is_valid(files: dict[str, bytes]) -> None:
    assert [name for name, content in files.items() if wrong(name, data(content)) != (False, False)] == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("scheme.yaml", "about: For tests.", "abuot: For tests."),
        ("scheme.yaml", "about: For tests.\n", ""),
        ("scheme.yaml", 'edition: "2026.1"', "edition: 2026.1"),
        ("scheme.yaml", "2026-04-01", "April"),
        ("scheme.yaml", "language: 1", "language: 2"),
        ("scheme.yaml", "counts_as_met: true", "counts_as_met: surely"),
        ("scheme.yaml", "leaves_out", "leave_out"),
        ("scheme.yaml", "50 %", "0.5"),
        ("scheme.yaml", "every: {type: essential}", "evry: {type: essential}"),
        ("scheme.yaml", "{years: 3}", "{years: 3, months: 1}"),
        ("scheme.yaml", "{years: 3}", "{years: 0}"),
        ("scheme.yaml", "minimum: 1", "minimum: 1.5"),
        ("scheme.yaml", "file: criteria/first.yaml", "fiel: criteria/first.yaml"),
        ("criteria/first.yaml", 'id: "1.01"', "id: 1.01"),
        ("criteria/first.yaml", "  type: essential\n", ""),
        ("criteria/first.yaml", "required: true", "required: 1"),
        ("criteria/first.yaml", "sources: [guide-1]", "source: [guide-1]"),
        ("criteria/second.yaml", "at_least: 90", "at_least: many"),
        ("cases/two.yaml", "outcome: accredited", "outcom: accredited"),
        ("cases/two.yaml", "{measured: 90}", "{measured: 90, level: B}"),
        ("cases/two.yaml", "{measured: 90}", "[]"),
    ],
)
def test_a_file_at_fault_is_not_valid(name: str, old: str, new: str) -> None:
    said = FILES[name].decode()
    assert said.count(old) >= 1
    assert wrong(name, data(said.replace(old, new, 1).encode())) == (True, True)


def test_what_a_scheme_takes_over_from_another_may_be_left_out() -> None:
    core = {"id": "more", "title": "More", "edition": "1", "effective": "2026-04-01", "language": 1}
    assert wrong("scheme.yaml", core) == (True, True)
    assert wrong("scheme.yaml", {**core, "extends": {"scheme": "core", "edition": "1"}}) == (False, False)


def test_every_key_and_node_of_the_language_is_in_it() -> None:
    parts = schema_for("scheme")["$defs"]
    assert set(parts["Scheme"]["properties"]) == set(Scheme.model_fields)
    for union, nodes in (("Rule", RULES), ("Figure", FIGURES)):
        named = [one["$ref"].rsplit("/", 1)[1] for one in parts[union]["anyOf"]]
        assert named == [node.__name__ for node in nodes.values()]


def test_every_part_is_described() -> None:
    silent = [name for name, part in schema_for()["$defs"].items() if not part.get("description")]
    assert silent == []
