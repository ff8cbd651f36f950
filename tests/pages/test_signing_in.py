"""Signing in and out by the pages, as a browser without scripts does."""

import logging
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import datetime, timedelta

import pyotp
import pytest
from sqlalchemy import text

from accreditation.actions.authenticator import forget_app
from accreditation.actions.grant_role import end_grant
from accreditation.commands.engine import Engine, _config
from accreditation.errors import Contradiction
from accreditation.ledger.entries import entries
from accreditation.rules.grants import Grant
from accreditation.rules.people import Role
from accreditation.wiring import House
from api.inputs.devices import device_of
from api.pages.signing import invitation
from tests.pages.browsing import Browser, Page
from tests.pages.conftest import EMAIL, PASSWORD, New, invite, links
from tests.pages.contract import parsed, text_of
from tests.walking import AT, OFFICE, begin

SignedIn = Callable[..., Browser]

WRONG = "This did not work: the e-mail address, the password or the code is not right."


def later(house: House, browser: Browser, by: timedelta) -> None:
    """Let the house of this browser read a clock that is so much later."""
    moment = house.now() + by

    class Later(House):
        def now(self) -> datetime:
            return moment

    browser.app.state.house = Later(**{one.name: getattr(house, one.name) for one in fields(House)})


def sign_in(browser: Browser, *, email: str = EMAIL, password: str = PASSWORD, code: str = "") -> int:
    browser.open("/sign-in?next=/register")
    return browser.send("/sign-in", email=email, password=password, code=code).status


def is_wrong(page: Page, field: str) -> bool:
    """Is something said to be wrong with this field?"""
    return "nhsuk-input--error" in (page.fields[field]["class"] or "")


def key_of(browser: Browser) -> str:
    """The key of an authenticator app, as the page tells it in letters."""
    return browser.page.answer.text.split('<code class="site-key">')[1].split("</code>")[0].replace(" ", "")


def actions(house: House) -> list[str]:
    with house.database.reading() as session:
        return [one.action for one in entries(session, limit=100)]


def test_an_invitation_leads_to_an_account_once(house: House, new: New) -> None:
    link = invite(house)
    browser, other = new(), new()
    assert browser.open(link).headings == ["Choose a password"]
    assert browser.open(link).status == 200  # looking uses nothing up
    assert other.open(link).status == 200
    short, unlike = "This password has 5 characters. Choose", "Type the same password in both fields."
    for typed, wrong in (
        ({"password": "short", "again": "short"}, [short]),
        ({"password": PASSWORD, "again": "other"}, [unlike]),
        ({"password": "short", "again": "other"}, [short, unlike]),
    ):
        page = browser.send("/invitation", **typed)
        said = [one for one in (short, unlike) if one in page.text]
        assert (page.status, page.title[:6], said) == (422, "Error:", wrong)
        assert "short" not in page.answer.text.replace("shortest", "")
    assert browser.send("/invitation", password=PASSWORD, again=PASSWORD).path == "/college"  # where the work is
    assert "You can make your account safer with an authenticator app." in browser.page.text
    assert "College office" in browser.open("/account").text
    assert other.send("/invitation", password=PASSWORD, again=PASSWORD).status == 404
    assert other.open("/account").path == "/sign-in"
    assert actions(house) == ["person:begin", "grant:give", "person:invite", "person:accept", "person:sign_in"]


def test_signing_in_leads_where_one_wanted_and_out_again(house: House, new: New, signed_in: SignedIn) -> None:
    signed_in()
    browser = new()
    assert browser.open("/account").path == "/sign-in"
    assert browser.page.forms["/sign-in"]["wanted"] == "/account"
    assert sign_in(browser, email="Clerk@Example.org ") == 200
    assert browser.page.path == "/register"
    assert browser.open("/account").status == 200
    kept = browser.cookie()
    assert browser.send("/sign-out").path == "/sign-in"
    assert [one.headers.get("clear-site-data") for one in browser.page.answer.history] == ['"cache"']
    assert "You are signed out." in browser.page.text
    browser.keep(kept)
    assert browser.open("/account").path == "/sign-in"
    assert "You signed out. Sign in again." in browser.page.text


