"""The standards language as JSON Schema, for editors: a file as its author writes it, not as it is kept.

Derived from the models themselves, so that a key the language gains is known to editors without a word here.
Percentages are text, one word may stand where a list may, criteria are files of their own, and a scheme that
extends another may leave out what it takes over.
"""

from collections.abc import Mapping
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from annotated_types import Ge, Le, MinLen
from pydantic import BaseModel, BeforeValidator

from accreditation.scheme.bands import Bands
from accreditation.scheme.case import Case, CaseRating
from accreditation.scheme.criterion import Criterion, Domain
from accreditation.scheme.figure import Figure, Over
from accreditation.scheme.measure import BENCHMARK, Bound
from accreditation.scheme.model import Scheme
from accreditation.scheme.rule import Rule
from accreditation.scheme.values import Day, Id, Ids, Number, Period, Share, Word, Words

Schema = dict[str, Any]

File = Literal["scheme", "criteria", "cases"]
"""The three kinds of files of a standard."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"

ALWAYS = ("id", "title", "edition", "effective", "language", "extends")
"""What a scheme says itself even where it extends another."""

_ID: Schema = {"type": "string", "pattern": r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$"}
_WORD: Schema = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}
_DIGITS = r"^-?[0-9]+(\.[0-9]+)?$"
_NUMBER: Schema = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": _DIGITS}]}


def _or_many(one: Schema) -> Schema:
    return {"anyOf": [one, {"type": "array", "items": one}]}


_ALIASES: tuple[tuple[Any, Schema], ...] = (
    (Id, {**_ID, "description": 'An id in quotes, as in "1.10", so that it keeps every digit.'}),
    (Word, {**_WORD, "description": "An id made of small letters, digits and _, beginning with a letter."}),
    (Words, {**_or_many(_WORD), "description": "One word or a list of them."}),
    (Ids, {**_or_many(_ID), "description": "One id or a list of them."}),
    (
        Over,
        {**_or_many({"type": "string"}), "description": "criteria, or section, standard, domain or a list of them."},
    ),
    (Day, {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "description": "A day: year-month-day."}),
    (
        Share,
        {"type": "string", "pattern": r"^[0-9]{1,3}(\.[0-9]{1,12})?\s*%$", "description": "A percentage, as in 80 %."},
    ),
    (Number, {**_NUMBER, "description": "An exact number, as in 90 or 2.9."}),
    (Bound, {"anyOf": [_NUMBER, {"const": BENCHMARK}], "description": f"A number, or the word {BENCHMARK}."}),
    (Rule, {"$ref": "#/$defs/Rule"}),
    (Figure, {"$ref": "#/$defs/Figure"}),
    (Bands, {"type": "array", "items": {"$ref": "#/$defs/Band"}, "description": "A band table."}),
)
"""The values of the language that are not what they look like, each as its author writes it."""


def schema_for(file: File | None = None) -> Schema:
    """What may a file of this kind say, as JSON Schema (draft 2020-12)? None for one schema of all three.

    It judges form alone: which keys there are, which are needed, what each takes. What the words mean beside each
    other only the check can tell.
    """
    made = _Made()
    if file is None:
        about = "A file of a standard: scheme.yaml, a file of criteria or a file of worked cases."
        top: Schema = {
            "description": about,
            "if": {"type": "array"},
            "then": {
                "if": {"contains": {"required": ["case"]}},
                "then": _top("cases", made),
                "else": _top("criteria", made),
            },
            "else": _top("scheme", made),
        }
    else:
        top = _top(file, made)
    return {"$schema": DIALECT, "title": f"Accreditation standards: {file or 'any file'}", **top, "$defs": made.defs}


def _top(file: File, made: "_Made") -> Schema:
    if file == "scheme":
        return made.part(Scheme)
    what, model = ("criteria", Criterion) if file == "criteria" else ("worked cases", Case)
    return {"description": f"A list of {what}.", "type": "array", "minItems": 1, "items": made.part(model)}


class _Made:
    """Schemas of parts, each made once and named after its model."""

    def __init__(self) -> None:
        self.defs: dict[str, Schema] = {}
        for name, union in (("Rule", Rule), ("Figure", Figure)):
            self.defs[name] = {}
            self.defs[name] = self._union(get_args(get_args(union)[0]))
        self.defs["Rule"]["description"] = "A rule: a question with yes or no as its answer."
        self.defs["Figure"]["description"] = "A figure: a number that the scheme works out."
        for (annotation,) in (get_args(Bands)[:1],):
            self.part(annotation)

    def part(self, model: type[BaseModel]) -> Schema:
        """A reference to the schema of this model, which is made where it is not there yet."""
        name = model.__name__
        if name not in self.defs:
            self.defs[name] = {}
            self.defs[name] = self._made(model)
        return {"$ref": f"#/$defs/{name}"}

    def _made(self, model: type[BaseModel]) -> Schema:
        hints = get_type_hints(model, include_extras=True)
        keys = {
            about.alias or name: self._constrained(self.of(hints[name]), about.metadata)
            for name, about in model.model_fields.items()
            if (model, name) != (Domain, "criteria")
        }
        needed = [about.alias or name for name, about in model.model_fields.items() if about.is_required()]
        made: Schema = {"description": _told(model), "type": "object", "properties": keys}
        made |= {"additionalProperties": False, **({"required": needed} if needed else {})}
        return _as_written(model, made)

    def of(self, annotation: Any) -> Schema:
        """What may be written for a value of this type?"""
        origin, inner = get_origin(annotation), get_args(annotation)
        for alias, written in _ALIASES:
            if origin is Annotated and inner[: len(get_args(alias))] == get_args(alias):
                return self._constrained(dict(written), inner[len(get_args(alias)) :])
        if origin is Annotated:
            return self._constrained(self._annotated(inner), inner[1:])
        if origin in (Union, UnionType):
            return self._union(inner)
        if origin is Literal:
            return {"enum": list(inner)}
        if origin is tuple:
            return self._sequence(inner)
        if origin in (dict, Mapping):
            return {"type": "object", "propertyNames": self.of(inner[0]), "additionalProperties": self.of(inner[1])}
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            return self.part(annotation)
        return _plain(annotation)

    def _annotated(self, inner: tuple[Any, ...]) -> Schema:
        """A list that is read with a rule of its own takes a single entry as well."""
        alone = get_origin(inner[0]) is tuple and any(isinstance(one, BeforeValidator) for one in inner[1:])
        return _or_many(self.of(get_args(inner[0])[0])) if alone else self.of(inner[0])

    def _union(self, members: tuple[Any, ...]) -> Schema:
        written = [self.of(member) for member in members if member is not NoneType]
        return written[0] if len(written) == 1 else {"anyOf": written}

    def _sequence(self, inner: tuple[Any, ...]) -> Schema:
        if inner[-1] is Ellipsis:
            return {"type": "array", "items": self.of(inner[0])}
        return {"type": "array", "prefixItems": [self.of(one) for one in inner], "minItems": len(inner), "items": False}

    @staticmethod
    def _constrained(schema: Schema, metadata: Any) -> Schema:
        for one in metadata:
            nested = getattr(one, "metadata", ())
            for bound in (one, *nested):
                match bound:
                    case Ge():
                        schema["minimum"] = bound.ge
                    case Le():
                        schema["maximum"] = bound.le
                    case MinLen():
                        schema["minProperties" if schema.get("type") == "object" else "minItems"] = bound.min_length
        return schema


def _plain(annotation: Any) -> Schema:
    kinds: Mapping[Any, Schema] = {
        str: {"type": "string"},
        bool: {"type": "boolean"},
        int: {"type": "integer"},
        Decimal: dict(_NUMBER),
    }
    return dict(kinds[annotation])


def _told(model: type[BaseModel]) -> str:
    """The question that the model's docstring answers, without line ends and code marks."""
    return " ".join((model.__doc__ or "").replace("`", "").split())


def _as_written(model: type[BaseModel], made: Schema) -> Schema:
    """Where an author writes a part in another way than its fields say."""
    if model is Scheme:
        needed = made.pop("required")
        made |= {"if": {"required": ["extends"]}, "then": {"required": list(ALWAYS)}, "else": {"required": needed}}
    elif model is Domain:
        made["required"] = ["id", "file"]
    elif model is Period:
        made |= {"minProperties": 1, "maxProperties": 1}
        for unit in made["properties"].values():
            unit |= {"minimum": 1, "maximum": 1000}
    elif model is CaseRating:
        word = {"type": "string", "description": "A rating, best, worst, too_few_cases or not_answered."}
        return {"description": made["description"], "anyOf": [word, {**made, "minProperties": 1, "maxProperties": 1}]}
    return made
