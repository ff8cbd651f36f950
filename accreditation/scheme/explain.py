"""Turns a fault of shape into words an author understands: what was found, and what is allowed there."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from accreditation.scheme.figure import FIGURES
from accreditation.scheme.missing import to_write
from accreditation.scheme.rule import RULES

_NOT_WRITTEN = {("Domain", "criteria")}
"""Fields that no author writes as a key: the criteria of a domain are a file of their own."""

_SHORT = 60
"""Longer texts are shown by their beginning."""

_IN_QUOTES = re.compile("'([^']*)'")

_FAR = 5
"""A word that is longer or shorter by more letters was not meant."""

_MOST_KNOWN = 1_000
"""Among more words than these the closest is not looked for: that would take long, and rarely help."""

_WHOLE = ("{given} is not a whole number", "write digits, as in 3")
_TRUTH = ("{given} is neither true nor false", "write true or false")
_LIST = ("{given} is not a list", "write a list, each entry beginning with '- '")
_KEYS = ("{given} where keys belong", "allowed here: {keys}")

_SAYINGS: Mapping[str, tuple[str, str]] = {
    "missing": ("'{last}' is missing", "{to_write}"),
    "extra_forbidden": ("unknown key '{last}'{meant}", "allowed here: {keys}"),
    "literal_error": ("{given}{meant}", "allowed here: {expected}"),
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
    "too_long": ("{actual_length} here", "at most {max_length} are allowed"),
    "union_tag_invalid": ("{given} does not belong here", "write {tags}"),
    "greater_than_equal": ("{given} is out of bounds", "it must be at least {ge}"),
    "less_than_equal": ("{given} is out of bounds", "it must be at most {le}"),
}


_RULE_NAMES = {node.__name__: key for key, node in RULES.items()}
"""The node of a rule -> the key it begins with."""

_TAGS: Mapping[str, str] = {
    "Fixed": "a number, or a percentage where a share is asked for",
    "By": "{by: fact, limits: {answer: number}}",
    "FactLimit": "{fact: name}",
}
"""Kinds of values as an author writes them."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """' (did you mean X?)' where X is close to the word, else nothing."""
    near = [one for one in known if abs(len(one) - len(word)) <= _FAR][: _MOST_KNOWN + 1]
    close = get_close_matches(word[:_SHORT], near, n=1) if len(near) <= _MOST_KNOWN else []
    return f" (did you mean {close[0]}?)" if close else ""


def explain(model: type[BaseModel], detail: ErrorDetails) -> tuple[str, str]:
    """What was found, and what is allowed: one fault of validation in plain words.

    A rule of our own says both in one message, parted by a semicolon.
    """
    kind = detail["type"]
    if detail["input"] is None:
        return "nothing is written here", _told(model, detail)[1]
    if kind == "missing" and isinstance(detail["loc"][-1], int):
        return f"only {len(detail['input'])} here", "two are needed"
    return _told(model, detail)


def _told(model: type[BaseModel], detail: ErrorDetails) -> tuple[str, str]:
    if detail["type"] in _SAYINGS:
        return _said(model, detail)
    found, _, allowed = _own_words(detail).rpartition("; ")
    if not found:
        return f"{_given(detail['input'])} does not belong here", "see standards/README.md"
    if detail["type"] in _BEGINNINGS and isinstance(detail["input"], dict):
        meant = (did_you_mean(str(key), _BEGINNINGS[detail["type"]]) for key in detail["input"])
        found += next((one for one in meant if one), "")
    return found, allowed


_BEGINNINGS: Mapping[str, Iterable[str]] = {"not_a_rule": RULES, "not_a_figure": FIGURES}
"""Nodes that are told apart by the key they begin with."""


def _said(model: type[BaseModel], detail: ErrorDetails) -> tuple[str, str]:
    location = detail["loc"]
    found, allowed = _saying(detail["type"], location)
    around = location[:-1] if detail["type"] == "extra_forbidden" else location
    keys = sorted(_keys_at(model, around))
    last = str(location[-1]) if location else ""
    context = {name: str(value).replace("True", "true") for name, value in (detail.get("ctx") or {}).items()}
    tags = [_TAGS.get(tag.strip(" '"), tag) for tag in context.get("expected_tags", "").split(",")]
    known = _IN_QUOTES.findall(context.get("expected", "")) if detail["type"] == "literal_error" else keys
    meant = did_you_mean(str(detail["input"]) if known is not keys else last, known)
    words = {"last": _short(last), "given": _given(detail["input"]), "meant": meant}
    kinds = (
        one.model_fields[name].annotation for one in _models_at(model, location[:-1]) for name in _named(one, last)
    )
    words |= {"to_write": to_write(words["last"], kinds) if detail["type"] == "missing" else ""}
    words |= {"keys": ", ".join(keys) or "key: value", "tags": " or ".join(tags), **context}
    return found.format_map(words), allowed.format_map(words)


def _saying(kind: str, location: tuple[int | str, ...]) -> tuple[str, str]:
    """What was found and what is allowed, with gaps for the words of this fault."""
    found, allowed = _SAYINGS[kind]
    last, around = location[-1:], location[-2:-1]
    if kind == "extra_forbidden" and last and last[0] in RULES and around and around[0] in _RULE_NAMES:
        beside = _RULE_NAMES[str(around[0])]
        return f"{found} beside {beside}", "one rule here; put several below all:, each beginning with '- '"
    return found, allowed


def _own_words(detail: ErrorDetails) -> str:
    """A message of our own, with what was found shown as it was written, and never at length."""
    said, given = str(detail["msg"]), detail["input"]
    raw = str((detail.get("ctx") or {}).get("found", ""))
    if raw and (len(raw) > _SHORT or "\n" in raw or isinstance(given, bool | list | dict)):
        said = said.replace(f"'{raw}'", _given(given)).replace(raw, _given(given))
    return said


def _given(value: Any) -> str:
    if isinstance(value, dict):
        return _short(f"the keys {', '.join(value)}") if value else "no keys"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    return f"'{_short(str(value).lower() if isinstance(value, bool) else str(value))}'"


def _short(text: str) -> str:
    line = " ".join(text[: 4 * _SHORT].split()) if "\n" in text else text
    return line if len(line) <= _SHORT else f"{line[: _SHORT - 3]}..."


def _keys_at(model: type[BaseModel], location: tuple[int | str, ...]) -> set[str]:
    """Which keys may stand at this location of the model?"""
    return {
        about.alias or name
        for found in _models_at(model, location)
        for name, about in found.model_fields.items()
        if (found.__name__, name) not in _NOT_WRITTEN
    }


def _models_at(model: type[BaseModel], location: tuple[int | str, ...]) -> set[type[BaseModel]]:
    """Which models may stand at this location of the model?"""
    models = {model}
    for part in location:
        tagged = {candidate for candidate in models if candidate.__name__ == part}
        fields = {inner for m in models for name in _named(m, part) for inner in _models_of_field(m, name)}
        models = tagged or fields or models
    return models


def _named(model: type[BaseModel], key: int | str) -> list[str]:
    """The field that an author writes with this key."""
    return [name for name, about in model.model_fields.items() if key == (about.alias or name)]


def _models_of_field(model: type[BaseModel], name: str) -> set[type[BaseModel]]:
    return _models_in(model.model_fields[name].annotation)


def _models_in(annotation: Any) -> set[type[BaseModel]]:
    """All models that a type is made of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {found for inner in get_args(annotation) for found in _models_in(inner)}
