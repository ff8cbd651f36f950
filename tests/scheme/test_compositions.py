"""Review teams of published schemes can be said in the language, and what they ask for is what is reckoned with."""

from typing import Any

import pytest

from accreditation.scheme.check import problems_of_scheme
from accreditation.scheme.model import Scheme
from tests.building import small

Seats = tuple[tuple[str, int, int], ...]


def composed(*seats: tuple[str, int, int], **rules: Any) -> Scheme:
    """The small scheme with these seats (role, minimum, maximum), the first of which settles differences."""
    return Scheme.model_validate(
        {
            **small().model_dump(mode="json"),
            "review_team": [
                {"role": role, "title": role.title(), "minimum": least, "maximum": most} for role, least, most in seats
            ],
            "consensus": {"settled_by": seats[0][0]},
            "assignment": rules,
        }
    )


@pytest.mark.parametrize(
    ("seats", "size"),
    [
        ((("doctor", 1, 1), ("nurse", 1, 1), ("lay", 1, 1)), None),  # a liver service's second level
        ((("national", 1, 1), ("international", 2, 2)), None),  # a European stroke certification
        ((("medical", 1, 1), ("nurse_or_allied", 1, 1)), None),  # an Australian stroke unit's
        ((("anaesthetist", 2, 4), ("lay", 1, 1), ("staff", 1, 1)), 5),  # anaesthesia: five or six with lay and staff
        ((("anaesthetist", 2, 4), ("lay", 1, 1), ("staff", 1, 1)), 6),
        ((("lead", 1, 1), ("nurse", 1, 2), ("therapist", 0, 1), ("patient_or_carer", 1, 1)), 4),  # mental health
        ((("lead", 1, 2), ("nurse", 1, 2), ("manager", 1, 1), ("patient", 1, 2)), 6),  # cancer: four to six
    ],
)
def test_published_compositions_have_no_fault(seats: Seats, size: int | None) -> None:
    scheme = composed(*seats, team_size=size)
    assert problems_of_scheme(scheme) == ()
    assert scheme.team_size == (size or sum(least for _, least, _ in seats))


def test_a_composition_that_no_team_could_have_is_a_fault_at_its_place() -> None:
    anaesthesia = (("anaesthetist", 2, 4), ("lay", 1, 1), ("staff", 1, 1))
    for size in (3, 7):
        assert [one.path for one in problems_of_scheme(composed(*anaesthesia, team_size=size))] == [
            ("assignment", "team_size")
        ]
