"""The handbook for authors as a page: its Markdown in the look of the site, and whatever else it holds left out."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

CLASSES = {
    "h2": "nhsuk-heading-l",
    "h3": "nhsuk-heading-m",
    "h4": "nhsuk-heading-s",
    "p": "nhsuk-body",
    "ul": "nhsuk-list nhsuk-list--bullet",
    "ol": "nhsuk-list nhsuk-list--number",
    "a": "nhsuk-link",
    "table": "nhsuk-table",
    "thead": "nhsuk-table__head",
    "tbody": "nhsuk-table__body",
    "tr": "nhsuk-table__row",
    "th": "nhsuk-table__header",
    "td": "nhsuk-table__cell",
}
"""How the design system calls each element."""

LEFT_OUT = ("html_block", "html_inline")
"""HTML in the text is for those who read the file: it never comes into a page."""

_NO_PART_OF_AN_ADDRESS = re.compile(r"[^\w\- ]")


@dataclass(frozen=True, slots=True)
class Handbook:
    """Its title, and what stands below it."""

    title: str
    html: Markup


@lru_cache(maxsize=2)
def handbook_page(text: str, example: str) -> Handbook:
    """The handbook with this text; `example` is what somebody who listens hears before each block of code."""
    markdown = MarkdownIt("commonmark").enable("table")
    tokens = [one for one in markdown.parse(text) if one.type not in LEFT_OUT]
    title = tokens[1].content
    body = list(_dressed(tokens[3:], example))
    return Handbook(title, Markup(markdown.renderer.render(body, markdown.options, {})))  # noqa: S704  (no HTML of the text is left)


def _dressed(tokens: Sequence[Token], example: str) -> Iterator[Token]:
    """The tokens with classes, each heading under the address by which the text itself leads to it."""
    seen: Counter[str] = Counter()
    under = ""
    for at, one in enumerate(tokens):
        if one.type == "fence":
            yield _code(one, example)
            continue
        if one.nesting == 1 and one.tag in CLASSES:
            one.attrSet("class", CLASSES[one.tag])
        if one.type == "heading_open":
            under = _address(tokens[at + 1], seen)
            one.attrSet("id", under)
        if one.type == "table_open":
            one.attrSet("aria-labelledby", under)
        if one.type == "th_open" and tokens[at + 1].content:
            one.attrSet("scope", "col")
        if one.tag == "th" and not tokens[at + one.nesting].content:
            one.tag = "td"  # the corner of a table heads nothing
        if one.children is not None:
            one.children = list(_within(one.children))
        yield one


def _within(tokens: Sequence[Token]) -> Iterator[Token]:
    """What stands in a line: links lead within the page, as whoever reads it on the site has no other file."""
    leads = False
    for one in tokens:
        if one.type in LEFT_OUT:
            continue
        if one.type == "link_open":
            leads = str(one.attrs.get("href", "")).startswith("#")
            one.attrSet("class", CLASSES["a"])
        if one.tag != "a" or leads:
            yield one


def _address(heading: Token, seen: Counter[str]) -> str:
    """The name that GitHub gives this heading, by which the text leads to it; the second of a name has its number."""
    words = "".join(one.content for one in heading.children or ())
    name = _NO_PART_OF_AN_ADDRESS.sub("", words.lower()).replace(" ", "-")
    seen[name] += 1
    return name if seen[name] == 1 else f"{name}-{seen[name] - 1}"


def _code(fence: Token, example: str) -> Token:
    """A block of code, which can be moved sideways by keyboard where it is wider than the window."""
    block = Markup(
        '<pre class="site-source site-code" role="group" aria-label="{}" tabindex="0"><code>{}</code></pre>\n'
    )
    return Token("html_block", "", 0, content=str(block.format(example, escape(fence.content))))
