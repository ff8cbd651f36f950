"""A team's evidence by forms alone: added, checked, kept back and explained, replaced, placed, taken back, reused."""

import httpx

from accreditation.evidence.announced import too_large
from accreditation.records.jobs import Kind
from accreditation.rules.people import Role
from accreditation.views.reuse import CriterionOffered, DocumentOffered, Offers
from accreditation.views.suggestions import CriterionSuggested, DocumentSuggested, Suggestions
from accreditation.views.to_reuse import ToReuse
from accreditation.wiring import House
from api.presenting.team.refused_files import refused_files
from api.presenting.team.reuse import reuse
from api.words import words_in
from tests.examining import HARM, NUMBER, PATIENT
from tests.no_room import no_room
from tests.pages.browsing import Browser
from tests.pages.teams import of_team, send_files, told
from tests.pages.test_team_cycle import HERE
from tests.walking import attach, begin, keep, nothing_kept, rate_all, work

EVIDENCE = "/team/cycles/1/evidence"
ADD = f"{EVIDENCE}/files"
LIBRARY = "/team/library/1"


def test_files_are_added_by_a_form_each_for_itself(house: House) -> None:
    begin(house)
    with of_team(house, Role.TEAM_MEMBER) as member:
        assert "Nothing is attached yet" in told(member.open(EVIDENCE))
        member.open(f"{ADD}?criterion=1.01")
        assert "checked" in member.page.fields["criterion-1.01"]
        typed = {"place": "p. 3", "owner": "The matron", "effective_on-day": "1", "effective_on-month": "2"}
        none = send_files(member, ADD, criteria=["1.01", "2.01"], **typed)
        assert (none.status, "Choose a file from your computer or phone." in none.text) == (422, True)
        assert [none.fields[name]["value"] for name in ("place", "owner", "effective_on-month")] == [
            *("p. 3", "The matron", "2")
        ]
        assert ["checked" in none.fields[f"criterion-{name}"] for name in ("1.01", "2.01", "2.02")] == [
            True,
            True,
            False,
        ]
        wrong = send_files(member, ADD, ("plan.pdf", b"a plan"), **typed)
        assert wrong.status == 422
        assert [told for told in wrong.text.split("\n") if "plan.pdf: In force from" in told] != []
        some = send_files(
            member, ADD, ("a" * 201, b"x"), ("plan.pdf", b"a plan"), criteria=["1.01", "2.01"], place="p. 3"
        )
        assert (some.status, "1 file of this form is added." in some.text) == (422, True)
        assert "File: 201 characters" in some.text
        with no_room():
            full = send_files(member, ADD, ("photo.pdf", b"a photo"), criteria="1.01", title="A photo")
        again = "photo.pdf: We cannot keep files just now. Nothing is wrong with yours: send it again in a while."
        assert (full.status, again in full.text, full.fields["title"]["value"]) == (503, True, "A photo")
        done = send_files(member, ADD, ("photo.pdf", b"a photo"), criteria="1.01", title="A photo")
        assert (done.status, done.path) == (200, EVIDENCE)
        assert "1 file is added. We check it now; that takes some minutes." in done.text
        assert [one for one in told(done) if one in ("plan.pdf", "A photo", "Being checked")] == [
            "plan.pdf", "Being checked", "A photo", "Being checked",
        ]  # fmt: skip
        assert "1.01 Named lead, p. 3" in told(done)
        member.open(f"{ADD}?criterion=1.01")
        same = send_files(member, ADD, ("other.pdf", b"a photo"), ("none.pdf", b""), criteria="1.01")
        there = "other.pdf: this is the same file as photo.pdf, which is there already. See how that one stands."
        empty = "none.pdf is empty. Choose another file."
        assert (same.status, f"Error: {there} {empty}" in told(same)) == (422, True)
        assert told(member.open(f"{EVIDENCE}?criterion=2.01")).count("plan.pdf, 6 bytes") == 1
        assert "A photo" not in member.page.text


