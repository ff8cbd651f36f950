"""A visit goes out as a workbook and comes back: nothing is lost, nothing overwritten, and every fault has its cell."""

import io
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from openpyxl import load_workbook

from accreditation.actions.carry_over import carry_over_cycle
from accreditation.actions.publish_edition import publish_edition
from accreditation.actions.record_finding import Found, record_finding
from accreditation.actions.review import hand_in, review
from accreditation.actions.submit import submit
from accreditation.actions.take_workbook import Taken, take_workbook
from accreditation.errors import Invalid, MoveNotAllowed, NotFound, Refused, Stale
from accreditation.rules.cycle import Stage
from accreditation.rules.findings import Draft, Kind
from accreditation.rules.people import Principal
from accreditation.scheme.answer import Answer
from accreditation.views.findings import findings_of
from accreditation.views.review_workbook import review_workbook
from accreditation.views.reviews import own_review
from accreditation.views.risks import risks_of
from accreditation.wiring import House
from accreditation.workbook.offline_in import Returned, returned_visit
from tests.actions.conftest import AtStage, Searching
from tests.editions import SOFTER
from tests.walking import (
    AT,
    CYCLE,
    LEAD,
    OFFICE,
    attach,
    found,
    given,
    newest,
    nothing_kept,
    reviewer,
    team_of,
    work,
)
from tests.wide import FALLS, to_review

NAME = "visit.xlsx"


def who(house: House, role: str = "lead") -> Principal:
    return reviewer(team_of(house)[role])


def out(house: House, role: str = "lead") -> bytes:
    return review_workbook(house.database, principal=who(house, role), cycle_id=CYCLE, at=AT)


def filled(content: bytes, cells: Mapping[str, Any]) -> bytes:
    """The workbook with something else in these cells (Review!I2), as a program of somebody's saves it."""
    book = load_workbook(io.BytesIO(content))
    for place, value in cells.items():
        sheet, cell = place.split("!")
        book[sheet][cell] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def taken(house: House, content: bytes, *, role: str = "lead", **how: bool) -> Taken:
    return take_workbook(
        house.database, principal=who(house, role), cycle_id=CYCLE, content=content, name=NAME, at=AT, **how
    )


def faults(house: House, content: bytes, role: str = "lead") -> list[str]:
    with nothing_kept(house), pytest.raises(Invalid) as invalid:
        taken(house, content, role=role)
    return [str(fault) for fault in invalid.value.faults]


def ratings(house: House) -> dict[str, Answer]:
    told = own_review(house.database, principal=who(house), cycle_id=CYCLE)
    return {one.id: one.answer for one in told.criteria if one.version}


def save(house: House, said: Mapping[str, Answer], *, seen: int = 0) -> None:
    review(house.database, principal=who(house), cycle_id=CYCLE, given=given(said, seen=seen), at=AT)


def note(house: House, key: str, draft: Draft, *, seen: int = 0) -> None:
    record_finding(
        house.database,
        principal=who(house),
        cycle_id=CYCLE,
        key=key,
        found=Found(draft=draft, seen_version=seen),
        at=AT,
    )


def test_a_series_goes_out_as_the_team_gave_it_and_the_one_that_a_reviewer_accepts_comes_back(house: House) -> None:
    to_review(house)
    content = out(house)
    page = load_workbook(io.BytesIO(content))["Review"]
    row = next(cells[0].row for cells in page.iter_rows(min_row=2) if cells[0].value == "1.03")
    said = str(page.cell(row or 0, 6).value)
    assert said.startswith(f"{', '.join(FALLS[0].at.values())}: {FALLS[0].value:f} (benchmark ")
    assert taken(house, filled(content, {f"Review!J{row}": said})).ratings == {"1.03": f"Review!I{row}"}
    assert ratings(house)["1.03"].series == FALLS
    with nothing_kept(house):
        assert taken(house, out(house)).ratings == {}
    lines = faults(house, filled(out(house), {f"Review!J{row}": f"{said}\nElm 3"}))
    assert [line.partition(";")[0] for line in lines] == [f"Review!J{row}: 'Elm 3'"]


