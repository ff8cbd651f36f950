"""A draft on its way to an edition: what it changes, whom it would concern, and publishing it for good."""

from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.end_draft import publish_draft
from accreditation.errors import Contradiction, Stale, StandardsFaulty
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.drafts import DraftToPublish, draft_shown, draft_to_publish
from accreditation.views.impact import impact
from api.inputs.bounds import LARGEST_ID, SchemeId
from api.pages.college.drafts import DRAFT, DraftId
from api.pages.college.framing import at_college
from api.pages.college.schemes import HERE
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.presenting.college.comparing import compared
from api.presenting.college.impact import impact_page
from api.presenting.college.publishing import publish_facts
from api.presenting.college.scheme_paths import root_of
from api.presenting.faults import Faults, Told
from api.presenting.moments import day_of
from api.visiting import Visit, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Writer = Annotated[Visit, page_guard(Permission.SCHEME_PUBLISH, Area.COLLEGE)]
Sender = Annotated[Visit, form_guard(Permission.SCHEME_PUBLISH, Area.COLLEGE)]

MOST_NAMED = 100
"""So many teams and criteria are named; all are counted."""


@router.get(f"{DRAFT}/compare", response_model=None)
def changes(visit: Writer, scheme: SchemeId, draft: DraftId) -> Response:
    """What does the draft change, beside the edition that was published last?"""
    found = _ready(visit, scheme, draft)
    if found is None or found.before is None:
        return _not_yet(visit, scheme, draft, found)
    told = compared(found.before, found.content, words_of(visit.visitor.request))
    return _at_draft(visit, scheme, draft, "college/draft_changes.html", told=told, before=found.before.edition)


@router.get(f"{DRAFT}/impact", response_model=None)
def whom(visit: Writer, scheme: SchemeId, draft: DraftId) -> Response:
    """Who would get another award, and why?"""
    found = _ready(visit, scheme, draft)
    if found is None:
        return _not_yet(visit, scheme, draft, found)
    shown = impact(visit.database, principal=visit.principal, draft=found.content, limit=MOST_NAMED, at=visit.at)
    told = impact_page(shown, found.content, words_of(visit.visitor.request))
    return _at_draft(visit, scheme, draft, "college/draft_impact.html", told=told)


@router.get(f"{DRAFT}/publish", response_model=None)
def ask(visit: Writer, scheme: SchemeId, draft: DraftId) -> Response:
    """What will be published, in words, before it is."""
    return _publishing(visit, scheme, draft, Faults())


@router.post(f"{DRAFT}/publish", response_model=None)
def publish(
    visit: Sender, scheme: SchemeId, draft: DraftId, seen: Annotated[int, Form(ge=0, le=LARGEST_ID)] = 0,
    checked: Annotated[str, Form(max_length=10)] = "",
) -> Response:  # fmt: skip
    """Publish the draft as it was shown."""
    words = words_of(visit.visitor.request)
    if not checked:
        said = words("Tick that you have checked what will be published. It cannot be changed afterwards.")
        return _publishing(visit, scheme, draft, Faults((Told(field="checked", words=said),)))
    try:
        publish_draft(visit.database, principal=visit.principal, scheme=scheme, draft_id=draft, seen=seen, at=visit.at)
    except (Stale, Contradiction, StandardsFaulty) as refusal:
        said = {
            Stale: words("Another version was saved since you opened this page. Look at it, then publish."),
            StandardsFaulty: words("There are faults in the text. Mend them first."),
        }.get(type(refusal), str(refusal))
        return _publishing(visit, scheme, draft, Faults((Told(field="checked", words=said),)), status=409)
    return RedirectResponse(f"{root_of(scheme)}/drafts/{draft}", SEE_OTHER)


def _ready(visit: Visit, scheme: str, draft: int) -> DraftToPublish | None:
    found = draft_shown(visit.database, principal=visit.principal, scheme=scheme, draft_id=draft)
    return draft_to_publish(visit.database, principal=visit.principal, draft=found)


def _not_yet(visit: Visit, scheme: str, draft: int, found: DraftToPublish | None) -> Response:
    """Why there is nothing to see yet: the draft has faults, or there is no edition beside which it could be laid."""
    return _at_draft(visit, scheme, draft, "college/draft_not_yet.html", sound=found is not None)


def _publishing(visit: Visit, scheme: str, draft: int, faults: Faults, *, status: int = 0) -> Response:
    words = words_of(visit.visitor.request)
    found = draft_shown(visit.database, principal=visit.principal, scheme=scheme, draft_id=draft)
    ready = draft_to_publish(visit.database, principal=visit.principal, draft=found)
    refused = status or (422 if faults else 0)
    if ready is None or found.ended is not None:
        return _at_draft(
            visit, scheme, draft, "college/draft_not_yet.html", sound=ready is not None, ended=found.ended,
            status=refused,
        )  # fmt: skip
    lead = "" if ready.before is None else compared(ready.before, ready.content, words).lead
    return _at_draft(
        visit, scheme, draft, "college/publish_draft.html", faults=Faults() if ready.label_taken else faults,
        status=refused, seen=found.saved.number,
        facts=publish_facts(ready, lead, words, today=day_of(visit.at)), taken=ready.label_taken,
        label=ready.content.edition,
    )  # fmt: skip


def _at_draft(visit: Visit, scheme: str, draft: int, template: str, **values: Any) -> Response:
    root = root_of(scheme)
    title = draft_shown(visit.database, principal=visit.principal, scheme=scheme, draft_id=draft).title
    caption = words_of(visit.visitor.request)("Draft %(number)s: %(scheme)s", number=draft, scheme=title)
    return at_college(
        visit, template, here=HERE, caption=caption, root=root, address=f"{root}/drafts/{draft}", **values
    )
