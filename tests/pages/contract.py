"""What every page promises, whoever asks for it: looked at in each page that any test fetches."""

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import pairwise

import turbohtml
from turbohtml import Document, Element

from api.pages.rendering import POLICY, POLICY_WITH_FILES

LANGUAGES = ("en-GB", "cy")
WORD = "nhsuk-error-message"
VOID = {"meta", "link", "input", "img", "br", "hr"}
"""Elements that have no end."""

SUMMARY = ".nhsuk-error-summary"

Alive = Callable[[str, str], bool]
"""Does something answer to this method at this address?"""


def parsed(html: str) -> Document:
    """The page as a browser reads it."""
    return turbohtml.parse(html)


def text_of(element: Element) -> str:
    """The words of it, with one space between."""
    return " ".join(element.text.split())


def title_of(page: Document) -> str:
    return " ".join(text_of(one) for one in page.select("head > title"))


def broken_promises(html: str, *, policy: str | None, alive: Alive) -> list[str]:
    """What this page lacks, in words; nothing where it keeps every promise."""
    page = parsed(html)
    return [
        *([] if policy == (POLICY_WITH_FILES if page.select("iframe") else POLICY) else [f"its policy is {policy}"]),
        *(f"its markup: {one}" for one in (*page.errors, *_Nesting(html).wrong)),
        *_frame(page),
        *_names(page),
        *_inline(page),
        *faults_told(page),
        *_addresses(page, alive),
    ]


class _Nesting(HTMLParser):
    """Does every element end, and where it should? A browser mends what does not, each in its own way."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self._open: list[str] = []
        self.wrong: list[str] = []
        self.feed(html)
        self.wrong += [f"{tag} does not end" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """It ends where it begins."""

    def handle_endtag(self, tag: str) -> None:
        if self._open[-1:] == [tag]:
            self._open.pop()
        else:
            self.wrong.append(f"{tag} ends where {(self._open or ['nothing'])[-1]} is open")


def _frame(page: Document) -> Iterator[str]:
    """A language, one title, one first heading and no rank left out, one main part that can be skipped to."""
    if [one.attrs.get("lang") in LANGUAGES for one in page.select("html")] != [True]:
        yield "it does not say its language"
    for part in ("head > title", "h1", "main", "body > header", "body > footer"):
        if [bool(text_of(one)) for one in page.select(part)] != [True]:
            yield f"it has not just one {part} with words in it"
    ranks = [int(one.tag[1]) for one in page.select("h1, h2, h3, h4, h5, h6")]
    if any(after > before + 1 for before, after in pairwise(ranks)):
        yield f"a rank of headings is left out: {ranks}"
    first = next(iter(page.select("body a")), None)
    if first is None or first.attrs.get("href") != f"#{page.select('main')[0].attrs.get('id')}":
        yield "its first link does not lead to its main part"


def _names(page: Document) -> Iterator[str]:
    """Every field, button, link, picture and table has a name, and no two things have the same id."""
    ids = [str(one.attrs["id"]) for one in page.select("[id]")]
    yield from (f"two things have the id {one}" for one in sorted({one for one in ids if ids.count(one) > 1}))
    labelled = {one.attrs.get("for") for one in page.select("label") if text_of(one)}
    for field in page.select("input, select, textarea"):
        if field.attrs.get("type") not in ("hidden", "submit") and field.attrs.get("id") not in labelled:
            yield f"the field {field.attrs.get('name')} has no label"
    for one in page.select("a, button"):
        if not text_of(one) and not one.attrs.get("aria-label"):
            yield f"a link or button has no words: {one.html}"
    yield from (f"a picture has no words: {one.html}" for one in page.select("img:not([alt])"))
    for one in page.select("[aria-labelledby], [aria-describedby]"):
        for name in ("aria-labelledby", "aria-describedby"):
            missing = {*str(one.attrs.get(name, "")).split()} - {*ids}
            if missing:
                yield f"{name} points at nothing: {missing}"


def _inline(page: Document) -> Iterator[str]:
    """No script or style in the page itself, and no frame but one of ours that says what is in it and waits."""
    framed = "iframe:not([src^='/']), iframe:not([title]), iframe:not([loading='lazy']), iframe[srcdoc]"
    if page.select(f"style, [style], script:not([src]), {framed}, base, object, embed"):
        yield "a script, a style or a frame stands in it"
    yield from (f"{one.tag} has {name}" for one in page.select("*") for name in one.attrs if name.startswith("on"))


def faults_told(page: Document) -> Iterator[str]:
    """Every fault of a form stands in the summary, in the order of the page, and beside its field."""
    links = [one.attrs.get("href") for one in page.select(f"{SUMMARY} a")]
    told, places = {*links}, [f"#{one.attrs['id']}" for one in page.select("[id]")]
    if links != sorted(links, key=lambda link: places.index(link) if link in places else 0):
        yield f"the summary tells {links}, which follow one another otherwise on the page"
    beside = set()
    for word in page.select(f".{WORD}"):
        fields = page.select(f"[aria-describedby~='{word.attrs.get('id')}']")
        beside |= {f"#{one.attrs.get('id')}" for one in fields}
        if not fields:
            yield f"no field is described by the fault: {text_of(word)}"
    grouped = {f"#{one.attrs['id']}" for one in page.select(".nhsuk-form-group--error [id]")}
    if (
        not beside <= told | {f"#{one.attrs.get('id')}" for one in page.select("fieldset")}
        or not told <= grouped | beside
    ):
        yield f"the summary tells {told} and the fields {beside}"
    if bool(told) != bool(page.select(".nhsuk-form-group--error")):
        yield "faults are told in one place only"


def led_nowhere(page: Document) -> Iterator[str]:
    """Every link to a place in the page leads to one that is there: from a fault to its field, before all."""
    ids = {f"#{one.attrs['id']}" for one in page.select("[id]")}
    for one in page.select("[href^='#']"):
        if one.attrs["href"] not in ids:
            yield f"{one.attrs['href']} is not in the page"


def _addresses(page: Document, alive: Alive) -> Iterator[str]:
    """Nothing comes from elsewhere, and whatever is named is there."""
    yield from led_nowhere(page)
    for one in page.select("[href], [src], [action], [formaction], [srcset], [poster], [data]"):
        for name in ("href", "src", "action", "formaction", "srcset", "poster", "data"):
            if name not in one.attrs:
                continue
            target = str(one.attrs[name])
            if target.startswith(("#", "mailto:")):
                continue  # in the page itself, or a letter that the reader's own program begins
            if not target.startswith("/") or target.startswith("//"):
                yield f"{target} is elsewhere"
            elif not alive(_method(one, name), target.partition("#")[0]):
                yield f"nothing answers at {target}"


def _method(one: Element, name: str) -> str:
    """By which method does this go there? A button that sends its form elsewhere sends it as the form does: by POST."""
    return "POST" if name == "formaction" else str(one.attrs.get("method", "get")).upper()
