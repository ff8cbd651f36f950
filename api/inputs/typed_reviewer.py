"""What the office types of a reviewer, as the values that are kept."""

from collections.abc import Collection

from pydantic import ValidationError

from accreditation.actions.change_reviewer import ReviewerChange
from accreditation.actions.register_reviewer import faults_of_reviewer
from accreditation.errors import Fault, Invalid
from accreditation.rules.named import faults_of_name
from accreditation.rules.reviewer_facts import MOST_DONE, MOST_VISITS
from api.inputs.all_at_once import faults_in

NO_ORGANISATION = Fault(
    where="employer", found="a name that the college does not have",
    allowed="the whole name of an organisation, or its ODS code; leave it empty for none",
)  # fmt: skip


def typed_number(text: str, *, where: str, most: int) -> int:
    """The whole number that was typed. Raises Invalid."""
    said = text.strip()
    if not (said.isascii() and said.isdecimal() and len(said) < 6 and int(said) <= most):
        found = repr(said[:40]) if said else "nothing"
        raise Invalid([Fault(where=where, found=found, allowed=f"a whole number from 0 to {most}")])
    return int(said)


def typed_capacity(text: str) -> int:
    """How many visits in a round. Raises Invalid."""
    return typed_number(text, where="capacity", most=MOST_VISITS)


def check_employer(employer: str, known: int | None) -> None:
    """Is the employer, if one is typed, an organisation that is known? Raises Invalid."""
    if employer.strip() and known is None:
        raise Invalid([NO_ORGANISATION])


def typed_new(*, name: str, roles: Collection[str], employer: str, known: int | None, capacity: str) -> int:
    """How many visits in a round a new reviewer makes. Raises Invalid naming every fault of the form.

    `known` is the organisation that the employer's name means.
    """
    if faults := [
        *faults_of_name("name", name),
        *faults_of_reviewer(roles=roles, capacity=0),
        *faults_in(lambda: check_employer(employer, known), lambda: typed_capacity(capacity)),
    ]:
        raise Invalid(faults)
    return typed_capacity(capacity)


def typed_reviewer(
    *, roles: tuple[str, ...], employer: str, organisation: int | None, capacity: str, visits_done: str,
    specialties: str, region: str, place: str,
) -> ReviewerChange:  # fmt: skip
    """Everything that the form of a reviewer says is to stand. Raises Invalid, whose faults name the field."""
    visits = visits_done.strip() or "0"
    if faults := [
        *faults_of_reviewer(roles=roles, capacity=0),
        *faults_in(
            lambda: check_employer(employer, organisation),
            lambda: typed_capacity(capacity),
            lambda: typed_number(visits, where="visits_done", most=MOST_DONE),
        ),
    ]:
        raise Invalid(faults)
    done = typed_number(visits, where="visits_done", most=MOST_DONE)
    try:
        return ReviewerChange(
            roles=roles, organisation=organisation, capacity=typed_capacity(capacity), visits_done=done,
            specialties=_words(specialties), region=region, place=place,
        )  # fmt: skip
    except ValidationError as error:
        faults = [
            Fault(where=str(one["loc"][0]), found=repr(one["input"])[:80], allowed=one["msg"]) for one in error.errors()
        ]
        raise Invalid(faults) from error


def _words(text: str) -> tuple[str, ...]:
    """Words that stand one beside another, with commas between, as ids are written."""
    return tuple(dict.fromkeys("_".join(one.split()).lower() for one in text.split(",") if one.strip()))
