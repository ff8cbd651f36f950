"""Two of everything: whoever may know of the one may not know of the other, and of neither what is not there.

North's cycle is reviewed in the scheme `small`. Another team's is reviewed in the scheme `odd`, and an odd word stands
in all that is of it. A third one, South's, waits for the answers of the reviewers who are invited to it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import text

from accreditation.actions.ask_evidence import ask_evidence
from accreditation.actions.begin_draft import begin_draft
from accreditation.actions.comment_criterion import comment_criterion
from accreditation.actions.confirm import confirm
from accreditation.actions.declare_conflict import declare_conflict
from accreditation.actions.enrol import enrol
from accreditation.actions.grant_role import end_grant
from accreditation.actions.import_teams import TeamToImport, import_teams
from accreditation.actions.invite_person import invite_person
from accreditation.actions.open_round import open_round
from accreditation.actions.publish_edition import publish_edition
from accreditation.actions.raise_risk import raise_risk
from accreditation.actions.rate import Given, rate
from accreditation.actions.record_finding import Found, record_finding
from accreditation.actions.register_reviewer import register_reviewer
from accreditation.actions.review import review
from accreditation.actions.submit import submit
from accreditation.records import sign_ins
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.rules.findings import Draft
from accreditation.rules.findings import Kind as Finds
from accreditation.rules.grants import Grant
from accreditation.rules.people import Principal, Role
from accreditation.scheme.answer import Answer
from accreditation.scheme.model import Scheme
from accreditation.wiring import House
from tests.proposing import confirmed_by_office
from tests.remembered import once
from tests.walking import (
    ANSWERS,
    AT,
    CYCLE,
    LEAD,
    NORTH,
    NORTHS_LEAD,
    OFFICE,
    OTHER_LEAD,
    ROUND,
    SOUTH,
    STRANGER,
    attach,
    reviewer,
    scheme,
    stage_of,
    team_of,
    walk,
    work,
)

ODD = "Quokka"
"""It stands in all that is the other team's, and nowhere else. (Not in the name of its organisation: reviewers choose
from all of them those with whom they have a conflict.)
"""

ODD_NAME = "Wombat"
"""It stands in the names of the other team and of its reviewers."""

ODD_CYCLE, ODD_ROUND, ODD_TEAM, ODD_TRUST = 2, 2, 4, 4
ODD_LEAD, ODD_LAY = 5, 6
WAITING_CYCLE, WAITING_ROUND = 3, 3

PEOPLE: Mapping[str, tuple[Grant, ...]] = {
    "lead": (Grant(role=Role.TEAM_LEAD, team=NORTH),),
    "member": (Grant(role=Role.TEAM_MEMBER, team=NORTH),),
    "lead of the organisation": (Grant(role=Role.TEAM_LEAD, organisation=1),),
    "stranger": (Grant(role=Role.TEAM_LEAD, team=SOUTH),),
    "odd lead": (Grant(role=Role.TEAM_LEAD, team=ODD_TEAM),),
    "reviewer": (Grant(role=Role.REVIEWER, reviewer=NORTHS_LEAD),),
    "reviewer of no visit": (Grant(role=Role.REVIEWER, reviewer=OTHER_LEAD),),
    "odd reviewer": (Grant(role=Role.REVIEWER, reviewer=ODD_LEAD),),
    "lead, and reviewer of no visit": (
        Grant(role=Role.TEAM_LEAD, team=NORTH), Grant(role=Role.REVIEWER, reviewer=OTHER_LEAD),
    ),
    "office": (Grant(role=Role.OFFICE),),
    "office of the scheme": (Grant(role=Role.OFFICE, scheme="small"),),
    "committee": (Grant(role=Role.COMMITTEE),),
    "committee of the round": (Grant(role=Role.COMMITTEE, round=ROUND),),
    "nobody any more": (),
}  # fmt: skip
"""Who is signed in, by the roles they were given."""

KNOW_THE_ODD = frozenset({"odd lead", "odd reviewer", "office", "committee"})
"""Who may read the odd word."""

NONE_YET = frozenset({"comment", "condition", "exercise", "hold", "number", "upload"})
"""What there is none of yet, in either cycle: comments on a report, conditions, cases to practise on, proposals, files
that are not here whole."""

KNOW_THE_NAME = KNOW_THE_ODD | {"office of the scheme"}
"""Who may read these names: an office lets any team take part in its rounds, and has any reviewer hear an appeal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Three:
    """One that is North's, or the asker's own; one that is others'; and the name of one that there is not."""

    own: str
    others: str
    none: str

    def __iter__(self) -> Iterator[str]:
        return iter((self.own, self.others, self.none))


