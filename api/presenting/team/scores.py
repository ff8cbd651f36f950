"""Scores of a scheme as a page tells them."""

from collections.abc import Iterable

from accreditation.views.working import ScoreShown
from api.presenting.register import Told
from api.words import Words


def told_scores(scores: Iterable[ScoreShown], words: Words) -> tuple[Told, ...]:
    """Each score with its level, where that is not all that is shown of it; of a group, with the group's id."""
    return tuple(
        Told(
            name=f"{one.title}: {one.group}" if one.group else one.title,
            value=one.shown
            if one.level in (None, one.shown)
            else words("%(shown)s (level %(level)s)", shown=one.shown, level=one.level),
        )
        for one in scores
    )
