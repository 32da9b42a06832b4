"""Where the indicators end: signatures, opinions and other tables that stand below them."""

from __future__ import annotations

import re

from jixiao.patterns import late
from jixiao.reading import sentences
from jixiao.reading.lines import SIGNED, STOP, Block, is_block_label
from jixiao.reading.view import View
from jixiao.reading.words import LONGEST_LABEL, label_key
from jixiao.values import key, parse

_MOST_OF_A_FOOT, _FEW = 6, 3  # cells of a signature line; so many are a row of a table
_LEVEL = re.compile(r"[^:：,，;；。]{1,10}指标")
_WORDS = (
    "序号|编号|(?:名称|品名|物品|货物|项目|支出|费用|采购|资产|设备|任务|工程|工作|明细|用途|科目|内容|构成|预算|经济分类|购置|服务|实施){1,3}"
    "|规格|型号|规格型号|品牌|参数|计?量?单位|数量|人数|次数|天数|面积|单价|单位成本|单位造价|标准|(?:测算|计算|支出|补助|开支|收费|取费)"
    "(?:标准|依据|过程|公式|说明|方法)|依据|(?:预算|支出|合计|测算|计划|申请|资金|投资|安排)?(?:金额|数额|总额|数)|总价|小计|合计|总计|备注|说明"
    "|年度|年份|季度|月份|(?:开始|结束|完成|起止|计划)?(?:时间|时限)|日期|阶段|第?[一二三四]季度|进度|资金来源|来源|资金性质|财政拨款|财政资金"
    "|其他资金|自筹资金|供应商|存放地点|使用部门|使用单位|责任人|责任单位"
)
# A heading of a table of costs, tasks or assets.
_HEADING = re.compile(rf"(?:{_WORDS})(?:百?万元|千元|亿元|元)?")
# What no table of indicators has over a column, and every other one has.
_TELLING = late(
    r"序号|(?:规格)?型号|规格|单价|单位造价|总价|\S*金额|\S*数额|(?:预算|资金|投资)(?:总额|数)|阶段|第?[一二三四]季度|进度|资金来源|供应商"
    r"|责任人|责任单位|存放地点"
)
_SIGNING = "签字|签名|签章|盖章|公章"
_OPINION = late(
    rf"\S{{0,16}}意见(?:和|及|与|或)?(?:建议|{_SIGNING})?|备注|(?:其他|补充|有关|填表|填报|情况)?(?:需要)?说明(?:的)?(?:事项|问题|情况)?"
    rf"|(?:分管|主管|主要|单位|部门|局|院|校|本级|上级){{0,2}}(?:领导|负责人|首长)(?:审批|批示|审核|{_SIGNING})?"
    r"|副?(?:局长|主任|科长|股长|处长|院长|校长|站长|所长|书记)"
    r"|(?:审核|审批|复核|评审)(?:人|情况|结果|结论|单位|部门)?"
    rf"|\S{{0,8}}(?:部门|单位|局|科|股|处|室|绩效办|专家组?)(?:审核|审批|审定|审查|{_SIGNING})"
)
_BEHIND_A_COLON = re.compile(r"[:：]\s*+\S")
# What is told of a project as a whole, beside the indicators.
_GROUNDS = re.compile("(?:立项|测算|政策|设立|申报|编制)依据|项目概况")


def ends_here(block: Block, row: int) -> bool:
    """Tell whether the form has ended: another table, a remark, an opinion or a signature, or a text outside it."""
    if begins_table(block, row):
        return True
    if _names_level(block, row):
        return False
    others = (_is_signed, _is_remark, _is_opinion, _tells_money, _is_labelled_anew, _is_outside)
    return any(one(block, row) for one in others)


