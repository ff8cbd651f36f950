"""The text of a Word document: body with tables and text boxes, then headers, notes, comments and properties."""

import zipfile
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from accreditation.evidence.text.bounds import Bounds, Part, lines_in_parts
from accreditation.evidence.text.markup import Gatherer, gathered
from accreditation.evidence.text.package import BROKEN, UNREADABLE, beside, related

DESCRIPTIONS = "descriptions of pictures"


def word_parts(package: zipfile.ZipFile, bounds: Bounds) -> Iterator[Part]:
    """What this document says. Its pages are those that Word saw when it last saved it; within them lines are told."""
    main = _main(package)
    try:
        with package.open(main) as file:
            for page, lines in groupby(gathered(file, Gatherer()), key=itemgetter(0)):
                named = f"page {page}, line" if page else DESCRIPTIONS
                yield from lines_in_parts((line for _, line in lines), named=named, bounds=bounds)
    except BROKEN:
        yield Part(label="the text", text="", unread=UNREADABLE)
    yield from beside(package, bounds=bounds, already=frozenset({main}))


def _main(package: zipfile.ZipFile) -> str:
    """Which part is the document itself? By convention word/document.xml; else what the package says."""
    if "word/document.xml" in package.namelist():
        return "word/document.xml"
    targets = related(package, "").values()
    return next((target for target in targets if target.endswith(".xml") and "docProps" not in target), "")
