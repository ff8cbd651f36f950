"""What tells who a patient is: what counts, what does not, and that nothing that tells is left in a hit.

Numbers here are those the NHS publishes as examples, or were made for these tests; names are made of words.
"""

import pytest

from accreditation.rules.identifiers import Hit, Page, nhs, search
from accreditation.rules.identifiers.searching import MOST

OWN = (r"\bRX\d{6}\b",)


def page(text: str, *, number: int = 1, label: str = "page 1") -> Page:
    return Page(number=number, label=label, text=text)


def found(text: str) -> list[str]:
    return [hit.what for hit in search([page(text)], patterns=OWN)]


NHS = ["nhs_number"]
BORN = ["date_of_birth"]
OWN_NUMBER = ["hospital_number"]


@pytest.mark.parametrize(
    "text",
    [
        "NHS number: 943 476 5919",
        "NHS No. 943-476-5919",
        "NHS No: 943.476.5919",
        "seen on the ward, 9434765919, and sent home",
        "seen on the ward, 943 476 5919, and sent home",
        "943\u00a0476\u00a05919",
        "943\u2009476\u20115919",
        "９４３ ４７６ ５９１９",
        "943\u200b476\u200b5919",
        "٩٤٣٤٧٦٥٩١٩",
        "NHS9434765919",
        "nhs_number\n9434765919.0",
        "NHSNo,x\n9434765919",
        "NHS number: 9 4 3 4 7 6 5 9 1 9",
        "NHS number\n943\n476\n5919",
        "NHS number 94 34 76 59 19",
        "Name\tNHS\t\t\nAmber Quill\t943\t476\t5919",
        "Name\tNHS no\nAmber Quill\t943 476\t5919",
        "CHI number 0101010028",
        "CHI: 010101 0028",
        "patient transferred, 010101-0028",
        "H&C number 3200000007",
        "Health and Care Number: 320 000 0007",
        "Patient ID 9434765919",
        "Bed 12 943 476 5919",
        "Telephone 020 7946 0958, NHS number 943 476 5919",
        "9434765919_letter.pdf",
        "NHS Number: 943/476/5919",
        "NHS Number: (943) 476 5919",
        "NHS number 9434 765 919",
        "<nhsNumber>9434765919</nhsNumber>",
        '{"nhs_number": "9434765919"}',
        "Surname,NHSNumber,Ward\nQuill,9434765919,Seven",
        "Case 1: 52F, NHS 9434765919, last known well 10:15",
        "https://example.org/nhs-number|9434765919",
        "(9434765919)",
        "[9434765919]",
        "9434765919.",
        "NHS number: 943 476 5919 (tel 943 476 5870)",
        "Ward phone 0113 496 0000. Patient 943 476 5919",
        "Contact the family of 943 476 5919",
        "Incident about patient 9434765919",
        "patient 943 476\n5919 went home",
        "CHI\tName\n101010028\tAmber",  # a workbook leaves the first zero out
        "Patient CHI\t0101010028",
        "ref 943 476 5919 from GP",
        "Our reference: 943-476-5919",
        "NHS No: 943     476     5919",
        "NHS number: 943:476:5919",
        "NHS number: 943*476*5919",
        "NHS number: 943'476'5919",
        "https://example.org/?nhs_number=943+476+5919",
        "943\u034f476\u034f5919",
        "943\u3164476\u28005919",
        "NHS number: 9\ufe0e434765919",
        "NHS number: " + "".join(f"{digit}\ufe0f\u20e3" for digit in "9434765919"),
        "943\x01476\x025919",  # what PDFium gives for some dashes
        "NHS number\x0b943 476 5919",
        "Name NHSNo Ward\nAmber Quill 943 4765919 Seven",  # read by eye, with a space that was not seen
    ],
)
def test_a_patients_number_is_found_however_it_is_written(text: str) -> None:
    assert found(text) == NHS