def secret_of(who: str) -> str:
    """The secret of their session's cookie."""
    return who.replace(" ", "-").replace(",", "")


def build(house: House) -> None:
    """Put all of it into this empty house, and let everybody be signed in."""
    once(house, ("two worlds",), lambda: _build(house))
    invite_person(
        house.database, key=house.key(), principal=OFFICE, name=f"{ODD} member", email="member@example.org",
        grants=[Grant(role=Role.TEAM_MEMBER, team=ODD_TEAM)], at=house.now(),
    )  # fmt: skip
    for number, (who, grants) in enumerate(PEOPLE.items(), 2):
        _sign_in(house, who, grants or (Grant(role=Role.COMMITTEE),))
        if not grants:
            given = found_in(house, "SELECT max(id) FROM role_grant")
            end_grant(house.database, principal=OFFICE, grant_id=int(given), reason="Gone.", at=house.now())
        assert found_in(house, "SELECT max(id) FROM person") == str(number)


def things(house: House) -> Mapping[str, Three]:
    """What each name in a path may stand for."""

    def rows(of: str, own: object, others: object, *, none: str = "99") -> Three:
        """What these tables and columns have of the one and of the other."""
        found = [found_in(house, f"SELECT min({of} = '{one}'") for one in (own, others)]
        return Three(own=found[0], others=found[1], none=none)

    name = "name) FROM {} WHERE cycle_id"
    item = "library_item i ON i.id"
    return {
        "cycle": Three(own=str(CYCLE), others=str(ODD_CYCLE), none="9"),
        "round": Three(own=str(ROUND), others=str(ODD_ROUND), none="9"),
        "team": Three(own=str(NORTH), others=str(ODD_TEAM), none="9"),
        "scheme": Three(own="small", others="odd", none="any"),
        "evidence": rows("id) FROM evidence_item WHERE cycle_id", CYCLE, ODD_CYCLE, none="9"),
        "request": rows(name.format("evidence_request"), CYCLE, ODD_CYCLE, none="0" * 16),
        "risk": rows(name.format("immediate_risk"), CYCLE, ODD_CYCLE, none="0" * 16),
        "document": rows("id) FROM library_item WHERE team_id", NORTH, ODD_TEAM, none="9"),
        "version": rows(f"v.id) FROM library_version v JOIN {item} = item_id WHERE team_id", NORTH, ODD_TEAM, none="9"),
        "invitation": rows("id) FROM invitation WHERE role", "lead", "lay", none="9"),
        "grant": rows("id) FROM role_grant WHERE role = 'team_member' AND team_id", NORTH, ODD_TEAM, none="77"),
        "edition": Three(own="2026.1", others="2026.1", none="2026.9"),
        "domain": Three(own="1", others="1", none="9"),
        "draft": rows("id) FROM scheme_draft WHERE scheme", "small", "odd", none="9"),
        "job": Three(own="10", others="11", none="99"),
        "organisation": Three(own="1", others=str(ODD_TRUST), none="9"),
        "reviewer": Three(own=str(NORTHS_LEAD), others=str(ODD_LEAD), none="9"),
        **{name: Three(own="1", others="2", none="9") for name in NONE_YET},
        "upload": Three(own="0" * 32, others="1" * 32, none="9" * 32),
        "criterion": Three(own="1.01", others="1.01", none="9.99"),
        "key": Three(own="first", others="other", none="never"),
        "finding": Three(own="0123456789ab", others="0123456789ac", none="0123456789ad"),
    }


def found_in(house: House, query: str) -> str:
    """What the records have, by this question."""
    with house.database.reading() as session:
        found = session.execute(text(query)).scalar_one()
    assert found is not None, query
    return str(found)


def _sign_in(house: House, who: str, grants: tuple[Grant, ...]) -> None:
    name = f"{ODD} {who}" if who.startswith("odd") else f"Somebody, {who}"
    invited = invite_person(
        house.database, key=house.key(), principal=OFFICE, name=name, email=f"{secret_of(who)}@here.example.org",
        grants=grants, at=house.now(),
    )  # fmt: skip
    with house.database.bookkeeping() as session:
        sign_ins.begin(session, secret=secret_of(who), person_id=invited.person, how="password", at=house.now())


def _build(house: House) -> None:
    walk(house, Stage.REVIEW)
    _speak(house, cycle=CYCLE, by=LEAD, role="lead", word="North")
    _odd_college(house)
    _odd_cycle(house)
    _speak(house, cycle=ODD_CYCLE, by=_odd_person(), role="lead", word=ODD)
    _waiting(house)
    for name in ("small", "odd"):
        digest = found_in(house, f"SELECT digest FROM edition WHERE scheme = '{name}'")
        begin_draft(house.database, principal=OFFICE, scheme=name, began_from=digest, at=AT)


