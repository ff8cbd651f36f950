"""What the others found beside one's own, in words; and what is left to agree on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accreditation.rules.cycle import Move, Stage
from accreditation.scheme.answer import Answer
from accreditation.views.findings import FindingSeen
from accreditation.views.own_figures import has_taken_part
from accreditation.views.reviews import CriterionSideBySide, SettlementSeen
from accreditation.views.visit_others import Scales, Settles, ToSettle, VisitOthers
from api.inputs.own_answer import Typed
from api.presenting.review.criterion import rating_options
from api.presenting.review.findings import KINDS, TypedFinding, called, kinds, start_of
from api.presenting.review.visits import moment
from api.presenting.team.answers import Option, answer_words, columns, typed_of
from api.presenting.team.criterion import name_of, paragraphs
from api.words import Words, capital, marked

HOW: Mapping[str, str] = {
    "kept": marked("Kept"), "amended": marked("Changed"), "withdrawn": marked("Taken out"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """One reviewer's rating, with its reason."""

    who: str
    words: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A criterion with every rating that may be seen."""

    name: str
    title: str
    address: str
    state: str
    colour: str
    ratings: tuple[Rating, ...]
    settled: Rating | None
    waits: bool
    same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A finding that was handed in, and what became of it."""

    name: str
    address: str
    kind: str
    about: str
    text: str
    who: str
    became: str
    waits: bool
    typed: TypedFinding


@dataclass(frozen=True, slots=True, kw_only=True)
class Others:
    """The page. `closed` says why nothing of the others is shown yet; then there are no sides.

    `alone` where nobody else has handed in. `alike` are those on which everybody says the same, `sides` all others;
    `settler` is who settles, in a sentence.
    """

    root: str
    closed: str
    who: tuple[str, ...]
    alone: bool
    to_agree: tuple[Side, ...]
    sides: tuple[Side, ...]
    alike: tuple[Side, ...]
    settler: str
    findings: tuple[Found, ...]
    may_settle_findings: bool
    settles: bool
    certificate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """The page of one criterion, side by side."""

    root: str
    side: Side
    statement: tuple[str, ...]
    settler: str
    may_settle: bool
    options: tuple[Option, ...]
    typed: Typed
    columns: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlingFinding:
    """The page of one finding that waits to be settled."""

    root: str
    called: str
    begins: str
    found: Found
    may_settle: bool
    kinds: tuple[Option, ...]
    ways: tuple[Option, ...]
    criteria: tuple[tuple[str, str], ...]
    typed: TypedFinding


def others(one: VisitOthers, words: Words) -> Others:
    """The page of what the others found."""
    root = f"/review/cycles/{one.visit.id}"
    names = {each.reviewer: each.name for each in one.sides.reviewers}
    closed = _closed(one, words)
    sides = () if closed else tuple(_side(each, one, root, words) for each in one.sides.criteria)
    return Others(
        root=root, closed=closed,
        who=tuple(
            words("%(name)s handed in at %(when)s", name=each.name, when=moment(each.handed_in_at, words))
            for each in one.sides.reviewers
            if each.handed_in_at is not None
        ),
        alone=len([each for each in one.sides.reviewers if each.handed_in_at is not None]) < 2,
        to_agree=tuple(each for each in sides if each.waits), settler=_settler(one, words),
        sides=tuple(each for each in sides if not each.same), alike=tuple(each for each in sides if each.same),
        findings=() if closed else tuple(_found(each, root, names, one, words) for each in one.findings.findings),
        may_settle_findings=Move.SETTLE_FINDING in one.moves,
        settles=one.visit.stage is Stage.CONSENSUS,
        certificate=f"{root}/certificate" if has_taken_part(one.visit) else "",
    )  # fmt: skip


def _settler(one: VisitOthers, words: Words) -> str:
    """Who settles what differs, as this reviewer is told it."""
    if Move.SETTLE in one.moves:
        return words("Talk to the others. Then settle each of these, and say why.")
    return f"{words('Talk to the others.')} {_who(one.settlers, words)}"


def _who(settlers: Sequence[Settles], words: Words) -> str:
    """Who settles, in a sentence to another reviewer."""
    if not settlers:
        return words("Nobody of you can settle it now: the college office names somebody.")
    who = words(" or ").join(
        words("the %(role)s, %(name)s,", role=each.title[:1].lower() + each.title[1:], name=each.name)
        for each in settlers
    )
    return words("%(who)s settles what you differ on, and says why.", who=capital(who))


