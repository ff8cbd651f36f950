"""Whether evidence is recent enough: by the day from which a document holds, never by the day of its upload."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time

from accreditation.errors import Fault
from accreditation.rules.answering import claims
from accreditation.rules.library import Described, not_in_date
from accreditation.scheme.answer import NOT_ANSWERED, Answers
from accreditation.scheme.criterion import EvidenceAsked
from accreditation.scheme.model import Criterion, Profile, Scheme
from accreditation.scheme.values import Period

Shown = Mapping[str, Sequence[Described]]
"""Criterion -> what is said of every file that answers it."""


def recent(described: Described, period: Period, *, on: date, holidays: Collection[date] = frozenset()) -> bool:
    """Does a document hold on that day, and is it not older than this period? The last day of the period is in time.

    Where nobody said since when it holds, it is not known to be.
    """
    if described.effective_on is None or described.effective_on > on:
        return False
    since = datetime.combine(described.effective_on, time.min, UTC)
    return period.after(since, holidays=holidays).date() >= on


def too_old(
    criterion: Criterion, described: Described, *, on: date, holidays: Collection[date] = frozenset()
) -> str:  # fmt: skip
    """Why is this document too old on that day for everything that the criterion asks for? Empty where it is not."""
    asked = [(one, one.not_older_than) for one in criterion.evidence if one.not_older_than is not None]
    if len(asked) < len(criterion.evidence) or not asked:
        return ""  # it may be the piece that may have any age
    if any(recent(described, period, on=on, holidays=holidays) for _, period in asked):
        return ""
    one, period = max(asked, key=lambda pair: pair[1].after(_LONG_AGO))
    return f"'{one.title}' must not be older than {period}, and {_since(described, on)}"


def out_of_date(
    criterion: Criterion, described: Described, *, on: date, holidays: Collection[date] = frozenset()
) -> str:  # fmt: skip
    """Why does this document, as it is described, not answer this criterion on that day? Empty where it may."""
    return not_in_date(described, on) or too_old(criterion, described, on=on, holidays=holidays)


def outdated_evidence(
    *, scheme: Scheme, profile: Profile, answers: Answers, shown: Shown, on: date, holidays: Collection[date]
) -> tuple[Fault, ...]:
    """Which required evidence is attached, but older than the scheme lets it be on the day of submission?

    A piece of evidence that must not be older than a period is there where one of the criterion's files is not. For
    what a team does not claim nothing is asked, and what is not attached at all is another fault (`missing_evidence`).
    """
    return tuple(
        _fault(criterion, asked, asked.not_older_than, files, on)
        for criterion in scheme.applicable(profile)
        if (files := shown.get(criterion.id, ())) and claims(criterion, answers.get(criterion.id, NOT_ANSWERED), scheme)
        for asked in criterion.evidence
        if asked.required
        and asked.not_older_than is not None
        and not any(recent(file, asked.not_older_than, on=on, holidays=holidays) for file in files)
    )


def _fault(criterion: Criterion, asked: EvidenceAsked, period: Period, files: Sequence[Described], on: date) -> Fault:
    told = "; ".join(f"'{file.title}': {_since(file, on)}" for file in files)
    return Fault(
        where=f"criterion {criterion.id}",
        found=f"'{asked.title}' must not be older than {period} on {on}, and no file is known to be young enough: "
        f"{told}",
        allowed="attach one that is newer and holds, or say since when the attached one holds (its effective date)",
    )


def _since(described: Described, on: date) -> str:
    since = described.effective_on
    if since is None:
        return "nobody said since when it holds"
    return f"it holds since {since}" if since <= on else f"it holds only from {since}"


_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