@pytest.mark.parametrize("site", ["http://site", "https://site"])
def test_the_cookie_is_for_this_site_alone_and_no_script_sees_it(house: House, new: New, site: str) -> None:
    browser = new(site=site)
    browser.open(invite(house))
    browser.http.follow_redirects = False
    typed = {**browser.page.forms["/invitation"], "password": PASSWORD, "again": PASSWORD}
    answer = browser.ask("POST", "/invitation", data=typed)
    flags = [one.split("; ", 1) for one in answer.headers.get_list("set-cookie")]
    name, rest = flags[0][0].split("=")[0], flags[0][1]
    secure = site.startswith("https")
    assert (name, rest) == (
        ("__Host-session", "HttpOnly; Path=/; SameSite=lax; Secure")
        if secure
        else ("session", "HttpOnly; Path=/; SameSite=lax")
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/college?first=yes")
    told = {answer.headers.get("strict-transport-security")}
    behind = replace(house, settings=house.settings.model_copy(update={"site_url": site}))
    told.add(new(house=behind).ask("GET", "/sign-in").headers.get("strict-transport-security"))
    assert told == {"max-age=31536000" if secure else None}


def test_whatever_is_wrong_reads_the_same(house: House, new: New, signed_in: SignedIn) -> None:
    signed_in()
    invite(house, email="never@example.org")
    told = set()
    for email, password in ((EMAIL, "wrong"), ("nobody@example.org", PASSWORD), ("never@example.org", "wrong")):
        browser = new()
        assert sign_in(browser, email=email, password=password) == 422
        assert browser.page.fields["email"].get("value", "") == email
        told.add(browser.page.answer.text.replace(email, ""))
        assert WRONG in browser.page.text
        assert PASSWORD not in browser.page.answer.text
        assert browser.cookie() == ""
    shapes = {one.split('name="csrf"')[0] for one in told}
    assert len(shapes) == 1
    assert sign_in(browser, email="", password="") == 422
    told_of = [one in browser.page.text for one in ("Type your e-mail address.", "Type your password.", WRONG)]
    assert told_of == [True, True, False]


def test_guessing_is_slowed_down_for_those_who_exist_and_those_who_do_not(
    house: House, new: New, signed_in: SignedIn
) -> None:  # fmt: skip
    signed_in()
    told = {}
    for email in (EMAIL, "nobody@example.org"):
        browser = new()
        told[email] = [sign_in(browser, email=email, password="wrong") for _ in range(5)]
        told[email].append(sign_in(browser, email=email))  # right, but too soon
        assert "Wait 30 seconds, then try again." in browser.page.text
        assert browser.page.answer.headers["retry-after"] == "30"
    assert set(map(tuple, told.values())) == {(422,) * 5 + (429,)}
    browser = new()
    later(house, browser, timedelta(seconds=31))
    assert sign_in(browser) == 200


def test_a_right_password_ends_the_counting(house: House, new: New, signed_in: SignedIn) -> None:
    signed_in()
    browser = new()
    assert [sign_in(browser, password="wrong") for _ in range(4)] == [422] * 4
    assert sign_in(browser) == 200
    assert [sign_in(browser, password="wrong") for _ in range(5)] == [422] * 5


def test_one_address_that_tries_many_accounts_is_slowed_down(house: House, new: New) -> None:
    with house.database.bookkeeping() as session:
        for number in range(50):
            session.execute(
                text("INSERT INTO sign_in_attempt (kind, account, address, succeeded, at) VALUES "
                     "('password', :account, '192.0.2.1', false, :at)"),
                {"account": str(number), "at": str(house.now().replace(tzinfo=None))},
            )  # fmt: skip
    assert sign_in(new()) == 429
    assert sign_in(new(address="192.0.2.2")) == 422


@pytest.mark.parametrize(
    ("after", "why"),
    [(timedelta(minutes=31), "You did nothing here for 30 minutes"), (timedelta(hours=13), "12 hours")],
)
def test_a_session_ends_by_itself_and_says_why(
    house: House, signed_in: SignedIn, after: timedelta, why: str
) -> None:  # fmt: skip
    browser = signed_in()
    later(house, browser, after)
    assert browser.open("/account").path == "/sign-in"
    assert why in browser.page.text


def test_who_looks_at_a_page_stays_signed_in(house: House, signed_in: SignedIn) -> None:
    browser = signed_in()
    for minutes in (25, 50, 75):
        later(house, browser, timedelta(minutes=minutes))
        assert browser.open("/account").path == "/account"


def test_signing_in_again_makes_a_new_secret_and_ends_the_old_one(house: House, new: New, signed_in: SignedIn) -> None:
    browser, thief = signed_in(), new()
    old = browser.cookie()
    thief.keep(old)
    assert thief.open("/account").path == "/account"
    assert sign_in(browser) == 200
    assert browser.cookie() not in ("", old)
    assert thief.open("/account").path == "/sign-in"


def test_a_secret_that_somebody_put_into_the_browser_is_never_taken_over(new: New, signed_in: SignedIn) -> None:
    signed_in()
    browser = new()
    browser.keep("chosen-by-another")
    assert sign_in(browser) == 200
    assert browser.cookie() not in ("", "chosen-by-another")
    browser.keep("chosen-by-another")
    assert browser.open("/account").path == "/sign-in"


def test_a_new_password_ends_every_other_session(house: House, new: New, signed_in: SignedIn) -> None:
    browser, other = signed_in(), new()
    assert sign_in(other) == 200
    browser.open("/account")
    wrong = browser.send("/account/password", old="wrong", new="mow the clover twice", again="mow the clover twice")
    assert (wrong.status, "This is not your present password." in wrong.text) == (422, True)
    assert is_wrong(wrong, "old")
    assert (
        browser.send("/account/password", old=PASSWORD, new="mow the clover twice", again="mow the clover twice").status
        == 200
    )
    assert browser.open("/account").path == "/account"
    assert other.open("/account").path == "/sign-in"
    assert "The password was changed" in other.page.text
    assert sign_in(new()) == 422
    assert sign_in(new(), password="mow the clover twice") == 200


def test_signing_out_everywhere(house: House, new: New, signed_in: SignedIn) -> None:
    browser, other = signed_in(), new()
    other.http.headers["User-Agent"] = "Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/130.0 Safari/537.36 Edg/130.0"
    assert sign_in(other) == 200
    shown = browser.open("/account").text
    assert [
        shown.count(f"{which}: signed in on ") for which in ("This browser", "Another browser, Edge on Windows")
    ] == [1, 1]
    assert browser.send("/account/everywhere").path == "/sign-in"
    assert "You are signed out of every browser." in browser.page.text
    assert other.open("/account").path == "/sign-in"


def test_a_browser_is_called_as_its_owner_would_call_it() -> None:
    said = {
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) CriOS/130.0 Safari/604.1": "Chrome on iPhone",
        "Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile Safari/537.36": "Chrome on Android",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/18.0 Safari/605.1.15": "Safari on Mac",
        "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0": "Firefox on Linux",
        "curl/8.5.0": "",
    }
    assert {one: device_of(one) for one in said} == said