def test_a_form_with_files_that_is_not_ours_is_refused_before_they_are_read(house: House) -> None:
    begin(house)
    with of_team(house) as lead, of_team(house, team=2) as stranger, nothing_kept(house):
        lead.open(ADD)
        good = lead.page.forms[ADD]["csrf"]
        files = [("file", ("plan.pdf", b"a plan"))]
        for data in ({}, {"csrf": "x"}, {"criteria": "1.01", "csrf": good}):
            assert lead.ask("POST", ADD, data=data, files=files).status_code == 403
        typed = {"csrf": "x", "criteria": ["1.01", "2.01"], "title": "Rota", "place": "p. 3"}
        page = lead.shown(lead.ask("POST", ADD, data=typed, files=files))
        with Browser(house) as nobody:
            signed_out = nobody.shown(nobody.ask("POST", ADD, data=typed, files=files))
        for refused in (page, signed_out):
            assert refused.areas["written"].strip() == "Rota\n\np. 3\n\nQuestions: 1.01, 2.01"
            assert "Choose the files again then: no page can give them back." in refused.text
        assert (page.status, signed_out.status) == (403, 401)
        assert (
            lead.ask(
                "POST", ADD, data={"csrf": good}, files=files, headers={"Sec-Fetch-Site": "cross-site"}
            ).status_code
            == 403
        )
        assert lead.ask("POST", ADD, data={"csrf": good}).status_code == 422
        stranger.open("/team/library")
        own = stranger.page.forms["/sign-out"]
        assert stranger.ask("POST", ADD, data={**own, "criteria": "1.01"}, files=files).status_code == 404
        assert stranger.ask("POST", ADD.replace("/1/", "/9/"), data=own, files=files).status_code == 404


def test_a_file_comes_in_pieces_and_goes_on_with_what_is_said_of_it_then(house: House) -> None:
    begin(house)
    pieces = f"{ADD}/uploads"
    with of_team(house) as lead, of_team(house, Role.TEAM_MEMBER) as member:
        csrf = {"csrf": lead.open(ADD).forms[ADD]["csrf"]}
        about = {**csrf, "file_name": "plan.pdf", "size": "6", "changed": "17", "criteria": "1.01"}

        def send(path: str, offset: int, content: bytes, **by: str) -> httpx.Response:
            data, files = {**(by or csrf), "offset": str(offset)}, [("file", ("plan.pdf", content))]
            return lead.ask("POST", path, data=data, files=files)

        assert lead.shown(lead.ask("POST", pieces, data={**about, "criteria": ""})).status == 422
        begun = lead.ask("POST", pieces, data=about).json()
        one = f"{pieces}/{begun['upload']}"
        assert begun == {"upload": one[-32:], "offset": 0, "kept": False}
        assert send(one, 0, b"a p", csrf="x").status_code == 403
        assert send(one, 0, b"a p").json()["offset"] == 3
        assert send(one, 0, b"a p").json()["offset"] == 3  # its answer was lost: it says where it goes on
        # A colleague neither sees it nor goes on with it
        hers = {"csrf": member.open(ADD).forms[ADD]["csrf"]}
        assert "Not sent to the end yet" not in member.page.text
        for path in (one, f"{one}/end"):
            answer = member.ask("POST", path, data={**hers, "offset": "3"}, files=[("file", ("plan.pdf", b"lan"))])
            assert answer.status_code == 404
        # Chosen again with other words it goes on, and these hold; a file that was changed since is another one
        assert "plan.pdf: 3 bytes of 6 bytes are here" in lead.open(ADD).text
        written = {
            "title": "Our plan", "place": "p. 3", "owner": "The matron", "effective_on-day": "1",
            "effective_on-month": "2", "effective_on-year": "2026",
        }  # fmt: skip
        again = lead.ask("POST", pieces, data={**about, "criteria": "2.01", **written}).json()
        for path in (ADD, f"{ADD}?criterion=2.01"):
            fields = lead.open(path).fields
            assert "checked" in fields["criterion-2.01"]
            assert [fields[name.removesuffix("-day")]["value"] for name in written] == [*written.values()]
            assert "It is to answer 2.01 Scan within an hour, p. 3." in lead.page.text
            assert "The form below says what you said of it." in lead.page.text
        assert "checked" not in lead.open(f"{ADD}?criterion=1.01").fields["criterion-2.01"]
        assert lead.page.fields["title"]["value"] == ""
        # It is told where they look for it, and nowhere else
        there = (EVIDENCE, f"{HERE}/criteria/2.01", LIBRARY)
        for path in (*there, f"{HERE}/criteria/1.01", f"{EVIDENCE}?criterion=1.01"):
            told_here = "plan.pdf is not sent to the end yet. 3 bytes of 6 bytes are here" in lead.open(path).text
            assert told_here == (path in there), path
        # By the address of another place it is not there
        two = f"{pieces}/{again['upload']}"
        for path in (f"{LIBRARY}/uploads", pieces.replace("/1/", "/2/")):
            assert send(two.replace(pieces, path), 3, b"lan").status_code == 404
            assert lead.ask("POST", f"{two.replace(pieces, path)}/end", data=csrf).status_code == 404
        kept = {**csrf, "file_name": "policy.pdf", "size": "6", "changed": "17", "title": "Policy"}
        shelved = lead.ask("POST", f"{LIBRARY}/uploads", data=kept).json()["upload"]
        assert send(f"{pieces}/{shelved}", 0, b"policy").status_code == 404
        assert lead.ask("POST", f"{pieces}/{shelved}/end", data=csrf).status_code == 404
        assert lead.open(LIBRARY).fields["title"]["value"] == "Policy"
        lead.shown(lead.ask("POST", f"{LIBRARY}/uploads/{shelved}/end", data=csrf))
        assert (lead.page.path, "The part of the file that was here is removed." in lead.page.text) == (LIBRARY, True)
        other = lead.ask("POST", pieces, data={**about, "changed": "18"}).json()
        assert (again["offset"], other["offset"]) == (3, 0)
        assert send(one, 3, b"lan").status_code == 404
        assert send(two, 3, b"lan").json() == {"upload": two[-32:], "offset": 6, "kept": True}
        # Asked once more it is the same, and comes in no second time
        asked = lead.ask("POST", pieces, data={**about, "upload": again["upload"], "criteria": "2.01"})
        assert asked.json() == {"upload": two[-32:], "offset": 6, "kept": True}
        # The other one turns out to be a program, and the third is not wanted any more
        wrong = lead.shown(send(f"{pieces}/{other['upload']}", 0, b"#!/bin"))
        assert (wrong.status, "plan.pdf: It is a program (a script)" in wrong.text) == (422, True)
        third = lead.ask("POST", pieces, data={**about, "changed": "19"}).json()["upload"]
        lead.shown(lead.ask("POST", f"{pieces}/{third}/end", data=csrf))
        assert (lead.page.path, "Not sent to the end yet" in lead.page.text) == (ADD, False)
        assert "The part of the file that was here is removed." in lead.page.text
        assert {"Our plan", "plan.pdf, 6 bytes, in force from 1 February 2026"} <= {*told(lead.open(EVIDENCE))}
        assert "2.01 Scan within an hour" in lead.page.text


