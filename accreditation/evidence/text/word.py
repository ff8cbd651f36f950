"""The text of a Word document: body with tables and text boxes, then headers, notes, comments and properties."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from accreditation.evidence.text.bounds import Bounds, Part, lines_in_parts
from accreditation.evidence.text.markup import Gatherer, gathered
from accreditation.evidence.text.package import ASIDE, BROKEN, UNREADABLE, beside, related


def word_parts(package: zipfile.ZipFile, bounds: Bounds) -> Iterator[Part]:
    """What this document says. Its pages are those that Word saw when it last saved it; within them lines are told."""
    main = _main(package)
    try:
        with package.open(main) as file:
            for page, lines in groupby(gathered(file, Gatherer()), key=itemgetter(0)):
                named = f"page {page}, line" if page else ASIDE
                for piece in lines_in_parts((line for _, line in lines), named=named, bounds=bounds):
                    yield replace(piece, beside=not page)
    except BROKEN:
        yield Part(label="the text", text="", unread=UNREADABLE)
    yield from beside(package, bounds=bounds, already=frozenset({main}))


def _main(package: zipfile.ZipFile) -> str:
    """Which part is the document itself? What the package says, as programs follow it; else word/document.xml."""
    names = package.namelist()
    targets = [target for target in related(package, "").values() if target in names]
    return next((target for target in targets if re.fullmatch(r"word/[^/]*\.xml", target)), "word/document.xml")
