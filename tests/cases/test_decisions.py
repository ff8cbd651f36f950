"""The decisions published by, or worked by hand for, seven schemes follow from the standards files that ship."""

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from accreditation.rules.result import Result, result
from accreditation.rules.scoring import score
from accreditation.scheme.answer import Answer
from accreditation.scheme.case import Case
from accreditation.scheme.facts import Profile
from accreditation.scheme.model import Scheme
from accreditation.scheme.read import Standard, read_standard

STANDARDS = Path(__file__).parents[2] / "standards"
VECTORS = Path(__file__).parents[3] / "shared" / "data" / "schemes" / "decisions.json"
"""Inputs and the decisions they lead to; not part of the project."""

DECISIONS = {"ccqi": 5, "grs": 3, "jag": 3, "ssnap": 8, "cqc": 8, "nabh": 5, "coc": 7}
"""How many decisions there are for each scheme."""

Given = Mapping[str, Any]
Answered = tuple[Profile, dict[str, Answer]]
LEFT_OUT = Answer(state="not_applicable", note="not part of the decision")

SAID_BY: dict[str, tuple[str, str]] = {
    "JAG": ("eligibility", ""),
    "GRS": ("item_level", "consent"),
    "SSNAP-1": ("scanning", ""),
    "SSNAP-2": ("scanning", ""),
    "SSNAP-3": ("scanning", ""),
    "SSNAP-4": ("thrombolysis", ""),
    "SSNAP-5": ("ssnap", ""),
    "SSNAP-6": ("ssnap", ""),
    "SSNAP-7": ("collaboration_list", ""),
    "SSNAP-8": ("collaboration_list", ""),
}
"""Decisions that are the level of a score, and of which group; all others are outcomes."""


