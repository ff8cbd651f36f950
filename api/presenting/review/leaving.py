"""What leaving a visit means, in words; and whether it can be left."""

from dataclasses import dataclass

from accreditation.rules.cycle import Move
from accreditation.views.visit_desk import VisitDesk
from api.presenting.review.visits import moment
from api.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """The page. `why_not` says why the visit cannot be left; then there is no form. `then` is what happens."""

    why_not: str
    then: tuple[str, ...]


def leaving(one: VisitDesk, words: Words) -> Leaving:
    """May this reviewer leave this visit, and what happens then?"""
    done = one.visit.handed_in_at
    if done is not None:
        why_not = words(
            "You handed in your review at %(when)s, and it stands. Ask the college office if it must not count.",
            when=moment(done, words),
        )  # fmt: skip
        return Leaving(why_not=why_not, then=())
    if not can_leave(one):
        return Leaving(why_not=words("This visit cannot be left now. Ask the college office."), then=())
    then = [words("You leave at once, and cannot come back by yourself.")]
    if one.visit.rated:
        then.append(
            words.many(
                "Your %(number)s rating is kept, and counts no more.",
                "Your %(number)s ratings are kept, and count no more.", one.visit.rated,
            )
        )  # fmt: skip
    then.append(words("The college looks for somebody else. Until then, the others of your team go on."))
    return Leaving(why_not="", then=tuple(then))


def can_leave(one: VisitDesk) -> bool:
    """Can this visit be left now?"""
    return Move.STEP_DOWN in one.moves and one.visit.handed_in_at is None
