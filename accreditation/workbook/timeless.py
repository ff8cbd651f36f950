"""A workbook's bytes that say what is in it and not when it was made: the same content has the same bytes."""

import io
import re
import zipfile

from openpyxl import Workbook

_WHEN = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_NEVER = b"1980-01-01T00:00:00Z"


def timeless(book: Workbook) -> bytes:
    """The workbook as a file, without the moment at which it was written.

    Else two files of one content would differ, and a reviewer's file would tell something that it does not hold.
    """
    told, kept = io.BytesIO(), io.BytesIO()
    book.save(told)
    with zipfile.ZipFile(told) as parts, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as without:
        for name in parts.namelist():
            content = parts.read(name)
            if name == "docProps/core.xml":
                content = _WHEN.sub(rb"\g<1>" + _NEVER, content)
            without.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)  # a part's date is then 1980 too
    return kept.getvalue()
