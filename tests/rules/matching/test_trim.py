"""What is left of a filling that breaks rules breaks none."""

from hypothesis import given, settings

from accreditation.rules.matching import flow
from accreditation.rules.matching.arrays import Instance
from accreditation.rules.matching.arrays_check import breaches
from accreditation.rules.matching.network import Network
from accreditation.rules.matching.trim import trimmed
from tests.rules.matching.test_solve import crossed


@settings(max_examples=60)
@given(asked=crossed())
def test_what_is_left_breaks_no_rule_and_all_is_left_where_none_is_broken(asked: Instance) -> None:
    found = flow.best(Network(asked)).filling

    left = trimmed(asked, found)

    assert breaches(asked=asked, found=left) == []
    if not breaches(asked=asked, found=found):
        assert len(left) == len(found)
