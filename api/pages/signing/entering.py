"""What every way in ends with: a cookie with the secret of the session, and the page that somebody wanted."""

from starlette.responses import RedirectResponse, Response

from accreditation.actions.admitting import Admitted
from accreditation.errors import Fault, Invalid, Refused
from accreditation.records import sign_ins
from accreditation.rules.own_paths import own_path
from accreditation.rules.passwords import faults_of_password
from accreditation.views.account import home_of
from api.cookies import FORM, SESSION, forget, write
from api.inputs.devices import device_of
from api.problems import retry_after
from api.visitors import Visitor

SEE_OTHER = 303
"""After a form, a page: so that loading it again sends nothing again."""


def let_in(anyone: Visitor, admitted: Admitted, *, wanted: str, first: bool = False) -> Response:
    """Send somebody who is signed in now to the page that they wanted, where it is one of ours.

    Whoever comes for the `first` time reads there what makes their account safer. Their browser is kept with the
    session, so that they know it among others.
    """
    device = device_of(anyone.request.headers.get("user-agent", ""))
    with anyone.house.database.bookkeeping() as session:
        sign_ins.name_device(session, secret=admitted.secret, device=device)
    home = home_of(anyone.house.database, person_id=admitted.person)
    to = own_path(wanted, home=f"{home}?first=yes" if first else home)
    response = RedirectResponse(to, SEE_OTHER)
    write(response, anyone.request, anyone.house, SESSION, admitted.secret)
    forget(response, anyone.request, anyone.house, FORM)
    return response


def let_out(anyone: Visitor, *, how: str) -> Response:
    """Send somebody who is signed out now, here or everywhere, to the page to sign in."""
    response = RedirectResponse(f"/sign-in?out={how}", SEE_OTHER)
    forget(response, anyone.request, anyone.house, SESSION)
    response.headers["Clear-Site-Data"] = '"cache"'  # pages that lie behind the button "back", and files
    return response


def again_after(refusal: Refused, response: Response) -> Response:
    """This answer, which says after how many seconds it may be tried again where a pause is on."""
    response.headers.update(retry_after(refusal))
    return response


def check_again(password: str, again: str) -> None:
    """Was a new password typed the same twice? Raises Invalid, which says besides what nobody's password may be."""
    if password != again:
        unlike = Fault(where="password again", found="another one", allowed="the same password twice")
        raise Invalid([*faults_of_password(password), unlike])
