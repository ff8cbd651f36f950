"""Schemes and their editions in lists: what is published, and what runs on it."""

from collections.abc import Iterable
from dataclasses import dataclass

from accreditation.views.scheme_desk import EditionOnDesk, SchemeOnDesk
from api.presenting.college.scheme_paths import root_of
from api.presenting.moments import day_of
from api.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A scheme in the list of all."""

    title: str
    href: str
    newest: str
    running: str
    drafts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An edition in the table of its scheme."""

    label: str
    href: str
    effective: str
    published: str
    running: int
    compare: str


def cards(desks: Iterable[SchemeOnDesk], words: Words) -> tuple[Card, ...]:
    """Every scheme as it stands in the list."""
    return tuple(
        Card(
            title=one.title, href=root_of(one.scheme), newest=_newest(one.editions, words),
            running=_running(one, words),
            drafts=words.many("%(number)s open draft", "%(number)s open drafts", one.drafts) if one.drafts else "",
        )
        for one in desks
    )  # fmt: skip


def _running(one: SchemeOnDesk, words: Words) -> str:
    if not one.editions:
        return ""
    if not one.running:
        return words("No cycle runs now")
    return words.many("%(number)s cycle runs", "%(number)s cycles run", one.running)


def _newest(editions: tuple[EditionOnDesk, ...], words: Words) -> str:
    if not editions:
        return words("Not published yet")
    newest = editions[0]
    return words(
        "Edition %(edition)s, in force from %(day)s", edition=newest.edition, day=words.day(newest.effective_on)
    )


def rows(desk: SchemeOnDesk, words: Words) -> tuple[Row, ...]:
    """Every edition of this scheme, the newest first."""
    root = root_of(desk.scheme)
    older = [*(one.edition for one in desk.editions), ""][1:]
    return tuple(
        Row(
            label=one.edition, href=f"{root}/editions/{one.edition}", effective=words.day(one.effective_on),
            published=words.day(day_of(one.published_at)), running=one.running,
            compare=f"{root}/compare?old={before}&new={one.edition}" if before else "",
        )
        for one, before in zip(desk.editions, older, strict=True)
    )  # fmt: skip
