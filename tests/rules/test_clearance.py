"""The table of clearances, held against the same table written out by hand; and what follows from what was found."""

from itertools import product

import pytest

from accreditation.errors import Contradiction
from accreditation.rules.clearance import (
    OPEN,
    STATE_MEANINGS,
    Outcome,
    State,
    Step,
    outcome,
    rules_digest,
    step_to,
    to_do,
)
from accreditation.rules.identifiers import Hit
from accreditation.rules.people import Role
from accreditation.scheme.process import EvidenceRules
from accreditation.scheme.values import Period

# state: step (by: M member, L lead, O office, E engine) > state it leads to
WRITTEN = """
waiting: wait E > waiting
waiting: clear E > cleared
waiting: refuse E > refused
waiting: quarantine E > quarantined
waiting: hold E > held
cleared: refuse E > refused
cleared: quarantine E > quarantined
released: refuse E > refused
quarantined: explain ML > explained
explained: explain ML > explained
explained: release O > released
explained: uphold O > upheld
upheld: release O > released
released: uphold O > upheld
held: look_again O > waiting
refused: look_again O > waiting
"""
LETTERS = {"M": "team_member", "L": "team_lead", "O": "office", "E": "engine"}


def written() -> dict[tuple[str, str, str], str]:
    table: dict[tuple[str, str, str], str] = {}
    for line in WRITTEN.strip().splitlines():
        state, step, by, _, to = line.replace(":", "").split()
        table |= {(state, step, LETTERS[letter]): to for letter in by}
    return table


@pytest.mark.parametrize("state", State)
def test_every_step_from_every_state_by_every_role_is_as_it_is_written(state: State) -> None:
    for step, role in product(Step, Role):
        to = written().get((state.value, step.value, role.value))
        if to is None:
            with pytest.raises(Contradiction, match=f"The file is {state.value}: {STATE_MEANINGS[state]}"):
                step_to(state, step, role)
        else:
            assert step_to(state, step, role).value == to


def test_only_what_is_cleared_or_released_is_open_and_the_team_has_something_to_do_about_the_rest() -> None:
    assert set(OPEN) == {State.CLEARED, State.RELEASED}
    assert {state for state in State if not to_do(state)} == OPEN
    assert set(STATE_MEANINGS) == set(State)


def test_a_refused_step_says_what_can_be_done_and_by_whom() -> None:
    with pytest.raises(Contradiction, match=r"explain \(by a member of the team or the team's lead\)"):
        step_to(State.QUARANTINED, Step.RELEASE, Role.OFFICE)
    with pytest.raises(Contradiction, match=r"no step now. What can be done: refuse \(by the engine\)"):
        step_to(State.CLEARED, Step.LOOK_AGAIN, Role.OFFICE)


def hit(page: int = 1, what: str = "nhs_number") -> Hit:
    return Hit(what=what, page=page, page_label=f"page {page}", masked="number: •••")  # type: ignore[arg-type]


def decide(rules: EvidenceRules | None = None, **found: object) -> Outcome:
    seen: dict[str, object] = {"kind": "pdf", "size": 10, "refusals": (), "hits": (), "unread": (), "held": None}
    return outcome(rules=rules or EvidenceRules(), **{**seen, **found})  # type: ignore[arg-type]


NARROW = EvidenceRules(most_bytes=9, kinds=("docx", "csv"))


@pytest.mark.parametrize(
    ("rules", "found", "step", "reason"),
    [
        (None, {}, Step.CLEAR, ""),
        (None, {"held": "it took too long", "refusals": ("macros",), "hits": (hit(),)}, Step.HOLD, "it took too long"),
        (None, {"refusals": ("macros", "a program"), "hits": (hit(),)}, Step.REFUSE, "macros; a program"),
        (None, {"refusals": ("It is a video.", "Its name")}, Step.REFUSE, "It is a video. Its name"),
        (NARROW, {"kind": "csv"}, Step.REFUSE, "it has 10 bytes, and a file of this scheme may have 9"),
        (NARROW, {"size": 9}, Step.REFUSE, "it is pdf, and this scheme takes docx, csv"),
        (NARROW, {"size": 9, "kind": "csv"}, Step.CLEAR, ""),
        (
            None, {"hits": (hit(1), hit(1), hit(3), hit(2, "date_of_birth"))}, Step.QUARANTINE,
            "an NHS, CHI or Health and Care number (page 1, page 3); a date of birth (page 2)",
        ),
        (
            None, {"hits": tuple(hit(number) for number in range(1, 9))}, Step.QUARANTINE,
            "an NHS, CHI or Health and Care number (page 1, page 2, page 3, page 4, page 5 and 3 more)",
        ),
        (
            None, {"unread": ("page 2: a picture",)}, Step.QUARANTINE,
            "not searched for patients' numbers, as it could not be read: page 2: a picture",
        ),
        (EvidenceRules(patient_identifiers="not_searched"), {"hits": (hit(),), "unread": ("page 2",)}, Step.CLEAR, ""),
    ],
)  # fmt: skip
def test_what_was_found_decides_the_step(
    rules: EvidenceRules | None, found: dict[str, object], step: Step, reason: str
) -> None:
    decided = decide(rules, **found)
    assert (decided.step, decided.reason) == (step, reason)
    assert decided.hits == (found.get("hits", ()) if step is Step.QUARANTINE else ())


def test_rules_that_judge_files_alike_have_one_name() -> None:
    plain = rules_digest(EvidenceRules())
    assert rules_digest(EvidenceRules(most_files=3, keep=Period(years=7))) == plain
    others = [
        EvidenceRules(most_bytes=9),
        EvidenceRules(kinds=("pdf",)),
        EvidenceRules(patient_identifiers="not_searched"),
        EvidenceRules(hospital_numbers=(r"RX\d{6}",)),
    ]
    assert len({plain, *map(rules_digest, others)}) == 5
