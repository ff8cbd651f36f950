"""accredit round agreement: what the office reads of a round."""

from accreditation.wiring import House
from tests.commands.conftest import Accredit
from tests.reviewed import college, visited


def test_the_office_reads_how_far_a_rounds_reviewers_agree(accredit: Accredit, kept: House) -> None:
    college(kept, teams=12)
    visited(kept, [{1: "mmpnmmpn", 2: "mmpnmmp" + "nm"[number % 4 > 0]} for number in range(12)])
    said = accredit("round", "agreement", 1, "--limit", 2)
    assert (said.code, said.err) == (0, "")
    lines = [" ".join(line.split()) for line in said.out.splitlines()]
    assert lines[0] == "small, round 1: 192 ratings by 2 reviewers in 12 visits whose review is over."
    assert lines[3] == (
        "All domains the scale Met, Partly, Not met 0.73 0.64 to 0.82 12 Whether reviewers agree well enough cannot be "
        "told yet."
    )
    assert lines[4].startswith("x Domain x the scale Met, Partly, Not met 1.00 1.00 to 1.00 12")
    first = next(number for number, line in enumerate(lines) if line.startswith("Criteria by"))
    assert lines[first + 2].startswith("y4 y4 9 of 12 0.47 to 0.91 12 This criterion divides reviewers: reword it.")
    assert lines[first + 4].startswith("x1 x1 0 of 12 0.00 to 0.24 12 Reviewers differ in 0 % of pairs")
    assert lines[first + 5] == "... and 6 more criteria; --limit names more."


def test_a_round_without_reviews_says_that_there_is_too_little(accredit: Accredit, kept: House) -> None:
    college(kept, teams=1)
    said = accredit("round", "agreement", 1)
    assert said.code == 0
    assert said.out.splitlines() == [
        "small, round 1: 0 ratings by 0 reviewers in 0 visits whose review is over.",
        "Nothing can be told of agreement yet. Too few to tell: 0 criteria rated by two or more, in 0 visits; at least "
        "30 in 10 visits are needed.",
    ]


def test_of_few_visits_one_sentence_says_that_nothing_can_be_told(accredit: Accredit, kept: House) -> None:
    college(kept, teams=3)
    visited(kept, [{1: "mmpnmmpn", 2: "mmpnmmpm"} for _ in range(3)])
    said = accredit("round", "agreement", 1)
    assert (said.code, said.out.count("Too few to tell"), len(said.out.splitlines())) == (0, 1, 2)


def test_criteria_of_which_too_little_is_known_are_told_in_one_sentence(accredit: Accredit, kept: House) -> None:
    college(kept, teams=12)
    visited(kept, [{1: "mmpnmmpn", 2: "mmpnmm" + ("pm" if number < 4 else "")} for number in range(12)])
    lines = accredit("round", "agreement", 1).out.splitlines()
    assert lines[-1] == "Too few to tell of 2 criteria: rated by two or more in 4 visits at most; 10 are needed."
    assert [line.split()[0] for line in lines[-7:-1]] == ["x1", "x2", "x3", "x4", "y1", "y2"]


def test_a_round_that_is_not_there_is_said_in_words(accredit: Accredit) -> None:
    said = accredit("round", "agreement", 7)
    assert (said.code, said.out, said.err) == (1, "", "There is no round 7.\n")
