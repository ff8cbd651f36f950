import re

import pytest

from accreditation.scheme.patterns import LONGEST, compiled, faults_of


@pytest.mark.parametrize(
    "pattern",
    [
        r"\bRX\d{6}\b", r"\b[A-Z]{1,2}\d{5,7}[A-Z]?\b", r"(?:RX|RY|QD1)-?\d{6}", r"\d{3}[ -]\d{4}", r"^H\d{7}$",
        r"[^\W\d]\d{6}", r"\bM\.?R\.?N\.? ?\d{6}", r"[]x]{4}", r"(A(?:B|C)\d){2}",
    ],
)  # fmt: skip
def test_what_a_hospitals_number_needs_can_be_written(pattern: str) -> None:
    assert faults_of(pattern) == ()
    assert compiled(pattern).pattern == pattern


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        ("", "it has 0 characters; write 1 to 200"),
        ("x" * (LONGEST + 1), "it has 201 characters; write 1 to 200"),
        (r"\d+", "it repeats with *, + or twice over; write how often at most, such as {2,8}"),
        (r"RX\d*", "it repeats with *, + or twice over; write how often at most, such as {2,8}"),
        (r"\d{6,}", "it repeats with *, + or twice over; write how often at most, such as {2,8}"),
        (r"\d{2}?5678", "it repeats with *, + or twice over; write how often at most, such as {2,8}"),
        (r"+44", "+ repeats nothing, or without end; write how often at most, such as {2,8}"),
        (r"\d{9,2}", "{9,2} is no repeat; write {2,4} with at most 64"),
        (r"\d{65}", "{65} is no repeat; write {2,4} with at most 64"),
        (r"(?=\d)1234", "(?...) is not known here; write a plain group (...) or (?:...)"),
        (r"(?P<a>\d{4})", "(?...) is not known here; write a plain group (...) or (?:...)"),
        (r"(\d{4})\1", r"\1 is not known here; there are \d, \w, \s, \b and signs such as \."),
        ("RX12\\", "\\ is not known here; there are \\d, \\w, \\s, \\b and signs such as \\."),
        (r"(RX\d{6}", "a ( is not closed; write ) or, for the sign itself, \\("),
        (r"RX\d{6})", "a ) closes nothing; write \\) for the sign itself"),
        (r"[A-Z\d{6}", "a [ is not closed; write ] or, for the sign itself, \\["),
        (r"\d{0,3}", "it can match 0 characters; one that matches at least 4 tells something"),
        (r"\w{40}\w{40}", "it can match more than 64 characters; make its repeats shorter"),
        (
            r"(\w?\w?){8}1234",
            "it can be tried in more than 200 ways at one place; use fewer choices and open repeats",
        ),
        (
            r"\w{1,20}\w{1,20}x",
            "it can match 3 characters; one that matches at least 4 tells something",
        ),
    ],
)
def test_what_could_explode_or_says_nothing_is_refused_with_what_to_write(pattern: str, fault: str) -> None:
    assert faults_of(pattern)[0] == fault
    with pytest.raises(ValueError, match=re.escape(fault)):
        compiled(pattern)


def test_python_has_the_last_word_on_what_can_be_read() -> None:
    (fault,) = faults_of("[z-a]1234")
    assert fault.startswith("it cannot be read: bad character range z-a")
