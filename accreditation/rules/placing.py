"""Which criteria does a document most likely answer? A person confirms; nothing is ever attached by this.

The words of the document are asked of the criteria's wording with BM25 (Robertson and Zaragoza, "The Probabilistic
Relevance Framework", 2009): a word that few criteria use says more than one that many do. A word that the document
repeats counts a little more, never in proportion: one long policy must not drown in its favourite word.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accreditation.scheme.criterion import Criterion


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """The document may answer this criterion.

    `score`: a word that no other criterion uses counts one at most where the document says it once, three at most where
    it is repeated, and commoner words count for less. `because` are words of the criterion's own wording, the strongest
    first: never what stands in the document alone, for that may be a patient's.
    """

    criterion: str
    score: float
    because: tuple[str, ...]


MOST_CHARACTERS = 400_000
"""What a document is about has been said by then, some 150 pages on."""

LEAST_WORDS = 3
"""So many different words must speak for a criterion: with fewer, any document would fit somewhere."""

ENOUGH = 1.5
"""A suggestion scores at least this: what any document of the same hospital has in common with a criterion is less."""

NEAR = 0.4
"""A suggestion scores at least this share of the best one: what is far behind only makes a person read."""

AGAIN = 0.75
"""A sentence with this share of the words of a title, a statement or the name of a document that is asked says it
again: then the criterion is suggested however little else speaks for it, as where the document is one line long."""

MOST_BECAUSE = 6

TITLE, STATEMENT, GUIDANCE, EVIDENCE = 2, 1, 1, 1
"""How often each part of the wording counts. These, the endings and the limits above were chosen on one half of the
labelled documents in the tests: plain words, plurals alone, first letters, equal and steeper weights placed fewer or
let more in that belong nowhere. What the other half says is printed by `make bench`."""

REPEATED = 2.0
"""How soon a repeated word of the document stops counting more (k3 of BM25): 0 would be at once."""


def suggest(text: str, *, criteria: Sequence[Criterion], most: int = 3) -> tuple[Suggestion, ...]:
    """Which criteria, at most so many, does a document with this text most likely answer, the likeliest first?

    Empty where the document has too little in common with all of them. A criterion that is only measured and asks for
    no document is never suggested. The order of `criteria` decides between equals; the same text always gives the same.
    """
    asked = [criterion for criterion in criteria if criterion.evidence or criterion.measure is None]
    said = Counter(word.stem for word in _words(text[:MOST_CHARACTERS]))
    if not asked or not said:
        return ()
    worth = _worth(said, [_wording(criterion) for criterion in asked])
    repeated = _repeated(text[:MOST_CHARACTERS], asked)
    found = [
        _suggestion(criterion, of, repeated=criterion.id in repeated)
        for criterion, of in zip(asked, worth, strict=True)
        if len(of) >= LEAST_WORDS
    ]
    best = sorted(found, key=lambda one: -one.score)[:most]
    return tuple(one for one in best if one.score >= max(ENOUGH, NEAR * best[0].score))


def left_to_say(
    found: Sequence[Suggestion], *, applicable: Collection[str], settled: Collection[str], most: int = 3
) -> tuple[Suggestion, ...]:
    """Which of these suggestions, the likeliest first, does a person still decide on?

    Of the `most` likeliest that apply to the service, those that are not settled: attached, or dismissed. What is
    settled brings no less likely one in its place.
    """
    likely = [one for one in found if one.criterion in applicable][:most]
    return tuple(one for one in likely if one.criterion not in settled)


def _worth(said: Mapping[str, int], wordings: Sequence[Sequence[str]]) -> list[dict[str, float]]:
    """What is each word of the document worth for each criterion? Words that a criterion does not have are left out."""
    import bm25s  # noqa: PLC0415  a quarter of a second, and only a document needs it

    known = {stem for wording in wordings for stem in wording}
    asked = sorted(known & said.keys())
    found: list[dict[str, float]] = [{} for _ in wordings]
    if not asked:
        return found
    rarest = math.log(1 + (len(wordings) - 0.5) / 1.5)  # what BM25 gives for a word that only one criterion has
    index: Any = bm25s.BM25(dtype="float64")  # brings no types
    index.index([list(wording) for wording in wordings], show_progress=False, create_empty_token=False)
    for stem in asked:
        often = said[stem] * (REPEATED + 1) / (said[stem] + REPEATED)
        for of, score in zip(found, index.get_scores([stem]).tolist(), strict=True):
            if score > 0:
                of[stem] = score * often / rarest
    return found


def _repeated(text: str, criteria: Sequence[Criterion]) -> set[str]:
    """Of which criteria does a sentence or line of the text say the title, the statement or a document asked again?"""
    parts: list[tuple[str, int]] = []
    having: dict[str, list[int]] = {}
    for criterion in criteria:
        for part in (criterion.title, criterion.statement, *(asked.title for asked in criterion.evidence)):
            stems = {word.stem for word in _words(part)}
            for stem in stems if len(stems) >= LEAST_WORDS else ():
                having.setdefault(stem, []).append(len(parts))
            parts.append((criterion.id, len(stems)))
    found: set[str] = set()
    for sentence in re.split(r"[.;:?!\n\r\t]+", text):
        stems = {word.stem for word in _words(sentence)} & having.keys()
        shared = Counter(part for stem in stems for part in having[stem])
        found |= {parts[part][0] for part, many in shared.items() if many >= max(LEAST_WORDS, AGAIN * parts[part][1])}
    return found


def _suggestion(criterion: Criterion, worth: Mapping[str, float], *, repeated: bool) -> Suggestion:
    strongest = sorted(worth, key=lambda stem: (-worth[stem], stem))[:MOST_BECAUSE]
    written: dict[str, str] = {}
    for part, _ in _parts(criterion):
        for word in _words(part):
            written.setdefault(word.stem, word.written)
    because = tuple(dict.fromkeys(written[stem] for stem in strongest))
    score = max(sum(worth.values()), ENOUGH if repeated else 0)
    return Suggestion(criterion=criterion.id, score=round(score, 6), because=because)


def _parts(criterion: Criterion) -> Iterable[tuple[str, int]]:
    """The parts of a criterion's wording, each with its weight."""
    yield criterion.title, TITLE
    yield criterion.statement, STATEMENT
    yield criterion.guidance, GUIDANCE
    for asked in criterion.evidence:
        yield asked.title, EVIDENCE


