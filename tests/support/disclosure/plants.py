"""One fault in an answer that is right otherwise: which rule must report it, and no other may report anything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tests.support.disclosure.bodies import BODIES, Body
from tests.support.disclosure.letters import Letter, changed, letter


class Plant(NamedTuple):
    """code: that has to report it. kind, ground, form: of the answer. changes: piece, what stands in it, and what is
    put in its place; "" for all of it, a second "" takes it away, `+` puts something behind it."""

    code: str
    kind: str
    ground: str
    form: int
    changes: tuple[tuple[str, str, str], ...]


class Sample(NamedTuple):
    """An answer and what must be found in it. expected: a code, "" where it is right."""

    name: str
    text: str
    kind: str
    expected: str


R = "《中华人民共和国政府信息公开条例》"

PLANTS = (
    Plant("D101", "given", "", 0, (("number", "", ""),)),
    Plant("D101", "absent", "", 2, (("number", "", "登记编号：2026031"),)),
    Plant("D102", "given", "", 2, (("addressee", "", ""),)),
    Plant("D102", "refused", "process", 0, (("addressee", "", ""),)),
    Plant("D103", "given", "", 0, (("received", "于2026年3月2日", ""),)),
    Plant("D103", "absent", "", 1, (("received", "", ""),)),
    Plant("D104", "given", "", 0, (("asked", "", ""),)),
    Plant("D104", "elsewhere", "", 2, (("asked", "", ""),)),
    Plant("D105", "given", "", 0, (("body", "", "感谢你对我局工作的关心，相关工作正在有序推进，欢迎继续监督。"),)),
    Plant(
        "D105",
        "absent",
        "",
        2,
        (("body", "", "您的来信我局十分重视，已转有关科室阅处。"), ("title", "不存在", "公开答复")),
    ),
    Plant("D106", "given", "", 1, (("body", f"根据{R}第三十六条第二项规定，", ""),)),
    Plant("D106", "refused", "internal", 2, (("body", f"依照{R}第十六条，", ""),)),
    Plant(
        "D107",
        "refused",
        "internal",
        0,
        (("body", "你申请的值班安排和车辆调度记录属于后勤管理方面的内部事务信息，", ""),),
    ),
    Plant("D107", "refused", "enforcement", 1, (("body", "", f"依据{R}第十六条第二款，决定不予公开。"),)),
    Plant("D108", "given", "", 0, (("remedy", "", ""),)),
    Plant("D108", "refused", "secret", 2, (("remedy", "", ""),)),
    Plant("D109", "given", "", 0, (("remedy", "，或者自收到本答复之日起6个月内向青潭区人民法院提起行政诉讼", ""),)),
    Plant("D109", "absent", "", 1, (("remedy", "，也可在六个月内直接向临溪县人民法院提起行政诉讼", ""),)),
    Plant("D110", "given", "", 2, (("organ", "", ""),)),
    Plant("D110", "amend", "", 0, (("organ", "", ""),)),
    Plant("D111", "given", "", 0, (("day", "", ""),)),
    Plant("D111", "refused", "party", 1, (("day", "", ""),)),
    Plant(
        "D112",
        "published",
        "",
        0,
        (
            (
                "body",
                "请登录青潭区人民政府门户网站“政府信息公开”栏目查阅，网址：http://www.qingtan.example.cn/xxgk",
                "特此告知",
            ),
        ),
    ),
    Plant("D112", "given", "", 1, (("body", "所需信息见附件。", ""),)),
    Plant("D113", "absent", "", 0, (("body", "经检索本机关档案室和公文系统，未发现你申请的信息。", ""),)),
    Plant("D113", "absent", "", 2, (("body", "经查询，", ""),)),
    Plant("D114", "amend", "", 0, (("body", "在收到本告知书之日起10个工作日内", "尽快"),)),
    Plant("D114", "amend", "", 2, (("body", "于收到本告知书之日起十五个工作日内", ""),)),
    Plant("D115", "extended", "", 0, (("body", "延长20个工作日答复", "延长答复期限"),)),
    Plant("D115", "extended", "", 1, (("body", "答复期限延长至2026年4月28日", "决定延期答复"),)),
    Plant(
        "D116",
        "elsewhere",
        "",
        0,
        (("body", "，建议你向青潭区自然资源局申请，地址：青潭区青潭路18号，电话：0532-80000018", "，特此告知"),),
    ),
    Plant("D116", "elsewhere", "", 2, (("body", "，联系方式：0532-80000033", ""),)),
    Plant(
        "D117",
        "refused",
        "party",
        0,
        (("body", "，本机关已于2026年3月9日书面征求第三方意见，第三方不同意公开且理由合理", ""),),
    ),
    Plant("D117", "refused", "party", 1, (("body", "经征求权利人意见，权利人不同意公开。", ""),)),
    Plant("D120", "given", "", 0, (("body", R, f"{R}（国务院令第492号）"),)),
    Plant("D120", "refused", "internal", 1, (("body", R, f"{R}（中华人民共和国国务院令第４９２号）"),)),
    Plant("D121", "given", "", 2, (("body", R, f"{R}（国务院令第717号）"),)),
    Plant("D121", "absent", "", 0, (("body", R, f"{R}（国务院令第771号）"),)),
    Plant("D122", "absent", "", 0, (("body", "第（四）项", "第（三）项"),)),
    Plant("D122", "given", "", 1, (("body", "第三十六条第二项", "第二十一条第一项"),)),
    Plant("D122", "refused", "secret", 1, (("body", "第十四条", "第十六条"),)),
    Plant("D122", "repeated", "", 2, (("body", "第三十六条第（六）项", "第三十九条"),)),
    Plant("D123", "given", "", 0, (("body", "第三十六条第（二）项的规定", "的规定"),)),
    Plant("D123", "complaint", "", 1, (("body", f"{R}第三十九条第一款", f"{R}有关规定"),)),
    Plant("D124", "given", "", 0, (("body", "第三十六条第（二）项", "第三十六条第（八）项"),)),
    Plant("D124", "refused", "internal", 0, (("body", "第十六条第一款", "第十六条第三款"),)),
    Plant("D125", "absent", "", 0, (("body", "+", "你亦未说明该信息与自身生产、生活、科研等特殊需要的关系。"),)),
    Plant("D125", "refused", "internal", 2, (("body", "+", "您的申请不符合“三需要”，也不具备科研等特殊需要。"),)),
    Plant("D126", "given", "", 1, (("body", R, "《中华人民共和国政务信息公开条例》"),)),
    Plant("D126", "refused", "process", 0, (("body", R, "《中华人民共和国信息公开条例》"),)),
    Plant("D130", "given", "", 0, (("remedy", "向青潭区人民政府", "向青潭市住房和城乡建设局"),)),
    Plant(
        "D130",
        "absent",
        "",
        1,
        (("remedy", "向临溪县人民政府（行政复议机构：临溪县司法局）", "向临溪县人民政府或者上一级主管部门"),),
    ),
    Plant("D130", "refused", "process", 2, (("remedy", "向云麓市人民政府", "向上级水行政主管部门"),)),
    Plant(
        "D131",
        "refused",
        "internal",
        0,
        (
            (
                "remedy",
                "先向青潭区人民政府申请行政复议；对行政复议决定不服的，可以再向人民法院提起行政诉讼",
                "向青潭区人民政府申请行政复议，或者在6个月内向青潭区人民法院提起行政诉讼",
            ),
        ),
    ),
    Plant(
        "D131",
        "refused",
        "secret",
        2,
        (
            (
                "remedy",
                "",
                "您如不服，可自收到本告知书之日起60日内，向云麓市人民政府提出行政复议申请；或在六个月内依法向云麓市城东区人民法院起诉。",
            ),
        ),
    ),
    Plant("D132", "given", "", 0, (("remedy", "60日", "30日"),)),
    Plant("D132", "refused", "party", 1, (("remedy", "六十日内", "三个月内"),)),
    Plant("D133", "given", "", 0, (("remedy", "6个月", "3个月"),)),
    Plant("D133", "absent", "", 2, (("remedy", "６个月内", "十五日内"),)),
    Plant("D134", "given", "", 0, (("remedy", "向青潭区人民政府申请", "依法申请"),)),
    Plant("D134", "refused", "process", 2, (("remedy", "向云麓市人民政府提出", "向有关机关提出"),)),
    Plant("D135", "given", "", 0, (("remedy", "自收到本答复之日起60日内向", "向"),)),
    Plant("D135", "absent", "", 1, (("remedy", "也可在六个月内直接向", "也可直接向"),)),
    Plant("D136", "given", "", 0, (("day", "", "2026年4月13日"),)),
    Plant("D136", "absent", "", 2, (("day", "", "二〇二六年四月二十日"),)),
    Plant("D136", "refused", "process", 1, (("received", "2026年3月2日", "2026年2月10日"),)),
    Plant(
        "D137", "given", "", 0, (("lead", "现答复如下", "本机关应当自收到申请之日起15个工作日内予以答复。现答复如下"),)
    ),
    Plant("D137", "extended", "", 2, (("body", "延长二十个工作日", "延长三十个工作日"),)),
    Plant("D137", "consult", "party", 0, (("body", "15个工作日内", "7个工作日内"),)),
    Plant("D138", "given", "", 0, (("day", "", "2026年1月26日"),)),
    Plant("D138", "special", "", 2, (("day", "", "二〇二六年二月二十六日"),)),
    Plant("D139", "amend", "", 0, (("day", "", "2026年3月18日"),)),
    Plant("D139", "amend", "", 2, (("day", "", "二〇二六年三月二十日"),)),
    Plant("D140", "extended", "", 0, (("day", "", "2026年4月9日"),)),
    Plant("D140", "extended", "", 1, (("body", "2026年4月28日", "2026年6月12日"),)),
    Plant("D141", "given", "", 0, (("title", "政府信息公开申请答复书", "政府信息不予公开告知书"),)),
    Plant("D141", "absent", "", 1, (("title", "不存在", "不予公开"),)),
    Plant("D141", "refused", "process", 2, (("title", "不予公开", "不存在"),)),
    Plant("D142", "refused", "internal", 0, (("body", "+", "现将上述记录提供给你，随本告知书寄送。"),)),
    Plant("D142", "absent", "", 1, (("body", "+", "综上，决定不予公开。"),)),
    Plant("D143", "given", "", 0, (("number", "12号", "  号"),)),
    Plant("D143", "refused", "process", 0, (("body", "讨论记录", "（此处填写信息名称）"),)),
    Plant("D143", "absent", "", 2, (("asked", "城东片区", "×××"),)),
    Plant("D143", "extended", "", 0, (("day", "", "2026年  月  日"), ("number", "12号", "12号"))),
    Plant("D144", "given", "", 0, (("lead", "现答复如下", "经核对申请人李长河提交的材料，现答复如下"),)),
    Plant("D144", "absent", "", 2, (("lead", "经研究", "尊敬的赵建设先生，经研究"),)),
    Plant("D145", "given", "", 0, (("number", "2026", "2025"),)),
    Plant("D145", "refused", "secret", 1, (("tail", "", "本决定书（临民依申请〔2026〕第17号）送达之日起生效。"),)),
    Plant("D146", "refused", "party", 0, (("body", "第三方不同意公开", "第三方赵文清不同意公开"),)),
    Plant("D146", "refused", "party", 1, (("body", "+", "权利人现住临溪县府东街8号楼2单元301室。"),)),
    Plant("D147", "repeated", "", 0, (("body", "+", "请你不要再次提出此类申请，以免浪费行政资源。"),)),
    Plant("D147", "complaint", "", 2, (("body", "+", "您明知上述途径仍无理取闹，后果自负。"),)),
    Plant("D148", "refused", "process", 0, (("body", "你申请公开的", "该事项较为敏感，不便公开。你申请公开的"),)),
    Plant("D148", "given", "", 2, (("body", "+", "其他资料正在整理中，请您耐心等待。"),)),
)
_CLEAN = 60


def _of(kind: str, ground: str) -> Body:
    return next(one for one in BODIES if one.kind == kind and one.ground == ground)


def planted(plant: Plant) -> Letter:
    """The letter with the fault in it."""
    right = letter(_of(plant.kind, plant.ground), plant.form)
    for piece, old, new in plant.changes:
        before = getattr(right, piece)
        assert old in ("", "+") or old in before, (plant, before)
        after = before + new if old == "+" else before.replace(old, new) if old else new
        right = changed(right, **{piece: after})
    return right


def samples() -> Iterator[Sample]:
    """Those that are right, of every kind and form, some with lines that a page broke, and those with a fault."""
    letters = [(body, form) for form in range(3) for body in BODIES]
    for number, (body, form) in enumerate(letters[:_CLEAN]):
        right = changed(letter(body, form), wrapped=30 if number % 3 == 0 else 0)
        yield Sample(f"{body.kind}-{body.ground or 'x'}-{form}", right.text(), body.kind, "")
    for number, plant in enumerate(PLANTS):
        wrong = changed(planted(plant), wrapped=34 if number % 4 == 1 and plant.code != "D143" else 0)
        yield Sample(f"{plant.code}-{number}", wrong.text(), plant.kind, plant.code)
