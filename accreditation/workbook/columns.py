"""Which columns a sheet has: one for each key of the language, told from the models, and how its cells are read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from accreditation.scheme.criterion import EvidenceAsked
from accreditation.scheme.values import Id, Word

Kind = Literal["text", "id", "flag", "number", "day", "list", "evidence", "yaml"]
"""How a cell is read: words as they are, an id, yes or no, a number, a day, a list, evidence, or indented rules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its heading, the keys under which its cells stand in an entry, how they are read, what to choose."""

    heading: str
    keys: tuple[str, ...]
    kind: Kind
    choices: tuple[str, ...] = ()
    from_sheet: str = ""
    width: int = 18


WIDE = {"statement", "guidance", "public_wording", "about", "note", "meaning", "question", "because", "why", "title"}
MIDDLE = {"when", "figure", "ladder", "levels", "ratings", "evidence", "measure", "conditions", "case", "columns"}


def columns_of(
    model: type[BaseModel], *, under: tuple[str, ...] = (), leave_out: Sequence[str] = (), **choices: str
) -> tuple[Column, ...]:
    """A column for every key of this part of the language; `choices` names the sheet whose ids a column takes."""
    hints = get_type_hints(model, include_extras=True)
    return tuple(
        Column(
            heading=about.alias or name,
            keys=(*under, about.alias or name),
            kind=kind_of(hints[name]),
            choices=_choices(hints[name]),
            from_sheet=choices.get(name, ""),
            width=60 if name in WIDE - {"title"} else 36 if name in MIDDLE | {"title"} else 18,
        )
        for name, about in model.model_fields.items()
        if name not in leave_out
    )


def kind_of(annotation: Any) -> Kind:
    """How is a value of this type read from a cell?"""
    inner = [one for one in _members(annotation) if one is not NoneType]
    if len(inner) != 1:
        return "yaml"
    bare = get_args(inner[0])[0] if get_origin(inner[0]) is Annotated else inner[0]
    if bare is str:
        return "id" if inner[0] in (Id, Word) else "text"
    if get_origin(bare) is Literal:
        first = get_args(bare)[0]
        return "flag" if isinstance(first, bool) else "number" if isinstance(first, int) else "id"
    if get_origin(bare) is tuple and get_args(bare)[-1] is Ellipsis:
        entry = get_args(bare)[0]
        words = entry is str or (get_origin(entry) is Annotated and get_args(entry)[0] is str)
        return "evidence" if entry is EvidenceAsked else "list" if words else "yaml"
    plain: dict[Any, Kind] = {bool: "flag", int: "number", Decimal: "number", date: "day", Fraction: "text"}
    return plain.get(bare, "yaml") if not get_origin(bare) else "yaml"


def _members(annotation: Any) -> tuple[Any, ...]:
    if get_origin(annotation) in (Union, UnionType):
        return tuple(inner for one in get_args(annotation) for inner in _members(one))
    return (annotation,)


def _choices(annotation: Any) -> tuple[str, ...]:
    named = [one for member in _members(annotation) if get_origin(member) is Literal for one in get_args(member)]
    if named and all(isinstance(one, str) for one in named):
        return tuple(named)
    return ("yes", "no") if kind_of(annotation) == "flag" else ()
