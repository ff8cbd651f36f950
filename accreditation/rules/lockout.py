"""How often may somebody try to sign in? Pauses that grow, by account and by address, and never a locked door.

A door that locks for good lets anybody keep somebody else out by guessing wrongly once; a pause makes guessing
hopeless and costs its owner minutes after the last wrong guess, but as long as somebody goes on guessing. What is
counted are failures, whether or not an account of that name exists, so that a pause tells nobody which accounts there
are. By address many accounts are counted together: one password tried on every account is stopped there. A whole
hospital may be behind one address, so it may fail far more often.
"""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


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
"""After so long an attempt is of no use and is forgotten."""


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
