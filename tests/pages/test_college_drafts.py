"""The office writes the next edition by forms alone: faults beside their lines, two at once, whom it concerns."""

import io
import zipfile

from accreditation.actions.publish_edition import publish_edition
from accreditation.database import Session
from accreditation.ledger.entries import entries
from accreditation.library import check_text, handbook
from accreditation.records import drafts, editions
from accreditation.scheme.one_text import apart
from accreditation.wiring import House
from tests.building import changed
from tests.pages.browsing import Browser, Page
from tests.pages.contract import parsed, text_of
from tests.pages.teams import send_files, told
from tests.pages.test_college_schemes import WHO, of_another
from tests.pages.test_signing_in import SignedIn
from tests.walking import AT, OFFICE, begin, rate_all

SMALL = "/college/schemes/small"
DRAFT = f"{SMALL}/drafts/1"

CASE = """\
--- # cases/cases.yaml
- case: everything met
  profile: {hasu: true}
  ratings: {default: best}
  expect: {outcome: accredited}
"""


def text(page: Page) -> str:
    """What stands in the field for the text."""
    return page.areas["text"].removeprefix("\n")


def save(browser: Browser, typed: str) -> Page:
    return browser.send(DRAFT, text=typed.replace("\n", "\r\n"))


def begun(house: House, known: SignedIn) -> Browser:
    """Somebody of the scheme's office, who began a draft from its edition."""
    begin(house)
    rate_all(house)
    clerk = known(WHO["office of small"])
    clerk.open(f"{SMALL}/drafts/new?from=2026.1")
    assert clerk.send(f"{SMALL}/drafts/new", edition="2026.1").path == DRAFT
    return clerk


def newest(session: Session, *, number: int) -> list[str]:
    """The last so many entries of the ledger, by what was done."""
    return [one.action for one in entries(session, limit=10_000)][-number:]


def damaged(packed: bytes) -> bytes:
    """This zip with noise in place of how its first file begins: its lists are whole, and nothing can be unpacked."""
    with zipfile.ZipFile(io.BytesIO(packed)) as folder:
        first = folder.infolist()[0]
    begins = first.header_offset + 30 + len(first.filename)
    return packed[:begins] + b"\xff" * 20 + packed[begins + 20 :]


