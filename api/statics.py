"""The files that pages are shown with: styles, scripts and pictures, each at an address that names its content.

An address carries a digest, so a browser keeps what it has for a year and still has the new one at once. They are the
only answers that are compressed: a page may hold a secret beside words that somebody else chose, these never do.
"""

import gzip
import hashlib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from accreditation.errors import Unavailable
from accreditation.rules.colours import words_on

STATIC = Path(__file__).parent / "static"

KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
"""How a file's name ends -> what it is; nothing else is served."""

KEPT = "public, max-age=31536000, immutable"

_LEAST = 1000
"""Bytes below which compressing saves nothing."""


class Statics:
    """The files of one site, in groups: the design system's with ours, which name them, and the college's colours."""

    def __init__(self, *, colour: str) -> None:
        groups = {"site": {**_lying_in(STATIC / "nhsuk"), **_lying_in(STATIC)}, "brand": _brand(colour)}
        if "nhsuk.css" not in groups["site"]:
            raise Unavailable(
                f"The pages' styles are missing in {STATIC / 'nhsuk'}. They are put there when the project is built or "
                "installed: say `make .venv/ready`."
            )
        self._files = {
            f"{group}.{_digest(files)}/{name}": content
            for group, files in groups.items()
            for name, content in files.items()
        }
        self._addresses = {path.partition("/")[2]: f"/static/{path}" for path in self._files}

    def address(self, name: str) -> str:
        """Where the file of this name is served. Raises KeyError where there is none: a fault of a template."""
        return self._addresses[name]

    @property
    def route(self) -> Route:
        """What serves them."""
        return Route("/static/{path:path}", self._serve, include_in_schema=False, name="static")

    async def _serve(self, request: Request) -> Response:
        path = request.path_params["path"]
        content = self._files.get(path)
        if content is None:
            raise HTTPException(404)
        headers = {"Cache-Control": KEPT, "Vary": "Accept-Encoding"}
        if len(content) >= _LEAST and _takes_gzip(request.headers.get("accept-encoding", "")):
            content, headers["Content-Encoding"] = _zipped(content), "gzip"
        return Response(content, headers=headers, media_type=KINDS[Path(path).suffix])


@cache
def _lying_in(folder: Path) -> Mapping[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.glob("*")) if file.suffix in KINDS}


def _brand(colour: str) -> Mapping[str, bytes]:
    """The college's colour, and that of words on it."""
    return {"brand.css": f":root {{ --college: {colour}; --on-college: {words_on(colour)}; }}\n".encode()}


def _digest(files: Mapping[str, bytes]) -> str:
    return hashlib.sha256(b"\0".join(files.values())).hexdigest()[:12]


@lru_cache(maxsize=32)
def _zipped(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


def _takes_gzip(accepted: str) -> bool:
    """Does this header accept gzip?"""
    offers = [offer.replace(" ", "").lower().split(";") for offer in accepted.split(",")]
    return any(name == "gzip" and not {"q=0", "q=0.0"} & set(rest) for name, *rest in offers)
