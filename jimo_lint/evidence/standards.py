"""What every government site has to show by 国办发〔2017〕47号: standard metas, elements of the footer."""

from __future__ import annotations

from collections.abc import Mapping

from jimo_lint.model import PageClass

# 附件《网页设计规范》网站标签: what every page carries, and what column and article pages carry besides.
SITE_METAS = ("SiteName", "SiteDomain", "SiteIDCode")
_COLUMN = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
PAGE_METAS: Mapping[PageClass, tuple[str, ...]] = {
    PageClass.LIST: _COLUMN,
    PageClass.ARTICLE: (*_COLUMN, "ArticleTitle", "PubDate", "ContentSource"),
}

# The elements of the footer (底部功能区) as readers name them.
FOOTER_ELEMENTS = {
    "party-badge": "党政机关网站标识",
    "find-errors": "“我为政府网站找错”入口",
    "idcode": "网站标识码",
    "organiser": "主办单位",
    "phone": "联系电话",
    "icp": "ICP备案号",
    "police": "公安备案号",
}
# Those that are text of the page itself; badge and error reporting often come from scripts of their operators.
FOOTER_TEXTS = frozenset({"idcode", "organiser", "phone", "icp", "police"})
