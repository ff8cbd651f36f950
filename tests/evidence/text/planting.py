"""What is hidden in made documents: what tells who a patient is, and what only looks like it.

Nobody here exists: names are made of words, numbers by chance. Every planted thing is a block of lines, or a table,
with what must be found in it as it is written there; a decoy is one where nothing must be found.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from nhs_number.validate import calculate_checksum

GIVEN = "Amber Rowan Hazel Linden Clover Flint Robin Heather Jasper Coral Fern Sorrel Basil Ivy Reed Saffron".split()  # noqa: SIM905
FAMILY = "Quill Drum Lantern Kettle Harbour Pebble Thimble Anchor Bramble Saddle Teasel Ribbon Candle Barrow".split()  # noqa: SIM905

Table = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A block to be put into a document: lines, or a table; and what must be found in it, each with what it is."""

    form: str
    lines: tuple[str, ...] = ()
    table: Table = ()
    tells: tuple[tuple[str, str], ...] = ()


def number(chance: Random, *, first: str = "4679", right: bool = True) -> str:
    """Ten digits of a patient's number; with a wrong check digit where it shall not be right."""
    while True:
        nine = chance.choice(first) + "".join(chance.choice("0123456789") for _ in range(8))
        check = calculate_checksum(nine)
        if check is not None and check < 10:
            return nine + str(check if right else (check + chance.randint(1, 9)) % 10)


def chi(chance: Random) -> str:
    """Ten digits of a CHI: a day of birth, a number, a check digit."""
    while True:
        nine = birth(chance).strftime("%d%m%y") + "".join(chance.choice("0123456789") for _ in range(3))
        check = calculate_checksum(nine)
        if check is not None and check < 10:
            return nine + str(check)


def grouped(digits: str, sign: str = " ") -> str:
    return sign.join((digits[:3], digits[3:6], digits[6:]))


def birth(chance: Random) -> date:
    return date(1925, 1, 1) + timedelta(days=chance.randrange(29_000))


def lately(chance: Random) -> date:
    return date(2019, 1, 1) + timedelta(days=chance.randrange(3_000))


def day(chance: Random, when: date) -> str:
    """A day, written as people do."""
    return when.strftime(
        chance.choice(["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d", "%d/%m/%y"])
    )


def name(chance: Random) -> str:
    given, family = chance.choice(GIVEN), chance.choice(FAMILY)
    return chance.choice(
        [f"{given} {family}", f"{family.upper()}, {given}", f"{given[0]}. {family}", f"{given} {family}"]
    )


Maker = Callable[[Random], Planted]


def _labelled(chance: Random) -> Planted:
    label = chance.choice(
        ["NHS number: ", "NHS No: ", "NHS No. ", "NHS no ", "NHS Number ", "NHS num: ", "NHS#", "NHS: ",
         "nhs number - ", "Patient's NHS number is ", "NHS Number (verified): "]
    )  # fmt: skip
    digits = number(chance)
    written = chance.choice(
        [digits, grouped(digits), grouped(digits, "-"), grouped(digits, "."), grouped(digits, " - ")]
    )
    return Planted(form="labelled", lines=(f"{name(chance)}, {label}{written}",), tells=(("nhs_number", written),))


def _bare(chance: Random) -> Planted:
    digits = number(chance)
    written = chance.choice([digits, grouped(digits), grouped(digits, "-")])
    around = chance.choice(
        ["We reviewed {} at the meeting and agreed the plan.", "Case discussed: {}.", "{}",
         "See notes for {} (transferred).", "3) {} thrombolysed within the hour",
         "Door to needle was 41 minutes for {}; the rota was full."]
    )  # fmt: skip
    return Planted(form="bare", lines=(around.format(written),), tells=(("nhs_number", written),))


def _referred(chance: Random) -> Planted:
    """A letter's reference that is a patient's number."""
    written = grouped(number(chance), chance.choice(" -"))
    line = chance.choice(["ref {} from GP", "Our ref: {}", "Your reference {}, received today", "Re: letter, ref {}"])
    return Planted(form="as a reference", lines=(line.format(written),), tells=(("nhs_number", written),))


def _strange_signs(chance: Random) -> Planted:
    digits = number(chance)
    written = chance.choice([
        grouped(digits, "\u00a0"), grouped(digits, "\u2009"), grouped(digits, "\u2011"), grouped(digits, "\u2013"),
        grouped(digits, "\u200b"), digits.translate({ord(one): chr(ord(one) + 0xFEE0) for one in "0123456789"}),
    ])  # fmt: skip
    return Planted(
        form="strange signs", lines=(f"Discussed with the family, {written}.",), tells=(("nhs_number", written),)
    )