def test_a_forgotten_password(house: House, new: New, signed_in: SignedIn) -> None:
    signed_in()
    browser = new()
    shown = set()
    for email in (EMAIL, "nobody@example.org"):
        browser.open("/forgotten")
        shown.add(browser.send("/forgotten", email=email).answer.text.replace(email, ""))
    assert len(shown) == 1
    assert browser.page.headings[0] == "Ask the college office for your link"  # as no letter goes out
    first = links(house)
    assert len(first) == 1
    browser.open("/forgotten")
    browser.send("/forgotten", email=EMAIL)
    assert len(links(house)) == 1  # the newest alone works
    assert browser.open(first[0]).status == 404
    browser.open(links(house)[0])
    assert browser.send("/invitation", password="mow the clover twice", again="mow the clover twice").path == "/college"
    assert sign_in(new(), password="mow the clover twice") == 200


def test_a_link_expires(house: House, new: New) -> None:
    link, browser = invite(house), new()
    later(house, browser, timedelta(days=14))
    assert browser.open(link).status == 404


def test_an_authenticator_app(house: House, new: New, signed_in: SignedIn) -> None:
    browser, elsewhere = signed_in(), new()
    assert sign_in(elsewhere) == 200
    keys = []
    for _ in range(2):  # whoever saw a key that was never used has no use of it
        browser.open("/account")
        browser.send("/account/authenticator", password=PASSWORD)
        keys.append(key_of(browser))
        assert elsewhere.open("/account/authenticator").status == 404  # it is shown to the browser that asked for it
    assert keys[0] != keys[1]
    now = pyotp.TOTP(keys[1])
    assert browser.send("/account/authenticator/confirmation", code="000000").status == 422
    used = now.at(house.now())
    assert browser.send("/account/authenticator/confirmation", code=used).path == "/account"
    assert "the code of an app" in browser.page.text
    assert "You set up an authenticator app, which ended every other session." in elsewhere.open("/account").text
    assert browser.open("/account/authenticator").status == 404  # it is shown no more
    browser.open("/account")
    assert sign_in(new()) == 422
    assert sign_in(new(), code=used) == 422
    other, fresh = new(), now.at(house.now() + timedelta(seconds=30))
    assert sign_in(other, code=fresh) == 200
    assert sign_in(new(), code=fresh) == 422
    browser.open("/account")
    assert browser.send("/account/authenticator/end", password="wrong", code="").status == 422
    assert browser.send("/account/authenticator/end", password=PASSWORD, code=fresh).status == 422  # it was used
    assert is_wrong(browser.page, "code")
    browser.open("/account")
    assert browser.page.path == "/account"