def test_it_holds_what_a_reviewer_needs_and_only_open_cells_can_be_written(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    save(house, {"2.01": Answer(measured="92.50", note="Seen.")})
    book = load_workbook(io.BytesIO(out(house)))
    page = book["Review"]
    assert [cell.value for cell in page[1]] == [
        "criterion", "title", "what is asked", "guidance", "evidence asked", "the team's answer", "the team's note",
        "evidence", "rating", "value", "comment",
    ]  # fmt: skip
    assert [cell.value for cell in page[2]] == [
        "1.01", "Named lead", "There is a lead.", "Ask.", "Job plan (required)\nPhoto (optional)", "Met", None,
        "Job plan (plan.pdf)", None, None, None,
    ]  # fmt: skip
    assert [cell.value for cell in page[3]][5:] == ["92.5 %", None, None, None, "92.50", "Seen."]
    assert [cell.protection.locked for cell in page[2]] == [True] * 8 + [False] * 3
    assert all(book[sheet].protection.sheet for sheet in ("Read me", "Review", "Findings"))
    assert {title: book[title].sheet_state for title in book.sheetnames} == {
        "Read me": "visible", "Review": "visible", "Findings": "visible", "_lists": "veryHidden", "_seen": "veryHidden",
    }  # fmt: skip
    lists = book["_lists"]
    offered = {str(one.sqref): one.formula1 for one in page.data_validations.dataValidation}
    assert offered["I2"] == "'_lists'!$A$1:$A$3"
    assert [lists.cell(row, 1).value for row in (1, 2, 3)] == ["Met", "Not met", "Not applicable"]


def test_it_says_on_which_page_a_file_answers_a_criterion(at_stage: AtStage) -> None:
    house = at_stage(Stage.EVIDENCE)
    attach(house, criteria=["1.01", "2.01"], places={"1.01": "p. 3"})
    work(house)
    submit(house.database, principal=LEAD, cycle_id=CYCLE, stage=Stage.EVIDENCE, at=AT)
    work(house)
    page = load_workbook(io.BytesIO(out(house)))["Review"]
    assert [page[f"H{row}"].value for row in (2, 3)] == ["Job plan (plan.pdf, p. 3)", "Job plan (plan.pdf)"]


def test_text_that_begins_like_a_formula_goes_out_as_text(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    evil = '=HYPERLINK("http://x","y")'
    save(house, {"1.01": Answer(note=evil)})
    note(house, "a", Draft(text="@SUM(A1)", criterion="1.01"))
    book = load_workbook(io.BytesIO(out(house)))
    for cell in (book["Review"]["K2"], book["Findings"]["D2"]):
        assert (cell.data_type, cell.quotePrefix) == ("s", True)
    with nothing_kept(house):
        assert taken(house, out(house)) == Taken(ratings={}, findings={}, risks=(), conflicts=())


def test_it_comes_back_with_ratings_comments_values_findings_and_a_risk(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    content = filled(
        out(house),
        {
            "Review!I2": "not met", "Review!K2": "No job plan names her.", "Review!J3": 92.5,
            "Review!K4": "Which quarter?",
            "Findings!B2": "key action", "Findings!C2": "1.01", "Findings!D2": "Name a deputy.",
            "Findings!B3": "Immediate risk", "Findings!D3": "There is no defibrillator.",
        },
    )  # fmt: skip
    told = taken(house, content, preview=True)
    assert (told.ratings, list(told.findings.values()), told.risks, told.conflicts) == (
        {"1.01": "Review!I2", "2.01": "Review!I3", "2.02": "Review!I4"}, ["Findings!B2"], ("Findings!B3",), (),
    )  # fmt: skip
    assert ratings(house) == {}, "a preview keeps nothing"
    assert taken(house, content) == told
    assert ratings(house) == {
        "1.01": Answer(rating="not_met", note="No job plan names her."),
        "2.01": Answer(measured="92.5"),
        "2.02": Answer(state="not_answered", note="Which quarter?"),
    }
    (finding,) = findings_of(house.database, principal=who(house), cycle_id=CYCLE).own
    assert (finding.kind, finding.criterion, finding.text) == (Kind.KEY_ACTION, "1.01", "Name a deputy.")
    assert [one.text for one in risks_of(house.database, principal=LEAD, cycle_id=CYCLE, at=AT).risks] == [
        "There is no defibrillator."
    ]
    assert newest(house)[0][1] == "review:workbook"


def test_what_it_says_is_searched_for_patients_while_others_may_write_and_once(
    at_stage: AtStage, searching: Searching
) -> None:
    house = at_stage(Stage.REVIEW)
    content = filled(
        out(house),
        {
            "Review!I2": "not met", "Review!K2": "No job plan.",
            "Findings!B2": "key action", "Findings!D2": "Name one.",
            "Findings!B3": "immediate risk", "Findings!D3": "There is no defibrillator.",
        },
    )  # fmt: skip
    texts = searching(house)
    taken(house, content)
    assert texts == ["No job plan.", "Name one.", "There is no defibrillator."]


def test_a_patient_in_it_is_told_by_the_cell_wherever_it_stands(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    words = "Seen NHS number 943 476 5919."
    content = filled(
        out(house),
        {
            "Review!I2": "not met", "Review!K2": words, "Findings!B2": "key action", "Findings!D2": words,
            "Findings!B3": "immediate risk", "Findings!D3": words,
        },
    )  # fmt: skip
    told = [one.partition(": ")[::2] for one in faults(house, content)]
    assert [cell for cell, _ in told] == ["Review!K2", "Findings!B2", "Findings!B3"]
    assert "943" not in str(told)


def test_sent_again_it_changes_nothing(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    content = filled(out(house), {"Review!I2": "Met", "Findings!B2": "commendation", "Findings!D2": "Kind."})
    taken(house, content)
    before = (ratings(house), findings_of(house.database, principal=who(house), cycle_id=CYCLE))
    taken(house, content)
    assert (ratings(house), findings_of(house.database, principal=who(house), cycle_id=CYCLE)) == before


def test_what_was_not_touched_changes_nothing_though_it_was_changed_elsewhere(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    save(house, {"1.01": Answer(rating="met"), "2.01": Answer(rating="met")})
    content = filled(out(house), {"Review!I3": "Not met"})
    save(house, {"1.01": Answer(rating="not_met")}, seen=1)
    assert taken(house, content).ratings == {"2.01": "Review!I3"}
    assert {name: one.rating for name, one in ratings(house).items()} == {"1.01": "not_met", "2.01": "not_met"}


def test_what_was_changed_in_both_places_is_told_by_row_and_the_rest_is_kept_on_request(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    note(house, "a", Draft(kind=Kind.KEY_ACTION, text="Name a deputy."))
    content = filled(
        out(house), {"Review!I2": "Not met", "Review!I3": "Met", "Findings!D2": "Name two.", "Findings!D3": "Kind."}
    )
    save(house, {"1.01": Answer(rating="met", note="Seen online.")})
    note(house, "a", Draft(kind=Kind.KEY_ACTION, text="Name three."), seen=1)
    with nothing_kept(house), pytest.raises(Stale, match=r"this workbook was made: 1\.01, finding a\.") as stale:
        taken(house, content)
    assert [(one.where, one.current_version) for one in stale.value.conflicts] == [("1.01", 1), ("finding a", 2)]
    assert [one["rating"] for one in (stale.value.conflicts[0].current, stale.value.conflicts[0].sent)] == [  # type: ignore[index]
        "met", "not_met",
    ]  # fmt: skip
    with nothing_kept(house):
        told = taken(house, content, preview=True)
    assert [one.where for one in told.conflicts] == ["Review!I2 (1.01)", "Findings!B2 (finding a)"]
    assert taken(house, content, rest=True) == told
    assert {name: one.rating for name, one in ratings(house).items()} == {"1.01": "met", "2.01": "met"}
    own = findings_of(house.database, principal=who(house), cycle_id=CYCLE).own
    assert [one.text for one in own] == ["Name three.", "Kind."]


def test_every_fault_has_its_cell_and_nothing_is_kept(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    content = filled(
        out(house),
        {
            "Review!I2": "perhaps", "Review!J3": "many", "Review!I4": "Met", "Review!J4": "B", "Findings!B2": "joke",
            "Findings!C2": "9.99", "Findings!D2": "x",
        },
    )  # fmt: skip
    assert faults(house, content) == [
        "Review!I2: 'perhaps'; choose one of: Met, Not met, Not applicable",
        "Review!J3: 'many'; a number in %, as in 92.5",
        "Review!J4: a rating and a value; one of the two; empty the other",
        "Findings!B2: 'joke'; choose one of: key action, recommendation, commendation, immediate risk (raised at once)",
        "Findings!C2: '9.99'; a criterion of this visit; empty for the service as a whole",
    ]
    assert faults(house, filled(out(house), {"Review!J3": 192})) == ["Review!I3: 192 %; a number from 0 to 100"]
    assert faults(house, filled(out(house), {"Review!K2": "x" * 5001})) == [
        "Review!K2: 5001 characters; at most 5000 characters"
    ]
    assert faults(house, filled(out(house), {"Findings!B2": "immediate risk"})) == [
        "Findings!B2: empty; say what the risk is, so that it can be acted on at once"
    ]
    assert faults(house, filled(out(house), {"Review!I2": "=1+1"})) == [
        "Review!I2: a formula where text belongs; write the text itself; in Excel: copy the cell, then paste its values"
    ]
    assert faults(house, filled(out(house), {"Review!I1": "mark"})) == [
        "Review!I1: the heading 'mark'; 'rating': leave headings as they were"
    ]
    assert faults(house, filled(out(house), {"Review!A3": "1.01", "Review!I3": "Met"})) == [
        "Review!A3: '1.01' is here a second time; each criterion of the visit once"
    ]


def _other_visit(house: House) -> bytes:
    return filled(out(house), {"_seen!B1": "2"})


def _other_edition(house: House) -> bytes:
    content = out(house)
    publish_edition(house.database, principal=OFFICE, scheme=SOFTER, at=AT)
    carry_over_cycle(house.database, principal=OFFICE, cycle_id=CYCLE, digest=SOFTER.digest, at=AT)
    return content


REFUSED: Mapping[str, tuple[Callable[[House], bytes], str]] = {
    "another reviewer's": (lambda house: out(house, "lay"), "it is the workbook of another reviewer"),
    "another visit's": (_other_visit, "it is the workbook of another visit"),
    "another edition's": (_other_edition, "it was made under another edition of the scheme"),
    "a changed one": (lambda house: filled(out(house), {"_seen!B1": "one"}), "its hidden sheet was changed"),
    "one with a false version": (lambda house: filled(out(house), {"_seen!C5": "x"}), "its hidden sheet was changed"),
    "one with a version beyond all": (
        lambda house: filled(out(house), {"_seen!C5": 10**30}), "its hidden sheet was changed",
    ),
    "one with a version just beyond": (
        lambda house: filled(out(house), {"_seen!C5": str(2**31)}), "its hidden sheet was changed",
    ),
    "one with a version below all": (
        lambda house: filled(out(house), {"_seen!C5": -1}), "its hidden sheet was changed",
    ),
    "one with such a finding": (
        lambda house: filled(out(house), {"_seen!A5": "finding", "_seen!C5": 10**30}), "its hidden sheet was changed",
    ),
    "no workbook": (lambda _: b"PK, but no workbook", "it is not an Excel workbook"),
    "no bytes": (lambda _: b"", "it is not an Excel workbook"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_this_reviewers_workbook_is_refused(at_stage: AtStage, case: str) -> None:
    house = at_stage(Stage.REVIEW)
    make, why = REFUSED[case]
    content = make(house)
    (fault,) = faults(house, content)
    assert fault.startswith(f"{NAME}: {why}; ")


def test_a_standards_workbook_is_told_what_it_lacks(at_stage: AtStage) -> None:
    book = load_workbook(io.BytesIO(out(house := at_stage(Stage.REVIEW))))
    del book["_seen"]
    stream = io.BytesIO()
    book.save(stream)
    assert faults(house, stream.getvalue()) == [
        "visit.xlsx: it has no sheet _seen; a workbook of this visit, as it was downloaded"
    ]


def test_a_version_that_never_was_is_no_way_around(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    save(house, {"1.01": Answer(rating="met")})
    content = filled(out(house), {"_seen!C5": "7", "Review!I2": "Not met"})
    with nothing_kept(house), pytest.raises(Stale):
        taken(house, content)


def test_a_finding_that_is_emptied_is_dropped_and_a_copied_row_is_one_of_its_own(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    note(house, "a", Draft(kind=Kind.KEY_ACTION, text="Name a deputy."))
    note(house, "b", Draft(kind=Kind.COMMENDATION, text="Kind."))
    copied = {"Findings!A4": "b", "Findings!B4": "commendation", "Findings!D4": "Kinder."}
    taken(house, filled(out(house), {"Findings!B2": None, "Findings!D2": None, **copied}))
    own = findings_of(house.database, principal=who(house), cycle_id=CYCLE).own
    assert [(one.text, one.dropped) for one in own] == [("", True), ("Kind.", False), ("Kinder.", False)]


def test_after_the_hand_in_and_outside_the_visit_it_is_refused(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    content = filled(out(house), {"Review!I2": "Met"})
    review(house.database, principal=who(house), cycle_id=CYCLE, given=found(), at=AT)
    hand_in(house.database, principal=who(house), cycle_id=CYCLE, at=AT)
    with nothing_kept(house):
        with pytest.raises(MoveNotAllowed, match="You have handed in your review"):
            taken(house, content)
        with pytest.raises(NotFound):
            take_workbook(house.database, principal=reviewer(99), cycle_id=CYCLE, content=content, name=NAME, at=AT)


def _handed_in(house: House) -> None:
    review(house.database, principal=who(house), cycle_id=CYCLE, given=found(), at=AT)
    hand_in(house.database, principal=who(house), cycle_id=CYCLE, at=AT)


MEANWHILE: Mapping[str, tuple[Callable[[House], object], type[Refused], str]] = {
    "a rating was changed": (
        lambda house: save(house, {"1.01": Answer(rating="met")}),
        Stale,
        "You changed these elsewhere",
    ),
    "they handed in": (_handed_in, MoveNotAllowed, "You have handed in your review"),
    "the edition changed": (_other_edition, Invalid, "it was made under another edition of the scheme"),
}


@pytest.mark.parametrize("case", MEANWHILE)
def test_it_is_read_while_others_write_and_what_they_changed_is_noticed(
    at_stage: AtStage, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    house = at_stage(Stage.REVIEW)
    content = filled(out(house), {"Review!I2": "Not met"})
    act, error, words = MEANWHILE[case]
    after: list[Any] = []

    def read_slowly(given: bytes, **how: Any) -> Returned:
        act(house)  # a writer of its own: it would be Unavailable if the lock were held
        after.append(newest(house))
        return returned_visit(given, **how)

    monkeypatch.setattr("accreditation.actions.take_workbook.returned_visit", read_slowly)
    with pytest.raises(error, match=words):
        taken(house, content)
    assert after == [newest(house)]
