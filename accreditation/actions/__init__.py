"""What people and the engine can do, a file a verb; the only writers.

Every action is one transaction: permit, decide by the pure rules, keep rows, enter it in the ledger, and
append the job that follows. It hands back what it did; a refusal is an exception, and then nothing was kept.
"""
