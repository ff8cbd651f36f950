"""That every broken promise of a page is seen: each is broken once in a page that keeps the others."""

import pytest

from api.pages.rendering import POLICY, POLICY_WITH_FILES
from tests.pages.contract import broken_promises

GOOD = """<!doctype html><html lang="en-GB"><head><title>A page</title></head><body>
<a href="#main">Skip</a><header><a href="/register">Home</a></header><main id="main"><h1>A page</h1>
<div class="nhsuk-error-summary"><a href="#name">Enter a name</a></div>
<form action="/register"><div class="nhsuk-form-group nhsuk-form-group--error"><label for="name">Name</label>
<span class="nhsuk-error-message" id="name-error">Enter a name</span>
<input id="name" name="name" aria-describedby="name-error"></div><button>Send</button></form></main>
<footer><p>The end</p></footer></body></html>"""

ALIVE = {("GET", "/register"), ("POST", "/sent")}


def broken(html: str, policy: str | None = POLICY) -> list[str]:
    return broken_promises(html, policy=policy, alive=lambda *asked: asked in ALIVE)


def test_a_page_that_keeps_them_all() -> None:
    assert broken(GOOD) == []


@pytest.mark.parametrize(
    ("what", "instead", "said"),
    [
        ('lang="en-GB"', "", "does not say its language"),
        ("<title>A page</title>", "<title> </title>", "not just one head > title"),
        ("<h1>A page</h1>", "<h2>A page</h2>", "not just one h1"),
        ("<h1>A page</h1>", "<h1>A page</h1><h3>Deeper</h3>", "a rank of headings is left out: [1, 3]"),
        ('<a href="#main">Skip</a>', "", "its first link does not lead to its main part"),
        ('<label for="name">Name</label>', "", "the field name has no label"),
        ("<button>Send</button>", "<button> </button>", "a link or button has no words"),
        ("<p>The end</p>", '<p id="name">The end</p>', "two things have the id name"),
        ("<p>The end</p>", "<p>The end</p><img src='/register'>", "a picture has no words"),
        ("<p>The end</p>", "<p style='color:red'>The end</p>", "a script, a style or a frame"),
        ("<p>The end</p>", "<p>The end</p><script>go()</script>", "a script, a style or a frame"),
        ("<p>The end</p>", "<p onclick='go()'>The end</p>", "p has onclick"),
        ("<p>The end</p>", "<embed src='/register'>", "a script, a style or a frame"),
        ("<p>The end</p>", "<p><a href='https://elsewhere.example/'>The end</a></p>", "is elsewhere"),
        ("<p>The end</p>", "<p><a href='//elsewhere.example/'>The end</a></p>", "is elsewhere"),
        ("<p>The end</p>", "<p><a href='/nowhere'>The end</a></p>", "nothing answers at /nowhere"),
        ("<p>The end</p>", "<form action='/sent'><button>Send</button></form>", "nothing answers at /sent"),
        ("<p>The end</p>", "<form action='/register' method='post'></form>", "nothing answers at /register"),
        ("<p>The end</p>", "<p><a href='#nowhere'>The end</a></p>", "#nowhere is not in the page"),
        ("<p>The end</p>", "<p>The end</b></p>", "its markup: b ends where p is open"),
        ("<p>The end</p>", "<div>The end", "its markup: footer ends where div is open"),
        ("<p>The end</p>", "<p>The < end</p>", "its markup: ParseError"),
        ('aria-describedby="name-error"', "", "no field is described by the fault"),
        ('<a href="#name">Enter a name</a>', "", "the summary tells"),
        ('<span class="nhsuk-error-message" id="name-error">Enter a name</span>', "", "points at nothing"),
        (" nhsuk-form-group--error", "", "faults are told in one place only"),
    ],
)
def test_a_broken_promise_is_said(what: str, instead: str, said: str) -> None:
    assert what in GOOD
    assert [one for one in broken(GOOD.replace(what, instead)) if said in one] != []


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        ("<iframe src='/register' title='A plan' loading='lazy'></iframe>", []),
        ("<iframe src='/register' title='A plan'></iframe>", ["a script, a style or a frame stands in it"]),
        ("<iframe src='/register' loading='lazy'></iframe>", ["a script, a style or a frame stands in it"]),
        ("<iframe src='/nowhere' title='A plan' loading='lazy'></iframe>", ["nothing answers at /nowhere"]),
        ("<iframe src='//a.example/' title='A plan' loading='lazy'></iframe>", ["//a.example/ is elsewhere"]),
        ("<iframe src='/register' srcdoc='x' title='A plan' loading='lazy'></iframe>",
         ["a script, a style or a frame stands in it"]),
    ],
)  # fmt: skip
def test_a_frame_is_ours_has_a_name_and_waits(frame: str, said: list[str]) -> None:
    assert broken(GOOD.replace("<p>The end</p>", f"<p>The end</p>{frame}"), POLICY_WITH_FILES) == said
    assert "its policy is" in broken(GOOD.replace("<p>The end</p>", f"<p>The end</p>{frame}"), POLICY)[0]


def test_a_page_without_its_policy_is_seen() -> None:
    assert broken(GOOD, None) == ["its policy is None"]
