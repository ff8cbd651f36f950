from datetime import date, datetime, timedelta

import pytest

from accreditation.rules.library import Described, faults_of_days, may_take_back, not_in_date, said_at, title_of
from tests.walking import AT

DAY = date(2026, 4, 1)
OLD, NEW = Described(title="Old"), Described(title="New")


@pytest.mark.parametrize(
    ("said", "file_name", "title"),
    [
        ("", "plan.pdf", "plan"),
        ("", "C:\\ward\\Job plan.docx", "Job plan"),
        (" Job plan ", "x.pdf", "Job plan"),
        ("plan.PDF", "plan.pdf", "plan"),
        ("plan.pdf", "plan.docx", "plan.pdf"),
        ("", "Plan 1.2", "Plan 1.2"),
        ("", "Policy no. 7", "Policy no. 7"),
        ("", ".pdf", ".pdf"),
        ("", "folder/", ""),
    ],
)
def test_a_title_has_not_the_ending_of_the_files_name(said: str, file_name: str, title: str) -> None:
    assert title_of(said, file_name) == title


@pytest.mark.parametrize(
    ("since", "until", "where"),
    [
        (None, None, []),
        (DAY, DAY, []),
        (date(1990, 1, 1), date(2030, 1, 1), []),
        (DAY, date(2026, 3, 31), ["review-by date"]),
        (date(1826, 1, 1), None, ["effective date"]),
        (date(1826, 1, 1), date(2226, 1, 1), ["effective date", "review-by date"]),
    ],
)
def test_days_that_are_a_slip_are_named(since: date | None, until: date | None, where: list[str]) -> None:
    described = Described(title="Policy", effective_on=since, review_by=until)
    assert [fault.where for fault in faults_of_days(described, at=DAY)] == where


@pytest.mark.parametrize(
    ("since", "until", "why"),
    [
        (None, None, ""),
        (DAY, DAY, ""),
        (date(2026, 4, 2), None, "it holds from 2026-04-02 only"),
        (None, date(2026, 3, 31), "it was to be reviewed by 2026-03-31"),
    ],
)
def test_a_document_is_in_date_from_its_effective_day_to_its_review_both_included(
    since: date | None, until: date | None, why: str
) -> None:
    assert not_in_date(Described(title="Policy", effective_on=since, review_by=until), DAY) == why


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (None, NEW),
        (AT, OLD),
        (AT + timedelta(hours=1), OLD),
        (AT + timedelta(days=1), NEW),
        (AT - timedelta(days=1), OLD),
    ],
)
def test_what_was_said_at_a_moment_is_what_stood_then(until: datetime | None, said: Described) -> None:
    assert said_at([(AT, OLD), (AT + timedelta(days=1), NEW)], until) == said


@pytest.mark.parametrize(
    ("criteria", "minutes", "may"),
    [
        (["1.01"], 1, True),
        (["1.01"], 0, False),
        (["1.01"], -1, False),
        (["1.01", "2.01"], 1, False),
        (["2.02"], 1, False),
        ([], 1, False),
    ],
)
def test_only_what_was_attached_for_an_open_request_is_taken_back(criteria: list[str], minutes: int, may: bool) -> None:
    attached = AT + timedelta(minutes=minutes)
    assert may_take_back(criteria=criteria, attached_at=attached, asked={"1.01": AT, "2.03": AT}) is may
