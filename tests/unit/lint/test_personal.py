"""Rules about personal data report what was masked, and reveal nothing."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from jimo_lint.errors import RuleError
from jimo_lint.lint.checks.wording.personal import PersonalCheck
from jimo_lint.model import Basis, Context, Rule, Severity
from tests.support import shipped
from tests.support.crawling import Reply, site
from tests.support.program import jimo_lint

ID = "11010519491231002X"  # the example of GB 11643

CONTEXT = Context(date(2026, 1, 31), shipped.national())


def rule(**params: object) -> Rule:
    """A rule about personal data."""
    return Rule(
        code="P199",
        name="test",
        title="测试",
        kind="personal",
        severity=Severity.ERROR,
        message="",
        why="",
        basis=(Basis("测试"),),
        examples=(),
        params=params,
        since="0.1.0",
    )


def test_only_the_asked_kind_is_reported() -> None:
    """A rule about mobile numbers is silent about IDs; spans lie on the masked number."""
    check = PersonalCheck([rule(what="mobile")], CONTEXT)
    draft = PersonalCheck.example({"text": "身份证11010519491231002X，电话13800138000"})
    (hit,) = check.hits(draft)
    assert hit.span
    assert draft.text[hit.span.start : hit.span.end] == "138****8000"
    assert "13800138000" not in repr(hit)


def test_masked_source_raises_nothing() -> None:
    """What the editor has masked is no finding."""
    check = PersonalCheck([rule(what="mobile"), rule(what="resident-id")], CONTEXT)
    assert not list(check.hits(PersonalCheck.example({"text": "电话138****8000"})))


@pytest.mark.parametrize("params", [{}, {"what": "name"}, {"what": "mobile", "wat": 1}])
def test_bad_params(params: dict[str, object]) -> None:
    """An unknown kind or key is one line that names the file."""
    with pytest.raises(RuleError, match=r"rules/P199-test\.toml"):
        PersonalCheck([rule(**params)], CONTEXT)


def test_unknown_key_in_an_example() -> None:
    """An example with a mistyped key is refused."""
    with pytest.raises(RuleError, match="txt"):
        PersonalCheck.example({"text": "a", "txt": "b"})


def test_drafts_are_told_of_addresses_and_names(tmp_path: Path) -> None:
    """Links of Markdown and HTML, and the name of the file; the number itself is shown nowhere."""
    (tmp_path / "a.md").write_text(
        f"见[名单](/f/%E5%BC%A0{ID}.docx)，或[查询][1]。\n\n[1]: /q?mobile=13800138000\n", "utf-8"
    )
    (tmp_path / "b.html").write_text(f"<p>见<a href='/show?sfz={ID}'>公示</a>。</p>", "utf-8")
    (tmp_path / f"{ID}.txt").write_text("公示一则。", "utf-8")
    done = jimo_lint("check", ".", "-f", "json", "--select", "P", cwd=tmp_path)
    found = sorted((one["url"], one["code"]) for one in json.loads(done.stdout)["findings"])
    assert found == [("11**************2X.txt", "P106"), ("a.md", "P106"), ("a.md", "P107"), ("b.html", "P106")]
    assert ID not in done.stdout + done.stderr


@pytest.mark.slow
def test_a_list_of_links_is_told_of_addresses(tmp_path: Path) -> None:
    """What is masked is not asked: unchecked, with a finding."""
    (tmp_path / "list.txt").write_text(f"http://127.0.0.1:9/f/{ID}.pdf\n", "utf-8")
    done = jimo_lint("links", "list.txt", "-f", "json", cwd=tmp_path)
    report = json.loads(done.stdout)
    assert [one["code"] for one in report["findings"]] == ["P106"]
    assert [(one["verdict"], one["reason"]) for one in report["links"]] == [(None, "personal-address")]
    assert ID not in done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    "target", [f"/f/{ID}.pdf", f"/f/%E5%BC%A0{ID}.pdf", f"/show?sfz={ID}", "/q?mobile=13800138000"]
)
@pytest.mark.parametrize("link", ["/download.pdf", "/download?id=7", "/twice.pdf"])
def test_links_that_lead_on_to_personal_data(link: str, target: str, tmp_path: Path) -> None:
    """A redirect to a file that is named by a number is not followed, and is a finding about the link."""

    def answer(path: str) -> Reply | None:
        if path == "/twice.pdf":
            return Reply(status=301, headers={"Location": "/download.pdf"})
        return Reply(status=302, headers={"Location": target}) if path.startswith("/download") else None

    with site(answer) as server:
        (tmp_path / "list.txt").write_text(f"{server.url}{link}\n", "utf-8")
        done = jimo_lint("links", "list.txt", "--allow-private", "-f", "json", cwd=tmp_path)
        assert target not in server.hits
        report = json.loads(done.stdout)
        assert [(one["code"], one["message"].endswith(f"{server.url}{link}")) for one in report["findings"]] == [
            ("P108", True)
        ]
    assert [one["reason"] for one in report["links"]] == ["personal-address"]
    assert done.returncode == 1
    assert ID not in done.stdout + done.stderr and "13800138000" not in done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    "target", ["/f/110105194912310021.pdf", "/f/t20190510_1234567.pdf", "/f/11**************2X.pdf"]
)
def test_links_that_lead_on_elsewhere(target: str, tmp_path: Path) -> None:
    """Numbers that are nobody's, and what is masked by its editors, are followed."""

    def answer(path: str) -> Reply | None:
        if path == target:
            return Reply(b"%PDF-1.4\n", headers={"Content-Type": "application/pdf"})
        return Reply(status=302, headers={"Location": target}) if path == "/download.pdf" else None

    with site(answer) as server:
        (tmp_path / "list.txt").write_text(f"{server.url}/download.pdf\n", "utf-8")
        report = json.loads(jimo_lint("links", "list.txt", "--allow-private", "-f", "json", cwd=tmp_path).stdout)
    assert [(one["verdict"], one["reason"]) for one in report["links"]] == [("alive", "ok")]
    assert not report["findings"]
