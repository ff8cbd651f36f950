"""Changed data goes back into its text; every line that says the same stays as it is, remarks included."""

import random
from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation.scheme import emit
from accreditation.scheme.source import read_document
from accreditation.scheme.splice import remarked, spliced
from accreditation.scheme.was import Was, same
from tests.building import FILES
from tests.everything import FILES as WHOLE

TEXT = b"""\
# The top.
a: 1      # one
b:
  c: "two"
  # about d
  d: >-
    long words
    on lines

  e: [x,  y, {z: 80 %}]   # brackets
# about f
f:
  - k: v   # first
    l: w
  - plain
  # about the last
  - {m: n}
# The end.
"""

DATA = read_document(file="f", content=TEXT).data


def after(**changed: Any) -> list[str]:
    """The lines taken away and put in where these keys say something else (None: nothing any more)."""
    data = {key: value for key, value in {**deepcopy(DATA), **changed}.items() if value is not None}
    new = spliced({"f": TEXT}, {"f": data})["f"]
    assert same(read_document(file="f", content=new).data, data)
    lines = unified_diff(TEXT.decode().splitlines(), new.decode().splitlines(), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def test_what_says_the_same_is_the_same_file() -> None:
    assert after() == []
    assert after(a=Decimal("1.0")) == []


def test_a_value_is_changed_in_its_place_and_its_remark_stays() -> None:
    assert after(a=2) == ["-a: 1      # one", "+a: 2      # one"]
    assert after(b={**DATA["b"], "c": "three"}) == ['-  c: "two"', '+  c: "three"']
    assert after(b={**DATA["b"], "e": ["x", "y", {"z": "90 %"}]}) == [
        "-  e: [x,  y, {z: 80 %}]   # brackets", "+  e: [x,  y, {z: 90 %}]   # brackets",
    ]  # fmt: skip


def test_a_deleted_entry_takes_the_remarks_above_it_along() -> None:
    assert after(f=None) == ["-# about f", "-f:", "-  - k: v   # first", "-    l: w", "-  - plain",
                             "-  # about the last", "-  - {m: n}"]  # fmt: skip
    assert after(f=DATA["f"][:2]) == ["-  # about the last", "-  - {m: n}"]
    assert after(b={key: DATA["b"][key] for key in "ce"}) == [
        "-  # about d", "-  d: >-", "-    long words", "-    on lines",
    ]  # fmt: skip


def test_an_added_entry_stands_where_it_was_put() -> None:
    assert after(g="new") == ["+g: new"]
    assert after(f=[DATA["f"][0], {"o": "p: q"}, *DATA["f"][1:]]) == ['+  - {o: "p: q"}']


def test_entries_in_another_order_move_with_their_remarks() -> None:
    moved = spliced({"f": TEXT}, {"f": {**DATA, "f": [DATA["f"][2], *DATA["f"][:2]]}})["f"]
    assert moved.endswith(
        b"f:\n  # about the last\n  - {m: n}\n  - k: v   # first\n    l: w\n  - plain\n# The end.\n"
    )  # fmt: skip


def test_a_renamed_key_keeps_what_stands_below_it() -> None:
    data = {"a": 1, "bb": Was(value=DATA["b"], origin=("f", ("b",))), "f": DATA["f"]}
    assert spliced({"f": TEXT}, {"f": data})["f"] == TEXT.replace(b"\nb:\n", b"\nbb:\n")


def test_remarks_are_written_above_what_they_speak_of() -> None:
    assert remarked(TEXT, [(("b", "e", 2, "z"), "eighty?"), (("f", 1), "plain?\n\nreally?")]) == TEXT.replace(
        b"  e: [", b"  # eighty?\n  e: ["
    ).replace(b"  - plain", b"  # plain?\n  # really?\n  - plain")


REAL = [*FILES.values(), *WHOLE.values(), TEXT]
WORDS = [
    "x", "a: b", "90", "true", "# no", "- z", "it's", "“q”", "long text " * 12, "a\nb", "a\n\nb\n", " lead", "trail ",
    "", "é", "=1+1", "[x]", "x, y", "80 %", "2026-01-01", "2.10", '"q"', "null", "\ttab", "two  spaces " * 9 + "e",
    "@x", "*a", "&b", "!t", "|", "> x", "%y", "a#b", "a #b", "k:", "?", "a\u2028b", "\ufeffa", "\x85",
]  # fmt: skip

PLAIN = st.recursive(
    st.one_of(
        st.sampled_from(WORDS),
        st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=30),
        st.integers(-(10**17), 10**17),
        st.booleans(),
        st.decimals(-(10**9), 10**9, places=3),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["k", "2.03", "true", "x:", "#h", "a,b"]), inner)
    ),
    max_leaves=8,
)


@given(PLAIN)
def test_what_is_written_is_read_again(value: Any) -> None:
    read = read_document(file="f", content=emit.whole({"a": value, "l": [value]}).encode())
    assert (read.faults, same(read.data, {"a": value, "l": [value]})) == ([], True)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every piece of the data."""
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from places(one, (*path, key))


def change(data: Any, chance: random.Random, value: Any) -> None:
    """Set, delete, insert or reorder somewhere."""
    *way, last = chance.choice(list(places(data)))
    around = data
    for key in way:
        around = around[key]
    what = chance.choice(["set", "delete", "insert", "order"])
    if what == "delete" and len(around) > 1:
        del around[last]
    elif what == "order":
        items = list(around.items()) if isinstance(around, dict) else list(around)
        chance.shuffle(items)
        around.clear()
        around.update(items) if isinstance(around, dict) else around.extend(items)
    elif what == "insert" and isinstance(around, list):
        around.insert(last, value)
    else:
        around[last if what == "set" else "new" if isinstance(around, dict) else 0] = value


@given(st.sampled_from(REAL), st.lists(PLAIN, min_size=1, max_size=3), st.integers(0, 10**6), st.booleans())
def test_whatever_changes_the_file_says_it_and_no_file_is_written_anew(
    content: bytes, values: list[Any], seed: int, windows: bool
) -> None:
    content = content.replace(b"\n", b"\r\n") if windows else content
    data = read_document(file="f", content=content).data
    for value in values:
        change(data, random.Random(seed), value)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(emit, "whole", lambda value: pytest.fail("the whole file was written anew"))
        new = spliced({"f": content}, {"f": data})["f"]
    read = read_document(file="f", content=new)
    assert (read.faults, same(read.data, data)) == ([], True)


STANDARDS = sorted((Path(__file__).parents[2] / "standards").rglob("*.yaml"))


@pytest.mark.parametrize("file", STANDARDS, ids=lambda file: "/".join(file.parts[-3:]))
def test_a_deleted_entry_of_a_standard_leaves_every_other_line(file: Path) -> None:
    content = file.read_bytes()
    data = read_document(file="f", content=content).data
    last = list(data)[-1] if isinstance(data, dict) else -1
    del data[last]
    empty = [] if data else ["+[]"]
    new = spliced({"f": content}, {"f": data})["f"].decode().splitlines()
    left = [line for line in unified_diff(content.decode().splitlines(), new, lineterm="", n=0) if line.startswith("+")]
    assert left[1:] == empty