def _split(chance: Random) -> Planted:
    digits = number(chance)
    three = (digits[:3], digits[3:6], digits[6:])
    how = chance.randrange(4)
    if how == 0:
        return Planted(form="split", lines=("NHS Number", *three), tells=(("nhs_number", "".join(three)),))
    if how == 1:
        return Planted(form="split", lines=("NHS number:", grouped(digits)), tells=(("nhs_number", digits),))
    if how == 2:
        return Planted(form="split", lines=(f"NHS number: {' '.join(digits)}",), tells=(("nhs_number", digits),))
    table = (("NHS", "", "", "Name"), (*three, name(chance)))
    return Planted(form="split", table=table, tells=(("nhs_number", digits),))


def _other_nations(chance: Random) -> Planted:
    if chance.random() < 0.5:
        digits = chi(chance)
        written = chance.choice([digits, f"{digits[:6]} {digits[6:]}", f"{digits[:6]}-{digits[6:]}"])
        label = chance.choice(["CHI: ", "CHI number ", "CHI No. ", "CHI no: "])
    else:
        digits = number(chance, first="3")
        while not "32" <= digits[:2] <= "39":
            digits = number(chance, first="3")
        written = chance.choice([digits, grouped(digits)])
        label = chance.choice(["H&C number: ", "Health and Care Number ", "H&C No ", "HCN: "])
    return Planted(form="CHI, H&C", lines=(f"{label}{written}",), tells=(("nhs_number", written),))


def _listed(chance: Random) -> Planted:
    """Patients in a table, by number and day of birth."""
    heading = chance.choice(
        [("Name", "NHS No", "DOB", "Admitted"), ("Patient", "NHS number", "Date of birth", "Seen on")]
    )
    rows, tells = [heading], []
    for _ in range(chance.randint(1, 4)):
        digits, born = number(chance), day(chance, birth(chance))
        written = chance.choice([digits, grouped(digits)])
        rows.append((name(chance), written, born, lately(chance).strftime("%d/%m/%Y")))
        tells += [("nhs_number", written), ("date_of_birth", born)]
    return Planted(form="listed", table=tuple(rows), tells=tuple(tells))


def _born(chance: Random) -> Planted:
    born = day(chance, birth(chance))
    line = chance.choice(
        ["{who}, DOB {born}, seen in clinic", "D.O.B: {born}", "Date of birth: {born}", "Patient {who} (dob {born})",
         "{who} born {born}", "Date of Birth (dd/mm/yyyy): {born}", "DoB - {born} {who}", "date of birth is {born}"]
    )  # fmt: skip
    return Planted(
        form="called a birth", lines=(line.format(who=name(chance), born=born),), tells=(("date_of_birth", born),)
    )


def _birth_unnamed(chance: Random) -> Planted:
    born = birth(chance).strftime(chance.choice(["%d/%m/%Y", "%d.%m.%Y", "%d %B %Y"]))
    who = f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}"
    line = chance.choice(["Mrs {who} {born} was admitted at night", "Patient: {who}, {born}", "Mr {who} ({born})"])
    return Planted(form="birth unnamed", lines=(line.format(who=who, born=born),), tells=(("date_of_birth", born),))


def _hospital(chance: Random) -> Planted:
    if chance.random() < 0.5:
        written = f"RX{chance.randrange(10**6):06}"
        line = chance.choice(["Copied to the notes of {}", "{}", "see {} and the letter"])
    else:
        written = chance.choice(["", "X", "K", f"{chance.randrange(10, 100)}-"]) + str(chance.randrange(10**5, 10**7))
        line = chance.choice(["Hospital number: {}", "Hospital No {}", "MRN {}", "MRN: {}", "Hosp no. {}"])
    return Planted(form="hospital number", lines=(line.format(written),), tells=(("hospital_number", written),))


PLANTED: tuple[Maker, ...] = (
    _labelled, _bare, _referred, _strange_signs, _split, _other_nations, _listed, _born, _birth_unnamed, _hospital,
)  # fmt: skip


def _wrong_digit(chance: Random) -> Planted:
    digits = number(chance, right=False)
    written = chance.choice([digits, grouped(digits), grouped(digits, "-")])
    return Planted(form="wrong check digit", lines=(chance.choice([f"NHS number: {written}", f"reviewed {written}"]),))


def _telephone(chance: Random) -> Planted:
    """Telephone numbers, also those that would be a right number of a patient."""
    ten = number(chance)
    written = chance.choice([
        f"Tel: {grouped(ten)}", f"Telephone {ten}", f"+44 {ten}", f"0044 {ten}", f"(0){grouped(ten)}", f"Call 0{ten}",
        f"Mobile: 07700 900{chance.randrange(1000):03}", f"020 7946 0{chance.randrange(1000):03}",
        f"Fax {grouped(ten)}", f"bleep 4321, ring {grouped(ten)}", f"Phone: {grouped(ten, '-')}",
        f"01632 960{chance.randrange(1000):03} ext 12", f"Telephone (NHS net): {grouped(ten)}",
        f"{grouped(ten)} (telephone)",
    ])  # fmt: skip
    return Planted(form="telephone", lines=(f"{name(chance)}, stroke coordinator. {written}",))


