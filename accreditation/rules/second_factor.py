"""Codes of an authenticator app (RFC 6238): which step of time does a code belong to, and was it used already?"""

import base64
from datetime import datetime

import pyotp

STEP = 30
"""Seconds that a code is valid."""

AROUND = 1
"""Steps before and after the present one that count too: phones' clocks differ, and people type slowly."""


def as_secret(content: bytes) -> str:
    """These bytes as an authenticator app wants its secret: base 32 without padding."""
    return base64.b32encode(content).decode().rstrip("=")


def step_of(code: str, *, secret: str, at: datetime, used: int) -> int | None:
    """To which step does this code belong? None where it is wrong, too old, or not newer than `used`.

    A code that was used once is never taken again, nor one before it: whoever looks over a shoulder gains nothing.
    """
    typed = code.replace(" ", "")
    present = int(at.timestamp()) // STEP
    if not (typed.isascii() and typed.isdecimal() and len(typed) == 6):
        return None
    known = pyotp.TOTP(secret)
    for step in range(present - AROUND, present + AROUND + 1):
        if step > used and pyotp.utils.strings_equal(known.generate_otp(step), typed):
            return step
    return None


def address(secret: str, *, account: str, issuer: str) -> str:
    """The otpauth address that an app reads from a QR code or takes as a link."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=issuer)
