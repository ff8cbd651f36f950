"""A college at work on the stroke standard: a team at each turn of the way, and what the pictures of the site show."""

from datetime import date, timedelta

from accreditation.actions.answer_seat import answer_for_service, answer_invitation
from accreditation.actions.begin_draft import begin_draft
from accreditation.actions.comment_criterion import comment_criterion
from accreditation.actions.confirm import confirm
from accreditation.actions.enrol import enrol
from accreditation.actions.import_teams import TeamToImport, import_teams
from accreditation.actions.keep_draft import keep_draft
from accreditation.actions.open_round import open_round
from accreditation.actions.publish_edition import publish_edition
from accreditation.actions.rate import Given, rate
from accreditation.actions.register_reviewer import register_reviewer
from accreditation.actions.review import hand_in, review
from accreditation.actions.submit import submit
from accreditation.library import load
from accreditation.records import invitations, proposals
from accreditation.records.invitations import Said
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal, Role
from accreditation.scheme.answer import Answer
from accreditation.scheme.measure import AuditLevel, Threshold
from accreditation.scheme.model import Criterion, Scheme
from accreditation.scheme.one_text import as_one
from accreditation.scheme.write import write
from tests.journeys.browser.played import Play
from tests.journeys.browser.registered import STANDARDS
from tests.walking import AT, OFFICE, ROUND, attach, reviewer, team_of

PLACES = (
    "East Ford and Vale Hospitals", "Upper Moor Infirmary", "West Ford Hospital", "Middle Town General Hospital",
    "The Hospitals of the Northern Uplands and the Isles", "Afon Wen Hospital",
)  # fmt: skip
"""Where the teams are, in the order of their cycles; the last one only lends reviewers."""

ANSWERING, WAITING, REVIEWED, AGREEING, DECIDED = range(1, 6)
"""The cycle of the team that answers, waits for reviewers, is reviewed, is agreed upon, waits for its decision."""

POLICY = b"""OPERATIONAL POLICY OF THE STROKE UNIT

1 Prevention of clots in the legs

Everybody who cannot walk is offered
intermittent pneumatic compression within
three days of the stroke. It is kept up for
30 days, or until they walk. The decision is
written down, reasons against it included.

2 Who looks after this

The nurse in charge counts sleeves and pumps
every Monday.
"""

TODAY = AT + timedelta(days=20)
"""The day of the pictures."""

FACTS = {"hasu": False, "thrombectomy_centre": False, "rehabilitation": True}
PICTURED = "4.02"
"""The criterion that the pictures show."""

NOT_MET = ("1.13", "4.08", "6.04", "7.03", "8.03")
DIFFER = ("4.02", "6.03")


def fill(play: Play) -> None:
    """Everything up to the day of the pictures."""
    scheme = load(STANDARDS / "stroke").scheme
    database = play.house.database
    digest = publish_edition(database, principal=OFFICE, scheme=scheme, at=AT)
    rows = [TeamToImport(organisation=place, team="Stroke team", service_line="stroke") for place in PLACES]
    import_teams(database, principal=OFFICE, rows=rows, at=AT)
    for number, role in enumerate(["lead_clinician", "nurse_or_therapist", "lay"] * 4, start=1):
        register_reviewer(
            database, principal=OFFICE, name=f"Reviewer {number} ({role.replace('_', ' ')})", roles=[role],
            organisation_id=6 if number % 4 == 0 else None, capacity=4, at=AT,
        )  # fmt: skip
    open_round(database, principal=OFFICE, digest=digest, name="Spring 2026", at=AT)
    for team in range(ANSWERING, DECIDED + 1):
        enrol(database, principal=OFFICE, team_id=team, round_id=ROUND, profile=FACTS, at=AT)
    _answers_a_part(play, scheme)
    for cycle in (REVIEWED, AGREEING, DECIDED):
        _comes_to_its_reviewers(play, scheme, cycle)
    _confirmed(play)
    for cycle in (AGREEING, DECIDED):
        _is_rated(play, scheme, cycle)
    _begins_to_rate(play, scheme)
    _comes_to_its_reviewers(play, scheme, WAITING)
    play.works()
    _drafts(play, digest)
    play.passes(TODAY - AT)


def lead_of(cycle: int) -> Principal:
    """Who leads the team of this cycle."""
    return Principal(name="lead of the team", role=Role.TEAM_LEAD, team=cycle)


def says(one: Criterion) -> Answer:
    """What every team says of itself."""
    if isinstance(one.measure, AuditLevel):
        return Answer(level=one.measure.level)
    if isinstance(one.measure, Threshold):
        return Answer(measured=one.measure.at_most if one.measure.at_least is None else one.measure.at_least)
    return Answer(rating="not_met" if one.id in NOT_MET else "met")


