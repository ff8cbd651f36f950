"""Letters by e-mail, handed to the mail server that is configured."""

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import make_msgid
from urllib.parse import SplitResult, unquote, urlsplit

from accreditation.errors import Fault, Invalid, Unavailable
from accreditation.rules.letters import Words

PATIENCE = 20.0
"""Seconds that a mail server may take for each of its answers."""

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
"""How a server is spoken to -> its usual port. With a password, only where nobody on the way reads it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Server:
    how: str
    host: str
    port: int
    user: str
    password: str
    sender: str

    def send(self, words: Words) -> None:
        """Hand this letter over. Raises Unavailable where the server does not take it.

        The address is taken whole: read as the text of a header, 'boss:eve@...' would be a letter to eve.
        """
        local, _, domain = words.to.rpartition("@")
        to = Address(username=local, domain=domain)
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, to, words.subject
        message["Message-ID"] = make_msgid(domain=self.sender.rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(words.text)
        try:
            with self._open() as server:
                server.send_message(message, to_addrs=[to.addr_spec])
        except (OSError, smtplib.SMTPException) as error:
            # An SMTP exception may repeat the address; the log is told the kind and the place alone.
            where = f"{self.host}:{self.port}"
            raise Unavailable(
                f"The mail server {where} did not take a letter ({type(error).__name__}). ACCREDIT_SMTP names it."
            ) from None

    def _open(self) -> smtplib.SMTP:
        trusted = ssl.create_default_context()
        if self.how == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=PATIENCE, context=trusted)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=PATIENCE)
        if self.how == "smtp+starttls":
            server.starttls(context=trusted)
        if self.user:
            server.login(self.user, self.password)
        return server


def open_post(where: str, *, password: str, sender: str) -> Callable[[Words], None] | None:
    """What hands letters to this server; None where none is named. Raises Invalid for what cannot be a server."""
    if not where:
        return None
    faults = []
    parts = urlsplit(where)
    port = _port(parts)
    if parts.scheme not in PORTS or not parts.hostname or port is None or parts.path not in ("", "/") or parts.password:
        allowed = (
            "smtp://host:25, smtp+starttls://user@host:587 or smtps://user@host; the password in ACCREDIT_SMTP_PASSWORD"
        )
        faults.append(
            Fault(
                where="ACCREDIT_SMTP", found=repr(parts._replace(netloc=parts.hostname or "").geturl()), allowed=allowed
            )
        )
    if parts.scheme == "smtp" and parts.username:
        allowed = "smtps:// or smtp+starttls://, so that nobody on the way reads the password"
        faults.append(Fault(where="ACCREDIT_SMTP", found="a user over smtp://", allowed=allowed))
    if not _is_address(sender):
        faults.append(
            Fault(where="ACCREDIT_SMTP_FROM", found=repr(sender), allowed="one address, like office@example.org")
        )
    if faults:
        raise Invalid(faults)
    return _Server(
        how=parts.scheme, host=parts.hostname or "", port=port or 0, user=unquote(parts.username or ""),
        password=password, sender=sender,
    ).send  # fmt: skip


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port or PORTS.get(parts.scheme)
    except ValueError:
        return None


def _is_address(sender: str) -> bool:
    try:
        return bool(Address(addr_spec=sender).domain)
    except (ValueError, IndexError):
        return False
