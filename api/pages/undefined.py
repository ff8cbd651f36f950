"""What a template may leave out: nothing of ours. The design system's own macros ask for parameters that nobody gave.

A name that is not there, and an attribute that one of our values does not have, are misspelt and fail. A key that is
not in a mapping is a parameter that was left out: it is nothing, and so is whatever is asked of it. Hence values for
pages are dataclasses, and mappings are for the macros alone.
"""

from collections.abc import Mapping
from typing import Any, Self

from jinja2 import ChainableUndefined, StrictUndefined, Undefined
from jinja2.utils import missing

NOTHING = frozenset({"undefined", "caller", "classes"})
"""Names that the macros use for nothing: their own word for it, a block that nobody gave, and one slip of theirs."""


class Missing(Undefined):
    """What a template asked for and is not there."""

    __slots__ = ()

    def __new__(cls, hint: str | None = None, obj: Any = missing, name: str | None = None, *_more: Any) -> Self:  # noqa: ARG004
        """Nothing, or a fault?"""
        left_out = isinstance(obj, Mapping | Undefined) or (obj is missing and name in NOTHING)
        kind: Any = LeftOut if left_out else Misspelt
        found: Self = object.__new__(kind)
        return found


class Misspelt(Missing, StrictUndefined):
    """A name or an attribute that does not exist: to use it raises UndefinedError."""

    __slots__ = ()


class LeftOut(Missing, ChainableUndefined):
    """A parameter that nobody gave."""

    __slots__ = ()