def test_a_letter_alone_lets_nobody_past_an_authenticator_app(house: House, new: New, signed_in: SignedIn) -> None:
    browser, fresh = signed_in(), new()
    browser.open("/account")
    browser.send("/account/authenticator", password=PASSWORD)
    app = pyotp.TOTP(key_of(browser))
    browser.send("/account/authenticator/confirmation", code=app.at(house.now()))
    fresh.open("/forgotten")
    fresh.send("/forgotten", email=EMAIL)
    fresh.open(links(house)[0])
    page = fresh.send("/invitation", password="mow the clover twice", again="mow the clover twice")
    assert (page.path, "Your new password is set." in page.text) == ("/sign-in", True)
    assert fresh.open("/account").path == browser.open("/account").path == "/sign-in"
    assert sign_in(new(), password="mow the clover twice") == 422
    assert sign_in(new(), password="mow the clover twice", code=app.at(house.now() + timedelta(seconds=30))) == 200


def test_the_office_takes_a_lost_app_off_once(house: House, new: New, signed_in: SignedIn) -> None:
    browser = signed_in()
    browser.open("/account")
    browser.send("/account/authenticator", password=PASSWORD)
    app = pyotp.TOTP(key_of(browser))
    browser.send("/account/authenticator/confirmation", code=app.at(house.now()))
    taken_off = [
        forget_app(house.database, principal=OFFICE, person_id=1, reason="The telephone is lost.", at=house.now())
        for _ in range(2)
    ]
    assert (taken_off, actions(house)[-1]) == ([True, False], "person:forget_app")
    assert "took your authenticator app off" in browser.open("/account").text
    assert sign_in(new()) == 200


