"""What tells whose case a text is of is found, also by a part of a name; ordinary words stay."""

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from accreditation.rules.names import (
    ALSO_WORDS,
    BLANK,
    CONTACT,
    TELL_NOBODY,
    blanked,
    counted,
    names_in,
    parts_of_person,
    short_of_organisation,
)

NAMES = ("North", "North Trust", "Dr Ada Weir", "RX1")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The rota at North Trust is new.", f"The rota at {BLANK} is new."),
        ("NORTH trust and north; RX1.", f"{BLANK} and {BLANK}; {BLANK}."),
        ("Dr  Ada\nWeir leads.", f"{BLANK} leads."),
        ("Northern wards face northwards.", "Northern wards face northwards."),
        ("(North)'s plan", f"({BLANK})'s plan"),
        ("", ""),
    ],
)
def test_a_known_name_is_blanked_however_it_is_written(text: str, told: str) -> None:
    assert blanked(text, NAMES) == told
    assert (blanked(told, NAMES), names_in(told, NAMES)) == (told, ())


def test_names_are_told_as_they_are_written_and_no_names_find_nothing() -> None:
    assert names_in("At NORTH, by Dr Ada Weir, at NORTH.", NAMES) == ("NORTH", "Dr Ada Weir")
    assert (names_in("North", ()), blanked("North", ["", "  "])) == ((), "North")


@settings(max_examples=50)
@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=8), max_size=4))
def test_whatever_is_written_no_name_is_left_and_blanking_again_changes_nothing(text: str, names: list[str]) -> None:
    told = blanked(text, names)
    left = re.sub(r"\[(name|contact)\]", "\n", told)
    assert names_in(left, [name for name in names if name.isalnum()]) == ()
    assert blanked("", names) == ""


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Dr Ada Weir", {"Ada", "Weir"}),
        ("Prof. Jo-Ann O'Hara van Dam", {"Jo-Ann", "Jo", "Ann", "O'Hara", "Dam"}),
        ("Ms Zoe\u0308 Weir‑Barton", {"Zoë", "Weir‑Barton", "Weir", "Barton"}),
        ("Ada al-Weir", {"Ada", "Weir"}),
        ("Dr Ada Nurse", {"Ada", "Dr Nurse"}),
        ("j nurse", {"Dr nurse"}),
        ("Lead Nurse", set()),
        ("ada weir", {"ada", "weir"}),
        ("ada ward of the stroke unit", {"ada", "ward"}),
        ("Sister May Li", {"May", "Li"}),
        ("J. Weir", {"Weir"}),
        ("lead of north", {"north"}),
        ("Lead 2", set()),
        ("the office", set()),
        ("", set()),
    ],
)
def test_surnames_and_given_names_tell_of_somebody_and_titles_of_nobody(name: str, parts: set[str]) -> None:
    assert parts_of_person(name) == parts


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Barton Vale University Hospital NHS Foundation Trust", {"Barton Vale"}),
        ("The Royal Barton Hospital", {"Barton"}),
        ("North Trust", {"North"}),
        ("Barton Ward", {"Barton"}),
        ("The Barton Practice", {"Barton"}),
        ("Barton", set()),
        ("University Hospital", set()),
        ("NHS Trust", set()),
    ],
)
def test_an_organisation_is_known_by_its_short_name_and_never_by_what_all_have(name: str, short: set[str]) -> None:
    assert short_of_organisation(name) == short


FIGURES = "92.5 % of 1200 patients in 2026; 0.95; 1,234,567 in all, from 2024 to 2026."
PARTS = ("Weir", "May", "Li", "Ward")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("weir and WEIR; Weir's plan", f"{BLANK} and {BLANK}; {BLANK}'s plan"),
        ("Weirs are on the river.", "Weirs are on the river."),
        ("We may ask May on the ward.", f"We may ask {BLANK} on the ward."),
        ("MAY leads, ward 3; li is a word, Li is not.", f"{BLANK} leads, ward 3; li is a word, {BLANK} is not."),
        ("Ada.Weir+x@trust.nhs.uk or 01632 960 123", f"{CONTACT} or {CONTACT}"),
        ("(0161) 496 0000, +44 7700 900123, bleep 4321, ext. 123.", f"{CONTACT}, {CONTACT}, {CONTACT}, {CONTACT}."),
        ("see www.barton.example/unit, LA9 7RG", f"see {CONTACT} {CONTACT}"),
        ("https://barton.example and NHS number 943 476 5919.", f"{CONTACT} and NHS number {CONTACT}."),
        (FIGURES, FIGURES),
    ],
)  # fmt: skip
def test_parts_addresses_and_numbers_are_blanked_and_ordinary_words_and_figures_stay(text: str, told: str) -> None:
    assert (blanked(text, PARTS), blanked(told, PARTS)) == (told, told)


