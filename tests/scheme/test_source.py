# ruff: noqa: E501  (what an author reads stands here in one piece)
"""The form of a file: what of YAML the language takes, and that no bytes whatever break the reader."""

import tracemalloc
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.errors import StandardsFaulty
from accreditation.scheme.check import MOST
from accreditation.scheme.read import read_standard
from accreditation.scheme.source import MAX_BYTES, MAX_FILES, MAX_LINES, MAX_PIECES, MAX_TOTAL, read_document
from tests import everything
from tests.building import FILES, SCHEME

FORMS = [
    ("an empty file", b"", ["1:1: the file is empty; write the standard here"]),
    ("only a comment", b"# nothing\n", ["1:1: the file is empty; write the standard here"]),
    (
        "bytes that are not UTF-8",
        b"a: \xff",
        ["1:4: the byte 0xff is not UTF-8; save the file as UTF-8 text, and write the letter here again"],
    ),
    (
        "a bracket left open",
        b"- a: [1, 2\n- b",
        ["2:4: a list begun with [ is not closed; close it with ], or put a comma"],
    ),
    (
        "a tab",
        b"- a\n\tb: c\n",
        ["2:1: a tab; indent with spaces; tabs are not allowed"],
    ),
    (
        "a key said twice",
        b"a: 1\nb: 2\na: 3\n",
        ["3:1: the key 'a' is here a second time (first on line 1); keep one of the two"],
    ),
    (
        "an anchor and an alias",
        b"- &a id\n- *a\n",
        [
            "1:3: the anchor &a; delete it; the language has no aliases",
            "2:3: the alias *a; write the text out; the language has no aliases",
        ],
    ),
    ("an anchor on a key", b"&a k: v\n", ["1:1: the anchor &a; delete it; the language has no aliases"]),
    (
        "an alias as a key",
        b"*a : v\n",
        [
            "1:1: a key that is not text; write key: value",
            "1:1: the alias *a; write the text out; the language has no aliases",
        ],
    ),
    (
        "a tag",
        b"- !!python/object:os.system id\n",
        ["1:3: the tag tag:yaml.org,2002:python/object:os.system; delete it; there are text, numbers, lists and keys"],
    ),
    ("a tag on keys", b"- !set {a: b}\n", ["1:3: the tag !set; delete it; there are text, numbers, lists and keys"]),
    ("a key that is a list", b"[id]: y\n", ["1:1: a key that is not text; write key: value"]),
    (
        "a directive",
        b"%YAML 1.1\n---\nid: yes\n",
        ["2:1: a YAML directive (%); delete the line; the language is always YAML 1.2"],
    ),
    (
        "two documents",
        b"- id\n---\n- id\n",
        ["2:1: a second document in the file; one file says one thing; delete the line ---"],
    ),
    ("a control character", b"- a\n- b\x07\n", ["2:4: the control character 0x0007; delete it; only text is allowed"]),
    ("a control character in quotes", b'- "a\\0"\n', ["1:3: the character U+0000; delete it; only text is allowed"]),
    ("half a character", b'- id: "\\ud800"\n', ["1:7: the character U+D800; delete it; only text is allowed"]),
    ("half a character in a key", b'"\\ud800": 1\n', ["1:1: the character U+D800; delete it; only text is allowed"]),
    (
        "an impossible character",
        b'- "\\UFFFFFFFF"\n',
        ["1:1: not readable as YAML; check escapes such as \\U in quotes"],
    ),
    (
        "10,000 brackets",
        b"[" * 10_000,
        [
            "1:42: nested more than 40 levels deep; the language needs about ten; look for brackets that are never closed"
        ],
    ),
    (
        "10,000 keys in keys",
        b"{a: " * 10_000,
        [
            "1:165: nested more than 40 levels deep; the language needs about ten; look for brackets that are never closed"
        ],
    ),
    (
        "10,000 lists in lists",
        b"- " * 10_000,
        [
            "1:83: nested more than 40 levels deep; the language needs about ten; look for brackets that are never closed"
        ],
    ),
    ("a file of 3 MB", b"- a\n" * 750_000, [f"1:1: 3000000 bytes; a standards file has at most {MAX_BYTES} bytes"]),
]


@pytest.mark.parametrize(("kind", "content", "expected"), FORMS, ids=[row[0] for row in FORMS])
def test_a_fault_of_form_is_told_with_its_place(kind: str, content: bytes, expected: list[str]) -> None:
    told = [str(fault) for fault in read_document(file="f.yaml", content=content).faults]
    assert told == [f"f.yaml:{line}" for line in expected]


