"""A visit goes out as a workbook and comes back by a form: faults by their cell, and nothing half taken."""

import io
from collections.abc import Mapping

from openpyxl import load_workbook

from accreditation.actions.review import review
from accreditation.rules.cycle import Stage
from accreditation.scheme.answer import Answer
from accreditation.wiring import House
from tests.pages.browsing import Browser, Page
from tests.pages.teams import send_files
from tests.pages.test_review_visit import HERE, sits, words
from tests.pages.test_signing_in import SignedIn
from tests.walking import AT, CYCLE, given, nothing_kept, rate_and_hand_in, reviewer, team_of, walk

AT_PAGE = f"{HERE}/workbook"


def filled(content: bytes, cells: Mapping[str, str]) -> bytes:
    """The workbook with something else in these cells of its sheet of ratings."""
    book = load_workbook(io.BytesIO(content))
    for cell, value in cells.items():
        book["Review"][cell] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def offered(content: bytes, cell: str) -> list[str]:
    """What can be chosen in this cell of the sheet of ratings."""
    book = load_workbook(io.BytesIO(content))
    rows = book["Review"].data_validations.dataValidation
    source = next(one.formula1 for one in rows if cell in str(one.sqref).split())
    sheet, where = source.replace("$", "").split("!")
    return [row[0].value for row in book[sheet.strip("'")][where]]


def send(browser: Browser, content: bytes, **typed: str) -> Page:
    return send_files(browser, f"{AT_PAGE}/files", ("visit-1.xlsx", content), **typed)


def test_a_workbook_goes_out_and_comes_back(house: House, known: SignedIn) -> None:
    walk(house, Stage.REVIEW)
    lead = known(sits("lead", house))
    lead.open(AT_PAGE)
    out = lead.ask("GET", f"{AT_PAGE}/file")
    assert out.headers["content-disposition"] == 'attachment; filename="visit-1.xlsx"'
    levels = ["Level A", "Level B", "Level C", "Not applicable", "Too few cases"]
    assert (offered(out.content, "I2")[:2], offered(out.content, "I4")) == (["Met", "Not met"], levels)
    with nothing_kept(house):
        assert "Choose the workbook that you downloaded" in send_files(lead, f"{AT_PAGE}/files").text
        page = send(lead, filled(out.content, {"I2": "Met", "I3": "Wonderful", "I4": "Great"}))
        assert (page.status, "2 things in the workbook are to be put right" in page.text) == (422, True)
        assert "Review I3" in page.text
        assert "Review I4" in page.text
        assert send(lead, b"x" * 2_000_001).status == 409
        assert send(lead, b"no workbook").status == 422
    send(lead, filled(out.content, {"I2": "Met", "K2": "Seen.", "I4": "Level B"}))
    assert "Taken from the workbook: 2 ratings." in words(lead)
    lead.open(AT_PAGE)
    send(lead, out.content)
    assert "The workbook says nothing new." in words(lead)
    both_versions(house, lead, out.content)


def both_versions(house: House, lead: Browser, out: bytes) -> None:
    """Something was changed on the page meanwhile: both are told, and the rest is taken where that is asked for."""
    who = reviewer(team_of(house)["lead"])
    given_now = given({"1.01": Answer(rating="not_met", note="I looked again.")}, seen=1)
    review(house.database, principal=who, cycle_id=CYCLE, given=given_now, at=AT)
    lead.open(AT_PAGE)
    other = filled(out, {"I2": "Met", "K2": "Seen twice.", "I3": "Met"})
    page = send(lead, other)
    assert page.status == 409
    assert "Here now: Not met – I looked again." in words(lead)
    assert "In the workbook: Met – Seen twice." in words(lead)
    send(lead, other, rest="yes")
    assert "Taken from the workbook: 1 rating. 1 place was left as it is here." in words(lead)


def test_after_handing_in_there_is_nothing_to_fill_in(house: House, known: SignedIn) -> None:
    walk(house, Stage.REVIEW)
    lead = known(sits("lead", house))
    lead.open(AT_PAGE)
    content = lead.ask("GET", f"{AT_PAGE}/file").content
    rate_and_hand_in(house, "lead")
    page = send(lead, content)
    assert (page.status, page.title[:6]) == (409, "Error:")
    assert "There is nothing to fill in now" in page.text