def _book(chance: Random) -> Planted:
    """ISBN-10 has the very check digit that patients' numbers have."""
    ten = number(chance, first="0123456789")
    hyphens = f"{ten[0]}-{ten[1:5]}-{ten[5:9]}-{ten[9]}"
    written = chance.choice([f"ISBN {ten}", f"ISBN-10: {hyphens}", f"ISBN: {ten}", f"ISBN-13 978-{hyphens}"])
    return Planted(
        form="ISBN", lines=(f"{chance.choice(FAMILY)} and {chance.choice(FAMILY)}, Stroke care. {written}.",)
    )


def _reference(chance: Random) -> Planted:
    ten = number(chance)
    written = chance.choice([
        f"Order no {ten}", f"Invoice {ten}", f"Account number {ten}", f"Datix incident {ten}", f"PMID {ten}",
        f"Our ref: {ten}", f"Charity number {ten}", f"https://example.org/page?id={ten}", f"serial number {ten}",
        f"commit {ten}f3a9", f"£{ten}", f"Meeting ID: {grouped(ten)}",
    ])  # fmt: skip
    return Planted(form="reference", lines=(written,))


def _policy_date(chance: Random) -> Planted:
    when = day(chance, lately(chance))
    old = day(chance, date(chance.randint(1985, 2004), chance.randint(1, 12), chance.randint(1, 28)))
    line = chance.choice([
        f"Review date: {when}. Owner: {name(chance)}", f"Ratified by the Stroke Committee on {when}",
        f"This replaces the policy of {old}", f"{name(chance)} approved version 3 on {when}",
        f"The Mental Health Act of {old}", f"The unit was opened on {old} by {name(chance)}",
        f"The network was born on {when}", f"Minutes of {when}, present: {name(chance)}, {name(chance)}",
        f"Audit of patients admitted {when} to {day(chance, lately(chance))}", f"Printed {when}",
        "Date of birth: ____________ NHS number: ____________",
    ])  # fmt: skip
    return Planted(form="other date", lines=(line,))


def _staff(chance: Random) -> Planted:
    """A rota or a register of staff: names beside dates, and numbers of seven digits."""
    kind = chance.randrange(3)
    people = [name(chance) for _ in range(chance.randint(2, 4))]
    if kind == 0:
        rows = [("Name", "Shift", "Date"), *((one, "Late", lately(chance).strftime("%d/%m/%Y")) for one in people)]
    elif kind == 1:
        rows = [("Staff", "GMC", "Started"), *(
            (f"Dr {one}", f"{chance.randrange(10**7):07}", f"0{chance.randint(1, 9)}/08/{chance.randint(1988, 2004)}")
            for one in people)]  # fmt: skip
    else:
        rows = [("Nurse", "NMC PIN", "Mobile"), *(
            (one, f"{chance.randint(10, 99)}A{chance.randrange(1000, 10000)}E", number(chance)) for one in people
        )]  # fmt: skip
    return Planted(form="staff", table=tuple(rows))


def _figures(chance: Random) -> Planted:
    """An audit: figures in columns, some of which run together to ten digits."""
    rows = [("Month", "Admissions", "Scanned in 1 h", "Cost £")]
    for month in range(chance.randint(3, 6)):
        rows.append((f"2024-0{month + 1}", str(chance.randrange(100, 1000)), str(chance.randrange(100, 1000)),
                     str(chance.randrange(1000, 10000))))  # fmt: skip
    return Planted(form="figures", table=tuple(rows))


def _prose(chance: Random) -> Planted:
    line = chance.choice([
        "Blood pressure below 185/110 before thrombolysis; 4.5 hours from onset; NIHSS 0-42.",
        "GMC 1234567 and NMC 12A3456E are checked every year; HCPC PH123456.",
        "Postcode AB12 3CD, ODS code RX1, sort code 12-34-56, VAT GB 123 4567 89.",
        "Of 1,204 patients 1,001 (83.1 %) were scanned within 12 hours, 345 678 9012 being the total of seconds? No.",
        "NHS Trust headquarters, 100 High Street. NHS England publishes this each quarter.",
        "Patient and carer leaflets are given; the patient's named nurse is on the board.",
        "The hospital number of beds rose from 20 to 28; case 12345 is closed.",
    ])  # fmt: skip
    return Planted(form="prose", lines=(line,))


DECOYS: tuple[Maker, ...] = (
    _wrong_digit, _telephone, _book, _reference, _policy_date, _staff, _figures, _prose,
)  # fmt: skip

FILLERS: Sequence[str] = (
    "Every patient with suspected stroke is seen by a specialist nurse on arrival.",
    "The team meets weekly and reviews its results against the national audit.",
    "Swallowing is screened within four hours, and again before any change of diet.",
    "Families are invited to a meeting about goals, and are given a named contact.",
    "Training is refreshed each year; the register is kept by the service manager.",
    "Therapy is offered on seven days, at least forty-five minutes of each kind.",
    "This policy applies to all wards of the hospital and is reviewed every two years.",
)
