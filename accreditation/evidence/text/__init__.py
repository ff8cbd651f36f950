"""What a document says, as pages of text: a generator, bounded, which says what it could not read."""

from accreditation.evidence.text.bounds import Bounds
from accreditation.evidence.text.reading import KINDS, pages_of
from accreditation.rules.identifiers import Page

__all__ = ["KINDS", "Bounds", "Page", "pages_of"]
