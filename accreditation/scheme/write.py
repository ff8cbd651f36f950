"""From a scheme back to its files, as an author would write them: what is read from them is the same scheme."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic.fields import FieldInfo

from accreditation.scheme.assemble import SCHEME_FILE
from accreditation.scheme.case import Case, CaseRating
from accreditation.scheme.classes import Class
from accreditation.scheme.criterion import Criterion, Domain
from accreditation.scheme.emit import whole
from accreditation.scheme.figure import FIGURES
from accreditation.scheme.model import Scheme
from accreditation.scheme.rule import RULES
from accreditation.scheme.source import Files
from accreditation.scheme.values import Part

__all__ = ["CASES_FILE", "write"]

CASES_FILE = "cases/cases.yaml"

_ONE_OR_MORE = {(Criterion, "tags"), *((Class, name) for name in Class.model_fields)}
"""Where an author may write one word instead of a list; `_WORDS` are such fields wherever they stand."""

_WORDS = {"rated", "is_", "over", "applies_when"}

_BEGINS = {node: key for nodes in (RULES, FIGURES) for key, node in nodes.items()}
"""The key that a rule or a figure begins with."""

_LAST = ("if_none_apply", "if_no_value")


def write(scheme: Scheme, cases: Sequence[Case] = ()) -> Files:
    """Which files say this scheme, and these worked cases? Relative name -> content.

    What has its default is left out. The files hold the whole edition: where it builds on another scheme, all
    that it took over is written too, so read_standard takes them without that scheme.
    """
    told = _part(scheme)
    files = {SCHEME_FILE: whole({**told, "domains": [_without_criteria(domain) for domain in scheme.domains]}).encode()}
    for domain in scheme.domains:
        files[domain.file] = whole([_part(criterion) for criterion in domain.criteria]).encode()
    if cases:
        files[CASES_FILE] = whole([_part(case) for case in cases]).encode()
    return files


def _without_criteria(domain: Domain) -> Any:
    return {key: value for key, value in _part(domain).items() if key != "criteria"}


def _part(part: Part) -> dict[str, Any]:
    """The keys that an author would write: those whose value is not what it is anyway. A node begins with its own."""
    fields = type(part).model_fields
    written = {
        about.alias or name: _value(value, one_word=(type(part), name) in _ONE_OR_MORE or name in _WORDS)
        for name, about in fields.items()
        if not _is_default(value := getattr(part, name), about)
    }
    first = _BEGINS.get(type(part), "")
    return {key: written[key] for key in sorted(written, key=lambda key: (key != first, key in _LAST))}


def _is_default(value: object, about: FieldInfo) -> bool:
    return not about.is_required() and value == about.get_default(call_default_factory=True, validated_data={})


def _value(value: Any, *, one_word: bool = False) -> Any:
    match value:
        case CaseRating():
            return _rating(value)
        case Part():
            return _part(value)
        case Mapping():
            return {str(key): _value(inner, one_word=one_word) for key, inner in value.items()}
        case tuple():
            if one_word and len(value) == 1:
                return _value(value[0])
            return [_value(inner) for inner in value]
        case _:
            data: Any = value
            return data


def _rating(rated: CaseRating) -> Any:
    word = rated.rating or rated.state
    return _part(rated) if word is None else word
