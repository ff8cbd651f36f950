"""What waits for the committee, in words."""

from dataclasses import dataclass, replace

from accreditation.rules.conflicts import IN_SERVICE
from accreditation.rules.people import Role
from accreditation.views.to_decide import Appealed, Decidable, ToDecide
from api.presenting.college.glance import Row, row
from api.presenting.moments import day_of
from api.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A cycle that waits: where it is read, and what the rules recommend or when the team appealed.

    `hinders` is what keeps whoever reads it from deciding, in words.
    """

    row: Row
    said: str
    address: str
    hinders: str


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
            _told(
                each, f"/college/cycles/{each.id}/pack", words("The rules are silent: the committee judges.")
                if each.judgement
                else words("The rules recommend: %(outcome)s.", outcome=each.recommended), words,
            )
            for each in one.items
        ),
        appeals=tuple(
            _told(
                each, f"/college/cycles/{each.id}/appeal",
                words("The team appealed on %(day)s.", day=words.day(day_of(each.lodged_at))), words,
            )
            for each in one.appeals
        ),
        page=one.page, pages=one.pages,
    )  # fmt: skip


def _told(one: Decidable | Appealed, address: str, said: str, words: Words) -> Waiting:
    shown = row(one, words, Role.COMMITTEE)
    if one.hinders:
        shown = replace(shown, state=words("Not yours to decide"), colour="grey")
    return Waiting(row=shown, address=address, said=said, hinders=hindering(one.hinders, words))


def hindering(why: str, words: Words) -> str:
    """What keeps whoever reads it from deciding, said to themselves; empty where nothing does."""
    if not why or why == IN_SERVICE:
        return words("you have, or had, a role in this team or its organisation") if why else ""
    return words("you are somebody who %(why)s", why=why)