def test_from_a_faulty_draft_to_a_published_edition(house: House, known: SignedIn) -> None:
    clerk = begun(house, known)
    first = text(clerk.page)
    assert first.startswith("--- # scheme.yaml\nid: small\n")
    said = told(clerk.page)
    assert "No fault was found: 4 criteria (2 essential, 2 expected). There are no worked cases." in clerk.page.text
    assert [one for one in said if one.startswith("Nothing shows yet that the rules give the results you mean.")]
    assert "Edition 2026.1, from which this draft was begun, is kept without any" in clerk.page.text
    assert 'href="/college/handbook#worked-cases"' in clerk.page.answer.text
    faulty = first.replace("type: essential\n", "type: esential\n", 1).replace("settled_by: lead", "settled_by: leader")
    page = save(clerk, faulty)
    assert (page.status, page.headings[-1].split()[-2:], page.title.split()[0]) == (200, ["Draft", "1"], "Error:")
    assert "Version 2, saved by A clerk" in page.text
    lines = faulty.split("\n")
    where = [next(n for n, one in enumerate(lines, start=1) if words in one) for words in ("leader", "esential")]
    said = told(page)
    assert [one for one in said if one.startswith("Line ")] == [
        f"Line {where[0]}, in scheme.yaml", f"Line {where[1]}, in criteria/first.yaml"
    ]  # fmt: skip
    at = said.index(f"Line {where[1]}, in criteria/first.yaml")
    assert said[at + 3 : at + 5] == [
        f"{where[1]} type: esential",
        "Wrong: there is no type 'esential' (did you mean essential?). What is allowed: essential, expected.",
    ]
    assert 'href="#fault-1"' in page.answer.text
    assert told(clerk.open(f"{DRAFT}/impact")) == [
        "There are faults in the text. Once they are mended you see here what the draft would do. See the faults"
    ]
    clerk.open(f"{DRAFT}")
    mended = (
        first.replace('edition: "2026.1"', 'edition: "2026.2"')
        .replace("50 %", "100 %")
        .replace("at_least: 90}", "at_least: 95}")
    )
    assert mended != first
    page = save(clerk, mended + CASE)
    assert "No fault was found: 4 criteria (2 essential, 2 expected) and 1 worked case, which gives" in page.text
    said = told(clerk.open(f"{DRAFT}/compare"))
    assert said[0] == "Beside edition 2026.1, which was published last."
    at = said.index("Criterion 2.01 (Scan within an hour)")
    assert said[at + 2 : at + 6] == [
        "Its threshold", "Before", "at least [removed: 90] %", "After",
    ]  # fmt: skip
    said = told(clerk.open(f"{DRAFT}/impact"))
    assert said[0] == ("1 team would get a lower result. Nobody would get a higher result.")
    assert "By the rules now Accredited" in said  # which a committee may have departed from
    at = said.index("1 team would go lower")
    assert said[at + 1 : at + 3] == [
        "North, North Trust: from Accredited to Deferred Decided by: 2.01 Scan within an hour.",
        "Criteria that make most of the difference",
    ]
    page = clerk.open(f"{DRAFT}/publish")
    assert [one for one in told(page) if one.startswith(("Edition 2", "In force", "Since edition"))]
    page = clerk.send(f"{DRAFT}/publish")
    assert (page.status, page.title.split()[0]) == (422, "Error:")
    page = clerk.send(f"{DRAFT}/publish", checked="yes")
    assert (page.status, page.path) == (200, DRAFT)
    assert "A clerk published this draft as edition 2026.2 on" in page.text
    assert clerk.open(f"{SMALL}/editions/2026.2").status == 200
    with house.database.reading() as session:
        assert newest(session, number=6) == [
            "scheme:begin_draft", "scheme:save_draft", "scheme:save_draft", "scheme:publish", "scheme:keep_cases",
            "scheme:publish_draft",
        ]  # fmt: skip
    clerk.open(f"{SMALL}/drafts/new")
    page = clerk.send(f"{SMALL}/drafts/new", edition="2026.2")  # it begins with the worked case
    assert "and 1 worked case, which gives what it expects." in page.text
    assert text(page) == clerk.ask("GET", f"{SMALL}/editions/2026.2/file").text
    assert apart(text(page)).files["cases/cases.yaml"] == CASE.partition("\n")[2].encode()


def test_two_at_once_see_both_texts_and_nothing_is_overwritten(house: House, known: SignedIn) -> None:
    clerk, other = begun(house, known), known(WHO["office"], email="other@example.org")
    first = text(clerk.page)
    other.open(DRAFT)
    save(other, first.replace("There is a lead.", "There is a named lead."))
    mine = first.replace("There are beds.", "There are enough beds.")
    page = save(clerk, mine)
    assert (page.status, text(page)) == (409, mine)
    said = told(page)
    assert [one for one in said if one.startswith(("Theirs ", "Yours "))] == [
        "Theirs statement: There is a named lead.", "Yours statement: There is a lead.",
        "Theirs statement: There are beds.", "Yours statement: There are enough beds.",
    ]  # fmt: skip
    quietly = {**clerk.page.forms[DRAFT], "seen": "1", "text": mine, "quietly": "yes"}
    assert clerk.ask("POST", DRAFT, data=quietly).json()["stale"] is True
    page = save(clerk, mine)
    assert (page.status, "Version 3, saved by A clerk" in page.text) == (200, True)
    clerk.page.forms[DRAFT]["seen"] = "2"  # as in another tab, opened before
    page = save(clerk, mine.replace("There is a lead.", "There is a good lead."))
    assert "You saved it yourself, in another window or tab." in page.text
    assert {
        "Saved statement: There is a lead.", "In the field statement: There is a good lead."
    } <= {*told(page)}  # fmt: skip
    assert "heirs" not in page.text
    clerk.open(DRAFT)
    page = clerk.open(f"{DRAFT}?version=2")
    assert "There is a named lead." in text(page)
    assert "This is version 2. It is not the one that stands." in page.text
    assert clerk.ask("GET", f"{DRAFT}/file").text == mine
    assert "named lead" in clerk.ask("GET", f"{DRAFT}/file?version=2").text


