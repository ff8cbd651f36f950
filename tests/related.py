"""A second small scheme, of endoscopy, whose criteria say how they relate to those of the first, and the other way."""

from functools import cache

from accreditation.scheme.model import Scheme
from accreditation.scheme.read import read_standard
from tests.building import FILES, changed

MAPPED = """\
  evidence: [{{title: Plan, required: true, not_older_than: {{months: 12}}}}]
  maps_to:
    - {{scheme: small, criterion: "1.01", relation: {relation}, why: {why}}}
"""


@cache
def endoscopy(relation: str = "equal", why: str = "Both ask for a lead.") -> Scheme:
    """A scheme that asks in 1.01 for what relates so to 1.01 of the small one; with evidence of at most a year."""
    files = changed(
        "criteria/first.yaml", "  evidence: [{title: Job plan, required: true}, {title: Photo, required: false}]\n",
        MAPPED.format(relation=relation, why=why),
    )  # fmt: skip
    scheme = FILES["scheme.yaml"].decode().replace("id: small", "id: endoscopy").replace("A small scheme", "Endoscopy")
    return read_standard({**files, "scheme.yaml": scheme.encode()}).scheme


@cache
def pointing() -> Scheme:
    """The small scheme, whose 2.02 says that it asks more than 2.01 of the scheme of endoscopy."""
    mapped = """\
  measure: {audit: audit, indicator: t_scan, level: B}
  maps_to: [{scheme: endoscopy, criterion: "2.01", relation: superset, why: The audit counts scans too.}]
"""
    old = "  measure: {audit: audit, indicator: t_scan, level: B}\n"
    return read_standard(changed("criteria/second.yaml", old, mapped)).scheme
