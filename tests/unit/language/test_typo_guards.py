"""What keeps the statistical typo detector silent, and how its proposals become findings."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from jimo_lint.language.typo.detector import Proposal
from jimo_lint.language.typo.guards import explained
from jimo_lint.language.typo.speller import Speller
from jimo_lint.language.typo.storage import Model, load


def proposal(marked: str, meant: str, score: float = 3.0) -> tuple[str, Proposal]:
    """A text and the proposal for what stands between 【 and 】."""
    before, rest = marked.split("【")
    written, after = rest.split("】")
    return before + written + after, Proposal(len(before), len(before) + len(written), meant, score)


@pytest.mark.parametrize(
    ("marked", "meant"),
    [
        ("委内瑞拉总统尼古拉·马【社】罗表示", "杜"),
        ("会见图【瓦】·阿里", "纸"),
        ("社区书记韩庆【朋】说，今年", "明"),
        ("李【先】龙表示，", "显"),
        ("推动中【约】关系发展", "越"),
        ("中方愿同【巴】方一道", "把"),
        ("赴【厄】访问", "恶"),
        ("支持【新方】的工作", "信访"),
        ("弥合数【智】鸿沟", "字"),
        ("由广州通【淘】进出口有限公司承办", "道"),
        ("根据商政办明【电】〔2018〕21号文件", "天"),
        ("| 陈【增】宾 | 校长 |", "嘉"),
        ("结合我【县】实际", "省"),
        ("设立【花桥】镇以来", "华侨"),
        ("到枫林【湾】村走访", "弯"),
        ("【岳】路街道开展", "山"),
        ("抓好以下【九】个方面工作", "几"),
        ("全面深化改革的【十】个要点", "一"),
        ("深刻认识【市县】两会精神", "实现"),
        ("明确【区县】责任", "取现"),
        ("推动【科企】合作", "科技"),
        ("提升【建管】水平", "监管"),
        ("促进【监理】行业健康发展", "建立"),
        ("各【考】区在辖内的县", "地"),
        ("建设单位对征求意见公【示】没有异议", "式"),
        ("建设无人机【起降】设施", "气象"),
    ],
)
def test_names_are_right_though_rare(marked: str, meant: str) -> None:
    """Names of persons and townships, transliterations, lands, companies, cells, new words, numbers are no typos."""
    assert explained(*proposal(marked, meant))


@pytest.mark.parametrize(
    ("marked", "meant"),
    [
        ("研究制定和修【盯】有关法律法规", "订"),
        ("提高公共服【物】水平", "务"),
        ("书记强调，要落实责【认】", "任"),
        ("以人民为中【新】的发展思想", "心"),
        ("实施【香】村振兴战略", "乡"),
        ("建设美【立】乡村", "丽"),
        ("申报文【名】村", "明"),
        ("确定示【犯】村名单", "范"),
        ("推进新【形】城镇化", "型"),
        ("发挥【忖】民主体作用", "村"),
        ("第【时】五届会议", "十"),
        ("努力【市现】高质量发展", "实现"),
        ("加强建设工程【监官】", "监管"),
    ],
)
def test_mistakes_are_not_explained_away(marked: str, meant: str) -> None:
    """A typo is no name just because a title or a land stands in the sentence."""
    assert not explained(*proposal(marked, meant))


def test_certainty_overrules_names() -> None:
    """Where the model is as good as certain, a title beside the mistake does not silence it."""
    marked, meant = "村民王小【朋】说，", "明"
    assert explained(*proposal(marked, meant, 3.0))
    assert not explained(*proposal(marked, meant, 9.0))


@pytest.fixture(scope="module")
def speller() -> Speller:
    """With the model that ships."""
    return Speller(load())


def test_whole_words_are_shown(speller: Speller) -> None:
    """A finding spans the word that was meant, so that a reader sees what is wrong."""
    text = "研究制定和修盯有关法律法规和政策。"
    (found,) = speller.read(text)
    assert (text[found.start : found.end], found.meant) == ("修盯", "修订")


class _Proposing:
    """A detector with the tables that ship, which proposes what the test says."""

    def __init__(self, given: list[Proposal]) -> None:
        detector = load().detector
        self.alphabet, self.tables = detector.alphabet, detector.tables
        self._given = given

    def propose(self, texts: list[str]) -> list[list[Proposal]]:
        return [self._given for _ in texts]


def read_as(marked: str, meant: str, score: float = 9.0) -> list[str]:
    """What becomes of a proposal: what is shown of it, if anything."""
    text, one = proposal(marked, meant, score)
    model = Model(_Proposing([one]), {"likely": 2.0})  # type: ignore[arg-type]
    return [text[found.start : found.end] + "→" + found.meant for found in Speller(model).read(text)]


@pytest.mark.parametrize(
    ("marked", "meant"),
    [
        ("【道】真自治县人民政府", "到"),
        ("在柘【城】召开会议", "成"),
        ("【广】安举行活动", "延"),
        ("佛山【福】彩开展活动", "市"),
        ("到仡佬族苗族自治县道【真】考察", "镇"),
        ("积石山保安族东【乡】族撒拉族自治县", "方"),
        ("赴阿【勒】泰学习", "勤"),
        ("原【即】墨市有关文件", "及"),
        ("青【潭】区人民政府", "浦"),
    ],
)
def test_places_are_never_mistakes(marked: str, meant: str) -> None:
    """However sure the model is: a province, prefecture or county, in full or short, is right as it is written."""
    assert not read_as(marked, meant)


@pytest.mark.parametrize(
    ("marked", "meant", "shown"),
    [
        ("建立资源【供】享机制", "共", "资源供享→资源共享"),
        ("开展合作【焦】流", "交", "焦流→交流"),
        ("加强管【里】县级公路", "理", "管里→管理"),
        ("在该县城【官】部门备案", "管", "城官→城管"),
    ],
)
def test_words_that_are_also_places_hide_nothing(marked: str, meant: str, shown: str) -> None:
    """资源县, 合作市 and 理县 are counties; where the words stand, a mistake beside them is still one."""
    assert read_as(marked, meant) == [shown]


@pytest.mark.parametrize(("marked", "meant"), [("已用【围挡】遮住", "于当"), ("要求【深审】", "慎渗")])
def test_a_suggestion_is_a_word(marked: str, meant: str) -> None:
    """What makes no word of the dictionary with its neighbours is not proposed, however likely the model finds it."""
    assert not read_as(marked, meant)


@pytest.mark.parametrize(
    ("between", "scores", "tiers"),
    [
        ("，", (9.0, 1.3), [0, 0]),
        ("，", (1.3, 9.0), [0, 0]),
        ("，", (1.3, 1.3), [1, 1]),
        ("。", (9.0, 1.3), [0, 1]),
        ("；", (1.3, 9.0), [1, 0]),
        ("\n", (9.0, 1.3), [0, 1]),
    ],
)
def test_doubtful_is_sure_beside_what_is_sure(between: str, scores: tuple[float, float], tiers: list[int]) -> None:
    """In a sentence with a likely mistake a possible one is likely too; the next sentence or line is judged alone."""
    text = f"研究修盯规定{between}提高服物水平"
    of = dict(zip("盯物", zip("订务", scores, strict=True), strict=True))
    detector = _Proposing([])
    detector.propose = lambda texts: [  # type: ignore[method-assign]
        [Proposal(at, at + 1, *of[one]) for at, one in enumerate(line) if one in of] for line in texts
    ]
    model = Model(detector, {"likely": 2.0, "possible": 1.2})  # type: ignore[arg-type]
    assert [one.tier for one in Speller(model).read(text)] == tiers


@pytest.mark.parametrize(
    ("words", "apart", "tiers"),
    [
        (("修盯", "服物", "环竟"), 0, [0, 0, 0]),
        (("修盯", "环竟", "服物"), 400, [0, 0, 0]),
        (("修盯", "服物", "环竟"), 600, [0, 0]),
        (("修盯", "修盯", "环竟"), 0, [0, 0]),
        (("修盯", "环竟"), 0, [0]),
        (("环竟", "环竟"), 0, []),
    ],
)
def test_doubtful_is_told_only_among_several_that_are_sure(words: Sequence[str], apart: int, tiers: list[int]) -> None:
    """Two different likely mistakes within 500 characters; one that stands twice may be a name."""
    text = f"。{'好' * apart}".join(words)
    of = {"盯": ("订", 9.0), "物": ("务", 9.0), "竟": ("境", 0.6)}
    detector = _Proposing([])
    detector.propose = lambda texts: [  # type: ignore[method-assign]
        [Proposal(at, at + 1, *of[one]) for at, one in enumerate(line) if one in of] for line in texts
    ]
    model = Model(detector, {"likely": 2.0, "possible": 1.2, "doubtful": 0.5})  # type: ignore[arg-type]
    assert [one.tier for one in Speller(model).read(text)] == tiers


def test_findings_do_not_overlap(speller: Speller) -> None:
    """Several mistakes near one another give findings side by side, within the line."""
    text = "坚持法治反拐基本元泽，提高公共服物水平。\n进一步优化营商环竟\n震兴乡村"
    found = list(speller.read(text))
    assert len(found) >= 3
    for one, two in pairwise(found):
        assert one.end <= two.start
    for one in found:
        assert "\n" not in text[one.start : one.end]
        assert len(one.meant) == one.end - one.start


def test_texts_read_together_give_what_each_gives_alone(speller: Speller) -> None:
    """Batches are for speed only: neighbours, empty texts and repetitions change nothing."""
    texts = [
        "坚持法治反拐基本元泽，提高公共服物水平。",
        "",
        "研究制定和修盯有关法律法规和政策。\n进一步优化营商环竟",
        "\n",
        "会议研究了有关工作。",
        "坚持法治反拐基本元泽，提高公共服物水平。",
    ]
    alone = [list(speller.read(text)) for text in texts]
    assert sum(map(len, alone)) >= 5
    speller.expect(texts)
    assert [list(speller.read(text)) for text in texts] == alone
    speller.expect([])
    assert list(speller.read(texts[0])) == alone[0]


def test_what_was_read_before_changes_nothing(speller: Speller, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines are remembered by themselves, whatever stood around them; what is forgotten is looked at anew."""
    one, two = "研究制定和修盯有关法律法规和政策。", "认真彻落实会议精神，做好各项工作。"
    alone = [list(Speller(load()).read(text)) for text in (one, two)]
    assert alone[0]
    text = f"{two}\n{one}\n{two}"
    found = [(each.start - len(two) - 1, each.meant) for each in speller.read(text) if each.start > len(two)]
    assert found[: len(alone[0])] == [(each.start, each.meant) for each in alone[0]]
    monkeypatch.setattr("jimo_lint.language.typo.speller._KEPT", 0)
    for _ in range(2):
        assert [list(speller.read(text)) for text in (one, two)] == alone
