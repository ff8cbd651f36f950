"""Letters: who is invited by whom, what they are written, and a mail server that takes it, refuses it or is away."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from accreditation.actions.accept_invitation import accept_invitation
from accreditation.actions.grant_role import end_grant, grant_role
from accreditation.actions.invite_person import Invited, invite_person
from accreditation.actions.remind import remind, send_reminder
from accreditation.actions.send_letter import send_letter
from accreditation.errors import Contradiction, Invalid, NotFound, NotPermitted, Unavailable
from accreditation.ledger.entries import entries
from accreditation.post import open_post
from accreditation.records import jobs, people
from accreditation.records.credentials import set_password
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Grant
from accreditation.rules.letters import LetterKind, Words
from accreditation.rules.people import Role
from accreditation.views.people import everybody, waiting_letters
from accreditation.wiring import House, Settings, open_house
from tests.actions.conftest import AtStage
from tests.walking import (
    AT,
    CYCLE,
    LAYS,
    LEAD,
    LEADS,
    MEMBER,
    NORTH,
    OFFICE,
    SOUTH,
    STEPS,
    begin,
    nothing_kept,
    team_of,
)

MEMBER_OF_NORTH = Grant(role=Role.TEAM_MEMBER, team=NORTH)

EMAIL = "nurse@example.org"


class Inbox:
    """What a mail server was handed; it refuses while it is told to."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.to: list[str] = []
        self.refuses = False

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:  # noqa: N802  (its name)
        if self.refuses:
            return "451 later"
        found = message_from_bytes(envelope.original_content, policy=policy.default)  # type: ignore[attr-defined]
        assert isinstance(found, EmailMessage)
        self.letters.append(found)
        self.to += envelope.rcpt_tos  # type: ignore[attr-defined]
        return "250 taken"


