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

from markupsafe import Markup, escape

LOCALE = Path(__file__).parent / "locale"

LANGUAGES: Mapping[str, str] = {"en": "English", "cy": "Cymraeg"}
"""Language -> its own name for itself."""

TAGS: Mapping[str, str] = {"en": "en-GB", "cy": "cy"}
"""Language -> as a page names it."""


def marked(text: str) -> str:
    """This text is shown somewhere: it belongs into the catalogues."""
    return text


def capital(text: str) -> str:
    """The same with a capital at its beginning."""
    return f"{text[:1].upper()}{text[1:]}"


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
        return _filled(self.catalogue.gettext(text), values)

    def many(self, one: str, other: str, number: int, **values: object) -> str:
        """The text for so many; `%(number)s` in it is the number."""
        return _filled(self.catalogue.ngettext(one, other, number), {"number": number, **values})

    def english(self, text: str) -> str:
        """This text, which a scheme says in English; in a page of another language it is marked as that."""
        return text if self.language == "en" or not text else Markup('<span lang="en-GB">{}</span>').format(text)

    def day(self, day: date) -> str:
        """The day as the NHS writes it: 3 March 2026."""
        return f"{day.day} {self(MONTHS[day.month - 1])} {day.year}"

    def knows(self, text: str) -> bool:
        """Is this text told in the language?"""
        return self.language == "en" or self.catalogue.gettext(text) != text


def _filled(said: str, values: Mapping[str, object]) -> str:
    """The text with its values; where one of them is markup it is markup, and everything else in it is not."""
    if not values:
        return said
    return escape(said) % values if any(isinstance(one, Markup) for one in values.values()) else said % values


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
