"""Signing in with an identity provider: a real one on loopback, and what comes of every lie that could be told."""

import threading
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pyotp
import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import RSAKey
from pydantic import SecretStr
from werkzeug.serving import make_server

from accreditation.errors import Invalid, NotAuthenticated, Unavailable
from accreditation.rules.grants import Grant
from accreditation.rules.people import Role
from accreditation.wiring import House, _read_oidc
from api.attempts import Attempt
from tests.pages.browsing import Browser, Page
from tests.pages.conftest import EMAIL, PASSWORD, New, invite, links
from tests.pages.test_signing_in import actions, is_wrong, key_of, later
from tests.pages.test_signing_in import sign_in as sign_in_locally

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it says that it will move to another library one day
    import oidc_provider_mock
    from authlib.jose import RSAKey as MocksKey

pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")  # the provider's own

CLIENT, SECRET = "the-college-s-site", "known to both"

THERE = httpx.Client(trust_env=False, verify=False)


@dataclass
class There:
    """The provider, and what it was asked."""

    issuer: str
    storage: Any = None
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def changes_its_key(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.storage.jwk = MocksKey.generate_key(is_private=True)

    def knows(self, who: str, **claims: object) -> None:
        THERE.put(f"{self.issuer}/users/{who}", json={"sub": who, **claims}).raise_for_status()

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@pytest.fixture(scope="module")
def running() -> Iterator[There]:
    """One provider for all of these tests."""
    app = oidc_provider_mock.app(require_nonce=True)
    there = There(issuer="")

    def look() -> None:
        import flask

        there.storage = flask.g.oidc_provider_mock_storage
        there.asked.append((flask.request.path, {**flask.request.values.to_dict(), **flask.request.headers}))

    app.before_request(look)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=lambda: server.serve_forever(0.01))
    thread.start()
    there.issuer = f"http://127.0.0.1:{server.server_port}"
    yield there
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def there(running: There, monkeypatch: pytest.MonkeyPatch) -> There:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    running.asked.clear()
    running.knows("nurse-7", email=EMAIL, email_verified=True)
    return running


@pytest.fixture
def known(house: House, there: There) -> House:
    """A house that knows the provider."""
    settings = house.settings.model_copy(
        update={
            "oidc_issuer": there.issuer,
            "oidc_client_id": CLIENT,
            "oidc_name": "NHS login",
            "site_url": "http://site",
        }
    )
    return replace(house, settings=settings, oidc_secret=SECRET)


def out(browser: Browser, *, wanted: str = "/register") -> str:
    """Where the browser is sent."""
    browser.http.follow_redirects = False
    answer = browser.ask("GET", f"/sign-in/provider?next={wanted}")
    browser.http.follow_redirects = True
    return answer.headers["location"]


def agreed(where: str, who: str = "nurse-7", **more: str) -> str:
    """Sign in there, as this one; says where it leads back to."""
    answer = THERE.post(where, data={"sub": who, **more})
    assert answer.status_code == 302, answer.text
    return answer.headers["location"]


def come_back(browser: Browser, back: str) -> Page:
    parts = urlsplit(back)
    assert (f"{parts.scheme}://{parts.netloc}", parts.path) == ("http://site", "/sign-in/provider/back")
    return browser.open(f"{parts.path}?{parts.query}")


SignIn = Callable[..., Page]


def sign_in(browser: Browser, who: str = "nurse-7") -> Page:
    return come_back(browser, agreed(out(browser), who))


def test_whoever_was_invited_signs_in_with_the_provider_and_is_known_from_then_on(
    house: House, known: House, there: There, new: New
) -> None:
    link = invite(house)
    browser = new(house=known)
    assert "Sign in with NHS login" in browser.open("/sign-in?next=/register").text
    where = out(browser)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(where).query).items()}
    assert {**asked, "state": "", "nonce": "", "code_challenge": ""} == {
        "response_type": "code", "client_id": CLIENT, "redirect_uri": "http://site/sign-in/provider/back",
        "scope": "openid email profile", "state": "", "nonce": "", "code_challenge": "",
        "code_challenge_method": "S256",
    }  # fmt: skip
    assert come_back(browser, agreed(where)).path == "/register"
    assert browser.open("/account").status == 200
    redeemed = dict(there.asked)["/oauth2/token"]
    assert create_s256_code_challenge(redeemed["code_verifier"]) == asked["code_challenge"]
    assert len({asked["state"], asked["nonce"], redeemed["code_verifier"]}) == 3
    assert redeemed["Authorization"].startswith("Basic ")
    assert actions(house)[-2:] == ["person:identify", "person:sign_in"]
    assert browser.open(link).status == 404  # it was used up

    there.knows("nurse-7", email="married@example.org", email_verified=False)  # issuer and subject alone count now
    again = new(house=known)
    assert sign_in(again).path == "/register"
    assert actions(house)[-1] == "person:sign_in"
    assert "Change your password" not in again.open("/account").text
    assert "To stop it, you need a password here first" in again.page.text
    sent = {**again.page.forms["/sign-out"], "provider_password": ""}
    assert again.ask("POST", "/account/provider/end", data=sent).status_code == 422
    assert sign_in(new(house=known)).path == "/register"  # nobody is left without a way in