def test_a_form_of_another_page_is_refused(house: House, new: New, signed_in: SignedIn) -> None:
    browser, other = signed_in(), signed_in(email="other@example.org")
    browser.open("/account")
    other.open("/account")
    token = browser.page.forms["/account/everywhere"]["csrf"]
    refused = [
        browser.ask("POST", "/account/everywhere"),
        browser.ask("POST", "/account/everywhere", data={"csrf": "x"}),
        browser.ask("POST", "/account/everywhere", data={"csrf": "é"}),
        browser.ask("POST", "/account/everywhere", data={"csrf": other.page.forms["/account/everywhere"]["csrf"]}),
        browser.ask("POST", "/account/everywhere", data={"csrf": token}, headers={"Sec-Fetch-Site": "cross-site"}),
        browser.ask("POST", "/account/everywhere", data={"csrf": token}, headers={"Sec-Fetch-Site": "same-site"}),
        browser.ask("POST", "/account/everywhere", data={"csrf": token}, headers={"Origin": "https://evil.example"}),
        browser.ask("POST", "/account/everywhere", data={"csrf": token}, headers={"Origin": "http://["}),
    ]
    assert [one.status_code for one in refused] == [403] * 8
    assert "This form is not from a page that you were shown now" in refused[0].text
    assert browser.open("/account").path == "/account"
    sent = {"csrf": token}
    assert (
        browser.ask("POST", "/account/everywhere", data=sent, headers={"Origin": "http://site"}).url.path == "/sign-in"
    )


def test_a_form_to_sign_in_is_bound_to_the_browser_that_it_was_shown_to(new: New, signed_in: SignedIn) -> None:
    signed_in()
    browser, thief = new(), new()
    thief.open("/sign-in")
    browser.open("/sign-in")
    sent = {**thief.page.forms["/sign-in"], "email": EMAIL, "password": PASSWORD}
    assert browser.ask("POST", "/sign-in", data=sent).status_code == 403
    assert browser.cookie() == ""


def test_the_api_takes_no_notice_of_who_is_signed_in(signed_in: SignedIn) -> None:
    browser = signed_in()
    assert [browser.ask("GET", path).status_code for path in ("/api/cycles", "/api/jobs", "/api/register")] == [
        401,
        401,
        200,
    ]
    assert browser.ask("POST", "/api/tokens", json={"name": "x", "role": "office"}).status_code == 401


def test_a_token_opens_no_page(new: New) -> None:
    browser = new()
    assert browser.ask("GET", "/account", headers={"Authorization": "Bearer x"}).url.path == "/sign-in"


@pytest.mark.parametrize("wanted", ["https://evil.example", "//evil.example", "/\\evil.example", "/%0d%0aSet-Cookie:x"])
def test_nobody_is_sent_to_another_site(new: New, signed_in: SignedIn, wanted: str) -> None:
    signed_in()
    browser = new()
    browser.open("/sign-in")
    browser.http.follow_redirects = False
    sent = {**browser.page.forms["/sign-in"], "email": EMAIL, "password": PASSWORD, "wanted": wanted}
    answer = browser.ask("POST", "/sign-in", data=sent)
    assert answer.headers["location"] in ("/college", "/%0d%0aSet-Cookie:x")


def test_the_records_hold_no_secret(house: House, signed_in: SignedIn) -> None:
    link = invite(house, email="second@example.org")
    browser = signed_in()
    browser.open("/account")
    browser.send("/account/authenticator", password=PASSWORD)
    content = (house.settings.data / "records.sqlite").read_bytes()
    content += b"".join(file.read_bytes() for file in house.settings.data.glob("records.sqlite-*"))
    for hidden in (link.split("=")[1], browser.cookie(), key_of(browser), PASSWORD):
        assert hidden.encode() not in content
    assert EMAIL.encode() in content


