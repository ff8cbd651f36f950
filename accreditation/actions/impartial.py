"""Nobody decides, or answers an appeal, about a visit that they made or a service that they are in conflict with; and
nobody judges their own service for the college office, nor says by roles who does.
"""

from collections.abc import Iterable

from accreditation.actions.desk import Desk
from accreditation.database import Session
from accreditation.errors import NotPermitted
from accreditation.records import barring, cycles, impartial, judging, people, reviewers, reviews
from accreditation.rules.grants import Grant
from accreditation.rules.people import Principal, Role


def check_impartial(desk: Desk, *, what: str) -> None:
    """Is whoever acts far enough from this cycle for `what`, as in 'this appeal'? Raises NotPermitted.

    Whoever was on the visit is known by the reviewer they are, whatever account or token they use.
    """
    name = desk.principal.name
    if reviewers.was_there(desk.session, desk.cycle_id, desk.principal) or name in reviews.who_found(
        desk.session, desk.cycle_id
    ):
        raise NotPermitted(
            f"{name} was on the visit that {what} is about, so somebody else of the committee has to answer it."
        )
    why = impartial.hinders(desk.session, desk.now, desk.scheme, name=name, on=desk.at.date())
    if why:
        raise NotPermitted(f"{name} {'; '.join(why)}: somebody else of the committee has to answer {what}.")


def check_not_of_it(desk: Desk, *, what: str) -> None:
    """May this office do what judges this cycle, as in 'answer its challenge'? Raises NotPermitted.

    Not for a service in which they have or had a role. What carries a cycle on (days, sending back, publishing what was
    decided) judges nothing, and is anybody's of the office.
    """
    check_of_another(desk.session, desk.now.organisation.id or 0, principal=desk.principal, what=what)


def check_who_leaves(session: Session, cycle_ids: Iterable[int], *, principal: Principal) -> None:
    """May this office do what makes reviewers leave these cycles? Not those of a service of their own."""
    ids = [*cycle_ids]
    if principal.role is Role.OFFICE and ids:
        for organisation in {one.organisation.id or 0 for one in cycles.several(session, ids=ids)}:
            check_of_another(session, organisation, principal=principal, what="make a reviewer leave its visit")


def check_of_another(session: Session, organisation_id: int, *, principal: Principal, what: str) -> None:
    """The same of anything about a service of this organisation."""
    if principal.role is Role.OFFICE and impartial.is_of_service(session, organisation_id, name=principal.name):
        raise NotPermitted(
            f"You have, or had, a role in this team or its organisation, so you cannot {what}: somebody else of the "
            "college office has to."
        )


def check_who_judges(session: Session, grant: Grant, *, person_id: int, principal: Principal) -> None:
    """May this office give this person this role, or take it back? Not where it changes who judges their own service.

    It does where by this role they review it or decide about it now; and where they do so by another one, and this is
    a role in that service, which would keep them from it.
    """
    if principal.role is not Role.OFFICE:
        return
    own = judging.services_named(session, principal.name)
    organisation = barring.organisation_of(session, grant)
    if not own or (organisation is not None and organisation not in own):
        return
    held = [] if organisation is None else people.grants_of(session, [person_id])[person_id]
    judged = judging.judged_by(session, [grant, *held], organisations=own if organisation is None else [organisation])
    if judged is not None:
        raise NotPermitted(
            f"You have, or had, a role in {judged} or its organisation, and this would change who reviews it or "
            "decides about it: somebody else of the college office has to give this role or take it back."
        )
