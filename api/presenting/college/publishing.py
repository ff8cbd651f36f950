"""What will be published, an edition or a decision, said once more before it is."""

from datetime import date

from accreditation.views.drafts import DraftToPublish
from accreditation.views.pack import Pack
from api.presenting.college.conditions import condition_words
from api.presenting.register import DEPARTS, Told
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


def to_publish(one: Pack, words: Words) -> tuple[Told, ...]:
    """The decision as the public will read it; nothing where there is none."""
    if one.decision is None:
        return ()
    stands, wording = one.decision.stands, one.public_wording
    until = words("No last day") if stands.valid_until is None else words.day(stands.valid_until)
    rows = [
        (words("Result"), stands.title), (words("Valid until"), until if stands.awarded else words("No award")),
        (words("What the public reads of it"), words(DEPARTS) if one.decision.departs else wording),
        (words("What the committee departs from"), _departure(one, words)),
        (words("To be put right"), "; ".join(condition_words(each, words) for each in one.decision.conditions)),
    ]  # fmt: skip
    return tuple(Told(name=name, value=value) for name, value in rows if value)


def _departure(one: Pack, words: Words) -> str:
    if one.decision is None or one.recommendation is None or not one.decision.departs:
        return ""
    return words("The rules recommend: %(outcome)s.", outcome=one.recommendation.title)
