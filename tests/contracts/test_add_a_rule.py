"""Whoever follows the steps of CONTRIBUTING's 加一条规则, and does nothing else, leaves everything green."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path

import pytest

from jimo_lint.lint.ruleset import load_rules
from tests.support import checkout as checkouts
from tests.support.checkout import ROOT

pytestmark = pytest.mark.slow

CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SECTION = re.split(r"^## ", CONTRIBUTING.split("\n## 加一条规则\n")[1], maxsplit=1, flags=re.M)[0]
RULE, TRUTH = (textwrap.dedent(block) for block in re.findall(r"^ *```toml\n(.*?)^ *```$", SECTION, re.M | re.S))
COMMANDS = [re.sub(r"\s+", " ", one) for one in re.findall(r"`((?:make|\.venv/bin/)[^`]+)`", SECTION)]
# Two rules, for both are planted in one run: of this version and of a later one.
VERSIONS = ("0.1.0", "0.2.0")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy to work in."""
    return checkouts.copy(tmp_path / "jimo-lint")


def named(text: str, code: str, name: str) -> str:
    """A block of the page for a rule of another code and name."""
    rule = tomllib.loads(RULE)
    return text.replace(f'"{rule["code"]}"', f'"{code}"').replace(f'"{rule["name"]}"', f'"{name}"')


def append(path: Path, text: str) -> None:
    """Add text at the end of a file."""
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def add_rule(checkout: Path, code: str, name: str, since: str) -> None:
    """Steps 1 to 4: the file of the rule, and its place in the demo."""
    text = re.sub(r'^since = "[^"]*"', f'since = "{since}"', named(RULE, code, name), flags=re.M)
    (checkout / "rules" / f"{code}-{name}.toml").write_text(text, encoding="utf-8")
    append(checkout / "jimo_lint/demo/data/truth.toml", f"\n{named(TRUTH, code, name)}")


def plant_sentence(checkout: Path) -> None:
    """Put the example that hits into the article that the page names."""
    path = checkout / "jimo_lint/demo/data/articles.toml"
    before, mark, after = path.read_text(encoding="utf-8").partition('file = "wording.html"')
    (sentence,) = [one["text"] for one in tomllib.loads(RULE)["example"] if one["hit"]]
    path.write_text(before + mark + after.replace('body = """\n', f'body = """\n{sentence}\n', 1), encoding="utf-8")


def command(line: str) -> list[str]:
    """A command of the page, for the environment that runs these tests."""
    first, *rest = shlex.split(line)
    programs = {".venv/bin/python": [], ".venv/bin/jimo-lint": ["-m", "jimo_lint"]}
    if first in programs:
        return [sys.executable, *programs[first], *rest]
    ((name, tests),) = [part.split("=", 1) for part in rest if part != "test"]
    assert (first, name) == ("make", "TESTS")
    return [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *tests.split()]


def run(checkout: Path, arguments: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command in the copy, with the program that lies there."""
    path = os.pathsep.join((os.environ["PYTHONPATH"].split(os.pathsep)[0], str(checkout)))
    environment = {**os.environ, "PYTHONPATH": path}
    return subprocess.run(
        arguments, cwd=checkout, env=environment, check=False, capture_output=True, text=True, timeout=240
    )


def test_the_steps_leave_everything_green(checkout: Path) -> None:
    """A rule made from the page's example passes, whatever version it begins with, and the demo still agrees."""
    taken = {rule.code for rule in load_rules()}
    family = tomllib.loads(RULE)["code"][0]
    free = [code for code in (f"{family}{number}" for number in range(900, 1000)) if code not in taken]
    added = list(zip(free, VERSIONS, strict=False))
    for code, since in added:
        add_rule(checkout, code, f"added-by-a-script-{code.lower()}", since)
    plant_sentence(checkout)
    said = []
    for line in COMMANDS:
        done = run(checkout, command(line))
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        said.append(done.stdout)
    assert any(" passed" in one for one in said)
    assert "完全一致" in said[-1]
    page = (checkout / "docs/rules.md").read_text(encoding="utf-8")
    for code, since in added:
        (title,) = re.findall(rf'^.*<a id="{code.lower()}"></a>.*$', page, re.M)
        assert f"自 {since} 起" in page.split(title)[1][:200]


def test_a_rule_alone_does_not_pass(checkout: Path) -> None:
    """A rule that is neither in the catalogue nor planted is noticed by the tests that the page names."""
    (checkout / "rules" / "F999-alone.toml").write_text(named(RULE, "F999", "alone"), encoding="utf-8")
    (line,) = [line for line in COMMANDS if line.startswith("make test")]
    wanted = "test_the_generated_pages_are_up_to_date or test_every_rule_is_planted"
    done = run(checkout, [*command(line), "-k", wanted])
    failed = re.findall(r"^FAILED \S+::(\w+)", done.stdout, re.M)
    assert failed == wanted.split(" or ")