def test_an_alias_is_never_followed_so_a_bomb_of_them_stays_small() -> None:
    lines = ["a0: &a0 lol"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    document = read_document(file="f.yaml", content="\n".join(lines).encode())
    assert document.data == {"a0": "lol", **{f"a{n}": [None] * 9 for n in range(1, 10)}}
    assert len(document.faults) == 10 + 9 * 9


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1.10", Decimal("1.10")), ("90", 90), ("-3", -3), ("0.5", Decimal("0.5")), ("true", True), ("False", False),
        ("null", None), ("~", None), ("yes", "yes"), ("no", "no"), ("1e3", "1e3"), (".inf", ".inf"), ("0x1F", "0x1F"),
        ("007", "007"), ("1_000", "1_000"), ("2026-04-01", "2026-04-01"), ('"90"', "90"), ("'true'", "true"), ("80 %", "80 %"),
        ("9" * 30, "9" * 30),
    ],
)  # fmt: skip
def test_a_plain_word_is_read_as_written_and_a_number_exactly(written: str, meant: object) -> None:
    data = read_document(file="f.yaml", content=f"- {written}\n".encode()).data
    assert data == [meant]
    assert [type(value) for value in data] == [type(meant)]
    assert str(data[0]) == str(meant)


WRITTEN = [
    ("quotes left open", b'a: "b\nc: d\n', "1:4: quotes that are never closed; close the text with the sign it begins with"),
    ("two colons", b"a: b: c\n", "1:5: a colon where no key can stand; put text with a colon in quotes; check how far the line is indented"),
    ("a line without a colon", b"a: b\nc\nd: e\n", "2:1: a line without a colon; write key: value, or indent what goes on from the line above"),
    ("a colon lost before quotes", b'a: b\ntitle ""c"\nd: "e"\n', "2:1: a line without a colon; write key: value, or indent what goes on from the line above"),
    ("a line too far out", b"a:\n    - b\n  - c\n", "3:3: this does not belong to what stands above; indent it like the lines it belongs to; a list entry begins with '- '"),
    ("a sign in front", b"a: @b\n", "1:4: the sign @ at the beginning of a text; put the text in quotes"),
    ("a percent sign in front", b"a: %b\n", "1:4: the sign % at the beginning of a text; put the text in quotes"),
    ("a star in front", b"a: * b\n", "1:5: the sign * at the beginning of a text; put the text in quotes"),
    ("a backslash in quotes", b'a: "C:\\data"\n', "1:8: a backslash in double quotes, which means something else there; put the text in single quotes"),
    ("keys left open", b"a: {b: c\nd: e\n", "2:2: keys begun with { are not closed; close them with }, or put a comma"),
    ("text behind a sign for a block", b"a: | b\n", "1:6: | or > with something behind it; begin the text on the next line"),
    ("a letter of another alphabet of bytes", "a: b\nname: Café\n".encode("latin-1"), "2:10: the byte 0xe9 is not UTF-8; save the file as UTF-8 text, and write the letter here again"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "content", "told"), WRITTEN, ids=[row[0] for row in WRITTEN])
def test_what_authors_stumble_on_is_told_in_their_words(kind: str, content: bytes, told: str) -> None:
    assert [str(fault) for fault in read_document(file="f.yaml", content=content).faults] == [f"f.yaml:{told}"]


def refused(files: dict[str, bytes]) -> list[str]:
    with pytest.raises(StandardsFaulty) as faulty:
        read_standard(files)
    return [str(fault) for fault in faulty.value.faults]


def many_criteria(number: int) -> bytes:
    return b"".join(b'- {id: "%d", title: t, statement: s, type: essential}\n' % n for n in range(number))


def test_a_file_too_large_is_refused_before_it_is_parsed() -> None:
    tracemalloc.start()
    told = refused({**FILES, "criteria/first.yaml": b"- a\n" * 2_500_000})
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert told == [f"criteria/first.yaml:1:1: 10000000 bytes; a standards file has at most {MAX_BYTES} bytes"]
    assert used < 50_000_000


def test_a_hundred_thousand_criteria_are_refused_before_they_are_parsed() -> None:
    one = {f"criteria/{n}.yaml": many_criteria(5_000) for n in range(20)}
    assert refused({**FILES, **one}) == [
        f".: {sum(map(len, one.values())) + sum(map(len, FILES.values()))} bytes or more in 24 files; "
        f"a scheme has at most {MAX_TOTAL}; keep one scheme in a folder, and say less"
    ]
    assert refused({**FILES, "criteria/first.yaml": b"- {}\n" * 100_000}) == [
        f"criteria/first.yaml:1:1: 100000 lines and entries; a standards file has at most {MAX_LINES}; "
        "write a file for every domain"
    ]


def test_more_pieces_than_anybody_writes_in_a_file_are_refused_where_the_next_one_stands() -> None:
    assert refused({**FILES, "criteria/first.yaml": b"- {}\n" * 19_000}) == [
        f"criteria/first.yaml:{MAX_PIECES}:3: more than {MAX_PIECES} keys, texts and lists in one file; "
        "write a file for every domain, with its criteria"
    ]


def test_more_files_than_a_scheme_has_are_refused() -> None:
    names = {f"criteria/{n}.yaml": b"[]" for n in range(MAX_FILES)}
    assert refused({**FILES, **names})[0].startswith(f".: {MAX_FILES + 4} files; a scheme has at most {MAX_FILES}")


