"""How large a file of evidence may be, and how many a cycle may have, as its scheme says."""

from accreditation.actions.desk import Desk
from accreditation.errors import Fault, Invalid, TooLarge
from accreditation.records import evidence_items


def check_size(desk: Desk, size: int | None) -> None:
    """May a file of so many bytes be attached? None where nobody knows yet. Raises TooLarge."""
    most = desk.scheme.evidence_rules.most_bytes
    if size is not None and most is not None and size > most:
        raise TooLarge(
            f"A file of this scheme may have {most:,} bytes; this one has {size:,}, and is not attached. Make it "
            "smaller, as by saving its pictures smaller, or attach the part that answers the criterion.",
            most=most,
        )


def check_another(desk: Desk, *, size: int | None, digest: str | None) -> None:
    """May one more file be attached, of which this much is known? None where nobody knows yet. Raises Invalid.

    One that may be attached already, for all that is known, comes: that is seen when it is there.
    """
    if desk.scheme.evidence_rules.most_files is None:
        return
    known = [item for item, _, _ in evidence_items.living(desk.session, desk.cycle_id)]
    if not any(size in {None, one.size} and (digest is None or digest.lower() == one.digest) for one in known):
        check_number(desk)


def check_number(desk: Desk, *, leaving: int = 0) -> None:
    """May one more file be attached, once `leaving` others are gone? Raises Invalid."""
    most = desk.scheme.evidence_rules.most_files
    if most is None:
        return
    attached = len(evidence_items.living(desk.session, desk.cycle_id))
    if attached - leaving >= most:
        found, allowed = f"{attached} files are attached", f"at most {most} in a cycle of this scheme: withdraw one"
        raise Invalid([Fault(where="evidence", found=found, allowed=allowed)])
