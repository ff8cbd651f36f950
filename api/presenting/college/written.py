"""What an author wrote in the language of standards, as people read it: titles for ids, and no keys or braces."""

import re
from collections.abc import Iterable, Mapping

from accreditation.scheme.model import Scheme
from api.words import Words, marked

PROSE = frozenset(
    {"its title", "its statement", "its guidance", "its public wording", "its meaning", "its question", "its note",
     "its because", "the title", "what is said about it", "is new", "is withdrawn"}
)  # fmt: skip
"""What a change is about where its texts are sentences already."""

_BOUND = re.compile(r"(at_least|above|at_most|below): (\S+) \((.*)\)")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_MARKS = str.maketrans({"{": "(", "}": ")", "[": None, "]": None, '"': None})
_ABOUT = re.compile(r"(.*?)(outcome|score|type|rating|fact|seat|source|audit) ([A-Za-z][A-Za-z0-9_-]*)")

BOUNDS: Mapping[str, str] = {
    "at_least": marked("at least %(number)s %(unit)s"), "above": marked("more than %(number)s %(unit)s"),
    "at_most": marked("at most %(number)s %(unit)s"), "below": marked("less than %(number)s %(unit)s"),
}  # fmt: skip
"""How a threshold is bound -> how that is said."""

YES_OR_NO: Mapping[str, str] = {"true": marked("yes"), "false": marked("no")}


class Author:
    """Reads what the authors of these editions wrote: the later edition's title of an id is the one that is told."""

    def __init__(self, editions: Iterable[Scheme], words: Words) -> None:
        self._words = words
        self._titles: dict[str, str] = {}
        for scheme in editions:
            self._titles |= _titles(scheme)

    def about(self, about: str) -> str:
        """What a change is about, by the title of it: type “Essential” where it is 'type essential'."""
        named = _ABOUT.fullmatch(about)
        if named is None or named[3] not in self._titles:
            return about
        return f"{named[1]}{named[2]} “{self._titles[named[3]]}”"

    def value(self, text: str) -> str:
        """A value, a rule or a table on one line, without the keys and marks of the language."""
        bound = _BOUND.fullmatch(text)
        if bound is not None:
            return self._words(BOUNDS[bound[1]], number=bound[2], unit=bound[3]).strip()
        plain = text[1:-1] if text.startswith("{") and text.endswith("}") else text
        return _WORD.sub(self._word, plain).translate(_MARKS)

    def _word(self, found: re.Match[str]) -> str:
        word, before, after = found[0], found.string[: found.start()].rstrip(), found.string[found.end() :]
        if before[-1:] in ("", "{", "[", ",", ":") and after[:1] in ("", "}", "]", ","):  # it is a whole value
            if word in YES_OR_NO:
                return self._words(YES_OR_NO[word])
            if word in self._titles:
                return f"“{self._titles[word]}”"
        return word.replace("_", " ")


def _titles(scheme: Scheme) -> dict[str, str]:
    """Every id of this edition that stands for something with a title, a criterion apart."""
    scales = [scheme.scale, *scheme.scales.values()]
    return {
        **{name: rating.title for scale in scales for name, rating in scale.items()},
        **{name: one.title for name, one in scheme.types.items()},
        **{name: one.title for name, one in scheme.scores.items()},
        **{name: one.title for name, one in scheme.sources.items()},
        **{name: one.title for name, one in scheme.audits.items()},
        **{name: one.question for name, one in scheme.profile.items()},
        **{seat.role: seat.title for seat in scheme.review_team},
        **{one.outcome: one.title for one in scheme.award},
    }
