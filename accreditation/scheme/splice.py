"""Puts changed data back into the text it was read from, so that every line that does not change stays as it is.

What is equal keeps its text to the last space, remarks included; what differs is written anew in its place. Remarks
above an entry belong to it, and go with it where it moves or is deleted.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from accreditation.scheme import emit
from accreditation.scheme.document import Path
from accreditation.scheme.layout import Entry, Layout, Node, layout
from accreditation.scheme.source import read_document
from accreditation.scheme.was import Was, plain, same

_MARK = b"\xef\xbb\xbf"
"""What some editors put in front of UTF-8 text."""


def spliced(originals: Mapping[str, bytes], data: Mapping[str, Any]) -> dict[str, bytes]:
    """The files that say this data, each kept as it was wherever it says the same.

    A file that is not among the originals, or that cannot be read, is written anew.
    """
    old = {name: _Old.of(name, content) for name, content in originals.items()}
    return {name: _file(name, value, old) for name, value in data.items()}


def _file(name: str, value: Any, old: "Mapping[str, _Old | None]") -> bytes:
    before, wanted = old.get(name), plain(value)
    if before is None:
        return emit.whole(wanted).encode()
    if same(before.data, wanted):
        return before.content
    text = _Merge(name, before, old).whole(value)
    content = before.mark + text.replace("\n", before.line_end).encode()
    read = read_document(file=name, content=content)
    right = not read.faults and same(read.data, wanted)
    return content if right else emit.whole(wanted).encode()


@dataclass(frozen=True, kw_only=True)
class _Old:
    """A file as it was; in `layout` every line ends with a bare line feed."""

    content: bytes
    data: Any
    line_end: str
    mark: bytes

    @classmethod
    def of(cls, name: str, content: bytes) -> "_Old | None":
        read = read_document(file=name, content=content)
        if read.faults or read.data is None:
            return None
        mark = _MARK if content.startswith(_MARK) else b""
        return cls(content=content, data=read.data, line_end="\r\n" if b"\r\n" in content else "\n", mark=mark)

    @cached_property
    def layout(self) -> Layout:
        found = layout(self.content.decode("utf-8-sig").replace("\r\n", "\n"))
        assert found is not None  # noqa: S101  (it says something)
        return found

    def value(self, path: Path) -> Any:
        here = self.data
        for part in path:
            here = here[part]
        return here


Kept = tuple[str, Path, Entry] | None
"""The entry that an entry comes from: its file, its path, where it is written. None where it is new."""


class _Merge:
    def __init__(self, name: str, before: _Old, old: Mapping[str, _Old | None]) -> None:
        self._name, self._before, self._old = name, before, old
        self._text = before.layout.text

    def whole(self, value: Any) -> str:
        top = self._before.layout.top
        if type(self._before.data) is not type(plain(value)) or top.flow or top.kind == "scalar":
            return emit.whole(plain(value))
        written = self._node(top, (), value) if plain(value) else emit.in_brackets(plain(value))
        return self._text[: top.start] + written + self._text[top.end :]

    def _node(self, node: Node, path: Path, value: Any) -> str:
        """The text for this value in the place of the node. Its kind must be the node's."""
        if same(self._before.value(path), plain(value)):
            return self._text[node.start : node.end]
        if isinstance(value, Was):
            value = value.value
        entries = _pairs(value)
        if node.kind == "scalar":
            return self._scalar(node, value)
        kept = self._origins(node, path, entries)
        return self._in_brackets(node, entries, kept) if node.flow else self._on_lines(node, entries, kept)

    def _scalar(self, node: Node, value: Any) -> str:
        if isinstance(value, str) and node.style in ("'", '"'):
            return emit.quoted(value)
        return emit.scalar(value, flow=node.flow)

    def _origins(self, node: Node, path: Path, entries: Sequence[tuple[str | None, Any]]) -> list[Kept]:
        """For every new entry the old one that it comes from, if any; an old one is used once."""
        own = {self._part(node, position): entry for position, entry in enumerate(node.entries)}
        found: list[Kept] = [self._named(value) if isinstance(value, Was) else None for _, value in entries]
        taken = {(file, here) for file, here, _ in (one for one in found if one is not None)}
        free = [part for part in own if (self._name, (*path, part)) not in taken]
        open_places = [
            place for place, one in enumerate(found) if one is None and not isinstance(entries[place][1], Was)
        ]
        if node.kind == "map":
            keys = [(place, entries[place][0]) for place in open_places]
            matches: list[tuple[int, str | int]] = [
                (place, key) for place, key in keys if key is not None and key in free
            ]
        else:
            before = self._before.value(path)
            matched = _aligned([before[int(part)] for part in free], [plain(entries[p][1]) for p in open_places])
            matches = [(open_places[there], free[here]) for here, there in matched]
        for place, part in matches:
            found[place] = (self._name, (*path, part), own[part])
        return found

    @staticmethod
    def _part(node: Node, position: int) -> str | int:
        key = node.entries[position].key
        return position if key is None else key

    def _named(self, was: Was) -> Kept:
        file, path = was.origin
        old = self._old.get(file)
        entry = None if old is None else old.layout.at(path)[0]
        return None if entry is None else (file, path, entry)

    def _on_lines(self, node: Node, entries: Sequence[tuple[str | None, Any]], kept: Sequence[Kept]) -> str:
        indent = " " * node.column
        out = ""
        for position, ((key, value), one) in enumerate(zip(entries, kept, strict=True)):
            lead, body = self._entry(node, key, value, one)
            if position:
                out += f"\n{lead}{indent}{body}"
            elif lead and not self._text[: node.start].rsplit("\n", 1)[-1].strip():
                out = f"{lead.lstrip()}{indent}{body}"
            else:
                out = body + (f"\n{lead.rstrip()}" if lead.strip() else "")
        return out

    def _entry(self, node: Node, key: str | None, value: Any, kept: Kept) -> tuple[str, str]:
        """The remarks above an entry, and the entry itself without its indentation."""
        bare = plain(value)
        if kept is not None:
            file, path, entry = kept
            merge = self if file == self._name else self._elsewhere(file)
            around = merge._before.layout.at(path[:-1])[1]
            if around.column == node.column and not around.flow and around.kind == node.kind:
                return merge._remarks(around, entry), merge._kept(entry, path, key, value, node.column)
        if key is None:
            return "", f"-{emit.after_dash(bare, column=node.column, is_top=node is self._before.layout.top)}"
        return "", f"{emit.key(key)}:{emit.after_key(bare, column=node.column)}"

    def _elsewhere(self, file: str) -> "_Merge":
        old = self._old[file]
        assert old is not None  # noqa: S101  (it was found there)
        return _Merge(file, old, self._old)

    def _remarks(self, around: Node, entry: Entry) -> str:
        """The lines between the entry before this one and its own line; above the first entry of a file, none."""
        position = next(i for i, one in enumerate(around.entries) if one is entry)
        if position == 0:
            return ""
        line = self._text.rfind("\n", 0, entry.start) + 1
        return self._text[min(around.entries[position - 1].stop + 1, line) : line]

    def _kept(self, entry: Entry, path: Path, key: str | None, value: Any, column: int) -> str:
        """An entry in its old words wherever it says the same, under this key."""
        node, bare = entry.node, plain(value)
        head = self._text[entry.start : entry.key_end]
        if key is not None and key != entry.key:
            head = emit.key(key)
        if same(self._before.value(path), bare):
            return head + self._text[entry.key_end : entry.stop]
        kind = "map" if isinstance(bare, dict) else "list" if isinstance(bare, list) else "scalar"
        one_line = kind != "scalar" or self._stays_on_its_line(node, bare, column)
        if kind == node.kind and bare not in ({}, []) and one_line:
            tail = self._text[node.end : entry.stop]
            return head + self._text[entry.key_end : node.start] + self._node(node, path, value) + tail
        written = emit.after_dash(bare, column=column) if key is None else f":{emit.after_key(bare, column=column)}"
        return self._with_remark(head + written, entry)

    @staticmethod
    def _stays_on_its_line(node: Node, value: Any, column: int) -> bool:
        if node.flow:
            return True
        long = isinstance(value, str) and emit.after_key(value, column=column).startswith((" >", " |"))
        return not long and node.style not in ("|", ">") and node.end > node.start

    def _with_remark(self, written: str, entry: Entry) -> str:
        """A remark on the entry's own line stays on its first line."""
        remark = self._text[entry.node.end : entry.stop]
        if not remark.strip().startswith("#"):
            return written
        first, line, rest = written.partition("\n")
        return f"{first}{remark}{line}{rest}"

    def _in_brackets(self, node: Node, entries: Sequence[tuple[str | None, Any]], kept: Sequence[Kept]) -> str:
        if not entries or not node.entries:
            return emit.in_brackets({key: plain(value) for key, value in entries} if node.kind == "map" else
                                    [plain(value) for _, value in entries])  # fmt: skip
        position = {id(entry): i for i, entry in enumerate(node.entries)}
        out, before = self._text[node.start : node.entries[0].start], -2
        for number, ((key, value), one) in enumerate(zip(entries, kept, strict=True)):
            here = -2 if one is None or one[0] != self._name else position.get(id(one[2]), -2)
            if number:
                follows = here == before + 1 and here > 0
                out += self._text[node.entries[here - 1].stop : node.entries[here].start] if follows else ", "
            out += self._bracketed(key, value, one if here >= 0 else None)
            before = here
        return out + self._text[node.entries[-1].stop : node.end]

    def _bracketed(self, key: str | None, value: Any, kept: Kept) -> str:
        bare = plain(value)
        if kept is None:
            return emit.in_brackets(bare) if key is None else f"{emit.key(key)}: {emit.in_brackets(bare)}"
        _, path, entry = kept
        head = self._text[entry.start : entry.node.start]
        if key is not None and key != entry.key:
            head = emit.key(key) + self._text[entry.key_end : entry.node.start]
        kind = "map" if isinstance(bare, dict) else "list" if isinstance(bare, list) else "scalar"
        if kind != entry.node.kind or (kind == "scalar" and entry.node.start == entry.node.end):
            return self._bracketed(key, value, None)
        return head + self._node(entry.node, path, value)


