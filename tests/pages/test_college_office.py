"""What waits for the college office is done by forms: files, jobs, days of a visit, who settles, conditions."""

from datetime import date

from accreditation.actions.answer_clearance import explain_evidence
from accreditation.actions.state_availability import state_availability
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal
from accreditation.rules.reviewer_facts import Availability, Away
from accreditation.views.evidence import evidence_of
from accreditation.wiring import House
from tests.examining import PATIENT
from tests.following import day, to_published
from tests.pages.teams import at, of_somebody, told
from tests.pages.test_college_glance import listed
from tests.pages.test_college_journey import CLERK, ROOT, again, refused, said
from tests.pages.test_signing_in import SignedIn
from tests.walking import AT, CYCLE, LEAD, attach, begin, hold, job_of, newest, rate_all, reviewer, team_of, walk, work

WHY = "Say why, in a sentence."


def version(house: House, by: Principal = LEAD) -> int:
    """How often something was said of the first file."""
    return evidence_of(house.database, principal=by, cycle_id=CYCLE).evidence[0].clearance.version


def test_an_explained_file_and_a_held_job_wait_at_the_top_until_they_are_answered(
    house: House, known: SignedIn
) -> None:  # fmt: skip
    begin(house)
    rate_all(house)
    item = attach(house, content=PATIENT).id or 0
    work(house, Kind.EVIDENCE)
    reason = "They are telephone numbers."
    explain_evidence(
        house.database, principal=LEAD, cycle_id=CYCLE, evidence_id=item, reason=reason, seen_version=version(house),
        at=AT,
    )  # fmt: skip
    job = job_of(house, Kind.SELF_ASSESSMENT)
    hold(house, job=job)
    office = known(CLERK)
    waits = said(office, "/college")
    assert "1 file was explained by its team, and you release it or not. Look at the files" in waits
    assert "1 job of the engine failed and is held for you. Look at the jobs" in waits
    where = again(office, ROOT)
    assert "1 file was explained by the team: release it, or keep it back" in where
    listed = said(office, "/college/files")
    assert (f"File {item} of North, North Trust" in listed, "You cannot open it either" in listed) == (True, True)
    form = f"{ROOT}/files/{item}"
    page = said(office, form)
    assert reason in page
    assert PATIENT.decode() not in page
    assert refused(office, form) == [
        "What is to be done? Choose what is to be done with the file.",
        WHY,
    ]
    assert refused(office, form, step="release") == [WHY]
    sent = {**office.page.forms[form], "step": "look_again", "reason": "Mine came later."}
    after = " ".join(told(office.send(form, step="release", reason="I have seen it.")))
    assert "The file of North, North Trust is released: reviewers can open it now." in after
    assert "No file waits for you." in after
    assert newest(house)[0][1] == "evidence:release"
    assert "The disk is full." in said(office, "/college/jobs")
    assert "No job is held." in " ".join(told(office.send(f"/college/jobs/{job}/release")))
    waits = again(office, "/college").partition("Cycles by stage")[0]
    assert ("file was explained" in waits, "job of the engine" in waits) == (False, False)
    waiting = attach(house, content=b"another").id
    late = office.shown(office.ask("POST", f"{ROOT}/files/{waiting}", data=sent))  # another has it looked at already
    assert (late.status, late.areas["written"].strip()) == (409, "Mine came later.")


def test_days_of_a_visit_and_who_settles(house: House, known: SignedIn) -> None:
    walk(house, Stage.REVIEW)
    office = known(CLERK)
    form = f"{ROOT}/visit"
    office.open(form)
    days = {"first-day": "30", "first-month": "2", "first-year": "2026"}
    assert refused(office, form) == ["Type the first day of the visit."]
    assert refused(office, form, **days) == ["First day must be a real day, as in 27 3 2026."]
    page = office.send(form, **{"first-day": "3", "first-month": "6", "first-year": "2027"})
    assert page.path == ROOT
    assert "The days of the visit are kept" in page.text
    assert "visit on 3 June 2027" in " ".join(told(page))


def test_whoever_is_away_on_the_days_that_are_stated_is_named(house: House, known: SignedIn) -> None:
    walk(house, Stage.REVIEW)
    away = Availability(unavailable=(Away(first=date(2027, 6, 1), last=date(2027, 6, 9)),), preferences=())
    state_availability(house.database, principal=reviewer(team_of(house)["lay"]), availability=away, at=AT)
    office = known(CLERK)
    office.open(f"{ROOT}/visit")
    page = office.send(f"{ROOT}/visit", **{"first-day": "3", "first-month": "6", "first-year": "2027"})
    assert (page.status, page.path) == (200, f"{ROOT}/visit")
    assert f"These people of the review team cannot be there: Lay {team_of(house)['lay']} is away then." in " ".join(
        told(page)
    )


def test_who_settles_is_appointed_with_a_reason(house: House, known: SignedIn) -> None:
    walk(house, Stage.CONSENSUS)
    office, form, lay = known(CLERK), f"{ROOT}/settler", str(team_of(house)["lay"])
    assert f"Now it is: Lead {team_of(house)['lead']} (Lead)." in said(office, form)
    assert refused(office, form) == ["Who settles from now on? Choose one of the review team.", WHY]
    assert refused(office, form, reviewer=lay) == [WHY]
    page = office.send(form, reviewer=lay, reason="The lead is ill.")
    assert (page.path, newest(house)[0][1]) == (ROOT, "review:appoint")
    assert f"Now it is: Lay {lay} (Lay reviewer)." in again(office, form)


def test_a_reviewer_who_does_not_hand_in_is_taken_off_with_a_reason(house: House, known: SignedIn) -> None:
    walk(house, Stage.REVIEW)
    office, form, lay = known(CLERK), f"{ROOT}/departure", str(team_of(house)["lay"])
    assert "Take a reviewer off who cannot come, or does not hand in" in said(office, ROOT)
    assert f"Lay {lay}, Lay reviewer, has not handed in" in said(office, form)
    assert refused(office, form) == [
        "Who is taken off? Choose one of the review team.",
        WHY,
        "Tick that you know what follows.",
    ]
    page = office.send(form, reviewer=lay, reason="They are ill.", sure="yes")
    assert (page.path, int(lay) in team_of(house).values()) == (ROOT, False)
    assert ("They are taken off." in page.text, "Lay" not in said(office, form)) == (True, True)


def test_a_condition_is_recorded_as_met_and_the_result_follows(house: House) -> None:
    to_published(house, decided=day("2026-05-01"))
    with of_somebody(at(house, day("2026-06-01")), CLERK) as office:
        assert "To put right" in again(office, ROOT)
        assert listed(office)[0][2:] == ["Published To put right", "The team", "1 May 2026", "1 November 2026"]
        form = f"{ROOT}/conditions"
        assert "By 1 November 2026: 1.01 Named lead" in said(office, form)
        assert refused(office, form) == [
            "Choose the condition that is met.",
            WHY,
        ]
        assert len(refused(office, form, condition="1")) == 1
        page = office.send(form, condition="1", reason="The reviewers saw the new job plan.")
        assert "Result: Accredited" in " ".join(told(page))
        assert "No condition can be recorded as met now." in again(office, form)
