"""What is said of faults in the forms to sign in and of one's own account."""

from collections.abc import Mapping

from accreditation.errors import Fault, Invalid, Refused
from api.presenting.faults import NOTHING, Faults, Told, faults_of, sentence
from api.words import Words, capital, marked

SAID: Mapping[str, str] = {
    "password again": marked("Type the same password in both fields."),
    "present password": marked("This is not your present password."),
    "code": marked("This code is not right. Type the six digits that the app shows now."),
}
"""What a fault is about -> how it is said, where a sentence says it better than the fault."""


def nothing_typed(*, email: str, password: str, words: Words) -> Faults:
    """What is said of fields that were left empty by whoever wants to sign in."""
    said = (
        ("email", email.strip(), words("Type your e-mail address.")),
        ("password", password, words("Type your password.")),
    )
    return Faults(tuple(Told(field=field, words=told) for field, typed, told in said if not typed))


def signing_faults(refusal: Refused, fields: Mapping[str, str]) -> Faults:
    """Every fault of this refusal, each at its field."""
    faults = refusal.faults if isinstance(refusal, Invalid) else ()
    weak = {one.where: _of_password(one) for one in faults if one.where == "password"}
    return faults_of(refusal, fields, said={**SAID, **weak})


def _of_password(one: Fault) -> str:
    """What is said of a password that will not do."""
    if one.found in NOTHING:
        return sentence(one)
    return f"This password {one.found}. {capital(one.allowed)}."
