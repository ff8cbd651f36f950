"""Everything that is wrong with a form is said at once, whoever finds it."""

from collections.abc import Callable

from accreditation.errors import Fault, Invalid

Check = Callable[[], object]


def faults_in(*checks: Check) -> list[Fault]:
    """What all these checks find wrong; each says it by raising Invalid."""
    found: list[Fault] = []
    for check in checks:
        try:
            check()
        except Invalid as refusal:
            found += refusal.faults
    return found


def check_all(*checks: Check) -> None:
    """Is nothing wrong for any of these checks? Raises Invalid naming everything that is."""
    if found := faults_in(*checks):
        raise Invalid(found)


def check_chosen(chosen: object, *, where: str, say: str) -> None:
    """Was anything chosen there? Raises Invalid; `say` is what is to be chosen."""
    if not chosen:
        raise Invalid([Fault(where=where, found="nothing chosen", allowed=say)])


def check_reasoned(reason: str) -> None:
    """Is a reason written? Raises Invalid. Whether it can be kept is for the action to say, which knows the scheme."""
    if not reason.strip():
        raise Invalid([Fault(where="reason", found="empty", allowed="say why, in a sentence")])
