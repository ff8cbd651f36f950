"""accredit serve: what it says first to a college that has published nothing yet. Its life is a journey's matter."""

from accreditation.commands.serve import hint_for
from accreditation.wiring import House
from tests.walking import begin


def test_a_college_without_a_scheme_is_told_how_to_publish_one(house: House) -> None:
    assert hint_for(house) == "No scheme is published yet: accredit standards publish standards/stroke"


def test_a_college_with_a_scheme_is_told_nothing(house: House) -> None:
    begin(house)
    assert hint_for(house) == ""
