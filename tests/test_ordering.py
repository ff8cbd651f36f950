"""How the tests are given out: file by file, the rest of a dead worker's work to those that live."""

from types import SimpleNamespace
from typing import Any, cast

from tests.ordering import ByFile

TESTS = ["a.py::1", "a.py::2", "a.py::3", "b.py::1@shared", "c.py::1", "b.py::2@shared", "d.py::1", "d.py::2"]


class Worker:
    """Notes what it is told to run, by number, and whether it is told to end."""

    gateway = SimpleNamespace(id="worker")

    def __init__(self) -> None:
        self.told: list[int] = []
        self.shutting_down = False

    def send_runtest_some(self, numbers: list[int]) -> None:
        self.told += numbers

    def shutdown(self) -> None:
        self.shutting_down = True


def test_a_dead_workers_test_fails_once_and_only_what_it_left_goes_to_others() -> None:
    given, (first, second) = _given_out()
    assert [first.told, second.told] == [[0, 1, 2], [3, 5, 4]], "a file and a group each, and more to who has little"
    given.mark_test_complete(first, 0)

    assert given.remove_node(first) == "a.py::2"

    third = Worker()
    given.add_node(third)
    given.add_node_collection(third, TESTS)
    given.schedule()
    for worker in (second, third):
        for number in worker.told:
            given.mark_test_complete(worker, number)
    assert sorted(first.told[:2] + second.told + third.told) == list(range(len(TESTS)))
    assert (given.tests_finished, given.has_pending) == (True, False)


def test_a_worker_that_ends_with_its_work_done_leaves_nothing() -> None:
    given, (first, second) = _given_out()
    for worker in (first, second):
        for number in worker.told:
            given.mark_test_complete(worker, number)

    assert [given.remove_node(first), given.remove_node(second)] == [None, None]
    assert given.has_pending is False


def _given_out() -> tuple[Any, tuple[Worker, Worker]]:
    """Two workers that were told what to begin with."""
    config = SimpleNamespace(option=SimpleNamespace(), getvalue=lambda _: ["2*popen"])
    given: Any = ByFile(cast("Any", config), cast("Any", None))
    workers = Worker(), Worker()
    for worker in workers:
        given.add_node(worker)
    for worker in workers:
        given.add_node_collection(worker, TESTS)
    given.schedule()
    return given, workers
