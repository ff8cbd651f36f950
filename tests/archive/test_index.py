"""The page in an archive: a person finds whose, by which rules, decided what and why; and nothing in it runs."""

import json
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

import pytest

from accreditation.archive.index import FORMAT, PROVES, index
from accreditation.archive.manifest import MANIFEST, Absent, read_manifest, sha256_of
from accreditation.archive.markup import escaped

Records = dict[str, Any]
EVIL = '<img src=x onerror="alert(1)">'


@pytest.fixture
def records(members: Mapping[str, bytes]) -> Records:
    """The records of an archive, by their names, to be changed."""
    found = {name: json.loads(content) for name, content in members.items() if name.startswith("records/")}
    return {name.removeprefix("records/").removesuffix(".json"): told for name, told in found.items()}


def page_of(members: Mapping[str, bytes], records: Records, absent: tuple[Absent, ...] = ()) -> str:
    manifest = read_manifest(members[MANIFEST])
    assert manifest is not None
    documents = [one for one in manifest.members if one.evidence]
    pieces = index(about=manifest.about, head=manifest.head, records=records, documents=documents, absent=absent)
    return b"".join(pieces).decode()


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_it_says_whose_it_is_what_was_decided_and_why(members: Mapping[str, bytes], records: Records) -> None:
    told = words(page_of(members, records))
    for said in (
        "North, North Trust: A small scheme, edition 2026.1", "Decided Accredited By the committee",
        "every one of the essential criteria is met 1 of 1 yes", "Is it a hyperacute unit? no",
        "The job plan was seen.",
        "Lay 4 (lay): not met Lead 1 (lead): met", "lead of north, 1 April 2026, 09:00 UTC", "publish the office",
        "1.01 Named lead There is a lead. Essential; evidence: Job plan, Photo (not required)", "92.5 %",
    ):  # fmt: skip
        assert said in told, said
    assert all(one.replace("'", "&#x27;") in page_of(members, records) for one in PROVES)


