"""Rule files and profiles: what is accepted, what is refused and how it is said, and how rules are selected."""

from __future__ import annotations

from pathlib import Path

import pytest

from jimo_lint.errors import RuleError
from jimo_lint.lint.ruleset import load_rules, read_rule, select
from jimo_lint.model import Basis, Rule, Severity
from jimo_lint.settings import toml

NAME = "T901-test-fault.toml"
RULE = """
code = "T901"
name = "test-fault"
title = "测试"
kind = "page"
severity = "error"
message = "{page}"
why = "因为。"
fix = "改。"
since = "0.1.0"
[[basis]]
document = "国办秘函〔2019〕19号"
clause = "单项否决“某某”"
evidence = "核"
[params]
check = "undated"
[[example]]
hit = true
text = "甲"
[[example]]
hit = false
text = "乙"
"""


def test_reads_a_rule() -> None:
    """All fields of a rule file arrive in the rule."""
    rule = read_rule(RULE, NAME)
    assert (rule.code, rule.name, rule.family, rule.severity) == ("T901", "test-fault", "T", Severity.ERROR)
    assert rule.default
    assert rule.basis == (Basis("国办秘函〔2019〕19号", "单项否决“某某”", "核"),)
    assert [(example.hit, example.given) for example in rule.examples] == [
        (True, {"text": "甲"}),
        (False, {"text": "乙"}),
    ]


def _without(text: str, start: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith(start))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (RULE.replace("severity =", "sevrity ="), "severity 缺少这一项"),
        ('sevrity = "error"\n' + RULE, '未知的键 "sevrity"，是否为 "severity"？'),
        (RULE.replace('"T901"', '"T91"'), "code = “T91” 形式不对"),
        (RULE.replace('"T901"', '"T902"'), "请改名为 T902-test-fault.toml"),
        (RULE.replace('"test-fault"', '"Test_Fault"'), "name = “Test_Fault” 形式不对"),
        (RULE.replace('"page"', '"pages"'), 'kind = “pages” 不认识，是否为 "page"？'),
        (RULE.replace('"error"', '"fatal"'), "可用：notice、warning、error、veto"),
        (RULE.replace('"核"', '"真"'), "可用：核、核1、产品、推、忆"),
        (RULE.replace("hit = false", "hit = true"), "没有不应报的例子"),
        (RULE.replace("hit = true", "hit = false"), "没有应报的例子"),
        (
            RULE.replace('[[example]]\nhit = true\ntext = "甲"', '[[example]]\ntext = "甲"'),
            "第 1 个 [[example]] hit 缺少",
        ),
        (RULE.replace('text = "甲"', ""), "没有内容"),
        (RULE.replace('"{page}"', '"{page.__class__}"'), "占位 {page.__class__} 不能用"),
        (RULE.replace('"{page}"', '"{page!r}"'), "占位 {page} 不能用"),
        (RULE.replace('"{page}"', '"{page:>99999999}"'), "占位 {page} 不能用"),
        (RULE.replace('"{page}"', '"{}"'), "占位 {} 不能用"),
        (RULE.replace('"{page}"', '"{page"'), "花括号不成对"),
        (RULE.replace('"{page}"', '" "'), "message 是空的"),
        (_without(RULE, "document"), "[[basis]] document 缺少"),
        (RULE.replace("[[basis]]", "[[bases]]"), '未知的键 "bases"，是否为 "basis"？'),
        (RULE.replace('why = "因为。"', "why = 3"), "why 应为文字"),
        ("code = ", "行读不通"),
        (RULE.replace('"0.1.0"', '"明年"'), "since = “明年” 形式不对"),
    ],
)
def test_refuses_and_says_why(text: str, said: str) -> None:
    """A fault in a rule file is one line with the file, the key and what would be right."""
    with pytest.raises(RuleError) as fault:
        read_rule(text, NAME)
    message = str(fault.value)
    assert message.startswith(f"rules/{NAME}：")
    assert said in message
    assert "\n" not in message


def test_needs_a_basis() -> None:
    """A rule without any basis is refused."""
    text = RULE[: RULE.index("[[basis]]")] + RULE[RULE.index("[params]") :]
    with pytest.raises(RuleError, match="缺少依据"):
        read_rule(text, NAME)


@pytest.mark.parametrize(
    ("evidence", "clause", "accepted"),
    [
        ("核", "单项否决“某某”", True),
        ("核1", "单项否决“某某”", True),
        ("忆", "单项否决“某某”", False),
        ("推", "单项否决“某某”", False),
        ("核", "扣分指标", False),
    ],
)
def test_veto_needs_a_verified_veto_clause(evidence: str, clause: str, accepted: bool) -> None:
    """A veto rests on a clause that was seen and that says 单项否决, or it is refused."""
    text = RULE.replace('"error"', '"veto"').replace('"核"', f'"{evidence}"').replace("单项否决“某某”", clause)
    if accepted:
        assert read_rule(text, NAME).severity is Severity.VETO
    else:
        with pytest.raises(RuleError, match="没有已核实的单项否决依据"):
            read_rule(text, NAME)