def begins_table(block: Block, row: int) -> bool:
    """Tell whether another table begins: its title, its headings, or a row of it where the block's own label stands."""
    view, filled = block.view, block.view.filled(row)
    if is_headed_anew(block, row):
        return True
    texts = [view.text(row, column) for column in filled]
    if len(set(texts)) < _FEW or not _is_labelled_anew(block, row):
        return False
    signed = STOP.match(key(texts[0])) or any(SIGNED.match(text) or _signs(text) for text in texts)
    return not (signed or view.is_label(row, filled[0]) or _tells_money(block, row))


def is_headed_anew(block: Block, row: int) -> bool:
    """Tell whether a row is the title of another table, or its headings."""
    return _is_title(block, row) or _is_heading(block, row)


def is_beyond_doubt(block: Block, row: int) -> bool:
    """Tell whether a row has a known level under its heading, a name and a target: an indicator wherever it stands."""
    cells = {block.owner.get(column): block.view.text(row, column) for column in block.view.filled(row)}
    level1, level2 = cells.get("level1", ""), cells.get("level2", "")
    known = block.level1(level1) or block.level2(level2) or _reads_like_a_level(level1, level2)
    return bool(known) and {"name", "target"} <= cells.keys() and not _is_heading(block, row)


def may_be_lost(block: Block, row: int) -> bool:
    """Tell whether a row without a known level reads like an indicator: a name, and a target with its operator."""
    cells = {block.owner.get(column): block.view.text(row, column) for column in block.view.filled(row)}
    target = parse(cells.get("target", ""))
    return "name" in cells and target.operator is not None and target.value is not None


def is_heading_word(text: str) -> bool:
    """Tell whether a text is a heading of tables of costs, tasks or assets: 规格型号, 单价（元）."""
    return len(text) <= LONGEST_LABEL and bool(_HEADING.fullmatch(label_key(text)))


def _is_heading(block: Block, row: int) -> bool:
    """Tell whether a row holds the headings of another table; a word of the levels and one more may be an indicator.

    Of four headings and more less than half may be in the place's own words: 序号, 树种, 单价, 金额.
    """
    texts = [block.view.text(row, column) for column in block.view.filled(row)]
    unknown = [text for text in texts if not is_heading_word(text)]
    telling = sum(bool(_TELLING.fullmatch(label_key(text))) for text in texts if text not in unknown)
    if unknown:
        known = any(block.level1(text) or block.level2(text) for text in unknown)
        return len(unknown) * 2 < len(texts) and len(texts) > _FEW and telling > 1 and not known
    return telling > 0 and (len(texts) >= _FEW or (len(texts) > 1 and not _names_level(block, row)))


def _is_title(block: Block, row: int) -> bool:
    """Tell whether a text stands alone left of the names, and the headings of another table below it."""
    view, name = block.view, block.columns.get("name", block.right)
    filled = [column for column in view.filled(row) if not SIGNED.match(view.text(row, column))]
    if len(filled) != 1 or filled[0] >= name or _names_level(block, row):
        return False
    below = (one for one in range(row + 1, view.height) if not _is_between(view, one))
    return _is_heading(block, next(below, row))


def _is_between(view: View, row: int) -> bool:
    """Tell whether a row is blank or says the unit of money alone, as below a title."""
    return all(SIGNED.match(view.text(row, column)) for column in view.filled(row))


def _is_labelled_anew(block: Block, row: int) -> bool:
    """Tell whether a text that is no level's stands where the label of the block does: 测算依据 below 绩效指标."""
    first = block.view.filled(row)[0]
    label = block.labels.get(first, "")
    if not ("绩效" in label or "指标" in label) or is_block_label(block, row, first):
        return False
    return not _names_level(block, row) and not _is_shifted(block, row)


def _is_shifted(block: Block, row: int) -> bool:
    """Tell whether a row that lost its leading cells ends left of the targets with what can only be a target."""
    last = block.view.filled(row)[-1]
    told = parse(block.view.text(row, last))
    meant = told.operator is not None or told.measure == "%" or told.kind in {"deadline", "grade"}
    return meant and last < block.columns.get("target", block.right)


