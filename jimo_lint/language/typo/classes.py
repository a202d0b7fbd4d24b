"""Sorts characters into classes that tell names from mistakes: surnames, ends of place names, short names of lands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


SURNAME, PLACE, LAND, TITLE, DOT, GIVEN = 1, 2, 4, 8, 16, 32

# Characters are listed, not measured: a class is knowledge that the counts of a text do not hold.
SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐"
    "易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管"
    "柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬"
    "边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
LANDS = (
    "中美俄英法德日韩朝印巴越泰缅老柬马新菲澳加墨阿智秘古埃南沙伊以叙土希意西葡荷比瑞奥匈波捷罗保塞乌白哈吉塔蒙尼孟斯"
    "约厄贝刚津赞肯坦苏利几喀卢布安莫毛纳博索多冈圭科"
)
_GIVEN_NAMES = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛超秀霞平刚桂英华文辉玲建明永健亮宏志峰鹏飞鑫波斌宇浩凯俊帅雪琳晶欣颖婷雯琴莉萍红梅"
    "兰凤洁云莲真环荣爱妹香月莺媛瑞凡佳嘉琼勤珍贞莎锦黛青倩婉娴瑾露瑶怡婵雁蓓仪荷丹蓉眉君馨枫芸菲寒馥澜毅林祥栋维启克"
    "伦翔旭泽晨辰士德庆才国春新光仁义兴良顺厚昌学树炳福生龙元全胜贵发武利清彬轮朗伯言若鸣朋梁友裕河哲江弘振壮会群豪心"
    "邦承乐功松善坚进延喜耀培根宝忠保锋炎彪诚先敬震钦楚鹤奎政谦亨奇之固达安岩"
)
_PLACE_ENDS = "省市区县旗盟州乡镇村屯庄寨堡店铺沟坪坝塘岭山峰岛湾港江河湖海溪桥街路巷里弄井站场园苑庙寺窑营集埠圩"
# First characters of what follows a name: 同志, 主任, 说, 介绍.
_TITLES = "某同先女部书主局处科镇村乡县市区省校院委记说称介表认告作讲率致签"
_CLASSES = {
    SURNAME: SURNAMES,
    PLACE: _PLACE_ENDS,
    LAND: LANDS,
    TITLE: _TITLES,
    DOT: "·",
    GIVEN: _GIVEN_NAMES,
}


def classes(characters: NDArray[np.uint16]) -> NDArray[np.uint8]:
    """Flags of each character, given as code points."""
    flags = np.zeros(len(characters), np.uint8)
    for flag, members in _CLASSES.items():
        flags[np.isin(characters, [ord(one) for one in members])] |= flag
    return flags
