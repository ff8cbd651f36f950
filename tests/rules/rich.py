"""Random schemes that use the whole language, small enough to try every set of ratings."""

from functools import cache
from typing import Any

from hypothesis import strategies as st

from accreditation.scheme.answer import Answer
from accreditation.scheme.model import Scheme
from tests.building import built

SCALE = {
    "good": {"title": "Good", "counts_as_met": True, "points": 4},
    "fair": {"title": "Fair", "counts_as_met": True, "points": 2},
    "poor": {"title": "Poor", "counts_as_met": False, "points": 0},
}
PENALTIES = {
    name: {**rating, "points": points} for (name, rating), points in zip(SCALE.items(), (0, 1, 5), strict=True)
}
"""The same ratings where fewer points are better."""
PLAIN = {name: {key: value for key, value in rating.items() if key != "points"} for name, rating in SCALE.items()}
"""The same ratings without points."""

NONE = st.sampled_from(["satisfied", "not_satisfied"])
CLASSES = st.sampled_from(
    [
        {"all_criteria": True},
        {"type": "a"},
        {"type": ["a", "b"]},
        {"domain": "x"},
        {"standard": "s1"},
        {"tag": "t"},
        {"critical": True},
    ]
)
COUNTED = st.sampled_from(
    [{}, {}, {"counting": "not_met"}, {"rated_at_least": "fair"}, {"rated": ["good"]}, {"rated": ["fair"]}]
)
ENDS = ("at_least", "above", "at_most", "below")
HIGH = ("at_least", "above")


