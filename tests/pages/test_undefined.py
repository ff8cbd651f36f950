"""What a template may leave out: a parameter of the design system's macros, and nothing of ours."""

from dataclasses import dataclass

import pytest
from jinja2 import UndefinedError

from api.pages.rendering import _pages


@dataclass(frozen=True)
class Named:
    name: str


def made(template: str) -> str:
    return _pages("en").from_string(template).render(value=Named(name="North"), known={"text": "here"})


@pytest.mark.parametrize(
    "template",
    [
        "{{ valu }}", "{{ valu.name }}", "{{ value.nmae }}", "{{ value.name.first }}", "{% if value.nmae %}{% endif %}",
        "{% for one in value.rows %}{% endfor %}", "{{ value.nmae or 'nothing' }}",
        "{% from 'macros/parts.html' import state %}{{ state('Current') }}",
    ],
)  # fmt: skip
def test_what_is_misspelt_fails(template: str) -> None:
    with pytest.raises(UndefinedError):
        made(template)


def test_a_parameter_that_was_left_out_is_nothing() -> None:
    assert made("{{ value.name }}{{ known.text }}{{ known.hint }}{{ known.hint.text }}") == "Northhere"


def test_the_design_system_s_macros_need_only_what_they_need() -> None:
    page = made(
        "{% from 'nhsuk/components/input/macro.jinja' import input %}"
        "{% from 'nhsuk/components/select/macro.jinja' import select %}"
        "{{ input({'name': 'a', 'label': {'text': 'A'}, 'errorMessage': {'text': 'Say it'}}) }}"
        "{{ select({'name': 'b', 'label': {'text': 'B'}, 'items': [{'text': 'c'}], 'errorMessage': {'text': 'Say'}}) }}"
    )
    assert (page.count("<label"), page.count('class="nhsuk-error-message"')) == (2, 2)


@pytest.mark.parametrize("colour", ["green", "aqua-green", ""])
def test_our_tag_is_the_design_system_s(colour: str) -> None:
    words = f"'Safe & <sound>', '{colour}'"
    ours = made("{% from 'macros/parts.html' import state %}{{ state(" + words + ") }}")
    theirs = made(
        "{% from 'nhsuk/components/tag/macro.jinja' import tag %}"
        "{{ tag({'text': 'Safe & <sound>', 'colour': '" + colour + "'}) }}"
    )
    assert ours.split() == theirs.split()


def test_only_a_name_with_a_longer_word_than_any_of_ours_may_break_inside_it() -> None:
    named = "{% from 'macros/parts.html' import named %}{{ named(value) }}"
    page = _pages("en").from_string(named)
    assert [page.render(value=one).strip() for one in ("Stroke services", "", f"North {'n' * 31}")] == [
        "<span>Stroke services</span>", "<span></span>", f'<span class="site-wrap">North {"n" * 31}</span>',
    ]  # fmt: skip
