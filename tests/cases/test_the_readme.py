"""Every example in standards/README.md is read and means something: nothing an author copies from it is wrong."""

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter
from ruamel.yaml import YAML

from accreditation.errors import StandardsFaulty
from accreditation.rules.cases import run_case
from accreditation.rules.reach import problems_of_reach
from accreditation.scheme.classes import Class
from accreditation.scheme.figure import FIGURES, Figure
from accreditation.scheme.model import Scheme
from accreditation.scheme.read import read_standard
from accreditation.scheme.replay import Replay
from accreditation.scheme.rule import RULES, Rule
from accreditation.scheme.walk import NODES

README = Path(__file__).parents[2] / "standards" / "README.md"
BLOCKS = re.findall(r"<!-- (.+?) -->\n```yaml\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
FILES = {head.removeprefix("file: "): text.encode() for head, text in BLOCKS if head.startswith("file: ")}
FRAGMENTS = [(head, text) for head, text in BLOCKS if not head.startswith("file: ")]


def plain(text: str) -> Any:
    """What a fragment says, as plain data with quoted text kept as text."""
    return YAML(typ="safe", pure=True).load(text)


def whole() -> dict[str, Any]:
    """All fragments of scheme.yaml together on top of the small scheme: names that other fragments speak of."""
    told: dict[str, Any] = plain(FILES["scheme.yaml"].decode())
    for head, text in FRAGMENTS:
        if head.startswith("in: scheme.yaml"):
            for key, value in plain(text).items():
                joined = key in ("scores", "scales", "bands", "audits") and key in told
                told[key] = {**told[key], **value} if joined else value
    told["scores"]["band"] = {**told["scores"]["overall"], "title": "Band"}
    for domain in told["domains"]:
        domain["criteria"] = plain(FILES[domain["file"]].decode())
    return told


def with_criterion(told: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """The first criterion of the second domain with these keys."""
    told["domains"][1]["criteria"][0] |= more
    return told


def test_every_yaml_block_says_what_it_is() -> None:
    text = README.read_text(encoding="utf-8")
    assert len(re.findall("^```yaml$", text, re.MULTILINE)) == len(BLOCKS)


def test_the_small_scheme_is_right_and_its_cases_give_what_they_expect() -> None:
    standard = read_standard(FILES)
    assert list(problems_of_reach(standard.scheme)) == []
    assert [run_case(scheme=standard.scheme, case=case).differences for case in standard.cases] == [()] * 3


@pytest.mark.parametrize(("head", "text"), FRAGMENTS, ids=[f"{n} {head}" for n, (head, _) in enumerate(FRAGMENTS)])
def test_every_other_example_has_its_meaning(head: str, text: str) -> None:
    kind, _, rest = head.partition(": ")
    said = plain(text)
    told = whole()
    if kind == "in" and rest.startswith("scheme.yaml"):
        scheme = Scheme.model_validate({**told, **said, "scores": {**told["scores"], **said.get("scores", {})}})
        assert Scheme.model_validate_json(scheme.canonical()) == scheme
    elif kind == "in" and rest.startswith("criterion"):
        scheme = Scheme.model_validate(with_criterion(told, said))
        assert scheme.by_id["2.01"].model_fields_set >= set(said)
    elif kind == "in":
        standard = read_standard({**FILES, "cases/more.yaml": text.encode()})
        assert [run_case(scheme=standard.scheme, case=case).differences for case in standard.cases] == [()] * 4
    elif kind == "replay":
        assert Replay.model_validate(said).model_fields_set == set(Replay.model_fields)
    else:
        wanted: Any = {"rule": Rule, "figure": Figure, "class": Class}[kind]
        parts = [TypeAdapter(wanted).validate_python(part) for part in said]
        assert all(isinstance(part, NODES if kind != "class" else Class) for part in parts)


def test_every_node_of_the_language_is_in_the_readme() -> None:
    shown: set[str] = set()

    def walk(part: Any) -> None:
        if isinstance(part, dict):
            for key, value in part.items():
                shown.add(str(key))
                walk(value)
        elif isinstance(part, list):
            for value in part:
                walk(value)

    for _, text in BLOCKS:
        walk(plain(text))
    named_in_a_comment = {"sum_of", "product_of", "lowest_of", "highest_of", "highest"}
    assert {*RULES, *FIGURES} - shown == named_in_a_comment
    assert [name for name in named_in_a_comment if name not in README.read_text(encoding="utf-8")] == []


def test_the_fault_that_the_readme_shows_is_what_is_said() -> None:
    broken = FILES["criteria/care.yaml"].replace(b"  type: essential\n", b"  typ: essential\n", 1)
    with pytest.raises(StandardsFaulty) as refused:
        read_standard({**FILES, "criteria/care.yaml": broken}, name="standards/memory_clinic/")
    said = "standards/memory_clinic/criteria/care.yaml:4:3: unknown key 'typ' (did you mean type?); allowed here: "
    assert [fault for fault in str(refused.value).splitlines() if fault.startswith(said)] != []