def _wording(criterion: Criterion) -> list[str]:
    return [word.stem for part, weight in _parts(criterion) for word in _words(part) for _ in range(weight)]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as it is compared, and as it was written."""

    stem: str
    written: str


def _words(text: str) -> Iterable[_Word]:
    """The words that say what a text is about; an abbreviation says what it stands for too."""
    for written in re.findall(r"[^\W\d_]+", text.casefold()):
        if written in EMPTY or written in NUMBERS:
            continue
        yield _Word(_stem(written), written)
        for full in ABBREVIATIONS.get(written, "").split():
            yield _Word(_stem(full), written)


def _stem(word: str) -> str:
    """The word without its commonest endings, so that 'screened', 'screening' and 'screens' are one word."""
    for ending, instead, least in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            word = word[: len(word) - len(ending)] + instead
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 4 else word


ENDINGS: tuple[tuple[str, str, int], ...] = (
    ("ies", "y", 2), ("sses", "ss", 2), ("ings", "", 4), ("ing", "", 4), ("ied", "y", 2), ("ed", "", 4),
    ("ss", "ss", 2), ("us", "us", 2), ("is", "is", 2), ("s", "", 3),
)  # fmt: skip
"""An ending, what stands in its place, and how many letters must be left: the first that fits is taken."""

NUMBERS = frozenset(
    re.findall(
        r"\w+",
        """zero one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty
        ninety hundred thousand half first second third""",
    )
)
"""Numbers in words. Like figures they are in every document, and say nothing about what it is about."""

EMPTY = frozenset(
    re.findall(
        r"\w+",
        """a about above after again all also am an and any are as at be because been before being below between
        both but by can could did do does done down each else every few for from further had has have having he
        her here hers him his how i if in into is it its itself just least less made make many may me might more
        most must my need needs no nor not of off on once only or other our ours out over own per same say says
        she should so some such than that the their them then there these they this those through to too under
        until up upon use used very was we were what when where whether which while who whom whose why will with
        within without would you your""",
    )
)
"""Words that say nothing about what a text is about."""

ABBREVIATIONS: Mapping[str, str] = {
    "af": "atrial fibrillation", "bp": "blood pressure", "ct": "computed tomography",
    "cta": "computed tomography angiography", "dvt": "deep vein thrombosis", "ed": "emergency department",
    "esd": "early supported discharge", "gp": "general practitioner",
    "hasu": "hyperacute stroke unit", "hca": "healthcare assistant",
    "ich": "intracerebral haemorrhage", "ipc": "intermittent pneumatic compression", "mdt": "multidisciplinary team",
    "mri": "magnetic resonance imaging", "mrs": "modified rankin scale",
    "nihss": "national institutes health stroke scale",
    "ot": "occupational therapy", "pt": "physiotherapy", "rn": "registered nurse", "rns": "registered nurses",
    "salt": "speech language therapy", "slt": "speech language therapy",
    "ssnap": "sentinel stroke national audit programme", "tia": "transient ischaemic attack",
    "vte": "venous thromboembolism", "wte": "whole time equivalent",
}  # fmt: skip
"""What abbreviations stand for that hospital teams write without explaining, and standards spell out."""
