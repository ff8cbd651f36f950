"""What is remembered: SQLModel rows, and the functions that turn rows into values and back.

Rows are appended. What somebody said, did or decided is never overwritten: a later version stands beside
it. `tables` names the few tables whose rows may change, and why.
"""