@pytest.mark.parametrize(
    "text",
    [
        "NHS number: 943 476 5918",  # its check digit is wrong
        "NHS number: 943 476 591",
        "NHS number: 943 476 59190",
        "NHS number: 000 000 0000",
        "NHS number: 444 444 4444",
        "Tel: 943 476 5919",
        "Tel 9434765919",
        "+44 9434765919",
        "0044 9434765919",
        "(0)943 476 5919",
        "01632 943 476 5919",
        "ISBN 9434765919",
        "ISBN-10: 9434765919",
        "Order no 9434765919",
        "Name\tMobile\nAmber Quill\t9434765919",
        "£9434765919",
        "https://example.org/a?page=9434765919",
        "commit 9434765919ab",
        "a9434765919",
        "3.9434765919",
        "94 34 76 59 19",
        "5990000006",  # never issued
        "0101010028",  # a CHI in nothing that speaks of a patient
        "NHS Trust, switchboard 943 476 5919",
        "978-0-7020-3085-7",
        "T: 943 476 5919",
        "Direct line 943 476 5919",
        "WhatsApp 9434765919",
        "+1 943 476 5919",
        "International Standard Book Number 9434765919",
        "Trial number 9434765919",
        "Batch 9434765919",
        "P.O. 9434765919",
        "9434765919 bytes",
        "Zoom meeting 943 476 5919",
        "Our ref 9434765919",
        "Order ref 943 476 5919",
        "Telephone (NHS net): 943 476 5919",
        "Telephone of the nhs.net helpdesk: 943 476 5919",
        "943 476 5919 (telephone)",
        "9,434,765,919",
        "9 434 765 919",
        "chi-squared 0101010028",
        "CHI\tName\n101010029\tAmber",  # without its zero, and wrong
        "NHS number: ____________\nOrder no 9434765919",
        "2024-01\t644\t867\n1202\t402\t943",
        "from 943:476:5919 on",
        "943+476+5919",
    ],
)
def test_what_is_none_is_told_apart(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "DOB 01/02/1950",
        "D.O.B.: 1.2.50",
        "Date of birth (dd/mm/yyyy): 01-02-1950",
        "Date of Birth\n01/02/1950",
        "date of birth was 1st February 1950",
        "date_of_birth\n1950-02-01",
        "Amber Quill (born 1 February 1950) had a stroke",
        "The patient was born on 01/02/1950",
        "Date of birth\t01/02/1950",
        "Name\tDOB\tAdmitted\nAmber Quill\t01/02/1950\t03/04/2024\nRowan Drum\t\t03/04/2024",
        "Name DOB Ward\nAmber Quill 01/02/1950 Seven",
        "Mrs Amber Quill 01/02/1950 was admitted",
        "Patient\tSeen by\nAmber Quill 01/02/1950\tthe team",
        "Patient: Amber Quill 01/02/50",
        '"dob": "1950-02-01"',
        "DOB 01021950",
        "DOB = 1950-02-01T00:00:00",
        "DOB: Feb 1, 1950",
        "DOB\n\n01/02/1950",
        "NHS no|DOB\n|01/02/1950",
        "Patient born 01.02.1950 in the north",
        "Name Admitted DOB\nAmber Quill 03/04/2024 01/02/1950",
    ],
)
def test_a_date_of_birth_is_found(text: str) -> None:
    assert found(text) == BORN


@pytest.mark.parametrize(
    "text",
    [
        "Review date 01/02/1950",
        "Date of birth: ________ Date of review: 01/02/2024",
        "The network was born on 1 April 2010",
        "DOB 45/13/1950",
        "DOB not recorded",
        "Dr Amber Quill, GMC registration 01/08/1998",
        "Rota\tDate\nAmber Quill\t01/02/2024",
        "Policy ratified by the Clinical Governance Committee 01/02/1999",
        "Staff\tStarted\nAmber Quill\t01/02/1999",
        "admitted 01/02/2024, Mrs Amber Quill",
        "Mr Amber Quill, chairman, 1 February 1999",
        "Patient Safety Alert 12/03/2004",
        "Amber Quill (01/02/1950)",  # a name and a date, and nothing that speaks of patients
        "Amber Quill, born in 1950",
        "Date of birth: ________\nName Shift Date\nAmber Quill Late 03/01/2027",
        "the register of 01021950",
    ],
)
def test_other_dates_are_told_apart(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "RX123456",
        "rx123456",
        "Hospital No: X123456",
        "MRN 1234567",
        "Hospital number is 1234567",
        "MRN\n1234567",
        "Hospital no. 12-34567",
        "Hospital number: 12/34567",
        "Hospital No 12 34567",
        "MRN 12-345-678",
    ],
)
def test_a_hospital_number_is_found_by_the_schemes_pattern_and_by_its_own_words(text: str) -> None:
    assert found(text) == OWN_NUMBER


