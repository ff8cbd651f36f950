"""A team's library in words: each document with its versions, what is in date, and where each version is used."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from accreditation.views.library import AttachedTo, DocumentShown, Library, LookedAt, VersionShown
from accreditation.views.looking import Page
from accreditation.views.reuse import DocumentOffers
from api.presenting.moments import day_of, time_of
from api.presenting.register import Told
from api.presenting.team.criterion import name_of
from api.presenting.team.files import OPEN_STATES, STATES, Place, places, size_words
from api.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A library to choose from."""

    name: str
    href: str
    documents: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Something that leads to a page."""

    words: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A document in the list."""

    title: str
    href: str
    state: str
    colour: str
    why: str
    kept_back: str
    about: str
    used: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """A part of a library; `next` is the address of the next part, empty at the end; `sought` what was searched."""

    rows: tuple[Row, ...]
    outdated: int
    next: str
    sought: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A version of a document."""

    name: str
    state: str
    colour: str
    meaning: str
    found: tuple[Place, ...]
    facts: tuple[Told, ...]
    used: tuple[Link, ...]
    content: str
    deleted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document's page. `version` is its newest version, `said` how often that was described;
    `named` tells it from another of the same title."""

    named: str
    title: str
    href: str
    why: str
    versions: tuple[Kept, ...]
    version: int
    said: int
    typed: dict[str, str]
    offers: tuple[Link, ...]


def shelves(found: Sequence[Library], words: Words) -> tuple[Shelf, ...]:
    """The libraries that somebody may read."""
    return tuple(
        Shelf(
            name=words("%(team)s, %(organisation)s", team=one.name, organisation=one.organisation),
            href=f"/team/library/{one.team}",
            documents=words.many("%(number)s document", "%(number)s documents", one.documents),
        )
        for one in found
    )


def listed(page: Page[DocumentShown], team: int, words: Words, *, sought: str = "") -> List:
    """A part of a team's library: of what was sought, where something was."""
    root = f"/team/library/{team}"
    rows = tuple(_row(one, root, words) for one in page.items)
    return List(
        rows=rows, outdated=sum(not one.in_date for one in page.items),
        next="" if page.next_after is None
        else f"{root}?{urlencode({'after': page.next_after, **({'search': sought} if sought else {})})}",
        sought=sought,
    )  # fmt: skip


def document(one: DocumentShown, offers: DocumentOffers, team: int, words: Words) -> Document:
    """One document's page."""
    newest = one.versions[0]
    first = one.versions[-1].kept_at
    return Document(
        named=words("%(title)s, kept since %(day)s at %(time)s – Library", title=one.title,
                    day=words.day(day_of(first)), time=time_of(first)),
        title=one.title, href=f"/team/library/{team}/documents/{one.id}", why=_why(one, words),
        versions=tuple(_kept(each, f"/team/library/{team}", words) for each in one.versions), version=newest.id,
        said=newest.said_version, typed=_typed(newest),
        offers=tuple(
            Link(words=each.words, href=f"/team/cycles/{each.cycle}/evidence/reuse") for each in offers.cycles
        ),
    )  # fmt: skip


def _row(one: DocumentShown, root: str, words: Words) -> Row:
    newest = one.versions[0]
    days = []
    if newest.effective_on is not None:
        days.append(words("in force from %(day)s", day=words.day(newest.effective_on)))
    if newest.review_by is not None:
        days.append(words("to be reviewed by %(day)s", day=words.day(newest.review_by)))
    number = words.many("%(number)s version", "%(number)s versions", len(one.versions))
    state, colour = (words("In date"), "green") if one.in_date else (words("Out of date"), "orange")
    if one.in_date and not days:
        state, colour = words("No dates given"), "grey"
    return Row(
        title=one.title, href=f"{root}/documents/{one.id}", state=state, colour=colour,
        kept_back="" if newest.looked_at is None or newest.looked_at.state in OPEN_STATES
        else words(STATES[newest.looked_at.state][0]),
        why=_why(one, words), about=", ".join([number, *days]),
        used=tuple(link for version in one.versions for link in _used(version.attached_to, words)),
    )  # fmt: skip


def _why(one: DocumentShown, words: Words) -> str:
    """Why is it not in date, and what can be done about it?"""
    newest = one.versions[0]
    if one.in_date:
        return ""
    if newest.deleted is not None:
        return newest.deleted.words
    if (newest.review_by is not None and newest.effective_on is None) or "reviewed" in one.why_not:
        day = words.day(newest.review_by) if newest.review_by is not None else ""
        return words("It was to be reviewed by %(day)s. Add the newer version, or put the date right.", day=day)
    day = words.day(newest.effective_on) if newest.effective_on is not None else ""
    return words("It is in force from %(day)s only.", day=day)


def _used(attached: Sequence[AttachedTo], words: Words) -> tuple[Link, ...]:
    return tuple(
        Link(
            words=words("%(scheme)s: %(criteria)s", scheme=one.scheme, criteria=", ".join(one.criteria)),
            href=f"/team/cycles/{one.cycle}/evidence/{one.evidence}",
        )
        for one in attached
    )


def _kept(one: VersionShown, root: str, words: Words) -> Kept:
    state, colour, meaning = _looked_at(one.looked_at, words)
    facts = [
        (words("File"), f"{one.file_name}, {size_words(one.size)}"),
        (words("Who keeps it up to date"), one.owner),
        (words("In force from"), "" if one.effective_on is None else words.day(one.effective_on)),
        (words("To be reviewed by"), "" if one.review_by is None else words.day(one.review_by)),
        (words("Added"), words("on %(day)s by %(who)s", day=words.day(day_of(one.kept_at)), who=name_of(one.kept_by))),
    ]
    return Kept(
        name=words("Version %(number)s: %(title)s", number=one.number, title=one.title), state=state, colour=colour,
        meaning=meaning, found=() if one.looked_at is None else places(one.looked_at.found),
        facts=tuple(Told(name=name, value=value) for name, value in facts if value),
        used=_used(one.attached_to, words), deleted="" if one.deleted is None else one.deleted.words,
        content="" if one.deleted is not None else f"{root}/versions/{one.id}/content",
    )  # fmt: skip


def _looked_at(one: LookedAt | None, words: Words) -> tuple[str, str, str]:
    if one is None:
        return words("Not checked yet"), "grey", words("It is checked once it is attached, or in the next minutes.")
    state, colour, meaning = STATES[one.state]
    reason = f" {one.reason[:1].upper()}{one.reason[1:]}" if one.reason and one.state not in OPEN_STATES else ""
    return words(state), colour, words(meaning) + ("" if one.found else reason)


def _typed(one: VersionShown) -> dict[str, str]:
    """What is said of the version, as its form's fields have it."""
    typed = {"title": one.title, "owner": one.owner}
    for name, day in (("effective_on", one.effective_on), ("review_by", one.review_by)):
        parts = ("", "", "") if day is None else (str(day.day), str(day.month), str(day.year))
        typed |= {f"{name}-{part}": said for part, said in zip(("day", "month", "year"), parts, strict=True)}
    return typed
