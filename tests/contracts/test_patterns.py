"""No pattern takes longer than its text is long: not those of modules, of rules, or built as the program runs."""

import json
import re
import subprocess
import sys
from typing import Any

import pytest

from tests.support.hostile import LENGTH, verdict, worst
from tests.support.patterns import FILES, ROOT, sites

pytestmark = pytest.mark.slow


def _examined() -> dict[str, Any]:
    """In a process of its own: one that has imported nothing can watch all that is compiled."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.support.patterns"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=200,
    )
    told: dict[str, Any] = json.loads(ended.stdout)
    return told


def test_time_grows_with_the_text_alone() -> None:
    """Every pattern of the program takes about twice as long for a text of twice the length, whatever it holds."""
    examined = _examined()
    slow = [f"{place} ({way}): {source}\n    {said}" for place, way, source, said in examined["slow"]]
    assert not slow, "\n".join(slow)
    # And nothing was left out: every call of `re`, and every rule with an expression, is among what was examined.
    places = set(examined["places"])
    # What the rules compile stands under the rule's own name.
    calls = {site.place for path in FILES for site in sites(path) if path.name != "guards.py" or "typo" in path.parts}
    assert calls and not calls - places
    rules = {
        path.name
        for path in (ROOT / "rules").glob("*.toml")
        if re.search(r"^(?:regex|unless|unless_near) = (?!\[\])", path.read_text(encoding="utf-8"), re.M)
    }
    assert rules and not {name for name in rules if not any(name in place for place in places)}


@pytest.mark.parametrize(
    ("source", "way"),
    [
        (r"\s*(?:<!--.*?-->\s*)*<html\b", "match"),  # exponential in comments
        (r"^(?:的|现在的?|当前的?)*位置", "search"),  # exponential in a word that may be one or two
        (r"\(((?:\s*\d{1,5}\s*,?){4,20000})\)", "search"),  # exponential in digits without commas
        (r"[ \t|:-]*-{2,}[ \t|:-]*$", "match"),  # cubic in dashes
        (r"https?:/+[^/?#]*\s+[^/?#\s]+\.", "match"),  # cubic in blanks
        (r"(.+?)\s*(?:作者.*)?", "fullmatch"),  # quadratic in blanks
        (r"\s*:\s*x", "search"),  # quadratic: every blank starts a search
        (r"<script\b.*?</script>", "search"),  # quadratic in what is never closed
        (r"[(（].*?[)）]$", "search"),  # quadratic in brackets
        (r"([\w-]+)\s*=", "search"),  # quadratic in a name without an end
        (r"\[[^\]]*\]\(", "search"),
        (r"来源[:：].*\d{4}年", "search"),
        (r"(?:香港|澳门)(?:、(?:香港|澳门))*国", "search"),
        (r"\.write\([^;]*<li", "search"),
        (r"(?:a|b|ab)*c", "window"),  # exponential, in whatever little text
    ],
)
def test_bad_pattern_is_named(source: str, way: str) -> None:
    """A pattern that takes longer than its text is long is found, with an input that shows it."""
    said = worst(re.compile(source, re.S if "script" in source or "!--" in source else 0), way)
    assert "× n" in said and " s for " in said


@pytest.mark.parametrize(
    ("source", "way"),
    [
        (r"\s*+(?:<!--.*?-->\s*+)*+<html\b", "match"),
        (r"(?<!\s)\s*+:\s*+x", "search"),
        (r"<script\b.*?(?:</script>|\Z)", "search"),
        (r"\w+", "search"),
        (r"(?:公告|通知|通报|意见|办法|决定)(?=[（(])", "search"),
        (r"[^。；\n]{0,40}?有效期", "search"),
        (r"\s*:\s*x", "match"),
    ],
)
def test_good_pattern_is_left_alone(source: str, way: str) -> None:
    """Possessive, bounded and anchored patterns pass: what grows evenly is no fault, though it be slow."""
    assert worst(re.compile(source, re.S), way) == ""


def test_quick_work_on_long_texts_is_told_from_slow() -> None:
    """Work that grows with the square of the length is found whatever does it; sorting is not."""
    assert verdict(lambda text: [text.count(one) for one in text], lambda size: "ab" * (size // 2), LENGTH)
    assert not verdict(lambda text: sorted(text * 20), lambda size: "ba" * (size // 2), LENGTH)
