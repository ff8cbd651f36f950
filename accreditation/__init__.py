"""The engine that runs accreditation of clinical services. This is the map of the house; it holds no code.

errors      every way we say no, drawn as one tree
scheme/     pure: the standards language; model, read, check, case
rules/      pure: what follows; permissions, cycle, deadlines, scoring, award, improvement, conflicts, matching
database    engine, session, the only commit
records/    rows, and the functions that turn rows into values and back; migrations; the outbox of jobs
evidence/   bytes by digest; what a file is, what it says, and what in it may not come in
ledger/     hash-chained entries; append inside the caller's transaction; verify
library     standards/ on disk -> published editions
workbook/   standards as an Excel workbook, out and back
archive/    a cycle as one file that proves itself: packed, explained, and checked offline without any of them
actions/    what people and the engine can do, a file a verb: the only writers
views/      what people can see: reads only, filtered by who asks
wiring      the one place where real stores are chosen
commands/   the command line, a file a group of commands; with __main__ the composition root
"""
