"""What axe says of a page, in a wide window and in the smallest: of whatever anybody comes to, with scripts or without.

The page itself is left alone. As it stands, what its scripts did to it included, it is shown once more in two windows
in which axe is loaded already: there it has the same styles, and no scripts, so that a page that was read without any
is judged like the others. What axe has seen in a page before it need not see again: the same thing, in the same things.
"""

from dataclasses import dataclass
from typing import Self

from playwright.async_api import Browser, Page

from tests.journeys.browser.served import AXE

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
"""The rules of axe that hold: WCAG 2.2 at AA, and what its makers advise besides."""

WIDE, NARROW = (1280, 900), (320, 256)
"""The windows in CSS pixels: one on a desk, and the same zoomed to 400 %, which is as wide as a telephone."""

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
"""By how many pixels the page is wider than its window."""

BROKEN = """(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), broken = [];
    for (let text; (text = texts.nextNode());) {
        if (text.parentElement.closest("code")) continue;
        for (const {0: word, index} of text.data.matchAll(/(?<![\\p{L}\\d_-])\\p{L}{2,24}(?![\\p{L}\\d_-])/gu)) {
            const range = document.createRange();
            range.setStart(text, index);
            range.setEnd(text, index + word.length);
            if (new Set([...range.getClientRects()].map((one) => one.top)).size > 1) broken.push(word);
        }
    }
    return broken;
})()"""
"""Words that end on another line than they begin, though they are short enough for one. What is code is no word."""

JUDGE = f"""async ([markup, tags]) => {{
    const shown = new DOMParser().parseFromString(markup, "text/html"), kinds = new Map(), unseen = [];
    window.seen ??= new Map();
    for (const one of shown.querySelectorAll("*")) {{
        const told = [...one.attributes].map(({{name, value}}) =>
            name + (["class", "lang", "type", "role"].includes(name) ? value : "")).sort();
        const speaks = [...one.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
        const kind = `${{kinds.get(one.parentElement) ?? ""}}>${{one.tagName}} ${{told.join(" ")}} ${{speaks}}`;
        if (!window.seen.has(kind)) {{
            window.seen.set(kind, window.seen.size);
            unseen.push(one);
        }}
        kinds.set(one, window.seen.get(kind));
    }}
    if (!unseen.length) return null;
    document.replaceChild(document.adoptNode(shown.documentElement), document.documentElement);
    await Promise.all([...document.querySelectorAll("link[rel=stylesheet]")].map((one) =>
        one.sheet || new Promise((done) => one.addEventListener("load", done))));
    const options = {{resultTypes: ["violations"], preload: false, selectors: false, iframes: false}};
    const contrast = "color-contrast", drawn = unseen.filter((one) => one.isConnected && document.body.contains(one));
    const found = await axe.run({{...options, runOnly: tags, rules: {{[contrast]: {{enabled: false}}}}}});
    const colours = drawn.length ? await axe.run(drawn, {{...options, runOnly: [contrast]}}) : {{violations: []}};
    const too_wide = {SIDEWAYS}, broken = {BROKEN};
    return [
        ...[...found.violations, ...colours.violations].flatMap((one) =>
            one.nodes.map((node) => `${{one.id}}: ${{node.html}}`)),
        ...too_wide > 0 ? [`it scrolls sideways by ${{too_wide}} pixels`] : [],
        ...broken.length ? [`it breaks words: ${{broken}}`] : [],
    ];
}}"""
"""Show this markup, and say what is wrong with it; nothing is shown that holds nothing unseen.

What something looks like follows from what it is and what it stands in. So colours, of which the judgement takes
longest, are judged of what is unseen; all else of the whole page.
"""


@dataclass(frozen=True, kw_only=True)
class Judge:
    """Two windows in which pages are judged."""

    windows: dict[int, Page]

    @classmethod
    async def sits(cls, browser: Browser, address: str) -> Self:
        """Open both on this site."""
        windows = {}
        for width, height in (WIDE, NARROW):
            context = await browser.new_context(viewport={"width": width, "height": height}, locale="en-GB")
            windows[width] = await context.new_page()
            await windows[width].goto(address)
            await windows[width].add_script_tag(url=AXE)
            await unpainted(windows[width])
        return cls(windows=windows)

    async def faults(self, markup: str) -> list[str]:
        """What is wrong with this page, in words, and how wide the window is in which it is."""
        faults = []
        for width, window in self.windows.items():
            found = await window.evaluate(JUDGE, [markup, RULES])
            if found is None:
                break  # both have seen the same
            faults += [f"{width} pixels wide: {fault}" for fault in found]
        return faults


async def unpainted(page: Page) -> None:
    """Put this window away. Its page is laid out as before, and takes keys; but nobody sees it, so nothing is painted,
    which is half of what a browser does. A mouse cannot be used in it: to click, one waits for what is painted.
    """
    session = await page.context.new_cdp_session(page)
    window = await session.send("Browser.getWindowForTarget")
    away = {"windowId": window["windowId"], "bounds": {"windowState": "minimized"}}
    await session.send("Browser.setWindowBounds", away)
    await session.detach()
