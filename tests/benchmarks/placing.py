"""How often the criterion of a document is suggested, beside baselines, and what a suggestion costs."""

from accreditation.rules.placing import suggest
from tests.benchmarks.measuring import cpu_ms, print_table
from tests.rules.placing.documents import HALVES, documents
from tests.rules.placing.measured import (
    Way,
    by_suggestion,
    by_text_alone,
    by_title_in_text,
    by_titles,
    measured,
)
from tests.shipped import shipped

SEED, EACH = 90_125, 4

WAYS: tuple[tuple[str, Way], ...] = (
    ("suggested", by_suggestion),
    ("suggested, the document's title taken away", by_text_alone),
    ("baseline: words that both titles share", by_titles),
    ("baseline: words of the criterion's title in the text", by_title_in_text),
)

PAGES = 40
"""Of the longest document that is timed, about 2,500 characters each."""


def run() -> None:
    """Measure and print: accuracy of each way on each half, then milliseconds a document."""
    criteria = shipped("stroke").scheme.criteria
    rows = []
    for half in HALVES:
        for name, way in WAYS:
            found = measured(documents(half=half, seed=SEED, each=EACH), criteria=criteria, way=way)
            seen = "chosen on" if half == "first" else "held out"
            rows.append(
                (name, seen, found.documents, f"{found.top_1:.3f}", f"{found.top_3:.3f}",
                 f"{found.left_alone} of {found.unrelated}")
            )  # fmt: skip
    print_table(
        f"Documents placed among {sum(bool(one.evidence) for one in criteria)} criteria of the stroke standard",
        ("way", "half", "documents", "top-1", "top-3", "unrelated left alone"),
        rows,
    )
    texts = [one.text for one in documents(half="second", seed=SEED)]
    long = "\n".join(texts)
    long = (long * (PAGES * 2_500 // len(long) + 1))[: PAGES * 2_500]
    print_table(
        "Suggestions for one document, the criteria read anew: CPU ms",
        ("document", "characters", "ms"),
        [("short", sum(map(len, texts)) // len(texts),
          f"{cpu_ms(lambda n: suggest(texts[n % len(texts)], criteria=criteria), times=40):.1f}"),
         (f"{PAGES} pages", len(long), f"{cpu_ms(lambda _: suggest(long, criteria=criteria), times=5):.1f}")],
    )  # fmt: skip


if __name__ == "__main__":
    run()
