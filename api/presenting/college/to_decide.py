"""What waits for the committee, in words."""

from dataclasses import dataclass

from accreditation.rules.people import Role
from accreditation.views.to_decide import ToDecide
from api.presenting.college.glance import Row, row
from api.presenting.moments import day_of
from api.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A cycle that waits: where it is read, and what the rules recommend or when the team appealed."""

    row: Row
    said: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingList:
    """The page."""

    decisions: tuple[Waiting, ...]
    appeals: tuple[Waiting, ...]
    page: int
    pages: int


def waiting(one: ToDecide, words: Words) -> WaitingList:
    """The page in words."""
    return WaitingList(
        decisions=tuple(
            Waiting(
                row=row(each, words, Role.COMMITTEE), address=f"/college/cycles/{each.id}/pack",
                said=words("The rules are silent: the committee judges.")
                if each.judgement
                else words("The rules recommend: %(outcome)s.", outcome=each.recommended),
            )
            for each in one.items
        ),
        appeals=tuple(
            Waiting(
                row=row(each, words, Role.COMMITTEE), address=f"/college/cycles/{each.id}/appeal",
                said=words("The team appealed on %(day)s.", day=words.day(day_of(each.lodged_at))),
            )
            for each in one.appeals
        ),
        page=one.page, pages=one.pages,
    )  # fmt: skip
