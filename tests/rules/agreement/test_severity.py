"""How strict a reviewer is beside the others."""

from accreditation.rules.agreement.severity import severity


def test_who_rates_lower_on_the_same_criteria_is_stricter() -> None:
    found = severity({visit: [-1.0, 0.0, -1.0, 0.0, 0.0, -1.0, -1.0] for visit in range(6)})
    assert found.steps is not None
    assert (round(found.steps, 3), found.visits, found.ratings) == (-0.571, 6, 42)
    assert found.words == "Stricter than the others: on average 0.57 of a step lower (between -0.72 and -0.42)."


def test_higher_is_milder_and_an_interval_with_nothing_in_it_says_nothing() -> None:
    milder = severity({visit: [1.0, 0.5, 1.0, 0.0, 1.0, 1.0] for visit in range(5)})
    assert milder.words == "Milder than the others: on average 0.75 of a step higher (between +0.54 and +0.96)."
    unclear = severity({visit: [1.0 if visit % 2 else -1.2] * 6 for visit in range(6)})
    assert unclear.words == (
        "On average 0.10 of a step lower than the others (between -1.36 and +1.16): neither stricter nor milder, as "
        "far as can be told."
    )


def test_agreeing_on_everything_is_not_certain_for_ever() -> None:
    found = severity({visit: [0.0] * 10 for visit in range(5)})
    assert found.lower is not None
    assert found.lower < 0 == found.steps


def test_it_is_given_with_enough_data_or_not_at_all() -> None:
    few = "Too few to tell: {} beside the others; at least 30 ratings in 5 visits are needed."
    assert severity({visit: [0.0] * 20 for visit in range(4)}).words == few.format("80 ratings in 4 visits")
    assert severity({visit: [0.0] * 5 for visit in range(5)}).words == few.format("25 ratings in 5 visits")
    assert severity({}).steps is None
    empty = severity({**{visit: [0.0] * 20 for visit in range(4)}, 9: []})
    assert (empty.steps, empty.visits) == (None, 4)
