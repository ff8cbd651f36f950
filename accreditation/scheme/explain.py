"""Turns a fault of shape into words an author understands: what was found, and what is allowed there."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

_NOT_WRITTEN = {"criteria"}
"""Fields that no author writes as a key: the criteria of a domain are a file of their own."""

_WHOLE = ("{given} is not a whole number", "write digits, as in 3")
_TRUTH = ("{given} is neither true nor false", "write true or false")
_LIST = ("{given} is not a list", "write a list, each entry beginning with '- '")
_KEYS = ("{given} where keys belong", "allowed here: {keys}")

_SAYINGS: Mapping[str, tuple[str, str]] = {
    "missing": ("'{last}' is missing", "write {last}: here"),
    "extra_forbidden": ("unknown key '{last}'{meant}", "allowed here: {keys}"),
    "literal_error": ("{given}", "allowed here: {expected}"),
    "string_type": ("{given} is not text", "write text, in quotes where it looks like a number"),
    "bool_type": _TRUTH,
    "bool_parsing": _TRUTH,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "tuple_type": _LIST,
    "dict_type": _KEYS,
    "model_type": _KEYS,
    "too_short": ("only {actual_length} here", "at least {min_length} are needed"),
    "greater_than_equal": ("{given} is out of bounds", "it must be at least {ge}"),
    "less_than_equal": ("{given} is out of bounds", "it must be at most {le}"),
}


def did_you_mean(word: str, known: list[str]) -> str:
    """' (did you mean X?)' where X is close to the word, else nothing."""
    close = get_close_matches(word, known, n=1)
    return f" (did you mean {close[0]}?)" if close else ""


def explain(model: type[BaseModel], detail: ErrorDetails) -> tuple[str, str]:
    """What was found, and what is allowed: one fault of validation in plain words.

    A rule of our own says both in one message, parted by a semicolon.
    """
    kind, location = detail["type"], detail["loc"]
    found, _, allowed = str(detail["msg"]).partition("; ")
    if kind in _SAYINGS:
        found, allowed = _SAYINGS[kind]
        around = location[:-1] if kind == "extra_forbidden" else location
        keys = sorted(_keys_at(model, around))
        last = str(location[-1]) if location else ""
        words = {"last": last, "given": _given(detail["input"]), "meant": did_you_mean(last, keys)}
        context = {name: str(value).replace("True", "true") for name, value in (detail.get("ctx") or {}).items()}
        words |= {"keys": ", ".join(keys) or "key: value", **context}
        found, allowed = found.format_map(words), allowed.format_map(words)
    if detail["input"] is None:
        found = "nothing is written here"
    return found, allowed or "see standards/README.md"


def _given(value: Any) -> str:
    if isinstance(value, dict):
        return _short(f"the keys {', '.join(value)}") if value else "no keys"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    return f"'{_short(str(value).lower() if isinstance(value, bool) else str(value))}'"


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."


def _keys_at(model: type[BaseModel], location: tuple[int | str, ...]) -> set[str]:
    """Which keys may stand at this location of the model?"""
    models = {model}
    for part in location:
        tagged = {candidate for candidate in models if candidate.__name__ == part}
        fields = {inner for m in models if part in m.model_fields for inner in _models_of_field(m, str(part))}
        models = tagged or fields or models
    return {name for found in models for name in found.model_fields} - _NOT_WRITTEN


def _models_of_field(model: type[BaseModel], name: str) -> set[type[BaseModel]]:
    return _models_in(model.model_fields[name].annotation)


def _models_in(annotation: Any) -> set[type[BaseModel]]:
    """All models that a type is made of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {found for inner in get_args(annotation) for found in _models_in(inner)}
