# ruff: noqa: E501  (what an author reads stands here in one piece)
"""Every kind of fault of shape and of meaning, each with the exact words its author reads."""

import pytest

from accreditation.errors import StandardsFaulty
from accreditation.scheme.read import read_standard
from tests.building import CASES, FILES, SCHEME, changed, small

SCHEME_FILE, FIRST_FILE, SECOND_FILE, CASES_FILE = FILES
RULE = SCHEME[SCHEME.index("    when:") : SCHEME.index("  - outcome: deferred")]

# fmt: off
FAULTS = [
    ("an unknown key", SCHEME_FILE, "title: A small scheme", "titel: A small scheme", ["scheme.yaml:1:1: 'title' is missing; write title: here", "scheme.yaml:2:1: unknown key 'titel' (did you mean title?); allowed here: about, appeal, assignment, audits, award, bands, better_never_lowers, consensus, decided_by, domains, edition, effective, evidence_requests, evidence_rules, extends, factual_accuracy, holidays, id, immediate_risk, language, limits, not_answered, not_applicable, profile, review_team, scale, scales, scores, self_scale, sources, timetable, title, too_few_cases, transition, types"]),
    ("an unknown key in a domain", SCHEME_FILE, "title: First", "titel: First", ["scheme.yaml:25:5: 'title' is missing; write title: here", "scheme.yaml:25:15: unknown key 'titel' (did you mean title?); allowed here: file, id, standards, title"]),
    ("an unknown key in a rule", SCHEME_FILE, "at_least: 50 %", "at_leest: 50 %", ["scheme.yaml:38:11: unknown key 'at_leest' (did you mean at_least?); allowed here: above, at_least, at_most, below, counting, if_none_apply, rated, rated_at_least, share, weighted"]),
    ("two rules in one", SCHEME_FILE, "          at_least: 50 %", "          every: {type: expected}\n          at_least: 50 %", ["scheme.yaml:37:11: unknown key 'share' beside every; one rule here; put several below all:, each beginning with '- '", "scheme.yaml:39:11: unknown key 'at_least'; allowed here: counting, every, if_none_apply, rated, rated_at_least"]),
    ("a key said twice", SCHEME_FILE, "about: For tests.", "about: For tests.\nabout: Again.", ["scheme.yaml:7:1: the key 'about' is here a second time (first on line 6); keep one of the two"]),
    ("no word for an empty class", SCHEME_FILE, "          at_least: 50 %\n          if_none_apply: satisfied", "          at_least: 50 %", ["scheme.yaml:37:11: 'if_none_apply' is missing; say what follows where nothing of the class counts: write if_none_apply: satisfied, or if_none_apply: not_satisfied"]),
    ("no word for no value", SCHEME_FILE, "share: {type: expected}\n          at_least: 50 %\n          if_none_apply: satisfied", "percent_of_points: {type: expected}\n          at_least: 50", ["scheme.yaml:37:11: 'if_no_value' is missing; say what follows where there is no number or level to compare: write if_no_value: satisfied, or if_no_value: not_satisfied"]),
    ("an id in curly quotes", "criteria/first.yaml", 'id: "1.10"', "id: \u201c1.10\u201d", ["criteria/first.yaml:8:3: \u201c1.10\u201d is not an id: these are curly quotes; type straight ones, as in \"1.10\""]),
    ("a word in curly quotes", SCHEME_FILE, "id: small", "id: \u2018small\u2019", ["scheme.yaml:1:1: \u2018small\u2019 is not an id: these are curly quotes; type straight ones, as in \"1.10\""]),
    ("a key that is missing", SCHEME_FILE, "about: For tests.\n", "", ["scheme.yaml:1:1: 'about' is missing; write about: here"]),
    ("a key that is true or false is missing", SCHEME_FILE, "{needs_reason: true}", "{}", ["scheme.yaml:17:1: 'needs_reason' is missing; write needs_reason: true, or needs_reason: false"]),
    ("a key that has a few words is missing", SCHEME_FILE, "too_few_cases: leaves_out\n", "", ["scheme.yaml:1:1: 'too_few_cases' is missing; write too_few_cases: leaves_out, or too_few_cases: counts_as_not_met"]),
    ("a number is missing", SCHEME_FILE, "minimum: 0, ", "", ["scheme.yaml:48:5: 'minimum' is missing; write minimum: here, as in minimum: 3"]),
    ("a length of time is missing", SCHEME_FILE, "about: For tests.", "about: For tests.\nappeal: {}", ["scheme.yaml:7:1: 'decision_stands_meanwhile' is missing; write decision_stands_meanwhile: true, or decision_stands_meanwhile: false", "scheme.yaml:7:1: 'within' is missing; write within: here, as in within: {months: 3}"]),
    ("nothing after a key", SCHEME_FILE, "about: For tests.", "about:", ["scheme.yaml:6:1: nothing is written here; write text, in quotes where it looks like a number"]),
    ("a list for text", SCHEME_FILE, "about: For tests.", "about: [1, 2]", ["scheme.yaml:6:1: a list of 2 is not text; write text, in quotes where it looks like a number"]),
    ("text for a list", SCHEME_FILE, "levels: [A, B, C]", "levels: A", ["scheme.yaml:22:5: 'A' is not a list; write a list, each entry beginning with '- '"]),
    ("text for keys", SCHEME_FILE, "{needs_reason: true}", "yes please", ["scheme.yaml:17:1: 'yes please' where keys belong; allowed here: needs_reason"]),
    ("a list for keys", SCHEME_FILE, "{settled_by: lead}", "[lead]", ["scheme.yaml:49:1: a list of 1 where keys belong; allowed here: agree, settled_by"]),
    ("neither true nor false", SCHEME_FILE, "needs_reason: true", "needs_reason: perhaps", ["scheme.yaml:17:18: 'perhaps' is neither true nor false; write true or false"]),
    ("no whole number", SCHEME_FILE, "minimum: 0", "minimum: some", ["scheme.yaml:48:38: 'some' is not a whole number; write digits, as in 3"]),
    ("a number out of bounds", SCHEME_FILE, "minimum: 0", "minimum: -1", ["scheme.yaml:48:38: '-1' is out of bounds; it must be at least 0"]),
    ("a number too large", SCHEME_FILE, "maximum: 2", "maximum: 21", ["scheme.yaml:48:50: '21' is out of bounds; it must be at most 20"]),
    ("a year for a day", SCHEME_FILE, "effective: 2026-04-01", "effective: 2026", ["scheme.yaml:4:1: '2026' is not a date; write year-month-day, as in 2026-04-01"]),
    ("a day that does not exist", SCHEME_FILE, "effective: 2026-04-01", "effective: 2026-02-30", ["scheme.yaml:4:1: '2026-02-30' is not a date; write year-month-day, as in 2026-04-01"]),
    ("a word that is not allowed", SCHEME_FILE, "leaves_out", "leaves-out", ["scheme.yaml:18:1: 'leaves-out' (did you mean leaves_out?); allowed here: 'leaves_out' or 'counts_as_not_met'"]),
    ("another language", SCHEME_FILE, "language: 1", "language: 2", ["scheme.yaml:5:1: '2'; allowed here: 1"]),
    ("otherwise is false", SCHEME_FILE, "otherwise: true", "otherwise: false", ["scheme.yaml:45:5: 'false'; allowed here: true"]),
    ("no share", SCHEME_FILE, "50 %", "50", ["scheme.yaml:38:11: '50' is not a share; write a percentage from 0 % to 100 %, as in 80 %"]),
    ("a share of more than all", SCHEME_FILE, "50 %", "101 %", ["scheme.yaml:38:11: '101 %' is not a share; write a percentage from 0 % to 100 %, as in 80 %"]),
    ("no period", SCHEME_FILE, "{years: 3}", "{years: 3, months: 1}", ["scheme.yaml:32:5: not a period; write one of years, months, weeks, days, business_days with a number from 1 to 1000"]),
    ("no rule", SCHEME_FILE, "        - every: {type: essential}", "        - evry: {type: essential}", ["scheme.yaml:35:11: not a rule (did you mean every?); a rule begins with one of every, share, number, mean, points, percent_of_points, score, measured, figure, level, fact, each, all, any, not"]),
    ("an empty list of rules", SCHEME_FILE, RULE, "    when: {all: []}\n", ["scheme.yaml:33:12: only 0 here; at least 1 are needed"]),
    ("a class of nothing", SCHEME_FILE, "- every: {type: essential}", "- every: {}", ["scheme.yaml:35:11: no class of criteria is named; write one or more of type, domain, standard, tag, critical, criteria, or all_criteria: true"]),
    ("an award without validity", SCHEME_FILE, "    valid_for: {years: 3}\n", "", ["scheme.yaml:28:5: an award that says not how long it is valid; add valid_for"]),
    ("an outcome without rule", SCHEME_FILE, RULE, "", ["scheme.yaml:28:5: an outcome without a rule, or with two; write one of when (its rule), otherwise: true, or follows_conditions: true where it only comes of conditions that were met or missed"]),
    ("an id that is no word", SCHEME_FILE, "outcome: accredited", "outcome: Accredited!", ["scheme.yaml:28:5: 'Accredited!' is not an id; small letters, digits and _ are allowed, beginning with a letter"]),
    ("a type that is no word", SCHEME_FILE, "  essential: {title", "  Essential: {title", ["scheme.yaml:12:3: 'Essential' is not an id; small letters, digits and _ are allowed, beginning with a letter"]),
    ("a number as an edition", SCHEME_FILE, '"2026.1"', "2026.1", ['scheme.yaml:3:1: 2026.1 is not text; an id is written in quotes, as in "1.10", so that it keeps every digit']),
    ("a number as an id", FIRST_FILE, '"1.10"', "1.10", ['criteria/first.yaml:8:3: 1.10 is not text; an id is written in quotes, as in "1.10", so that it keeps every digit']),
    ("an id with a blank", FIRST_FILE, '"1.10"', '"1 10"', ["criteria/first.yaml:8:3: '1 10' is not an id; letters, digits, dots, hyphens and _ are allowed, at most 40 of them"]),
    ("a number without digits", SECOND_FILE, "at_least: 90", "at_least: ninety", ["criteria/second.yaml:6:24: 'ninety' is not a number; write digits, as in 90 or 2.9"]),
    ("no bound", SECOND_FILE, ", at_least: 90", "", ["criteria/second.yaml:6:3: a threshold without a number, or with two; write one of at_least, above, at_most, below, or bands, or formula"]),
    ("two bounds", SECOND_FILE, "at_least: 90", "at_least: 90, at_most: 95", ["criteria/second.yaml:6:3: a threshold without a number, or with two; write one of at_least, above, at_most, below, or bands, or formula"]),
    ("a measure that is none", SECOND_FILE, '{unit: "%", at_least: 90}', "a lot", ["criteria/second.yaml:6:3: not a measure; write unit with at_least or at_most, or audit with indicator and level"]),
    ("an unknown type", FIRST_FILE, "type: essential", "type: essentail", ["criteria/first.yaml:4:3: there is no type 'essentail' (did you mean essential?); allowed here: essential, expected"]),
    ("an unknown source", FIRST_FILE, "[guide-1]", "[guide-2]", ["criteria/first.yaml:7:13: there is no source 'guide-2' (did you mean guide-1?); allowed here: guide-1"]),
    ("an unknown fact", FIRST_FILE, "{hasu: true}", "{hazu: true}", ["criteria/first.yaml:13:18: there is no fact of the profile 'hazu' (did you mean hasu?); allowed here: hasu"]),
    ("an unknown audit", SECOND_FILE, "audit: audit", "audit: census", ["criteria/second.yaml:12:13: there is no audit 'census'; allowed here: audit"]),
    ("an unknown level", SECOND_FILE, "level: B", "level: F", ["criteria/second.yaml:12:46: there is no level 'F'; allowed here: A, B, C"]),
    ("an unknown type in a rule", SCHEME_FILE, "{type: expected}", "{type: expekted}", ["scheme.yaml:37:19: there is no type 'expekted' (did you mean expected?); allowed here: essential, expected"]),
    ("an unknown domain in a rule", SCHEME_FILE, "{type: expected}", '{type: expected, domain: "3"}', ["scheme.yaml:37:35: there is no domain '3'; allowed here: 1, 2"]),
    ("an unknown type in the conditions", SCHEME_FILE, "{on: {type: essential}", "{on: {type: other}", ["scheme.yaml:44:23: there is no type 'other'; allowed here: essential, expected"]),
    ("an unknown role that settles", SCHEME_FILE, "{settled_by: lead}", "{settled_by: leed}", ["scheme.yaml:49:13: there is no role in the review team 'leed' (did you mean lead?); allowed here: lead, lay"]),
    ("an id used twice", FIRST_FILE, '"1.10"', '"2.01"', ["criteria/first.yaml:8:3: the id '2.01' is used 2 times; each id once", "criteria/second.yaml:1:3: the id '2.01' is used 2 times; each id once"]),
    ("the id default", FIRST_FILE, '"1.10"', '"default"', ["criteria/first.yaml:8:3: 'default' is the word for all other criteria in a worked case; any other id"]),
    ("a domain said twice", SCHEME_FILE, '{id: "2"', '{id: "1"', ["scheme.yaml:26:5: '1' is here a second time; each once"]),
    ("an outcome said twice", SCHEME_FILE, "outcome: deferred", "outcome: accredited", ["scheme.yaml:40:5: 'accredited' is here a second time; each once"]),
    ("a seat said twice", SCHEME_FILE, "role: lay", "role: lead", ["scheme.yaml:48:5: 'lead' is here a second time; each once", "scheme.yaml:48:39: nobody would be there to settle differences; at least 1, or name another role under consensus"]),
    ("no such criteria file", SCHEME_FILE, "criteria/first.yaml", "criteria/frist.yaml", ["criteria/first.yaml:1:1: no domain names this file; name it in scheme.yaml under domains, or delete it", "scheme.yaml:25:29: there is no file criteria/frist.yaml; files here: criteria/first.yaml, criteria/second.yaml"]),
    ("a criteria file twice", SCHEME_FILE, "criteria/second.yaml", "criteria/first.yaml", ["criteria/second.yaml:1:1: no domain names this file; name it in scheme.yaml under domains, or delete it", "scheme.yaml:26:30: criteria/first.yaml belongs to a domain above; a file for every domain"]),
    ("criteria outside their folder", SCHEME_FILE, "criteria/second.yaml", "second.yaml", ["criteria/second.yaml:1:1: no domain names this file; name it in scheme.yaml under domains, or delete it", "scheme.yaml:26:30: 'second.yaml'; a file in criteria/, as criteria/safety.yaml"]),
    ("criteria inside the scheme", SCHEME_FILE, "file: criteria/second.yaml", "file: criteria/second.yaml, criteria: []", ["scheme.yaml:26:58: criteria in a domain; name their file, with file:"]),
    ("a scale without met", SCHEME_FILE, "counts_as_met: true", "counts_as_met: false", ["scheme.yaml:14:1: the scale cannot tell met from not met; at least one rating of each"]),
    ("a scale upside down", SCHEME_FILE, "counts_as_met: true", "counts_as_met: false}\n  best: {title: Best, counts_as_met: true", ["scheme.yaml:14:1: a rating that counts as met stands below one that does not; list ratings from the best to the worst"]),
    ("a rating called like a state", SCHEME_FILE, "  not_met:", "  not_answered:", ["scheme.yaml:16:3: 'not_answered' is not a rating but a state of its own; any other id; this state is always there"]),
    ("a minimum above the maximum", SCHEME_FILE, "minimum: 0, maximum: 2", "minimum: 3, maximum: 2", ["scheme.yaml:48:5: minimum 3 is more than maximum 2; minimum at most maximum"]),
    ("nobody to settle", SCHEME_FILE, "minimum: 1, maximum: 1", "minimum: 0, maximum: 1", ["scheme.yaml:47:31: nobody would be there to settle differences; at least 1, or name another role under consensus"]),
    ("too many facts", SCHEME_FILE, "  hasu: {question: Is it a hyperacute unit?}", "  hasu: {question: Q}\n  f0: {question: Q}\n  f1: {question: Q}\n  f2: {question: Q}\n  f3: {question: Q}\n  f4: {question: Q}\n  f5: {question: Q}\n  f6: {question: Q}\n  f7: {question: Q}\n  f8: {question: Q}\n  f9: {question: Q}\n  f10: {question: Q}\n  f11: {question: Q}", ["scheme.yaml:9:1: 13 facts; at most 12"]),
    ("a last outcome with a rule", SCHEME_FILE, "    otherwise: true", "    when: {number: {type: expected}, at_least: 1}", ["scheme.yaml:40:5: 'deferred' is the last outcome and has a rule; the last outcome is what is left: write otherwise: true instead of when"]),
    ("otherwise before the last", SCHEME_FILE, RULE, "    otherwise: true\n", ["scheme.yaml:33:5: nothing after 'accredited' could ever be the result; only the last outcome says otherwise: true"]),
    ("an award below none", SCHEME_FILE, "award:\n", "award:\n  - {outcome: first, title: F, public_wording: F, awarded: false, when: {number: {type: expected}, at_least: 2}}\n", ["scheme.yaml:29:5: 'accredited' is an award and stands below an outcome that is none; list outcomes from the highest to the lowest"]),
    ("a share of an empty class", SCHEME_FILE, RULE, '    when: {share: {type: essential, domain: "2"}, at_least: 10 %, if_none_apply: not_satisfied}\n', ["scheme.yaml:33:12: no criterion is of type essential and of domain 2; a class that some criterion belongs to"]),
    ("every one of an empty class", SCHEME_FILE, RULE, '    when: {every: {type: essential, domain: "2"}, if_none_apply: not_satisfied}\n', ["scheme.yaml:33:12: no criterion is of type essential and of domain 2; a class that some criterion belongs to"]),
    ("an unknown criterion in a case", CASES_FILE, '"1.01": not_met', '"1.02": not_met', ["cases/two.yaml:7:27: there is no criterion '1.02' (did you mean 2.02?); allowed here: default, 1.01, 1.10, 2.01, 2.02"]),
    ("an unknown rating in a case", CASES_FILE, '"1.01": not_met', '"1.01": no_met', ["cases/two.yaml:7:27: there is no rating 'no_met' (did you mean not_met?); allowed here: met, not_met, best, worst"]),
    ("an unknown outcome in a case", CASES_FILE, "outcome: deferred", "outcome: defered", ["cases/two.yaml:8:12: there is no outcome 'defered' (did you mean deferred?); allowed here: accredited, deferred"]),
    ("an unknown outcome in improvements", CASES_FILE, "improvements: {accredited: 1}", "improvements: {akkredited: 1}", ["cases/two.yaml:8:75: there is no outcome 'akkredited' (did you mean accredited?); allowed here: accredited, deferred"]),
    ("no improvement", CASES_FILE, "improvements: {accredited: 1}", "improvements: {accredited: 0}", ["cases/two.yaml:8:75: '0' is out of bounds; it must be at least 1"]),
    ("an unknown criterion in the way", CASES_FILE, '["1.01"]', '["default"]', ["cases/two.yaml:8:51: there is no criterion 'default'; allowed here: 1.01, 1.10, 2.01, 2.02"]),
    ("an unknown fact in a case", CASES_FILE, "{hasu: false}", "{hazu: false}", ["cases/two.yaml:6:13: there is no fact of the profile 'hazu' (did you mean hasu?); allowed here: hasu"]),
    ("a number where none is asked for", CASES_FILE, '"1.01": not_met', '"1.01": {measured: 3}', ["cases/two.yaml:7:27: a measured number where none is asked for; a rating; numbers are for criteria that are measured in a unit"]),
    ("a level where none is asked for", CASES_FILE, '"1.01": not_met', '"2.01": {level: A}', ["cases/two.yaml:7:27: an audit's level where none is asked for; a rating; levels are for criteria that an audit measures"]),
    ("an unknown level in a case", CASES_FILE, '"2.02": {level: B}', '"2.02": {level: F}', ["cases/two.yaml:3:51: there is no level 'F'; allowed here: A, B, C"]),
    ("a number for all others", CASES_FILE, 'default: met, "1.01"', 'default: {measured: 3}, "1.01"', ["cases/two.yaml:7:13: a default that is measured; a rating, best or worst, too_few_cases, not_answered, {not_applicable: reason}"]),
    ("two things in a rating", CASES_FILE, "{measured: 90}", "{measured: 90, level: A}", ["cases/two.yaml:3:27: not a rating; write a rating of the scale, too_few_cases, not_answered, or one of {measured: number}, {level: letter}, {series: [...]}, {not_applicable: reason}"]),
    ("a number as a rating", CASES_FILE, "{measured: 90}", "90", ["cases/two.yaml:3:27: '90' where keys belong; allowed here: level, measured, not_applicable, rating, series, state"]),
    ("an unknown key in a case", CASES_FILE, "- case: everything met\n", "- case: everything met\n  note: x\n", ["cases/two.yaml:2:3: unknown key 'note'; allowed here: by, case, expect, profile, ratings"]),
    ("cases that are no list", CASES_FILE, CASES, "case: everything met\n", ["cases/two.yaml:1:1: not a list; a list of cases, each beginning with '- case:'"]),
    ("a case that is text", CASES_FILE, CASES, "- everything met\n", ["cases/two.yaml:1:3: 'everything met' where keys belong; allowed here: by, case, expect, profile, ratings"]),
]
# fmt: on


