"""The status of a page that shows a form again because what was sent is refused."""

from accreditation.errors import Invalid, NotPermitted, Refused


def status_of(refusal: Refused) -> int:
    """Faults of the form are 422; 403 where it is not for this person; 409 where it is not to be done now."""
    if isinstance(refusal, Invalid):
        return 422
    return 403 if isinstance(refusal, NotPermitted) else 409