def test_what_is_kept_back_is_shown_masked_and_explained_or_replaced(house: House) -> None:
    begin(house)
    attach(house, content=PATIENT, title="Rota")
    attach(house, content=HARM, title="Macros")
    work(house, Kind.EVIDENCE)
    with of_team(house) as lead:
        assert {"Files that reviewers cannot open", "Rota", "Macros"} <= {*told(lead.open(HERE))}
        page = lead.open(EVIDENCE)
        assert "2 files, 2 need you" in told(page)
        assert NUMBER not in page.answer.text
        rota, macros = f"{EVIDENCE}/1", f"{EVIDENCE}/2"
        page = lead.open(rota)
        assert next(one for one in told(page) if "page 1" in one).startswith(
            "An NHS, CHI or Health and Care number, page 1"
        )
        assert NUMBER not in page.answer.text
        assert ("our check: An NHS, CHI or Health and Care number (page 1)" in page.text, "engine" in page.text) == (
            True, False
        )  # fmt: skip
        assert page.title.startswith("Rota, added on 1 April 2026 at ")
        empty = lead.send(f"{rota}/explanation", reason=" ")
        assert (empty.status, "Error: Say why, in a sentence." in told(empty)) == (422, True)
        patient = lead.send(f"{rota}/explanation", reason=f"It is {NUMBER}.")
        assert (patient.status, "from which a patient may be told. Leave it out." in patient.text) == (422, True)
        assert "You wrote: They are telephones." in told(
            lead.send(f"{rota}/explanation", reason="They are telephones.")
        )
        stale = lead.send(f"{rota}/explanation", reason="Or fax.", seen="1")
        assert (stale.status, "Look at it again" in stale.text) == (422, True)
        lead.open(macros)
        same = send_files(lead, f"{macros}/versions", ("plan.pdf", HARM), title="Plan")
        assert same.status == 422
        done = send_files(lead, f"{macros}/versions", ("plan.pdf", b"a plan"), title="Plan")
        assert (done.status, done.path, done.headings[0][-4:]) == (200, f"{EVIDENCE}/3", "Plan")
        assert lead.open(macros).status == 404
        assert any(one.startswith("Macros replaced on") for one in told(lead.open(EVIDENCE)))