PEOPLE = ("Dr Mary O'Hara", "Ms Zoë Weir-Barton", "Prof Ada Nurse", "ada lane", "Sir Jørn May")
TYPED = frozenset({*PEOPLE, *(part for name in PEOPLE for part in parts_of_person(name))})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Seen by O’Hara, OʼHara, o'hara and OHara.", f"Seen by {BLANK}, {BLANK}, {BLANK} and {BLANK}."),
        ("Rota_Weir_2025.pdf, weir2025, 2025Weir", f"Rota_{BLANK}_2025.pdf, {BLANK}2025, 2025{BLANK}"),
        ("DrWeir, JobPlanWeirRota, WeirBarton", f"Dr{BLANK}, JobPlan{BLANK}Rota, {BLANK}{BLANK}"),
        ("Barton reviewed it with WEIR.", f"{BLANK} reviewed it with {BLANK}."),
        ("Weir‑Barton, Weir Barton, Weir–Barton, weir_barton", f"{BLANK}, {BLANK}, {BLANK}, {BLANK}"),
        ("We\u00adir, Zoe\u0308, Zoë, Zoe, ZOË led", f"{BLANK}, {BLANK}, {BLANK}, {BLANK}, {BLANK} led"),
        ("Zoe\u0308", BLANK),
        ("Jorn and JØRN", f"{BLANK} and {BLANK}"),
        ("Weirs, Bartons, Oharan and Zoes stay; may we?", "Weirs, Bartons, Oharan and Zoes stay; may we?"),
        ("Ada-Lane, Lane, down the lane", f"{BLANK}, {BLANK}, down the lane"),
        ("Dr Nurse, Prof. Nurse, DrNurse; a Nurse, the nurse", f"{BLANK}, {BLANK}, {BLANK}; a Nurse, the nurse"),
        ("Mrs Mary O’Hara", BLANK),
        ("Bleep: 1234, ext: 4321, Ext. 432, pager no. 4321", f"{CONTACT}, {CONTACT}, {CONTACT}, {CONTACT}"),
        ("The next: 4321, text 4321", "The next: 4321, text 4321"),
        ("“Café” – 92 % in März, 2024–2026", "“Café” – 92 % in März, 2024–2026"),
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_typed_and_what_is_beside_it_stays(text: str, told: str) -> None:
    assert (blanked(text, TYPED), blanked(told, TYPED)) == (told, told)


def test_what_is_found_is_told_as_it_is_written_with_its_accents() -> None:
    assert names_in("Zoe\u0308, Zoë and OʼHara: ‑", TYPED) == ("Zoe\u0308", "Zoë", "OʼHara")
    assert (blanked("a - b", ["-", "_", "\u0308"]), blanked("5 of 15, 5mg", ["5"])) == (
        "a - b",
        f"{BLANK} of 15, {BLANK}mg",
    )


def test_what_is_blanked_is_counted_as_it_is_written() -> None:
    texts = ["Weir, Weir and weir.", "Write to a@b.uk; ask Weir.", ""]
    assert counted(texts, PARTS) == {"Weir": 3, "a@b.uk": 1, "weir": 1}
    assert list(counted(["b@c.uk, Weir, Weir"], PARTS)) == ["Weir", "b@c.uk"]


LETTERS = st.text(alphabet="abcdefghijklmnopqrstuvwxyzéøß", min_size=3, max_size=9)


@settings(max_examples=60)
@given(LETTERS, LETTERS, st.sampled_from([" ", "\n", ", ", "'s ", ". "]), st.booleans())
def test_whoever_is_named_by_a_part_alone_is_blanked_however_it_is_written(
    given_name: str, surname: str, between: str, loud: bool
) -> None:
    parts = parts_of_person(f"Dr {given_name.capitalize()} {surname.capitalize()}")
    assume(not {given_name, surname} & (ALSO_WORDS | TELL_NOBODY | {"name", "contact"}) and len(parts) == 2)
    written = [word.upper() if loud else word for word in parts]
    assume(all(len(word) == len(part) for word, part in zip(written, parts, strict=True)))  # one letter becomes two: ß
    told = blanked(between.join(["It is of", *written, "or so"]), parts)
    assert told == between.join(["It is of", BLANK, BLANK, "or so"])


@settings(max_examples=40)
@given(st.sampled_from(sorted(ALSO_WORDS)))
def test_an_ordinary_word_that_is_a_name_counts_with_a_capital_alone(word: str) -> None:
    assert blanked(f"x {word} y", [word.capitalize()]) == f"x {word} y"
    assert blanked(f"x {word.capitalize()} y", [word.capitalize()]) == f"x {BLANK} y"