def test_more_faults_than_anybody_reads_end_with_saying_so() -> None:
    told = refused({**FILES, "criteria/first.yaml": b"- {}\n" * 1_000})
    assert len(told) == MOST + 1
    assert told[-1].endswith(f"more than {MOST} faults; mend these first, and check again")


@pytest.mark.parametrize("number", ["9" * 5_000, "-" + "9" * 400, "1" + "0" * 300_000])
def test_a_number_of_any_length_is_refused_in_a_few_words(number: str) -> None:
    for old, new in (("minimum: 0", f"minimum: {number}"), ("{years: 3}", f"{{years: {number}}}")):
        told = refused({**FILES, "scheme.yaml": SCHEME.replace(old, new).encode()})
        assert [len(line) < 200 for line in told] == [True]


@pytest.mark.parametrize("content", [b"\xef\xbb\xbfa: b\n", b"a: b\r\n", b"a: b"])
def test_the_marks_that_editors_leave_change_nothing(content: bytes) -> None:
    document = read_document(file="f.yaml", content=content)
    assert (document.data, document.faults) == ({"a": "b"}, [])


def only_standards_faulty(files: dict[str, bytes]) -> None:
    try:
        read_standard(files)
    except StandardsFaulty as refused:
        assert refused.faults  # noqa: PT017  (either it is read or it says why)
        assert str(refused).encode()  # noqa: PT017


@given(content=st.binary(max_size=300), file=st.sampled_from(sorted(FILES)))
def test_no_bytes_whatever_raise_anything_but_a_refusal(content: bytes, file: str) -> None:
    only_standards_faulty({**FILES, file: content})


YAML_PIECES = st.sampled_from(
    ["- ", ": ", "\n", "  ", "[", "]", "{", "}", "&a ", "*a", "!x ", "%YAML 1.1\n", "---\n", "...\n", '"', "'", "|\n", ">-\n", "#",
     "? ", "<<", "\\U", "\\x", "\ud7ff", "\u2028", "1.10", "0", "true", "null", "80 %", "id", "award", "when", "all", "any"]
)  # fmt: skip


@given(pieces=st.lists(YAML_PIECES, max_size=40), file=st.sampled_from(sorted(FILES)))
def test_no_text_of_yaml_signs_raises_anything_but_a_refusal(pieces: list[str], file: str) -> None:
    only_standards_faulty({**FILES, file: "".join(pieces).encode()})


def mutations() -> st.SearchStrategy[Callable[[bytes], bytes]]:
    """Ways to damage a file: cut a piece out, say a piece twice, or put signs in."""

    def damage(at: int, length: int, put: bytes, kind: str) -> Callable[[bytes], bytes]:
        def change(content: bytes) -> bytes:
            here = at % (len(content) + 1)
            piece = content[here : here + length]
            middle = {"cut": b"", "twice": piece + piece, "put": put + piece}[kind]
            return content[:here] + middle + content[here + length :]

        return change

    put = st.binary(max_size=3) | YAML_PIECES.map(str.encode)
    kinds = st.sampled_from(["cut", "twice", "put"])
    return st.builds(damage, st.integers(0, 100_000), st.integers(0, 40), put, kinds)


REAL = Path(__file__).parents[2] / "standards" / "stroke"


@settings(max_examples=60)
@given(changes=st.lists(mutations(), min_size=1, max_size=3), data=st.data())
def test_a_damaged_real_file_raises_nothing_but_a_refusal(
    changes: list[Callable[[bytes], bytes]], data: st.DataObject
) -> None:
    names = ["scheme.yaml", "criteria/national_audit.yaml", "cases/measured.yaml"]
    files = {name: (REAL / name).read_bytes() for name in names}
    files["scheme.yaml"] = b"\n".join(
        line for line in files["scheme.yaml"].split(b"\n") if b"criteria/" not in line or b"national" in line
    )
    name = data.draw(st.sampled_from(names))
    for change in changes:
        files[name] = change(files[name])
    only_standards_faulty(files)


WORDS = sorted({word for content in everything.FILES.values() for word in content.decode().split()})


@settings(max_examples=40)
@given(
    swaps=st.lists(st.tuples(st.integers(0, 5_000), st.sampled_from(WORDS)), min_size=1, max_size=4),
    file=st.sampled_from(sorted(everything.FILES)),
)
def test_words_of_a_rich_scheme_in_each_others_places_raise_nothing_but_a_refusal(
    swaps: list[tuple[int, str]], file: str
) -> None:
    text = everything.FILES[file].decode()
    words = text.split(" ")
    for at, word in swaps:
        words[at % len(words)] = word
    only_standards_faulty({**everything.FILES, file: " ".join(words).encode()})


@settings(max_examples=30)
@given(changes=st.lists(mutations(), min_size=1, max_size=3), file=st.sampled_from(sorted(everything.FILES)))
def test_a_damaged_rich_scheme_raises_nothing_but_a_refusal(changes: list[Callable[[bytes], bytes]], file: str) -> None:
    content = everything.FILES[file]
    for change in changes:
        content = change(content)
    only_standards_faulty({**everything.FILES, file: content})
