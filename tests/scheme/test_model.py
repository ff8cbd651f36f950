"""An edition: its digest, and which criteria apply to whom."""

import json

import pytest
from pydantic import ValidationError

from accreditation.scheme.classes import Class
from accreditation.scheme.model import Scheme
from accreditation.scheme.read import read_standard
from tests.building import changed, small
from tests.everything import FILES as WHOLE


def test_an_edition_kept_as_canonical_json_comes_back_as_itself() -> None:
    scheme = small()
    again = Scheme.model_validate_json(scheme.canonical())
    assert again == scheme
    assert again.canonical() == scheme.canonical()
    assert again.digest == scheme.digest


@pytest.mark.parametrize(
    ("old", "new"),
    [("50 %", "50.000000000001 %"), ("title: First", "title: first"),
     ("minimum: 0", "minimum: 1"), ("[A, B, C]", "[A, C, B]")],
)  # fmt: skip
def test_any_change_gives_the_edition_another_name(old: str, new: str) -> None:
    scheme = read_standard(changed("scheme.yaml", old, new)).scheme
    assert scheme.digest != small().digest
    assert Scheme.model_validate_json(scheme.canonical()).digest == scheme.digest


def test_a_comment_or_another_order_of_quotes_does_not_change_the_name() -> None:
    assert (
        read_standard(changed("scheme.yaml", "title: A small scheme", "title: 'A small scheme' # x")).scheme.digest
        == small().digest
    )


def test_what_a_criterion_applies_to_is_asked_of_the_profile_and_an_unstated_fact_is_false() -> None:
    scheme = small()
    everything = ["1.01", "1.10", "2.01", "2.02"]
    assert [one.id for one in scheme.applicable({"hasu": True})] == everything
    assert [one.id for one in scheme.applicable({"hasu": False})] == ["1.01", "2.01", "2.02"]
    assert scheme.applicable({}) == scheme.applicable({"hasu": False})


def test_a_class_is_a_type_a_domain_or_both() -> None:
    scheme = small()
    classes = [Class(type="essential"), Class(domain="2"), Class(type="essential", domain="2"), Class(domain="9")]
    found = [[one.id for one in scheme.of_class(wanted, scheme.criteria)] for wanted in classes]
    assert found == [["1.01", "1.10"], ["2.01", "2.02"], [], []]


def test_an_outcome_is_found_by_its_id_or_refused() -> None:
    assert small().outcome("deferred").title == "Deferred"
    with pytest.raises(KeyError, match="gone"):
        small().outcome("gone")


def test_a_scheme_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        small().title = "Another"  # type: ignore[misc]


def test_evidence_is_required_where_one_piece_is() -> None:
    assert {one.id: one.requires_evidence for one in small().criteria} == {
        "1.01": True, "1.10": False, "2.01": False, "2.02": False,
    }  # fmt: skip


def test_what_an_author_leaves_out_of_review_teams_means_what_held_before() -> None:
    rules = small().assignment
    assert (rules.confirmed_by, rules.reciprocal, rules.region) == ("engine", "barred", "any")
    assert (rules.same_network, rules.colleagues, rules.repeat) == ("allowed", "allowed", "allowed")
    nothing = (rules.team_size, rules.experienced, rules.employed_within, rules.travel, rules.most_visits, rules.fit)
    assert (nothing, rules.service_answers, rules.reviewer_answers) == ((None,) * 6, None, None)
    said = json.loads(small().canonical())
    assert "assignment" not in said
    assert [list(seat) for seat in said["review_team"]] == [["role", "title", "minimum", "maximum"]] * 2


def test_observers_are_not_counted_in_a_team() -> None:
    scheme = read_standard(WHOLE).scheme
    assert [seat.role for seat in scheme.review_team] == ["lead", "trainee"]
    assert [seat.role for seat in scheme.raters] == ["lead"]
    assert (scheme.team_size, small().team_size) == (2, 1)