def test_a_file_is_opened_placed_exchanged_and_taken_back(house: House) -> None:
    begin(house)
    attach(house, content=b"a plan")
    keep(house, content=b"a policy", title="Policy")
    one = f"{EVIDENCE}/1"
    with of_team(house) as lead, of_team(house, team=2) as stranger:
        lead.open(one)
        answer = lead.ask("GET", f"{one}/content")
        assert (answer.content, answer.headers["content-security-policy"]) == (b"a plan", "sandbox; default-src 'none'")
        assert [
            stranger.ask("GET", path).status_code
            for path in (EVIDENCE, one, f"{EVIDENCE}/9", "/team/cycles/9/evidence")
        ] == [404] * 4
        assert stranger.ask("GET", f"{one}/content").status_code == 404
        assert lead.send(f"{one}/places/1.01", place="x" * 201).status == 422
        assert lead.send(f"{one}/places/1.01", place="p. 7").fields["place-1.01"]["value"] == "p. 7"
        assert lead.send(f"{one}/replacement").status == 422
        assert lead.send(f"{one}/replacement", version="2").headings[0][-6:] == "Policy"
        two = lead.page.path
        assert lead.send(f"{two}/withdrawal").status == 422
        assert lead.send(f"{two}/withdrawal", reason="A wrong one.").path == EVIDENCE
        assert "Nothing is attached yet" in told(lead.page)


def test_what_the_team_has_is_used_again_or_said_not_to_fit(house: House) -> None:
    begin(house)
    rate_all(house)
    reuse = f"{EVIDENCE}/reuse"
    with of_team(house) as lead:
        assert "Your team’s library is empty." in told(lead.open(reuse))
        keep(house, content=b"The job plan of the named lead, with a photo.", title="Scan 1")
        keep(house, content=b"Another job plan of another named lead.", title="Scan 2")
        work(house, Kind.EVIDENCE)
        assert "These may fit, by their words" in told(lead.open(reuse))
        assert "The document and this question both speak of: lead, named, job, photo, plan." in told(lead.page)
        assert 'href="/team/library/1/documents/1">Scan 1</a>' in lead.page.answer.text
        assert lead.send(reuse).status == 422
        assert lead.send(reuse, wanted="x").status == 422
        sent = {**lead.page.forms[reuse], "dismissed": "2:1.01"}
        lead.shown(lead.ask("POST", f"{reuse}/dismissals", data=sent))
        assert (lead.page.path, "suggestion-2-1" in lead.page.fields) == (reuse, False)
        assert lead.send(reuse, wanted="1:1.01").path == EVIDENCE
        assert "1 document of your library is attached." in lead.page.text
        lead.open(reuse)
        assert lead.send(f"{reuse}/one", version="2").status == 422
        assert lead.send(f"{reuse}/one", version="2", criterion="2.01", place="p. 2").path == EVIDENCE
        assert "2.01 Scan within an hour, p. 2" in told(lead.page)


def test_a_file_that_is_too_big_is_told_in_megabytes() -> None:
    (told_of,) = refused_files([("scan.pdf", too_large(50_000_000))], words_in("en")).told
    assert told_of.words == (
        "scan.pdf is too big: a file may have at most 50 MB. Make it smaller, as by saving its pictures smaller, or "
        "choose another file."
    )


def test_what_is_offered_with_a_reason_is_not_suggested_by_its_words_besides() -> None:
    offered = CriterionOffered(
        criterion="1.01", title="Lead", required=True, how_much="whole", because=("It answered it last year",),
        place="", why_not="",
    )  # fmt: skip
    suggested = [
        CriterionSuggested(
            criterion=name, title="A question", required=True, because=(), words="It may fit.", beware=""
        )
        for name in ("1.01", "2.01")
    ]
    given = {"version": 5, "title": "Rota"}
    told_of = reuse(
        ToReuse(
            cycle=1, team=1, may_attach=True, documents=(), criteria=(),
            offers=Offers(cycle=1, scheme="small", words="", documents=(
                DocumentOffered(document=3, number=1, offered=(offered,), not_offered=(), **given),
            )),
            suggestions=Suggestions(cycle=1, scheme="small", words="", left=(), documents=(
                DocumentSuggested(document=3, file_name="rota.pdf", criteria=tuple(suggested), **given),
                DocumentSuggested(document=4, file_name="b.pdf", criteria=tuple(suggested[:1]), version=6, title="B"),
            )),
        ),
        words_in("en"),
    )  # fmt: skip
    assert [[one.key for one in each.criteria] for each in (*told_of.offers, *told_of.suggestions)] == [
        ["5:1.01"], ["5:2.01"], ["6:1.01"],
    ]  # fmt: skip
    assert [each.href[-12:] for each in (*told_of.offers, *told_of.suggestions)] == [
        "/documents/3", "/documents/3", "/documents/4",
    ]  # fmt: skip
