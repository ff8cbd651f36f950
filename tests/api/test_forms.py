from accreditation.rules.cycle import Stage
from tests.api.asking import PEOPLE
from tests.api.conftest import AtStage


def test_a_form_with_a_file_in_it_is_not_kept_as_the_file(at_stage: AtStage) -> None:
    client = at_stage(Stage.EVIDENCE)
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = client.attach(by=PEOPLE["lead"], content=b"--x\r\n\r\nplan\r\n--x--\r\n", headers=headers)
    assert (answer.status_code, answer.json()["faults"]) == (
        422,
        [
            {
                "where": "body",
                "found": "a form with the file in it",
                "allowed": "send the file itself as the body: curl --data-binary @file",
            }
        ],
    )