def test_a_file_and_the_field_are_the_same_text(house: House, known: SignedIn) -> None:
    clerk = begun(house, known)
    whole = clerk.ask("GET", f"{DRAFT}/file").text
    assert whole == text(clerk.page)
    page = send_files(clerk, f"{DRAFT}/file", ("draft.yaml", whole.replace("There are", "There were").encode()))
    assert (page.status, "There were beds." in text(page)) == (200, True)
    page = send_files(clerk, f"{DRAFT}/file", ("second.yaml", apart(whole).files["criteria/second.yaml"] + b"# End\n"))
    assert text(page).endswith("# End\n")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as folder:
        for name, content in changed("scheme.yaml", "A small scheme", "A zipped scheme").items():
            folder.writestr(f"standards/small/{name}", content)
    page = send_files(clerk, f"{DRAFT}/file", ("small.zip", packed.getvalue()))
    assert "title: A zipped scheme" in text(page)
    assert "and 2 worked cases, each of which gives what it expects" in page.text
    answer = clerk.ask("GET", f"{DRAFT}/file?packed=yes")
    page = send_files(clerk, f"{DRAFT}/file", ("folder.zip", answer.content))
    assert page.text.count("Version 4, saved by") == 2  # the same text is not saved again
    for name, content, status, said in (
        ("a.pdf", b"%PDF-1.7 \xff", 422, "text saved as UTF-8: open it in your editor, choose “Save as”"),
        ("a.zip", b"PK\x03\x04 no zip", 422, "it is a .zip that cannot be unpacked"),
        ("a.zip", damaged(answer.content), 422, "it is a .zip that cannot be unpacked"),
        ("a.yaml", b"a" * 2_100_000, 409, "This file is too large, and nothing of it was kept."),
        ("", b"", 422, "Choose a file from your computer."),
    ):
        page = send_files(clerk, f"{DRAFT}/file", (name, content))
        assert (page.status, page.title.split()[0], said in page.text) == (status, "Error:", True)
        assert f"{DRAFT}/file" in page.forms
    with house.database.reading() as session:
        assert [one[0] for one in drafts.saved(session, 1)] == [4, 3, 2, 1]


def test_the_handbook_for_authors_is_a_page(known: SignedIn) -> None:
    clerk = known(WHO["office"])
    assert 'href="/college/handbook"' in clerk.open("/college/schemes").answer.text
    page = clerk.open("/college/handbook")
    assert page.title.startswith("Writing a standard")
    html, written = parsed(page.answer.text), handbook()
    assert {"worked-cases", "rules", "on-the-site"} <= {one.attrs["id"] for one in html.select("h2[id], h3[id]")}
    assert "criteria/access.yaml" in text_of(html.select("pre")[1])
    assert [len(html.select(one)) for one in ("pre", "main table")] == [
        written.count("```") // 2,
        written.count("\n|---|"),
    ]
    assert "<!--" in written
    assert "file: scheme.yaml" not in html.select("main")[0].html


