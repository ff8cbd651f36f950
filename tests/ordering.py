"""In which order the tests are given to the workers, and what stays together.

The tests of a file go to one worker, as those of a group do: what they share is made once. What takes longest begins
first, so that the workers end at about the same time.
"""

from collections.abc import Iterable

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadGroupScheduling
from xdist.workermanage import WorkerController

LONGEST = (
    "engine", "an office in a browser", "journeys in a browser", "browser", "tests/api/test_blindness.py",
    "permissions", "prefect", "tests/api/test_everybody.py", "tests/api/test_proposals.py",
    "tests/api/test_panels.py", "tests/api/test_several_people.py", "tests/workbook/test_returned.py",
    "tests/api/test_described.py", "tests/pages/test_signing_in.py", "tests/rules/placing/test_placing.py",
    "tests/pages/test_provider.py", "standards that ship", "tests/actions/test_killed.py",
)  # fmt: skip
"""Groups and files, the longest first. All others are short, and come as they are found."""


def longest_first(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """These tests with the longest groups and files before all others."""
    rank = {name: number for number, name in enumerate(LONGEST)}
    return sorted(items, key=lambda item: rank.get(_part(item), len(rank)))


def _part(item: pytest.Item) -> str:
    group = item.get_closest_marker("xdist_group")
    return str(group.args[0]) if group else item.nodeid.partition("::")[0]


class ByFile(LoadGroupScheduling):  # type: ignore[misc]  # xdist brings no types
    """Gives out the tests of one file, or of one group, after those of another, in their order."""

    def __init__(self, config: pytest.Config, log: Producer) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        group = str(super()._split_scope(nodeid))
        return group.partition("::")[0] if group == nodeid else group

    def remove_node(self, node: WorkerController) -> str | None:
        """The test in which this worker died, which fails. What is left of its work goes to others.

        The library would give them that test again, and files that are done, and wait without end for word of these.
        """
        given = self.assigned_work.pop(node)
        left = [(part, test) for part, tests in given.items() for test, done in tests.items() if not done]
        if not left:
            return None
        for part, test in left[1:]:
            self.workqueue.setdefault(part, {})[test] = False
        for other in self.assigned_work:
            self._reschedule(other)
        return str(left[0][1])
