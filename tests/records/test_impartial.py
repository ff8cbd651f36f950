"""Who is too close to a service to decide about it: what is asked of many at once leaves out nobody whom it bars."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session

from accreditation.records import cycles, editions, impartial, people, reviewer_facts
from accreditation.records.cycles import Cycle, Round
from accreditation.records.invitations import Invitation, InvitationEnd, Said, SeatAnswer, Side
from accreditation.records.proposals import Proposal
from accreditation.records.reviewers import Assignment, DeclaredConflict, Reviewer
from accreditation.records.teams import Organisation
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Grant
from accreditation.rules.people import Role
from accreditation.rules.reviewer_facts import ReviewerFacts, Worked
from accreditation.scheme.process import AssignmentRules
from accreditation.wiring import House
from tests.walking import AT, CYCLE, LAYS, NORTH, ROUND, SOUTH, walk

ASKED = LAYS[1]
"""A reviewer who is employed nowhere and sits nowhere."""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of the committee who also reviews, and North's cycle of the round after the first."""

    session: Session
    person: int
    cycle: int

    def keep(self, *rows: object) -> None:
        for row in rows:
            self.session.add(row)
            self.session.flush()

    def ask(self, *, said: Said | None = None) -> None:
        proposal = Proposal(round_id=ROUND, number=9, question="", wishes="[]", told="{}", by="engine", at=AT)
        self.keep(proposal)
        asked = Invitation(
            cycle_id=self.cycle, reviewer_id=ASKED, proposal_id=proposal.id or 0, role="lay", why="", at=AT
        )
        self.keep(asked)
        if said is not None:
            number = asked.id or 0
            self.keep(
                SeatAnswer(invitation_id=number, side=Side.SERVICE, number=1, said=said, reason="", by="", at=AT),
                InvitationEnd(invitation_id=number, proposal_id=proposal.id or 0, how="refused", by="", at=AT),
            )

    def sit(self, cycle: int) -> None:
        self.keep(Assignment(cycle_id=cycle, reviewer_id=ASKED, role="lay", why="", at=AT))

    def work(self, organisation: int, network: str = "") -> None:
        self.session.get_one(Reviewer, ASKED).organisation_id = organisation
        for one in {organisation, NORTH} if network else ():
            self.session.get_one(Organisation, one).network = network
        self.session.flush()

    def let_in(self, person: int, grant: Grant) -> None:
        people.give(self.session, person_id=person, grant=grant, by="office", at=AT)

    def second_holder(self) -> None:
        other = people.begin(self.session, name="Another", email="another@example.org", by="office", at=AT)
        self.let_in(other.person_id, Grant(role=Role.REVIEWER, reviewer=ASKED))
        self.let_in(other.person_id, Grant(role=Role.TEAM_MEMBER, team=NORTH))


WAYS: dict[str, Callable[[Known], object]] = {
    "has or had a role": lambda one: one.let_in(one.person, Grant(role=Role.TEAM_MEMBER, organisation=NORTH)),
    "has or had a role in this team": Known.second_holder,
    "sits or sat": lambda one: one.sit(one.cycle),
    "reviewed this team last time": lambda one: one.sit(CYCLE),
    "is asked to sit": Known.ask,
    "was declared by this service": lambda one: one.ask(said=Said.CONFLICT),
    "is employed by this organisation": lambda one: one.work(NORTH),
    "is employed in the same network": lambda one: one.work(3, network="Hills"),
    "worked at this organisation": lambda one: reviewer_facts.state(
        one.session, reviewer_id=ASKED, facts=ReviewerFacts(worked_at=(Worked(organisation=NORTH),)), by="", at=AT
    ),
    "declared a conflict of interest": lambda one: one.keep(
        DeclaredConflict(reviewer_id=ASKED, organisation_id=NORTH, reason="Kin.", by="office", at=AT)
    ),
}


def begun(session: Session) -> Known:
    """North takes part in a second round; somebody of the committee may review too, and is free of everybody."""
    first = cycles.get_round(session, ROUND)
    second = Round(scheme=first.scheme, name="second", edition_digest=first.edition_digest, opened_at=AT)
    session.add(second)
    session.flush()
    cycle = Cycle(team_id=NORTH, round_id=second.id or 0, edition_digest=first.edition_digest, enrolled_at=AT)
    session.add(cycle)
    session.flush()
    number = cycle.id or 0
    cycles.state_profile(session, cycle_id=number, profile={"hasu": False}, by="office", at=AT)
    cycles.enter_stage(
        session, cycle_id=number, before=None, to=Stage.DECISION, move="enrol", by="office", reason="", at=AT
    )  # fmt: skip
    person = people.begin(session, name="A member", email="member@example.org", by="office", at=AT).person_id
    known = Known(session, person, number)
    known.let_in(person, Grant(role=Role.COMMITTEE))
    known.let_in(person, Grant(role=Role.REVIEWER, reviewer=ASKED))
    return known


def test_whatever_hinders_somebody_is_near_them_and_what_has_nothing_to_do_with_them_is_not(house: House) -> None:
    walk(house, Stage.ASSIGNMENT)
    with house.database.bookkeeping() as session:
        known = begun(session)
        scheme = editions.scheme_of(session, cycles.get_round(session, ROUND).edition_digest)
        barring = {"same_network": "barred", "repeat": "barred", "employed_within": {"years": 3}}
        rules = AssignmentRules.model_validate({**scheme.assignment.model_dump(by_alias=True), **barring})

        def hindered() -> dict[int, str]:
            now = cycles.several(session, ids=[known.cycle])
            return impartial.hindered(session, now, [known.person], {known.cycle: rules}, on=AT.date())[known.cycle]

        assert (hindered(), impartial.near(session, [known.person])) == ({}, {known.person: set()})
        for why, come_near in WAYS.items():
            tried = session.begin_nested()
            come_near(known)
            near = impartial.near(session, [known.person])[known.person]
            found = (why in hindered().get(known.person, ""), NORTH in near, SOUTH in near)
            assert found == (True, True, False), why
            tried.rollback()
