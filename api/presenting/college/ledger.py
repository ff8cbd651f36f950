"""Entries of the ledger as people say them: who did what to what and when, and what else was kept of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from accreditation.rules.grants import TITLES
from accreditation.rules.people import Role
from accreditation.views.college import Verification
from accreditation.views.ledger_book import Entered
from api.presenting.moments import day_of, time_of
from api.presenting.register import Told
from api.presenting.team.criterion import name_of
from api.words import Words, capital, marked

DONE: Mapping[str, str] = {
    "accuracy:agree": marked("agreed that the report is right in its facts"),
    "accuracy:answer": marked("answered a comment on the facts of the report"),
    "accuracy:comment": marked("said that something in the report is wrong in fact"),
    "accuracy:look": marked("looked whether the check of the report is over"),
    "appeal:answer": marked("answered an appeal"),
    "appeal:lodge": marked("appealed"),
    "archive:export": marked("took the whole cycle as an archive"),
    "assessment:comment": marked("said something to the own team about a criterion"),
    "assessment:gap": marked("worked out how far the team is from each award"),
    "assessment:give": marked("gave a criterion to somebody of the team"),
    "assessment:import": marked("took answers from a published audit"),
    "assessment:rate": marked("saved answers of the self-assessment"),
    "assessment:submit": marked("sent the work to the college"),
    "award:decide": marked("decided the result"),
    "award:lapse": marked("let a result lapse, as a condition was not met in time"),
    "award:look": marked("looked whether a result can be recommended"),
    "award:look_at_conditions": marked("looked whether conditions are met in time"),
    "award:publish": marked("published the result"),
    "award:recommend": marked("worked out what the rules recommend"),
    "award:wait": marked("waits for people before a result can be recommended"),
    "calibration:answer": marked("answered a calibration exercise"),
    "calibration:confirm": marked("let reviewers take a calibration exercise"),
    "calibration:edit": marked("changed a calibration exercise"),
    "calibration:hand_in": marked("handed in a calibration exercise"),
    "calibration:make": marked("made a calibration exercise"),
    "calibration:retire": marked("retired a calibration exercise"),
    "condition:meet": marked("said that a condition is met"),
    "conflict:declare": marked("declared a conflict of interest"),
    "cycle:carry_over": marked("carried the cycle over to another edition"),
    "cycle:enrol": marked("let the team take part"),
    "cycle:profile": marked("stated facts about the service"),
    "cycle:remind": marked("reminded whoever’s turn it is"),
    "cycle:send_back": marked("sent the work back to the team"),
    "cycle:withdraw": marked("withdrew from the cycle"),
    "demonstration:begin": marked("began a demonstration"),
    "evidence:answer": marked("answered a request for more evidence"),
    "evidence:attach": marked("attached evidence"),
    "evidence:check": marked("checked whether all needed evidence is there"),
    "evidence:clearance": marked("searched a file for patients"),
    "evidence:damaged": marked("found a file that is not as it was sent"),
    "evidence:delete": marked("deleted files for good"),
    "evidence:dismiss": marked("dismissed a suggestion of evidence"),
    "evidence:drop_upload": marked("dropped an upload that was not finished"),
    "evidence:end_hold": marked("ended a legal hold"),
    "evidence:expire": marked("looked whether the time of a request for evidence is over"),
    "evidence:explain": marked("explained what was found in a file"),
    "evidence:hold": marked("put evidence under a legal hold"),
    "evidence:place": marked("said where in a file the evidence stands"),
    "evidence:release": marked("decided whether a file may be read"),
    "evidence:remove": marked("removed the bytes of deleted files"),
    "evidence:replace": marked("replaced evidence with another file"),
    "evidence:request": marked("asked for more evidence"),
    "evidence:suggest": marked("suggested where evidence fits"),
    "evidence:withdraw": marked("withdrew evidence"),
    "finding:record": marked("recorded a finding"),
    "finding:settle": marked("settled a finding"),
    "grant:end": marked("took a role back"),
    "grant:give": marked("gave a role"),
    "grant:undo": marked("said that a role was given by mistake"),
    "indicator:answer": marked("answered an objection to a figure"),
    "indicator:challenge": marked("said that a figure is wrong"),
    "indicator:import": marked("imported figures"),
    "indicator:map": marked("said how a file of figures is read"),
    "job:release": marked("let the engine try again"),
    "letter:send": marked("sent a letter"),
    "reminder:send": marked("sent a reminder"),
    "library:describe": marked("described a document of the library"),
    "library:keep": marked("kept a document in the library"),
    "organisation:merge": marked("merged one organisation into another"),
    "organisation:rename": marked("gave an organisation another name"),
    "panel:name": marked("named who sits on a panel"),
    "person:accept": marked("accepted an invitation"),
    "person:ask_reset": marked("asked for a new password"),
    "person:begin": marked("was entered as a person"),
    "person:change_password": marked("changed the own password"),
    "person:confirm_app": marked("set up an authenticator app"),
    "person:forget_app": marked("removed somebody’s authenticator app"),
    "person:give_up_app": marked("gave up the own authenticator app"),
    "person:identify": marked("was identified by the college’s provider"),
    "person:invite": marked("invited somebody"),
    "person:leave_provider": marked("gave up signing in by the college’s provider"),
    "person:may_join": marked("went to the college’s provider, to sign in by it from now on"),
    "person:offer_app": marked("began to set up an authenticator app"),
    "person:refuse_role": marked("said that a role in a team is not theirs"),
    "person:reset_password": marked("chose a new password by a letter"),
    "person:sign_in": marked("signed in"),
    "person:sign_out": marked("signed out"),
    "person:sign_out_everywhere": marked("signed out everywhere"),
    "person:take_role": marked("took a role in a team"),
    "review:answer": marked("answered to a proposed or invited reviewer"),
    "review:answers": marked("looked at the answers about proposed reviewers"),
    "review:appoint": marked("appointed who settles differences"),
    "review:assign": marked("seated reviewers"),
    "review:blocked": marked("found no review team"),
    "review:close": marked("closed the review: everybody has handed in"),
    "review:confirm": marked("confirmed review teams"),
    "review:hand_in": marked("handed in a review"),
    "review:leave": marked("left a review team"),
    "review:lock": marked("kept a reviewer in a seat, or out of it"),
    "review:look": marked("looked whether a review can go on"),
    "review:match": marked("looked for review teams"),
    "review:propose": marked("proposed review teams"),
    "review:rate": marked("saved ratings of a review"),
    "review:reassign": marked("looked for another reviewer"),
    "review:settle": marked("settled ratings that differ"),
    "review:settled": marked("closed the agreeing: every difference is settled"),
    "review:swap": marked("put one reviewer in another’s place"),
    "review:workbook": marked("saved ratings of a review from a workbook"),
    "reviewer:change": marked("changed what is known of a reviewer"),
    "reviewer:register": marked("registered a reviewer"),
    "risk:answer": marked("answered an immediate risk"),
    "risk:look": marked("looked whether an immediate risk is answered in time"),
    "risk:raise": marked("raised an immediate risk"),
    "round:open": marked("opened a round"),
    "scheme:begin_draft": marked("began a draft of the scheme"),
    "scheme:drop_draft": marked("dropped a draft of the scheme"),
    "scheme:keep_cases": marked("kept the worked cases of an edition beside it"),
    "scheme:publish": marked("published an edition"),
    "scheme:publish_draft": marked("made a draft of the scheme into an edition"),
    "scheme:save_draft": marked("saved a draft of the scheme"),
    "team:remove": marked("took out a team that was registered by mistake"),
    "team:rename": marked("gave a team another name"),
    "team:import": marked("registered teams"),
    "token:create": marked("made a token for a program"),
    "upkeep": marked("tidied up"),
    "visit:date": marked("set the days of the visit"),
}
"""What was done, as the ledger calls it -> as people say it of somebody."""

HAPPENED: Mapping[tuple[str, str], str] = {
    ("evidence:expire", "requests"): marked("closed a request for evidence, as its time was over"),
    ("review:answers", "begins"): marked("let the review begin, as everybody who was asked agrees"),
    ("review:answers", "did_not_answer"): marked("counted as a no that a reviewer did not answer in time"),
}
"""Where the engine looked, and something came of it: what was done, and what of the entry tells -> as it is said."""

KINDS: Mapping[str, str] = {
    "cycle": marked("Cycle %(key)s"),
    "team": marked("Team %(key)s"),
    "organisation": marked("Organisation %(key)s"),
    "reviewer": marked("Reviewer %(key)s"),
    "round": marked("Round %(key)s"),
    "person": marked("Person %(key)s"),
    "scheme": marked("Scheme %(key)s"),
    "edition": marked("Edition %(key)s"),
    "hold": marked("Legal hold %(key)s"),
    "job": marked("Job %(key)s of the engine"),
    "token": marked("Token “%(key)s”"),
    "calibration": marked("Calibration exercise %(key)s"),
}
"""What an entry is about, where it has no name."""

_DIGEST = re.compile(r"[0-9a-f]{64}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LONGEST = 400
"""Of a longer value so many characters are shown; the whole stands in the ledger as programs read it."""

NAMES: Mapping[str, str] = {
    "begins": marked("The review begins"), "departs": marked("Departs from the rules"),
    "did_not_answer": marked("Did not answer in time (number of the reviewer)"), "due_on": marked("To be done by"),
}  # fmt: skip
"""A key of an entry -> what people call it, where that is not the key's own words."""