@pytest.mark.parametrize(
    "text",
    [
        "RX1234567",
        "RX12345",
        "GMC 1234567",
        "X123456",
        "hospital number of beds 120",
        "12-34567",
        "Hospital no. 03/2026",
        "Hospital no. 01-02-2026",
        "Hospital no. 2025-26",
        "Hospital No. 0117 9500000",
    ],
)
def test_other_numbers_are_none(text: str) -> None:
    assert found(text) == []


def test_a_pattern_that_cannot_be_used_is_refused() -> None:
    with pytest.raises(ValueError, match="how often at most"):
        search([], patterns=[r"\d+"])


def test_a_hit_says_where_and_shows_the_words_around_and_nothing_that_tells() -> None:
    text = "Amber Quill, NHS number 943 476 5919, hospital number RX123456, DOB 01/02/1950"
    masked = "••• •••, NHS number ••• ••• ••••, hospital number •••••••••, DOB ••/••/••••"
    assert search([page(text, number=3, label="page 3")], patterns=OWN)[:1] == (
        Hit(what="nhs_number", page=3, page_label="page 3", masked=masked),
    )
    assert found(text) == ["nhs_number", "hospital_number", "date_of_birth"]


def test_neither_a_page_nor_a_hit_shows_what_it_holds() -> None:
    held = page("NHS number 943 476 5919 of Amber Quill", label="sheet 9434765919, row 2 on")
    (hit,) = search([held], patterns=[])
    assert repr(held) == "Page(number=1, label=…, 38 characters, unread='')"
    assert hit.page_label == "sheet ••••••••••, row 2 on"
    assert not set("0123456789") & set(hit.masked)
    assert "Amber" not in repr(hit)


def test_what_goes_wrong_while_searching_says_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in a traceback's own words, and in the repr of what was at hand, may be logged by whoever catches."""

    def breaks(digits: str) -> bool:
        raise ValueError("no reason")

    monkeypatch.setattr(nhs, "is_valid", breaks)
    with pytest.raises(ValueError, match=r"^no reason$") as raised:
        search([page("NHS number 943 476 5919")], patterns=[])
    at_hand = [value for frame in raised.traceback[1:-1] for value in frame.locals.values()]
    ours = [repr(value) for value in at_hand if type(value).__module__.startswith("accreditation")]
    assert len(ours) > 3
    assert [text for text in ours if "943" in text] == []


def test_a_number_across_two_pages_is_found_once_and_one_at_the_end_of_a_page_too() -> None:
    across = search([page("NHS number:"), page("943 476 5919", number=2, label="page 2")], patterns=[])
    assert [hit.page for hit in across] == [2]
    at_the_end = search([page("NHS number: 943 476 5919"), page("and so on", number=2)], patterns=[])
    assert [hit.page for hit in at_the_end] == [1]


def test_a_table_that_goes_on_over_the_page_keeps_its_heading() -> None:
    rows = "\n".join(f"Amber Quill 0{day}/02/1950" for day in range(1, 10))
    pages = [page(f"Name DOB\n{rows}"), page("Rowan Drum 01/03/1951\nReed Anchor 02/03/1951", number=2)]
    assert [hit.page for hit in search(pages, patterns=[])] == [1] * 9 + [2] * 2


def test_the_page_before_takes_nothing_away() -> None:
    """A heading over other numbers at its end is no heading of what the next page begins with."""
    pages = [page("Staff\tGMC\nDr Amber Quill\t4180355"), page("6034703107", number=2)]
    assert [hit.page for hit in search(pages, patterns=[])] == [2]


def test_what_is_told_is_bounded() -> None:
    assert len(search([page("9434765919\n" * 3 * MOST)], patterns=[])) == MOST
