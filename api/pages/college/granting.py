"""What was chosen in a form, as a role that is given."""

from accreditation.actions.invite_person import faults_of_address
from accreditation.errors import Fault, Invalid
from accreditation.rules.grants import BOUNDS, UNBOUND, Grant
from accreditation.rules.named import faults_of_name
from accreditation.rules.people import Role
from accreditation.views.people import meant
from api.presenting.college.people import KINDS
from api.visiting import Visit


def invited_as(visit: Visit, *, name: str, email: str, role: str, bound: str, which: str) -> Grant:
    """The role for somebody who is invited. Raises Invalid naming what is wrong with the person's fields too."""
    try:
        return grant_of(visit, role=role, bound=bound, which=which)
    except Invalid as refusal:
        raise Invalid([*faults_of_name("name", name), *faults_of_address(email), *refusal.faults]) from None


def grant_of(visit: Visit, *, role: str, bound: str, which: str) -> Grant:
    """The role that was chosen, bound to what was typed. Raises Invalid, beside the field that is wrong."""
    if role not in [one.value for one in BOUNDS]:
        raise Invalid([Fault(where="role", found="none", allowed="one of the list")])
    fitting = BOUNDS[Role(role)]
    if bound not in fitting and not (bound == "" and Role(role) in UNBOUND):
        allowed = " or ".join(KINDS[one].lower() for one in fitting)
        raise Invalid([Fault(where="what for", found="not what fits the role", allowed=allowed)])
    if not bound:
        if which.strip():
            raise Invalid([Fault(where="what for", found="the whole college", allowed="what the name below is of")])
        return Grant(role=Role(role))
    key = meant(visit.database, principal=visit.principal, kind=bound, words=which)
    return Grant.bound_to(Role(role), bound, key)
