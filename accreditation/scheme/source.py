"""Reads a standards file as its author wrote it: plain data, and where in the file every piece of it stands."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from ruamel.yaml.reader import ReaderError

from accreditation.scheme.document import Document, Path, Place
from accreditation.scheme.yaml_words import words_of_yaml

Files = Mapping[str, bytes]
"""The files of one scheme's folder: relative name -> content."""

MAX_FILES = 200
MAX_TOTAL = 5_000_000
"""More files, or more bytes in all of them, are refused before any is parsed."""

MAX_BYTES = 500_000
"""A larger file is refused before it is parsed; the files of the largest published standard need a tenth of this."""

MAX_LINES = 20_000
"""More lines, and entries within lines, are refused before the file is parsed."""

MAX_PIECES = 8_000
"""More keys, texts and lists than these are refused where the next one stands: some 400 criteria, written out."""

MAX_DEPTH = 40
"""Deeper nesting is refused where it begins; the language itself needs about ten levels."""

_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})\Z")
_DECIMAL = re.compile(r"-?[0-9]{1,18}\.[0-9]{1,18}\Z")
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}


def read_document(*, file: str, content: bytes) -> Document:
    """What does this YAML file say, and where? Faults of its form are collected, all that can be told.

    The language is a plain part of YAML 1.2: no anchors, tags, directives or repeated keys, and one
    document a file; decimal numbers are exact. Whatever the bytes, nothing is raised.
    """
    document = Document(file=file)
    found, allowed, place = "", "", document.top
    try:
        found, allowed = _too_much(content)
        if not found:
            document.data = _Composer(document).compose(content.decode("utf-8-sig"))
            if document.data is None and not document.faults:
                found, allowed = "the file is empty", "write the standard here"
    except UnicodeDecodeError as error:
        place = _place_of_byte(file, content, error.start)
        found = f"the byte {content[error.start]:#04x} is not UTF-8"
        allowed = "save the file as UTF-8 text, and write the letter here again"
    except _Refused as error:
        place, found, allowed = error.place, error.found, error.allowed
    except MarkedYAMLError as error:
        said = " ".join(" ".join(str(part) for part in (error.context, error.problem) if part).split())
        found, allowed, where_begun = words_of_yaml(said)
        mark = error.problem_mark or error.context_mark
        if where_begun:
            mark = error.context_mark or mark
        place = document.top if mark is None else Place(file=file, line=mark.line + 1, column=mark.column + 1)
    except ReaderError as error:
        before = content.decode("utf-8-sig")[: error.position]
        place = Place(file=file, line=before.count("\n") + 1, column=len(before) - before.rfind("\n"))
        found, allowed = f"the control character {error.character:#06x}", "delete it; only text is allowed"
    except Exception:  # the parser leaks OverflowError, ValueError and more on hostile escapes
        found, allowed = "not readable as YAML", "check escapes such as \\U in quotes"
    if found:
        document.faults.append(place.fault(found=found, allowed=allowed))
    if document.data is None:
        document.spoiled.add(())
    return document


def too_many_files(files: Files) -> str:
    """What is too much of these files together, in words; nothing where they are not."""
    number, size = len(files), sum(min(len(content), MAX_BYTES) for content in files.values())
    if number > MAX_FILES:
        return f"{number} files; a scheme has at most {MAX_FILES}"
    return f"{size} bytes or more in {number} files; a scheme has at most {MAX_TOTAL}" if size > MAX_TOTAL else ""


def _too_much(content: bytes) -> tuple[str, str]:
    """Is this more than a standards file can hold? Counted before anything is parsed."""
    if len(content) > MAX_BYTES:
        return f"{len(content)} bytes", f"a standards file has at most {MAX_BYTES} bytes"
    entries = sum(map(content.count, (b"\n", b"\r", b",")))
    allowed = f"a standards file has at most {MAX_LINES}; write a file for every domain"
    return (f"{entries} lines and entries", allowed) if entries > MAX_LINES else ("", "")


def _place_of_byte(file: str, content: bytes, position: int) -> Place:
    line_start = content.rfind(b"\n", 0, position) + 1
    before = content[line_start:position].decode("utf-8-sig" if line_start == 0 else "utf-8")
    return Place(file=file, line=content.count(b"\n", 0, position) + 1, column=len(before) + 1)


