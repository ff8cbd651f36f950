"""A cycle as one archive over HTTP: streamed whole, as an attachment that no browser runs."""

from pathlib import Path

from accreditation.archive.verify import verify_archive
from accreditation.rules.cycle import Stage
from tests.api.conftest import AtStage
from tests.walking import LEAD, OFFICE, newest


def test_the_archive_comes_whole_with_the_digest_of_its_manifest(at_stage: AtStage, tmp_path: Path) -> None:
    client = at_stage(Stage.PUBLISHED)
    for by in (OFFICE, LEAD):
        answer = client.post("/api/cycles/1/archive", by=by)
        file = tmp_path / "cycle-1.zip"
        file.write_bytes(answer.content)
        checked = verify_archive(file)
        assert (answer.status_code, checked.whole) == (200, True)
        assert answer.headers["manifest-sha-256"] == checked.sha256
        assert answer.headers["content-length"] == str(len(answer.content))
        assert answer.headers["content-disposition"] == 'attachment; filename="cycle-1.zip"'
        assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
        assert answer.headers["content-type"] == "application/zip"
        assert newest(client.house)[0][3]["manifest_sha256"] == checked.sha256


def test_before_it_is_published_a_lead_is_told_when(at_stage: AtStage) -> None:
    answer = at_stage(Stage.REVIEW).post("/api/cycles/1/archive", by=LEAD)
    assert (answer.status_code, answer.json()["detail"]) == (
        404, "There is no archive of this cycle yet; a team's lead takes it once the result is published.",
    )  # fmt: skip
