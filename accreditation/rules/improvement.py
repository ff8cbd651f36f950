"""The smallest set of criteria a team must improve to reach an outcome.

The scheme's rules are stated as an integer program in which every criterion may take any better standing, and the
fewest criteria, then the smallest steps, are looked for. What is found is applied and judged by the rules
themselves before it is promised. Criteria that do not count (not applicable, left out) stay as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from accreditation.rules.modelling import Model
from accreditation.rules.options import Option, compared_values, options
from accreditation.rules.program import CannotSay, Linear, Program, total
from accreditation.rules.requiring import require
from accreditation.rules.result import outcome_of
from accreditation.rules.scoring import Score, Scored
from accreditation.scheme.award import Outcome
from accreditation.scheme.values import Part


class Choice(Part):
    """`needed` of the criteria in `of` must be improved, all of them where the numbers are equal.

    `to` says to what, where that is the same for all of them; `step` is which of the better standings of each it is,
    counted from the smallest.
    """

    needed: int
    of: tuple[str, ...]
    to: str = ""
    step: int = 1


class Improvement(Part):
    """The smallest improvement to an outcome: its size, and the choices that make it up.

    `several` says that other sets of the same size would do as well. `gives` is the outcome that follows when it is
    made: the one asked for, or a higher one where nothing smaller stops short of it.
    """

    outcome: str
    title: str
    size: int
    choices: tuple[Choice, ...]
    several: bool
    gives: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Criteria that are the same to the rules: any of them could take the place of any other."""

    names: tuple[str, ...]
    columns: tuple[int, ...]
    options: tuple[tuple[Option, ...], ...]


def smallest(*, outcome: Outcome, score: Score) -> Improvement | None:
    """What is the smallest set of improvements that leads to this outcome or a higher one?

    None where no improvement leads there. Judgements are never led to: there the rules are silent. Raises CannotSay
    where it cannot be worked out.
    """
    model = _model(outcome, score)
    groups = _groups(model)
    found = _least(model, groups)
    if found is None:
        return None
    applied = score.with_scored(_applied(groups, found))
    order = [known.outcome for known in score.scheme.award]
    gives = outcome_of(applied).outcome
    if order.index(gives) > order.index(outcome.outcome):
        raise CannotSay("the rules do not confirm what was found")  # numbers too far apart for the solver
    size = sum(sum(counts) for counts in found)
    return Improvement(
        outcome=outcome.outcome,
        title=outcome.title,
        size=size,
        choices=_choices(groups, found),
        several=_several(model, groups, found, size),
        gives=gives,
    )


def _blank(score: Score) -> Model:
    """The program in which every criterion may take any better standing."""
    compared = compared_values(score)
    return Model(score, lambda name: options(name, score, compared))


def _model(outcome: Outcome, score: Score) -> Model:
    """The program in which the outcome, or a higher one, follows."""
    scheme = score.scheme
    model = _blank(score)
    position = scheme.award.index(outcome)
    ways = []
    for known in scheme.award[: position + 1]:
        if known.follows_conditions:
            continue
        taken = model.program.unknown()
        if known.judgement:
            model.program.at_least(model.program.one(taken), Fraction(1))
        else:
            ways.append(taken)
        if known.when is not None:
            require(model, known.when, score, taken, holds=not known.judgement)
    model.program.at_least(total(model.program.one(way) for way in ways), Fraction(1))
    order = [known.outcome for known in scheme.award]
    for limit in scheme.limits:
        if order.index(limit.at_best) > position:
            always = model.program.unknown()
            model.program.at_least(model.program.one(always), Fraction(1))
            require(model, limit.when, score, always, holds=False)
    return model


def _groups(model: Model) -> list[_Group]:
    """Criteria with the same columns in the program, in the order of the standard."""
    columns: dict[int, list[tuple[int, Fraction]]] = {}
    for number, row in enumerate(model.program.rows):
        for unknown, times in row.what.terms.items():
            columns.setdefault(unknown, []).append((number, times))
    own = _own_rows(model)
    found: dict[object, list[str]] = {}
    for name, taken in model.choices.items():
        key = tuple(
            (option.steps, tuple((row, times) for row, times in columns.get(one, ()) if row not in own))
            for one, option in taken
        )
        found.setdefault(key, []).append(name)
    return [
        _Group(
            names=tuple(names),
            columns=tuple(one for one, _ in model.choices[names[0]]),
            options=tuple(tuple(option for _, option in model.choices[name]) for name in names),
        )
        for names in found.values()
    ]


