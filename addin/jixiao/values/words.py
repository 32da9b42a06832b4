"""Words that count as a target (指标值): a grade, a class, a comparison, a refusal, yes or no."""

from __future__ import annotations

import re
from typing import Literal

from jixiao.patterns import late

_DECLINED = frozenset(
    {"不涉及", "不适用", "无", "没有", "暂无", "无此项", "未涉及", "本项目不涉及", "不存在"}
)
_YES_NO = frozenset(
    {"是", "否", "有", "能", "不能", "可以", "不可以", "会", "不会", "对", "不是", "yes", "no"}
)
_GRADE_WORDS = (
    "合规 可持续 规律 建立健全 落实到位 较为明显 验收合格 通过验收 优 良 中 低 差 优秀 优良 良好 "
    "较好 好 较大 较小 一般 较差 合格 不合格 达标 基本达标 通过 健全 较健全 基本健全 完善 较完善 "
    "合法合规 和谐稳定 安全 公平公正 干净整洁 达标排放 合规处置 安全无事故 准确 长期稳定 稳中有升 稳中有进 稳中向好 充分发挥 成效明显 成效显著 效果明显 效果显著 "
    "健全完善 完善健全 规范有序 安全有序 安全稳定 平稳有序 公开透明 科学合理 后继有人 完备 规范 齐全 完整 显著 明显 较明显 有效 高 较高 长期 中长期 达到预期目标 "
    "达成预期目标 达成预期指标 达到预期 负增长 零增长 只增不减 只减不增 专款专用 最多跑一次 精准 整洁 规范化 真实准确 检验合格 检测合格 稳定 平稳 一次性通过 一次性通过验收 一次性验收合格 部分达到预期目标并具有一定效果 "
    "部分达成预期指标并具有一定效果 未达到预期目标且效果较差 未达成预期指标且效果较差"
)
_GRADES = frozenset(_GRADE_WORDS.split())
_DEGREE = re.compile(
    r"(?:得到|较为|比较|稳步|逐步|不断|持续|有效|显著|明显|大幅|进一步|稳定|长期|切实|有所|逐年|更加|日益|初步|有力|全面|全部|坚决|妥善|充分){1,3}"
    r"(?:提升|提高|改善|增强|增加|加强|优化|完善|促进|推动|降低|减少|下降|缓解|好转|扩大|巩固|保持|向好|发挥|保障|保护|遏制|控制|减轻|规范|健全|丰富|激发|避免|消除|转变|充实|显现|传承|浓厚|维护|落实|建立|普及|支撑|形成|采纳|整改|兑现|到位|处置|处理|安置|履行)"
    r"|(?:持续|基本|总体|长期|保持){1,2}(?:和谐)?(?:稳定|平稳)"
    r"|氛围(?:日益|更加|逐步|较为)?浓厚|(?:取得|获得|通过).{0,4}(?:许可|认证|认定|备案|审批|批复|鉴定|评审|验收|初评|终评|评估|考核|审核)|[\u4e00-\u9fff]{0,2}作用(?:明显|显著)|真实[、,]?完整|(?:保持|获得|荣获|创成).{2,12}称号"
)
_COMPARED = late(
    r"(?:(?:较|比|与|同)?(?:上年度?|去年|往年|上一年度?|前一年|20\d\d年度?[末底]?)(?:同期|同比|相比)?|同比|环比)(?:有所|略有|明显|稳步|逐步|持续|进一步|显著)?"
    r"不?(?:提升|提高|改善|增强|增加|增长|上升|减少|下降|降低|缩短|持平|好转)"
)
_CLASS = re.compile(
    r"[≥≤=]?[\u4e00-\u9fff]{0,8}?(?:[一二三四五]级(?:[甲乙丙]等|[ABC](?![a-z]))|(?:公路[-—])?[IVX]{1,4}[类级]|[特一二三]等奖|[1-5]A级|A{1,5}级|[A-E][类级])[\u4e00-\u9fff]{0,4}(?:标准|水平|要求)?"
    r"|(?:优秀|优良|良好|合格|达标)(?:等次|等级|级|档次?)?(?:及以上|以上)?"
    r"|一[\u4e00-\u9fff]{1,2}一[\u4e00-\u9fff]{1,3}|(?:应.尽.[、,]?){1,3}|(?:动态)?清零|当[日天场]|即时|即[\u4e00-\u9fff]即[\u4e00-\u9fff]|7[*×xX]24(?:小时)?[^\d]{0,8}"
)
_COMPARES = frozenset("较比与同环上去往前")
_MAY_BE_CLASS = re.compile(r"[级类尽零奖]|^[一当即7优良合达]")  # a quick look: most texts are none
NEGATION = re.compile(
    r"(?:(?:继续|持续|长期)?保持)?(?:无|未|没有|零|杜绝|不发生|不出现|不产生|不存在|不影响|不造成)[^\d]{1,20}|不(?:影响|发生|出现|产生|增加|超期|超时|逾期|降低|减少|下降|退化|反弹|突破|新增)"
)


def answer(plain: str) -> Literal["declined", "yes_no", "grade"] | None:
    """Return what sort of answer a folded text is, `None` where it is none of these words."""
    bare = plain.strip("。.;,!()")
    if bare in _DECLINED or "不涉及" in bare:
        return "declined"
    if bare.casefold() in _YES_NO:
        return "yes_no"
    if bare in _GRADES or _DEGREE.fullmatch(bare):
        return "grade"
    if bare[:1] in _COMPARES and _COMPARED.fullmatch(bare):
        return "grade"
    return "grade" if _MAY_BE_CLASS.search(bare) and _CLASS.fullmatch(bare) else None
