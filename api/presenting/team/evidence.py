"""A cycle's evidence in words: each file with how it stands, what criteria ask for, and what to choose from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from accreditation.views.evidence import EvidenceEnded, EvidenceShown
from accreditation.views.evidence_desk import CriterionAsks, EvidenceDesk, OneFile
from accreditation.views.requests import RequestShown
from api.presenting.moments import day_of, time_of
from api.presenting.register import Told
from api.presenting.register_list import Choice
from api.presenting.team.criterion import name_of
from api.presenting.team.due import no_more
from api.presenting.team.files import Stand, kinds_words, size_words, stand
from api.words import Words, capital

ENGINE = "engine"
"""Under which name our own checks say what they found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """A criterion that a file answers, and where in it."""

    id: str
    words: str
    href: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that is attached."""

    id: int
    title: str
    href: str
    content: str
    about: str
    stand: Stand
    answers: tuple[Answers, ...]
    newer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    """A file that was taken back or replaced."""

    title: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a reviewer asks for besides: open where it can be answered still."""

    name: str
    criterion: str
    question: str
    until: str
    open: bool
    said: str
    add: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The page. `about` is the criterion that it is narrowed to; empty for all."""

    about: str
    lead: str
    asks: tuple[str, ...]
    add: str
    may_add: bool
    files: tuple[File, ...]
    attention: int
    over: tuple[Over, ...]
    asked: tuple[Asked, ...]
    no_more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """A domain's criteria to choose from; open where one of them is chosen."""

    title: str
    criteria: tuple[Choice, ...]
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Adding:
    """The form that adds files: the criteria to choose from, and what the scheme takes."""

    domains: tuple[Domain, ...]
    takes: str
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """One file's page; `named` tells it from others of the same title."""

    named: str
    file: File
    facts: tuple[Told, ...]
    history: tuple[str, ...]
    explains: bool
    version: int
    may_change: bool
    documents: tuple[Choice, ...]


def evidence(desk: EvidenceDesk, root: str, criterion: str, words: Words) -> Evidence:
    """The evidence of a cycle whose pages begin with `root`, or of one criterion of it."""
    only = next((one for one in desk.criteria if one.id == criterion), None)
    shown = [file(one, desk.titles, root, words) for one in desk.evidence if only is None or only.id in one.criteria]
    shown.sort(key=lambda one: not one.stand.to_do)
    add = f"{root}/evidence/files" + (f"?criterion={only.id}" if only is not None else "")
    return Evidence(
        about=f"{only.id} {only.title}" if only is not None else "", lead=_lead(desk, words),
        asks=_asks(only, words), add=add, may_add=desk.may_attach, files=tuple(shown),
        attention=sum(bool(one.stand.to_do) for one in shown),
        over=tuple(_over(one, words) for one in desk.ended if only is None or only.id in one.criteria),
        asked=tuple(_asked(one, root, words) for one in desk.requests if only is None or only.id == one.criterion),
        no_more=no_more(desk.stage, words) if any(one.state == "open" for one in desk.requests) else "",
    )  # fmt: skip


def adding(desk: EvidenceDesk, chosen: Sequence[str], words: Words) -> Adding:
    """The form that adds files, with these criteria chosen."""
    domains = [
        Domain(
            title=title, criteria=tuple((one.id, f"{one.id} {one.title}") for one in several),
            open=any(one.id in chosen for one in several),
        )
        for title, several in ((title, list(rows)) for title, rows in groupby(desk.criteria, _domain_title))
    ]  # fmt: skip
    takes = [words("Kinds of files: %(kinds)s.", kinds=kinds_words(desk.kinds, words))] if desk.kinds else []
    if desk.most_bytes is not None:
        takes.append(words("A file may have at most %(size)s.", size=size_words(desk.most_bytes)))
    only = [one for one in desk.criteria if [one.id] == [*chosen]]
    return Adding(domains=tuple(domains), takes=" ".join(takes), asks=_asks(only[0] if only else None, words))


def whole(one: OneFile, root: str, words: Words) -> Whole:
    """One file's page."""
    kept = one.file
    said = kept.clearance.said
    return Whole(
        named=_named(kept, words),
        file=file(kept, one.titles, root, words), facts=_facts(kept, words),
        history=tuple(
            _said(each.reason, _by(each.by, words), words.day(day_of(each.at))) for each in said if each.reason
        ),
        explains=kept.clearance.state in ("quarantined", "explained") and kept.deleted is None,
        version=kept.clearance.version, may_change=one.may_withdraw,
        documents=tuple((str(version), title) for version, title in one.documents),
    )  # fmt: skip


