"""Rules are small nodes, told apart by the key they begin with."""

from fractions import Fraction

import pytest
from pydantic import TypeAdapter, ValidationError

from accreditation.scheme.award import Outcome
from accreditation.scheme.classes import Class
from accreditation.scheme.rule import AllOf, AnyOf, Every, NumberOf, Rule, ShareOf

RULES: TypeAdapter[Rule] = TypeAdapter(Rule)


def test_each_kind_is_known_by_its_first_key() -> None:
    written = {
        "all": [
            {"every": {"type": "a"}, "if_none_apply": "satisfied"},
            {"any": [{"number": {"domain": "1"}, "at_least": 2}]},
            {"share": {"type": "b"}, "at_least": "79.5 %", "if_none_apply": "not_satisfied"},
        ]
    }
    every = Every(every=Class(type="a"), if_none_apply="satisfied")
    number = NumberOf(number=Class(domain="1"), at_least=2)
    share = ShareOf(share=Class(type="b"), at_least=Fraction(159, 200), if_none_apply="not_satisfied")
    rule = RULES.validate_python(written)
    assert rule == AllOf(all=(every, AnyOf(any=(number,)), share))
    assert RULES.validate_json(RULES.dump_json(rule)) == rule
    assert RULES.validate_python(rule) is rule


@pytest.mark.parametrize("wrong", [{}, {"eech": {}}, "every", 3, None, ["every"]])
def test_what_begins_with_no_known_key_is_not_a_rule(wrong: object) -> None:
    with pytest.raises(ValidationError, match="not a rule; a rule begins with one of every, share, number, mean"):
        RULES.validate_python(wrong)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"awarded": False}, "without a rule, or with two"),
        ({"awarded": False, "otherwise": True, "when": {"number": {"type": "a"}, "at_least": 1}}, "or with two"),
        ({"awarded": True, "otherwise": True}, "add valid_for"),
    ],
)
def test_an_outcome_says_when_and_an_award_for_how_long(given: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Outcome.model_validate({"outcome": "o", "title": "O", "public_wording": "O", **given})
