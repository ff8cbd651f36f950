"""What was chosen in the form of an invitation, as a role that is given."""

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends, Form, Query

from accreditation.actions.invite_person import faults_of_address
from accreditation.errors import Fault, Invalid
from accreditation.rules.grants import BOUNDS, TITLES, UNBOUND, Grant
from accreditation.rules.named import faults_of_name
from accreditation.rules.people import Role
from accreditation.views.people import Fitting, fitting
from api.inputs.bounds import ON_ONE_LINE
from api.presenting.college.people import KINDS, chosen_as
from api.visiting import Visit

LONGEST = 300
"""Characters of a line of the form."""

Text = Annotated[str, Form(max_length=LONGEST)]
Asked = Annotated[str, Query(max_length=LONGEST, pattern=ON_ONE_LINE)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands in the form. `which` are words of a name, `chosen` is one of what has them in its name."""

    name: str = ""
    email: str = ""
    role: str = ""
    bound: str = ""
    which: str = ""
    chosen: str = ""


def typed_invitation(
    name: Text = "", email: Text = "", role: Text = "", bound: Text = "", which: Text = "", chosen: Text = ""
) -> Typed:  # fmt: skip
    """What was typed and chosen."""
    return Typed(name=name, email=email, role=role, bound=bound, which=which, chosen=chosen)


def asked_invitation(role: Asked = "", bound: Asked = "", which: Asked = "", chosen: Asked = "") -> Typed:
    """What a link to the form fills in."""
    return Typed(role=role, bound=bound, which=which, chosen=chosen)


TypedInvitation = Annotated[Typed, Depends(typed_invitation)]
AskedInvitation = Annotated[Typed, Depends(asked_invitation)]


def fitting_of(visit: Visit, typed: Typed) -> Fitting | None:
    """What the role could be for, as far as it is said by now; None where nothing is said of it."""
    if typed.bound not in KINDS:
        return None
    return fitting(visit.database, principal=visit.principal, kind=typed.bound, words=typed.which)


def with_the_only_one(typed: Typed, found: Fitting | None) -> Typed:
    """The same with that chosen which alone has the words in its name."""
    only = found is not None and found.total == 1 and typed.which.strip()
    return replace(typed, chosen=chosen_as(found.kind, found.some[0].key)) if found and only else typed


def invited_as(typed: Typed, found: Fitting | None) -> Grant:
    """The role for somebody who is invited. Raises Invalid naming everything that is wrong, the person's fields too."""
    key, which = _key(typed, found)
    faults = [*faults_of_name("name", typed.name), *faults_of_address(typed.email), *_kind_faults(typed), *which]
    if faults:
        raise Invalid(faults)
    role = Role(typed.role)
    return Grant(role=role) if key is None else Grant.bound_to(role, typed.bound, key)


def not_found(typed: Typed, found: Fitting | None) -> Invalid | None:
    """Why there is no list to choose from, though it was asked for; None where there is one, or nothing was typed."""
    if found is not None and found.total:
        return None
    faults = _key(typed, found)[1]
    return Invalid(faults) if faults else None


def _kind_faults(typed: Typed) -> list[Fault]:
    """What is wrong with what they are to be, and with what for?"""
    if typed.role not in [one.value for one in BOUNDS]:
        return [Fault(where="role", found="none", allowed="one of the list")]
    role = Role(typed.role)
    if typed.bound in BOUNDS[role] or (typed.bound == "" and role in UNBOUND):
        return []
    fitting_ones = [*(["the whole college"] if role in UNBOUND else []), *(KINDS[one].lower() for one in BOUNDS[role])]
    allowed = " or ".join(filter(None, [", ".join(fitting_ones[:-1]), fitting_ones[-1]]))
    return [Fault(where="what for", found=f"not what the role “{TITLES[role]}” can be for", allowed=allowed)]


def _key(typed: Typed, found: Fitting | None) -> tuple[int | str | None, list[Fault]]:
    """The key of what was chosen, or what is wrong with it; neither for the whole college."""
    if found is None:
        if not typed.which.strip():
            return None, []
        allowed = "choose what that is the name of, or leave the name empty"
        return None, [Fault(where="what for", found="the whole college, but a name is typed below", allowed=allowed)]
    named = {chosen_as(found.kind, one.key): one.key for one in found.some}
    key = named.get(with_the_only_one(typed, found).chosen)
    if key is not None:
        return key if found.kind == "scheme" else int(key), []
    return None, [_not_chosen(typed, found)]


def _not_chosen(typed: Typed, found: Fitting) -> Fault:
    if not found.total:
        said = "none has that in its name" if typed.which.strip() else "there is none yet"
        return Fault(where="which one", found=said, allowed="a part of the name of one that is there")
    said = f"{found.total} have that in their name" if typed.which.strip() else "nothing chosen"
    return Fault(where="which one", found=said, allowed="choose one of the list")
