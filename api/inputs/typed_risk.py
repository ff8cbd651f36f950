"""What a reviewer's form says of an immediate risk."""

from dataclasses import dataclass

from accreditation.errors import Fault, Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedRisk:
    """The fields of the form; `sure` is whether the reviewer ticked that it is to be sent now."""

    text: str = ""
    criterion: str = ""
    sure: bool = False

    def check(self) -> None:
        """Raises Invalid where nothing is said, or it is not to be sent."""
        faults = []
        if not self.text.strip():
            faults.append(Fault(where="text", found="nothing", allowed="say what the risk is"))
        if not self.sure:
            faults.append(Fault(where="sure", found="not ticked", allowed="tick it to send this now"))
        if faults:
            raise Invalid(faults)
