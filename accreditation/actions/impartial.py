"""Nobody decides, or answers an appeal, about a visit that they made or a service that they are in conflict with."""

from accreditation.actions.desk import Desk
from accreditation.errors import NotPermitted
from accreditation.records import impartial, reviewers, reviews


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