@cache  # a strategy made once is looked into once
def _figures(scores: tuple[str, ...], ends: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    leaves: list[st.SearchStrategy[dict[str, Any]]] = [
        st.builds(
            lambda c, o: {"mean": c, "over": o},
            CLASSES,
            st.sampled_from(["criteria", "domain", ["standard", "domain"]]),
        ),
        st.builds(lambda c: {"points": c}, CLASSES),
        st.builds(lambda c: {"percent_of_points": c}, CLASSES),
        st.builds(lambda c: {"share": c}, CLASSES),
        st.builds(lambda k, c: {k: c}, st.sampled_from(["lowest", "highest"]), CLASSES),
        st.builds(lambda n: {"constant": n}, st.integers(0, 3)),
    ]
    if scores:
        leaves += [
            st.builds(lambda s: {"score": s}, st.sampled_from(scores)),
            st.builds(lambda s: {"level_points": s}, st.sampled_from(scores)),
        ]
    return st.recursive(
        st.one_of(leaves),
        lambda inner: st.one_of(
            st.builds(
                lambda k, parts: {k: parts},
                st.sampled_from(["mean_of", "sum_of", "product_of", "lowest_of", "highest_of", "first_of"]),
                st.lists(inner, min_size=1, max_size=2),
            ),
            st.builds(
                lambda t, f: {"each": "domain", "take": t, "figure": f},
                st.sampled_from(["mean", "sum", "lowest", "highest"]),
                inner,
            ),
            st.builds(lambda one: {"divide": one, "by": {"constant": 3}}, inner),
            st.builds(lambda one, two: {"mean_of": [one, two], "weights": [2, 1]}, inner, inner),
        ),
        max_leaves=3,
    )


@cache
def _rules(scores: tuple[str, ...], ends: tuple[str, ...], *, backwards: bool) -> st.SearchStrategy[dict[str, Any]]:
    counted = COUNTED if backwards else st.just({})
    number = st.sampled_from([0, 1, 2, 3, "1.5", 4, 6, 25, 50, 60, 100])
    leaves = [
        st.builds(lambda c, n, k: {"every": c, "if_none_apply": n, **k}, CLASSES, NONE, counted),
        st.builds(
            lambda c, n, k, e, p, w: {"share": c, "if_none_apply": n, **k, e: f"{p} %", "weighted": w},
            CLASSES, NONE, counted, st.sampled_from(ends), st.sampled_from([25, 50, 60, 100]), st.booleans(),
        ),
        st.builds(
            lambda c, k, e, n: {"number": c, **k, e: n}, CLASSES, counted, st.sampled_from(ends), st.integers(0, 4)
        ),
        st.builds(
            lambda f, e, n, v: {"figure": f, e: n, "if_no_value": v},
            _figures(scores, ends), st.sampled_from(ends), number, NONE,
        ),
    ]  # fmt: skip
    if scores:
        leaves.append(
            st.builds(
                lambda s, level, n: {"level": s, "at_least": level, "if_no_value": n},
                st.sampled_from(scores), st.sampled_from(["A", "B"]), NONE,
            )
        )  # fmt: skip

    def around(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
        ways = [
            st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
            st.builds(
                lambda parts, n: {"any": parts, "at_least": n},
                st.lists(inner, min_size=1, max_size=3),
                st.integers(1, 2),
            ),
            st.builds(
                lambda each, r, n, k: {"each": each, "holds": r, "if_none_apply": n, **k},
                st.sampled_from(["domain", "standard", "type", "tag"]),
                inner,
                NONE,
                st.sampled_from([{}, {"at_least": 1}, {"above": "50 %"}]),
            ),
        ]
        if backwards:
            ways.append(st.builds(lambda r: {"not": r}, inner))
        return st.one_of(ways)

    return st.recursive(st.one_of(leaves), around, max_leaves=4)


BANDS = [
    {"level": "A", "at_least": 60, "points": 5},
    {"level": "B", "at_least": "1.5", "below": 60, "points": 3},
    {"level": "C", "below": "1.5", "points": 1},
]


@cache
def _limits(ends: tuple[str, ...]) -> st.SearchStrategy[list[dict[str, Any]]]:
    rules = _rules(("sum", "climb"), ends, backwards=True)
    return st.lists(st.builds(lambda r: {"when": r, "at_best": "low", "because": "so"}, rules), max_size=1)


@st.composite
def schemes(draw: st.DrawFn, *, backwards: bool = True) -> Scheme:
    """A scheme of two to five criteria; with `backwards` also rules that a better rating can break."""
    ends = ENDS if backwards else HIGH
    number = draw(st.integers(2, 5))
    criteria = [(str(n), draw(st.sampled_from("ab")), draw(st.sampled_from("xy"))) for n in range(number)]
    figure = draw(_figures((), ends))
    scores: dict[str, Any] = {
        "sum": {"title": "Sum", "figure": figure, "bands": BANDS, "rounded": draw(st.sampled_from([None, 0, 1]))},
        "climb": {
            "title": "Climb",
            "ladder": [
                {"level": level, "when": draw(_rules(("sum",), ends, backwards=backwards)), "points": points}
                for level, points in (("B", 3), ("A", 5))
            ],
            "otherwise": "C",
            "otherwise_points": draw(st.integers(0, 3)),
        },
    }
    rules = _rules(("sum", "climb"), ends, backwards=backwards)
    award = [{"outcome": name, "when": draw(rules)} for name in ("high", "low")]
    limits = draw(_limits(ends)) if backwards else []
    scheme = built(criteria=criteria, award=award, scale=draw(st.sampled_from([SCALE, PENALTIES, PLAIN])))
    told = scheme.model_dump(mode="json")
    for domain in told["domains"]:
        if domain["id"] == "x":
            domain["standards"] = [{"id": "s1", "title": "S1"}, {"id": "s2", "title": "S2"}]
        for one in domain["criteria"]:
            one["standard"] = draw(st.sampled_from(["s1", "s2"])) if domain["id"] == "x" else None
            one["weight"] = draw(st.sampled_from(["1", "2", "0.5"]))
            one["tags"] = draw(st.sampled_from([[], ["t"], ["t", "u"]]))
            one["critical"] = draw(st.booleans())
    return Scheme.model_validate({**told, "scores": scores, "limits": limits})


ANSWERS = st.sampled_from(
    [*(Answer(rating=name) for name in SCALE), Answer(state="not_answered"), Answer(state="not_applicable", note="n")]
)
