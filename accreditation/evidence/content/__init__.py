"""What is this file, by its bytes, and may it come in? Never by its name, and nothing in it is ever run.

`look` reads what strangers wrote, some of it by libraries in C: it is called in the child process of
`accreditation.evidence.examining`, which has limits, and nowhere else. Every limit here holds without that child too.
"""

from accreditation.evidence.content.kinds import Kind
from accreditation.evidence.content.limits import ContentLimits
from accreditation.evidence.content.looking import look
from accreditation.evidence.content.values import Looked

__all__ = ["ContentLimits", "Kind", "Looked", "look"]
