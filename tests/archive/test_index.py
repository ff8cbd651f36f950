"""The page in an archive: a person finds whose, by which rules, decided what and why; and nothing in it runs."""

import json
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

import pytest

from accreditation.archive.index import PROVES, index
from accreditation.archive.manifest import MANIFEST, Absent, read_manifest

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
    return index(
        about=manifest.about, head=manifest.head, records=records, documents=documents, absent=absent
    ).decode()  # fmt: skip


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_it_says_whose_it_is_what_was_decided_and_why(members: Mapping[str, bytes], records: Records) -> None:
    told = words(page_of(members, records))
    for said in (
        "North, North Trust: A small scheme, edition 2026.1", "Decided Accredited By the committee",
        "every one of the essential criteria is met 1 of 1 yes", "Is it a hyperacute unit? no",
        "The job plan was seen.",
        "Lay 4 (lay): not met Lead 1 (lead): met", "lead of north, 1 April 2026, 09:00 UTC", "publish the office",
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

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]


def test_every_link_is_a_file_of_the_archive_and_nothing_else_is_loaded(
    members: Mapping[str, bytes], records: Records
) -> None:
    tags = Tags()
    tags.feed(members["index.html"].decode())
    linked = {one.replace("%20", " ") for one in tags.links}
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
    records["report"] = {
        "criteria": [{**criterion, "comments": [{**said, "answer": answered}, {**said, "answer": None}]}]
    }
    records["evidence"]["ended"] = [
        {"id": 9, "title": "Old plan", "how": "withdrawn", "reason": "A wrong file.", "by": "member",
         "at": "2026-04-01T09:00:00Z"}
    ]  # fmt: skip
    records["indicators"]["indicators"] = [
        {"id": "2.01", "title": "Scan", "unit": "%", "asked": "at least 90", "why": "92.5 is at least 90",
         "figure": {"answer": {"state": "rated", "measured": "92.5", "series": [], "note": ""}, "period": "2026-Q1",
                    "source": "the audit", "file": "team.csv"}}
    ]  # fmt: skip
    absent = Absent(evidence=3, title="Rota", size=1, sha256="0" * 64, why="It was deleted: retention.")
    told = words(page_of(members, records, (absent,)))
    for one in (
        "Deferred 1 February 2027 lapsed The time is over. engine", "1 1.01 Named lead 30 September 2026 not yet",
        "Reason of the appeal The strike. Answer not upheld Answered 9 May 2026", "It was sound. Heard by Lay 3",
        "key action (withdrawn) the service Name a deputy. All saw it.",
        "It names her. lead 2 April 2026, 09:00 UTC It does.",
        "9 Old plan withdrawn A wrong file.",
        "2.01 Scan 92.5 % 2026-Q1 the audit, team.csv at least 90 92.5 is at least 90",
        "3 Rota It was deleted: retention.",
    ):  # fmt: skip
        assert one in told, one
