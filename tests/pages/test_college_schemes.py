"""The college reads its schemes: what is published and runs, one edition in words, two side by side, as a file."""

from functools import cache

from accreditation.actions.publish_edition import publish_edition
from accreditation.database import observe_statements
from accreditation.library import check_text
from accreditation.rules.grants import Grant
from accreditation.rules.people import Role
from accreditation.scheme.model import Scheme
from accreditation.scheme.read import read_standard
from accreditation.wiring import House
from tests.building import FILES, changed, small
from tests.pages.teams import told
from tests.pages.test_signing_in import SignedIn
from tests.walking import AT, OFFICE, begin, scheme

SCHEMES = "/college/schemes"

CHANGES = {
    "scheme.yaml": (('edition: "2026.1"', 'edition: "2026.2"'), ("at_least: 50 %", "at_least: 90 %")),
    "criteria/first.yaml": (
        ("There is a lead.", "There is a named lead for every shift."),
        ('id: "1.10"', 'id: "1.11"'),
    ),
    "criteria/second.yaml": (('id: "2.02"', 'id: "2.03"\n  tags: [audited]'), ("Audit level", "Level of the audit")),
}
"""What the next edition says otherwise: another share, other words, another number, and one criterion for another."""


@cache
def next_edition() -> Scheme:
    files = {name: content.decode() for name, content in FILES.items() if not name.startswith("cases/")}
    for name, changes in CHANGES.items():
        for old, new in changes:
            assert old in files[name]
            files[name] = files[name].replace(old, new)
    return read_standard({name: text.encode() for name, text in files.items()}).scheme


def of_another() -> Scheme:
    """The small scheme under another id."""
    return read_standard(changed("scheme.yaml", "id: small", "id: other")).scheme


def test_editions_are_read_and_compared(house: House, known: SignedIn) -> None:
    begin(house)
    publish_edition(house.database, principal=OFFICE, scheme=next_edition(), at=AT.replace(month=5))
    with_them = known(Grant(role=Role.COMMITTEE))
    page = with_them.open(SCHEMES)
    assert told(page)[1:] == ["A small scheme", "Edition 2026.2, in force from 1 April 2026 1 cycle runs"]
    page = with_them.open(f"{SCHEMES}/small")
    assert "Begin a draft" not in page.text
    assert [one for one in told(page) if one.startswith(("Edition 2026", "Cycles on it now "))] == [
        "Edition 2026.2", "Cycles on it now 0", "Edition 2026.1", "Cycles on it now 1",
    ]  # fmt: skip
    said = told(with_them.open(f"{SCHEMES}/small/editions/2026.1"))
    assert any(one.endswith("1 cycle runs on it") for one in said)
    assert any(f"Fingerprint{scheme().digest}. It is worked out from the whole text" in one for one in said)
    first = said.index("An award")
    assert said[first - 1 : first + 6] == [
        "Accredited", "An award", "It is good.", "all of these hold", "every one of the essential criteria is met",
        "at least 50 % of the expected criteria are met", "Valid for 3 years.",
    ]  # fmt: skip
    said = told(with_them.open(f"{SCHEMES}/small/editions/{scheme().digest}/domains/1"))
    assert said[:7] == [
        "1.01 Named lead", "Essential", "There is a lead.", "Guidance", "Ask.", "Evidence: Job plan (needed)",
        "Evidence: Photo (if you have it)",
    ]  # fmt: skip
    assert "Asked only where the answer is “yes”: Is it a hyperacute unit?" in said
    costs = {}
    for path in (SCHEMES, f"{SCHEMES}/small", f"{SCHEMES}/small/editions/2026.1", f"{SCHEMES}/small/burden"):
        with observe_statements(house.database) as seen:
            with_them.ask("GET", path)
        costs[path.removeprefix(SCHEMES)] = len(seen)
    assert costs == {"": 3, "/small": 3, "/small/editions/2026.1": 3, "/small/burden": 1}
    answer = with_them.ask("GET", f"{SCHEMES}/small/editions/2026.2/file")
    assert answer.headers["content-disposition"] == 'attachment; filename="small-2026.2.yaml"'
    read = check_text(answer.text, scheme="small").standard
    assert read is not None
    assert read.scheme == next_edition()


def test_what_changed_is_told_word_by_word(house: House, known: SignedIn) -> None:
    for month, edition in enumerate((small(), next_edition()), start=4):
        publish_edition(house.database, principal=OFFICE, scheme=edition, at=AT.replace(month=month))
    clerk = known(Grant(role=Role.OFFICE, scheme="small"))
    clerk.open(f"{SCHEMES}/small")
    page = clerk.open(f"{SCHEMES}/small/compare?old=2026.1&new=2026.2")
    said = told(page)
    assert said[0] == (
        "1 new criterion, 1 criterion removed, 1 criterion renumbered, 1 criterion changed, 2 other changes."
    )
    at = said.index("Criterion 1.01 (Named lead)")
    assert said[at + 1 : at + 7] == [
        "Reworded", "Its statement", "Before", "There is a [removed: lead.]", "After",
        "There is a [added: named lead for every shift.]",
    ]  # fmt: skip
    assert 'There is a <del class="site-del">' in page.answer.text
    at = said.index("Criterion 1.11 (Hyperacute beds)")
    assert [said[at + 1], *said[at + 3 : at + 7]] == [
        "Renumbered", "Before", "[removed: 1.10]", "After", "[added: 1.11]"
    ]  # fmt: skip
    at = said.index("Criterion 2.03 (Level of the audit)")
    assert said[at + 1 : at + 6] == [
        "New", "Before", "Nothing", "After", "[added: The audit says so. (expected, in domain 2 Second)]"
    ]  # fmt: skip
    assert "Criterion 1.10 (Hyperacute beds)" not in said
    at = said.index("Award")
    assert said[at + 1 : at + 5] == ["Accredited", "Changed", "Its rule", "Before"]
    assert said[at + 7] == "– at least [removed: 50] % of the expected criteria are met"
    assert told(clerk.open(f"{SCHEMES}/small/compare?old=2026.2&new=2026.2")) == ["Nothing differs: both say the same."]


WHO = {
    "office": Grant(role=Role.OFFICE), "committee": Grant(role=Role.COMMITTEE),
    "office of small": Grant(role=Role.OFFICE, scheme="small"),
    "office of other": Grant(role=Role.OFFICE, scheme="other"),
    "lead": Grant(role=Role.TEAM_LEAD, team=1), "reviewer": Grant(role=Role.REVIEWER, reviewer=1),
}  # fmt: skip


def test_whoever_is_bound_to_a_scheme_sees_that_one_alone(house: House, known: SignedIn) -> None:
    begin(house)
    publish_edition(house.database, principal=OFFICE, scheme=of_another(), at=AT)
    clerk = known(WHO["office of other"])
    for path in (SCHEMES, "/college/figures"):
        page = clerk.open(path)
        assert [one for one in ("small", "other") if f"{SCHEMES}/{one}" in page.answer.text] == ["other"]
        assert "/college/new-scheme" not in page.answer.text
    asked = (
        f"{SCHEMES}/other",
        f"{SCHEMES}/small",
        f"{SCHEMES}/small/agreement",
        "/college/ledger",
        "/college/new-scheme",
    )
    assert [clerk.ask("GET", path).status_code for path in asked] == [200, 404, 404, 404, 404]
