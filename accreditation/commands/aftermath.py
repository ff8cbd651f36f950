"""The report under check, the decision and what followed it, drawn for a terminal."""

from rich.console import Console
from rich.markup import escape

from accreditation.views.accuracy import CommentShown, Report
from accreditation.views.aftermath import AppealShown, ConditionShown, Followed
from accreditation.views.awards import DecisionShown

BECAUSE = {"conditions_met": "every condition was met", "lapsed": "it lapsed", "appeal": "on appeal"}


def show_report(out: Console, found: Report) -> None:
    """What the team says is not accurate, and what was answered."""
    until = "" if found.until is None else f" (until {found.until:%-d %B %Y, %H:%M} UTC)"
    said = [(one, comment) for one in found.criteria for comment in one.comments]
    out.print(f"\n[bold]Factual accuracy: {len(said)} comments, {len(found.waiting)} to be answered[/bold]{until}")
    for one, comment in said:
        out.print(f"  {comment.id}. {one.id} {escape(one.title)}: {escape(comment.reason)} ({escape(comment.by)})")
        out.print(f"     {_answer(comment)}")


def _answer(comment: CommentShown) -> str:
    if comment.answer is None:
        return "[yellow]waits for an answer[/yellow]"
    return f"{'amended' if comment.answer.amended else 'kept'}: {escape(comment.answer.reason)}"


def decided_by(body: str | None, confirmed_by: str | None) -> str:
    """Who decides and who confirms it, in words; empty where the scheme does not say."""
    return ", confirmed by ".join(one for one in (body, confirmed_by) if one) if body else ""


def show_decision(out: Console, found: DecisionShown) -> None:
    """What was decided, by whom, on which conditions, and what followed."""
    until = "" if found.valid_until is None else f", valid until {found.valid_until:%-d %B %Y}"
    out.print(f"\n[bold]Decided: {escape(found.title)}[/bold]{until}{'' if found.published else ' (not published)'}")
    if by := decided_by(found.body, found.confirmed_by):
        out.print(f"  by: {escape(by)}")
    if found.departs:
        out.print(f"  a departure from the recommendation: {escape(found.reason)}")
    if found.judgement:
        out.print(f"  by the committee's judgement, where the rules are silent: {escape(found.reason)}")
    _appeal(out, found.appeal)
    if found.appeal is None and found.appeal_until is not None:
        out.print(f"  an appeal may be lodged until {found.appeal_until:%-d %B %Y}")
    for one in found.followed:
        out.print(_followed(one))
    _conditions(out, found.conditions)


def _followed(one: Followed) -> str:
    until = "" if one.valid_until is None else f", valid until {one.valid_until:%-d %B %Y}"
    why = f"{BECAUSE[one.because]}: {escape(one.reason)}"
    return f"  [bold]since {one.since:%-d %B %Y}: {escape(one.title)}[/bold]{until} ({why})"


def _appeal(out: Console, found: AppealShown | None) -> None:
    if found is None:
        return
    stands = "stands" if found.decision_stands_meanwhile else "does not stand"
    out.print(f"  appeal of {found.lodged_on:%-d %B %Y}: {escape(found.reason)}")
    if found.answered_on is None:
        out.print(f"    [yellow]to be answered by the committee; until then the decision {stands}[/yellow]")
    else:
        verdict = "upheld" if found.upheld else "dismissed"
        out.print(f"    {verdict} on {found.answered_on:%-d %B %Y}: {escape(found.answer or '')}")
        if found.panel:
            out.print(f"    heard by: {escape(', '.join(found.panel))}")


def _conditions(out: Console, conditions: tuple[ConditionShown, ...]) -> None:
    for one in conditions:
        names = ", ".join(f"{criterion.id} {escape(criterion.title)}" for criterion in one.criteria)
        some = "" if one.needed == len(one.criteria) else f"{one.needed} of "
        met = "" if one.met_on is None else f" (met on {one.met_on:%-d %B %Y})"
        out.print(f"  to put right by {one.due_on:%-d %B %Y}: {some}{names}{met}")
    for follows, what in (("once all is put right", "when_met"), ("if not put right in time", "when_missed")):
        outcome = next((getattr(one, what) for one in conditions), None)
        if outcome is not None:
            out.print(f"  {follows}: {escape(outcome.title)}")
