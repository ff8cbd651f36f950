"""The college office reminds whoever's turn it is in a cycle, by a letter."""

from collections.abc import Callable
from datetime import datetime

from accreditation.actions.desk import enter, open_cycle
from accreditation.database import Database
from accreditation.errors import Contradiction
from accreditation.records import cycles, editions, jobs, people, reminders, turns
from accreditation.records.reminders import Reminder
from accreditation.rules.grants import Area
from accreditation.rules.letters import Words, reminder_words
from accreditation.rules.people import ENGINE, Principal
from accreditation.rules.permissions import Permission
from accreditation.rules.reminding import may_be_reminded

NO_MAIL = "No mail server is set, so nothing can be sent from here. Write to them yourself: their addresses stand here."
NOBODY = (
    "There is nobody to remind now: whoever’s turn it is cannot sign in, or was reminded within the last day. Each is "
    "reminded once a day at most."
)


def remind(database: Database, *, principal: Principal, cycle_id: int, mail: bool, at: datetime) -> tuple[int, ...]:
    """Write to everybody whose turn it is here and who was not reminded within a day, of whatever cycle; says to whom.

    `mail` is whether there is a mail server. Raises NotFound, NotPermitted, and Contradiction where nobody is left.
    """
    with database.writing() as session:
        desk = open_cycle(session, principal=principal, permission=Permission.CYCLE_REMIND, cycle_id=cycle_id, at=at)
        if not mail:
            raise Contradiction(NO_MAIL)
        turn = turns.whose_turn(session, desk.now, desk.scheme, on=at.date())
        lately = reminders.since(session, turn, may_be_reminded(at))
        whom = tuple(sorted(turn.keys() - lately))
        if not whom:
            raise Contradiction(NOBODY)
        for person in whom:
            row = Reminder(person_id=person, cycle_id=cycle_id, area=turn[person].value, by=principal.name, at=at)
            jobs.enqueue(session, kind=jobs.Kind.REMINDERS, subject=reminders.write(session, row), at=at)
        desk.enter("cycle:remind", {"people": [*whom]})
        return whom


def send_reminder(
    database: Database, *, site: str, post: Callable[[Words], None] | None, job_id: int, at: datetime
) -> bool:  # fmt: skip
    """Send the job's reminder; says whether it went out now. It is gone where there is no mail server by now.

    Raises Unavailable where the server does not take it; the job is tried again. Killed between the server's yes and
    ours, it is sent twice: better than never.
    """
    with database.reading() as session:
        row, sent = reminders.get(session, jobs.subject_of(session, job_id=job_id, kind=jobs.Kind.REMINDERS))
        now, who = cycles.now(session, row.cycle_id), people.get(session, row.person_id)
        title = editions.scheme_of(session, now.edition_digest).title
    goes = post is not None and sent is None
    if post is not None and sent is None:
        post(
            reminder_words(
                to=who.email, name=who.name, area=Area(row.area), site=site,
                about=f"{now.team.name}, {now.organisation.name} ({title}, {now.round.name})",
            )
        )  # fmt: skip
    with database.writing() as session:
        if jobs.carry_out(session, job_id=job_id, kind=jobs.Kind.REMINDERS, at=at) is None:
            return False
        if goes:
            reminders.sent(session, reminder_id=row.id or 0, at=at)
        detail = {"reminder": row.id or 0, "sent": goes}
        enter(session, at=at, by=ENGINE, action="reminder:send", subject=f"person:{row.person_id}", detail=detail)
    return goes
