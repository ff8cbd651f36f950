"""A profile as one JSON object: true or false, a choice as text, a number as a number with every digit."""

import json
from decimal import Decimal

from accreditation.scheme.facts import FactValue, Profile


def read_facts(facts: str) -> dict[str, FactValue]:
    """The facts as values; a number never passes through binary."""
    read: dict[str, FactValue] = json.loads(facts, parse_int=Decimal, parse_float=Decimal)
    return read


def written_facts(profile: Profile) -> str:
    """The facts as JSON, by name."""
    pairs = (f"{json.dumps(fact)}: {_as_json(value)}" for fact, value in sorted(profile.items()))
    return f"{{{', '.join(pairs)}}}"


def _as_json(value: FactValue) -> str:
    return format(value, "f") if isinstance(value, Decimal) else json.dumps(value)
