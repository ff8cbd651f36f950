"""Who makes a review team and by which rules, in a file of its own: for a college that only has teams found."""

from functools import cached_property

from pydantic import Field, ValidationError

from accreditation.errors import StandardsFaulty
from accreditation.scheme.check_assignment import problems_of_team
from accreditation.scheme.document import Document
from accreditation.scheme.explain import explain
from accreditation.scheme.process import AssignmentRules, Seat, raters_of, size_of_team
from accreditation.scheme.source import read_document
from accreditation.scheme.values import Part


class RoundRules(Part):
    """The two sections of a scheme that say how review teams are put together, written as there."""

    review_team: tuple[Seat, ...] = Field(min_length=1)
    assignment: AssignmentRules = AssignmentRules()

    @cached_property
    def raters(self) -> tuple[Seat, ...]:
        """The seats whose holders rate; those who only observe hold the others."""
        return raters_of(self.review_team)

    @cached_property
    def team_size(self) -> int:
        """How many people a review team has, observers apart: as written, or else the sum of the minimums."""
        return size_of_team(self.review_team, self.assignment)


def read_round_rules(*, file: str, content: bytes) -> RoundRules:
    """What does this file say? Raises StandardsFaulty with every fault by file, line and column."""
    document = read_document(file=file, content=content)
    rules = _shaped(document)
    if rules is not None and not document.faults:
        document.faults += [
            document.nearest(problem.path).fault(found=problem.found, allowed=problem.allowed)
            for problem in problems_of_team(rules)
        ]
    if rules is None or document.faults:
        raise StandardsFaulty(tuple(dict.fromkeys(document.faults)))
    return rules


def _shaped(document: Document) -> RoundRules | None:
    """The rules, or None with the faults of shape noted in the document."""
    try:
        return RoundRules.model_validate(document.data if document.data is not None else {})
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            if not document.is_spoiled(detail["loc"]):
                found, allowed = explain(RoundRules, detail)
                document.faults.append(document.nearest(detail["loc"]).fault(found=found, allowed=allowed))
    return None
