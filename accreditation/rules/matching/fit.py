"""How well a reviewer fits a visit: a whole number from 0 to FULL_FIT, made of four parts by the scheme's weights.

- expertise: the share of the specialties wanted that the reviewer holds; full where none is wanted.
- experience: visits done before, full from as many as make somebody experienced (ENOUGH where the scheme does not say).
- travel: none at the farthest allowed (FAR where the scheme has no limit), full next door, in proportion between; half
  where the way is not known.
- preference: full for a visit that is preferred, half for one that is as good as another, none for one rather not made.

Every part is rounded down, and so is their weighted mean; without weights everybody fits fully. ENOUGH, FAR and the
halves are this engine's choice.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from accreditation.rules.conflicts import Reviewer, Visit
from accreditation.rules.matching.arrays import FULL_FIT, Ints
from accreditation.scheme.process import AssignmentRules

ENOUGH = 5
"""Visits after which more experience adds nothing."""

FAR = 240
"""Minutes after which a journey is as bad as any."""

LIKED: Mapping[str, int] = {"prefers": FULL_FIT, "willing": FULL_FIT // 2, "rather_not": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How well a reviewer fits a visit, part by part and as a whole. `words` are fit to be shown to the team."""

    expertise: int
    experience: int
    travel: int
    preference: int
    whole: int
    words: str


def fit(*, reviewer: Reviewer, visit: Visit, rules: AssignmentRules, minutes: int | None) -> Fit:
    """How well does this reviewer fit this visit, so many minutes away?"""
    held, wanted = reviewer.specialties & visit.specialties, visit.specialties
    liked = next((one.how for one in reviewer.preferences if one.organisation == visit.organisation), "willing")
    far = _far(rules)
    parts = (
        FULL_FIT * len(held) // len(wanted) if wanted else FULL_FIT,
        FULL_FIT * min(reviewer.visits_done, _enough(rules)) // _enough(rules),
        FULL_FIT // 2 if minutes is None else FULL_FIT * max(far - minutes, 0) // far,
        LIKED[liked],
    )
    weights = _weights(rules)
    whole = sum(weight * part for weight, part in zip(weights, parts, strict=True)) // sum(weights)
    words = [_holds(held, wanted), _done(reviewer.visits_done)]
    words += [] if minutes is None else [f"{minutes} minutes away" if minutes != 1 else "1 minute away"]
    words += ["prefers this visit"] if liked == "prefers" else []
    return Fit(
        expertise=parts[0], experience=parts[1], travel=parts[2], preference=parts[3],
        whole=whole if any(_given(rules)) else FULL_FIT, words=", ".join(word for word in words if word),
    )  # fmt: skip


class Fits:
    """The same for many pairs at once: `of` takes rows of these reviewers and of these visits."""

    def __init__(self, *, reviewers: Sequence[Reviewer], visits: Sequence[Visit], rules: AssignmentRules) -> None:
        """Lay out what the parts are made of."""
        self._rules = rules
        done = np.array([min(one.visits_done, _enough(rules)) for one in reviewers], dtype=np.int64)
        self._experience = FULL_FIT * done // _enough(rules)
        wanted = sorted({tuple(sorted(visit.specialties)) for visit in visits})
        row = {one: number for number, one in enumerate(wanted)}
        self._wanted = np.array([row[tuple(sorted(visit.specialties))] for visit in visits], dtype=np.int64)
        self._expertise = _shares([one.specialties for one in reviewers], wanted)
        self._liked = _liked(reviewers, visits)

    def of(self, *, visit: Ints, reviewer: Ints, minutes: Ints) -> Ints:
        """How well does each of these pairs fit, each so many minutes apart (below 0: not known)?"""
        given = _given(self._rules)
        if not any(given):
            return np.full(len(visit), FULL_FIT, dtype=np.int64)
        far = _far(self._rules)
        travel = np.where(minutes < 0, FULL_FIT // 2, FULL_FIT * np.maximum(far - minutes, 0) // far)
        liked = np.full(len(visit), LIKED["willing"], dtype=np.int64)
        keys, values = self._liked
        if len(keys):
            asked = visit << 32 | reviewer
            at = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
            liked = np.where(keys[at] == asked, values[at], liked)
        expertise = self._expertise[reviewer, self._wanted[visit]]
        parts = (expertise, self._experience[reviewer], travel, liked)
        whole = np.zeros(len(visit), dtype=np.int64)
        for weight, part in zip(given, parts, strict=True):
            whole += weight * part
        return whole // sum(given)


def _shares(held: Sequence[frozenset[str]], wanted: Sequence[tuple[str, ...]]) -> Ints:
    """Which share of each of these sets of specialties does each reviewer hold? A row a reviewer, a column a set."""
    shares = np.full((len(held), len(wanted)), FULL_FIT, dtype=np.int64)
    for column, names in enumerate(wanted):
        if names:
            shares[:, column] = [FULL_FIT * sum(name in mine for name in names) // len(names) for mine in held]
    return shares


def _liked(reviewers: Sequence[Reviewer], visits: Sequence[Visit]) -> tuple[Ints, Ints]:
    """Which pairs (visit and reviewer in one number, in order) are liked more or less than others, and how much?"""
    at: dict[int, list[int]] = {}
    for row, visit in enumerate(visits):
        at.setdefault(visit.organisation, []).append(row)
    liked = {
        row << 32 | number: LIKED[one.how]
        for number, reviewer in enumerate(reviewers)
        for one in reversed(reviewer.preferences)
        for row in at.get(one.organisation, ())
    }
    keys = sorted(liked)
    return np.array(keys, dtype=np.int64), np.array([liked[key] for key in keys], dtype=np.int64)


def _given(rules: AssignmentRules) -> tuple[int, int, int, int]:
    """The weights as the scheme gives them, all 0 where it gives none."""
    told = rules.fit
    return (0, 0, 0, 0) if told is None else (told.expertise, told.experience, told.travel, told.preference)


def _weights(rules: AssignmentRules) -> tuple[int, int, int, int]:
    """The weights to reckon with: where there are none each counts the same, and nobody looks at the whole."""
    given = _given(rules)
    return given if any(given) else (1, 1, 1, 1)


def _enough(rules: AssignmentRules) -> int:
    return ENOUGH if rules.experienced is None else rules.experienced.after_visits


def _far(rules: AssignmentRules) -> int:
    return FAR if rules.travel is None or rules.travel.at_most is None else rules.travel.at_most


def _holds(held: Collection[str], wanted: Collection[str]) -> str:
    if not wanted:
        return ""
    names = [name.replace("_", " ") for name in sorted(held)]
    if not names:
        return "holds none of the specialties wanted"
    return f"holds {names[0]}" if len(names) == 1 else f"holds {', '.join(names[:-1])} and {names[-1]}"


def _done(visits: int) -> str:
    return {0: "no visit before", 1: "1 visit before"}.get(visits, f"{visits} visits before")
