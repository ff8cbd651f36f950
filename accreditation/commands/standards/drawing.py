"""The working of an award, drawn as trees in words: 'yes' and 'no' are written, never shown by colour alone."""

from collections.abc import Collection, Iterator, Sequence

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from accreditation.rules.award import Award
from accreditation.rules.improvement import Choice, Improvement
from accreditation.rules.scoring import Score
from accreditation.rules.working import Working
from accreditation.scheme.model import Scheme

SHOWN = 12
"""Of a long list of criteria that all would do, so many are named, and then how many more there are."""


def drawn(working: Working, *, elsewhere: Collection[str] = ()) -> Tree:
    """One working with what it rests on.

    Below a rule that holds nothing is unfolded but a list of rules; and a score whose title is among `elsewhere`
    has a tree of its own, so it is named and not unfolded again.
    """
    tree = Tree(_line(working), guide_style="dim")
    _grow(tree, working, elsewhere)
    return tree


def _grow(tree: Tree, working: Working, elsewhere: Collection[str]) -> None:
    """Add the parts of a working to its tree."""
    lists_rules = any(part.holds is not None for part in working.parts)
    if working.holds and not lists_rules:
        return
    for part in working.parts:
        if part.rule in elsewhere:
            if not lists_rules:
                continue  # the line above says what the score is; how it came about stands below Scores
            tree.add(_line(part))
        else:
            _grow(tree.add(_line(part)), part, elsewhere)


def _line(working: Working) -> Text:
    text = Text()
    if working.holds is not None:
        text.append("yes  " if working.holds else "no   ", style="bold green" if working.holds else "bold red")
    text.append(working.rule)
    if working.found:
        compared = working.holds is not None and not working.rule.endswith(("hold", "holds"))
        text.append(f"; found: {working.found}" if compared else f": {working.found}")
    if working.holds is False and working.needed and working.needed not in working.rule:
        text.append(f"; needed: {working.needed}")
    return text


def show_outcomes(out: Console, given: Award, scheme: Scheme) -> None:
    """Every outcome that was tried, from the highest, with its working."""
    elsewhere = {one.title for one in given.scores}
    out.print("\nWhy: the outcomes are tried from the highest, and the first whose rule holds is taken", style="bold")
    for name, working in given.working:
        tree = Tree(Text(f"{scheme.outcome(name).title} ({name})", style="bold"), guide_style="dim")
        tree.add(drawn(working, elsewhere=elsewhere))
        out.print(tree, soft_wrap=False)
    for limit in given.limited:
        title = scheme.outcome(limit.at_best).title
        out.print(f"\nA limit holds: {limit.because} At best {title}, not {scheme.outcome(limit.instead_of).title}",
                  style="bold", markup=False)  # fmt: skip
        out.print(drawn(limit.working, elsewhere=elsewhere), soft_wrap=False)


def show_scores(out: Console, given: Award) -> None:
    """Every score the scheme works out, with its working."""
    titles = {one.title for one in given.scores}
    if given.scores:
        out.print("\nScores", style="bold")
    for one in given.scores:
        level = f", level {one.level}" if one.level is not None and one.level not in one.shown else ""
        tree = Tree(Text(f"{one.title}: {one.shown}{level}", style="bold"), guide_style="dim")
        for part in one.working.parts if one.value is not None or one.level is not None else ():
            tree.add(drawn(part, elsewhere=titles - {one.title}))
        out.print(tree, soft_wrap=False)


def show_in_the_way(out: Console, names: Sequence[str], score: Score) -> None:
    """The criteria that keep the next higher outcome away, and how each of them stands."""
    if names:
        out.print("\nIn the way of the next higher outcome", style="bold")
    for name in names:
        out.print(f"  {_named(name, score.scheme)}: {_standing(name, score)}", markup=False)


def _named(name: str, scheme: Scheme) -> str:
    return f"{name}  {scheme.by_id[name].title}"


def _standing(name: str, score: Score) -> str:
    one = score.by_id.get(name)
    if one is None:
        return "does not concern this service"
    words = one.standing.words
    return words if one.why.lower() in ("", words) else f"{words}, {one.why}"


def show_improvements(out: Console, improvements: Sequence[Improvement], scheme: Scheme) -> None:
    """The smallest improvement to every higher outcome: how many criteria, which, and to what."""
    for one in improvements:
        criteria = "criterion" if one.size == 1 else "criteria"
        out.print(f"\nTo reach {one.title}, improve {one.size} {criteria}", style="bold", markup=False)
        for choice in one.choices:
            for line in _choice(choice, scheme):
                out.print(f"  {line}", markup=False)
        if one.several:
            out.print("  There are several smallest sets; any of them does as well.")
        if one.gives not in ("", one.outcome):
            out.print(f"  This gives {scheme.outcome(one.gives).title}: nothing smaller stops at {one.title}.",
                      markup=False)  # fmt: skip


def _choice(choice: Choice, scheme: Scheme) -> Iterator[str]:
    to = f", to: {choice.to}" if choice.to else ""
    if choice.needed < len(choice.of):
        yield f"any {choice.needed} of these {len(choice.of)}{to}"
        names: Sequence[str] = choice.of[:SHOWN]
        yield from (f"  {_named(name, scheme)}" for name in names)
        if len(choice.of) > SHOWN:
            yield f"  ... and {len(choice.of) - SHOWN} more"
    else:
        yield from (f"{_named(name, scheme)}{to}" for name in choice.of)