def test_loads_a_folder_sorted(tmp_path: Path) -> None:
    """Rules come sorted by code; other files in the folder are left alone."""
    for code in ("T902", "T901"):
        text = RULE.replace("T901", code).replace("test-fault", f"fault-{code.lower()}")
        (tmp_path / f"{code}-fault-{code.lower()}.toml").write_text(text, encoding="utf-8")
    (tmp_path / "README.md").write_text("x", encoding="utf-8")
    (tmp_path / "profiles").mkdir()
    assert [rule.code for rule in load_rules(tmp_path)] == ["T901", "T902"]


def test_refuses_the_same_code_or_name_twice(tmp_path: Path) -> None:
    """A code or a name that is taken is refused, naming who has it."""
    (tmp_path / NAME).write_text(RULE, encoding="utf-8")
    again = tmp_path / "T902-test-fault.toml"
    again.write_text(RULE.replace("T901", "T902"), encoding="utf-8")
    with pytest.raises(RuleError, match="名称 test-fault 已用于 T901"):
        load_rules(tmp_path)
    again.unlink()
    (tmp_path / "T901-test-other.toml").write_text(RULE.replace("test-fault", "test-other"), encoding="utf-8")
    with pytest.raises(RuleError, match="编号 T901 已用于 test-fault"):
        load_rules(tmp_path)


def test_refuses_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    """A rule file in another encoding is named with the remedy."""
    (tmp_path / NAME).write_bytes(RULE.encode("gb18030"))
    with pytest.raises(RuleError, match="请用 UTF-8 另存"):
        load_rules(tmp_path)


def _rules() -> tuple[Rule, ...]:
    texts = [("T101", "common-typo"), ("T102", "confused-words"), ("S101", "state-name-wrong"), ("S108", "cautious")]
    rules = []
    for code, name in texts:
        text = RULE.replace("T901", code).replace("test-fault", name)
        if code == "S108":
            text = "default = false\n" + text
        rules.append(read_rule(text, f"{code}-{name}.toml"))
    return tuple(rules)


@pytest.mark.parametrize(
    ("wanted", "unwanted", "codes"),
    [
        ([], [], "T101 T102 S101"),
        (["ALL"], [], "T101 T102 S101 S108"),
        (["S"], [], "S101 S108"),
        (["T10"], [], "T101 T102"),
        (["T102", "state-name-wrong"], [], "T102 S101"),
        ([], ["T"], "S101"),
        ([], ["common-typo"], "T102 S101"),
        (["T1"], ["T101"], "T102"),
        (["T101"], ["T"], "T101"),
        (["T101"], ["common-typo"], ""),
        (["ALL"], ["ALL"], ""),
        (["S", "S108"], ["S"], "S108"),
    ],
)
def test_select(wanted: list[str], unwanted: list[str], codes: str) -> None:
    """The more exact selector wins, `ignore` wins a tie, and nothing selected means the defaults."""
    assert [rule.code for rule in select(_rules(), wanted, unwanted)] == codes.split()


@pytest.mark.parametrize(
    ("selector", "near"), [("common-typos", "common-typo"), ("T103", "T10"), ("t101", ""), ("", "")]
)
def test_select_refuses_what_names_no_rule(selector: str, near: str) -> None:
    """A selector that names nothing is an error with the nearest name, for `ignore` as for `select`."""
    for arguments in (([selector], []), ([], [selector])):
        with pytest.raises(RuleError, match=f'没有规则 "{selector}"') as fault:
            select(_rules(), *arguments)
        assert near in str(fault.value)


@pytest.fixture
def cached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder, and an empty temporary folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    return tmp_path / "cache" / "jimo-lint"


def test_shipped_rules_are_parsed_once(cached: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second load gives the very same rules, days in examples too, without parsing."""
    first = load_rules()
    with monkeypatch.context() as patched:
        patched.setattr(toml, "parse", lambda *_: pytest.fail("parsed again"))
        assert load_rules() == first
    (kept,) = cached.iterdir()
    kept.unlink()
    with pytest.raises(pytest.fail.Exception, match="parsed again"), monkeypatch.context() as patched:
        patched.setattr(toml, "parse", lambda *_: pytest.fail("parsed again"))
        load_rules()


@pytest.mark.slow
def test_a_damaged_cache_of_rules_is_written_anew(cached: Path) -> None:
    """Cut, emptied or changed, the file is passed over and replaced."""
    first = load_rules()
    (kept,) = cached.iterdir()
    whole = kept.read_bytes()
    for damaged in (whole[:-10], b"", whole.replace(b"error", b"ERROR", 1), b"{}"):
        kept.write_bytes(damaged)
        assert load_rules() == first
        assert kept.read_bytes() == whole


def test_rules_load_where_nothing_can_be_written(cached: Path, tmp_path: Path) -> None:
    """Without a cache folder and a temporary one the rules are parsed each time."""
    cached.parent.write_text("a file where the folder should be")
    (tmp_path / "tmp").rmdir()
    (tmp_path / "tmp").write_text("here as well")
    assert load_rules() == load_rules() != ()
