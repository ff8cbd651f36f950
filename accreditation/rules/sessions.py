"""How long somebody stays signed in, and when a session's secret is changed.

The limits are those of OWASP's session management and NIST SP 800-63B for a service of this kind: half an hour
without a request, twelve hours in all (a working day). Half an hour is long on a shared ward computer, which is why
"sign out" is on every page, and short for somebody who is called to a patient: what they typed is kept by the page.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

IDLE = timedelta(minutes=30)
"""So long without a request, and the session is over."""

LONGEST = timedelta(hours=12)
"""So long after it began, the session is over, however busy it was."""

TOUCHED = timedelta(minutes=1)
"""When a session was last seen is written down no oftener than this: a page that is read writes nothing."""


class Ends(StrEnum):
    """How a session was ended before its time."""

    SIGNED_OUT = "signed_out"
    EVERYWHERE = "everywhere"
    PASSWORD = "password"  # noqa: S105  (how it ended, no secret)
    ANEW = "anew"
    APP = "app"
    APP_SET_UP = "app_set_up"
    APP_GIVEN_UP = "app_given_up"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What is kept of a session: when it began, when it was last seen, and how it was ended, if it was."""

    began_at: datetime
    seen_at: datetime
    ended: Ends | None = None


def over(span: Span, *, at: datetime) -> str | None:
    """Why is this session over at this moment? None while it goes on."""
    if span.ended is not None:
        return _ENDED[span.ended]
    if at - span.began_at >= LONGEST:
        return f"You were signed in for {LONGEST.seconds // 3600} hours, which is the longest. Sign in again."
    if at - span.seen_at >= IDLE:
        return f"You did nothing here for {IDLE.seconds // 60} minutes and were signed out. Sign in again."
    return None


def is_to_be_touched(span: Span, *, at: datetime) -> bool:
    """Is it time to write down that this session was seen?"""
    return at - span.seen_at >= TOUCHED


_ENDED = {
    Ends.SIGNED_OUT: "You signed out. Sign in again.",
    Ends.EVERYWHERE: "You signed out everywhere. Sign in again.",
    Ends.PASSWORD: "The password was changed, which ended every other session. Sign in again.",
    Ends.APP: "The college office took your authenticator app off your account. Sign in again.",
    Ends.APP_SET_UP: "You set up an authenticator app, which ended every other session. Sign in again.",
    Ends.APP_GIVEN_UP: "You gave up your authenticator app, which ended every other session. Sign in again.",
    Ends.PROVIDER: "You left the identity provider, which ended every other session. Sign in again.",
    Ends.ANEW: "You signed in again, which gave you a new session.",
}
