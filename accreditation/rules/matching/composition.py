"""What a visit's team still lacks, by the scheme's composition and whoever sits there already."""

from collections.abc import Sequence
from dataclasses import dataclass

from accreditation.rules.matching.question import Seat
from accreditation.scheme.process import AssignmentRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """For each seat how many are lacking to its minimum and how many more may hold it; how many people in all.

    What `size` has beyond the sum of `need` is a surplus that any seat with room may take.
    """

    need: tuple[int, ...]
    room: tuple[int, ...]
    size: int

    @property
    def open(self) -> tuple[bool, ...]:
        """Could one more person hold each of the seats?"""
        surplus = self.size > sum(self.need)
        return tuple(room > 0 and (need > 0 or surplus) for need, room in zip(self.need, self.room, strict=True))


def lacking(*, rules: AssignmentRules, seats: Sequence[Seat], held: Sequence[int]) -> Lacking:
    """What does a team lack, of these seats, each held by so many?

    Seats of observers have no size to keep to: as many as there is room for may join.
    """
    need = tuple(max(seat.minimum - already, 0) for seat, already in zip(seats, held, strict=True))
    room = tuple(max(seat.maximum - already, 0) for seat, already in zip(seats, held, strict=True))
    if any(seat.observes for seat in seats):
        return Lacking(need=need, room=room, size=sum(room))
    whole = rules.team_size or sum(seat.minimum for seat in seats)
    return Lacking(need=need, room=room, size=max(whole - sum(held), sum(need)))
