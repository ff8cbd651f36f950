"""Sessions, pauses, passwords, codes and paths: what holds for everybody who signs in."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pyotp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.rules.derived import derived, secret_of_link
from accreditation.rules.lockout import OF_ACCOUNT, OF_ADDRESS, OF_LETTERS, Try, counting, neighbourhood, pause, told
from accreditation.rules.own_paths import HOME, as_next, own_path
from accreditation.rules.passwords import faults_of_password
from accreditation.rules.second_factor import address, as_secret, step_of
from accreditation.rules.sessions import Ends, Span, is_to_be_touched, over

AT = datetime(2026, 4, 1, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HALF, DAY = timedelta(minutes=30), timedelta(hours=12)


@pytest.mark.parametrize("ended", [None, *Ends])
def test_a_session_goes_on_only_within_both_limits_and_until_it_is_ended(ended: Ends | None) -> None:
    for age, idle in product((timedelta(0), DAY - SECOND, DAY), (timedelta(0), HALF - SECOND, HALF)):
        span = Span(began_at=AT - age, seen_at=AT - min(idle, age), ended=ended)
        goes_on = ended is None and age < DAY and min(idle, age) < HALF
        assert (over(span, at=AT) is None) == goes_on, (age, idle)


def test_why_a_session_is_over_is_said() -> None:
    assert over(Span(began_at=AT - DAY, seen_at=AT), at=AT) == (
        "You were signed in for 12 hours, which is the longest. Sign in again."
    )
    assert over(Span(began_at=AT - HALF, seen_at=AT - HALF), at=AT) == (
        "You did nothing here for 30 minutes and were signed out. Sign in again."
    )


def test_a_session_is_written_down_once_a_minute() -> None:
    seen = [is_to_be_touched(Span(began_at=AT, seen_at=AT), at=AT + SECOND * after) for after in (0, 59, 60)]
    assert seen == [False, False, True]


def waits(limit_name: str, failures: int) -> timedelta:
    limit = {"account": OF_ACCOUNT, "address": OF_ADDRESS, "letters": OF_LETTERS}[limit_name]
    return pause([AT] * failures, limit=limit, at=AT)


def test_pauses_grow_and_have_an_end() -> None:
    minutes = {count: waits("account", count) / timedelta(minutes=1) for count in (0, 4, 5, 6, 7, 9, 10, 60)}
    assert minutes == {0: 0, 4: 0, 5: 0.5, 6: 1, 7: 2, 9: 8, 10: 15, 60: 15}
    assert [waits("address", count).total_seconds() for count in (49, 50, 51, 90)] == [0, 10, 20, 900]
    assert [waits("letters", count) for count in (2, 3, 9)] == [timedelta(0), timedelta(minutes=15), timedelta(hours=1)]


def test_where_an_account_was_signed_in_to_only_failures_made_there_count_and_elsewhere_all() -> None:
    cases = {
        (): (0, 0, 0),
        ("x", "h", "x"): (3, 3, 3),  # nobody was in: each place is like any other
        ("h in", "x", "x", "h"): (1, 3, 3),
        ("h in", "x", "w in", "h", "x", "w"): (1, 1, 3),
        ("x", "x", "h in"): (0, 0, 0),
    }
    for told_, counted in cases.items():
        tries = [Try(at=AT, near=one[0], succeeded=one.endswith("in")) for one in reversed(told_)]
        assert tuple(len(counting(tries, near=near)) for near in "hwx") == counted, told_


@settings(max_examples=25)
@given(
    st.lists(st.integers(0, 100_000), max_size=20), st.integers(0, 4_000)
)  # fmt: skip
def test_a_pause_runs_out_and_is_never_longer_than_its_limit(ago: list[int], later: int) -> None:
    failures = [AT - SECOND * one for one in ago]
    now, then = (pause(failures, limit=OF_ACCOUNT, at=AT + SECOND * more) for more in (0, later))
    assert timedelta(0) <= then <= max(now - SECOND * later, timedelta(0)) or then <= now
    assert now <= OF_ACCOUNT.longest
    assert pause(failures, limit=OF_ACCOUNT, at=AT + OF_ACCOUNT.longest) == timedelta(0)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 second"), (1, "1 second"), (30, "30 seconds"), (60, "1 minute"), (61, "2 minutes"), (900, "15 minutes")],
)
def test_a_pause_is_told_in_words(seconds: float, words: str) -> None:
    assert told(SECOND * seconds) == words


@pytest.mark.parametrize(
    ("machine", "stands_for"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "unknown"),
        ("", "unknown"),
    ],
)
def test_an_address_stands_for_whom_one_customer_is(machine: str, stands_for: str) -> None:
    assert neighbourhood(machine) == stands_for


GUESSED = [
    "password1234", "Passw0rd!2024", "P@ssw0rd2026!", "qwertyuiop12", "QWERTY123456", "aaaaaaaaaaaaaaaa",
    "abcabcabcabcabc", "123456789012", "Hospital2026!!", "correct horse battery staple", "LiverpoolFC1892",
    "blackbird.teasel26", "Teasel Blackbird 99", "accreditation1", "zxcvbnm,./123", "09876543210987", "letmeinletmein",
    "1qaz1qaz1qaz",
]  # fmt: skip

SOUND = [
    "violet anchor biscuit ramp", "Tr0ub4dor-gantry-91", "mow the clover twice", "ölkanne über dem fjord",
    "xK9$vLq2#mZt", "seventy grey umbrellas",
]  # fmt: skip


@pytest.mark.parametrize("password", GUESSED)
def test_what_everybody_would_try_is_refused_and_not_repeated(password: str) -> None:
    faults = list(faults_of_password(password, own=("Teasel Blackbird", "teasel.blackbird@example.org")))
    assert [one.found for one in faults] == ["is easily guessed"]


@pytest.mark.parametrize("password", SOUND)
def test_what_nobody_would_try_will_do_whatever_its_signs(password: str) -> None:
    assert list(faults_of_password(password, own=("Teasel Blackbird", "teasel.blackbird@example.org"))) == []


@pytest.mark.parametrize(("length", "found"), [(0, "nothing"), (11, "has 11 characters"), (129, "has 129 characters")])
def test_a_password_is_neither_short_nor_endless(length: int, found: str) -> None:
    assert [one.found for one in faults_of_password(("violet anchor ramp" * 9)[:length])] == [found]


SECRET = as_secret(bytes(range(20)))


def test_a_code_counts_around_its_moment_and_once() -> None:
    present = int(AT.timestamp()) // 30
    codes = {step: pyotp.TOTP(SECRET).generate_otp(present + step) for step in range(-2, 3)}
    found = {step: step_of(code, secret=SECRET, at=AT, used=0) for step, code in codes.items()}
    assert found == {-2: None, -1: present - 1, 0: present, 1: present + 1, 2: None}
    used = {step: step_of(code, secret=SECRET, at=AT, used=present) for step, code in codes.items()}
    assert used == {-2: None, -1: None, 0: None, 1: present + 1, 2: None}


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "²²²²²²", "-12345", "٣٣٣٣٣٣"])
def test_what_is_no_code_is_none(code: str) -> None:
    assert step_of(code, secret=SECRET, at=AT, used=0) is None


def test_a_code_may_be_typed_as_the_app_shows_it() -> None:
    code = pyotp.TOTP(SECRET).at(AT)
    assert step_of(f"{code[:3]} {code[3:]}", secret=SECRET, at=AT, used=0) == int(AT.timestamp()) // 30
    assert address(SECRET, account="a@example.org", issuer="Accreditation").startswith("otpauth://totp/Accreditation")


def test_a_secret_is_derived_from_key_and_names_and_from_nothing_less() -> None:
    one = derived(b"k" * 32, "link", "ab")
    others = [derived(b"j" * 32, "link", "ab"), derived(b"k" * 32, "link", "a"), derived(b"k" * 32, "linka", "b"),
              derived(b"k" * 32, "link", "a", "b")]  # fmt: skip
    assert len({one, *others}) == 5
    assert secret_of_link(b"k" * 32, "ab") == secret_of_link(b"k" * 32, "ab")


@pytest.mark.parametrize(
    "path", ["/", "/register", "/register/7", "/team/cycles/7?criterion=1.01&page=2", "/college/people"]
)
def test_a_path_of_ours_is_gone_on_to(path: str) -> None:
    assert own_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "", "register", "https://evil.example", "//evil.example", "///evil.example", "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example", "/\n/evil.example", "\t//evil.example", " /register", "javascript:alert(1)",
        "/a\x00b", "/é",
        "/" + "a" * 600, "/sign-in", "/sign-out", "/api/cycles", "/invitation?link=x", "http:/register", "/%5cevil\\x",
    ],
)  # fmt: skip
def test_whatever_is_not_ours_leads_to_ones_own_account(path: str) -> None:
    assert own_path(path) == HOME
    assert as_next(path) == HOME


@settings(max_examples=50)
@given(st.text(alphabet="/\\:.?#@ab \t\n%", max_size=12))
def test_no_path_leads_to_another_host(path: str) -> None:
    found = own_path(path)
    assert found.startswith("/")
    assert not found.startswith(("//", "/\\"))
    assert not set(found) & {"\\", "\t", "\n"}
