"""Facts about a service as they are typed or chosen in a page's form, each in a field that is named after it."""

from collections.abc import Mapping

NAMED = "fact-"
"""How the name of such a field begins."""

MOST = 100
"""Characters of what is typed for a fact."""

YES_NO: Mapping[str, bool] = {"yes": True, "no": False}


def typed_facts(typed: Mapping[str, str], kinds: Mapping[str, str]) -> dict[str, object]:
    """Fact -> what is stated of it, as far as something is; `kinds` says of each fact how it is answered.

    What answers no question is handed on as it is, to be refused by the rules that know the question.
    """
    said = {name: typed.get(f"{NAMED}{name}", "").strip()[:MOST] for name in kinds}
    return {
        name: YES_NO.get(text, text) if kinds[name] == "yes_no" else text for name, text in said.items() if text
    }  # fmt: skip
