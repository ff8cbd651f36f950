import json
from pathlib import Path

import pytest
from sqlalchemy import text

from accreditation.actions.publish_edition import publish_edition
from accreditation.errors import Contradiction, Invalid, NotFound, Unavailable
from accreditation.records import editions
from accreditation.records.awards import Decision, Publication
from accreditation.records.editions import Edition
from accreditation.rules.cycle import Stage
from accreditation.scheme.model import Scheme
from accreditation.wiring import House
from tests.walking import ASKED, AT, CYCLE, OFFICE, later, walk
from tests.walking import scheme as scheme_now

BEFORE = (Path(__file__).parent / "edition_with_every_default.json").read_text()
"""The small scheme's edition as the engine stored it when it still wrote every default out."""

DIGEST_BEFORE = "2b89cdba72a25ddab8e8ac4a1bd3b861b00db00a8ada6f6d442e1f1c087a4bdf"


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a process that has just begun."""
    monkeypatch.setattr(editions, "_KNOWN", {})


def scheme(**changes: str) -> Scheme:
    """What North walks through, without what the language could not say when BEFORE was stored."""
    return scheme_now(**{ASKED: "", **changes})


def publish(house: House, **changes: str) -> str:
    return publish_edition(house.database, principal=OFFICE, scheme=scheme(**changes), at=AT)


def test_an_edition_is_the_scheme_it_was_made_of(any_house: House) -> None:
    digest = publish(any_house)
    with any_house.database.reading() as session:
        assert editions.scheme_of(session, digest) == scheme()
        row = editions.get(session, digest)
    assert (row.scheme, row.label, row.title, row.published_at) == ("small", "2026.1", "A small scheme", AT)


def test_an_edition_that_is_not_published_is_not_found(house: House) -> None:
    with (
        house.database.reading() as session,
        pytest.raises(NotFound, match="No edition with the digest aaaaaaaaaaaa is published"),
    ):
        editions.scheme_of(session, "a" * 64)


@pytest.mark.parametrize("content", ["{}", "not even JSON", "another threshold"])
def test_an_edition_that_was_altered_in_the_store_is_noticed(house: House, content: str) -> None:
    digest = publish(house)
    with house.database.bookkeeping() as session:
        if content == "another threshold":
            told = json.loads(editions.get(session, digest).content)
            told["award"][0]["title"] = "Gilded"
            content = json.dumps(told)
        session.execute(text("DROP TRIGGER edition_no_update"))
        session.execute(text("UPDATE edition SET content = :content"), {"content": content})
    with (
        house.database.reading() as session,
        pytest.raises(Unavailable, match=f"The stored edition {digest[:12]} was altered; restore it from a backup."),
    ):
        editions.scheme_of(session, digest)


def test_what_was_proved_once_is_read_once(house: House) -> None:
    digest = publish(house)
    with house.database.reading() as session:
        first = editions.scheme_of(session, digest)
    with house.database.reading() as session:
        assert editions.scheme_of(session, digest) is first


def test_a_process_knows_a_limited_number_of_editions(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editions, "_MOST_KNOWN", 1)
    digests = [publish(house), publish(house, **{"A small scheme": "A smaller scheme", "2026.1": "2026.2"})]
    with house.database.reading() as session:
        assert [editions.scheme_of(session, digest).title for digest in digests] == [
            "A small scheme",
            "A smaller scheme",
        ]
    assert list(editions._KNOWN) == digests[1:]


def test_the_newest_edition_is_named_first(house: House) -> None:
    digest = publish(house)
    other = scheme(**{"A small scheme": "A smaller scheme", "2026.1": "2026.2"})
    publish_edition(house.database, principal=OFFICE, scheme=other, at=later(1))
    with house.database.reading() as session:
        assert [row.digest for row in editions.all_of(session, "small")] == [other.digest, digest]
        assert editions.all_of(session, "another") == []


def stored_before(house: House) -> None:
    """Records in which the edition was published by an older version of the engine."""
    row = Edition(
        digest=DIGEST_BEFORE, scheme="small", label="2026.1", title="A small scheme",
        effective_on=scheme().effective, content=BEFORE, published_at=AT,
    )  # fmt: skip
    with house.database.bookkeeping() as session:
        session.add(row)


def test_an_edition_stored_with_every_default_is_still_the_scheme_it_was_and_keeps_its_name(any_house: House) -> None:
    stored_before(any_house)
    with any_house.database.reading() as session:
        found = editions.scheme_of(session, DIGEST_BEFORE)
    assert found == scheme()
    assert found.digest == DIGEST_BEFORE != scheme().digest


def test_the_same_content_is_published_once_however_it_was_written(house: House) -> None:
    stored_before(house)
    assert publish(house) == DIGEST_BEFORE
    with house.database.reading() as session:
        assert [row.digest for row in editions.all_of(session)] == [DIGEST_BEFORE]
        assert editions.same_as(session, scheme()) == DIGEST_BEFORE
        assert editions.same_as(session, scheme(**{"A small scheme": "Another"})) is None
    with pytest.raises(Contradiction, match="is published already with other content"):
        publish(house, **{"A small scheme": "Another"})


def test_a_cycle_on_an_edition_stored_before_goes_on_to_its_award(house: House) -> None:
    stored_before(house)
    walk(house, Stage.PUBLISHED, edition=scheme())
    with house.database.reading() as session:
        assert session.get_one(Publication, CYCLE).edition_digest == DIGEST_BEFORE
        assert session.get_one(Decision, CYCLE).outcome == "accredited"


def test_an_edition_stored_before_that_was_altered_is_noticed(house: House) -> None:
    stored_before(house)
    with house.database.bookkeeping() as session:
        session.execute(text("DROP TRIGGER edition_no_update"))
        session.execute(text("UPDATE edition SET content = replace(content, 'note', 'Note')"))
    with house.database.reading() as session, pytest.raises(Unavailable, match="was altered"):
        editions.scheme_of(session, DIGEST_BEFORE)


def test_a_label_that_two_editions_bear_names_neither(house: House) -> None:
    small = publish(house)
    other = publish_edition(house.database, principal=OFFICE, scheme=scheme(**{"id: small": "id: other"}), at=AT)
    with house.database.reading() as session:
        assert editions.named(session, "2026.1", scheme="other") == other
        assert editions.named(session, " small  2026.1 ") == small
        assert editions.named(session, "a" * 64) == "a" * 64, "a digest is looked for where it is used"
        with pytest.raises(Invalid) as invalid:
            editions.named(session, "2026.1")
    (fault,) = invalid.value.faults
    assert (fault.where, fault.found) == ("edition", "'2026.1' could be any of 2 editions")
    there = [f"small 2026.1 ({small[:12]})", f"other 2026.1 ({other[:12]})"]
    assert sorted(fault.allowed.removeprefix("one of these, or its digest: ").split(", ")) == sorted(there)
