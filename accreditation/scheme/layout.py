"""How a standards file is laid out: where every key, entry and value begins and ends."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from ruamel.yaml import YAML
from ruamel.yaml.events import (
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from accreditation.scheme.document import Path


@dataclass(slots=True, kw_only=True)
class Entry:
    """One key with its value, or one item of a list. `start` is where its key or its dash begins.

    `stop` is where it ends: with the line's end, remarks included, where entries stand on lines of their own.
    """

    key: str | None
    start: int
    key_end: int
    node: "Node"
    stop: int = 0


@dataclass(slots=True, kw_only=True)
class Node:
    """One value in the text from `start` to before `end`; `flow` where it is written in brackets.

    `style` is a scalar's quote or block mark. `column` is where the keys or dashes of a collection stand.
    """

    kind: Literal["scalar", "map", "list"]
    start: int
    end: int
    flow: bool
    column: int
    style: str = ""
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A file's text and the values in it."""

    text: str
    top: Node

    def at(self, path: Path) -> tuple[Entry | None, Node]:
        """The entry and the value at this path, or of the nearest one around it that is written."""
        entry, node = None, self.top
        for part in path:
            found = next((e for i, e in enumerate(node.entries) if (e.key if node.kind == "map" else i) == part), None)
            if found is None:
                break
            entry, node = found, found.node
        return entry, node


def layout(text: str) -> Layout | None:
    """How is this text laid out? None where it is empty. The text must be one that `read_document` takes."""
    events = iter(YAML(typ="safe", pure=True).parse(text))
    top = next((event for event in events if isinstance(event, NodeEvent)), None)
    return None if top is None else Layout(text=text, top=_Reader(text, events).node(top, inside_flow=False))


class _Reader:
    def __init__(self, text: str, events: Iterator[Event]) -> None:
        self._text = text
        self._events = events

    def node(self, event: Event, *, inside_flow: bool) -> Node:
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, CollectionStartEvent):
            flow = bool(event.flow_style)
            kind: Literal["map", "list"] = "map" if isinstance(event, MappingStartEvent) else "list"
            node = Node(kind=kind, start=start, end=end, flow=flow, column=event.start_mark.column)
            last = self._entries(node, inside_flow=inside_flow or flow)
            node.end = last.end_mark.index if flow else node.entries[-1].stop
            return node
        style = str(getattr(event, "style", None) or "")
        if style in ("|", ">"):
            end = self._block_end(start, end)
        return Node(kind="scalar", start=start, end=end, flow=inside_flow, column=event.start_mark.column, style=style)

    def _block_end(self, start: int, end: int) -> int:
        """Where a block of text ends: with its last line of text, unless it keeps the empty lines after it."""
        head = self._text[start:end].split("\n", 1)[0].split("#", 1)[0]
        return end if "+" in head else start + len(self._text[start:end].rstrip())

    def _entries(self, node: Node, *, inside_flow: bool) -> Event:
        here = node.start
        while not isinstance(event := next(self._events), CollectionEndEvent):
            if node.kind == "map":
                assert isinstance(event, ScalarEvent)  # noqa: S101  (the language takes no other key)
                key, start, key_end = str(event.value), event.start_mark.index, event.end_mark.index
                value = self.node(next(self._events), inside_flow=inside_flow)
            else:
                start = event.start_mark.index if inside_flow else self._dash(node, here)
                key, key_end = None, start if inside_flow else start + 1
                value = self.node(event, inside_flow=inside_flow)
            entry = Entry(key=key, start=start, key_end=key_end, node=value)
            entry.stop = here = value.end if inside_flow else self._stop(max(value.end, key_end))
            node.entries.append(entry)
        return event

    def _dash(self, node: Node, here: int) -> int:
        if not node.entries:
            return node.start
        found = re.compile(rf"^ {{{node.column}}}-(?=\s|\Z)", re.MULTILINE).search(self._text, here)
        assert found is not None  # noqa: S101  (the parser has seen it)
        return found.end() - 1

    def _stop(self, end: int) -> int:
        """The end of the line on which a value ends; what follows it there is a remark."""
        if self._text[end - 1 : end] == "\n":
            return end - 1
        line = self._text.find("\n", end)
        return len(self._text.rstrip("\n")) if line < 0 else line
