"""A cycle as one file that proves itself: how it is packed, what it says, and how anybody checks it offline.

Nothing in here knows a row, a database, a setting or a clock: what is packed is handed in, and what is checked is the
file alone.
"""
