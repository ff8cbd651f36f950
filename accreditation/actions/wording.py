"""What people may write: a name on one line, a reason or a note in sentences."""

import re
from collections.abc import Iterable, Iterator, Mapping

from accreditation.errors import Fault, Invalid
from accreditation.rules.identifiers import WORDS, Page, search
from accreditation.rules.named import faults_of_name
from accreditation.scheme.answer import Answer
from accreditation.scheme.process import EvidenceRules

LONGEST_PROSE = 5000
"""Characters of a reason or a note: two pages."""

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""What no database or page can show: control characters but tabs and line breaks, and halves of characters."""


FORBIDDEN = EvidenceRules()
"""What holds for words of no scheme: they tell of no patient."""

NO_PATIENT = (
    "words from which no patient can be told: leave it out; where it is another number, write before it what it is, as "
    "in 'telephone'"
)


def faults_of_patients(where: str, text: str, *, rules: EvidenceRules = FORBIDDEN) -> Iterator[Fault]:
    """Does this text, which others read in lists and messages, tell who a patient is? It is not repeated here.

    Nothing is a fault under rules that leave patients to others.
    """
    if rules.patient_identifiers != "forbidden":
        return
    hits = search([Page(number=1, label=where, text=text)], patterns=rules.hospital_numbers)
    for what in dict.fromkeys(hit.what for hit in hits):
        yield Fault(where=where, found=WORDS[what], allowed=NO_PATIENT)


def check_untold(named: Iterable[tuple[str, str]]) -> None:
    """Does one of these names, each with where it stands, tell who a patient is? Raises Invalid, naming each such.

    A name that stands often is searched once. Names of organisations, teams and columns belong to no scheme.
    """
    where: dict[str, list[str]] = {}
    for at, text in named:
        if text:
            where.setdefault(text, []).append(at)
    _none(fault for text, several in where.items() for at in several[:1] for fault in faults_of_patients(at, text))


def faults_of_prose(where: str, text: str, *, rules: EvidenceRules = FORBIDDEN) -> Iterator[Fault]:
    """What is wrong with this text? It may be empty and have many lines, and tells of no patient under these rules."""
    if len(text) > LONGEST_PROSE:
        yield Fault(where=where, found=f"{len(text)} characters", allowed=f"at most {LONGEST_PROSE} characters")
    if _UNWRITABLE.search(text):
        yield Fault(where=where, found="a character that cannot be shown", allowed="letters, signs and line breaks")
    yield from faults_of_patients(where, text[:LONGEST_PROSE], rules=rules)


def faults_of_notes(answers: Mapping[str, Answer], *, rules: EvidenceRules = FORBIDDEN) -> Iterator[Fault]:
    """What is wrong with the notes of these answers?"""
    for name, answer in answers.items():
        yield from faults_of_prose(f"criterion {name}", answer.note, rules=rules)


def check_name(where: str, name: str) -> None:
    """Can this name be kept? Raises Invalid."""
    _none(faults_of_name(where, name))


def check_reason(reason: str, *, say: str = "say why, in a sentence", rules: EvidenceRules = FORBIDDEN) -> None:
    """Is there a reason that can be kept? Raises Invalid; `say` is what is to be said."""
    check_words("reason", reason, say=say, rules=rules)


WHICH_CONFLICT = "say what the conflict is, in a sentence"
"""What is to be said where somebody has a conflict of interest."""


def check_reason_of(reason: str, *, hospital_numbers: Iterable[str]) -> None:
    """Can this reason be kept, of what several schemes may read, which write hospital numbers so? Raises Invalid."""
    check_reason(reason, rules=FORBIDDEN.model_copy(update={"hospital_numbers": tuple(hospital_numbers)}))


def check_words(where: str, text: str, *, say: str, rules: EvidenceRules = FORBIDDEN) -> None:
    """Is something said here that can be kept? Raises Invalid; `say` is what is to be said."""
    if not text.strip():
        raise Invalid([Fault(where=where, found="empty", allowed=say)])
    _none(faults_of_prose(where, text, rules=rules))


def _none(faults: Iterator[Fault]) -> None:
    if found := list(faults):
        raise Invalid(found)