def _given(answers: dict[str, Answer]) -> dict[str, Given]:
    return {name: Given(answer=answer, seen_version=0) for name, answer in answers.items()}


def _answers_a_part(play: Play, scheme: Scheme) -> None:
    """The first team has answered a part, and talks about a question that it has not answered."""
    database, lead = play.house.database, lead_of(ANSWERING)
    asked = [one for one in scheme.applicable(FACTS) if one.id < "6" and one.id != PICTURED]
    given = _given({one.id: says(one) for one in asked})
    rate(database, principal=lead, cycle_id=ANSWERING, given=given, at=AT)
    words = "The ward manager has the list of this spring. I ask her today."
    comment_criterion(database, principal=lead, cycle_id=ANSWERING, criterion=PICTURED, text=words, at=AT)
    _attaches(play, ANSWERING, ["1.01", PICTURED])


def _attaches(play: Play, cycle: int, criteria: list[str]) -> None:
    attach(
        play.house, cycle=cycle, by=lead_of(cycle), title="Operational policy of the stroke unit", criteria=criteria,
        file_name="policy.txt", content=POLICY, effective_on=date(2026, 1, 1),
    )  # fmt: skip


def _comes_to_its_reviewers(play: Play, scheme: Scheme, cycle: int) -> None:
    """The team answers everything, one document answers all that is asked for, and it is sent."""
    asked = scheme.applicable(FACTS)
    lead, database = lead_of(cycle), play.house.database
    rate(database, principal=lead, cycle_id=cycle, given=_given({one.id: says(one) for one in asked}), at=AT)
    submit(database, principal=lead, cycle_id=cycle, stage=Stage.SELF_ASSESSMENT, at=AT)
    _attaches(play, cycle, [one.id for one in asked if any(each.required for each in one.evidence)])
    play.works()
    submit(database, principal=lead, cycle_id=cycle, stage=Stage.EVIDENCE, at=AT)


def _confirmed(play: Play) -> None:
    """The office confirms whoever is proposed; nobody has a conflict, and all accept."""
    database = play.house.database
    play.works()
    with database.reading() as session:
        row = proposals.newest(session, ROUND)
    assert row is not None
    confirm(database, principal=OFFICE, round_id=ROUND, number=row.number, at=AT)
    for cycle in (REVIEWED, AGREEING, DECIDED):
        with database.reading() as session:
            asked = [one for one, _ in invitations.open_ones(session, cycle_ids=[cycle])]
        for one in asked:
            answer_for_service(
                database, principal=lead_of(cycle), cycle_id=cycle, reviewer_id=one.reviewer_id, conflict=False,
                reason="", at=AT,
            )  # fmt: skip
            answer_invitation(
                database, principal=reviewer(one.reviewer_id), invitation_id=one.id or 0, said=Said.ACCEPTS,
                reason="", at=AT,
            )  # fmt: skip
    play.works()


def _is_rated(play: Play, scheme: Scheme, cycle: int) -> None:
    """Three reviewers rate everything and hand in; where they agree, they differ in little."""
    for role, number in team_of(play.house, cycle).items():
        alone = DIFFER if role == "lay" and cycle == AGREEING else ()
        ratings = {
            one.id: Answer(rating="not_met", note="Nobody on the ward knew of it.") if one.id in alone
            else Answer(rating="not_met" if one.id in NOT_MET else "met")
            for one in scheme.applicable(FACTS)
        }  # fmt: skip
        review(play.house.database, principal=reviewer(number), cycle_id=cycle, given=_given(ratings), at=AT)
        hand_in(play.house.database, principal=reviewer(number), cycle_id=cycle, at=AT)


def _begins_to_rate(play: Play, scheme: Scheme) -> None:
    """The lead of the review that is under way has rated the first domains."""
    given = _given({one.id: Answer(rating="met") for one in scheme.applicable(FACTS) if one.id < PICTURED})
    who = reviewer(team_of(play.house, REVIEWED)["lead_clinician"])
    review(play.house.database, principal=who, cycle_id=REVIEWED, given=given, at=AT)


def _drafts(play: Play, digest: str) -> None:
    """The office writes the next edition, with a slip."""
    database = play.house.database
    draft = begin_draft(database, principal=OFFICE, scheme="stroke", began_from=digest, at=AT)
    text = as_one(write(load(STANDARDS / "stroke").scheme))
    for slip, right in (("type: esential", "type: essential"), ("settled_by: lead", "settled_by: lead_clinician")):
        assert right in text
        text = text.replace(right, slip, 1)
    keep_draft(database, principal=OFFICE, scheme="stroke", draft_id=draft, seen=1, text=text, at=AT)