def side(
    each: CriterionSideBySide, scales: Scales, root: str, words: Words, *, me: int, waits: bool
) -> Side:  # fmt: skip
    """A criterion, side by side."""
    said = {_said(rating.answer, scales, words) for rating in each.ratings}
    if each.settlement is not None:
        state, colour = words("Agreed: %(said)s", said=_said(each.settlement.answer, scales, words)), "green"
    elif waits:
        state, colour = words("To agree on"), "blue"
    else:
        state, colour = (words("You differ"), "yellow") if len(said) > 1 else ("", "white")
    return Side(
        name=each.id, title=each.title, address=f"{root}/others/{each.id}", state=state, colour=colour,
        ratings=tuple(
            Rating(
                who=words("you") if rating.reviewer == me else rating.name, words=_said(rating.answer, scales, words),
                note=rating.answer.note,
            )
            for rating in each.ratings
        ),
        settled=None if each.settlement is None else _settled(each.settlement, scales, words), waits=waits,
        same=not waits and len(said) == 1 and (each.settlement is None or each.settlement.how == "agreed"),
    )  # fmt: skip


def settling(one: ToSettle, words: Words, *, sent: Typed | None = None) -> Settling:
    """The page of one criterion; `sent` is what was typed where it was refused."""
    root = f"/review/cycles/{one.visit.id}"
    blank = Typed(steps=",".join(one.asked.steps), compared=one.asked.benchmark)
    typed = sent or (blank if one.settled is None else typed_of(one.settled, one.asked, version=0))
    return Settling(
        root=root, side=side(one.criterion, one.scales, root, words, me=one.me, waits=one.waits),
        statement=paragraphs(one.statement),
        settler=_who(one.settlers, words) if one.waits and not one.may_settle else "",
        may_settle=one.may_settle and one.waits, options=rating_options(one.asked, typed, words), typed=typed,
        columns=columns(one.asked, words), unit=one.asked.unit,
    )  # fmt: skip


def settling_finding(one: VisitOthers, name: str, words: Words) -> SettlingFinding | None:
    """The page of this finding; None where no such finding may be seen."""
    told = others(one, words)
    found = next((each for each in told.findings if each.name == name), None)
    if found is None:
        return None
    hints = {
        "kept": words("It stands as it was handed in."), "amended": words("Say below what it says from now on."),
        "withdrawn": words("It is left out of the report."),
    }  # fmt: skip
    criteria = tuple((each.id, f"{each.id} {each.title}") for each in one.sides.criteria)
    typed = found.typed
    return SettlingFinding(
        root=told.root, called=called(typed.kind, typed.criterion, criteria, words),
        begins=start_of(found.text, words), found=found, may_settle=told.may_settle_findings and found.waits,
        kinds=kinds(words),
        ways=tuple(Option(value=how, words=words(said), hint=hints[how]) for how, said in HOW.items()),
        criteria=criteria, typed=typed,
    )  # fmt: skip


def _side(each: CriterionSideBySide, one: VisitOthers, root: str, words: Words) -> Side:
    waits = each.id in one.sides.to_settle
    return side(each, one.scales[each.id], root, words, me=one.me, waits=waits)


def _closed(one: VisitOthers, words: Words) -> str:
    if one.visit.stage is Stage.REVIEW and one.visit.handed_in_at is None:
        if one.visit.observes:
            return words("You see what the reviewers found once all of them have handed in.")
        return words("You see what the others found once you have handed in, so that everybody rates by themselves.")
    return "" if one.sides.criteria else words("Nothing is handed in yet.")


def _said(answer: Answer, scales: Scales, words: Words) -> str:
    return answer_words(answer, scale=scales.scale, unit=scales.unit, words=words)


def _settled(row: SettlementSeen, scales: Scales, words: Words) -> Rating:
    who = row.words if row.how != "lead" else words("Settled by %(name)s", name=name_of(row.by or ""))
    return Rating(who=who, words=_said(row.answer, scales, words), note=row.answer.note if row.how != "agreed" else "")


def _found(each: FindingSeen, root: str, names: Mapping[int, str], one: VisitOthers, words: Words) -> Found:
    last = each.settled[-1] if each.settled else None
    now = each if last is None else last
    became = "" if last is None else words("%(how)s: %(reason)s", how=words(HOW[last.how]), reason=last.reason)
    return Found(
        name=each.finding, address=f"{root}/others/findings/{each.finding}", kind=words(KINDS[now.kind][0]),
        about=words("the service as a whole") if now.criterion is None else now.criterion, text=now.text,
        who=names.get(each.reviewer, ""), became=became, waits=each.finding in one.findings.to_settle,
        typed=TypedFinding(kind=now.kind.value, criterion=now.criterion or "", text=now.text),
    )  # fmt: skip
