"""The scores that a scheme publishes beside its outcome, as they were worked out on the settled ratings."""

import json
from collections.abc import Mapping
from typing import Any

from accreditation.database import Session
from accreditation.records import awards, editions
from accreditation.scheme.model import Scheme
from accreditation.views.working import ScoreShown


def published_scores(session: Session, cycles: Mapping[int, str]) -> dict[int, tuple[ScoreShown, ...]]:
    """Cycle -> its published scores, for cycles and the digests of their editions; none where the scheme has none."""
    schemes = {digest: editions.scheme_of(session, digest) for digest in set(cycles.values())}
    publishing = [cycle for cycle, digest in cycles.items() if _publishes(schemes[digest])]
    return {
        cycle: _scores(schemes[cycles[cycle]], json.loads(row.working))
        for cycle, row in awards.recommendations(session, publishing).items()
    }


def _publishes(scheme: Scheme) -> bool:
    return any(score.published for score in scheme.scores.values())


def _scores(scheme: Scheme, told: Mapping[str, Any]) -> tuple[ScoreShown, ...]:
    return tuple(
        ScoreShown(score=one["score"], title=one["title"], group=one["group"], shown=one["shown"], level=one["level"])
        for one in told.get("scores", ())
        if scheme.scores[one["score"]].published
    )
