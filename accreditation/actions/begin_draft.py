"""Begin a draft of a scheme: of its next edition, or of a scheme that is not there yet."""

from datetime import datetime

from accreditation.actions.drafting import enter_draft
from accreditation.actions.wording import check_untold
from accreditation.database import Database, Session
from accreditation.errors import Contradiction, Fault, Invalid
from accreditation.library import identifier, starter
from accreditation.records import drafts, editions, worked_cases
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.scheme.one_text import as_one

LONGEST_ID = 60


def begin_draft(database: Database, *, principal: Principal, scheme: str, began_from: str, at: datetime) -> int:
    """Begin a draft of this scheme from its published edition with this digest, and the worked cases kept with it;
    says the draft's id.

    Raises NotFound where the edition is not published, Invalid where it is of another scheme.
    """
    permit(principal, Permission.SCHEME_PUBLISH)
    with database.writing() as session:
        row = editions.get(session, began_from)
        if row.scheme != scheme:
            raise Invalid([Fault(where="edition", found=f"one of {row.scheme}", allowed=f"one of {scheme}")])
        return _begun(session, principal, scheme, began_from, worked_cases.whole_text(session, began_from), at)


def begin_scheme(database: Database, *, principal: Principal, scheme: str, title: str, at: datetime) -> int:
    """Begin the draft of a new scheme from a small example that has no fault; says the draft's id.

    Raises Invalid where the id or the title cannot be one, Contradiction where the id is taken.
    """
    permit(principal, Permission.SCHEME_PUBLISH)
    faults = []
    if identifier(scheme) != scheme or len(scheme) > LONGEST_ID:
        allowed = f"small letters, digits and _, beginning with a letter, at most {LONGEST_ID} of them"
        faults.append(Fault(where="id", found=f"'{scheme[:80]}'", allowed=allowed))
    if not title.strip() or len(title) > 200 or not title.isprintable():
        faults.append(Fault(where="title", found="no title on one line", allowed="1 to 200 characters"))
    if faults:
        raise Invalid(faults)
    check_untold([("title", title)])
    files = {name: text.encode() for name, text in starter(identifier=scheme, title=title.strip()).items()}
    with database.writing() as session:
        if editions.all_of(session, scheme) or drafts.open_drafts(session, scheme):
            raise Contradiction(f"There is a scheme '{scheme}' already: begin a draft of it there, or take another id.")
        return _begun(session, principal, scheme, None, as_one(files), at)


def _begun(session: Session, principal: Principal, scheme: str, began_from: str | None, text: str, at: datetime) -> int:
    draft = drafts.begin(session, scheme=scheme, began_from=began_from, by=principal.name, at=at)
    drafts.append(session, draft_id=draft, number=1, text=text, by=principal.name, at=at)
    enter_draft(
        session, action="scheme:begin_draft", principal=principal, scheme=scheme, draft=draft, version=1, text=text,
        at=at,
    )  # fmt: skip
    return draft
