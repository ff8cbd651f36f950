"""Any prices give a bound, whether a solver found them or not."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.rules.matching.arrays import Instance
from accreditation.rules.matching.bounds import FINE, priced
from accreditation.rules.matching.relaxed import Relaxation
from accreditation.rules.matching.stated import stated
from tests.rules.matching.small import fillings
from tests.rules.matching.test_solve import crossed


@settings(max_examples=40)
@given(asked=crossed(), seed=st.integers(0, 99))
def test_no_filling_is_worth_more_than_the_bound_at_any_prices(asked: Instance, seed: int) -> None:
    program, chance = stated(asked, asked.places.fit), np.random.default_rng(seed)
    prices = {name: chance.integers(0, 3 << FINE, len(one.most)) for name, one in program.families.items()}

    bound = priced(program, prices, shut=np.zeros(len(program), dtype=np.bool_)).bound

    assert all(asked.places.fit[one.place].sum() <= bound for one in fillings(asked))


@settings(max_examples=40)
@given(asked=crossed())
def test_a_column_that_is_worth_less_than_nothing_by_more_than_the_gap_is_in_no_better_filling(asked: Instance) -> None:
    program = stated(asked, asked.places.fit)
    found = Relaxation(program).best().priced

    for one in fillings(asked):
        worth = int(asked.places.fit[one.place].sum())
        taken = np.isin(program.place * 2 + program.role, one.place * 2 + one.role)
        assert worth <= found.bound + (int(found.main[taken].min(initial=0)) >> FINE) + 1
