"""The mapping of a replay: read whole, or refused with every fault by file, line and column."""

from decimal import Decimal

import pytest

from accreditation.errors import StandardsFaulty
from accreditation.scheme.model import Scheme
from accreditation.scheme.replay import Replay
from accreditation.scheme.replay_reading import read_replay
from tests.building import built, small

HEADINGS = ["team", "lead", "beds", "scan", "level", "hasu", "result", "twice", "twice"]

MAPPING = """\
row: [team]
profile:
  hasu: {column: hasu, words: {Y: true, N: false}}
answers:
  "1.01": {column: lead, words: {Yes: met}}
  "2.01": scan
  "2.02": level
not_answered: [None entered]
expect:
  outcome: {column: result, words: {Full: accredited}}
"""


def read(text: str, scheme: Scheme | None = None) -> Replay:
    return read_replay(file="replay.yaml", content=text.encode(), scheme=scheme or small(), headings=HEADINGS)


def faults(text: str, scheme: Scheme | None = None) -> list[str]:
    with pytest.raises(StandardsFaulty) as refused:
        read(text, scheme)
    return [str(fault) for fault in refused.value.faults]


def with_scores() -> Scheme:
    """A scheme with a score for every domain, and one for the whole."""
    figure = {"mean": {"all_criteria": True}, "over": "criteria"}
    bands = [{"level": "good", "at_least": 1}, {"level": "poor", "below": 1}]
    return built(
        criteria=[("a1", "a", "x"), ("a2", "a", "y")],
        award=[{"outcome": "good", "when": {"every": {"type": "a"}, "if_none_apply": "satisfied"}}],
        scores={
            "each": {"title": "Each", "per": "domain", "figure": figure, "bands": bands},
            "whole": {"title": "Whole", "figure": figure, "bands": bands},
        },
    )


def test_a_mapping_is_read_with_its_columns_and_words() -> None:
    found = read(MAPPING)
    assert (found.row, found.by, found.profile["hasu"].words) == (("team",), "reviewer", {"Y": True, "N": False})
    assert {name: column.column for name, column in found.answers.items()} == {
        "1.01": "lead", "2.01": "scan", "2.02": "level",
    }  # fmt: skip
    assert found.unrated == {"": "not_answered", "None entered": "not_answered"}
    assert [str(output) for output in found.expect.outputs] == ["outcome"]


def test_an_output_has_its_own_tolerance_or_the_one_for_all() -> None:
    text = (
        "row: [team]\nanswers: {a1: lead}\nexpect:\n  within: 0.1\n  levels: {whole: level}\n"
        "  scores: {whole: scan, each: {x: {column: beds, within: 2}, y: result}}\n"
    )
    outputs = read(text, with_scores()).expect.outputs
    assert [(str(one), one.column, one.within) for one in outputs] == [
        ("score whole", "scan", Decimal("0.1")),
        ("score each of x", "beds", Decimal(2)),
        ("score each of y", "result", Decimal("0.1")),
        ("level whole", "level", Decimal("0.1")),
    ]


def test_every_name_that_leads_nowhere_is_told_where_it_stands() -> None:
    text = (
        MAPPING.replace("row: [team]", "row: [tema]")
        .replace("  hasu:", "  hasuu:")
        .replace('"2.01"', '"2.011"')
        .replace("Yes: met", "Yes: mett")
        .replace("Full: accredited", "Full: acredited")
        .replace('"2.02": level', '"2.02": twice')
    )
    said = faults(text)
    assert [one.split(": ", 1)[0] for one in said] == [
        f"replay.yaml:{place}" for place in ("1:7", "3:3", "5:34", "6:3", "7:3", "10:37")
    ]
    assert [one.split(": ", 1)[1].split(";")[0] for one in said] == [
        "there is no column 'tema' (did you mean team?)",
        "there is no fact of the profile 'hasuu' (did you mean hasu?)",
        "there is no rating 'mett' (did you mean met?)",
        "there is no criterion '2.011' (did you mean 2.01?)",
        "the table has 2 columns 'twice'",
        "there is no outcome 'acredited' (did you mean accredited?)",
    ]


def test_a_word_that_does_not_answer_a_fact_is_told() -> None:
    assert faults(MAPPING.replace("Y: true", "Y: often")) == [
        "replay.yaml:3:32: 'often' does not answer 'Is it a hyperacute unit?'; true or false"
    ]


def test_scores_and_levels_are_those_of_the_scheme_with_their_groups() -> None:
    text = (
        "row: [team]\nanswers: {a1: lead}\nexpect:\n  scores: {wohle: scan, each: beds, whole: {x: beds}}\n"
        "  levels:\n    each: {z: level}\n    whole: {column: level, words: {G: god}}\n"
    )
    assert [fault.split(": ", 1)[1] for fault in faults(text, with_scores())] == [
        "there is no score 'wohle' (did you mean whole?); allowed here: each, whole",
        "'each' is worked out for every domain; write which: {x: its column}",
        "'whole' is one for the whole; write its column alone",
        "there is no domain 'z'; allowed here: x, y",
        "there is no level 'god' (did you mean good?); allowed here: none, good, poor",
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("expect:", "expct:", ["expect", "expct"]),
        ("  outcome: {column: result, words: {Full: accredited}}", "  within: 1", ["nothing is compared"]),
        ("row: [team]", "row: []", ["only 0 here"]),
        ("row: [team]", "row: [team]\nanything_else: whatever", ["'whatever'"]),
        ("row: [team]", "row: {team", ["replay.yaml:2:"]),
    ],
)
def test_faults_of_shape_are_told_in_words(old: str, new: str, said: list[str]) -> None:
    told = "\n".join(faults(MAPPING.replace(old, new)))
    assert [word for word in said if word not in told] == []


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(StandardsFaulty):
        read_replay(file="replay.yaml", content=b"\xff\xfe", scheme=small(), headings=HEADINGS)
