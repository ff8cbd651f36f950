"""Which bytes do the records name, and for whom?"""

from accreditation.records import named_bytes
from accreditation.records.named_bytes import Named
from accreditation.wiring import House
from tests.walking import STRANGER, attach, begin, keep


def test_what_is_attached_and_what_lies_in_a_library_alone_are_named_with_their_team(any_house: House) -> None:
    begin(any_house)
    plan = attach(any_house)
    rota = keep(any_house, content=b"a rota", by=STRANGER)
    with any_house.database.reading() as session:
        assert named_bytes.sizes(session) == dict(sorted({plan.digest: 10, rota.digest: 6}.items()))
        assert named_bytes.naming(session, [plan.digest, rota.digest, "f" * 64]) == {
            plan.digest: [
                Named(
                    digest=plan.digest, file_name="plan.pdf", size=10, team="North", organisation="North Trust",
                    cycle=1, evidence=1,
                ),
                Named(
                    digest=plan.digest, file_name="plan.pdf", size=10, team="North", organisation="North Trust",
                    document=1, version=1,
                ),
            ],
            rota.digest: [
                Named(
                    digest=rota.digest, file_name="plan.pdf", size=6, team="South", organisation="South Trust",
                    document=2, version=1,
                )
            ],
        }  # fmt: skip
