"""Inheritance: all of another edition, and what a scheme adds to it."""

from collections.abc import Mapping

import pytest

from accreditation.errors import StandardsFaulty
from accreditation.scheme.read import Base, Standard, read_standard
from accreditation.scheme.write import write
from tests.building import FILES, SCHEME, changed, small

OWN = """\
id: special
title: A special scheme
edition: "1"
effective: 2026-10-01
extends: {scheme: small, edition: "2026.1"}
types:
  desirable: {title: Desirable, meaning: The best do it.}
domains:
  - {id: "2", file: criteria/more.yaml}
  - {id: "3", title: Third, file: criteria/first.yaml}
limits:
  - {when: {number: {type: desirable}, at_least: 1}, at_best: deferred, because: It is a test.}
"""
MORE = '- {id: "2.03", title: More, statement: There is more., type: desirable}\n'
THIRD = '- {id: "3.01", title: Third, statement: There is a third., type: expected, sources: [guide-1]}\n'

SPECIAL: Mapping[str, bytes] = {
    "scheme.yaml": OWN.encode(),
    "criteria/more.yaml": MORE.encode(),
    "criteria/first.yaml": THIRD.encode(),
}


def read(files: Mapping[str, bytes] = SPECIAL, *, base: Mapping[str, bytes] = FILES) -> Standard:
    return read_standard(files, name="special/", bases=[Base(files=base, name="small/")])


def faults(files: Mapping[str, bytes] = SPECIAL, *, base: Mapping[str, bytes] = FILES) -> list[str]:
    with pytest.raises(StandardsFaulty) as faulty:
        read(files, base=base)
    return [str(fault) for fault in faulty.value.faults]


def own(old: str, new: str) -> dict[str, bytes]:
    assert old in OWN
    return {**SPECIAL, "scheme.yaml": OWN.replace(old, new, 1).encode()}


def test_all_of_the_base_is_there_first_and_then_what_is_added() -> None:
    scheme = read().scheme
    assert [criterion.id for criterion in scheme.criteria] == ["1.01", "1.10", "2.01", "2.02", "2.03", "3.01"]
    assert [(domain.id, domain.title) for domain in scheme.domains] == [("1", "First"), ("2", "Second"), ("3", "Third")]
    assert list(scheme.types) == ["essential", "expected", "desirable"]
    assert scheme.award == small().award
    assert (scheme.id, scheme.title, scheme.edition) == ("special", "A special scheme", "1")
    assert scheme.extends is not None
    assert (scheme.extends.scheme, scheme.extends.edition) == ("small", "2026.1")


def test_the_worked_cases_of_the_base_are_not_those_of_the_scheme() -> None:
    assert read().cases == ()


def test_what_a_scheme_says_itself_replaces_what_the_base_says() -> None:
    scheme = read(own("limits:", "about: Its own.\nnot_applicable: {needs_reason: false}\nlimits:")).scheme
    assert (scheme.about, scheme.not_applicable.needs_reason) == ("Its own.", False)
    assert scheme.consensus == small().consensus


def test_a_scheme_with_all_of_its_base_in_it_can_be_written_and_read_alone_or_over_its_base() -> None:
    scheme = read().scheme
    files = write(scheme)
    assert read_standard(files).scheme == scheme
    assert read(files).scheme.criteria == scheme.criteria


def test_a_name_said_twice_is_a_fault_unless_both_say_the_same() -> None:
    same = own("types:\n", "types:\n  essential: {title: Essential, meaning: All must be met.}\n")
    assert read(same).scheme == read().scheme
    other = own("types:\n", "types:\n  essential: {title: Essential, meaning: Some.}\n")
    assert faults(other) == [
        "special/scheme.yaml:7:3: 'essential' is in the scheme that this one builds on, and says something else there; "
        "another name, or leave it out here"
    ]


def test_a_domain_of_the_base_may_be_given_another_title() -> None:
    scheme = read(own('{id: "2", file', '{id: "2", title: "Second, and more", file')).scheme
    assert scheme.domains[1].title == "Second, and more"


def test_faults_are_told_in_the_file_where_they_stand() -> None:
    base = changed("criteria/first.yaml", "type: essential", "type: essentail")
    files = {**SPECIAL, "criteria/more.yaml": MORE.replace("desirable", "desireable").encode()}
    assert faults(files, base=base) == [
        "small/criteria/first.yaml:4:3: there is no type 'essentail' (did you mean essential?); "
        "allowed here: essential, expected, desirable",
        "special/criteria/more.yaml:1:56: there is no type 'desireable' (did you mean desirable?); "
        "allowed here: essential, expected, desirable",
    ]


def test_a_fault_of_form_in_the_base_is_told_there_and_nothing_follows_from_it() -> None:
    assert faults(base={**FILES, "scheme.yaml": b"[1"}) == [
        "small/scheme.yaml:1:3: a list begun with [ is not closed; close it with ], or put a comma"
    ]


def test_a_limit_added_at_fault_is_told_at_its_own_line() -> None:
    assert faults(own("at_best: deferred", "at_best: defered")) == [
        "special/scheme.yaml:12:54: there is no outcome 'defered' (did you mean deferred?); "
        "allowed here: accredited, deferred"
    ]


def test_what_an_edition_says_of_itself_is_never_taken_over() -> None:
    assert faults(own('edition: "1"\n', "")) == ["special/scheme.yaml:1:1: 'edition' is missing; write edition: here"]


def test_an_entry_that_the_base_has_too_is_there_once() -> None:
    holiday = "holidays:\n  - {day: 2026-12-25, title: Christmas}\n"
    base = {**FILES, "scheme.yaml": (SCHEME + holiday).encode()}
    files = {**SPECIAL, "scheme.yaml": f"{OWN}{holiday}  - {{day: 2026-12-26, title: Boxing day}}\n".encode()}
    assert [one.title for one in read(files, base=base).scheme.holidays] == ["Christmas", "Boxing day"]


def test_a_scheme_may_build_on_one_that_builds_on_another() -> None:
    top = 'id: top\ntitle: Top\nedition: "1"\neffective: 2026-10-01\nextends: {scheme: special, edition: "1"}\n'
    chain = [Base(files=SPECIAL, name="special/"), Base(files=FILES, name="small/")]
    scheme = read_standard({"scheme.yaml": top.encode()}, bases=chain).scheme
    assert (scheme.criteria, scheme.limits) == (read().scheme.criteria, read().scheme.limits)
