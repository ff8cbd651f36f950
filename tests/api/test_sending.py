"""How much somebody may send within an hour: whichever way files come, by pages, forms, whole or in pieces."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from accreditation.errors import TooMany
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Role
from accreditation.wiring import House
from api.sending import Sent
from tests.api import forming, test_uploads
from tests.api.asking import Client
from tests.api.conftest import AtStage
from tests.pages.teams import at, of_team
from tests.walking import AT, LEAD, MEMBER

PDF = b"a job plan"
CRITERION = forming.said("criteria", "1.01")


def limited(house: House, **limits: int) -> House:
    return replace(house, settings=house.settings.model_copy(update=limits))


def in_pieces(client: Client) -> httpx.Response:
    begun = test_uploads.begin(client, length=2)
    return test_uploads.add(client, begun.headers["location"], 0, b"a")


WAYS: dict[str, Callable[[Client], httpx.Response]] = {
    "whole": lambda client: client.attach(by=LEAD),
    "by a form": lambda client: forming.send(client, forming.form(CRITERION, forming.put(PDF)), by=LEAD),
    "into the library": lambda client: client.post(
        "/api/library", by=LEAD, params={"title": "Plan", "file_name": "plan.pdf"}, content=PDF
    ),
    "in pieces": in_pieces,
}


@pytest.mark.parametrize("way", WAYS)
def test_whichever_way_a_program_sends_files_there_is_a_limit(at_stage: AtStage, way: str) -> None:
    known = at_stage(Stage.EVIDENCE)
    with Client(limited(known.house, uploads_an_hour=1), known.secrets) as client:
        first, second = WAYS[way](client), WAYS[way](client)
        assert (first.is_success, second.status_code) == (True, 429), first.text
        assert "What arrived whole is kept. Wait " in second.json()["detail"]
        assert 3500 < int(second.headers["retry-after"]) <= 3600
        assert client.attach(by=MEMBER).is_success  # somebody else is not touched


def test_too_much_in_one_form_keeps_what_came_whole(at_stage: AtStage) -> None:
    known = at_stage(Stage.EVIDENCE)
    with Client(limited(known.house, upload_bytes_an_hour=1_000_000), known.secrets) as client:
        whole = forming.form(CRITERION, forming.put(b"a plan"), forming.put(b"x" * 2_000_000, name="large.pdf"))

        async def arriving() -> AsyncIterator[bytes]:
            yield whole[:1000]
            yield whole[1000:]

        answer = forming.send(client, arriving(), by=LEAD)
        assert "You sent more files within an hour" in answer.text
        assert [one["file_name"] for one in client.get("/api/cycles/1/evidence", by=LEAD).json()["evidence"]] == [
            "plan.pdf"
        ]
        assert client.attach(by=LEAD).status_code == 429


def test_the_form_of_a_page_is_counted_by_who_is_signed_in(at_stage: AtStage) -> None:
    house = at(limited(at_stage(Stage.EVIDENCE).house, uploads_an_hour=1))
    with of_team(house, Role.TEAM_LEAD) as browser:
        browser.open("/team/cycles/1/evidence/files")
        action = "/team/cycles/1/evidence/files"
        data = {**browser.page.forms[action], "criteria": "1.01", "title": "Plan"}
        answers = [
            browser.ask("POST", action, data=data, files=[("file", ("a.pdf", PDF))], follow_redirects=False)
            for _ in range(2)
        ]
    assert [one.status_code for one in answers] == [303, 429]
    assert "Wait 60 minutes, then send the rest." in answers[1].text


def test_what_was_sent_an_hour_ago_counts_no_more() -> None:
    sent = Sent(requests=3, size=100)
    for minute in (0, 10, 20):
        sent.begin("a", at=AT + timedelta(minutes=minute))
    with pytest.raises(TooMany) as refused:
        sent.begin("a", at=AT + timedelta(minutes=30))
    assert refused.value.wait == timedelta(minutes=30)
    sent.begin("b", at=AT)
    sent.begin("a", at=AT + timedelta(minutes=60))
    with pytest.raises(TooMany):
        sent.begin("a", at=AT + timedelta(minutes=60))


def test_bytes_count_together_and_the_wait_is_until_they_are_few_enough() -> None:
    sent = Sent(requests=100, size=100)
    sent.add("a", 60, at=AT)
    with pytest.raises(TooMany) as refused:
        sent.add("a", 50, at=AT + timedelta(minutes=5))
    assert refused.value.wait == timedelta(minutes=55)
    sent.begin("a", at=AT + timedelta(minutes=60))
