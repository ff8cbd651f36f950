"""What it costs to say how far reviewers agree, from the records to the answer, as the API's process does."""

import tempfile
from pathlib import Path

from accreditation.database import observe_statements
from accreditation.library import load
from accreditation.rules.people import Principal, Role
from accreditation.scheme.model import Scheme
from accreditation.views.agreement import agreement_of_round, reviewers_agreement
from tests.benchmarks.api_costs import STROKE, widened
from tests.benchmarks.filled import OFFICE
from tests.benchmarks.measuring import cpu_ms, print_table
from tests.benchmarks.reviewed_rounds import TEAM, reviewed_round

VISITS = (100, 1000)
TIMES = 3


def run() -> None:
    """Measure and print: a scheme that is rated alone, and one with many measured numbers besides."""
    stroke = load(STROKE).scheme
    rows = [
        (f"{words}, {visits:,} visits", *_measured(scheme, visits))
        for words, scheme in (("72 ratings", widened(stroke, 72)), ("stroke, 17 measured", stroke))
        for visits in VISITS
    ]
    print_table(
        "Agreement, from the records to the answer: CPU ms (median)",
        ("each visit has", "ratings", "of the round", "SQL statements", "of 200 reviewers", "one's own"),
        rows,
    )


def _measured(scheme: Scheme, visits: int) -> tuple[str, str, int, str, str]:
    with tempfile.TemporaryDirectory() as folder:
        house = reviewed_round(Path(folder), scheme=scheme, visits=visits)
        database, own = house.database, Principal(name="reviewer", role=Role.REVIEWER, reviewer=1)
        of_round = cpu_ms(lambda _: agreement_of_round(database, principal=OFFICE, round_id=1), times=TIMES)
        with observe_statements(database) as seen:
            agreement_of_round(database, principal=OFFICE, round_id=1)
        all_, one = (
            cpu_ms(lambda _, by=by: reviewers_agreement(database, principal=by, scheme=scheme.id), times=TIMES)  # type: ignore[misc]
            for by in (OFFICE, own)
        )
        house.close()
    return f"{visits * TEAM * len(scheme.criteria):,}", f"{of_round:.0f}", len(seen), f"{all_:.0f}", f"{one:.0f}"


if __name__ == "__main__":
    run()