class _Refused(Exception):
    def __init__(self, place: Place, found: str, allowed: str) -> None:
        self.place, self.found, self.allowed = place, found, allowed
        super().__init__()


class _Composer:
    """Turns the parser's events into plain data, noting where everything stands.

    It works on events rather than on the library's nodes, so that a hostile file is refused
    at the first bracket too many, and an alias is never followed.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._events: Iterator[Event] = iter(())

    def compose(self, text: str) -> Any:
        self._events = iter(YAML(typ="safe", pure=True).parse(text))
        data: Any = None
        documents = 0
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if event.version or event.tags:
                    self._fault(event, "a YAML directive (%)", "delete the line; the language is always YAML 1.2")
                if documents == 2:
                    self._fault(event, "a second document in the file", "one file says one thing; delete the line ---")
            elif isinstance(event, NodeEvent):
                value = self._value(event, () if documents == 1 else ("the next document",))
                data = value if documents == 1 else data
            elif isinstance(event, StreamEndEvent):
                break
        return data

    def _place(self, event: Event) -> Place:
        mark = event.start_mark
        return Place(file=self._document.file, line=mark.line + 1, column=mark.column + 1)

    def _fault(self, event: Event, found: str, allowed: str) -> None:
        self._document.faults.append(self._place(event).fault(found=found, allowed=allowed))

    def _value(self, event: Event, path: Path) -> Any:
        self._document.places.setdefault(path, self._place(event))
        self._bounded(event, path)
        if isinstance(event, AliasEvent):
            self._fault(event, f"the alias *{event.anchor}", "write the text out; the language has no aliases")
            self._document.spoiled.add(path)
            return None
        if isinstance(event, NodeEvent):
            self._undecorated(event)
        if isinstance(event, MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(path)
        return self._scalar(event, path) if isinstance(event, ScalarEvent) else None

    def _bounded(self, event: Event, path: Path) -> None:
        if len(path) > MAX_DEPTH:
            allowed = "the language needs about ten; look for brackets that are never closed"
            raise _Refused(self._place(event), f"nested more than {MAX_DEPTH} levels deep", allowed)
        if len(self._document.places) > MAX_PIECES:
            found = f"more than {MAX_PIECES} keys, texts and lists in one file"
            raise _Refused(self._place(event), found, "write a file for every domain, with its criteria")

    def _undecorated(self, event: NodeEvent) -> None:
        if event.anchor is not None:
            self._fault(event, f"the anchor &{event.anchor}", "delete it; the language has no aliases")
        tag = getattr(event, "tag", None)  # an alias has none
        if tag is not None:
            self._fault(event, f"the tag {tag}", "delete it; there are text, numbers, lists and keys")

    def _sequence(self, path: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: Path) -> dict[str, Any]:
        first: dict[str, int] = {}
        data: dict[str, Any] = {}
        while not isinstance(event := next(self._events), MappingEndEvent):
            key = self._key(event, path)
            place = self._place(event)
            if key is None or key in first:
                if key is not None:
                    again = f"the key '{key}' is here a second time (first on line {first[key]})"
                    self._fault(event, again, "keep one of the two")
                self._value(next(self._events), (*path, "a key at fault"))
                continue
            first[key] = place.line
            self._document.places[(*path, key)] = place
            data[key] = self._value(next(self._events), (*path, key))
        return data

    def _key(self, event: Event, path: Path) -> str | None:
        """The key's text; None, with its fault noted, where it is not plain text."""
        if not isinstance(event, ScalarEvent):
            self._fault(event, "a key that is not text", "write key: value")
            self._value(event, (*path, "a key at fault"))
            return None
        self._undecorated(event)
        return str(event.value) if self._writable(event) else None

    def _writable(self, event: ScalarEvent) -> bool:
        found = _UNWRITABLE.search(event.value)
        if found is not None:
            self._fault(event, f"the character U+{ord(found[0]):04X}", "delete it; only text is allowed")
        return found is None

    def _scalar(self, event: ScalarEvent, path: Path) -> Any:
        text = str(event.value)
        if not self._writable(event):
            self._document.spoiled.add(path)
            return None
        if event.style is not None:  # quoted, or a block of text
            return text
        if text.lower() in _WORDS:
            return _WORDS[text.lower()]
        if _WHOLE.match(text):
            return int(text)
        return Decimal(text) if _DECIMAL.match(text) else text
