"""One attempt of one browser to sign in with the college's identity provider.

What goes out and comes back is bound to it: state, nonce and the verifier of PKCE are derived from a secret in a cookie
of ours, so that nothing of it has to be kept here.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accreditation.rules.derived import as_text, derived
from accreditation.wiring import House

if TYPE_CHECKING:
    from api.provider import Provider


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """An attempt, by the secret of its cookie: what the provider is given, and what must come back."""

    secret: str
    back: str

    @property
    def state(self) -> str:
        """Comes back with the answer: it was this browser that asked."""
        return self._derived("state")

    @property
    def nonce(self) -> str:
        """Comes back inside of what the provider signs: it answers this attempt."""
        return self._derived("nonce")

    @property
    def verifier(self) -> str:
        """Told when the code is redeemed; before, only its digest (RFC 7636)."""
        return self._derived("verifier")

    def _derived(self, name: str) -> str:
        return as_text(derived(self.secret.encode(), "provider", name))


def provider_of(house: House) -> "Provider | None":
    """The provider that the settings name, if they name one."""
    settings = house.settings
    if not settings.oidc_issuer:
        return None
    from api.provider import Provider  # noqa: PLC0415  (a quarter of a second that only its colleges pay)

    return Provider(issuer=settings.oidc_issuer, client_id=settings.oidc_client_id, secret=house.oidc_secret)
