"""`make bench`: print every figure. On a noisy machine trust ratios, CPU time and counts of statements."""

from tests.benchmarks import (
    agreement_costs,
    api_costs,
    archive_costs,
    bids,
    identifiers,
    impact_costs,
    language_costs,
    matching_costs,
    people_costs,
    placing,
    serving,
    store_costs,
    stroke_round,
    upload_costs,
)

if __name__ == "__main__":
    language_costs.run()
    impact_costs.run()
    matching_costs.run()
    bids.run()
    people_costs.run()
    stroke_round.run()
    agreement_costs.run()
    api_costs.run()
    serving.run()
    store_costs.run()
    upload_costs.run()
    archive_costs.run()
    identifiers.run()
    placing.run()
