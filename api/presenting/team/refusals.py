"""What is wrong with an answer, a comment or a note, beside the field that it is about, in a team's words."""

from accreditation.errors import Fault, Invalid
from api.presenting.faults import NOTHING, Faults, Told, sentence
from api.words import Words

OF_THE_NOTE = ("say in the note", "say why", "words from which", "at most", "letters, signs")
"""How what is needed begins where a fault is about the note."""


def faults_of_answer(refusal: Invalid, words: Words) -> Faults:
    """Every fault of an answer that was refused."""
    return Faults(tuple(_told(fault, words) for fault in refusal.faults))


def _told(fault: Fault, words: Words) -> Told:
    if fault.where in ("number", "points"):
        return Told(field=fault.where, words=_needed(fault, words))
    if fault.allowed.startswith("say in the note"):
        return Told(field="note", words=words("Say in the note why this does not apply to your service."))
    if fault.allowed.startswith(OF_THE_NOTE) and fault.found in NOTHING:
        return Told(field="note", words=_needed(fault, words))
    if fault.allowed.startswith(OF_THE_NOTE):
        return Told(field="note", words=sentence(fault, called=words("the note")))
    if "value" in fault.where:
        return Told(field="points", words=_needed(fault, words))
    return Told(field="number" if fault.allowed.startswith("a number") else "choice", words=_needed(fault, words))


def _needed(fault: Fault, words: Words) -> str:
    if fault.found in NOTHING:
        return sentence(fault)
    return words("You wrote %(found)s. What is needed: %(allowed)s.", found=fault.found, allowed=fault.allowed)
