"""What is asked of the matching: seats, and standing assignments."""

from typing import Protocol


class Seat(Protocol):
    """A role in the review team and how many people may hold it; the scheme's edition says which there are."""

    @property
    def role(self) -> str: ...  # noqa: D102  the protocol's docstring says it
    @property
    def minimum(self) -> int: ...  # noqa: D102
    @property
    def maximum(self) -> int: ...  # noqa: D102


class Standing(Protocol):
    """An assignment of a reviewer to a seat of a cycle's team, wherever it is kept."""

    @property
    def reviewer(self) -> int: ...  # noqa: D102
    @property
    def cycle(self) -> int: ...  # noqa: D102
    @property
    def role(self) -> str: ...  # noqa: D102