def _own_rows(model: Model) -> frozenset[int]:
    """Rows that only say that a criterion takes one standing at most."""
    alone = [{one for one, _ in taken} for taken in model.choices.values() if len(taken) > 1]
    return frozenset(
        number
        for number, row in enumerate(model.program.rows)
        if set(row.what.terms.values()) == {Fraction(-1)} and set(row.what.terms) in alone
    )


def _gathered(model: Model, groups: Sequence[_Group]) -> tuple[Program, list[list[int]]]:
    """The same program with one whole number for each group and option in place of many that are 0 or 1."""
    own = _own_rows(model)
    kept = {one for group in groups for one in group.columns}
    dropped = {one for taken in model.choices.values() for one, _ in taken} - kept
    program, place = Program(), dict[int, int]()
    size = {one: len(group.names) for group in groups for one in group.columns}
    for number, unknown in enumerate(model.program.unknowns):
        if number not in dropped:
            high = Fraction(size[number]) if number in size else unknown.high
            place[number] = program.unknown(low=unknown.low, high=high, whole=unknown.whole, grain=unknown.grain)
    for number, row in enumerate(model.program.rows):
        if number not in own:
            terms = {place[one]: times for one, times in row.what.terms.items() if one in place}
            program.rows.append(type(row)(what=Linear(row.what.constant, terms), least=row.least))
    columns = [[place[one] for one in group.columns] for group in groups]
    for group, mine in zip(groups, columns, strict=True):
        program.at_most(total(program.one(one) for one in mine), Fraction(len(group.names)))
    return program, columns


def _least(model: Model, groups: Sequence[_Group]) -> list[list[int]] | None:
    """How many of each group take each option, for the fewest criteria and then the smallest steps."""
    program, columns = _gathered(model, groups)
    most = 1 + sum(len(group.names) * len(group.columns) for group in groups)
    cost = {one: most + step for mine in columns for step, one in enumerate(mine, start=1)}
    found = program.solve(cost=cost)
    return None if found is None else [[int(found[one]) for one in mine] for mine in columns]


def _several(model: Model, groups: Sequence[_Group], found: Sequence[Sequence[int]], size: int) -> bool:
    """Is there another set of the same size? Then it takes fewer from some group than this one."""
    if any(0 < sum(counts) < len(group.names) for group, counts in zip(groups, found, strict=True)):
        return True
    program, columns = _gathered(model, groups)
    program.at_most(total(program.one(one) for mine in columns for one in mine), Fraction(size))
    fewer = []
    for mine, counts in zip(columns, found, strict=True):
        if sum(counts):
            one = program.unknown()
            program.at_most(total(program.one(each) for each in mine), Fraction(sum(counts) - 1), if_one=one)
            fewer.append(program.one(one))
    if not fewer:
        return False
    program.at_least(total(fewer), Fraction(1))
    return program.solve(cost={}) is not None


def _applied(groups: Sequence[_Group], found: Sequence[Sequence[int]]) -> list[Scored]:
    """The first criteria of every group, standing as chosen."""
    changed = []
    for group, counts in zip(groups, found, strict=True):
        waiting = iter(group.options)
        for position, count in enumerate(counts):
            changed += [next(waiting)[position].scored for _ in range(count)]
    return changed


def _choices(groups: Sequence[_Group], found: Sequence[Sequence[int]]) -> tuple[Choice, ...]:
    return tuple(
        Choice(needed=count, of=group.names, to=_common(group, position), step=position + 1)
        for group, counts in zip(groups, found, strict=True)
        for position, count in enumerate(counts)
        if count
    )


def _common(group: _Group, position: int) -> str:
    """What the criteria of a group become, where it is the same for all."""
    said = {options[position].to for options in group.options}
    return said.pop() if len(said) == 1 else ""


def applied(score: Score, improvement: Improvement) -> Score:
    """How everything would stand if the first criteria of every choice were improved as it says."""
    model = _blank(score)
    changed: dict[str, Scored] = {}
    for choice in improvement.choices:
        free = [name for name in choice.of if name not in changed]
        for name in free[: choice.needed]:
            changed[name] = model.choices[name][choice.step - 1][1].scored
    return score.with_scored(changed.values())
