"""What tells who a patient is, found in a document's text: patients' numbers, dates of birth, hospital numbers."""

from accreditation.rules.identifiers.searching import search
from accreditation.rules.identifiers.values import WORDS, Hit, Lines, Page, What

__all__ = ["WORDS", "Hit", "Lines", "Page", "What", "search"]
