"""When: Prefect flows, one a stage and upkeep, and the dispatcher that starts them from the outbox."""
