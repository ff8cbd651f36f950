"""A record as a file of an archive: the one way in which it is written, so that whoever reads it reads the same."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

_WRITER = json.JSONEncoder(ensure_ascii=False, indent=1)


def written(told: Any) -> Iterator[bytes]:
    """A record as it is written, in pieces: for programs, and for people who look into it."""
    for piece in _WRITER.iterencode(told):
        yield piece.encode()
    yield b"\n"


def same(made: Iterable[bytes], there: Iterable[bytes]) -> bool:
    """Are these the same bytes, in whatever pieces they come? No more is made than is the same."""
    pieces = iter(there)
    held, at = b"", 0
    for one in made:
        while len(held) - at < len(one) and (more := next(pieces, b"")):
            held, at = held[at:] + more, 0
        if held[at : at + len(one)] != one:
            return False
        at += len(one)
    return at == len(held) and not next(pieces, b"")