@pytest.mark.parametrize(
    "claims",
    [{"email": EMAIL}, {"email": EMAIL, "email_verified": False}, {"email": EMAIL, "email_verified": "true"},
     {"email": "else@example.org", "email_verified": True}, {},
     {"email": "cler\N{KELVIN SIGN}@example.org", "email_verified": True}],
)  # fmt: skip
def test_an_address_that_is_not_verified_is_nobodys(
    house: House, known: House, there: There, new: New, claims: dict[str, object]
) -> None:
    invite(house)
    there.knows("stranger", **claims)
    browser = new(house=known)
    page = sign_in(browser, "stranger")
    assert (page.status, "nobody is known here by that account" in page.text) == (403, True)
    assert browser.cookie() == ""


def test_a_verified_address_needs_an_invitation_too(
    house: House, known: House, new: New, signed_in: Callable[..., Browser]
) -> None:
    signed_in(Grant(role=Role.OFFICE))  # they have a password: whoever has the address now may be somebody else
    browser = new(house=known)
    assert sign_in(browser).status == 403
    browser.open("/forgotten")
    browser.send("/forgotten", email=EMAIL)
    assert len(links(house)) == 1  # whoever asked for it has not read it
    page = sign_in(browser)
    assert (page.status, "join the provider on your account" in page.text, browser.cookie()) == (403, True, "")


def test_who_signs_in_by_the_provider_is_nobody_else_there(house: House, known: House, there: There, new: New) -> None:
    invite(house)
    there.knows("nurse-7", email=EMAIL, email_verified=True)
    there.knows("heir", email=EMAIL, email_verified=True)  # who was given the address that was left
    assert sign_in(new(house=known)).path == "/register"
    browser = new(house=known)
    browser.open("/forgotten")
    browser.send("/forgotten", email=EMAIL)
    assert len(links(house)) == 1  # an invitation, as they have no password
    assert (sign_in(browser, "heir").status, browser.cookie()) == (403, "")


def test_an_app_is_given_up_by_its_code_and_signs_every_other_browser_out(
    house: House, known: House, new: New, signed_in: Callable[..., Browser]
) -> None:
    browser = signed_in()
    browser.open("/account")
    browser.send("/account/authenticator", password=PASSWORD)
    app = pyotp.TOTP(key_of(browser))
    browser.send("/account/authenticator/confirmation", code=app.at(house.now()))
    mail = new(house=known)
    mail.open("/forgotten")
    mail.send("/forgotten", email=EMAIL)
    page = sign_in(mail)
    assert (page.status, mail.cookie()) == (403, "")
    browser.open("/account")
    browser.send("/account/authenticator/end", password=PASSWORD, code=app.at(house.now() + timedelta(seconds=30)))
    assert "From now on your password alone lets you in." in browser.page.text
    assert sign_in_locally(mail) == 200


def to_provider(browser: Browser) -> str:
    """Type the password once more and go there; says where that is."""
    browser.open("/account")
    assert browser.send("/account/provider", provider_password=PASSWORD).path == "/account/provider"
    return browser.ask("GET", "/account/provider/out", follow_redirects=False).headers["location"]


