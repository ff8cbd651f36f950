"""What is said of faults in the forms to sign in and of one's own account."""

from collections.abc import Mapping

from api.words import marked

SAID: Mapping[str, str] = {
    "password again": marked("Type the same password in both fields."),
    "present password": marked("This is not your present password."),
    "code": marked("This code is not right. Type the six digits that the app shows now."),
}
"""What a fault is about -> how it is said, where a sentence says it better than the fault."""
