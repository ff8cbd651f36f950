"""What will be published, said once more before it is."""

from datetime import date

from accreditation.views.drafts import DraftToPublish
from api.presenting.register import Told
from api.words import Words


def publish_facts(one: DraftToPublish, changes: str, words: Words, *, today: date) -> tuple[Told, ...]:
    """What will be published, repeated once more; `changes` says what is other than in the edition before."""
    new, before = one.content, one.before
    rows = [
        Told(name=words("Scheme"), value=new.title), Told(name=words("Edition"), value=new.edition),
        Told(
            name=words("In force from"),
            value=words.day(new.effective) if new.effective >= today
            else words("%(day)s. This day has passed: is that right?", day=words.day(new.effective)),
        ),
        Told(
            name=words("Criteria"),
            value=words.many(
                "%(number)s in %(domains)s domains", "%(number)s in %(domains)s domains", len(new.criteria),
                domains=len(new.domains),
            ),
        ),
        Told(
            name=words("What changes"),
            value=words("Since edition %(label)s: %(changes)s", label=before.edition, changes=changes)
            if before is not None else words("This is the first edition."),
        ),
    ]  # fmt: skip
    return tuple(rows)
