"""A register as it looks after some years: two schemes, many services, and names of every kind that people have."""

from datetime import date
from pathlib import Path

from accreditation.actions.enrol import enrol
from accreditation.actions.import_teams import TeamToImport, import_teams
from accreditation.actions.open_round import open_round
from accreditation.actions.publish_edition import publish_edition
from accreditation.library import load
from accreditation.wiring import House
from tests.listing import Listed, list_services
from tests.walking import AT, CYCLE, OFFICE

STANDARDS = Path(__file__).parents[3] / "standards"

LONG = (
    "The Joint Endoscopy Service of the Infirmaries, Cottage Hospitals and Community Diagnostic Centres of the "
    "Northern Uplands, the Southern Marches and the Isles, with the Mobile Units of the Border Country"
)
"""A name of as many signs as a name may have, or nearly."""

WELSH = "Bwrdd Iechyd Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
"""A name with a word that does not fit on a telephone."""

CAPITALS = "EAST FORD AND VALE TEACHING HOSPITALS"

PAGES_OF_MORE = 26
"""So many more services that the register has a second page."""

STROKE, ENDOSCOPY = "stroke", "endoscopy"
THEN, SOON = date(2020, 4, 1), date(2999, 4, 1)
"""A last day that is long past, and one that never comes."""


def fill(house: House) -> None:
    """Publish two schemes, and what was decided about many services."""
    database = house.database
    stroke, jag = (
        publish_edition(database, principal=OFFICE, scheme=load(STANDARDS / name).scheme, at=AT)
        for name in ("stroke", "jag")
    )
    rows = [TeamToImport(organisation="Not In The Register Trust", team="Stroke team", service_line=STROKE)]
    import_teams(database, principal=OFFICE, rows=rows, at=AT)
    first = open_round(database, principal=OFFICE, digest=stroke, name="spring", at=AT)
    assert enrol(database, principal=OFFICE, team_id=1, round_id=first, profile={}, at=AT) == CYCLE
    list_services(
        house,
        [
            Listed(organisation=WELSH, team="Tîm strôc", service=STROKE, place="Afon Wen", region="Wales",
                   outcome="accredited_with_excellence", edition=stroke, valid_until=SOON),
            Listed(organisation=LONG, team="Endoscopy and its decontamination, recovery and booking teams",
                   service=ENDOSCOPY, place="Upper Moor", region="Scotland", outcome="criteria_met", edition=jag,
                   valid_until=SOON),
            Listed(organisation=CAPITALS, team="STROKE UNIT", service=STROKE, place="East Ford", region="East",
                   outcome="deferred", edition=stroke, valid_until=None),
            Listed(organisation="West Ford Trust", team="Stroke team", service=STROKE, place="West Ford",
                   region="West", outcome="accredited", edition=stroke, valid_until=THEN),
            *(Listed(organisation=f"Region Hospital {number:02}", team="Endoscopy unit", service=ENDOSCOPY,
                     place="AA1 1AA" if number == 1 else "Middle Town", region="Midlands", outcome="criteria_met",
                     edition=jag, valid_until=SOON)
              for number in range(1, PAGES_OF_MORE + 1)),
        ],
    )  # fmt: skip
