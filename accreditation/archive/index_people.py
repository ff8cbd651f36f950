"""What the index tells of what people said to each other: requests, risks, findings, what the team contradicted."""

from collections.abc import Iterator, Mapping
from typing import Any

from accreditation.archive.index_criteria import Criteria
from accreditation.archive.markup import Cell, Markup, joined, table
from accreditation.archive.saying import Record, by_whom, moment, words

SERVICE = "the service"
"""What a finding without a criterion is about."""


def asked(records: Mapping[str, Any], criteria: Criteria) -> Iterator[Markup]:
    """What reviewers asked the team to show besides, and the immediate risks that they raised, with the answers."""
    yield table(
        "Requests for more evidence",
        ["criterion", "asked", "by, when", "until", "how it stands", "the team's reply", "attached since"],
        ([f"{one['criterion']} {one['title']}", one["question"], by_whom(one["asked_by"], one["asked_at"]),
          moment(one["due_at"]), words(one["state"]), one["reply"],
          joined((criteria.document(number) for number in one["evidence"]), "<br>")]
         for one in (records.get("requests") or {}).get("requests", ())),
    )  # fmt: skip
    yield table(
        "Immediate risks", ["criterion", "risk", "raised", "answer until", "answer", "by, when"],
        ([one["criterion"] or SERVICE, one["text"], by_whom(one["raised_by"], one["raised_at"]),
          f"{moment(one['reply_by'])}{' (late)' if one['late'] else ''}", one["reply"],
          by_whom(one["replied_by"], one["replied_at"])] for one in (records.get("risks") or {}).get("risks", ())),
    )  # fmt: skip


def found(records: Mapping[str, Any]) -> Iterator[Markup]:
    """The findings of the report, what reviewers handed in for them, and what the team said is not accurate."""
    yield table(
        "Findings of the report", ["finding", "criterion", "what it says", "why it was settled so", "before"],
        ([f"{words(one['kind'])}{' (withdrawn)' if one['withdrawn'] else ''}", one["criterion"] or SERVICE,
          one["text"], one["reason"], joined((_said(earlier) for earlier in one["before"]), "<br>")]
         for one in (records.get("settlements") or {}).get("findings", ())),
    )  # fmt: skip
    if "findings" in records:
        yield from _handed_in(records)
    report = records.get("report") or {}
    yield table(
        "What the team said is not accurate",
        ["about", "why", "by, when", "answer", "reason of the answer", "answered"],
        (row for about, comments in _commented(report) for row in _comments(about, comments)),
    )


def _handed_in(records: Mapping[str, Any]) -> Iterator[Markup]:
    """What each reviewer found, and what became of it; in the college's archive alone."""
    reviewers = (records.get("reviews") or {}).get("reviewers", ())
    yield table(
        "Reviewers", ["name", "role", "handed in"],
        ([one["name"], words(one["role"]), moment(one["handed_in_at"])] for one in reviewers),
    )  # fmt: skip
    names = {one["reviewer"]: one["name"] for one in reviewers}
    yield table(
        "Findings as reviewers handed them in",
        ["reviewer", "finding", "criterion", "what it says", "what became of it"],
        ([names.get(one["reviewer"], ""), words(one["kind"]), one["criterion"] or SERVICE, one["text"],
          joined((_settled(each) for each in one["settled"]), "<br>")] for one in records["findings"]["findings"]),
    )  # fmt: skip


def _settled(one: Record) -> Markup:
    return joined(
        [words(one["how"]), f": {one['reason']}" if one["reason"] else "", f" ({by_whom(one['by'], one['at'])})"]
    )


def _said(one: Record) -> str:
    return f"{words(one['kind'])}, {one['criterion'] or SERVICE}: {one['text']}"


def _commented(report: Record) -> Iterator[tuple[str, list[Record]]]:
    for one in report.get("criteria", ()):
        yield f"{one['id']} {one['title']}", one["comments"]
    for one in report.get("findings", ()):
        yield f"finding, {one['criterion'] or SERVICE}: {one['text']}", one["comments"]


def _comments(about: str, comments: list[Record]) -> Iterator[list[Cell]]:
    for one in comments:
        answer = one["answer"]
        told = (
            ["not yet", "", ""]
            if answer is None
            else ["amended" if answer["amended"] else "it stands", answer["reason"], moment(answer["at"])]
        )
        yield [about, one["reason"], by_whom(one["by"], one["at"]), *told]
