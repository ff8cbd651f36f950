"""Who can settle, and who can hear an appeal, in words."""

from collections.abc import Collection
from dataclasses import dataclass

from accreditation.actions.date_visit import Dated
from accreditation.views.panels import PanelToName
from accreditation.views.teams_of_review import ReviewTeam
from api.presenting.register_list import Choice
from api.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlers:
    """The form that appoints who settles: who does now, and whom one can choose."""

    now: str
    choices: tuple[Choice, ...]
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticked:
    """Somebody whom one can tick."""

    value: str
    words: str
    ticked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """The form that names a panel: who can sit in it, and who cannot, each with the reason."""

    lead: str
    choices: tuple[Ticked, ...]
    not_these: tuple[str, ...]


def seats(one: ReviewTeam, words: Words) -> Settlers:
    """Who settles now, and who else sits in the review team."""
    settling = {each.reviewer for each in one.settlers}
    return Settlers(
        now=", ".join(f"{each.name} ({each.title})" for each in one.settlers if each.name) or words("Nobody"),
        choices=tuple(
            (str(each.reviewer), words("%(name)s, %(title)s", name=each.name, title=each.title))
            for each in one.seats
            if each.reviewer not in settling
        ),
        version=one.settler_version or 0,
    )  # fmt: skip


def who_can_go(one: ReviewTeam, words: Words) -> tuple[Choice, ...]:
    """Who sits in the review team, and whether they have handed in."""
    handed_in = {True: words("has handed in"), False: words("has not handed in")}
    return tuple(
        (str(each.reviewer), f"{each.name}, {each.title}, {handed_in[bool(each.handed_in)]}") for each in one.seats
    )


def panel(one: PanelToName, words: Words, *, chosen: Collection[int] | None) -> Panel:
    """Who can hear the appeal; `chosen` are those who were ticked in a form that was refused."""
    return Panel(
        lead=words.many(
            "The scheme asks for %(number)s person at least.", "The scheme asks for %(number)s people at least.",
            one.needed,
        )
        if one.needed
        else words("The scheme lets an appeal be answered without a panel."),
        choices=tuple(
            Ticked(
                value=str(each.reviewer), words=each.name,
                ticked=each.sits if chosen is None else each.reviewer in chosen,
            )
            for each in one.candidates
            if not each.against or each.sits
        ),
        not_these=tuple(
            words("%(name)s %(why)s", name=each.name, why="; ".join(each.against))
            for each in one.candidates
            if each.against
        ),
    )  # fmt: skip


def away_words(one: Dated, words: Words) -> tuple[str, ...]:
    """Who sits in the review team and cannot be there on the days that were stated, each with the reason."""
    return (
        *(words("%(name)s is away then.", name=each.name) for each in one.away),
        *(words("%(name)s: %(why)s.", name=each.name, why=each.why) for each in one.elsewhere),
    )
