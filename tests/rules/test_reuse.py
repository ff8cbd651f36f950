from datetime import date

import pytest

from accreditation.rules.library import Described, Item, Version
from accreditation.rules.reuse import TURNED, HowMuch, Offer, Stands, offers
from accreditation.scheme.model import Scheme
from accreditation.scheme.read import read_standard
from tests.building import FILES, changed, small
from tests.related import endoscopy, pointing
from tests.walking import AT

TODAY = date(2026, 4, 1)
KINDS = {11: "docx"}
"""What the first version of document 1 is by its content; nobody looked at any other."""

FRESH = Described(title="Plan", effective_on=date(2026, 1, 1))


def document(*said: Described, name: int = 1, size: int = 1) -> Item:
    """A document with a version for each of these descriptions."""
    return Item(
        id=name, team=1,
        versions=tuple(
            Version(
                id=10 * name + number, item=name, number=number, digest="a" * 64, size=size, media_type="text/plain",
                file_name="a.txt", described=one, by="lead", at=AT,
            )
            for number, one in enumerate(said, start=1)
        ),
    )  # fmt: skip


def stands(scheme: Scheme, criterion: str = "1.01", held: Item | None = None, place: str = "") -> Stands:
    held = held or document(FRESH)
    return Stands(scheme=scheme, criterion=criterion, document=held, version=held.versions[0].id, place=place)


def found(*several: Stands, target: Scheme, attached: frozenset[tuple[int, str]] = frozenset()) -> list[Offer]:
    return list(
        offers(stands=several, target=target, profile={"hasu": False}, attached=attached, on=TODAY, kinds=KINDS)
    )


@pytest.mark.parametrize(
    ("relation", "how_much", "words"),
    [
        ("equal", "whole", "asks the same as"),
        ("subset", "whole", "asks more than"),
        ("superset", "part", "asks a part of"),
        ("intersects", "part", "overlaps with"),
    ],
)
def test_a_criterion_that_says_how_it_relates_is_offered_what_the_other_has(
    relation: str, how_much: HowMuch, words: str
) -> None:
    (one,) = found(stands(small(), place="p. 3"), target=endoscopy(relation))
    assert one == Offer(
        document=1, version=11, criterion="1.01", how_much=how_much, place="p. 3", why_not="",
        because=(f"1.01 of A small scheme {words} 1.01: Both ask for a lead.",),
    )  # fmt: skip


@pytest.mark.parametrize(("relation", "how_much"), [("equal", "whole"), ("superset", "whole"), ("subset", "part")])
def test_the_relation_holds_from_the_other_side_too(relation: str, how_much: str) -> None:
    (one,) = found(stands(endoscopy(relation)), target=small())
    assert (one.criterion, one.how_much) == ("1.01", how_much)
    (other,) = found(stands(pointing(), "2.02"), target=endoscopy())
    assert (other.criterion, other.how_much) == ("2.01", "whole")


def test_turning_a_relation_twice_gives_it_back() -> None:
    assert {TURNED[TURNED[one]] for one in TURNED} == set(TURNED)


def test_the_last_cycle_of_the_scheme_offers_what_answered_the_same_criterion() -> None:
    (one,) = found(stands(small()), target=small())
    assert (one.how_much, one.because) == ("whole", ("it answered 1.01 in your last cycle of this scheme",))
    reworded = read_standard(changed("criteria/first.yaml", "There is a lead.", "There are two leads.")).scheme
    (other,) = found(stands(small()), target=reworded)
    assert other.how_much == "part"
    assert other.because == ("it answered 1.01 in your last cycle; what is asked has other words since",)


@pytest.mark.parametrize(
    ("said", "why_not"),
    [
        ([Described(title="Plan", effective_on=date(2024, 1, 1)), FRESH], ""),
        (
            [FRESH, Described(title="Plan", effective_on=date(2024, 1, 1))],
            "'Plan' must not be older than 12 months, and it holds since 2024-01-01",
        ),
        (
            [Described(title="Plan", effective_on=date(2026, 1, 1), review_by=date(2026, 3, 31))],
            "it was to be reviewed by 2026-03-31",
        ),
        ([Described(title="Plan")], "'Plan' must not be older than 12 months, and nobody said since when it holds"),
    ],
    ids=["newest fresh", "newest old", "to be reviewed", "no day"],
)
def test_the_newest_version_is_what_is_offered_or_named_with_why_not(said: list[Described], why_not: str) -> None:
    held = document(*said)
    (one,) = found(stands(small(), held=held, place="p. 3"), target=endoscopy())
    assert (one.version, one.why_not) == (held.newest.id, why_not)
    assert one.place == ("p. 3" if len(said) == 1 else "")


def test_every_document_and_criterion_is_offered_once_with_all_its_reasons() -> None:
    other = document(FRESH, name=2)
    several = found(
        stands(small(), held=other), stands(small()), stands(endoscopy("superset")), target=endoscopy("superset")
    )
    assert [(one.criterion, one.document, one.how_much, len(one.because)) for one in several] == [
        ("1.01", 1, "whole", 2),
        ("1.01", 2, "part", 1),
    ]


def test_nothing_is_offered_that_is_attached_does_not_apply_or_does_not_relate() -> None:
    assert found(stands(small()), target=endoscopy(), attached=frozenset({(1, "1.01")})) == []
    assert found(stands(small(), "2.01"), target=endoscopy()) == []
    assert found(stands(small(), "1.10"), target=small()) == []
    assert found(stands(small(), "9.99"), target=small()) == []


@pytest.mark.parametrize(
    ("rules", "held", "why_not"),
    [
        ("{kinds: [pdf, docx], most_bytes: 1}", document(FRESH), ""),
        ("{kinds: [pdf]}", document(FRESH), "it is docx, and this scheme takes pdf"),
        ("{kinds: [pdf]}", document(FRESH, name=2), ""),
        ("{most_bytes: 1}", document(FRESH, size=2), "it has 2 bytes, and a file of this scheme may have 1"),
        (
            "{kinds: [pdf]}", document(Described(title="Plan", review_by=date(2026, 3, 31))),
            "it is docx, and this scheme takes pdf; it was to be reviewed by 2026-03-31",
        ),
    ],
)  # fmt: skip
def test_what_the_scheme_never_takes_is_named_with_the_reason(rules: str, held: Item, why_not: str) -> None:
    files = {**FILES, "scheme.yaml": FILES["scheme.yaml"] + f"evidence_rules: {rules}\n".encode()}
    (one,) = found(stands(small(), held=held), target=read_standard(files).scheme)
    assert one.why_not == why_not
