"""What the name of an indicator (三级指标) says: a rate, a slogan, a question, which direction is good."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from jixiao.patterns import late

_NUMBERED = re.compile(
    r"\s*(?:(?:三级)?指标\s*[\d一二三四五六七八九十]{1,2}\s*(?:[:：.．、]|\s)|[（(]\d{1,2}[)）]|\d{1,2}\s*(?:[.．、](?!\d)|[)）])|[①-⑳])\s*(?=[^\W_])"
)
_PRINTED_LIMIT = late(
    r"(?<=[\u4e00-\u9fff）)])\s*+(?:[（(]\s*+)?[≥≤]\s*+(?:\*{2,}+|×{2,}+|[Xx]{2,}+|_{2,}+)[^（）()*]{0,8}[）)]?\s*$"
)
_MAY_BE_NUMBERED = frozenset("指三 \u3000（(0123456789１２３４５６７８９①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_RATE = re.compile(
    r"(?:(?<![频功速汇倍心波斜曲税])(?<!(?<![有无])效)率|(?:满意|知晓|完成|达标|覆盖|认可|认知|参与|信任|支持|吻合|准确|利用|普及|完好|达成|依从|集中|信息公开|感知)度"
    r"|比例|占比|比重|百分比|增幅|降幅|增速|幅度|百分率|合格比|覆盖面)(?:[（(].*[）)])?$"
)
_RATE_ENDS = frozenset("率度例重比幅速面)）")  # a quick look: most names end otherwise
_NO_PERCENT_RATE = re.compile(r"(?:分辨|容积|采样|刷新|帧|码|变|生产|周转|产出)率(?:[（(].*[）)])?$")
_OF_MANY = late(r"[每万千十](?:人|车|户|名|件).{0,6}率$|(?:死亡|发病|患病|出生|发案|犯罪|自杀)率$")
_GROWTH = re.compile(
    r"增长|增加|提高|提升|上升|下降|降低|减少|压减|压降|节约|缩短|增收|增产|变动|变化|涨幅|增幅|增速|增值|调整|同比|环比|减排|减量|节能"
)
# Here and below each alternative begins with a letter: the engine looks for these first.
_QUESTION = re.compile(
    r"是否|能否|有无(?!线|人机|障碍|公害|害)|有没有|可否|是不是|能不能|会不会|如何|吗(?=\n|$)|\?(?=\n|$)|？(?=\n|$)"
)
_LEAD = r"(?:进一步|不断|持续|有效|切实(?!保障|维护|解决)|(?:全面|大力)(?!推进)|积极|努力|着力|更好地?|更好的|逐步|为.{1,12}(?=提供|创造|营造))*"
_SLOGAN = re.compile(
    _LEAD
    + r"(?:提高|提升|加强|做好(?!人)|搞好|开好|办好|管好|用好|促进|树立|推动|优化|强化|增强|助力|繁荣|切实(?:保障|维护|解决)|(?:全面|大力|深入|扎实)推进|大力(?:扶持|支持|发展|培育|培养|宣传|实施|开展)|全力(?:做好|保障|推进|支持|服务|维护)|(?:深入|扎实|广泛|有序)(?:开展|实施|宣传|落实)|(?:稳步|统筹|有序)推进|加大|扩大|让(?!利)|紧紧围绕|围绕|贯彻|加快|深化|夯实|打造|营造|创造|弘扬|倡导|抓好|优良|提供(?:优质|高效|良好|便捷|贴心))"
)
_ACTION = re.compile(
    _LEAD
    + r"(?:提供|保障|确保|保证|完成|推进|丰富|巩固|拓宽|引导|开展|落实|改善|维护|采用|发挥|实现|解决|满足|创建|构建|完善|规范|控制|方便|严格|坚持|履行|实施|守护|关心|关爱|及时|按时|按期)"
)
_NOUN = late(
    r"(?:完成|实施|落实|开展|履行|发挥)(?:质量|效果|水平|程度|力度|标准|能力)|保障(?:水平|能力|条件|效果|程度|力度)"
)  # how well it is done, or can be
_OF_TWO_WORDS = 4  # letters
_EAGER = re.compile(
    r"(?:积极|认真|努力|精心|踊跃)(?:组织|开展|落实|完成|做好|实施|履行|推进|推动|配合|参与|参加|宣传|执行|争取)"
)
# A quick look: every alternative of these begins with a letter, and most names begin with another one.
_MAY_URGE = frozenset(
    re.findall(r"(?:^|[|:])([\u4e00-\u9fff])", f"{_SLOGAN.pattern}|{_ACTION.pattern}|{_EAGER.pattern}")
)
_MEASURED = re.compile(
    r"(?:率|度|数|数量|次|次数|人次|人数|天数|户数|面积|长度|里程|金额|成本|费用|经费|支出|时间|时限|时长|期限|工期|周期|比例|比重|占比|水平|等级|得分|分值|"
    r"排名|标准|单价|价格|造价|收入|产值|产量|总量|用量|量|额|值|系数|指数|规模|容量|年限|覆盖面|幅|情况|效果|程度|能力|质量|机制|制度|个数|件|起|频率|"
    r"批次|场次|期数|班次|性|影响|差距|条件|环境|氛围|形象|体系|工作|安全|意识|投诉|事故|纠纷|名单|成果|报告|方案)(?:[（(].*[）)])?$"
)
_PURE_ACTION = re.compile(
    r"(?:水平|质量|能力|效果|条件|环境|氛围|形象|体系|工作|安全|意识|有效性|力度|影响|情况|机制|制度|标准|覆盖面|程度|差距|事故|投诉|纠纷|保障|性)$"
)
# Each begins with a letter: the engine looks for these first; and few names end as these do.
_BAD = (
    "返修 返工 故障 投诉 差错 失误 出错 错误 事故 损耗 损失 损坏 浪费 违规 违纪 违法 退货 流失 死亡 发病 发生 逾期 超标 超支 缺勤 空置 闲置 "
    "失学 失学学生 失学儿童 失学少年 辍学 辍学学生 辍学儿童 辍学少年 失业 贫困发生 停机 欠费 重复 信访 上访 漏损 线损 断电 停电 停水 中断 感染 病死 泄漏 泄露 "
    "渗漏 漏水 纠纷 不良 坏账 返贫 差评 误报 漏报 误判 违约 流标 污染事件 负面舆情 泄密事件 不良事件 伤亡 中毒 火灾 能耗 电耗 水耗 油耗 "
    "误诊 漏诊 并发症 欺凌 欺凌事件 体罚 溺水 踩踏 成灾 复燃 复烧 盗伐 溢流 爆管 抛锚 晚点 延误 重污染 错保 漏保 骗保 冒领 "
    "虚报 弃养 冤假错案 执法过错 败诉 超期羁押 再犯罪 重新犯罪 脱管 漏管 丢失 超期 宕机 丢包 缺岗 脱岗 迟到 欠薪 拖欠 挪用 截留 "
    "呆账 发案 缺货 缺席 积压 退件 安全事件 责任事件 群体性事件 中毒事件 泄露事件 聚集性疫情"
)
# Bad as a rate; how many there are may be what the work deals with: 坑槽数量, 近视人数.
_BAD_RATES = "缺陷 犯罪 债务 破损 残损 近视 肥胖 受害 枯死 损毁 撂荒 坑槽 离职 空岗 资金沉淀 代偿 废品 次品"
_LESS = re.compile(
    rf"(?:{_BAD.replace(' ', '|')}|(?:{_BAD_RATES.replace(' ', '|')})(?=率)|排(?<!达标排)放(?=总?量|浓度|强度)|PM.{{0,6}}(?=浓度)"
    r"|(?:违(?<!监测违)(?<!检查违)规|虚报|冒领|骗取|重复享受|漏救).{0,8}(?=人数|户数)|颗粒物.{0,6}(?=浓度)|甲醛.{0,6}(?=浓度)|氨氮.{0,6}(?=浓度)|COD.{0,6}(?=浓度)|总磷.{0,6}(?=浓度))"
    r"(?:次数|数量|件数|起数|人数|户数|总数|总量|数|率|量|时间|时长|天数|金额|浓度|强度)?$"
)
_LESS_ENDS = frozenset(word[-1] for word in _BAD.split()) | frozenset("数量率间长度额")
_MORE = re.compile(
    r"(?:合格|完成|满意|覆盖|及时|准确|到位|达标|完好|知晓|执行|成活|达成|参与|就业|入学|出勤|优良|办结|回收|利用|开出|公开|普及|通过|认可|保存"
    r"|处置|响应|可用|足额发放|发放|验收|下降|降低|减少|压减|节约|规范|参保|化解|治愈|兑现|履约|入园|升学|建档|入户|保证|签约|巩固|结业|毕业|接通|畅通|在线|救治"
    r"|治疗|接种|免疫|上岗|处(?<!重复处)理|收缴|征缴|落实|采纳|亮灯|运转|相符|安全|获得|幸福"
    r"|破案|抓获|结案|执结|成功|追赃|挽损|优良路|列养|通车|[路道面](?<!地面)硬化|绿化|成林|收集|收运|供水|参合|规范管理|随访|访视|筛查|体检|好转|资助|尽助|集中供养|救助|帮扶|尽保"
    r"|复核|核查|抽检|监测|检测|检疫|查处|整改|复查|巡查|巡护|到岗|在岗|持证|上线|稳定运行|接入|共享|归集|好评|网办|办成|分类|亮化|机械化|国产化|良种|投保|续保"
    r"|落地|开工|竣工|投产|达产|入住|出租|回访|录用|录取|修缮|完整|准点|正点|优秀|保护|归档|数字化|见警|建成|获奖|清晰|绿地|甲级病历|(?<=[率度量力平])提[高升]幅?|检验|培训|到课|上座|成果转化)[率度感]$|(?:受益|受惠|惠及)[\u4e00-\u9fff]{0,6}数$"
)
_NOT = ("不", "未", "未按时", "未按期", "未及时")
_WRONGLY = (
    "违规",
    "重复",
    "逾期",
    "延迟",
    "超期",
    "错误",
    "虚假",
    "攻击",
    "诈骗",
)  # done so, it may be the worse
_NONE = ("无", "零", "未", "不")
_CLOSING = frozenset("）)")
_MORE_ENDS = frozenset("率度感数")

_LESS_OF_RATES = late(
    r"大班额比例$|劣[VⅤ五]类.{0,6}(?<!消除)(?<!减少)(?<!下降)(?<!降低)比例$|改判率$|发回重审率$|发改率$|资产负债率$|不良贷款率$|结转结余率$|结余结转率$|药占比$|三公.{0,4}变动率$|结转结余.{0,4}变动率$"
    r"|经费”?控制率$|在职人员控制率$|编[制外]人员控制率$|人员编制控制率$|"
    + "|".join(
        f"{one}.{{0,2}}费用(?:增幅|增长率|增速|涨幅)$"
        for one in ("次均", "例均", "门诊", "住院", "医[药疗]", "药品")
    )
)
# quick looks: most names have no such end
_TIMES = ("时间", "时长", "期限", "时限", "工期", "天数", "周期", "用时", "住院日")
_RATES = ("率", "比", "幅", "速", "例")
_UNLESS_ENDS = ("率", "数", "数量")
_TELLING_ENDS = _LESS_ENDS | _MORE_ENDS | frozenset(word[-1] for word in (*_TIMES, *_RATES, *_UNLESS_ENDS))
_AWAITED = "等候 等待 响应 出警 到场 到达 整改 办理 审批 受理 办结 抢修 抢通 维修"
_HANDLED = "办理 审批 受理 办结 审理 办案 结案"
_BROKEN = "故(?<!无故)障 报(?<!无报)修 险(?<!无险)情"
_MENDED = "{0,4}(?:恢复|修复|处理|处置|排除|解决)(?:时间|时长|期限)$"
_SOON = late(
    "|".join(
        (
            "时限$|工期$|平均住院(?:日|天数)$",
            *(f"{one}.{_MENDED}" for one in _BROKEN.split()),
            *(f"{one}(?:时间|时长|期限)$" for one in _AWAITED.split()),
            *(f"{one}(?:天数|周期|用时)$" for one in _HANDLED.split()),
        )
    )
)
_NOT_SOON = late(
    r"公示|公告|质保|保修|保存|留存|存储|续航|开放|使用|供[水电暖热气餐]|缩短|减少|压缩|节约|节省|降低|提前|延长"
)
_UNLESS = re.compile(
    r"[不未](?:合格|达标|完成|及时|满意|到位|规范|准确|合规|参保|化解|治愈|兑现|履约|入园|升学|建档|入户|签约|接种|上岗|处理|收缴|征缴|落实|采纳|相符)(?:率|数|数量|次数|件数)$"
)
_UNDONE = late(
    r"挽回|避免|减少|降低|节约|节省|压减|减排|接待|接访|接报|扑救|扑灭|演练|调查|[检监]测.{0,8}浓度|化解|追回|挽救|调解|处理|处置|查处|办结|受理|排查|整改|消除|发现|救助|打击|纠正|查办|预防|劝返|资助|帮扶|控辍|清退|清理|清偿|追讨|追缴|整治|治理"
)
# What work deals with, is counted by it: 抢修爆管次数, 审计查出违规金额; the rate of it is bad all the same: 抢修返工率.
_DEALT_WITH = late(
    r"抢修|修[补复]|查出|查获|检出|筛查|抓[拍获]|侦破|破获|核[减销查]|审减|审计.{0,4}违|(?:监测|检查)违|剔除|垫付|兑付|偿还|归还|支付拖?欠|解决|讨回"
    r"|收回|清收|催收|补缴|退[还赔]|罚没|消化|回收|盘活|补[植种]|更换|重建|赔[付偿]|理赔|补偿|补助|补贴|抚恤|慰问|安置|帮助|培训|解救"
    r"|分析|应对|处[分罚]|问责|约谈|通报|曝光|劝阻"
)

_HARM = re.compile(
    r"污染|排放|噪[声音]|扬尘|粉尘|废[水气弃物渣料旧]|垃圾|污[水泥]|渗滤液|药剂|投诉|纠纷|事故|伤亡|信访|上访|舆情|扰民|拥堵|管制|搬迁|拆迁|中断|停[水电气运课产工诊]|死亡|报废|残留|复议|异议|误[检诊]|支出增加|损[失坏毁害]|"
    r"占用|征[地收用]|破坏|超标|负面|不利|风险|赔偿|补偿|治理|处置|修复|恢复|能耗|油耗|耗[电水油气能]|电耗|水耗|气耗|PUE|泄密|泄[露漏]|渗漏|溢流|丢失|失窃|用[电水油气纸]量|碳|消耗|占道|绕行|封闭交通|交通封闭|封路|断交施工|失业|岗位减少|减少岗位|等待|异味|油烟|封闭施工|伤[人畜毁]|增支|交易成本|扰动|裸露|弃[土渣]|表土|剂量|涉诉|填报负担|课业负担|额外负担|借用|不便|等候|一次性用品|复垦|尾气|受伤|矛盾|误解|误工|事件|禁[航行渔]|限[流行]|迁移|债务|流失|外排|开采|时间成本|水土保持|固[体废]|影响(?:周边|沿线|居民|群众|商户|交通|出行)|"
    r"水土流失|砍伐|用工|工时|农药|化肥|隐患|违规|违法|不合格|不良反应|异常反应|过敏反应|焚烧|火[点灾]|辐射|影响$(?<!持续影响)|影响(?:.{0,6}(?:天数|次数|人数|户数|时间|时长|范围))"
)


def without_limit(name: str) -> str:
    """Return a name without the limit that a form prints behind it, to be filled in at the target: 游客满意度（≥**%）."""
    return _PRINTED_LIMIT.sub("", name) if "≥" in name or "≤" in name else name


def unprinted(name: str) -> str:
    """Return a name without what a form prints around it: of 指标1：培训人次 or 培训人次（≥**人次） what is measured."""
    name = without_limit(name)
    if name[:1] not in _MAY_BE_NUMBERED or "\n" in name:
        return name
    match = _NUMBERED.match(name)
    return name[match.end() :] if match else name


@lru_cache(maxsize=1024)
def harms(name: str) -> bool:
    """Tell whether a name speaks of what a project costs society or nature: noise, complaints, waste, energy."""
    return bool(_HARM.search(name))


@lru_cache(maxsize=1024)
def is_rate(name: str) -> bool:
    """Tell whether a name ends as a rate or a degree does, so that its measure is a percentage."""
    return name[-1:] in _RATE_ENDS and bool(_RATE.search(name)) and not _NO_PERCENT_RATE.search(name)


@lru_cache(maxsize=1024)
def is_of_many(name: str) -> bool:
    """Tell whether a name is a rate of so many people, cars or cases, which need be no percentage: 十万人口死亡率."""
    return bool(_OF_MANY.search(name)) and good_direction(name) != "≥"


@lru_cache(maxsize=1024)
def is_growth(name: str) -> bool:
    """Tell whether a name speaks of a change, whose percentage may be anything."""
    return bool(_GROWTH.search(name))


def asks(name: str) -> bool:
    """Tell whether a name is a question (是否……), or whether one of several is, one under the other."""
    return bool(_QUESTION.search(name))


def urges(name: str) -> Literal["", "slogan", "action"]:
    """Return what a name is that is no thing that is measured.

    A slogan (提高……, 加强……), or an action (提供……, 保障……), which a count may still measure (提供岗位 ≥5个); a
    question is neither.
    """
    return _urges(name) if name[:1] in _MAY_URGE else ""


@lru_cache(maxsize=1024)
def _urges(name: str) -> Literal["", "slogan", "action"]:
    slogan = _SLOGAN.match(name) or _EAGER.match(name)
    if not (slogan or _ACTION.match(name)) or asks(name):
        return ""
    if len(name) == _OF_TWO_WORDS and _NOUN.fullmatch(name):
        return ""
    if _MEASURED.search(name) and not _PURE_ACTION.search(name):
        return ""
    return "slogan" if slogan else "action"


@lru_cache(maxsize=1024)
def good_direction(name: str) -> str:
    """Return `≤` where less is better, `≥` where more is better, `""` where the name does not say."""
    if name[-1:] in _CLOSING:
        name = name[: max(name.rfind("（"), name.rfind("("))]
    end = name[-1:]
    if end not in _TELLING_ENDS:
        return ""
    if name.endswith(_TIMES) and _SOON.search(name) and not _NOT_SOON.search(name):
        return "≤"
    if name.endswith(_UNLESS_ENDS) and _UNLESS.search(name):
        return "≤"
    if end in _MORE_ENDS and (more := _MORE.search(name)):
        before = name[: more.start()]
        return "≤" if before.endswith(_NOT) else "" if before.endswith(_WRONGLY) else "≥"
    if name.endswith(_RATES) and _LESS_OF_RATES.search(name):
        return "≤"
    less = _LESS.search(name) if end in _LESS_ENDS else None
    harmful = less and not name[: less.start()].endswith(_NONE) and not _UNDONE.search(name)
    return "≤" if harmful and (end == "率" or not _DEALT_WITH.search(name)) else ""
