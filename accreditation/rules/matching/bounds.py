"""What no answer can be better than, from prices alone, in whole numbers: the solver's word is not needed.

For any prices of 0 or more, what all rows' limits are worth at these prices, and what columns are worth beyond the
rows they use, is at least what any answer is worth (weak duality). Prices are rounded to whole numbers first, so that
the sum is exact.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from accreditation.rules.matching.arrays import Flags, Ints
from accreditation.rules.matching.program import Program
from accreditation.rules.matching.told import Floats

FINE = 20
"""Prices are multiples of a millionth of fit divided by 2 to the power of this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """What columns are worth beyond the rows they use at these prices, and what no answer can be worth more than.

    Prices and columns are times 2 to the power of FINE, the bound is not.
    """

    prices: Mapping[str, Ints]
    main: Ints
    extra: dict[str, Ints]
    bound: int


def whole(prices: Mapping[str, Floats]) -> dict[str, Ints]:
    """The same prices as whole numbers, times 2 to the power of FINE."""
    return {name: np.round(told * float(1 << FINE)).astype(np.int64) for name, told in prices.items()}


def priced(program: Program, prices: Mapping[str, Ints], *, shut: Flags) -> Priced:
    """What is everything worth at these prices, where the shut columns may not be taken?"""
    main = program.worth << FINE
    extra = {name: one.worth << FINE for name, one in program.extras.items()}
    total = 0
    for name, family in program.families.items():
        told = np.append(prices[name], 0)  # the last one is for columns in no row (NONE)
        main -= told[family.row] * family.times
        total += _product(prices[name], family.most)
    for one in program.extras.values():
        for name, which, row, times in one.entries:
            np.subtract.at(extra[one.name], which, prices[name][row] * times)
        total += _product(np.maximum(extra[one.name], 0), one.upper)
    total += _product(np.maximum(np.where(shut, 0, main), 0), np.ones(len(main), dtype=np.int64))
    return Priced(prices=prices, main=main, extra=extra, bound=total >> FINE)


def _product(left: Ints, right: Ints) -> int:
    """The sum of products, however large."""
    used = (left != 0) & (right != 0)
    return sum(one * other for one, other in zip(left[used].tolist(), right[used].tolist(), strict=True))
