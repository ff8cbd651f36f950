"""What a team says is not accurate in the report, in words; and the form by which whoever settles answers it."""

from collections.abc import Mapping
from dataclasses import dataclass

from accreditation.rules.cycle import Stage
from accreditation.views.report_comments import CommentOn, ReportComments
from api.inputs.own_answer import Typed
from api.presenting.review.criterion import rating_options
from api.presenting.review.findings import KINDS, TypedFinding, kinds
from api.presenting.review.visits import moment
from api.presenting.team.answers import Option, columns, typed_of
from api.presenting.team.criterion import name_of
from api.words import Words, marked

KEPT, CHANGED, WITHDRAWN = "kept", "amended", "withdrawn"

WAYS: Mapping[str, tuple[str, str]] = {
    KEPT: (marked("Keep it as it is"), marked("The team reads your reason.")),
    CHANGED: (marked("Put it right"), marked("Say below what the report says from now on.")),
    WITHDRAWN: (marked("Take it out of the report"), marked("The team reads that it was taken out, and why.")),
}
"""What whoever settles can do with something that the team says is not accurate; the last with a finding alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment: what it is about, what the report says, what the team says, and the answer, if there is one."""

    about: str
    stands: str
    reason: str
    said: str
    who: str
    state: str
    colour: str
    answer: str
    answered: str
    address: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comments:
    """The page. `lead` says where the check of facts is; `may_answer` whether the answers are this reviewer's."""

    lead: str
    comments: tuple[Comment, ...]
    may_answer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """The page on which one comment is answered; `options` where it is about a rating, `kinds` about a finding."""

    comment: Comment
    may_answer: bool
    ways: tuple[Option, ...]
    options: tuple[Option, ...]
    typed: Typed
    columns: str
    unit: str
    kinds: tuple[Option, ...]
    criteria: tuple[tuple[str, str], ...]
    finding: TypedFinding


def comments(one: ReportComments, root: str, words: Words) -> Comments:
    """The page of a visit whose pages begin with `root`."""
    return Comments(
        lead=_lead(one, words), comments=tuple(_comment(each, root, words) for each in one.comments),
        may_answer=one.answers,
    )  # fmt: skip


def answering(
    one: ReportComments, number: int, root: str, words: Words, *, sent: Typed | None, finding: TypedFinding | None
) -> Answering | None:
    """The page of this comment, with what was typed where it was refused; None where there is no such comment."""
    found = next((each for each in one.comments if each.comment.id == number), None)
    if found is None:
        return None
    told, asked, answer = _comment(found, root, words), found.asked, found.answer
    standing = Typed() if asked is None or answer is None else typed_of(answer, asked, version=0)
    about_rating, typed = asked is not None, sent or standing
    return Answering(
        comment=told, may_answer=one.answers and not told.answer,
        ways=tuple(
            Option(value=how, words=words(said), hint=words(hint))
            for how, (said, hint) in WAYS.items()
            if how != WITHDRAWN or not about_rating
        ),
        options=() if asked is None else rating_options(asked, typed, words), typed=typed,
        columns="" if asked is None else columns(asked, words), unit="" if asked is None else asked.unit,
        kinds=() if about_rating else kinds(words),
        criteria=tuple((name, f"{name} {title}") for name, title in one.criteria.items()),
        finding=finding or _typed(found),
    )  # fmt: skip


def _typed(one: CommentOn) -> TypedFinding:
    if one.finding is None:
        return TypedFinding()
    return TypedFinding(
        kind=one.finding.kind.value, criterion=one.finding.criterion or "", text=one.finding.text
    )  # fmt: skip


def _lead(one: ReportComments, words: Words) -> str:
    if one.stage is not Stage.FACTUAL_ACCURACY:
        return words("The check of facts is over. This is what was said, and answered.")
    if one.until is None:
        return words("The team checks the facts in your report, and says what is not accurate.")
    when = moment(one.until, words)
    return words("The team checks the facts in your report, and says what is not accurate. It has time until %(when)s.",
                 when=when)  # fmt: skip


def _comment(one: CommentOn, root: str, words: Words) -> Comment:
    said, answer = one.comment, one.comment.answer
    about = f"{one.criterion} {one.title}" if one.criterion else words("the service as a whole")
    if one.finding is not None:
        about = words("%(kind)s, %(about)s", kind=words(KINDS[one.finding.kind][0]), about=about)
    answered = "" if answer is None else words("Put right") if answer.amended else words("Kept")
    return Comment(
        about=about, stands=one.stands, reason=one.reason, said=said.reason,
        who=words("%(who)s, %(when)s", who=name_of(said.by), when=moment(said.at, words)),
        state=answered or words("Waits for an answer"), colour="blue" if answer is None else "green",
        answer="" if answer is None else answer.reason,
        answered="" if answer is None
        else words("%(who)s, %(when)s", who=name_of(answer.by or ""), when=moment(answer.at, words)),
        address=f"{root}/report/comments/{said.id}",
        question="" if one.criterion is None else f"{root}/criteria/{one.criterion}",
    )  # fmt: skip