def test_no_log_has_the_secret_of_a_link(
    house: House, new: New, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    link, browser = invite(house), new()
    browser.open(link)
    browser.send("/invitation", password="short", again="short")
    monkeypatch.setattr(invitation, "look_at_link", None)  # whatever fails
    assert browser.ask("GET", link).status_code == 500
    ours = [one for one in caplog.records if one.name != "httpx"]  # the browser itself
    told = "".join(one.getMessage() + (one.exc_text or "") for one in ours)
    assert ("unexpected failure" in told, link.split("=")[1] in told) == (True, False)
    assert not _config(Engine(house)).access_log  # a server that logs addresses would log it


def test_people_and_roles_are_for_the_office(house: House, new: New, signed_in: SignedIn) -> None:
    office = signed_in()
    committee = signed_in(Grant(role=Role.COMMITTEE), email="committee@example.org")
    assert "This role cannot be taken back now" in office.open("/college/grants/1/end").text
    paths = ["/college/people", "/college/people/new", "/college/grants/1/end", "/college/grants/99/end"]
    assert [office.open(one).status for one in paths] == [200, 200, 200, 404]
    assert "ask whoever looks after the engine" in office.page.text
    assert [committee.open(one).status for one in paths] == [403, 403, 403, 403]
    office.open("/college/people/new")
    office.send("/college/people/new", name="A second clerk", email="second@example.org", role="office")
    assert (office.page.path, "A second clerk is invited" in office.page.text) == ("/college/people", True)
    assert "accredit letters" in office.page.text  # no mail server is set
    second = new()
    second.open(links(house)[-1])
    second.send("/invitation", password=PASSWORD, again=PASSWORD)
    assert second.open("/college/people").status == 200
    assert "This is your own role" in second.open("/college/grants/3/end").text
    office.open("/college/grants/3/end")
    assert (office.send("/college/grants/3/end").status, is_wrong(office.page, "reason")) == (422, True)
    assert office.send("/college/grants/3/end", reason="She left.").status == 200
    assert second.open("/college/people").status == 404  # at once, with the session that she has
    assert "You have no role here now." in second.open("/account").text
    assert office.open("/college/grants/3/end").status == 404
    committee.open("/account")
    sent = committee.page.forms["/sign-out"]
    assert committee.ask("POST", "/college/people/new", data=sent).status_code == 403


def test_whom_a_role_is_for_is_found_by_its_name_and_chosen(house: House, signed_in: SignedIn) -> None:
    begin(house)
    office, form = signed_in(), "/college/people/new"
    someone = {"name": "A lead", "email": "lead@example.org"}
    lead = {"role": "team_lead", "bound": "team"}
    listed = ["North, North Trust", "South, South Trust", "Far, Far Trust"]
    office.open(form)
    for said, typed in (
        (["Choose what the person is to be."], {"role": "engine"}),
        (
            ["What for: not what the role “Team lead” can be for. What is needed: one team or every team of an "
             "organisation."],
            {"role": "team_lead"},
        ),
        (
            ["What for: not what the role “Committee” can be for. What is needed: the whole college, one scheme or one "
             "round."],
            {"role": "committee", "bound": "team", "which": "north"},
        ),
        (
            ["What for: the whole college, but a name is typed below. What is needed: choose what that is the name of, "
             "or leave the name empty."],
            {"role": "office", "which": "small"},
        ),
        (["Choose one of the list."], lead),
        (["Choose one of the list."], {**lead, "chosen": "team:9"}),
        (["Choose one of the list."], {**lead, "chosen": "organisation:1"}),
        (
            ["Which one: 3 have that in their name. What is needed: choose one of the list."],
            {**lead, "which": "trust"},
        ),
        *(
            (
                [f"Nothing has “{name}” in its name. Look at the spelling, or write a part of the name only."],
                {**lead, "which": name, **find},
            )
            for name, find in (("2", {}), ("west", {"find": "yes"}))
        ),
        (
            ["Type one e-mail address, like name@example.org.", "Choose what the person is to be.",
             "Choose one of the list."],
            {"email": "no address", "bound": "team"},
        ),
    ):  # fmt: skip
        page = office.send(form, **{**someone, **typed})
        summary = parsed(page.answer.text).select(".nhsuk-error-summary li a")
        assert (page.status, [text_of(one) for one in summary], page.fields["name"]["value"]) == (422, said, "A lead")
    page = office.send(form, **{**someone, **lead, "which": "trust", "find": "yes"})
    radios = parsed(page.answer.text).select(".nhsuk-radios__label")
    assert (page.status, [text_of(one) for one in radios]) == (200, listed)
    page = office.open(f"{form}?role=team_lead&bound=team&which=north")
    assert ("checked" in page.fields["chosen"], page.fields["chosen"]["value"]) == (True, "team:1")
    for typed, told in (
        ({**lead, "which": " north,  north TRUST"}, "Team lead, North, North Trust"),
        ({**lead, "which": "trust", "chosen": "team:2"}, "Team lead, South, South Trust"),
        ({"role": "team_member", "bound": "organisation", "which": "south"}, "Team member, every team of South Trust"),
        ({"role": "reviewer", "bound": "reviewer", "chosen": "reviewer:1"}, "Reviewer, Lead 1"),
        ({"role": "office", "bound": "round", "which": "spring"}, "College office, round spring of A small scheme"),
        ({"role": "committee", "bound": "scheme", "chosen": "scheme:small"}, "Committee, scheme A small scheme"),
    ):
        office.open(form)
        office.send(form, **someone, **typed)
        if typed["role"] in ("office", "committee"):  # they are of a team, and it is told first what that means then
            office.send(form, **someone, **typed, sure="yes")
        assert (office.page.path, told in office.page.text) == ("/college/people", True)
    office.open(form)
    assert "had the role already, and has not signed in yet." in office.send(form, **someone, **typed).text
    page = office.open(f"{form}?role=team_lead&bound=team&which=trust&chosen=team:2")  # two have it in their name
    [chosen] = parsed(page.answer.text).select("input[name=chosen][checked]")
    assert chosen.attrs["value"] == "team:2"


def test_the_top_of_every_page_says_who_is_signed_in(new: New, signed_in: SignedIn) -> None:
    browser, stranger = signed_in(), new()
    for path in ("/register", "/cy/register", "/account", "/college/people", "/college/people/99", "/register/99"):
        browser.open(path)
        known = [*parsed(browser.page.answer.text).select("header nav")]
        named = (
            [] if path == "/college/people/99" else ["Pob cylch A clerk" if "/cy/" in path else "All cycles A clerk"]
        )
        assert [text_of(one).split(" – ")[0] for one in known] == named
    browser.open("/cy/register")
    assert browser.send("/sign-out").path == "/sign-in"
    told = [text_of(one) for one in parsed(stranger.open("/cy/register").answer.text).select("header nav")]
    assert told == ["Mewngofnodi"]


def test_the_last_office_stays_and_whoever_takes_back_their_own_role_reads_so_on_their_account(
    house: House, signed_in: SignedIn
) -> None:
    first = signed_in()
    invite(house, email="unseen@example.org")  # who never chooses a password lets nobody in
    with pytest.raises(Contradiction, match="Invite somebody else to the college office first"):
        end_grant(house.database, principal=OFFICE, grant_id=1, reason="I leave.", at=AT)
    signed_in(email="second@example.org")
    first.open("/college/grants/1/end")
    assert first.send("/college/grants/1/end", reason="I leave.").path == "/account"
    assert "You have no role here now." in first.page.text
    with pytest.raises(Contradiction):
        end_grant(house.database, principal=OFFICE, grant_id=3, reason="I leave.", at=AT)
    end_grant(house.database, principal=OFFICE, grant_id=3, reason="I leave.", at=AT, even_last=True)
