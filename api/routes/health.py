"""Whether the engine answers."""

from fastapi import APIRouter, Request
from pydantic import BaseModel

from accreditation.ledger.entries import head
from accreditation.wiring import House
from api.routes.making import PROBLEMS

router = APIRouter(prefix="/api", tags=["engine"], responses={503: PROBLEMS[503]})


class Health(BaseModel):
    """The engine answers, and its records can be read."""

    status: str = "ok"


@router.get("/health", response_model=Health)
def health(request: Request) -> Health:
    """Does the engine answer, and can it read its records?"""
    house: House = request.app.state.house
    with house.database.reading() as session:
        head(session)
    return Health()
