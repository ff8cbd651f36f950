"""What a draft would do, in words: how many would get another award, who, and which criteria make the difference."""

from collections.abc import Iterable
from dataclasses import dataclass

from accreditation.scheme.model import Scheme
from accreditation.views.impact import Concerned, ImpactShown
from api.words import Words

FEW = 8
"""Of a long list of criteria so many are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """So many cycles go from one result to another."""

    before: str
    after: str
    cycles: int
    same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A team whose result would be another, and why."""

    name: str
    turn: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Teams that would go lower, or higher."""

    heading: str
    teams: tuple[Team, ...]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a draft would do."""

    lead: str
    counted: str
    facts: tuple[str, ...]
    moves: tuple[Move, ...]
    groups: tuple[Group, ...]
    untold: tuple[str, ...]
    costs: tuple[str, ...]


def impact_page(found: ImpactShown, draft: Scheme, words: Words) -> Page:
    """What would change, for whom, and why?"""
    return Page(
        lead=lead(found, words), counted=_counted(found, words),
        facts=tuple(
            words("The draft also asks: %(question)s Nobody has stated that yet; it counts as no.", question=one)
            for one in found.new_facts
        ),
        moves=tuple(
            Move(before=_title(one.before, draft), after=_title(one.after, draft), cycles=one.cycles,
                 same=one.before == one.after)
            for one in found.moves
        ),
        groups=tuple(_groups(found, draft, words)),
        untold=tuple(
            words.many("Of %(number)s cycle it cannot be told yet: %(because)s%(criteria)s",
                       "Of %(number)s cycles it cannot be told yet: %(because)s%(criteria)s", one.cycles,
                       because=one.because, criteria=f" ({_some(one.criteria, words)})" if one.criteria else "")
            for one in found.untold
        ),
        costs=tuple(
            words.many("%(criterion)s %(title)s: makes the difference for %(number)s team",
                       "%(criterion)s %(title)s: makes the difference for %(number)s teams", one.cycles,
                       criterion=one.criterion, title=one.title)
            for one in found.costs
        ),
    )  # fmt: skip


def lead(found: ImpactShown, words: Words) -> str:
    """The whole in a sentence."""
    if not found.cycles:
        return words("No cycle of this scheme has an answer or a valid award yet: nothing would change for anybody.")
    same = found.cycles - found.lower - found.higher
    said = [
        words.many("%(number)s team would get a lower result.", "%(number)s teams would get a lower result.",
                   found.lower) if found.lower else words("Nobody would get a lower result."),
        words.many("%(number)s team would get a higher result.", "%(number)s teams would get a higher result.",
                   found.higher) if found.higher else words("Nobody would get a higher result."),
    ]  # fmt: skip
    if same:
        rest = words.many(
            "For %(number)s team nothing would change, or it cannot be told.",
            "For %(number)s teams nothing would change, or it cannot be told.", same,
        )  # fmt: skip
        said.append(rest)
    return " ".join(said)


def _counted(found: ImpactShown, words: Words) -> str:
    if not found.cycles:
        return ""
    said = words.many("%(number)s cycle was scored again.", "%(number)s cycles were scored again.", found.cycles)
    if found.without_answers:
        waiting = words.many(
            "%(number)s more has no answer yet.", "%(number)s more have no answer yet.", found.without_answers
        )
        said = f"{said} {waiting}"
    return f"{said} {words('What the draft asks anew counts as not answered. Nothing is changed by looking.')}"


def _groups(found: ImpactShown, draft: Scheme, words: Words) -> Iterable[Group]:
    for number, certain, teams, heading in (
        (found.lower, found.lower_for_certain, found.lose,
         words.many("%(number)s team would go lower", "%(number)s teams would go lower", found.lower)),
        (found.higher, found.higher_for_certain, found.gain,
         words.many("%(number)s team would go higher", "%(number)s teams would go higher", found.higher)),
    ):  # fmt: skip
        if number:
            sure = "" if certain == number else words(
                ", %(number)s of them whatever they answer to what is new", number=certain
            ) if certain else words(", as long as what is new is not answered")  # fmt: skip
            left = number - len(teams)
            yield Group(
                heading=f"{heading}{sure}", teams=tuple(_team(one, draft, words) for one in teams),
                more=words("And %(number)s more.", number=left) if left else "",
            )  # fmt: skip


def _team(one: Concerned, draft: Scheme, words: Words) -> Team:
    why = (
        words("Decided by: %(criteria)s.", criteria=_some(_called(one.decides, draft), words))
        if one.decides else words("The rules differ; no criterion alone decides.")
    )  # fmt: skip
    if one.untold and one.at_best != one.after:
        best = words("It is not certain: at best %(title)s.", title=_title(one.at_best, draft))
        why = f"{why} {best}"
    turn = words("from %(before)s to %(after)s", before=_title(one.before, draft), after=_title(one.after, draft))
    return Team(name=f"{one.team}, {one.organisation}", turn=turn, why=why)


def _called(criteria: tuple[str, ...], draft: Scheme) -> tuple[str, ...]:
    """These criteria with their titles, as far as the draft has them."""
    return tuple(f"{one} {draft.by_id[one].title}" if one in draft.by_id else one for one in criteria)


def _some(criteria: tuple[str, ...], words: Words) -> str:
    more = len(criteria) - FEW
    named = "; ".join(criteria[:FEW])
    return words("%(named)s and %(more)s more", named=named, more=more) if more > 0 else named


def _title(outcome: str, draft: Scheme) -> str:
    return next((one.title for one in draft.award if one.outcome == outcome), outcome.replace("_", " "))
