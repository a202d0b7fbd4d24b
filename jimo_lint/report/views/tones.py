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
    "新增": Tone.BAD,
    "复现": Tone.BAD,
    "整改未到位": Tone.BAD,
    "不合格": Tone.BAD,
    "转为不合格": Tone.BAD,
    "仍不合格": Tone.BAD,
    "未能作出结论": Tone.DOUBT,
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
    "合格": Tone.GOOD,
    "转为合格": Tone.GOOD,
    "正常": Tone.GOOD,
    "已完成": Tone.GOOD,
    "超前": Tone.GOOD,
    "按进度": Tone.GOOD,
    "未达到": Tone.GOOD,
    "无问题": Tone.GOOD,
    "有": Tone.GOOD,
    "超时": Tone.BAD,
    "未见": Tone.DOUBT,
    "数字不一致": Tone.BAD,
    "判断不了": Tone.CALM,
    "机器判断不了": Tone.CALM,
    "按时": Tone.GOOD,
    "已见": Tone.GOOD,
    "超过 3 个月未答复": Tone.BAD,
    "答复超期": Tone.DOUBT,
    "已结束，未见结果": Tone.DOUBT,
    "有误": Tone.BAD,
    "文字不一致": Tone.DOUBT,
    "未答复，未到期": Tone.CALM,
    "征集中": Tone.CALM,
    "已结束，未到公布期限": Tone.CALM,
    "不作判断": Tone.CALM,
    "已答复": Tone.GOOD,
    "已公布结果": Tone.GOOD,
}