class AnyPort(Controller):
    """A mail server on any free port; its maker looks for it on the port that was asked for, which is 0."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # it brings types for its users, not for this


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, str]]:
    """A mail server on loopback and its address."""
    taken = Inbox()
    server = AnyPort(taken, hostname="127.0.0.1", port=0)
    server.start()
    yield taken, f"smtp://127.0.0.1:{server.port}"
    server.stop()


def invite(house: House, *, by: object = OFFICE, email: str = EMAIL, grant: Grant = MEMBER_OF_NORTH) -> Invited:
    return invite_person(
        house.database, key=house.key(), principal=by, name="A nurse", email=email, grants=[grant], at=AT  # type: ignore[arg-type]
    )  # fmt: skip


def send(house: House, post: Callable[[Words], None] | None) -> list[bool]:
    """Carry out every job of a letter that is not done; says of each whether it went out now."""
    with house.database.reading() as session:
        due = jobs.waiting(session)
    return [
        send_letter(house.database, key=house.key(), site="https://site.example", post=post, job_id=one.id or 0, at=AT)
        for one in due
        if one.kind == jobs.Kind.LETTERS and one.done_at is None
    ]


def waiting(house: House) -> list[str]:
    found = waiting_letters(house.database, key=house.key(), site="", principal=OFFICE, at=AT)
    return [one.to for one in found]


def test_a_letter_goes_out_once_and_brings_a_link_that_works(house: House, inbox: tuple[Inbox, str]) -> None:
    taken, address = inbox
    post = open_post(address, password="", sender="office@example.org")
    invite(house, grant=Grant(role=Role.COMMITTEE))
    assert waiting(house) == [EMAIL]
    assert (send(house, post), send(house, post)) == ([True], [])
    letter = taken.letters[0]
    assert (letter["To"], letter["From"]) == (EMAIL, "office@example.org")
    assert letter["Subject"] == "Your invitation to the accreditation site"
    link = next(line for line in letter.get_content().splitlines() if line.startswith("https://site.example/"))
    secret = link.split("link=")[1]
    admitted = accept_invitation(house.database, secret=secret, password="mow the clover twice", at=AT)
    assert admitted is not None
    assert admitted.person == 1
    with house.database.reading() as session:
        told = "".join(str(one) for one in entries(session))
    assert EMAIL not in told
    assert secret not in told
    assert (len(taken.letters), waiting(house)) == (1, [])


def test_a_server_that_refuses_or_is_away_loses_no_letter(house: House, inbox: tuple[Inbox, str]) -> None:
    taken, address = inbox
    post = open_post(address, password="", sender="office@example.org")
    invite(house, grant=Grant(role=Role.COMMITTEE))
    taken.refuses = True
    with nothing_kept(house), pytest.raises(Unavailable, match="did not take a letter") as refused:
        send(house, post)
    assert EMAIL not in str(refused.value)
    away = open_post("smtp://127.0.0.1:1", password="", sender="office@example.org")
    with nothing_kept(house), pytest.raises(Unavailable):
        send(house, away)
    taken.refuses = False
    assert send(house, post) == [True]


def test_a_letter_goes_to_the_address_as_it_stands_and_not_to_how_a_header_reads_it(inbox: tuple[Inbox, str]) -> None:
    taken, address = inbox
    post = open_post(address, password="", sender="office@example.org")
    assert post is not None
    for to in (EMAIL, "boss:eve@example.org"):
        post(Words(to=to, subject="Your invitation", text="Follow the link."))
    assert taken.to == [EMAIL, '"boss:eve"@example.org']


def test_without_a_server_the_office_reads_the_letter(house: House) -> None:
    invite(house, grant=Grant(role=Role.COMMITTEE))
    assert send(house, None) == [False]
    assert waiting(house) == [EMAIL]


@pytest.mark.parametrize(
    ("where", "sender", "wrong"),
    [
        ("http://mail.example", "a@example.org", "ACCREDIT_SMTP"),
        ("smtp://user@mail.example", "a@example.org", "a user over smtp://"),
        ("smtps://user:secret@mail.example", "a@example.org", "ACCREDIT_SMTP"),
        ("smtp://mail.example:99999", "a@example.org", "ACCREDIT_SMTP"),
        ("smtps://mail.example", "", "ACCREDIT_SMTP_FROM"),
        ("smtps://mail.example", "a@example.org\nBcc: b@example.org", "ACCREDIT_SMTP_FROM"),
    ],
)
def test_what_is_no_mail_server_is_said_at_the_start(where: str, sender: str, wrong: str) -> None:
    with pytest.raises(Invalid, match=wrong) as refused:
        open_post(where, password="", sender=sender)
    assert "secret" not in str(refused.value)


def test_inviting_again_changes_nothing_and_a_further_role_needs_no_letter(at_stage: AtStage) -> None:
    house = at_stage(Stage.SELF_ASSESSMENT)
    first = invite(house)
    with nothing_kept(house):
        assert invite(house, email="Nurse@Example.org") == Invited(
            person=1, new=False, grants=first.grants, letter=None
        )
    further = Grant(role=Role.REVIEWER, reviewer=1)
    assert invite(house, grant=further) == Invited(person=1, new=True, grants=(first.grants[0] + 1,), letter=None)
    with house.database.reading() as session:
        held = people.grants_of(session, [first.person])[first.person]
    assert [(one.id, one.words) for one in held] == [
        (1, "Team member, team 1"),
        (2, "Reviewer, reviewer 1"),
    ]


def test_a_lead_lets_colleagues_into_the_own_team_alone(at_stage: AtStage) -> None:
    house = at_stage(Stage.SELF_ASSESSMENT)
    assert invite(house, by=LEAD).letter == 1
    for grant, refusal in (
        (Grant(role=Role.TEAM_MEMBER, team=SOUTH), NotFound),
        (Grant(role=Role.TEAM_MEMBER, team=999), NotFound),
        (Grant(role=Role.OFFICE), NotPermitted),
        (Grant(role=Role.TEAM_LEAD, organisation=1), NotPermitted),
    ):
        with nothing_kept(house), pytest.raises(refusal):
            invite(house, by=LEAD, grant=grant)
    with nothing_kept(house), pytest.raises(NotPermitted):
        invite(house, by=MEMBER)


@pytest.mark.parametrize(
    "email",
    [
        "",
        "nurse",
        "a@b@c",
        "a b@example.org",
        "a@example.org\nBcc: x@example.org",
        "a@",
        "@b",
        "x" * 250 + "@b.org",
        "a\0b@example.org",
        "a\N{ZERO WIDTH SPACE}b@example.org",
        "boss:eve@example.org",
        "=?utf-8?q?eve?=@example.org",
        "a@x..org",
        "a..b@example.org",
    ],
)
def test_what_is_no_address_is_refused(house: House, email: str) -> None:
    with nothing_kept(house), pytest.raises(Invalid, match="e-mail address"):
        invite(house, email=email, grant=Grant(role=Role.OFFICE))


@pytest.mark.parametrize(
    "email", ["o'brien.a+b=c?@a-b.example.org", "n\N{LATIN SMALL LETTER E WITH ACUTE}e@example.org"]
)
def test_an_address_that_is_read_as_it_is_shown_is_taken(house: House, email: str) -> None:
    assert invite(house, email=email, grant=Grant(role=Role.OFFICE)).letter == 1


@pytest.mark.parametrize(
    "grant",
    [
        Grant(role=Role.TEAM_LEAD, team=999),
        Grant(role=Role.TEAM_LEAD, organisation=999),
        Grant(role=Role.REVIEWER, reviewer=999),
        Grant(role=Role.OFFICE, round=999),
    ],
)
def test_nobody_is_given_what_is_not_there(house: House, grant: Grant) -> None:
    with nothing_kept(house), pytest.raises(NotFound):
        invite(house, grant=grant)
    with nothing_kept(house), pytest.raises(Invalid, match="scheme"):
        invite(house, grant=Grant(role=Role.OFFICE, scheme="none"))


def test_a_role_is_given_once_and_taken_back_once(house: House) -> None:
    person = invite(house, grant=Grant(role=Role.OFFICE)).person
    given = [
        grant_role(house.database, principal=OFFICE, person_id=person, grant=Grant(role=Role.COMMITTEE), at=AT)
        for _ in range(2)
    ]
    assert given == [2, 2]
    for _ in range(2):
        end_grant(house.database, principal=OFFICE, grant_id=2, reason="She left.", at=AT)
    with nothing_kept(house), pytest.raises(Contradiction):
        end_grant(house.database, principal=OFFICE, grant_id=2, reason="Another.", at=AT)
    with house.database.reading() as session:
        told = [(one.action, one.detail.get("role")) for one in entries(session)]
    assert told == [
        ("person:begin", None), ("grant:give", "office"), ("person:invite", None), ("grant:give", "committee"),
        ("grant:end", "committee"),
    ]  # fmt: skip
    shown = everybody(house.database, principal=OFFICE, after=0, limit=10)
    assert [(one.name, one.email, one.can_sign_in, [grant.words for grant in one.grants]) for one in shown] == [
        ("A nurse", EMAIL, False, ["College office"])
    ]


def test_a_new_letter_takes_the_place_of_one_that_expired(house: House) -> None:
    invite(house, grant=Grant(role=Role.OFFICE))
    later = AT.replace(month=6)
    again = invite_person(
        house.database, key=house.key(), principal=OFFICE, name="A nurse", email=EMAIL,
        grants=[Grant(role=Role.OFFICE)], at=later,
    )  # fmt: skip
    assert again == Invited(person=1, new=False, grants=(1,), letter=2)


def test_the_key_is_made_once_for_its_owner_alone_and_can_lie_elsewhere(tmp_path: Path, house: House) -> None:
    assert house.key() == house.key() == (house.settings.data / "key").read_bytes()
    assert (house.settings.data / "key").stat().st_mode & 0o777 == 0o600
    short = tmp_path / "short"
    short.write_bytes(b"x" * 31)
    other = open_house(Settings(data=tmp_path / "other", key_file=short))
    with pytest.raises(Unavailable, match="31 bytes"):
        other.key()
    short.write_bytes(b"x" * 32)
    assert other.key() == b"x" * 32
    other.close()


def test_a_letter_of_each_kind_can_be_written() -> None:
    from accreditation.rules.letters import words_of

    told = [words_of(kind, to=EMAIL, name="A nurse", link="https://x", expires_at=AT).text for kind in LetterKind]
    assert [("https://x" in one, "1 April 2026" in one) for one in told] == [(True, True)] * len(LetterKind)


def with_password(house: House, grant: Grant, email: str) -> int:
    """Somebody who is this and can sign in."""
    invited = invite(house, grant=grant, email=email).person
    with house.database.bookkeeping() as session:
        set_password(session, person_id=invited, hashed="as Argon2 makes it", at=AT)
    return invited


def post_reminders(house: House, post: Callable[[Words], None]) -> list[bool]:
    with house.database.reading() as session:
        due = [one.id or 0 for one in jobs.waiting(session) if one.kind == jobs.Kind.REMINDERS and one.done_at is None]
    return [send_reminder(house.database, site="https://site.example", post=post, job_id=one, at=AT) for one in due]


WHERE = ("evidence", "assignment", "review", "consensus", "recommendation", "decision")
"""Stages in which somebody is reminded, or nobody."""


def test_whoevers_turn_it_is_is_reminded_in_each_stage_once_a_day(house: House) -> None:
    begin(house)
    invite(house, grant=Grant(role=Role.TEAM_LEAD, team=NORTH), email="unseen@example.org")  # who cannot sign in
    team = with_password(house, Grant(role=Role.TEAM_LEAD, organisation=1), "lead@example.org")
    close = with_password(house, Grant(role=Role.COMMITTEE), "close@example.org")
    with_password(house, Grant(role=Role.TEAM_MEMBER, team=NORTH), "close@example.org")
    member = with_password(house, Grant(role=Role.COMMITTEE), "member@example.org")
    called: dict[int, object] = {team: "the lead", close: "who is of it", member: "the committee"} | {
        with_password(house, Grant(role=Role.REVIEWER, reviewer=number), f"{number}@example.org"): number
        for number in (*LEADS, *LAYS)
    }

    def reminded(at: datetime) -> set[object]:
        try:
            whom = remind(house.database, principal=OFFICE, cycle_id=CYCLE, mail=True, at=at)
        except Contradiction:
            return set()
        return {called[one] for one in whom}

    found, day = {Stage.SELF_ASSESSMENT: reminded(AT)}, 0
    for day, stage in enumerate([one for one in STEPS if one.value in WHERE], start=1):
        STEPS[stage](house)
        found[stage] = reminded(AT + timedelta(days=day))
    seats = team_of(house)
    assert found == {
        Stage.SELF_ASSESSMENT: {"the lead"}, Stage.EVIDENCE: {"the lead"}, Stage.ASSIGNMENT: set(),
        Stage.REVIEW: {*seats.values()}, Stage.CONSENSUS: {seats["lead"]}, Stage.RECOMMENDATION: set(),
        Stage.DECISION: {"the committee"},
    }  # fmt: skip
    with nothing_kept(house), pytest.raises(Contradiction, match="Each is reminded once a day at most"):
        remind(house.database, principal=OFFICE, cycle_id=CYCLE, mail=True, at=AT + timedelta(days=day, hours=23))
    with nothing_kept(house), pytest.raises(Contradiction, match="No mail server is set"):
        remind(house.database, principal=OFFICE, cycle_id=CYCLE, mail=False, at=AT + timedelta(days=99))
    told: list[Words] = []
    sent = post_reminders(house, told.append)
    assert (sent, post_reminders(house, told.append)) == ([True] * 6, [])
    assert (told[0].to, told[0].subject) == (
        "lead@example.org", "It is your turn: North, North Trust (A small scheme, spring)"
    )  # fmt: skip
    assert "https://site.example/team" in told[0].text
    assert "https://site.example/college/decisions" in told[-1].text
