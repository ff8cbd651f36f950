"""`accredit cycle show`: a check of factual accuracy, a decision with what followed, an appeal."""

from accreditation.actions.answer_appeal import answer_appeal
from accreditation.actions.answer_comment import answer_comment
from accreditation.actions.appeal import appeal
from accreditation.actions.comment import comment
from accreditation.records.jobs import Kind
from accreditation.wiring import House
from tests.commands.conftest import Accredit
from tests.following import day, to_published, to_report
from tests.walking import AT, COMMITTEE, CYCLE, LEAD, MEMBER, later, reviewer, team_of, work


def shown(accredit: Accredit) -> list[str]:
    said = accredit("cycle", "show", CYCLE)
    assert (said.code, said.err) == (0, "")
    return said.out.splitlines()


def say(house: House, reason: str) -> None:
    comment(house.database, principal=MEMBER, cycle_id=CYCLE, criterion="1.01", reason=reason, at=AT)


def test_the_office_sees_what_the_team_says_and_what_was_answered(accredit: Accredit, kept: House) -> None:
    to_report(kept)
    say(kept, "Page two names her.")
    say(kept, "So does page nine.")
    who = reviewer(team_of(kept)["lead"])
    answer_comment(
        kept.database, principal=who, cycle_id=CYCLE, comment_id=1, amended=None, reason="Of another year.", at=AT
    )
    lines = shown(accredit)
    start = lines.index("Factual accuracy: 2 comments, 1 to be answered (until 8 April 2026, 09:00 UTC)")
    assert lines[start + 1 : start + 5] == [
        "  1. 1.01 Named lead: Page two names her. (member of north)",
        "     kept: Of another year.",
        "  2. 1.01 Named lead: So does page nine. (member of north)",
        "     waits for an answer",
    ]
    assert "The reviewer who settles has yet to answer what the team says about 1.01." in lines


def test_a_decision_that_lapsed_is_shown_with_who_decided_it_and_why_it_ended(accredit: Accredit, kept: House) -> None:
    to_published(kept)
    start = (lines := shown(accredit)).index("Decided: Deferred")
    assert lines[start : start + 6] == [
        "Decided: Deferred",
        "  by: The accreditation committee, confirmed by The college council",
        "  an appeal may be lodged until 1 May 2026",
        "  to put right by 1 October 2026: 1.01 Named lead",
        "  once all is put right: Accredited",
        "  if not put right in time: Refused",
    ]
    assert "  to be decided by: The accreditation committee, confirmed by The college council" in lines
    work(kept, Kind.CONDITIONS, at=day("2026-10-02"))
    assert "  since 2 October 2026: Refused (it lapsed: not everything was put right by 1 October 2026: 1.01)" in shown(
        accredit
    )


def test_an_appeal_is_shown_until_it_is_answered_and_after(accredit: Accredit, kept: House) -> None:
    to_published(kept)
    appeal(kept.database, principal=LEAD, cycle_id=CYCLE, reason="There was a strike.", at=later(1))
    lines = shown(accredit)
    start = lines.index("  appeal of 2 April 2026: There was a strike.")
    assert lines[start + 1] == "    to be answered by the committee; until then the decision stands"
    answer_appeal(
        kept.database, principal=COMMITTEE, cycle_id=CYCLE, outcome="accredited", reason="The plan was there.",
        at=later(9),
    )  # fmt: skip
    lines = shown(accredit)
    start = lines.index("  appeal of 2 April 2026: There was a strike.")
    assert lines[start + 1 : start + 3] == [
        "    upheld on 10 April 2026: The plan was there.",
        "  since 10 April 2026: Accredited, valid until 10 April 2029 (on appeal: The plan was there.)",
    ]