def _pairs(value: Any) -> list[tuple[str | None, Any]]:
    if isinstance(value, dict):
        return list(value.items())
    return [(None, inner) for inner in value] if isinstance(value, list) else []


def _aligned(old: Sequence[Any], new: Sequence[Any]) -> list[tuple[int, int]]:
    """Which old item is which new one: those that are equal, wherever they stand; else those that stand opposite."""
    told = [[json.dumps(one, default=str) for one in items] for items in (old, new)]
    steps = SequenceMatcher(None, told[0], told[1], autojunk=False).get_opcodes()
    pairs = {
        b: a for what, i, j, k, m in steps if what == "equal" for a, b in zip(range(i, j), range(k, m), strict=True)
    }
    waiting: dict[str, list[int]] = {}
    for a in sorted(set(range(len(old))) - set(pairs.values()), reverse=True):
        waiting.setdefault(told[0][a], []).append(a)
    for b in range(len(new)):
        if b not in pairs and waiting.get(told[1][b]):
            pairs[b] = waiting[told[1][b]].pop()
    used = set(pairs.values())
    for what, i, j, k, m in steps:
        if what == "replace":
            rest = ([a for a in range(i, j) if a not in used], [b for b in range(k, m) if b not in pairs])
            pairs |= {b: a for a, b in zip(*rest, strict=False)}
    return [(a, b) for b, a in pairs.items()]


def remarked(content: bytes, remarks: Sequence[tuple[Path, str]], *, name: str = "") -> bytes:
    """The file with a remark on a line of its own above each of these pieces."""
    old = _Old.of(name, content)
    if old is None or not remarks:
        return content
    lines = old.layout.text.split("\n")
    above: dict[int, list[str]] = {}
    for path, remark in remarks:
        entry = old.layout.at(path)[0]
        number = 0 if entry is None else old.layout.text.count("\n", 0, entry.start)
        indent = lines[number][: len(lines[number]) - len(lines[number].lstrip(" "))]
        above.setdefault(number, []).extend(
            f"{indent}# {line}".rstrip() for line in remark.splitlines() if line.strip()
        )
    out = [line for number, line in enumerate(lines) for line in (*above.get(number, ()), line)]
    return old.mark + old.line_end.join(out).encode()
