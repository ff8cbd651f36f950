"""accredit burden: what the office reads of a scheme's cost."""

from accreditation.wiring import House
from tests.commands.conftest import Accredit
from tests.costing import handed_in
from tests.walking import begin


def test_the_office_reads_what_a_scheme_costs_and_which_criteria_cost_most(accredit: Accredit, kept: House) -> None:
    begin(kept)
    handed_in(kept, 5)
    said = accredit("burden", "small", "--limit", 1, "--edition", "2026.1")
    assert (said.code, said.err) == (0, "")
    lines = [" ".join(line.split()) for line in said.out.splitlines()]
    assert lines[0].startswith("small: 5 cycles that are handed in. Time is what shows:")
    assert [line for line in lines if line.startswith(("items", "files", "minutes of", "1.01", "..."))] == [
        "items asked 4 4 4",
        "files uploaded 1 1 1",
        "minutes of work that show 10 10 10",
        "1.01 Named lead 10 10 5 0 5",
        "... and 2 more criteria; --limit names more.",
    ]


def test_of_few_cycles_one_sentence_says_why_nothing_is_told(accredit: Accredit, kept: House) -> None:
    begin(kept)
    said = accredit("burden", "small")
    assert said.out.splitlines() == [
        "small: No cycle is handed in; of fewer than 5 nothing is told, as it would tell of one team."
    ]