class Tags(HTMLParser):
    """Every tag of a page, with what it refers to."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.anchors |= {value or "" for name, value in attrs if name == "id"}
        self.links += [value or "" for name, value in attrs if name == "href"]


def test_every_link_is_a_file_of_the_archive_and_nothing_else_is_loaded(
    members: Mapping[str, bytes], records: Records
) -> None:
    tags = Tags()
    tags.feed(members["index.html"].decode())
    linked = {one.replace("%20", " ") for one in tags.links if not one.startswith("#")}
    assert {one.removeprefix("#") for one in tags.links if one.startswith("#")} == tags.anchors
    assert linked == set(members) - {"index.html"}
    assert not tags.names & {"script", "img", "iframe", "link", "object", "form", "base"}
    assert not {one for one in tags.attributes if one.startswith("on")}


def test_whatever_people_wrote_anywhere_is_words_and_no_markup(members: Mapping[str, bytes], records: Records) -> None:
    def spoiled(told: Any, key: str = "") -> Any:
        match told:
            case dict():
                return {name: spoiled(one, name) for name, one in told.items()}
            case list():
                return [spoiled(one, key) for one in told]
            case str() if not re.match(r"\d{4}-\d\d-\d\d", told) and key not in ("id", "state"):
                return EVIL
        return told

    tags = Tags()
    page = page_of(members, spoiled(records))
    tags.feed(page)
    assert "img" not in tags.names
    assert page.count("&lt;img") > 20


def test_what_is_shown_of_a_sign_does_not_depend_on_the_version_of_python() -> None:
    """U+0378 is no sign in any version yet; U+1FAE8 is one since Python 3.12."""
    shown = "".join(escaped("a\u0378\U0001fae8\u00a0\u200d\u202eb\u2028\x1b\ufeff\udc80\U000e0041\n<"))
    assert shown == "a\u0378\U0001fae8\u00a0\u200d\ufffdb" + "\ufffd" * 5 + "<br>&lt;"


def figure(number: int, measured: str) -> Records:
    answer = {"state": "rated", "measured": measured, "series": [], "note": ""}
    of_which = {"period": "2026-Q1", "source": "the audit", "file": "team.csv", "kept_at": "2026-04-01T09:00:00Z"}
    return {"figure": number, "answer": answer, **of_which}


def kept_back() -> Records:
    """How a file stood that was quarantined, explained and upheld."""
    steps = (("quarantined", "a number", "engine"), ("explained", "It is a form's.", "lead"),
             ("upheld", "It is a patient's.", "the office"))  # fmt: skip
    said = [{"state": state, "reason": why, "by": by, "at": "2026-04-01T09:00:00Z"} for state, why, by in steps]
    found = [{"what": "NHS number", "page": 1, "label": "page 1", "masked": "No. •••"}]
    return {"open": False, "said": said, "found": found}


def test_what_happened_afterwards_is_told_and_what_is_left_out(members: Mapping[str, bytes], records: Records) -> None:
    decision, criterion = records["decision"], records["settlements"]["criteria"][0]
    stands = {"outcome": "deferred", "title": "Deferred", "awarded": False, "since": "2027-02-01", "valid_until": None}
    decision["followed"] = [{**stands, "because": "lapsed", "reason": "The time is over.", "by": "engine"}]
    decision["conditions"] = [
        {"id": 1, "needed": 1, "criteria": [{"id": "1.01", "title": "Named lead"}], "due_on": "2026-09-30",
         "met_on": None, "when_met": None, "when_missed": None}
    ]  # fmt: skip
    decision["appeal"] = {
        "lodged_on": "2026-04-09", "decision_stands_meanwhile": True, "answered_on": "2026-05-09", "upheld": False,
        "heard_by": 3, "reason": "The strike.", "answer": "It was sound.", "panel": ["Lay 3"],
    }  # fmt: skip
    records["settlements"]["findings"] = [
        {"finding": "f", "kind": "key_action", "criterion": None, "text": "Name a deputy.", "reason": "All saw it.",
         "withdrawn": True, "before": []}
    ]  # fmt: skip
    said = {"id": 1, "reason": "It names her.", "by": "lead", "at": "2026-04-02T09:00:00Z"}
    answered = {"amended": True, "reason": "It does.", "by": "Lead 1", "at": "2026-04-03T09:00:00Z"}
    first = {**criterion["settlement"], "answer": {**criterion["settlement"]["answer"], "note": "Nobody knew."}}
    records["report"] = {
        "criteria": [
            {**criterion, "before": [first], "comments": [{**said, "answer": answered}, {**said, "answer": None}]}
        ],
        "findings": [],
    }
    records["evidence"]["ended"] = [
        {"id": 9, "title": "Old plan", "how": "withdrawn", "reason": "A wrong file.", "by": "member",
         "at": "2026-04-01T09:00:00Z", "replaced_by": None, "deleted": None, "clearance": kept_back()}
    ]  # fmt: skip
    records["evidence"]["evidence"][0]["places"] = {"1.01": "p. 2"}
    records["requests"]["requests"] = [
        {"request": "r", "criterion": "1.01", "title": "Named lead", "question": "Who is it?",
         "asked_at": "2026-04-01T09:00:00Z", "due_at": "2026-04-08T09:00:00Z", "state": "answered", "reply": "See two.",
         "evidence": [1], "asked_by": "Lay 4"}
    ]  # fmt: skip
    records["risks"]["risks"] = [
        {"risk": "k", "criterion": None, "text": "No nurse.", "raised_at": "2026-04-01T09:00:00Z", "raised_by": "Lay 4",
         "reply_by": "2026-04-03T09:00:00Z", "reply": "There is one.", "replied_by": "lead", "late": True,
         "replied_at": "2026-04-04T09:00:00Z"}
    ]  # fmt: skip
    records["indicators"]["indicators"] = [
        {"id": "2.01", "title": "Scan", "unit": "%", "asked": "at least 90", "why": "92.5 is at least 90",
         "figure": figure(2, "92.5"), "earlier": [figure(1, "58")],
         "challenges": [{"challenge": 1, "figure": 1, "note": "Five were missed.", "by": "lead", "state": "corrected",
                         "at": "2026-04-02T09:00:00Z", "reason": "So it was.", "answered_at": "2026-04-03T09:00:00Z"}]}
    ]  # fmt: skip
    absent = Absent(evidence=3, title="Rota", size=1, sha256="0" * 64, why="It was deleted: retention.")
    told = words(page_of(members, records, (absent,)))
    for one in (
        "Deferred 1 February 2027 lapsed The time is over. engine", "1 1.01 Named lead 30 September 2026 not yet",
        "Reason of the appeal The strike. Answer not upheld Answered 9 May 2026", "It was sound. Heard by Lay 3",
        "key action (withdrawn) the service Name a deputy. All saw it.",
        "It names her. lead, 2 April 2026, 09:00 UTC amended It does.",
        "9 Old plan withdrawn A wrong file.",
        "upheld the office, 1 April 2026, 09:00 UTC It is a patient&#x27;s.", "NHS number, page 1: No. •••",
        "explained lead, 1 April 2026, 09:00 UTC It is a form&#x27;s.", "1.01 (p. 2) plan.pdf", "Job plan , p. 2",
        "At first: met Nobody knew.", "58 % 2026-Q1 the audit, team.csv 1 April 2026, 09:00 UTC",
        "58 %, 2026-Q1 Five were missed. lead, 2 April 2026, 09:00 UTC corrected So it was. 3 April 2026",
        "1.01 Named lead Who is it? Lay 4, 1 April 2026, 09:00 UTC 8 April 2026, 09:00 UTC answered See two.",
        "the service No nurse. Lay 4, 1 April 2026, 09:00 UTC 3 April 2026, 09:00 UTC (late) There is one. lead, 4",
        "2.01 Scan 92.5 % 2026-Q1 the audit, team.csv at least 90 92.5 is at least 90",
        "3 Rota It was deleted: retention.",
    ):  # fmt: skip
        assert one in told, one


def test_whoever_changes_the_page_gives_its_form_another_number(members: Mapping[str, bytes], records: Records) -> None:
    """An archive of the same form is compared with the page that its records make: another page is another form."""
    manifest = read_manifest(members[MANIFEST])
    assert manifest is not None
    page = page_of(members, records).replace(manifest.head.sha256, "")
    assert (FORMAT, sha256_of(page.encode())) == (3, "d71d48ca3ca5c4a364eb7e814d2223b4aaca05709ae22703c14c893618549e58")
