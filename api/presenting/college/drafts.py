"""Drafts of schemes in words: who saved what and when, and every fault beside the lines in which it stands."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import unified_diff

from accreditation.errors import Contradiction, FileFault, Invalid, Refused, Stale, TooLarge
from accreditation.library import Checked
from accreditation.scheme.one_text import MOST_BYTES
from accreditation.views.drafts import DraftRow, DraftShown, Saved
from api.presenting.college.scheme_paths import root_of
from api.presenting.faults import Faults, Told, faults_of
from api.presenting.moments import day_of, time_of
from api.presenting.team.criterion import name_of
from api.words import Words

AROUND = 2
"""So many lines before and after the one at fault are shown."""

LONGEST = 300
"""Of a longer line so many characters are shown."""

FEW = 10
"""So many saved texts are listed; more stand behind."""

MOST_LINES = 400
"""Of what differs between two texts so many lines are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A draft in the list of those of its scheme."""

    name: str
    href: str
    saved: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the text: its number, what stands in it, and whether it is the one that is meant."""

    number: int
    text: str
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """One fault: where it stands, the lines around it, what was found there and what is allowed."""

    key: str
    line: int
    where: str
    lines: tuple[Line, ...]
    found: str
    allowed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A text that was saved: who and when, and where it can be read."""

    words: str
    href: str
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    """Another text was saved while one wrote: who did, what to do, and what differs, line by line, to one's own."""

    who: str
    advice: str
    lines: tuple[tuple[str, str], ...]
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A draft on its page. `older` says which text is shown where it is not the one that stands."""

    id: int
    begun: str
    saved: str
    seen: int
    text: str
    rows: int
    older: str
    ended: str
    edition: str
    wrong: tuple[Wrong, ...]
    sound: str
    lacking: str
    both: Both | None
    versions: tuple[Version, ...]
    earlier: tuple[Version, ...]
    summary: Faults


def draft_rows(drafts: Iterable[DraftRow], scheme: str, words: Words) -> tuple[Row, ...]:
    """The open drafts of this scheme."""
    return tuple(
        Row(name=_named(one, words), href=f"{root_of(scheme)}/drafts/{one.id}", saved=saved_words(one.saved, words))
        for one in drafts
    )


def _named(one: DraftRow, words: Words) -> str:
    if one.began_from:
        return words("Draft %(number)s, begun from edition %(label)s", number=one.id, label=one.began_from)
    return words("Draft %(number)s", number=one.id)


def saved_words(saved: Saved, words: Words) -> str:
    """Which text stands, who saved it and when."""
    return words(
        "Version %(number)s, saved by %(who)s at %(time)s on %(day)s", number=saved.number, who=name_of(saved.by),
        time=time_of(saved.at), day=words.day(day_of(saved.at)),
    )  # fmt: skip


def refused_draft(refusal: Refused, words: Words, *, field: str = "text") -> Faults:
    """Why what was sent is not saved, beside its field."""
    if isinstance(refusal, Stale):
        return Faults(
            (Told(field=field, words=words("Another version was saved while you wrote. Yours is not saved.")),)
        )
    if isinstance(refusal, Contradiction):  # it has ended: no field is left but the one that shows what was typed
        return faults_of(refusal, {"text": "text"})
    if isinstance(refusal, TooLarge):
        return Faults((Told(field=field, words=words(
            "This file is too large, and nothing of it was kept. A standard has at most %(most)s bytes; a plain letter "
            "is one. Choose the text of a standard: without pictures, and not a word-processor’s file.",
            most=f"{MOST_BYTES:,}",
        )),))  # fmt: skip
    told = faults_of(refusal, {field: field}, said=_said(refusal, words))
    return told or Faults((Told(field=field, words=words("Choose a file from your computer.")),))


def _said(refusal: Refused, words: Words) -> dict[str, str]:
    """What a refused text is told where a sentence says it better than the fault."""
    faults = refusal.faults if isinstance(refusal, Invalid) else ()
    if any(one.where == "text" and one.found == "empty" for one in faults):
        return {"text": words("The field is empty, so nothing was saved. To give the draft up, drop it.")}
    return {}


def draft_page(
    one: DraftShown, checked: Checked, words: Words, *, typed: str | None = None, beside: str = ""
) -> Page:  # fmt: skip
    """The draft's page. `typed` is what stood in the field where it is not saved; `beside` names who typed it, where
    another text was saved meanwhile and the two are shown beside each other."""
    lines = one.text.split("\n")
    wrong = tuple(_wrong(number, fault, lines, words) for number, fault in enumerate(checked.faults, start=1))
    if typed is not None or one.ended is not None:
        wrong = ()
    stands = typed is None and one.ended is None and one.number == one.saved.number
    versions = tuple(_versions(one, words))
    plain = None if typed is None else typed.replace("\r\n", "\n")
    return Page(
        id=one.id, begun=_named(one, words), saved=saved_words(one.saved, words), seen=one.saved.number,
        text=one.text if plain is None else plain, rows=max(12, min(40, len(lines))),
        older="" if one.number == one.saved.number else words("This is version %(number)s.", number=one.number),
        ended=_ended(one, words), edition="" if one.ended is None else one.ended.edition, wrong=wrong,
        sound=_sound(checked, words) if stands else "", lacking=_lacking(one, checked, words) if stands else "",
        both=_both(one, plain, beside, words) if beside and plain is not None and plain.rstrip() != one.text.rstrip()
        else None,
        versions=versions[:FEW], earlier=versions[FEW:],
        summary=Faults(
            tuple(
                Told(field=each.key, words=words("%(where)s: %(found)s", where=each.where, found=each.found))
                for each in wrong
            )
        ),
    )  # fmt: skip


def _wrong(number: int, fault: FileFault, lines: list[str], words: Words) -> Wrong:
    first, last = max(1, fault.line - AROUND), min(len(lines), fault.line + AROUND)
    where = words("Line %(line)s", line=fault.line)
    return Wrong(
        key=f"fault-{number}", line=fault.line,
        where=words("%(line)s, in %(file)s", line=where, file=fault.file) if fault.file else where,
        lines=tuple(Line(number=at, text=_cut(lines[at - 1]), here=at == fault.line) for at in range(first, last + 1)),
        found=fault.found,
        allowed=fault.allowed.removeprefix("allowed here: "),
    )  # fmt: skip


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def _sound(checked: Checked, words: Words) -> str:
    """What was checked, where nothing is wrong."""
    if checked.standard is None:
        return ""
    scheme, kinds = checked.standard.scheme, Counter(one.type for one in checked.standard.scheme.criteria)
    number = len(checked.standard.cases)
    each = ", ".join(f"{kinds[name]} {kind.title.lower()}" for name, kind in scheme.types.items() if kinds[name])
    criteria = words.many("%(number)s criterion", "%(number)s criteria", len(scheme.criteria))
    if not number:
        return words(
            "No fault was found: %(criteria)s (%(each)s). There are no worked cases.", criteria=criteria, each=each
        )
    return words(
        "No fault was found: %(criteria)s (%(each)s) and %(cases)s.", criteria=criteria, each=each,
        cases=words.many("%(number)s worked case, which gives what it expects",
                         "%(number)s worked cases, each of which gives what it expects", number),
    )  # fmt: skip


def _lacking(one: DraftShown, checked: Checked, words: Words) -> str:
    """That no worked case shows what the rules give, where none does, and what to do about it."""
    if checked.standard is None or checked.standard.cases:
        return ""
    told = words(
        "Nothing shows yet that the rules give the results you mean. Write a few services with the result that each "
        "must get, below a line “--- # cases/first.yaml” at the end of the text: each save then tries them all."
    )
    if not one.began_from:
        return told
    none = words(
        "Edition %(label)s, from which this draft was begun, is kept without any; if its authors have some in a file, "
        "paste what is in it.", label=one.began_from,
    )  # fmt: skip
    return f"{told} {none}"


def _ended(one: DraftShown, words: Words) -> str:
    if one.ended is None:
        return ""
    values = {"who": name_of(one.ended.by), "day": words.day(day_of(one.ended.at))}
    if one.ended.edition:
        return words("%(who)s published this draft as edition %(label)s on %(day)s.", label=one.ended.edition, **values)
    return words("%(who)s dropped this draft on %(day)s: %(reason)s", reason=one.ended.reason, **values)


def _versions(one: DraftShown, words: Words) -> Iterator[Version]:
    root = f"{root_of(one.scheme)}/drafts/{one.id}"
    for saved in one.history:
        yield Version(
            words=saved_words(saved, words), href=f"{root}?version={saved.number}", here=saved.number == one.number
        )


def _both(one: DraftShown, typed: str, by: str, words: Words) -> Both:
    """What differs between the text that stands and the one that was typed by this person."""
    steps = list(unified_diff(one.text.rstrip().split("\n"), typed.rstrip().split("\n"), lineterm="", n=1))[2:]
    said = {"-": words("Theirs"), "+": words("Yours")}
    advice = words(
        "Your text stands in the field below and is not saved. Take over from theirs what you want to keep. If you "
        "save yours then, it becomes the newest version; theirs stays in the list of versions."
    )
    if one.saved.by == by:
        said = {"-": words("Saved"), "+": words("In the field")}
        advice = words(
            "You saved it yourself, in another window or tab. What you wrote here stands in the field below and is not "
            "saved. Take over from the saved version what you want to keep. If you save the field then, it becomes the "
            "newest version; the other stays in the list of versions."
        )
    lines = tuple(
        (said.get(step[:1], ""), "…" if step.startswith("@@") else _cut(step[1:])) for step in steps[:MOST_LINES]
    )
    return Both(who=saved_words(one.saved, words), advice=advice, lines=lines, more=len(steps) > MOST_LINES)
