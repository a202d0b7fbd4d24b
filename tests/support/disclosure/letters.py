"""Puts invented answers together in the forms of three offices: two letters, one in Han numerals, and a form."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.support.disclosure.bodies import Body

_ORGANS = ("青潭区住房和城乡建设局", "临溪县民政局", "云麓市水务局")
_GOVERNMENTS = ("青潭区人民政府", "临溪县人民政府", "云麓市人民政府")
_COURTS = ("青潭区人民法院", "临溪县人民法院", "云麓市城东区人民法院")
_NUMBERS = ("青潭住建公复〔2026〕12号", "临民依申请〔2026〕第7号", "云水公开告〔2026〕31号")
_APPLICANTS = ("王小明", "陈立春", "周文秀")
_COMPANIES = ("青潭晨光置业有限公司", "临溪宏远检测有限公司", "云麓清源供水有限公司")
_ASKED = (
    "东风路改造工程的施工许可材料",
    "2025年全县养老机构运营补贴的发放情况",
    "城东片区供水管网改造的招标文件",
)


@dataclass(frozen=True)
class Letter:
    """The pieces of an answer. form: 0 to 2, of which office; wrapped: code points after which a page breaks a line."""

    form: int
    title: str
    number: str
    addressee: str
    received: str
    asked: str
    lead: str
    body: str
    remedy: str
    organ: str
    day: str
    tail: str = ""
    wrapped: int = 0

    def text(self) -> str:
        """As it is written."""
        lines = self._table() if self.form == 1 else self._letter()
        if not self.wrapped:
            return "\n".join(lines)
        return "\n".join(
            line[at : at + self.wrapped] for line in lines for at in range(0, max(len(line), 1), self.wrapped)
        )

    def _letter(self) -> list[str]:
        blank = "　　" if self.form == 0 else "    "
        first = f"{blank}{self.received}{self.asked}{self.lead}"
        pieces = [
            self.title,
            self.number,
            "",
            self.addressee,
            first,
            blank + self.body,
            self.remedy and blank + self.remedy,
        ]
        signed = [self.organ and "　" * 12 + self.organ, self.day and "　" * 13 + self.day]
        return [one for one in (*pieces, *signed, self.tail) if one.strip()]

    def _table(self) -> list[str]:
        rows = [
            self.title,
            self.number and f"编号：{self.number}",
            self.addressee and f"申请人：{self.addressee.rstrip('：')}",
            self.received,
            self.asked and f"申请内容：{self.asked}",
            f"答复内容：{self.lead}{self.body}",
            self.remedy and f"救济途径：{self.remedy}",
            self.organ and f"{self.organ}（盖章）",
            self.day,
            self.tail,
        ]
        return [one for one in rows if one.strip()]


def letter(body: Body, form: int) -> Letter:
    """An answer without a fault."""
    party = body.kind in ("consult", "told-party")
    you = ("你", "你", "您")[form]
    asked = _ASKED[form]
    received = (
        f"本机关于2026年3月2日收到{you}通过当面提交方式提出的政府信息公开申请，",
        "收到申请日期：2026年3月2日",
        f"我局于二〇二六年三月二日收到{you}邮寄的政府信息公开申请，",
    )[form]
    request = (f"申请公开“{asked}”。", f"{asked}", f"您要求获取{asked}。")[form]
    if party:
        received, request = "", f"申请公开的信息名称为“{asked}”。"
    return Letter(
        form=form,
        title=f"{_ORGANS[form]}{body.title}",
        number=_NUMBERS[form],
        addressee=(
            f"{_COMPANIES[form] if party else _APPLICANTS[form]}" + ("", "", "" if party else "先生")[form] + "："
        ),
        received=received,
        asked=request,
        lead=("现答复如下：", "", "经研究，现答复如下：")[form] if not party else "",
        body=body.forms[form],
        remedy=_remedy(body.remedy, form),
        organ=_ORGANS[form],
        day=_day(body, form),
    )


def _day(body: Body, form: int) -> str:
    early = ("2026年3月10日", "2026年3月11日", "二〇二六年三月九日")
    usual = ("2026年3月26日", "２０２６年３月２７日", "二〇二六年三月二十七日")
    return (early if body.kind == "amend" else usual)[form]


def _remedy(kind: str, form: int) -> str:
    government, court = _GOVERNMENTS[form], _COURTS[form]
    if kind == "none":
        return ""
    first = (
        f"如对本答复不服，应当自收到本答复之日起60日内先向{government}申请行政复议；对行政复议决定不服的，可以再向人民法院提起行政诉讼。",
        f"申请人对本决定不服的，应先在收到本决定书之日起六十日内向{government}（地址：临溪县府前街1号）申请行政复议，对复议决定不服的，可自收到复议决定书之日起十五日内向人民法院提起诉讼。",
        f"您如不服，应当依法先行复议：可自收到本告知书之日起60日内，向{government}提出行政复议申请，对复议决定仍不服的，再依法向人民法院起诉。",
    )
    open_ = (
        f"如对本答复不服，可以自收到本答复之日起60日内向{government}申请行政复议，或者自收到本答复之日起6个月内向{court}提起行政诉讼。",
        f"对本答复不服的，可在收到之日起六十日内向{government}（行政复议机构：临溪县司法局）申请行政复议，也可在六个月内直接向{court}提起行政诉讼。",
        f"您如不服，可自收到本告知书之日起60日内，向{government}提出行政复议申请；或在６个月内依法向{court}起诉。",
    )
    return (first if kind == "first" else open_)[form]


def changed(one: Letter, **pieces: str | int) -> Letter:
    """The letter with other pieces."""
    return replace(one, **pieces)  # type: ignore[arg-type]
