"""One file by every way up and down: the same bytes, one version of one document."""

import random

from accreditation.rules.cycle import Stage
from tests.api.conftest import AtStage
from tests.api.forming import form, put, said, send
from tests.api.test_uploads import ABOUT, add, begin
from tests.walking import LEAD

CONTENT = random.Random(5).randbytes(3_000_000)
"""More than a request that is no file may have, and than is written at once."""


def test_one_file_by_every_way_is_one_version_of_one_document_and_comes_back_in_pieces(at_stage: AtStage) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    query = {"criterion": ["1.01"]}
    raw = client.attach(by=LEAD, content=CONTENT, query=query).json()["id"]
    told = send(client, form(said("criteria", "2.01"), put(CONTENT)), by=LEAD).json()["files"]
    upload = begin(client, length=len(CONTENT), about={**ABOUT, "criteria": "1.01,2.01"}).headers["location"]
    for start in range(0, len(CONTENT), 1_234_567):
        last = add(client, upload, start, CONTENT[start : start + 1_234_567])
    items = [raw, told[0]["kept"]["id"], int(last.headers["evidence"])]
    evidence = client.get("/api/cycles/1/evidence", by=LEAD).json()["evidence"]
    assert [(one["id"], one["document"], one["version"]) for one in evidence] == [(item, 1, 1) for item in items]
    assert [len(one["versions"]) for one in client.get("/api/library", by=LEAD).json()["items"]] == [1]
    assert len(list(client.house.evidence.digests())) == 1
    for item in items:
        pieces = [
            client.get(
                f"/api/evidence/{item}/content", by=LEAD, headers={"Range": f"bytes={start}-{start + 999_998}"}
            ).content
            for start in range(0, len(CONTENT), 999_999)
        ]
        assert [len(piece) for piece in pieces] == [999_999, 999_999, 999_999, 3]
        assert b"".join(pieces) == CONTENT