def test_who_has_a_password_joins_the_provider_and_leaves_it(
    house: House, known: House, new: New, signed_in: Callable[..., Browser]
) -> None:
    for email in (EMAIL, "other@example.org"):
        signed_in(email=email)
    browser, thief = new(house=known), new(house=known)
    for one in (browser, thief):
        assert sign_in_locally(one) == 200
    browser.open("/account")
    page = browser.send("/account/provider", provider_password="wrong")
    assert (page.status, is_wrong(page, "provider_password")) == (422, True)
    assert browser.open("/account/provider").status == 403  # without the password there is no way on
    back = agreed(to_provider(browser), "nurse-9")
    thief.http.cookies.set("join", browser.cookie("join"), domain="site.local")
    page = come_back(thief, back)  # signed in as the same person, but not in the browser that began it
    assert (page.status, "not begun in this browser since you signed in" in page.text) == (403, True)
    page = come_back(browser, back)
    assert (page.path, "you can sign in with the provider too" in page.text) == ("/account", True)
    assert come_back(browser, back).status == 403  # the cookie is used up
    there = new(house=known)
    assert sign_in(there, "nurse-9").path == "/register"

    other = new(house=known)
    sign_in_locally(other, email="other@example.org")
    page = come_back(other, agreed(to_provider(other), "nurse-9"))
    assert (page.status, "Another account here is signed in to" in page.text) == (409, True)

    browser.open("/account")
    page = browser.send("/account/provider/end", provider_password="wrong")
    assert (page.status, is_wrong(page, "provider_password")) == (422, True)
    assert browser.send("/account/provider/end", provider_password=PASSWORD).path == "/account"
    assert "You left the identity provider" in there.open("/account").text
    assert sign_in(new(house=known), "nurse-9").status == 403
    told = [one for one in actions(house) if one.endswith(("join", "identify", "leave_provider"))]
    assert told == ["person:may_join", "person:identify", "person:may_join", "person:leave_provider"]
    assert come_back(browser, agreed(to_provider(browser), "nurse-9")).path == "/account"  # and again


def test_a_key_that_the_provider_changed_is_read_once_more(house: House, known: House, there: There, new: New) -> None:
    invite(house)
    browser = new(house=known)
    assert sign_in(browser).path == "/register"
    there.changes_its_key()
    there.asked.clear()
    assert sign_in(browser).path == "/register"
    assert there.paths().count("/jwks") == 1
    there.asked.clear()
    assert sign_in(browser).path == "/register"
    assert (there.paths().count("/jwks"), there.paths().count("/.well-known/openid-configuration")) == (0, 0)


def test_an_answer_is_for_the_browser_that_asked_once_and_in_time(house: House, known: House, new: New) -> None:
    invite(house)
    browser, thief = new(house=known), new(house=known)
    back = agreed(out(browser))
    out(thief)
    for page in (come_back(thief, back), new(house=known).open("/sign-in/provider/back?code=x&state=y")):
        assert (page.status, "begun in this browser" in page.text) == (403, True)
    late = new(house=known)
    slow = agreed(out(late))
    later(late.app.state.house, late, timedelta(minutes=11))
    assert "too long ago" in come_back(late, slow).text
    assert come_back(browser, back).path == "/register"
    assert come_back(browser, back).status == 403  # the cookie is used up


def test_who_says_no_there_is_told_what_to_do(house: House, known: House, new: New) -> None:
    browser = new(house=known)
    where = out(browser)
    state = parse_qs(urlsplit(where).query)["state"][0]
    page = browser.open(f"/sign-in/provider/back?error=access_denied&error_description=%3Cb%3E&state={state}")
    assert (page.status, "You did not sign in there" in page.text, "<b>" in page.answer.text) == (403, True, False)
    where = out(browser)
    state = parse_qs(urlsplit(where).query)["state"][0]
    page = browser.open(f"/sign-in/provider/back?code=x&state={state}&iss=https://another.example")
    assert "not from the provider that was asked" in page.text