def faults(files: dict[str, bytes], *, name: str = "") -> list[str]:
    """What the author reads, line by line."""
    with pytest.raises(StandardsFaulty) as caught:
        read_standard(files, name=name)
    assert str(caught.value) == "\n".join(str(fault) for fault in caught.value.faults)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(("kind", "file", "old", "new", "expected"), FAULTS, ids=[row[0] for row in FAULTS])
def test_a_fault_is_told_with_its_place_what_was_found_and_what_is_allowed(
    kind: str, file: str, old: str, new: str, expected: list[str]
) -> None:
    assert faults(changed(file, old, new)) == expected


def test_files_without_fault_are_a_standard_with_its_cases() -> None:
    standard = read_standard(FILES)
    assert [criterion.id for criterion in standard.scheme.criteria] == ["1.01", "1.10", "2.01", "2.02"]
    assert [case.case for case in standard.cases] == ["everything met", "the lead is missing"]
    assert standard.scheme == small()


def test_no_files_at_all_are_one_fault() -> None:
    assert faults({}, name="standards/none/") == [
        "standards/none/scheme.yaml:1:1: there is no such file; a scheme has a scheme.yaml"
    ]


def test_an_empty_scheme_file_is_one_fault_and_its_criteria_files_are_none() -> None:
    assert faults({**FILES, SCHEME_FILE: b""}) == ["scheme.yaml:1:1: the file is empty; write the standard here"]