def _tells_money(block: Block, row: int) -> bool:
    return sentences.begins(block.view, row, block.columns.get("level1", 0))


def _is_signed(block: Block, row: int) -> bool:
    """Tell whether a row begins as a signature line does, or holds the agency's name beside a seal or a date.

    An indicator may be named like one, 会计：培训人数 ≥50人次: what begins under the names and is measured is none.
    """
    texts = [block.view.text(row, column) for column in block.view.filled(row)]
    unsigned = [text for text in texts if not SIGNED.match(text)]
    beside = len(unsigned) < len(texts) and block.signers.issuperset(unsigned)
    return (bool(SIGNED.match(texts[0])) or beside) and not _is_measured(block, row)


def _is_measured(block: Block, row: int) -> bool:
    """Tell whether a row begins with a name under its heading, and has a figure with its measure or operator as target."""
    cells = {block.owner.get(column): block.view.text(row, column) for column in block.view.filled(row)}
    target = cells.get("target", "")
    told = parse(target)
    return (
        next(iter(cells)) == "name"
        and bool(_BEHIND_A_COLON.search(cells["name"]))
        and told.value is not None
        and bool(told.operator or (told.measure and target[0].isdecimal()))  # not 共2页
    )


def _is_remark(block: Block, row: int) -> bool:
    """Tell whether a row begins at the left edge with a word of the form's foot: 注, 填报, 审核."""
    filled = block.view.filled(row)
    word = key(block.view.text(row, filled[0]))
    at_the_edge = filled[0] <= block.left and len(filled) <= _MOST_OF_A_FOOT
    measured = filled[0] == block.columns.get("level1", 0) and word == "单位"
    return at_the_edge and bool(STOP.match(word)) and not measured


def _is_opinion(block: Block, row: int) -> bool:
    """Tell whether a row begins, not right of level 1, with who is to say or to sign something, or on what ground."""
    first = block.view.filled(row)[0]
    text = block.view.text(row, first)
    return first <= block.columns.get("level1", -1) and bool(_signs(text) or _GROUNDS.fullmatch(key(text)))


def _signs(text: str) -> bool:
    """Tell whether a text is, before its colon, who is to say or to sign something: 专家意见, 分管领导."""
    return bool(_OPINION.fullmatch(key(text.replace("：", ":").partition(":")[0])))


def _is_outside(block: Block, row: int) -> bool:
    """Tell whether a text stands below the block's label or left of the block, or alone over its whole width."""
    view, filled = block.view, block.view.filled(row)
    under = {block.owner.get(column) for column in filled}
    if 0 <= block.labelled < row and not {"name", "target"} <= under:
        return True
    if (
        filled[0] < block.columns.get("level1", 0)
        and len(filled) < _FEW
        and not is_block_label(block, row, filled[0])
        and not _is_shifted(block, row)
    ):
        return True
    reach = view.reach(row, filled[0])
    alone = len(filled) == 1 and filled[0] <= block.left
    return alone and reach.right >= block.right and reach.right > filled[0]


def _names_level(block: Block, row: int) -> bool:
    """Tell whether a row holds a known word of the levels, or left of its name one that a place made itself."""
    texts = {column: block.view.text(row, column) for column in block.view.filled(row)}
    name, level1 = block.columns.get("name", block.right), block.columns.get("level1", 0)
    left = level1 if len(texts) < _FEW else 0
    own = (text for at, text in texts.items() if left <= at < name and not is_block_label(block, row, at))
    known = any(block.level1(text) or block.level2(text) for text in texts.values())
    return known or (len(texts) > 1 and _reads_like_a_level(*own))


def _reads_like_a_level(*texts: str) -> bool:
    """Tell whether one of these is a level's word by its ending: 可持续发展指标."""
    return any(_LEVEL.fullmatch("".join(text.split())) for text in texts)