LIES: dict[str, dict[str, object]] = {
    "another issuer": {"iss": "https://another.example"},
    "another audience": {"aud": "another-site"},
    "another audience beside ours, and not for us": {"aud": [CLIENT, "another-site"], "azp": "another-site"},
    "another nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "an hour too old": {"exp": -3600},
    "not signed": {},
    "signed by the secret that both know": {},
    "another's key": {},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_lies_lets_nobody_in(
    house: House, known: House, there: There, new: New, monkeypatch: pytest.MonkeyPatch, lie: str
) -> None:
    invite(house)
    browser = new(house=known)
    where = out(browser)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(where).query).items()}
    now = int(house.now().timestamp())
    claims: dict[str, Any] = {
        "iss": there.issuer, "aud": CLIENT, "sub": "nurse-7", "iat": now, "exp": now + 60, "nonce": asked["nonce"],
        "email": EMAIL, "email_verified": True, **LIES[lie],
    }  # fmt: skip
    claims["exp"] += now if lie == "an hour too old" else 0
    own = RSAKey.import_key(there.storage.jwk.as_dict(is_private=True))

    def told(client: httpx.Client, method: str, url: str, **more: Any) -> httpx.Response:
        if not url.endswith("/oauth2/token"):
            return asks(client, method, url, **more)
        given = {name: value for name, value in claims.items() if value is not None}
        return httpx.Response(200, json={"id_token": signed(lie, given, own)}, request=httpx.Request(method, url))

    asks = httpx.Client.request
    monkeypatch.setattr(httpx.Client, "request", told)
    page = come_back(browser, f"http://site/sign-in/provider/back?code=x&state={asked['state']}")
    assert (page.status, "cannot be believed" in page.text, browser.cookie()) == (403, True, "")


def signed(lie: str, claims: dict[str, Any], own: RSAKey) -> str:
    match lie:
        case "not signed":
            return f"{jwt.encode({'alg': 'RS256'}, claims, own).rsplit('.', 1)[0]}."
        case "signed by the secret that both know":
            from joserfc.jwk import OctKey

            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET * 4))
        case "another's key":
            return jwt.encode({"alg": "RS256"}, claims, RSAKey.generate_key(2048, private=True))
    return jwt.encode({"alg": "RS256"}, claims, own)


def test_a_provider_that_is_away_is_told(house: House, known: House, new: New) -> None:
    away = replace(known, settings=known.settings.model_copy(update={"oidc_issuer": "http://127.0.0.1:9"}))
    browser = new(house=away)
    page = browser.open("/sign-in/provider")
    assert (page.status, "The provider cannot be reached" in page.text) == (403, True)
    assert invite(house)
    assert browser.open("/sign-in").status == 200


def test_a_provider_that_hangs_takes_no_more_than_its_share_of_the_site(
    known: House, new: New, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.provider.AT_ONCE", 1)
    browser, other = new(house=known), None

    def hangs(*_: object, **__: object) -> httpx.Response:
        nonlocal other
        other = browser.app.state.provider
        with pytest.raises(NotAuthenticated, match="Many people sign in there"):  # somebody comes meanwhile
            other.begin(Attempt(secret="x", back="y"))
        raise httpx.ReadTimeout("it hangs")

    monkeypatch.setattr(httpx.Client, "request", hangs)
    for _ in range(2):  # and once it is over, there is room again
        assert "The provider cannot be reached" in browser.open("/sign-in/provider").text
    assert other is not None


def test_a_provider_must_be_what_it_says(known: House, there: There, new: New) -> None:
    port = urlsplit(there.issuer).port
    other = replace(known, settings=known.settings.model_copy(update={"oidc_issuer": f"http://127.0.0.1:{port}/"}))
    assert "does not answer as it should" in new(house=other).open("/sign-in/provider").text


def test_without_a_provider_there_is_no_such_way(new: New) -> None:
    browser = new()
    assert [browser.open(path).status for path in ("/sign-in/provider", "/sign-in/provider/back")] == [404, 404]
    assert "Sign in with" not in browser.open("/sign-in").text


def test_settings_that_do_not_fit_together_are_refused(house: House) -> None:
    file = house.settings.data / "secret"
    file.write_text("from a file\n")
    settings = house.settings.model_copy
    assert _read_oidc(settings(update={"oidc_client_secret_file": file})) == "from a file"
    assert _read_oidc(settings(update={"oidc_client_secret": SecretStr("here")})) == "here"
    wrong = {"oidc_issuer": "http://provider.example", "oidc_client_secret_file": file,
             "oidc_client_secret": SecretStr("x")}  # fmt: skip
    with pytest.raises(Invalid) as refusal:
        _read_oidc(settings(update=wrong))
    assert [one.where.removeprefix("ACCREDIT_OIDC_") for one in refusal.value.faults] == [
        "CLIENT_ID", "ISSUER", "CLIENT_SECRET",
    ]  # fmt: skip
    with pytest.raises(Unavailable, match="ACCREDIT_OIDC_CLIENT_SECRET_FILE"):
        _read_oidc(settings(update={"oidc_client_secret_file": house.settings.data / "none"}))