def test_an_unreadable_criteria_file_is_told_once_and_makes_no_award_unreachable() -> None:
    assert faults({**FILES, FIRST_FILE: b"\xff"}) == [
        "criteria/first.yaml:1:1: the byte 0xff is not UTF-8; save the file as UTF-8 text, and write the letter here again"
    ]


def test_an_alias_is_told_once_although_nothing_is_left_in_its_place() -> None:
    files = changed(SCHEME_FILE, "title: A small scheme", "title: &it A small scheme")
    files[SCHEME_FILE] = files[SCHEME_FILE].replace(b"about: For tests.", b"about: *it")
    assert faults(files) == [
        "scheme.yaml:2:8: the anchor &it; delete it; the language has no aliases",
        "scheme.yaml:6:8: the alias *it; write the text out; the language has no aliases",
    ]


def test_faults_in_several_files_are_all_told_in_order_of_file_and_line() -> None:
    files = {
        SCHEME_FILE: changed(SCHEME_FILE, "language: 1", "language: 1\nabout: Twice.")[SCHEME_FILE],
        FIRST_FILE: changed(FIRST_FILE, "type: essential", "type: essentail")[FIRST_FILE],
        SECOND_FILE: changed(SECOND_FILE, "guidance: Look it up.", "guidance: [1")[SECOND_FILE],
        CASES_FILE: changed(CASES_FILE, "expect: {outcome: accredited}", "expect: {}")[CASES_FILE],
        "cases/empty.yaml": b"",
        "criteria/third.yaml": b"[]",
    }
    assert faults(files, name="standards/small/") == [
        "standards/small/cases/empty.yaml:1:1: the file is empty; write the standard here",
        "standards/small/cases/two.yaml:4:3: nothing is expected; write one of outcome, levels, scores",
        "standards/small/criteria/second.yaml:12:10: a list begun with [ is not closed; close it with ], or put a comma",
        "standards/small/criteria/third.yaml:1:1: no domain names this file; name it in scheme.yaml under domains, or delete it",
        "standards/small/scheme.yaml:7:1: the key 'about' is here a second time (first on line 6); keep one of the two",
    ]


def test_faults_of_meaning_in_several_files_are_all_told() -> None:
    files = changed(FIRST_FILE, "type: essential", "type: essentail")
    files[SECOND_FILE] = files[SECOND_FILE].replace(b"level: B", b"level: F")
    assert faults(files) == [
        "criteria/first.yaml:4:3: there is no type 'essentail' (did you mean essential?); allowed here: essential, expected",
        "criteria/second.yaml:12:46: there is no level 'F'; allowed here: A, B, C",
    ]
