"""What a file is, whether it harms, what it says, and whether a patient is in it: found out by a process of its own.

Files are written by strangers and read by libraries in C. So a child process reads them (`python -m` this package),
with limits on memory, time and disk, with no secret in its environment; it answers in JSON, and nothing it says is
trusted to be well-formed. A child that crashes or is stopped costs its own file a delay and nobody else anything.
"""

from accreditation.evidence.examining.confines import Confines
from accreditation.evidence.examining.examine import examine
from accreditation.evidence.examining.values import Examined

__all__ = ["Confines", "Examined", "examine"]
