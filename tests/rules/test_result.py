"""The outcome and its explanation, for schemes that use the whole language."""

import re
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.rules.result import result, validity
from accreditation.rules.scoring import score
from accreditation.rules.working import Working
from accreditation.scheme.answer import Answer
from accreditation.scheme.facts import Profile
from accreditation.scheme.model import Scheme
from accreditation.scheme.values import Period
from tests.building import answered, built
from tests.rules.rich import ANSWERS, schemes


def disagreements(working: Working) -> list[str]:
    """Where does an explanation say something else than what holds? Followed down to every part."""
    found = [said for part in working.parts for said in disagreements(part)]
    counted = re.fullmatch(r"(\d+) of (\d+) hold", working.found)
    if counted is not None:
        held = sum(part.holds is True for part in working.parts)
        needed = len(working.parts) if working.needed.startswith("all") else int(working.needed)
        if (int(counted[1]), working.holds) != (held, held >= needed):
            found.append(f"{working.rule}: {working.needed}, {working.found}, {working.holds}")
    if working.holds and working.in_the_way:
        found.append(f"{working.rule} holds, and {working.in_the_way} stand in its way")
    if working.holds is None and working.value is None and re.match(r"-?\d", working.found):
        found.append(f"{working.rule} has no value and says {working.found}")
    return found


@settings(max_examples=50)
@given(scheme=schemes(), data=st.data())
def test_explanation_and_result_never_disagree(scheme: Scheme, data: st.DataObject) -> None:
    answers = {one.id: data.draw(ANSWERS) for one in scheme.criteria}
    found = result(score(scheme=scheme, profile={}, answers=answers))
    assert [working.holds for _, working in found.tried] == [False] * (len(found.tried) - 1) + [True]
    taken = found.limited[-1].at_best if found.limited else found.tried[-1][0]
    assert found.outcome.outcome == taken
    assert [said for _, working in found.tried for said in disagreements(working)] == []
    assert [said for one in found.scores for said in disagreements(one.working)] == []


@settings(max_examples=30)
@given(scheme=schemes(), data=st.data())
def test_the_order_of_answers_never_matters(scheme: Scheme, data: st.DataObject) -> None:
    answers = {one.id: data.draw(ANSWERS) for one in scheme.criteria}
    shuffled = {name: answers[name] for name in data.draw(st.permutations(sorted(answers)))}
    assert result(score(scheme=scheme, profile={}, answers=shuffled)) == result(
        score(scheme=scheme, profile={}, answers=answers)
    )


def test_a_limit_takes_the_outcome_down_and_says_why() -> None:
    limit = {"when": {"number": {"type": "b"}, "counting": "not_met", "at_least": 1}, "at_best": "low", "because": "b!"}
    award = [
        {"outcome": "high", "when": {"number": {"type": "a"}, "at_least": 1}},
        {"outcome": "low", "when": {"number": {"type": "a"}, "at_least": 2}},
    ]
    scheme = built(criteria=[("a1", "a", "x"), ("b1", "b", "x")], award=award, limits=[limit])
    held = result(score(scheme=scheme, profile={}, answers=answered(scheme, ["a1"])))
    ((limited,),) = [held.limited]
    assert (held.outcome.outcome, limited.instead_of, limited.because, limited.in_the_way) == (
        "low", "high", "b!", ("b1",),
    )  # fmt: skip
    free = result(score(scheme=scheme, profile={}, answers=answered(scheme, ["a1", "b1"])))
    assert (free.outcome.outcome, free.limited) == ("high", ())


def test_how_long_it_lasts_depends_on_the_rule_that_holds_first() -> None:
    steps = [
        {"when": {"number": {"type": "a"}, "at_least": 2}, "period": {"years": 3}},
        {"otherwise": True, "period": {"years": 1}},
    ]
    award = [{"outcome": "high", "valid_for": steps, "when": {"number": {"type": "a"}, "at_least": 1}}]
    scheme = built(criteria=[("a1", "a", "x"), ("a2", "a", "x")], award=award)
    given_for = [
        validity(scheme.award[0], score(scheme=scheme, profile={}, answers=answered(scheme, met)))
        for met in (["a1"], ["a1", "a2"])
    ]
    assert given_for == [Period(years=1), Period(years=3)]


def test_a_limit_can_depend_on_the_profile_and_holds_nothing_where_the_fact_is_not_stated() -> None:
    facts = {
        "kind": {"question": "Which?", "choices": {"new": "New", "old": "Old"}},
        "peers": {"question": "How many?", "unit": "criteria", "asked_of": "office"},
    }
    by_kind = {
        "number": {"type": "a"},
        "counting": "not_met",
        "at_most": {"by": "kind", "limits": {"new": 0, "old": 1}},
    }
    by_peers = {"number": {"type": "a"}, "counting": "not_met", "at_most": {"fact": "peers"}}
    award = [{"outcome": "high", "when": by_kind}, {"outcome": "low", "when": by_peers}]
    scheme = built(criteria=[("a1", "a", "x"), ("a2", "a", "x")], award=award, profile=facts)
    answers = {"a1": Answer(rating="met"), "a2": Answer(rating="not_met")}
    profiles: tuple[Profile, ...] = ({"kind": "old"}, {"kind": "new"}, {"kind": "new", "peers": Decimal(1)}, {})
    outcomes = [result(score(scheme=scheme, profile=one, answers=answers)).outcome.outcome for one in profiles]
    assert outcomes == ["high", "none", "low", "none"]


def test_a_judgement_is_never_limited() -> None:
    limit = {"when": {"number": {"type": "a"}, "at_least": 0}, "at_best": "none", "because": "always"}
    silent = {"outcome": "judgement", "awarded": False, "judgement": True, "valid_for": None}
    award = [{**silent, "when": {"number": {"type": "a"}, "at_least": 1}}]
    scheme = built(criteria=[("a1", "a", "x")], award=award, limits=[limit])
    held = result(score(scheme=scheme, profile={}, answers=answered(scheme, ["a1"])))
    assert (held.outcome.outcome, held.limited) == ("judgement", ())
