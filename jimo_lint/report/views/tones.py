"""What the words of 结论 and 级别 mean to who reads them, so that every writer colours them alike."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Tone(StrEnum):
    """BAD: something is wrong; DOUBT: it may be, or soon will be; CALM: nothing is said or asked; GOOD: all is well."""

    BAD = "bad"
    DOUBT = "doubt"
    CALM = "calm"
    GOOD = "good"


TONES: Mapping[str, Tone] = {
    "超期未更新": Tone.BAD,
    "更新不及时": Tone.BAD,
    "账号无内容": Tone.BAD,
    "空白栏目": Tone.BAD,
    "需整改": Tone.BAD,
    "失效": Tone.BAD,
    "否决": Tone.BAD,
    "错误": Tone.BAD,
    "达到": Tone.BAD,
    "有问题": Tone.BAD,
    "打不开": Tone.BAD,
    "缺": Tone.BAD,
    "落后": Tone.BAD,
    "逾期": Tone.BAD,
    "超期": Tone.BAD,
    "逾期未答复": Tone.BAD,
    "逾期答复": Tone.BAD,
    "本周到期": Tone.DOUBT,
    "在办": Tone.CALM,
    "待补正": Tone.CALM,
    "征求第三方": Tone.CALM,
    "不再处理": Tone.CALM,
    "按期答复": Tone.GOOD,
    "新增": Tone.BAD,
    "复现": Tone.BAD,
    "整改未到位": Tone.BAD,
    "首次检查": Tone.DOUBT,
    "仍在": Tone.DOUBT,
    "改写仍在": Tone.DOUBT,
    "部分整改": Tone.DOUBT,
    "即将超期": Tone.DOUBT,
    "警告": Tone.DOUBT,
    "待确认": Tone.DOUBT,
    "待人工核查": Tone.DOUBT,
    "未能判定": Tone.CALM,
    "无法统计": Tone.CALM,
    "未到期": Tone.CALM,
    "不判更新": Tone.CALM,
    "未检查": Tone.CALM,
    "未检": Tone.CALM,
    "提示": Tone.CALM,
    "未复查": Tone.CALM,
    "暂缓": Tone.DOUBT,
    "已整改": Tone.GOOD,
    "误报": Tone.CALM,
    "确认": Tone.BAD,
    "无法自动核实": Tone.CALM,
    "已改": Tone.GOOD,
    "已下线": Tone.GOOD,
    "已销号": Tone.GOOD,
    "正常": Tone.GOOD,
    "已完成": Tone.GOOD,
    "超前": Tone.GOOD,
    "按进度": Tone.GOOD,
    "未达到": Tone.GOOD,
    "无问题": Tone.GOOD,
    "有": Tone.GOOD,
}
