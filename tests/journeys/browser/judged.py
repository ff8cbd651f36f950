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

DRAWN = ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block"]
"""The rules of axe about how and where things are drawn: others ask what there is, and whether it is shown at all."""

JUDGE = f"""async ([markup, rules, drawn, shownBefore]) => {{
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
    unseen.forEach((one) => one.setAttribute("data-unseen", ""));
    const root = document.documentElement, sheets = (of) => [...of.querySelectorAll("link[rel=stylesheet]")];
    const known = sheets(document).map((one) => one.href).join();
    if (sheets(shown).map((one) => one.href).join() === known) {{
        sheets(shown).forEach((one) => one.remove());
        document.head.querySelectorAll(":scope > :not([rel=stylesheet])").forEach((one) => one.remove());
        document.head.append(...shown.head.childNodes);
        root.getAttributeNames().forEach((name) => root.removeAttribute(name));
        for (const {{name, value}} of shown.documentElement.attributes) root.setAttribute(name, value);
        root.replaceChild(document.adoptNode(shown.body), document.body);
    }} else {{
        document.replaceChild(document.adoptNode(shown.documentElement), root);
        await Promise.all(sheets(document).map((one) =>
            one.sheet || new Promise((done) => one.addEventListener("load", done))));
    }}
    const isShown = [...document.querySelectorAll("*")].map((one) => +one.checkVisibility({{visibilityProperty: true}}))
        .join("");
    const runOnly = isShown === shownBefore ? drawn : rules;
    const options = {{resultTypes: ["violations"], preload: false, selectors: false, iframes: false}};
    axe.configure({{rules: [{{id: "color-contrast", selector: "[data-unseen]"}}]}});
    const found = await axe.run({{...options, runOnly}});
    const too_wide = {SIDEWAYS}, broken = {BROKEN};
    return [isShown, [
        ...found.violations.flatMap((one) => one.nodes.map((node) => `${{one.id}}: ${{node.html}}`)),
        ...too_wide > 0 ? [`it scrolls sideways by ${{too_wide}} pixels`] : [],
        ...broken.length ? [`it breaks words: ${{broken}}`] : [],
    ]];
}}"""
"""Show this markup, and say what of it is shown, and what is wrong with it; nothing is shown that holds nothing unseen.

What something looks like follows from what it is and what it stands in. So colours, of which the judgement takes
longest, are judged of what is unseen; all else of the whole page. Where another window showed just the same things, all
that is asked in this one is how they are drawn. The styles stay where they are: reading them again takes long.
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
        faults, shown = [], ""
        for width, window in self.windows.items():
            found = await window.evaluate(JUDGE, [markup, RULES, DRAWN, shown])
            if found is None:
                break  # both have seen the same
            shown, wrong = found
            faults += [f"{width} pixels wide: {fault}" for fault in wrong]
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
