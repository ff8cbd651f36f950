"""The college's identity provider, by OpenID Connect: found by its address, asked with PKCE, believed by its keys."""

import logging
from collections.abc import Mapping
from datetime import datetime
from threading import BoundedSemaphore
from typing import Any
from urllib.parse import urlsplit

import httpx
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from accreditation.actions.sign_in_identified import Identified
from accreditation.errors import NotAuthenticated
from accreditation.rules.demonstration import is_here
from accreditation.rules.derived import same
from api.attempts import Attempt

LOG = logging.getLogger(__name__)

PATIENCE = 10.0
"""Seconds that the provider may take for each answer."""

AT_ONCE = 8
"""So many people wait for it at once: where it hangs, the site has threads left for all others."""

FULL = "Many people sign in there at this moment. Try again in a minute."

SKEW = 60
"""Seconds by which its clock and ours may differ."""

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA")
"""By which it may sign: keys of its own alone, never a secret that we have too."""

ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class Provider:
    """A provider as its own description says it is; read when it is first needed, and its keys again as they change."""

    def __init__(self, *, issuer: str, client_id: str, secret: str) -> None:
        self._issuer, self._client_id, self._secret = issuer, client_id, secret
        self._described: Mapping[str, Any] = {}
        self._keys: KeySet | None = None
        self._http = httpx.Client(timeout=PATIENCE)
        self._places = BoundedSemaphore(AT_ONCE)

    def begin(self, attempt: Attempt) -> str:
        """Where the browser is sent to sign in. Raises NotAuthenticated where the provider cannot be reached."""
        where = self._description()["authorization_endpoint"]
        found: str = prepare_grant_uri(
            where, client_id=self._client_id, response_type="code", redirect_uri=attempt.back,
            scope="openid email profile", state=attempt.state, nonce=attempt.nonce,
            code_challenge=create_s256_code_challenge(attempt.verifier), code_challenge_method="S256",
        )  # fmt: skip
        return found

    def finish(self, attempt: Attempt, *, answer: Mapping[str, str], at: datetime) -> Identified:
        """Who is it that comes back with this answer? Raises NotAuthenticated, in words, whatever is wrong with it."""
        if not same(answer.get("state", ""), attempt.state):
            raise NotAuthenticated("This answer does not belong to a sign-in that was begun in this browser just now.")
        if not same(answer.get("iss", self._issuer), self._issuer):
            raise NotAuthenticated("This answer is not from the provider that was asked.")
        if "error" in answer or not answer.get("code"):
            raise NotAuthenticated("You did not sign in there, or it was refused there. Try again, or use a password.")
        token = self._redeemed(attempt, answer["code"])
        claims = self._believed(token, attempt, at)
        return Identified(
            issuer=self._issuer, subject=str(claims["sub"])[:255], verified_email=self._verified_email(claims, token)
        )

    def _redeemed(self, attempt: Attempt, code: str) -> Mapping[str, Any]:
        known = self._description()
        data = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": attempt.back,
            "client_id": self._client_id, "code_verifier": attempt.verifier,
        }  # fmt: skip
        ways = known.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])  # as the standard has it
        if self._secret and "client_secret_basic" in ways:
            return self._asked("POST", known["token_endpoint"], data=data, auth=(self._client_id, self._secret))
        if self._secret:
            data["client_secret"] = self._secret
        return self._asked("POST", known["token_endpoint"], data=data)

    def _believed(self, token: Mapping[str, Any], attempt: Attempt, at: datetime) -> Mapping[str, Any]:
        """What the provider says of somebody, if it is signed by it, for us, for this attempt, and not too old."""
        try:
            try:
                found = jwt.decode(str(token.get("id_token", "")), self._known_keys(), algorithms=ALGORITHMS)
            except (JoseError, ValueError):  # its keys may have changed since: they are read once more
                found = jwt.decode(str(token.get("id_token", "")), self._known_keys(anew=True), algorithms=ALGORITHMS)
            needed: dict[str, Any] = {"iss": self._issuer, "aud": self._client_id}
            claims = CodeIDToken(
                found.claims, found.header,
                options={name: {"essential": True, "value": value} for name, value in needed.items()},
                params={
                    "nonce": attempt.nonce, "client_id": self._client_id, "access_token": token.get("access_token")
                },
            )  # fmt: skip
            claims.validate(now=int(at.timestamp()), leeway=SKEW)
            said: Mapping[str, Any] = claims
        except (JoseError, ValueError, TypeError) as error:
            LOG.warning("the identity provider %s: its token is not valid: %s", self._issuer, error)
            raise NotAuthenticated("What the provider answered cannot be believed. Tell the college office.") from None
        return said

    def _verified_email(self, claims: Mapping[str, Any], token: Mapping[str, Any]) -> str:
        """The address that the provider has verified; some tell it only when they are asked."""
        where = self._description().get("userinfo_endpoint")
        if "email" not in claims and where and token.get("access_token"):
            told = self._asked("GET", str(where), headers={"Authorization": f"Bearer {token['access_token']}"})
            claims = told if told.get("sub") == claims["sub"] else {}
        return str(claims["email"]) if claims.get("email") and claims.get("email_verified") is True else ""

    def _description(self) -> Mapping[str, Any]:
        if not self._described:
            found = self._asked("GET", f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
            if found.get("issuer") != self._issuer or not all(_is_safe(found.get(one)) for one in ENDPOINTS):
                raise self._away(f"it calls itself {found.get('issuer')!r}, or an address of its own is not https")
            self._described = found
        return self._described

    def _known_keys(self, *, anew: bool = False) -> KeySet:
        if self._keys is None or anew:
            found: Any = self._asked("GET", self._description()["jwks_uri"])
            self._keys = KeySet.import_key_set(found)
        return self._keys

    def _asked(self, method: str, where: str, **more: Any) -> Mapping[str, Any]:
        if not self._places.acquire(blocking=False):
            raise NotAuthenticated(FULL)
        try:
            answer = self._http.request(method, where, **more)
            answer.raise_for_status()
            found = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise self._away(f"{type(error).__name__} at {where}") from None
        finally:
            self._places.release()
        if not isinstance(found, dict):
            raise self._away(f"no JSON object at {where}")
        return found

    def _away(self, why: str) -> NotAuthenticated:
        """The log hears why; whoever signs in hears what to do."""
        LOG.error("the identity provider %s: %s. ACCREDIT_OIDC_ISSUER names it.", self._issuer, why)
        return NotAuthenticated("The provider cannot be reached, or does not answer as it should. Try again later.")


def _is_safe(where: object) -> bool:
    """Is this an address that nobody on the way reads or answers for?"""
    parts = urlsplit(str(where or ""))
    return parts.scheme == "https" or (parts.scheme == "http" and is_here(parts.hostname or ""))
