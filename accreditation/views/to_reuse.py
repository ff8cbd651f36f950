"""Everything of a team's library that a cycle could use: what is offered, what is suggested, and all that there is."""

from datetime import datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.records import library_items
from accreditation.rules.cycle import Move
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.views.criteria import CriterionNamed, named
from accreditation.views.looking import Shown, look
from accreditation.views.open_moves import open_moves
from accreditation.views.reuse import Offers, offers_here
from accreditation.views.suggestions import Suggestions, suggestions_here


class ToReuse(Shown):
    """What the team's library has for this cycle. Nothing of it is attached before a person says so."""

    cycle: int
    team: int = Field(description="Whose library it is.")
    may_attach: bool
    offers: Offers
    suggestions: Suggestions
    documents: tuple[tuple[int, str], ...] = Field(description="Newest version of each document -> its title.")
    criteria: tuple[CriterionNamed, ...]


def to_reuse(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> ToReuse:
    """What of its library can a team use in this cycle, and what for? Raises NotFound, NotPermitted."""
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.LIBRARY_READ, cycle_id=cycle_id)
        kept = library_items.in_hand(session, looked.now.cycle.team_id)
        return ToReuse(
            cycle=cycle_id, team=looked.now.cycle.team_id,
            offers=offers_here(looked, at), suggestions=suggestions_here(looked, at),
            may_attach=any(one.move is Move.ATTACH_EVIDENCE for one in open_moves(looked, at=at)),
            documents=tuple((one.newest.id, one.newest.described.title) for one in kept),
            criteria=tuple(named(looked, one) for one in looked.applicable),
        )  # fmt: skip
