"""What is left to do before a team can send its work to the college, and who sends it: in words, with links."""

from collections.abc import Mapping
from dataclasses import dataclass

from accreditation.rules.cycle import Stage
from accreditation.rules.readiness import Kind
from accreditation.views.submission import LackShown, Submission
from api.presenting.faults import Faults, Told
from api.presenting.moments import day_of
from api.presenting.team.criterion import name_of
from api.presenting.team.due import STAGES
from api.words import Words, capital, marked

KINDS: Mapping[Kind, tuple[str, str]] = {
    "fact": (marked("Facts about your service"), marked("Facts that are not stated yet")),
    "answer": (marked("Answers"), marked("Questions to answer")),
    "evidence": (marked("Evidence"), marked("Evidence to add")),
    "outdated": (marked("Age of your evidence"), marked("Evidence that is too old")),
    "file": (marked("Checks of your files"), marked("Files that reviewers cannot open")),
}
"""Kind of what may be lacking -> what is checked, and the heading over what is left of it."""

OF_STAGE: Mapping[Stage, tuple[Kind, ...]] = {
    Stage.SELF_ASSESSMENT: ("fact", "answer"),
    Stage.EVIDENCE: ("fact", "answer", "evidence", "outdated", "file"),
}
"""What is checked before each stage is sent."""

SENDING: Mapping[Stage, tuple[str, str]] = {
    Stage.SELF_ASSESSMENT: (
        marked("Send the self-assessment"),
        marked("After this, you add your evidence. You can still change your answers until you send the evidence."),
    ),
    Stage.EVIDENCE: (
        marked("Send the evidence"),
        marked(
            "After this, reviewers read your answers and your evidence. You can change nothing more, unless the "
            "college office sends it back to you or a reviewer asks for more."
        ),
    ),
}
"""Stage -> what its button says, and what follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """One thing that is left: its words, what to do about it, and where; `href` is empty where nobody here does it."""

    words: str
    to_do: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of the check list, with what is left of it."""

    name: str
    state: str
    colour: str
    heading: str
    left: tuple[Left, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """The page. `send` is empty where nothing can be sent; `form` says whether whoever looks can send it now."""

    title: str
    lead: str
    checks: tuple[Check, ...]
    later: tuple[Left, ...]
    send: str
    follows: str
    stage: str
    form: bool
    instead: str
    sent: tuple[str, ...]


def sending(one: Submission, root: str, words: Words) -> Sending:
    """The page of the submission of a cycle whose pages begin with `root`."""
    left = {kind: tuple(_left(each, root, one, words) for each in one.lacking if each.kind == kind) for kind in KINDS}
    send, follows = SENDING.get(one.stage, ("", ""))
    return Sending(
        title=words("Check and send"), lead=_lead(one, words),
        checks=tuple(_check(kind, left[kind], words) for kind in OF_STAGE.get(one.stage, ())),
        later=tuple(_left(each, root, one, words) for each in one.lacking if each.kind == "office"),
        send=words(send) if send else "", follows=words(follows) if follows else "", stage=one.stage.value,
        form=one.ready and one.may_submit, instead=_instead(one, words),
        sent=tuple(
            words("%(what)s: sent on %(day)s by %(who)s", what=words(STAGES[each.stage][0]),
                  day=words.day(day_of(each.at)), who=name_of(each.by))
            for each in one.submitted
        ),
    )  # fmt: skip


def unchecked(words: Words) -> Faults:
    """What is said where the lead did not sign off."""
    said = words("Tick the box to say that you have checked everything. Then send it.")
    return Faults((Told(field="checked", words=said),))


def _lead(one: Submission, words: Words) -> str:
    """What is this about, in a sentence?"""
    if not one.open:
        return words("There is nothing to send now.") + " " + words(STAGES[one.stage][1])
    if one.ready:
        return words("Everything is there: it can be sent.")
    number = sum(each.keeps for each in one.lacking)
    said = words.many(
        "%(number)s thing is left to do before this can be sent.",
        "%(number)s things are left to do before this can be sent.", number,
    )  # fmt: skip
    return f"{said} {_due(one, words)}".strip()


def _due(one: Submission, words: Words) -> str:
    if one.due is None:
        return ""
    day = words.day(day_of(one.due))
    if one.late:
        return words("It was due by %(day)s. Ask the college office if you need more time.", day=day)
    return words("It is due by %(day)s.", day=day)


def _instead(one: Submission, words: Words) -> str:
    """What is said where there is no form?"""
    if not one.open or (one.ready and one.may_submit):
        return ""
    if one.may_submit:
        return words("You can send it here once nothing is left to do.")
    if not one.leads:
        return words("Only your team’s lead can send it, and nobody leads your team here yet. Tell the college office.")
    names = words(" or ").join(one.leads)
    if one.ready:
        return words("Only your team’s lead can send it: %(names)s. Say to them that everything is there.", names=names)
    return words(
        "Once nothing is left to do, your team’s lead can send it here: %(names)s. Nobody else in the team can.",
        names=names,
    )  # fmt: skip


def _check(kind: Kind, left: tuple[Left, ...], words: Words) -> Check:
    name, heading = KINDS[kind]
    state = words("%(number)s left", number=len(left)) if left else words("Done")
    return Check(
        name=words(name), state=state, colour="blue" if left else "green", heading=words(heading), left=left
    )  # fmt: skip


def _left(one: LackShown, root: str, whole: Submission, words: Words) -> Left:
    match one.kind:
        case "fact":
            whose = "" if whole.may_submit else words("Your team’s lead answers this.")
            return Left(words=one.name, to_do=whose, href=f"{root}/profile")
        case "office":
            return Left(words=one.name, to_do="", href="")
        case "answer":
            return Left(words=f"{one.about} {one.name}", to_do="", href=f"{root}/criteria/{one.about}")
        case "evidence":
            href = f"{root}/evidence/files?criterion={one.about}"
            return Left(words=f"{one.about} {one.name}", to_do=capital(one.allowed), href=href)
        case "outdated":
            to_do = f"{capital(one.found)}. {capital(one.allowed)}."
            return Left(words=f"{one.about} {one.name}", to_do=to_do, href=f"{root}/evidence?criterion={one.about}")
        case "file":
            return Left(words=one.name, to_do=capital(one.allowed), href=f"{root}/evidence/{one.about}")