@cache
def standard(folder: str) -> Standard:
    root = STANDARDS / folder
    return read_standard({path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.yaml")})


def of_type(scheme: Scheme, *types: str) -> list[str]:
    return [criterion.id for criterion in scheme.criteria if criterion.type in types]


def in_standard(scheme: Scheme, name: str, *types: str) -> list[str]:
    return [one.id for one in scheme.criteria if one.standard == name and one.type in types]


def best(scheme: Scheme) -> dict[str, Answer]:
    return {one.id: Answer(rating=next(iter(scheme.scale_of(one, "reviewer")))) for one in scheme.criteria}


def rated(names: list[str], ratings: list[str]) -> dict[str, Answer]:
    """As many of these criteria as there are ratings, and the others left out."""
    assert len(names) >= len(ratings)
    return {
        **dict.fromkeys(names, LEFT_OUT),
        **{name: Answer(rating=one) for name, one in zip(names, ratings, strict=False)},
    }


def measured(values: Mapping[str, float]) -> dict[str, Answer]:
    return {name: Answer(measured=Decimal(str(value))) for name, value in values.items()}


def ccqi(scheme: Scheme, given: Given) -> Answered:
    answers: dict[str, Answer] = {}
    for kind in ("type_1", "type_2", "type_3"):
        met, of = given[kind.replace("_", "")]
        answers |= rated(of_type(scheme, kind), ["met"] * met + ["not_met"] * (of - met))
    return {"detains": True, "mixed": True, "students": True}, answers


def grs(scheme: Scheme, given: Given) -> Answered:
    answers = best(scheme)
    for level, measures in given.items():
        answers |= rated(in_standard(scheme, "consent", level.lower()), ["yes" if held else "no" for held in measures])
    return {"trains": True}, answers


def jag(scheme: Scheme, given: Given) -> Answered:
    answers = best(scheme)
    for item, level in given.items():
        answers |= rated(in_standard(scheme, item, "item"), [level])
    return {"trains": False}, answers


def ssnap(scheme: Scheme, given: Given) -> Answered:
    match given:
        case {"pct_1h": first, "pct_12h": later, "median_min": median}:
            return {}, measured({"1.1": first, "1.2": later, "1.3": median})
        case {"rate": rate, "eligible": eligible, "in1h": soon, "tpa_and_su4h": unit, "median": median}:
            return {}, measured({"3.1": rate, "3.2": eligible, "3.3": soon, "3.4": unit, "3.5": median})
        case {"nihss": first, "nihss24": later, "missing24": missing}:
            values = {"nihss_on_arrival": first, "nihss_at_24_hours": later, "nihss_at_24_hours_missing": missing}
            return {}, measured(values)
    levels = [given["pc"], given["tc"]]
    named = [[one.id for one in scheme.criteria if one.id.startswith(side)] for side in ("p_", "t_")]
    taken = {0: "A", 5: "B", 10: "C", 15: "D", 20: "E"}[given["deduction_pct"]]
    quality = {"case_ascertainment": Answer(rating="A"), "audit_compliance": Answer(rating=taken)}
    return {}, {**rated(named[0], list(levels[0])), **rated(named[1], list(levels[1])), **quality}


def cqc(scheme: Scheme, given: Given) -> Answered:
    words = {"O": "outstanding", "G": "good", "R": "requires_improvement", "I": "inadequate"}
    answers = best(scheme) | rated(of_type(scheme, "key_question"), [words[one] for one in given["key_questions"]])
    return {"needs_manager": True}, answers | rated(
        of_type(scheme, "regulation"), ["not_met" if given["breach"] else "met"]
    )


def nabh(scheme: Scheme, given: Given) -> Answered:
    answers = dict.fromkeys(scheme.by_id, LEFT_OUT)
    for chapter in ("AAC", "COP"):
        for number, ratings in enumerate(given[chapter], start=1):
            asked = in_standard(scheme, f"{chapter}.{number}", "core", "commitment")
            answers |= rated(asked, [str(one) for one in ratings])
    legal = ["fulfilled" if given.get("legal", True) else "not_fulfilled"] * len(of_type(scheme, "legal"))
    profile: Profile = {"assessment": "final", "radiation": True, "pharmacy": True}
    return profile, answers | rated(of_type(scheme, "legal"), legal)


def coc(scheme: Scheme, given: Given) -> Answered:
    can = [one.id for one in scheme.criteria if one.scale == "commendable"]
    cannot = [one.id for one in scheme.criteria if one.scale is None]
    commended, deficient = given["commendations"], given["deficiencies"]
    answers = rated(can, ["commended"] * commended + ["compliant"] * (len(can) - commended))
    answers |= rated(cannot, ["noncompliant"] * deficient + ["compliant"] * (len(cannot) - deficient))
    return {"programme": "new" if given["new_program"] else "established"}, answers


TRANSLATED: dict[str, Callable[[Scheme, Given], Answered]] = {
    "ccqi": ccqi,
    "grs": grs,
    "jag": jag,
    "ssnap": ssnap,
    "cqc": cqc,
    "nabh": nabh,
    "coc": coc,
}


def read_from(decision: str) -> tuple[str, str] | None:
    return SAID_BY.get(decision, SAID_BY.get(decision.partition("-")[0]))


def decided(decision: str, found: Result) -> str:
    """The decision in the words of the publication: an outcome's title, or a level."""
    of = read_from(decision)
    if of is None:
        return found.outcome.title.lower()
    level = next(one.level for one in found.scores if (one.score, one.group) == of)
    return str(level).replace("_", " ")


def expected(decision: str, case: Case, scheme: Scheme) -> str:
    """The decision that a worked case expects, in the same words."""
    of = read_from(decision)
    if of is None:
        return scheme.outcome(str(case.expect.outcome)).title.lower()
    level = case.expect.levels[of[0]]
    return ", ".join(level.values() if isinstance(level, dict) else [level]).replace("_", " ")


def decision_of(case: Case) -> str:
    """The decision that a case is named by; nothing where it is named by none."""
    named = re.match(r"[A-Z]+-[0-9]+(?=:|$)", case.case)
    return named.group() if named else ""


@pytest.mark.parametrize("folder", DECISIONS)
def test_every_decision_of_a_scheme_is_one_of_its_worked_cases(folder: str) -> None:
    named = sorted(decision_of(case) for case in standard(folder).cases if decision_of(case))
    assert named == [f"{folder.upper()}-{number}" for number in range(1, DECISIONS[folder] + 1)]


def test_there_are_39_decisions() -> None:
    assert sum(DECISIONS.values()) == 39


if VECTORS.exists():

    @pytest.mark.parametrize("vector", json.loads(VECTORS.read_text()), ids=lambda vector: vector["id"])
    def test_a_decision_follows_from_its_input_by_the_file_of_its_scheme(vector: dict[str, Any]) -> None:
        scheme = standard(vector["scheme"]).scheme
        profile, answers = TRANSLATED[vector["scheme"]](scheme, vector["input"])
        found = result(score(scheme=scheme, profile=profile, answers=answers))
        assert decided(vector["id"], found) == vector["expect"]

    def test_the_worked_cases_expect_what_was_decided() -> None:
        wanted = {vector["id"]: vector["expect"] for vector in json.loads(VECTORS.read_text())}
        said: dict[str, str] = {}
        for folder in DECISIONS:
            found = standard(folder)
            for case in found.cases:
                if decision_of(case):
                    said[decision_of(case)] = expected(decision_of(case), case, found.scheme)
        assert said == wanted
