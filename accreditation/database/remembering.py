"""What was read is not read again while one moment is looked at."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlmodel import Session

KNOWN = "known"
"""The key in `Session.info` under which a reading session keeps what it was asked; other sessions have none."""

P = ParamSpec("P")
T = TypeVar("T")


def once_a_moment(
    look: Callable[Concatenate[Session, P], T],
) -> Callable[Concatenate[Session, P], T]:
    """Let this question be asked once in a reading session, however often it is put; in any other each time.

    A reading session sees one moment, so that the answer cannot change. For what several parts of one page ask.
    Whoever asks again is given a list or a dictionary of their own.
    """

    @wraps(look)
    def asked(session: Session, *args: P.args, **kwargs: P.kwargs) -> T:
        known: dict[Any, T] | None = session.info.get(KNOWN)
        if known is None:
            return look(session, *args, **kwargs)
        given: Any = tuple(map(_fixed, args))
        named: Any = {name: _fixed(value) for name, value in kwargs.items()}
        key = (look, given, tuple(sorted(named.items())))
        if key not in known:
            known[key] = look(session, *given, **named)
        return _own(known[key])

    return asked  # type: ignore[return-value]  # the session goes by its place, whatever its name


def _fixed(value: Any) -> Any:
    """What is given, so that it can be told apart from what is given another time."""
    return tuple(value) if isinstance(value, Iterable) and not isinstance(value, str | tuple) else value


def _own(answer: T) -> T:
    """The answer, for one who may change it."""
    return answer.copy() if isinstance(answer, list | dict) else answer  # type: ignore[return-value]  # a copy is a T
