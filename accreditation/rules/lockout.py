"""How often may somebody try to sign in? Pauses that grow, by account and by address, and never a locked door.

A door that locks for good lets anybody keep somebody else out by guessing wrongly once; a pause makes guessing
hopeless and costs its owner minutes after the last wrong guess. As somebody elsewhere may go on guessing, only the
failures made there count where the account's owner came in lately: nobody elsewhere keeps them out of the place where
they work, and guessing from that place is no easier. What is counted are failures, whether or not an account of that
name exists, so that a pause tells nobody which accounts there are; but whoever tries from one place what they kept
failing at from another sees whether that account's owner signed in there. By address many accounts are counted
together: one password tried on every account is stopped there. A whole hospital may be behind one address, so it may
fail far more often.
"""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """So many failures within `within` are free; each one more doubles the pause, from `first` up to `longest`."""

    free: int
    within: timedelta
    first: timedelta
    longest: timedelta


OF_ACCOUNT = Limit(
    free=5, within=timedelta(hours=24), first=timedelta(seconds=30), longest=timedelta(minutes=15)
)  # fmt: skip
"""Five slips are human. Then at most 96 guesses a day are possible, of which the policy makes none likely."""

OF_ADDRESS = Limit(
    free=50, within=timedelta(hours=1), first=timedelta(seconds=10), longest=timedelta(minutes=15)
)  # fmt: skip
"""Fifty an hour, for all who share an address."""

OF_LETTERS = Limit(free=3, within=timedelta(hours=1), first=timedelta(minutes=15), longest=timedelta(hours=1))
"""Letters that somebody asks to be sent to one address: three, then they wait."""

OF_INVITATIONS = Limit(free=20, within=timedelta(hours=1), first=timedelta(minutes=1), longest=timedelta(minutes=15))
"""Colleagues whom a team's lead invites: a whole team at once, and no letters to half the country."""

REMEMBERED = max(one.within for one in (OF_ACCOUNT, OF_ADDRESS, OF_LETTERS, OF_INVITATIONS)) * 2
"""After so long an attempt that failed is of no use and is forgotten."""

LATELY = timedelta(days=7)
"""For so long it is remembered from where an account was signed in to: over a weekend, and a few days of leave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """Somebody tried to sign in to an account, from this neighbourhood."""

    at: datetime
    near: str
    succeeded: bool


def counting(tries: Sequence[Try], *, near: str) -> list[datetime]:
    """Which failures count against whoever tries an account from here? Of its tries LATELY, the newest first.

    Those since it was last signed in to; and where that was done from here, of these only those made here.
    """
    at_home = any(one.succeeded and one.near == near for one in tries)
    since = takewhile(lambda one: not one.succeeded, tries)
    return [one.at for one in since if not at_home or one.near == near]


def pause(failures: Sequence[datetime], *, limit: Limit, at: datetime) -> timedelta:
    """How long is to be waited before another try, after failures at these moments? Zero where none is due."""
    counted = sorted(one for one in failures if at - one < limit.within)
    beyond = len(counted) - limit.free
    if beyond < 0 or not counted:
        return timedelta(0)
    due: timedelta = min(limit.first * (1 << min(beyond, 20)), limit.longest)
    return max(counted[-1] + due - at, timedelta(0))


def told(wait: timedelta) -> str:
    """A pause in words: 'a minute', '4 minutes'."""
    seconds = -(-wait // timedelta(seconds=1))
    if seconds < 60:
        return f"{max(seconds, 1)} second{'' if seconds <= 1 else 's'}"
    minutes = -(-seconds // 60)
    return f"{minutes} minute{'' if minutes == 1 else 's'}"


def neighbourhood(address: str) -> str:
    """Whom does this address stand for? One address of IPv4; of IPv6 the /64, which one customer has whole."""
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(known, ipaddress.IPv6Address):
        if known.ipv4_mapped is not None:
            return str(known.ipv4_mapped)
        return str(ipaddress.ip_network((known, 64), strict=False))
    return str(known)
