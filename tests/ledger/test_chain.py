import hashlib
import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation.ledger.chain import FIRST, canonical, digest_of, moment

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def test_an_outsider_recomputes_a_digest_from_the_stated_form() -> None:
    written = (
        '{"action":"cycle:enrol","actor":"person:1","at":"2026-11-22T09:30:00.000000Z",'
        '"detail":"{\\"note\\":\\"20 % more – “good”\\"}","previous":"'
        + "0" * 64
        + '","sequence":1,"subject":"cycle:7"}'
    )
    assert (
        digest_of(
            sequence=1,
            at=AT,
            actor="person:1",
            action="cycle:enrol",
            subject="cycle:7",
            detail=canonical({"note": "20 % more – “good”"}),
            previous=FIRST,
        )
        == hashlib.sha256(written.encode()).hexdigest()
    )


def test_the_same_moment_in_another_time_zone_is_written_the_same() -> None:
    summer = timezone(timedelta(hours=1))
    assert moment(AT.astimezone(summer)) == moment(AT) == "2026-11-22T09:30:00.000000Z"


def test_detail_is_written_sorted_and_without_white_space() -> None:
    detail: Any = {"b": [1, None, True], "a": {"until": date(2029, 1, 31), "at": AT}}
    assert canonical(detail) == '{"a":{"at":"2026-11-22T09:30:00.000000Z","until":"2029-01-31"},"b":[1,null,true]}'


@pytest.mark.parametrize(
    ("value", "named"),
    [
        (79.66, r"detail\.score\[0\] is a float"),
        (Decimal("79.66"), r"detail\.score\[0\] is a Decimal"),
        (Fraction(1, 3), r"detail\.score\[0\] is a Fraction"),
        (b"bytes", r"detail\.score\[0\] is a bytes"),
        ({1: "one"}, r"detail\.score\[0\] has the key 1"),
        (datetime(2026, 1, 1), "has no time zone"),  # noqa: DTZ001 the point of the test
    ],
)
def test_what_cannot_be_kept_exactly_is_refused_where_it_stands(value: Any, named: str) -> None:
    with pytest.raises(TypeError, match=named):
        canonical({"score": [value]})


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), PLAIN, max_size=4))
def test_whatever_is_kept_reads_back_as_it_was(detail: Any) -> None:
    assert json.loads(canonical(detail)) == detail


@given(st.permutations(["a", "b", "c", "d"]))
def test_the_order_of_keys_does_not_matter(keys: list[str]) -> None:
    assert canonical(dict.fromkeys(keys, 1)) == '{"a":1,"b":1,"c":1,"d":1}'
