"""How much of what tells of patients is found in documents of every format, and how fast the search reads."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from accreditation.evidence.text import pages_of, picture
from accreditation.rules.identifiers import search
from tests.benchmarks.measuring import print_table
from tests.evidence.text import writing
from tests.evidence.text.measured import OWN, SEEN_FORMATS, TEXT_FORMATS, Measured, made
from tests.evidence.text.planting import DECOYS, FILLERS

SEED = 410_207
"""Nothing was tuned on these documents; the tests have seeds of their own."""

EACH, SEEN = 36, 6
"""Documents of each format, and of each that is read by eye, a second or more a page."""

PAGES = 100


def run() -> None:
    """Measure and print: what is found and what is not, then pages a second."""
    with tempfile.TemporaryDirectory() as folder:
        _found(Path(folder))
        _speed(Path(folder))


def _found(folder: Path) -> None:
    seen = SEEN_FORMATS if picture.reader() else ()
    measured = Measured()
    for formats, each in ((TEXT_FORMATS, EACH), (seen, SEEN)):
        for number, one in enumerate(made(seed=SEED, each=each, formats=formats)):
            measured.add(one, one.write(folder / f"{number}.{one.form}"))
    forms = [*TEXT_FORMATS, *seen]
    print_table(
        f"Patients' data in {measured.documents} made documents in {len(forms)} formats",
        ("what, as it is written", "planted", "found", "recall", "false alarms"),
        [_row(f"{what}, {form}", measured, lambda key, of=(what, form): key[:2] == of)  # type: ignore[misc]
         for what, form in sorted({key[:2] for key in (*measured.planted, *measured.alarms)})],
    )  # fmt: skip
    print_table(
        "What only seems to tell of a patient",
        ("what it is", "blocks", "false alarms"),
        [(form, str(many), str(sum(often for key, often in measured.alarms.items() if key[1] == form)))
         for form, many in sorted(measured.seeming.items())],
    )  # fmt: skip
    print_table(
        "What tells and what seems to, by format; a harmless document has nothing to be found",
        ("format", "planted", "found", "recall", "false alarms", "harmless", "with an alarm"),
        [(*_row(form, measured, lambda key, of=form: key[2] == of),  # type: ignore[misc]
          str(measured.harmless[form]), str(measured.disturbed[form])) for form in forms]
        + [(*_row("all", measured, lambda _: True), str(measured.harmless.total()), str(measured.disturbed.total()))],
    )  # fmt: skip
    if not seen:
        print("Pictures and scans were not measured: Tesseract is not installed.")


def _row(name: str, measured: Measured, belongs: Callable[[tuple[str, str, str]], bool]) -> tuple[str, ...]:
    planted, missed, alarms = (
        sum(often for key, often in counted.items() if belongs(key))
        for counted in (measured.planted, measured.missed, measured.alarms)
    )
    recall = f"{1 - missed / planted:.3f}" if planted else "-"
    return name, str(planted), str(planted - missed), recall, str(alarms)


def _speed(folder: Path) -> None:
    chance = Random(SEED)
    pages = [_page(chance) for _ in range(PAGES)]
    lines = [line for page in pages for line in page]
    files = {
        "pdf": writing.pdf(folder / "long.pdf", *pages),
        "docx": writing.word(folder / "long.docx", lines),
        "xlsx": writing.sheets(folder / "long.xlsx", [line.split() for line in lines]),
        "txt": folder / "long.txt",
    }
    files["txt"].write_text("\n".join(lines), encoding="utf-8")
    characters = sum(map(len, lines))
    rows = []
    for kind, file in files.items():
        read = _cpu(lambda file=file, kind=kind: list(pages_of(file, kind=kind)))  # type: ignore[misc]
        both = _cpu(lambda file=file, kind=kind: search(pages_of(file, kind=kind), patterns=OWN))  # type: ignore[misc]
        speeds = [f"{PAGES / seconds:,.0f}" for seconds in (read, both)]
        rows.append((kind, *speeds, f"{both / read:.1f}", f"{characters / both / 1e6:.1f}"))
    print_table(
        f"{PAGES} pages of {characters // PAGES:,} characters, half of them full of numbers: a CPU second",
        ("format", "pages read", "pages read and searched", "times as long", "MB searched"),
        rows,
    )


def _page(chance: Random) -> list[str]:
    """A page with as many sentences as lines that look as if they told of somebody."""
    lines: list[str] = []
    while sum(map(len, lines)) < 2_500:
        lines += [chance.choice(FILLERS), *chance.choice(DECOYS)(chance).lines]
    return lines


def _cpu(do: Callable[[], object]) -> float:
    """CPU seconds of the quickest of three."""
    taken = []
    for _ in range(3):
        began = time.process_time()
        do()
        taken.append(time.process_time() - began)
    return min(taken)


if __name__ == "__main__":
    run()
