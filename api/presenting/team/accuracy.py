"""The report as its team checks it, in words: what reviewers found, what the team says of it, what they answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accreditation.rules.findings import Kind
from accreditation.views.accuracy import CommentShown, FindingChecked, ReportedCriterion
from accreditation.views.team_report import TeamReport
from api.presenting.faults import Faults, Told
from api.presenting.moments import day_of, time_of
from api.presenting.team.criterion import name_of
from api.presenting.team.due import STAGES
from api.words import Words, marked

KINDS: Mapping[Kind, str] = {
    Kind.KEY_ACTION: marked("Key action"),
    Kind.RECOMMENDATION: marked("Recommendation"),
    Kind.COMMENDATION: marked("Commendation"),
}
"""What a finding is, in a team's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What the team says is not accurate, and the answer; empty where it waits."""

    said: str
    reason: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the report: a criterion or a finding; `comment_at` is empty where nothing can be said of it now."""

    id: str
    words: str
    found: str
    reason: str
    before: str
    comments: tuple[Comment, ...]
    comment_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A domain's lines, or the findings."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The page. `agree` says whether the lead can agree now, and `instead` what is said where nobody here can."""

    lead: str
    then: tuple[str, ...]
    findings: tuple[Line, ...]
    domains: tuple[Group, ...]
    agree: bool
    instead: str


def checked(one: TeamReport, root: str, words: Words) -> Checked:
    """The report on a cycle whose pages begin with `root`."""
    lines = [(criterion.domain, _criterion(criterion, one, root, words)) for criterion in one.report.criteria]
    return Checked(
        lead=_lead(one, words), then=_then(one, words),
        findings=tuple(_finding(each, one, root, words) for each in one.report.findings),
        domains=tuple(
            Group(title=title, lines=tuple(line for of, line in lines if of == domain))
            for domain, title in one.domains.items()
            if any(of == domain for of, _ in lines)
        ),
        agree=one.open and one.agrees and not one.report.waiting, instead=_instead(one, words),
    )  # fmt: skip


def line_of(one: Checked, key: str) -> Line | None:
    """The line of this criterion or finding; None where the report has none."""
    lines = [*one.findings, *(line for domain in one.domains for line in domain.lines)]
    return next((line for line in lines if line.id == key), None)


def unchecked(words: Words) -> Faults:
    """What is said where the lead did not tick that the report was read."""
    return Faults((Told(field="checked", words=words("Tick the box to say that your team has read the report.")),))


def _lead(one: TeamReport, words: Words) -> str:
    if not one.open and one.agreed_at is not None:
        day = words.day(day_of(one.agreed_at))
        return words("Your team agreed to this report on %(day)s. Nothing in it can be changed any more.", day=day)
    if not one.open:
        return words("The check of this report is over.")
    if not one.may_comment:
        return words("The time to say that a fact is wrong is over.")
    if one.report.until is None:
        return words("Read what the reviewers found. Say so where a fact is wrong.")
    return words(
        "Read what the reviewers found. Say so where a fact is wrong, by %(day)s.",
        day=words.day(day_of(one.report.until)),
    )  # fmt: skip


def _then(one: TeamReport, words: Words) -> tuple[str, ...]:
    if not one.open:
        return (words(STAGES[one.report.stage][1]),)
    said = [
        words(
            "This is about facts: something that was there and was not seen, or is told wrongly. The reviewer who "
            "settles the report answers each comment."
        )
    ]
    if one.report.silence == "agreed":
        said.append(words("If your team says nothing in time, the report counts as agreed."))
    elif one.report.silence == "waits":
        said.append(words("The report waits until your team’s lead agrees to it."))
    return tuple(said)


def _instead(one: TeamReport, words: Words) -> str:
    if not one.open:
        return ""
    if one.report.waiting:
        return words.many(
            "%(number)s comment still waits for its answer. Your team’s lead can agree once it is answered.",
            "%(number)s comments still wait for their answers. Your team’s lead can agree once they are answered.",
            len(one.report.waiting),
        )  # fmt: skip
    return "" if one.agrees else words("Only your team’s lead can agree to the report. Tell your lead what you found.")


def _criterion(of: ReportedCriterion, one: TeamReport, root: str, words: Words) -> Line:
    return Line(
        id=of.id, words=f"{of.id} {of.title}", found=one.rated.get(of.id, words("Not settled")),
        reason="" if of.finding is None else of.finding.answer.note, before=", ".join(one.before.get(of.id, ())),
        comments=comments_told(of.comments, words),
        comment_at=f"{root}/accuracy/criteria/{of.id}" if one.may_comment else "",
    )  # fmt: skip


def _finding(of: FindingChecked, one: TeamReport, root: str, words: Words) -> Line:
    about = words("the service as a whole") if of.criterion is None else of.criterion
    return Line(
        id=of.finding, words=words("%(kind)s, %(about)s", kind=words(KINDS[of.kind]), about=about),
        found=words("Taken out of the report: %(said)s", said=of.text) if of.withdrawn else of.text,
        reason=of.reason, before="; ".join(was.text for was in of.before), comments=comments_told(of.comments, words),
        comment_at=f"{root}/accuracy/findings/{of.finding}" if one.may_comment and not of.withdrawn else "",
    )  # fmt: skip


def comments_told(comments: Sequence[CommentShown], words: Words) -> tuple[Comment, ...]:
    """What the team says is not accurate, each with its answer."""
    return tuple(
        Comment(
            said=words(
                "%(who)s, %(day)s at %(time)s", who=name_of(one.by), day=words.day(day_of(one.at)), time=time_of(one.at)
            ),
            reason=one.reason, answer=_answer(one, words),
        )
        for one in comments
    )  # fmt: skip


def _answer(one: CommentShown, words: Words) -> str:
    if one.answer is None:
        return ""
    if one.answer.amended:
        return words("Put right by the reviewers: %(reason)s", reason=one.answer.reason)
    return words("Kept by the reviewers: %(reason)s", reason=one.answer.reason)
