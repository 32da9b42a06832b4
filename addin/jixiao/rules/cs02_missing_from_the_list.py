"""名单上的单位没有报送。

检查什么
汇总时给了名单（`jixiao merge --roster`），名单上的每个单位是不是都有表计入。只收到空白表或别的年度（`--year`）的表，也算没有。由汇总逐个核对，结果在“报送情况”页、“问题清单”和结论里。
为什么
少了一个单位，合计就少了它的数，而表上看不出来。
怎么改
请按“报送情况”页的联系人催报；文件来了却读不出的，先按“文件清单”里的办法处理，再汇总一次。
例
名单上 30 个单位，收到 28 个：“报送情况”页列出另外两个，写“未收到”。
依据
汇总部门按单位名册收表（通行要求，待核实）
"""

from __future__ import annotations

from typing import Any

from jixiao.model import Severity
from jixiao.rules import ALL_FORMS, Scope

SCOPE: Scope = "campaign"
FORMS = ALL_FORMS
SEVERITY: Severity = "warning"
NEEDS: tuple[str, ...] = ()
PARAMETERS: dict[str, Any] = {}
SUPERSEDES: tuple[str, ...] = ()
ON = True
check = None  # a unit that sent nothing has a cell on the list alone: the merge tells it, see `merging.attendance`
