"""How much somebody may send within an hour: so many files or pieces of files, and so many bytes of them.

A limit that no work meets, against a program that went wild or somebody who means harm: whoever sends evidence for a
whole hospital stays far below it. It is counted in memory, by whoever is known to send, in each process of the API.
"""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from accreditation.errors import TooMany
from accreditation.rules.lockout import told

WITHIN = timedelta(hours=1)

STEP = timedelta(minutes=1)
"""What is sent within so long is one sum."""

FORGET_ABOVE = 1000
"""Where so many people are remembered, those who sent nothing for an hour are forgotten."""


@dataclass(slots=True)
class _Sum:
    at: datetime
    requests: int = 0
    size: int = 0


@dataclass(slots=True)
class Sent:
    """What everybody sent within the last hour."""

    requests: int
    """So many requests with files or pieces of them may somebody make."""
    size: int
    """So many bytes may they have together."""
    _sums: dict[str, deque[_Sum]] = field(default_factory=dict)

    def begin(self, who: str, *, at: datetime) -> None:
        """Somebody begins another request. Raises TooMany where they made too many, or sent too much."""
        self._check(who, more=1, at=at)
        self._now(who, at).requests += 1

    def add(self, who: str, size: int, *, at: datetime) -> None:
        """So many bytes more arrived. Raises TooMany once they are too many."""
        self._now(who, at).size += size
        self._check(who, more=0, at=at)

    def _check(self, who: str, *, more: int, at: datetime) -> None:
        sums = self._sums.get(who, deque())
        while sums and sums[0].at + WITHIN <= at:
            sums.popleft()
        requests, size = sum(one.requests for one in sums) + more, sum(one.size for one in sums)
        if requests <= self.requests and size <= self.size:
            return
        wait = STEP
        for one in sums:  # the oldest first: what is to be an hour old until it is enough again?
            requests, size, wait = requests - one.requests, size - one.size, one.at + WITHIN - at
            if requests <= self.requests and size <= self.size:
                break
        raise TooMany(
            f"You sent more files within an hour than are taken: {self.requests:,} with {self.size:,} bytes together "
            f"are the most. What arrived whole is kept. Wait {told(wait)}, then send the rest.",
            wait=wait,
        )

    def _now(self, who: str, at: datetime) -> _Sum:
        if who not in self._sums and len(self._sums) >= FORGET_ABOVE:
            self._sums = {name: sums for name, sums in self._sums.items() if sums and sums[-1].at + WITHIN > at}
        sums = self._sums.setdefault(who, deque())
        if not sums or sums[-1].at + STEP <= at:
            sums.append(_Sum(at=at))
        return sums[-1]