def test_what_cannot_be_published_is_refused_in_words_and_nothing_of_others_is_shown(
    house: House, known: SignedIn
) -> None:
    clerk = begun(house, known)
    first = text(clerk.page)
    page = save(clerk, first.replace("There is a lead.", "There is a named lead."))
    assert "The edition needs another name" in clerk.open(f"{DRAFT}/publish").text
    sent = {"csrf": page.forms[DRAFT]["csrf"], "seen": "2", "checked": "yes"}
    refused = clerk.shown(clerk.ask("POST", f"{DRAFT}/publish", data=sent))
    assert (refused.status, "The edition needs another name" in refused.text) == (409, True)
    publish_edition(house.database, principal=OFFICE, scheme=of_another(), at=AT)
    clerk.open(DRAFT)
    page = save(clerk, first.replace("id: small", "id: other").replace("2026.1", "2026.3"))
    assert "Wrong: the id 'other' is of another scheme. What is allowed: id: small." in told(page)
    assert "There are faults in the text" in clerk.open(f"{DRAFT}/impact").text
    clerk.open(DRAFT)
    for typed, wrong in (
        (" ", "The field is empty, so nothing was saved."),
        ("ä" * 400_000, "Text: too long, with 800,000 bytes (a plain letter is one)"),
    ):
        page = save(clerk, typed)
        assert (page.status, text(page), wrong in page.text) == (422, typed, True)
        assert "What differs" not in page.text  # nobody else wrote
    other = known(WHO["office"], email="other@example.org")
    other.open(DRAFT)
    clerk.open(f"{DRAFT}/drop")
    assert clerk.send(f"{DRAFT}/drop").status == 422
    page = clerk.send(f"{DRAFT}/drop", reason="Begun from the wrong edition.")
    assert "A clerk dropped this draft on" in page.text
    assert DRAFT not in page.forms
    assert clerk.shown(clerk.ask("POST", f"{DRAFT}/publish", data=sent)).status == 409
    page = save(other, "what I wrote meanwhile")
    assert (page.status, text(page)) == (409, "what I wrote meanwhile")
    with house.database.reading() as session:
        assert newest(session, number=1) == ["scheme:drop_draft"]
        assert [row.label for row in editions.all_of(session, "small")] == ["2026.1"]


def test_a_new_scheme_begins_with_an_example_without_fault(house: House, known: SignedIn) -> None:
    clerk = known(WHO["office"])
    clerk.open("/college/new-scheme")
    assert clerk.send("/college/new-scheme", title="").status == 422
    page = clerk.send("/college/new-scheme", title="", name="Memory Clinic!")  # told as they follow one another
    assert [one.attrs["href"] for one in parsed(page.answer.text).select(".nhsuk-error-summary a")] == [
        "#title", "#name",
    ]  # fmt: skip
    page = clerk.send("/college/new-scheme", title="Memory clinics", name="Memory Clinic!")
    assert (page.status, "Write the short name in small letters" in page.text, "Id:" in page.text) == (422, True, False)
    page = clerk.send("/college/new-scheme", title="Care of stroke patients: “best”")
    assert page.path == "/college/schemes/care_of_stroke_patients_best/drafts/1"
    assert "Care of stroke patients: “best”" in page.title
    whole, path = text(page), page.path
    assert check_text(whole, scheme="care_of_stroke_patients_best").faults == ()
    assert "on the site, press “Save and check” below" in whole
    broken = clerk.send(path, text=whole.replace("\ntitle:", "\ntitel:", 1))
    assert "Care of stroke patients: “best”" in broken.title  # as it was called last
    assert clerk.open(path.partition("/drafts")[0]).headings == ["Care of stroke patients: “best”"]
    assert "Care of stroke patients: “best”" in clerk.open("/college/schemes").text
    clerk.open(path)
    clerk.send(path, text=whole)
    assert "No edition of this scheme is published yet" in clerk.open(f"{path}/compare").text
    assert "This is the first edition." in clerk.open(f"{path}/publish").text
    clerk.send(f"{path}/publish", checked="yes")
    assert "Edition 1" in clerk.open("/college/schemes").text
    clerk.open("/college/new-scheme")
    page = clerk.send("/college/new-scheme", title="Again", name="care_of_stroke_patients_best")
    assert (page.status, "already" in page.text) == (422, True)
