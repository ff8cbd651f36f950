"""Faults beyond shape: names that lead nowhere, things said twice, numbers left out, rules that ask for nothing."""

from collections.abc import Iterator
from itertools import islice

from accreditation.scheme.check_bands import problems_of_bands
from accreditation.scheme.check_facts import problems_of_profile_asked
from accreditation.scheme.check_outcomes import problems_of_outcomes
from accreditation.scheme.check_process import problems_of_process
from accreditation.scheme.check_rules import problems_of_rules
from accreditation.scheme.check_scales import problems_of_scales
from accreditation.scheme.check_scores import problems_of_scores
from accreditation.scheme.check_tree import problems_of_tree
from accreditation.scheme.model import Scheme
from accreditation.scheme.problem import Problem
from accreditation.scheme.unfold import problems_of_unfolding

MOST = 500
"""So many faults are told at once, and then that there are more."""


def problems_of_scheme(scheme: Scheme) -> tuple[Problem, ...]:
    """What is wrong with this scheme although every part of it has the right shape? All of it, each once,
    up to one more than MOST.

    What only nothing uses is told by `check_use`, once the worked cases are known.
    """
    return tuple(dict.fromkeys(islice(_all(scheme), MOST + 1)))


def _all(scheme: Scheme) -> Iterator[Problem]:
    for problems in (
        problems_of_tree,
        problems_of_profile_asked,
        problems_of_scales,
        problems_of_bands,
        problems_of_scores,
        problems_of_unfolding,
        problems_of_rules,
        problems_of_outcomes,
        problems_of_process,
    ):
        yield from problems(scheme)
