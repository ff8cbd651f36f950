"""How far a team is, told from what stands now."""

from accreditation.actions.rate import rate
from accreditation.rules.cycle import Stage
from accreditation.rules.scoring import Standing
from accreditation.scheme.answer import Answer
from accreditation.views.progress import Progress, progress
from accreditation.wiring import House
from tests.walking import AT, CYCLE, LEAD, attach, given, walk


def seen(house: House) -> Progress:
    return progress(house.database, principal=LEAD, cycle_id=CYCLE, at=AT)


def answer(house: House, **answers: Answer) -> None:
    named = {name.removeprefix("c").replace("_", "."): one for name, one in answers.items()}
    rate(house.database, principal=LEAD, cycle_id=CYCLE, given=given(named), at=AT)


def test_nothing_is_answered_yet(house: House) -> None:
    walk(house, Stage.SELF_ASSESSMENT)
    far = seen(house)
    assert (far.answered, far.of, far.standings) == (0, 3, {**dict.fromkeys(Standing, 0), Standing.NOT_ANSWERED: 3})
    assert [(one.domain, one.answered, one.of, one.met) for one in far.domains] == [("1", 0, 1, 0), ("2", 0, 2, 0)]
    assert (far.evidence.attached, far.evidence.required, far.evidence.missing) == (0, 1, ())
    assert (far.gap.outcome, [one.id for one in far.gap.stands_in_the_way]) == ("deferred", ["1.01", "2.01", "2.02"])
    assert [(one.outcome, one.size, one.several) for one in far.gap.improvements] == [("accredited", 2, True)]


def test_it_is_never_behind_what_was_answered_last(house: House) -> None:
    walk(house, Stage.SELF_ASSESSMENT)
    answer(house, c1_01=Answer(rating="met"))
    far = seen(house)
    assert (far.answered, [(one.domain, one.answered, one.met) for one in far.domains]) == (
        1,
        [("1", 1, 1), ("2", 0, 0)],
    )
    assert [one.id for one in far.evidence.missing] == ["1.01"]
    assert [(one.outcome, one.size) for one in far.gap.improvements] == [("accredited", 1)]
    attach(house)
    answer(house, c2_02=Answer(level="B"))
    far = seen(house)
    assert (far.evidence.attached, far.evidence.missing) == (1, ())
    assert (far.gap.outcome, far.gap.awarded, far.gap.improvements) == ("accredited", True, ())


def test_what_does_not_apply_and_what_has_too_few_cases_are_answered_and_told_apart(house: House) -> None:
    walk(house, Stage.SELF_ASSESSMENT)
    answer(house, c1_01=Answer(state="not_applicable", note="There is none."), c2_01=Answer(state="too_few_cases"))
    far = seen(house)
    assert far.standings == {
        Standing.MET: 0,
        Standing.NOT_MET: 0,
        Standing.NOT_APPLICABLE: 1,
        Standing.TOO_FEW_CASES: 1,
        Standing.NOT_ANSWERED: 1,
    }
    assert far.answered == 2
