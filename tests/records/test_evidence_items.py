from accreditation.records import evidence_items
from accreditation.wiring import House
from tests.walking import CYCLE, attach, begin, work


def told(house: House) -> list[tuple[str, tuple[str, ...], bool | None]]:
    with house.database.reading() as session:
        return [
            (item.title, names, None if check is None else check.whole)
            for item, names, check in evidence_items.of_cycle(session, CYCLE)
        ]


def test_evidence_is_told_with_what_it_answers_and_whether_it_was_found_whole(any_house: House) -> None:
    begin(any_house)
    attach(any_house, criteria=["2.01", "1.01"])
    assert told(any_house) == [("Job plan", ("1.01", "2.01"), None)]
    work(any_house)
    assert told(any_house) == [("Job plan", ("1.01", "2.01"), True)]


def test_damaged_evidence_does_not_count_and_the_same_file_sent_again_does(house: House) -> None:
    begin(house)
    with house.evidence.local(attach(house).digest) as path:
        path.chmod(0o600)
        path.write_bytes(b"something else")
    work(house)
    with house.database.reading() as session:
        assert evidence_items.attached(session, CYCLE) == frozenset()
    attach(house)
    work(house)
    assert told(house) == [("Job plan", ("1.01",), False), ("Job plan", ("1.01",), True)]
    with house.database.reading() as session:
        assert evidence_items.attached(session, CYCLE) == frozenset({"1.01"})
