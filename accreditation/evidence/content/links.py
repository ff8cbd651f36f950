"""What a document may point to outside itself, and what it may not fetch when somebody opens it."""

import re

_CLICKED = {"hyperlink", "video", "audio", "media"}
"""Relations that do nothing until a person clicks them."""

_WORKBOOKS = {"externallinkpath", "xlpathmissing", "xlstartup", "xlalternatestartup", "xllibrary", "externallink"}
"""Another workbook that a formula names; Excel asks before it reads it."""

_SCHEMES = {"", "http", "https", "mailto", "tel", "ftp", "file", "sip", "sips", "callto", "onenote", "news"}
"""What a link may begin with. Others start programs (ms-msdt:, search-ms:, javascript:)."""

_FETCHED = (
    "It fetches {what} from the internet when it opens: its sender would see who reads it, and could change it. {do}, "
    "or save the document as a PDF."
)


def link_refusal(relation: str, target: str) -> str | None:
    """Why may a document not have this relation (in lower case, without its path) to this target? None if it may."""
    scheme = scheme_of(target)
    if relation in _CLICKED:
        if scheme in _SCHEMES:
            return None
        return f"It has a link that starts a program ({scheme}:). Remove the link, or save the document as a PDF."
    if not is_remote(target) and relation in _WORKBOOKS | {"attachedtemplate", "image"}:
        return None
    if relation in _WORKBOOKS and scheme in ("http", "https"):
        return None
    if relation == "attachedtemplate":
        return _FETCHED.format(
            what="its template", do="Attach the template Normal instead (Developer, Document Template)"
        )
    if relation == "image":
        return _FETCHED.format(what="a picture", do="Insert the picture itself (File, Info, Edit Links, Break Link)")
    return f"It takes a part of itself ({relation or 'unnamed'}) from elsewhere. Insert that part, or save it as a PDF."


def scheme_of(target: str) -> str:
    """What stands before the first colon of a link, in lower case; empty for a path, also one with a drive letter."""
    found = re.match(r"\s*([a-zA-Z][a-zA-Z0-9+.\-]+):", target)
    return found[1].lower() if found else ""


def is_remote(target: str) -> bool:
    """Would opening this reach beyond the hospital's own network? A share on a server of one plain name does not."""
    scheme = scheme_of(target)
    if scheme not in ("", "file"):
        return True
    path = target.strip().replace("\\", "/")[5 if scheme else 0 :]
    slashes = len(path) - len(path.lstrip("/"))
    if slashes < 2 or (scheme and slashes == 3):
        return False
    server = path.lstrip("/").split("/")[0]
    return any(sign in server for sign in ".@:") and not re.fullmatch(r"[A-Za-z]:", server)
