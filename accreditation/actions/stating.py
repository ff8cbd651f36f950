"""What is stated of a service, read as the scheme asks it, and who may state it."""

from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal

from pydantic import TypeAdapter, ValidationError

from accreditation.actions.desk import Desk
from accreditation.actions.impartial import check_of_another
from accreditation.database import Session
from accreditation.errors import Fault, Invalid, MoveNotAllowed, NotPermitted
from accreditation.rules.cycle import Stage
from accreditation.rules.moves import allowed
from accreditation.rules.people import Principal, Role
from accreditation.rules.stating import open_to_office
from accreditation.scheme.case import problems_of_profile
from accreditation.scheme.facts import FactValue, Profile
from accreditation.scheme.model import Scheme
from accreditation.scheme.values import Number

_NUMBER: TypeAdapter[Decimal] = TypeAdapter(Number)


def stated_facts(scheme: Scheme, stated: Mapping[str, object]) -> dict[str, FactValue]:
    """These statements as values: yes or no, one of the choices, or an exact number.

    A number may be written as text, so that nothing on its way rounds it. Raises Invalid naming every fact that the
    scheme does not ask for and every statement that does not answer its question.
    """
    read = {name: _read(scheme, name, value) for name, value in stated.items()}
    problems = problems_of_profile(("profile",), read, scheme)
    faults = [Fault(where=".".join(map(str, one.path)), found=one.found, allowed=one.allowed) for one in problems]
    if faults:
        raise Invalid(faults)
    return {name: value for name, value in read.items() if isinstance(value, bool | str | Decimal)}


def _read(scheme: Scheme, name: str, value: object) -> object:
    fact = scheme.profile.get(name)
    if fact is None or fact.kind != "number" or isinstance(value, bool):
        return value
    with suppress(ValidationError):
        return _NUMBER.validate_python(value)
    return value


def check_may_state(
    session: Session, principal: Principal, scheme: Scheme, stated: Profile, *, organisation_id: int
) -> None:  # fmt: skip
    """May this principal state these facts of a service of this organisation? Raises NotPermitted.

    Those that the office states are for the office, and for nobody of it who is of the service.
    """
    theirs = [name for name in stated if scheme.profile[name].asked_of == "office"]
    if theirs and principal.role is Role.OFFICE:
        check_of_another(session, organisation_id, principal=principal, what="state what the college says of it")
    elif theirs:
        questions = "; ".join(f"'{name}' ({scheme.profile[name].question})" for name in theirs)
        raise NotPermitted(f"Stated by the college office, not by the team: {questions}.")


def check_still_open(desk: Desk, stated: Profile) -> None:
    """Can these facts still be stated in the stage the cycle is in? Raises MoveNotAllowed.

    Once a team has submitted, what it was asked stays as it was: only facts of the office are open then, and only
    those on which it does not depend which criteria apply.
    """
    if desk.now.stage is Stage.SELF_ASSESSMENT:
        return
    shut = sorted(set(stated) - set(open_to_office(scheme=desk.scheme)))
    if shut:
        raise MoveNotAllowed(
            f"The team has submitted, so this stands: {', '.join(shut)}. It decides what the team was asked, or is "
            "the team's own statement.",
            stage=desk.now.stage.value,
            allowed=[str(option) for option in allowed(desk.now.stage)],
        )
