"""How a page is made from its template: strict, escaped, with nothing from elsewhere."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

API = Path(__file__).parent.parent

STATIC = API / "static"

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a page may load: its own style sheet, and nothing else."""

_PAGES = Environment(
    loader=FileSystemLoader(API / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def rendered(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """The page of this template with these values."""
    content: Mapping[str, Any] = {"path": request.url.path, **values}
    html = _PAGES.get_template(template).render(content)
    return HTMLResponse(html, status, {"Content-Security-Policy": POLICY})