RENAMED = frozenset({"organisation:rename", "team:rename"})
"""What gives another name: such an entry has the name that was given, and the one before."""

_HIDDEN = frozenset({"nonce"})
"""What is kept in an entry so that nobody can guess it, and tells nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One entry."""

    number: int
    when: str
    who: str
    role: str
    done: str
    about: str
    href: str
    detail: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Whether the chain holds: in a sentence, and what to keep of it."""

    holds: bool
    words: str
    rows: tuple[Told, ...]


def lines(found: Sequence[Entered], words: Words) -> tuple[Line, ...]:
    """These entries, in their order."""
    return tuple(_line(one, words) for one in found)


def actions(words: Words) -> list[tuple[str, str]]:
    """Everything that can have been done, to choose from: by its words."""
    return sorted(((key, capital(words(said))) for key, said in DONE.items()), key=lambda one: one[1].casefold())


def _line(one: Entered, words: Words) -> Line:
    role, _, name = one.actor.partition(":")
    about, href = _about(one, words)
    return Line(
        number=one.sequence,
        when=words("%(time)s on %(day)s", time=time_of(one.at), day=words.day(day_of(one.at))),
        who=words("The engine") if role == Role.ENGINE.value else name_of(name or role), role=_role(role, words),
        done=_done(one, words), about=about, href=href,
        detail=(*_detail(one, words), Told(name=words("Fingerprint of the entry"), value=one.digest)),
    )  # fmt: skip


def _done(one: Entered, words: Words) -> str:
    for (action, key), said in HAPPENED.items():
        if action == one.action and one.detail.get(key):
            return words(said)
    return words(DONE[one.action]) if one.action in DONE else one.action.replace("_", " ").replace(":", ": ")


def _detail(one: Entered, words: Words) -> Iterator[Told]:
    for key, value in one.detail.items():
        if key not in _HIDDEN and value not in ("", None):
            yield Told(name=_name(key, words), value=_value(value, words))


def _name(key: str, words: Words) -> str:
    """What is kept under this key, as people call it."""
    if key in NAMES:
        return words(NAMES[key])
    plain = key.removesuffix("_sha256").replace("_", " ")
    return words("Fingerprint of the %(what)s", what=plain) if key.endswith("_sha256") else capital(plain)


def _role(role: str, words: Words) -> str:
    known = {one.value: title for one, title in TITLES.items()}
    return words(known[role]) if role in known else ""


def _about(one: Entered, words: Words) -> tuple[str, str]:
    kind, _, key = one.subject.partition(":")
    if one.action in RENAMED and one.detail["was"] != one.detail["is"]:
        return words("%(now)s, called %(was)s before", now=one.detail["is"], was=one.detail["was"]), ""
    if kind == "edition" and one.named:
        scheme, _, label = one.named.partition(" ")
        return words("Edition %(key)s", key=one.named), f"/college/schemes/{scheme}/editions/{label}"
    href = f"/college/cycles/{key}/ledger" if kind == "cycle" else ""
    if one.named:
        return (words("%(name)s (cycle %(key)s)", name=one.named, key=key) if kind == "cycle" else one.named), href
    if kind in KINDS and key:
        return words(KINDS[kind], key=key[:12] if _DIGEST.fullmatch(key) else key), href
    return capital(one.subject.replace("_", " ")), href


def _value(value: object, words: Words) -> str:
    """What was kept under a key, on a line."""
    said = _said(value, words)
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"


def _said(value: object, words: Words) -> str:
    match value:
        case bool():
            return words("yes") if value else words("no")
        case None:
            return words("nothing")
        case Mapping():
            told = (f"{str(key).replace('_', ' ')}: {_said(one, words)}" for key, one in value.items())
            return ", ".join(told) or words("nothing")
        case list() | tuple():
            return "; ".join(_said(one, words) for one in value) or words("nothing")
        case str() if _DAY.fullmatch(value):
            return words.day(date.fromisoformat(value))
        case _:
            return str(value).replace("_", " ") if not _DIGEST.fullmatch(str(value)) else str(value)


def proof(found: Verification, words: Words) -> Proof:
    """Whether nothing in the past was altered, and what to keep elsewhere to show it again later."""
    if not found.intact:
        said = words(
            "The ledger does not hold: %(why)s Tell whoever looks after the engine at once.", why=found.message
        )
        return Proof(holds=False, words=said, rows=())
    rows = (
        Told(name=words("Entries"), value=str(found.entries)),
        Told(name=words("Fingerprint of the last"), value=found.head or ""),
        Told(name=words("To keep"), value=f"{found.entries}:{found.head}"),
    )
    return Proof(
        holds=True, words=words("The ledger holds: every entry follows from the one before, and none was altered."),
        rows=rows,
    )  # fmt: skip
