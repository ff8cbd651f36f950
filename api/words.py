"""The words of pages, in English or in another language: one catalogue a language, in `locale/`.

A text is written in English where it stands, and marked: `_("...")` or `{% trans %}` in a template, `words("...")` or
`words.many(...)` in Python, `marked("...")` where it is shown elsewhere. A language that lacks one shows the English.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"

LANGUAGES: Mapping[str, str] = {"en": "English", "cy": "Cymraeg"}
"""Language -> its own name for itself."""

TAGS: Mapping[str, str] = {"en": "en-GB", "cy": "cy"}
"""Language -> as a page names it."""


def marked(text: str) -> str:
    """This text is shown somewhere: it belongs into the catalogues."""
    return text


MONTHS = (
    marked("January"), marked("February"), marked("March"), marked("April"), marked("May"), marked("June"),
    marked("July"), marked("August"), marked("September"), marked("October"), marked("November"), marked("December"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    language: str
    catalogue: NullTranslations = field(repr=False)

    def __call__(self, text: str, **values: object) -> str:
        """This text in the language, with these values in the places that name them, as `%(day)s`."""
        said = self.catalogue.gettext(text)
        return said % values if values else said

    def many(self, one: str, other: str, number: int, **values: object) -> str:
        """The text for so many; `%(number)s` in it is the number."""
        return self.catalogue.ngettext(one, other, number) % {"number": number, **values}

    def day(self, day: date) -> str:
        """The day as the NHS writes it: 3 March 2026."""
        return f"{day.day} {self(MONTHS[day.month - 1])} {day.year}"

    def knows(self, text: str) -> bool:
        """Is this text told in the language?"""
        return self.language == "en" or self.catalogue.gettext(text) != text


@cache
def words_in(language: str) -> Words:
    """The words of this language."""
    file = LOCALE / language / "LC_MESSAGES" / "pages.po"
    return Words(language, _read(file) if file.is_file() else NullTranslations())


def _read(file: Path) -> NullTranslations:
    """The catalogue in this file, as it is edited: nobody has to compile it."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415  (a tenth of a second that only the first page pays)
    from babel.messages.pofile import read_po  # noqa: PLC0415

    compiled = io.BytesIO()
    with file.open("rb") as source:
        write_mo(compiled, read_po(source))
    compiled.seek(0)
    return GNUTranslations(compiled)
