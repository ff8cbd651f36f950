"""Getting in, as somebody sees it who tries to get in as another: pauses, equal answers, and two at the same moment."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pyotp
import pytest
from sqlmodel import select

from accreditation.actions.accept_invitation import accept_invitation, look_at_link
from accreditation.actions.admitting import Admitted
from accreditation.actions.authenticator import confirm_app, give_up_app, offer_app, offered_app
from accreditation.actions.change_password import ask_reset, change_password
from accreditation.actions.invite_person import invite_person
from accreditation.actions.join_provider import may_join
from accreditation.actions.proving import Proof, prove, proved_still
from accreditation.actions.sign_in import Tried, sign_in
from accreditation.actions.sign_in_identified import Identified, sign_in_identified
from accreditation.actions.trying import check_place, count_failure, count_try
from accreditation.database import observe_statements
from accreditation.errors import Contradiction, Invalid, NotAuthenticated, NotFound, TooMany
from accreditation.ledger.entries import entries
from accreditation.records import credentials, sign_ins
from accreditation.rules.grants import Grant
from accreditation.rules.lockout import OF_ACCOUNT
from accreditation.rules.people import Role
from accreditation.views.people import waiting_letters
from accreditation.wiring import House
from tests.actions.test_two_at_once import at_once
from tests.walking import AT, OFFICE

EMAIL, PASSWORD, NEW = "clerk@example.org", "violet anchor biscuit ramp", "mow the clover twice"

TYPED = Tried(email=EMAIL, password=PASSWORD, code="", address="192.0.2.1")
PROOF = Proof(person_id=1, password=PASSWORD, address="192.0.2.1")


def secret(house: House) -> str:
    """The secret of the newest link that waits in a letter."""
    waiting = waiting_letters(house.database, key=house.key(), site="", principal=OFFICE, at=AT)
    return waiting[-1].text.split("link=")[1].split()[0]


def invite(house: House, email: str = EMAIL) -> str:
    invite_person(
        house.database, key=house.key(), principal=OFFICE, name="A clerk", email=email,
        grants=[Grant(role=Role.COMMITTEE)], at=AT,
    )  # fmt: skip
    return secret(house)


def let_in(house: House) -> None:
    accept_invitation(house.database, secret=invite(house), password=PASSWORD, at=AT)


def with_app(house: House) -> pyotp.TOTP:
    """Somebody who has an authenticator app, of which the code of this moment is used."""
    let_in(house)
    offer_app(house.database, key=house.key(), proof=PROOF, session_secret="s", at=AT)
    app = pyotp.TOTP(offered_app(house.database, key=house.key(), person_id=1, session_secret="s", issuer="us").secret)
    confirm_app(house.database, key=house.key(), person_id=1, code=app.at(AT), session_secret="s", at=AT)
    return app


def refused(kind: type[Exception], do: Callable[[], object]) -> str:
    with pytest.raises(kind) as found:
        do()
    return str(found.value)


def test_who_does_not_exist_costs_what_a_wrong_password_and_a_wrong_code_cost(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_app(house)
    hashes: list[str] = []
    fits = credentials.fits

    def counted(typed: str, kept: str | None) -> bool:
        hashes.append(typed)
        return fits(typed, kept)

    def enter(tried: Tried) -> Admitted:
        return sign_in(house.database, key=house.key(), tried=tried, at=AT)

    monkeypatch.setattr(credentials, "fits", counted)
    costs = {}
    for what, tried in {
        "nobody": replace(TYPED, email="nobody@example.org"),
        "a wrong password": replace(TYPED, password="wrong"),
        "no code": TYPED,
        "a code that was used": replace(TYPED, code="123456"),
    }.items():
        with observe_statements(house.database) as seen:
            said = refused(NotAuthenticated, partial(enter, tried))
        costs[what] = (said, tuple(seen), len(hashes))
        hashes.clear()
    assert len(set(costs.values())) == 1, costs
    assert costs["nobody"][2] == 1


def test_an_address_that_no_database_takes_is_nobodys(any_house: House) -> None:
    nul = replace(TYPED, email="a\0b@example.org")
    refused(NotAuthenticated, lambda: sign_in(any_house.database, key=any_house.key(), tried=nul, at=AT))
    with observe_statements(any_house.database) as seen:
        ask_reset(any_house.database, key=any_house.key(), email=nul.email, address=nul.address, at=AT)
    assert not [one for one in seen if "person_detail" in one]  # SQLite would take it


def test_who_has_an_app_shows_its_code_before_a_provider_lets_them_in_without(house: House) -> None:
    app = with_app(house)
    fresh = app.at(AT + timedelta(seconds=30))

    def join(code: str) -> None:
        may_join(house.database, key=house.key(), proof=replace(PROOF, code=code), at=AT)

    assert "code" in refused(Invalid, lambda: join(""))
    assert "code" in refused(Invalid, lambda: join(app.at(AT)))  # it was used
    join(fresh)
    assert "code" in refused(Invalid, lambda: join(fresh))


def test_who_gives_their_app_up_shows_its_code_and_ends_every_other_session(house: House) -> None:
    app = with_app(house)
    with house.database.bookkeeping() as session:
        for own in ("own", "found"):
            sign_ins.begin(session, secret=own, person_id=1, how="password", at=AT)

    def give_up(code: str | None) -> None:
        proof = replace(PROOF, code=code)
        give_up_app(house.database, key=house.key(), proof=proof, session_secret="own", at=AT)

    for code in (None, "", app.at(AT)):  # none, nothing, and one that was used
        assert "code" in refused(Invalid, partial(give_up, code))
    give_up(app.at(AT + timedelta(seconds=30)))
    with house.database.reading() as session:
        assert entries(session, action="person:give_up_app")[-1].detail["sessions_ended"] == 1
        assert credentials.factor_of(session, 1) is None


def test_of_two_who_follow_a_link_at_once_one_is_let_in(house: House) -> None:
    link = invite(house)

    def accept(own: House) -> Admitted | None:
        return accept_invitation(own.database, secret=link, password=PASSWORD, at=AT)

    said = at_once(house, accept, accept)
    assert sorted(type(one).__name__ for one in said) == ["Admitted", "NotFound"]


def test_of_two_who_use_a_code_at_once_one_is_let_in(house: House) -> None:
    app = with_app(house)
    fresh = replace(TYPED, code=app.at(AT + timedelta(seconds=30)))

    def enter(own: House) -> Admitted:
        return sign_in(own.database, key=own.key(), tried=fresh, at=AT)

    said = at_once(house, enter, enter)
    assert sorted(type(one).__name__ for one in said) == ["Admitted", "NotAuthenticated"]


def test_a_letter_of_before_a_new_password_brings_none(house: House) -> None:
    let_in(house)
    ask_reset(house.database, key=house.key(), email=EMAIL, address="192.0.2.1", at=AT)
    link = secret(house)
    look_at_link(house.database, secret=link, address="192.0.2.1", at=AT)
    change_password(house.database, key=house.key(), proof=PROOF, new=NEW, secret="x", at=AT)
    refused(NotFound, lambda: look_at_link(house.database, secret=link, address="192.0.2.1", at=AT))
    refused(NotFound, lambda: accept_invitation(house.database, secret=link, password="a much other one", at=AT))


def test_a_proof_holds_while_the_password_is_what_it_was(house: House) -> None:
    let_in(house)
    proved = prove(house.database, key=house.key(), proof=PROOF, at=AT)
    change_password(house.database, key=house.key(), proof=PROOF, new=NEW, secret="x", at=AT)
    with (
        pytest.raises(Contradiction, match="changed meanwhile"),
        proved_still(house.database, key=house.key(), proved=proved, at=AT),
    ):
        pass


def test_a_new_password_that_will_not_do_is_no_guess(house: House) -> None:
    let_in(house)
    for _ in range(7):
        refused(
            Invalid,
            lambda: change_password(
                house.database, key=house.key(), proof=PROOF, new="password1234", secret="x", at=AT
            ),
        )
    assert sign_in(house.database, key=house.key(), tried=TYPED, at=AT).person == 1


def test_who_finds_a_browser_signed_in_cannot_set_up_an_app_and_guesses_no_faster(house: House) -> None:
    let_in(house)
    wrong = replace(PROOF, password="wrong")
    for _ in range(5):
        said = refused(
            Invalid, lambda: offer_app(house.database, key=house.key(), proof=wrong, session_secret="s", at=AT)
        )
        assert "present password" in said
    refused(TooMany, lambda: offer_app(house.database, key=house.key(), proof=PROOF, session_secret="s", at=AT))
    refused(TooMany, lambda: sign_in(house.database, key=house.key(), tried=TYPED, at=AT))
    refused(
        NotFound, lambda: offered_app(house.database, key=house.key(), person_id=1, session_secret="s", issuer="us")
    )


def test_whoever_guesses_on_elsewhere_keeps_nobody_out_of_where_they_signed_in_lately(house: House) -> None:
    let_in(house)

    def enter(*, days: float, **changes: str) -> Admitted:
        return sign_in(house.database, key=house.key(), tried=replace(TYPED, **changes), at=AT + timedelta(days=days))

    def fails(address: str) -> None:
        for _ in range(5):
            count_try(
                house.database, key=house.key(), kind="password", account=EMAIL, address=address,
                of_account=OF_ACCOUNT, at=AT + timedelta(days=6.9),
            )  # fmt: skip

    enter(days=0)
    fails("198.51.100.1")
    for elsewhere in ("198.51.100.1", "198.51.100.2"):
        refused(TooMany, partial(enter, days=6.9, address=elsewhere))
    assert enter(days=6.9).person == 1
    fails(TYPED.address)
    refused(TooMany, lambda: enter(days=6.9))
    refused(NotAuthenticated, lambda: enter(days=14, password="wrong"))
    with house.database.reading() as session:
        assert len(session.exec(select(sign_ins.SignInAttempt)).all()) == 1, "what is of no use any more is forgotten"


def test_more_letters_than_are_sent_are_asked_for_in_vain_and_in_silence(house: House) -> None:
    let_in(house)
    links = []
    for _ in range(5):
        ask_reset(house.database, key=house.key(), email=EMAIL, address="192.0.2.1", at=AT)
        links.append(secret(house))
    assert [len(set(links)), links[2:]] == [3, [links[2]] * 3]


def test_links_that_do_not_work_cost_a_pause_where_they_were_tried(house: House) -> None:
    link = invite(house)
    for _ in range(49):
        count_failure(house.database, kind="link", address="192.0.2.1", at=AT)
    refused(NotFound, lambda: look_at_link(house.database, secret="guessed", address="192.0.2.1", at=AT))
    for do in (
        lambda: look_at_link(house.database, secret=link, address="192.0.2.1", at=AT),
        lambda: accept_invitation(house.database, secret=link, password=PASSWORD, address="192.0.2.1", at=AT),
    ):
        assert refused(TooMany, do) == "There were too many tries. Wait 10 seconds, then try again."
    assert look_at_link(house.database, secret=link, address="192.0.2.2", at=AT).email == EMAIL
    later = AT + timedelta(seconds=10)
    assert look_at_link(house.database, secret=link, address="192.0.2.1", at=later).email == EMAIL
    check_place(house.database, kind="provider", address="192.0.2.1", at=AT)  # another way in has its own count


def test_a_stranger_whom_the_provider_knows_is_paused_too(house: House) -> None:
    stranger = Identified(issuer="https://there.example", subject="s-1")

    def enter() -> Admitted:
        return sign_in_identified(
            house.database, key=house.key(), identified=stranger, before="", address="192.0.2.1", at=AT
        )

    for _ in range(5):
        refused(NotAuthenticated, enter)
    assert "Wait 30 seconds" in refused(TooMany, enter)