def _odd_person() -> Principal:
    return Principal(name=f"{ODD} lead", role=Role.TEAM_LEAD, team=ODD_TEAM)


def _odd_college(house: House) -> None:
    """A team of an organisation of its own, with reviewers of whom nobody else can be seated there."""
    row = TeamToImport(organisation="Another Trust", team=f"{ODD_NAME} unit", service_line="small")
    import_teams(house.database, principal=OFFICE, rows=[row], at=AT)
    for role in ("lead", "lay"):
        register_reviewer(
            house.database,
            principal=OFFICE,
            name=f"{ODD_NAME} {role}",
            roles=[role],
            organisation_id=None,
            capacity=1,
            at=AT,
        )
    for number, trust in (*((one, ODD_TRUST) for one in range(1, 5)), (OTHER_LEAD, 2), (ODD_LEAD, 2), (ODD_LAY, 2)):
        declare_conflict(
            house.database, principal=OFFICE, reviewer_id=number, organisation_id=trust, reason="A friend.", at=AT
        )


def _enrolled(house: House, edition: Scheme, *, name: str, team: int) -> int:
    """A round of its own on this edition, and this team's cycle in it."""
    digest = publish_edition(house.database, principal=OFFICE, scheme=edition, at=AT)
    number = open_round(house.database, principal=OFFICE, digest=digest, name=name, at=AT)
    return enrol(house.database, principal=OFFICE, team_id=team, round_id=number, profile={"hasu": False}, at=AT)


def _ready(house: House, *, cycle: int, by: Principal, word: str) -> None:
    """The team answers everything, attaches what it must, and hands both in."""
    said = {
        name: Given(answer=one.model_copy(update={"note": f"{word} said."}), seen_version=0)
        for name, one in ANSWERS.items()
    }
    rate(house.database, principal=by, cycle_id=cycle, given=said, at=AT)
    submit(house.database, principal=by, cycle_id=cycle, stage=Stage.SELF_ASSESSMENT, at=AT)
    attach(house, cycle=cycle, by=by, content=word.encode(), title=f"{word} plan", file_name=f"{word}.pdf")
    work(house, Kind.EVIDENCE)
    submit(house.database, principal=by, cycle_id=cycle, stage=Stage.EVIDENCE, at=AT)


def _odd_cycle(house: House) -> None:
    odd = scheme(**{"id: small": "id: odd", "title: A small scheme": "title: Another scheme"})
    assert _enrolled(house, odd, name=f"{ODD} round", team=ODD_TEAM) == ODD_CYCLE
    _ready(house, cycle=ODD_CYCLE, by=_odd_person(), word=ODD)
    work(house)
    assert (stage_of(house, ODD_CYCLE), team_of(house, ODD_CYCLE)) == (Stage.REVIEW, {"lead": ODD_LEAD, "lay": ODD_LAY})


def _waiting(house: House) -> None:
    third = confirmed_by_office(**{"id: small": "id: third", "title: A small scheme": "title: A third scheme"})
    assert _enrolled(house, third, name="third", team=SOUTH) == WAITING_CYCLE
    _ready(house, cycle=WAITING_CYCLE, by=STRANGER, word="South")
    work(house)
    assert confirm(house.database, principal=OFFICE, round_id=WAITING_ROUND, number=1, at=AT) == (WAITING_CYCLE,)


def _speak(house: House, *, cycle: int, by: Principal, role: str, word: str) -> None:
    """The team speaks among itself, and a reviewer of the visit does all that a reviewer can before handing in."""
    database, who = house.database, reviewer(team_of(house, cycle)[role])
    comment_criterion(database, principal=by, cycle_id=cycle, criterion="1.01", text=f"{word} says.", at=AT)
    noted = {"1.01": Given(answer=Answer(rating="met", note=f"{word} was seen."), seen_version=0)}
    review(database, principal=who, cycle_id=cycle, given=noted, at=AT)
    found = Found(draft=Draft(kind=Finds.COMMENDATION, criterion="1.01", text=f"{word} is kind."), seen_version=0)
    record_finding(
        database, principal=who, cycle_id=cycle, key="first" if cycle == CYCLE else "other", found=found, at=AT
    )
    ask_evidence(database, principal=who, cycle_id=cycle, criterion="1.01", question=f"May {word} show more?", at=AT)
    raise_risk(database, principal=who, cycle_id=cycle, criterion="1.01", text=f"{word} lacks a defibrillator.", at=AT)
