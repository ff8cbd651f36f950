"""accredit cycle date-visit and take-off: a visit's days, who cannot come then, and whoever makes it no more."""

from datetime import timedelta

from accreditation.rules.cycle import Stage
from accreditation.wiring import House
from tests.actions.test_date_visit import one_lay_for_both
from tests.commands.conftest import Accredit
from tests.proposing import confirm_all
from tests.walking import nothing_kept, team_of, walk, work


def test_a_visit_is_dated_and_whoever_is_away_is_named_with_what_to_do(accredit: Accredit, kept: House) -> None:
    walk(kept, Stage.REVIEW)
    first = kept.now().date() + timedelta(days=60)
    last = first + timedelta(days=1)
    lay = team_of(kept)["lay"]
    assert accredit("reviewer", "away", lay, last).code == 0
    words = f"The visit of cycle 1 is from {first:%-d %B %Y} to {last:%-d %B %Y}"
    away = [
        f"  Lay {lay} (lay) is away then and stays in the team until you decide.",
        f"    to free the seat: accredit cycle take-off 1 {lay} --reason WHY",
    ]
    said = accredit("cycle", "date-visit", 1, first, last)
    assert (said.code, said.out.splitlines(), said.err) == (0, [f"{words}.", *away], "")
    with nothing_kept(kept):
        assert accredit("cycle", "date-visit", 1, first, last).out.splitlines() == [f"{words}, as it was.", *away]
    alone = accredit("cycle", "date-visit", 1, first)
    assert (alone.code, alone.out) == (0, f"The visit of cycle 1 is on {first:%-d %B %Y}.\n")
    with nothing_kept(kept):
        wrong = accredit("cycle", "date-visit", 1, "8.3.2027", "2027-02-30")
    assert (wrong.code, wrong.out, wrong.err.splitlines()) == (
        1, "", [
            "FIRST: '8.3.2027' is no day; a day as in 2027-01-31",
            "LAST: '2027-02-30' is no day; a day as in 2027-01-31",
        ],
    )  # fmt: skip


def test_whoever_is_at_another_visit_then_is_named_with_what_to_do(accredit: Accredit, kept: House) -> None:
    lay = one_lay_for_both(kept)
    confirm_all(kept)
    work(kept)
    day = kept.now().date() + timedelta(days=60)
    assert accredit("cycle", "date-visit", 1, day).out == f"The visit of cycle 1 is on {day:%-d %B %Y}.\n"
    assert accredit("cycle", "date-visit", 2, day).out.splitlines() == [
        f"The visit of cycle 2 is on {day:%-d %B %Y}.",
        f"  Lay {lay} (lay) already visits North on a day of this visit and stays in the team until you decide.",
        f"    to free the seat: accredit cycle take-off 2 {lay} --reason WHY",
    ]


def test_a_reviewer_is_taken_off_a_visit_with_a_reason_once(accredit: Accredit, kept: House) -> None:
    walk(kept, Stage.REVIEW)
    lay = team_of(kept)["lay"]
    with nothing_kept(kept):
        silent = accredit("cycle", "take-off", 1, lay, "--reason", " ")
        assert (silent.code, silent.err) == (1, "reason: empty; say why, in a sentence\n")
    said = accredit("cycle", "take-off", 1, f"Lay {lay}", "--reason", "They are ill.")
    assert (said.code, said.out, said.err) == (0, f"Lay {lay} is taken off the visit of cycle 1.\n", "")
    with nothing_kept(kept):
        again = accredit("cycle", "take-off", 1, lay, "--reason", "They are ill.")
    assert again.out == f"Lay {lay} was taken off the visit of cycle 1 before; nothing was changed.\n"
