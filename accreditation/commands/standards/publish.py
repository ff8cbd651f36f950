"""accredit standards publish: an edition comes into the records, once and for good."""

from pathlib import Path

import typer

from accreditation.actions.publish_edition import publish_edition
from accreditation.commands.office import OFFICE, called
from accreditation.commands.standards.folder import Folders, disagreeing, loaded, out
from accreditation.records import editions, worked_cases
from accreditation.scheme.model import Scheme
from accreditation.scheme.read import Standard
from accreditation.views.editions_running import editions_running
from accreditation.wiring import House, house


def publish(folders: Folders) -> None:
    """Publish editions of schemes: all of them, or none where one has a fault or a worked case that disagrees.

    A published edition never changes. The same one again changes nothing.
    """
    standards = [publishable(folder) for folder in folders]
    right = [standard for standard in standards if standard is not None]
    taken = _taken([standard.scheme for standard in right])
    for said in taken:
        out.print(said, markup=False)
    if taken or len(right) < len(standards):
        out.print("Nothing was published.", style="red")
        raise typer.Exit(1)
    for standard in right:
        _publish(house(), standard)


def _taken(schemes: list[Scheme]) -> list[str]:
    """Which of these editions have a label that other content has, in the records or among themselves? In words."""
    said, given = [], dict[tuple[str, str], Scheme]()
    for scheme in schemes:
        label = f"Edition '{scheme.edition}' of {scheme.id}"
        held = _held(scheme)
        if held:
            said.append(
                f"{label} is published already with other content ({held}), and a published edition never changes. "
                "Give this one a new edition: in scheme.yaml."
            )
        if given.setdefault((scheme.id, scheme.edition), scheme) != scheme:
            said.append(
                f"{label} is here twice with different content. Give one of them a new edition: in scheme.yaml."
            )
    return said


def _held(scheme: Scheme) -> str:
    """The digest, in short, of other content that is published under this label; empty where there is none."""
    with house().database.reading() as session:
        if editions.same_as(session, scheme) is not None:
            return ""
        labelled = (one.digest for one in editions.all_of(session, scheme.id) if one.label == scheme.edition)
        return next(labelled, "")[:12]


def publishable(folder: Path) -> Standard | None:
    """The standard in this folder; None where it is faulty or a case disagrees, which is said."""
    standard = loaded(folder)
    if standard is None:
        return None
    wrong = disagreeing(standard)
    if wrong:
        right = len(standard.cases) - wrong
        out.print(f"{folder}: {right} of {len(standard.cases)} worked cases give what they expect.", markup=False)
        return None
    return standard


def _publish(house: House, standard: Standard) -> None:
    scheme = standard.scheme
    before = _kept(house, scheme)
    digest = publish_edition(
        house.database, principal=OFFICE, scheme=scheme, cases=standard.cases, at=house.now()
    )  # fmt: skip
    out.print(f"{scheme.title}, edition {scheme.edition}", style="bold", markup=False)
    out.print(f"  digest {digest}")
    if before is None:
        out.print("  published now")
    elif before == _kept(house, scheme):
        out.print("  published already; nothing was changed")
    else:
        out.print("  published already; its worked cases are kept beside it now, as they are here")
    tell_running(house, scheme.id, digest)


def tell_running(house: House, scheme: str, digest: str) -> None:
    """Say which cycles stay on an older edition, and how one is carried over."""
    older = [one for one in editions_running(house.database, principal=OFFICE, scheme=scheme) if one.digest != digest]
    for one in older:
        number = f"{one.cycles} running {'cycle stays' if one.cycles == 1 else 'cycles stay'}"
        out.print(f"  {number} on edition {one.edition} ({one.digest[:12]}) and will be judged by it", markup=False)
    if older:
        out.print(f"  to see what moving one of them would do: {called()} cycle carry-over ID --to {digest[:12]}")


def _kept(house: House, scheme: Scheme) -> str | None:
    """The worked cases that are kept beside just this edition; None where it is not published."""
    with house.database.reading() as session:
        digest = editions.same_as(session, scheme)
        return None if digest is None else worked_cases.cases_of(session, digest)