def _named(one: EvidenceShown, words: Words) -> str:
    """What tells the page of this file from that of another with the same title."""
    day, time = words.day(day_of(one.attached_at)), time_of(one.attached_at)
    return words("%(title)s, added on %(day)s at %(time)s", title=one.title, day=day, time=time)


def file(one: EvidenceShown, titles: Mapping[str, str], root: str, words: Words) -> File:
    """A file in a list."""
    href = f"{root}/evidence/{one.id}"
    about = [one.file_name, size_words(one.size)]
    if one.effective_on is not None:
        about.append(words("in force from %(day)s", day=words.day(one.effective_on)))
    if one.review_by is not None:
        about.append(words("to be reviewed by %(day)s", day=words.day(one.review_by)))
    return File(
        id=one.id, title=one.title, href=href, content="" if one.deleted else f"{href}/content",
        about=", ".join(about),
        stand=stand(one.clearance, whole=one.whole, deleted=one.deleted, words=words),
        answers=tuple(
            Answers(id=name, words=f"{name} {titles.get(name, '')}".strip(), href=f"{root}/criteria/{name}",
                    place=one.places.get(name, ""))
            for name in one.criteria
        ),
        newer="" if one.newer is None
        else words("Your library has a newer version of it, number %(number)s. Nothing changes here by itself.",
                   number=one.newer.number),
    )  # fmt: skip


def _lead(desk: EvidenceDesk, words: Words) -> str:
    if desk.may_attach:
        return words("Add each document once, and say which questions it answers.")
    if desk.evidence:
        return words("The evidence was sent. Reviewers see what is listed here.")
    return words("No evidence can be added now.")


def _asks(one: CriterionAsks | None, words: Words) -> tuple[str, ...]:
    """What does this criterion ask for, a line each?"""
    if one is None:
        return ()
    told = []
    for asked in one.asks:
        said = words("%(title)s (needed)", title=asked.title) if asked.required else asked.title
        if asked.not_older_than:
            said = words("%(title)s, not older than %(period)s", title=said, period=asked.not_older_than)
        told.append(said)
    return tuple(told)


def _over(one: EvidenceEnded, words: Words) -> Over:
    day = words.day(day_of(one.at))
    if one.how.value == "replaced":
        said = words("replaced on %(day)s by %(who)s", day=day, who=name_of(one.by))
    else:
        said = words("taken back on %(day)s by %(who)s", day=day, who=name_of(one.by))
    return Over(title=one.title, words=f"{said}: {one.reason}" if one.reason else said)


def _asked(one: RequestShown, root: str, words: Words) -> Asked:
    said = ""
    if one.state == "answered":
        said = words("Your answer: %(reply)s", reply=one.reply)
    elif one.state == "expired":
        said = words("The time to answer is over.")
    elif one.state == "ended":
        said = words("The review is over: nobody waits for an answer any more.")
    return Asked(
        name=one.request or "", criterion=f"{one.criterion} {one.title}", question=one.question,
        until=words.day(day_of(one.due_at)), open=one.state == "open", said=said,
        add=f"{root}/evidence/files?criterion={one.criterion}",
    )  # fmt: skip


def _domain_title(one: CriterionAsks) -> str:
    return one.domain_title


def _facts(one: EvidenceShown, words: Words) -> tuple[Told, ...]:
    facts = [
        (words("File"), f"{one.file_name}, {size_words(one.size)}"),
        (words("Who keeps it up to date"), one.owner),
        (words("In force from"), "" if one.effective_on is None else words.day(one.effective_on)),
        (words("To be reviewed by"), "" if one.review_by is None else words.day(one.review_by)),
        (
            words("Added"),
            words("on %(day)s by %(who)s", day=words.day(day_of(one.attached_at)), who=name_of(one.attached_by)),
        ),
    ]
    return tuple(Told(name=name, value=value) for name, value in facts if value)


def _by(by: str, words: Words) -> str:
    """Who said it: our own checks are no person."""
    return words("our check") if by == ENGINE else name_of(by)


def _said(reason: str, by: str, day: str) -> str:
    return f"{day}, {by}: {capital(reason)}"
