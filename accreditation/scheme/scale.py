"""Rating scales: the ratings from the best to the worst, which count as met, and what each is worth."""

from accreditation.scheme.values import Id, Number, Part


class ScaleRating(Part):
    """One rating of a scale: whether it counts as met, and its points where figures are made of points."""

    title: str
    counts_as_met: bool
    points: Number | None = None
    meaning: str = ""


Scale = dict[Id, ScaleRating]
"""The ratings, best first: id -> rating."""
