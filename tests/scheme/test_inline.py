"""A part on one line reads as its author writes it: the YAML comes back as the same part."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from ruamel.yaml import YAML

from accreditation.scheme.award import Outcome
from accreditation.scheme.inline import inline
from accreditation.scheme.model import Scheme
from tests.building import small
from tests.rules.rich import schemes


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (None, "nothing"),
        (True, "true"),
        (Fraction(4, 5), "80 %"),
        (Decimal("90.0"), "90"),
        (Decimal("1E+3"), "1000"),
        ("1.10", '"1.10"'),
        ("B", "B"),
        ("yes", '"yes"'),
        ("", '""'),
        ('say "so"', '"say \\"so\\""'),
        (("a",), "a"),
        (("a", "b"), "[a, b]"),
        ({"hasu": True}, "{hasu: true}"),
    ],
)
def test_a_value_is_written_as_in_the_file(value: object, line: str) -> None:
    assert inline(value) == line


def test_a_rule_begins_with_the_key_that_says_what_it_is() -> None:
    rule = small().award[0].when
    assert inline(rule) == (
        "{all: [{every: {type: essential}, if_none_apply: satisfied}, "
        "{share: {type: expected}, at_least: 50 %, if_none_apply: satisfied}]}"
    )


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(scheme=schemes())
def test_the_line_of_a_rule_is_read_as_the_same_rule(scheme: Scheme) -> None:
    for outcome in scheme.award:
        if outcome.when is not None:
            told = YAML(typ="safe").load(inline(outcome.when))
            again = Outcome.model_validate({**outcome.model_dump(mode="json", exclude={"when"}), "when": told})
            assert again.when == outcome.when
