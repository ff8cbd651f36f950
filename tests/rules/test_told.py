"""An award as plain data: everything that explains it is told, and JSON holds it."""

import json

from accreditation.rules.award import award
from accreditation.rules.scoring import score
from accreditation.rules.told import told_award
from accreditation.scheme.answer import Answer
from tests.wide import FINDS, PROFILE, wide


def told(**found: Answer) -> dict[str, object]:
    changed = {name.removeprefix("c").replace("_", "."): answer for name, answer in found.items()}
    scored = score(scheme=wide(), profile=PROFILE, answers={**FINDS, **changed})
    known = told_award(award(scored))
    read: dict[str, object] = json.loads(json.dumps(known))
    assert read == known
    return read


def test_an_award_tells_how_long_it_is_valid_and_every_score() -> None:
    found = told()
    assert {key: found[key] for key in ("outcome", "judgement", "valid_for", "limited", "conditions")} == {
        "outcome": "gold", "judgement": False, "valid_for": {"years": 4}, "limited": [], "conditions": [],
    }  # fmt: skip
    scores = found["scores"]
    assert isinstance(scores, list)
    assert [{key: one[key] for key in one if key != "working"} for one in scores] == [
        {"score": "points", "title": "Points", "group": "", "shown": "100.0", "level": "A"},
        {"score": "domain", "title": "Met: First", "group": "1", "shown": "100", "level": "full"},
        {"score": "unpublished", "title": "For the college", "group": "", "shown": "0", "level": None},
    ]
    assert [one["working"]["holds"] for one in scores] == [None, None, None]


def test_a_limit_tells_what_it_took_away_and_the_improvement_what_it_gives() -> None:
    found = told(c1_02=Answer(measured=20))
    limited, improvements = found["limited"], found["improvements"]
    assert isinstance(limited, list)
    assert isinstance(improvements, list)
    assert [{key: one[key] for key in one if key != "working"} for one in limited] == [
        {
            "instead_of": "gold", "at_best": "silver", "because": "nothing is gold where scans are slow",
            "in_the_way": ["1.02"],
        }
    ]  # fmt: skip
    assert limited[0]["working"]["holds"] is True
    assert [(one["outcome"], one["size"], one["gives"], one["choices"][0]["to"]) for one in improvements] == [
        ("gold", 1, "gold", "90 %")
    ]


def test_a_judgement_is_told_as_one() -> None:
    found = told(c1_01=Answer(rating="poor"))
    assert (found["outcome"], found["judgement"], found["valid_for"]) == ("open", True, None)


def test_conditions_tell_what_follows_when_they_are_met_and_when_not() -> None:
    found = told(c1_01=Answer(rating="poor"), c1_02=Answer(measured=20), c1_05=Answer(rating="poor"))
    assert found["conditions"] == [
        {
            "needed": 1, "criteria": ["1.01"], "within": "10 business days", "when_met": "gold",
            "when_missed": "refused",
        }
    ]  # fmt: skip
