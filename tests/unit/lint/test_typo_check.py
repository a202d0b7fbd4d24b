"""The kind of rules that reports likely typos, with the model that ships."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from jimo_lint.errors import RuleError
from jimo_lint.lint.checks.wording.typo import TypoCheck
from jimo_lint.lint.engine import Engine
from jimo_lint.model import Basis, Block, Context, Document, Finding, Rule, Severity
from tests.support import shipped

ROOT = Path(__file__).resolve().parents[3]
CONTEXT = Context(date(2026, 1, 31), shipped.national())


def rule(code: str, **params: object) -> Rule:
    """A rule of the kind."""
    basis = (Basis("文", evidence="核"),)
    return Rule(
        code, "a-rule", "标题", "typo", Severity.WARNING, "“{matched}”“{suggestion}”", "。", basis, (), params, "0"
    )


def findings(text: str, *rules: Rule) -> list[Finding]:
    """What the rules say about a draft."""
    document = Document("id", "", "file", "", (Block("body", text),))
    return list(Engine(rules, CONTEXT).findings(document))


def corrected(text: str) -> str:
    """The draft with all suggestions of both tiers."""
    for one in reversed(findings(text, rule("T105", tier="possible"))):
        assert one.span is not None and text[one.span.start : one.span.end] == one.matched
        text = text[: one.span.start] + one.suggestions[0] + text[one.span.end :]
    return text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("研究制定和修盯有关法律法规和政策。", "研究制定和修订有关法律法规和政策。"),
        ("进一步优化营商环竟，激发市场活力。", "进一步优化营商环境，激发市场活力。"),
        ("坚持法治反拐基本元泽，形成工作合力。", "坚持法治反拐基本原则，形成工作合力。"),
        ("😀 全面推进乡村震兴。", "😀 全面推进乡村振兴。"),
    ],
)
def test_corrects(written: str, meant: str) -> None:
    """Characters and words of the same sound or a similar shape are found, and what is right stays."""
    assert corrected(written) == meant
    assert corrected(meant) == meant


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("各级各部门要高度重，切实加强组织领导。", "高度重，→高度重视，"),
        ("为全面贯彻落党的二十大精神，制定本方案。", "贯彻落党→贯彻落实党"),
        ("会议强，要压实工作责任。", "强，→强调，"),
        ("走生态优先、绿色发之路。", "发之→发展之"),
        ("不断完善机制，提高服务率效。", "率效→效率"),
        ("主要负人责参加会议。", "负人责→负责人"),
        ("加快推基进础设施建设。", "基进→进基"),
        ("请于规定时限内内完成整改。", "内内→内"),
        ("现将有关情况通报如下下：", "如下下→如下"),
    ],
)
def test_slips_are_found(written: str, shown: str) -> None:
    """A character missing, one too many, and two swapped, with what stands on both sides of a gap."""
    (found,) = findings(written, rule("T104", tier="likely"))
    assert f"{found.matched}→{found.suggestions[0]}" == shown


@pytest.mark.parametrize(
    "text",
    [
        "劳动者在服务期期间的劳动报酬照发。",
        "从事锅炉操作工工作满14年。",
        "教育转化罪犯工作取得成效。",
        "一体推进不敢腐、不能腐、不想腐。",
        "林长制、河长制、田长制、路长制全面推行。",
        "李家坪村党支部书记带头种植羊肚菌。",
        "县人大常委会副主任王建国主持会议。",
        "促改革、调结构、惠民生、防风险。",
        "天天向上，人人参与，家家户户点点滴滴。",
    ],
)
def test_what_is_short_or_repeated_is_no_slip(text: str) -> None:
    """Two words side by side that share a character, words that double, and short ways to say a thing."""
    assert not findings(text, rule("T104", tier="likely"))


@pytest.mark.parametrize("text", ["", "\n", "修", "abc 123", "\ud800修盯\0", "修盯" * 3000])
def test_any_text_is_read(text: str) -> None:
    """Empty, foreign, broken and endless texts give findings or none, never an error."""
    for one in findings(text, rule("T104", tier="likely"), rule("T105", tier="possible")):
        assert one.suggestions and one.matched != one.suggestions[0]


def test_each_finding_belongs_to_one_tier() -> None:
    """With both rules what is likely is not reported as possible again; the lower alone reports both."""
    text = "研究制定和修盯有关法律法规和政策。"
    assert [one.code for one in findings(text, rule("T105", tier="possible"), rule("T104", tier="likely"))] == ["T104"]
    assert [one.code for one in findings(text, rule("T105", tier="possible"))] == ["T105"]


def test_listed_terms_are_left_to_their_rules() -> None:
    """A term of a word list named in `known` is not reported a second time."""
    text = "这是做好工作的关健。"
    assert not findings(text, rule("T104", tier="likely", known=["typo-pairs"]))


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({}, "tier 缺少"),
        ({"tier": "sure"}, "tier"),
        ({"tier": "likely", "tires": 1}, "tires"),
        ({"tier": "likely", "known": ["typo-pears"]}, "typo-pears"),
    ],
)
def test_bad_params_are_told(params: dict[str, object], message: str) -> None:
    """A missing or wrong tier and unknown keys name the rule's file and the key."""
    with pytest.raises(RuleError, match=rf"rules/T104-a-rule\.toml：.*{message}"):
        TypoCheck([rule("T104", **params)], CONTEXT)


def test_one_rule_a_tier() -> None:
    """Two rules of one tier would report everything twice."""
    with pytest.raises(RuleError, match="已由 T104 使用"):
        TypoCheck([rule("T104", tier="likely"), rule("T199", tier="likely")], CONTEXT)


def test_numpy_waits_for_the_first_document() -> None:
    """Naming the kind or making the check does not load numpy: most commands never read a document."""
    script = "import sys, jimo_lint.lint.checks.wording.typo, jimo_lint.lint.engine; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False, timeout=60).returncode == 0
