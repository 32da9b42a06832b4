"""Measures (计量单位) of targets: how each is spelled, what it counts, and which spellings are malformed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Dimension = Literal["money", "rate", "time", "people", "times", "things", "area", "length", "volume", "other"]
_MULTIPLIERS = {
    "十": 10,
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 1_000_000,
    "亿": 100_000_000,
}
_WORDS: dict[Dimension, str] = {
    "money": "元 千元 万元 百万元 亿元 万 亿",
    "rate": "% ‰ 百分点 个百分点 成",
    "time": "年 月 个月 月份 周 星期 个星期 天 日 自然日 个自然日 工作日 个工作日 小时 个小时 时 分钟 秒 秒钟 季度 个季度 "
    "半天 半日 学期 个学期 日历天 个日历天 年度 学年 个学年 h d min s 毫秒 ms 晚 采暖季 供暖季",
    "people": "人 名 位 户 家 人次 户次 人员 人天 人日 人月 人年 户数 家次 企次 师生 学生 生 从业人员 群众 村民 居民",
    "times": "次 批 批次 场 场次 期 期次 轮 轮次 趟 班 班次 起 例 宗 件次 车次 架次 个次 台次 次数 辆次 艘次 例次 项次 户次 天次 "
    "课时 学时 标准课时 标准学时 学分 课次 篇次 节 节课 频次 剂次 亩次 针次 头次 羽次 只次 匹次 科次 株次 井次 检次 样次 床日 遍 科 讲 餐",
    "things": "个 项 件 台 套 部 辆 艘 架 栋 幢 座 间 处 所 条 张 份 本 册 册次 篇 幅 块 支 只 头 匹 羽 株 棵 根 枚 盏 组 对 副 把 "
    "桶 箱 包 袋 瓶 门 面 口 眼 孔 道 段 层 首 集 版 点 站 路 字 页 扇 床 具 张次 台套 台（套） 台/套 种 类 款 批件 盘 卷 顶 尾 丛 "
    "片 群 队 支队 家企业 村 社区 乡镇 县 平台 系统 个村 个乡镇 个县 个社区 床位 车位 席 宗地 档 环节 户头 账套 端口 节点 信息点 "
    "用户 标段 合同包 课题 样 样本 样品 盒 支次 笔 单 案 案件 岗位 个岗位 学位 个学位 座席 坐席 颗 杆 眼井 顿 例样 剂 针 岗 名额 标台 馆 路口 核 号 "
    "小区 单元 楼栋 标准箱 间夜 账号 疗程 航班 贴 丸 粒 板 罐 车 列 通 票 令 窝 穴 墩 樘 榀 机柜 机架 标箱 人份 治疗量 单位 工时 工日 台班 航次 社 行 座次 印张 "
    "点位 泊位 摊位 展位 机位 工位 蹲位 厕位 铺位 断面 路段 卡口 探头 摄像头 窗口 网格 街道 片区 版面",
    "area": "平方米 平米 m2 ㎡ 平方公里 平方千米 km2 亩 公顷 ha 平方 平方厘米",
    "length": "米 公里 千米 厘米 毫米 km m cm mm 里 延米 海里 公分 延长米 车公里 吨公里",
    "volume": "立方米 立方 m3 方 升 毫升 L ml 吨 千克 公斤 克 斤 kg t g mg μg l 毫克 微克 标准煤 吨标准煤 千瓦时 kwh 度 千瓦 kw 兆瓦 "
    "mw 千克标准煤 吨标煤 千克标煤 吨二氧化碳当量 吨二氧化碳 立方厘米 焦耳 千焦 吉焦 百万千瓦时 担 石 公升 蒸吨 标方",
    "other": "倍 分 级 星 星级 等 等级 ℃ °C ° k 摄氏度 分贝 db mb gb tb kb mbps gbps 兆 像素 万像素 帧 转 伏 安 瓦 赫兹 pa 帕 兆帕 mpa "
    "ppm 勒克斯 lx 当量 折 度电 蒸吨/小时 db(a) pb tps qps teu 代 秒差 岁 周岁 dpi ddds 千伏 千伏安 kv kva 兆瓦时 mwh hz mhz ghz kpa mmhg ntu cfu mmol μmol 流明 卡 千卡 大卡 千牛 核时 卡时 希沃特 美元 欧元 港元 日元 毫希沃特 微希沃特 msv μsv",
}
_SPELLINGS = {
    "平米": "平方米",
    "m2": "平方米",
    "㎡": "平方米",
    "平方": "平方米",
    "km2": "平方公里",
    "平方千米": "平方公里",
    "立方": "立方米",
    "m3": "立方米",
    "km": "公里",
    "kg": "千克",
    "kwh": "千瓦时",
    "公分": "厘米",
    "h": "小时",
    "d": "天",
    "min": "分钟",
    "mg": "毫克",
    "μg": "微克",
}
_OF_MANY = re.compile(r"/(?:\d*[十百千万亿][\u4e00-\u9fff]{0,3}|\d{1,3})")
_PEOPLE_A_TIME = re.compile(r"(人|户|车|批|辆|家|架|件|台)/次")


@dataclass(frozen=True, slots=True)
class Measure:
    """One known measure.

    Attributes:
        standard: how it is best written.
        dimension: what it counts; of `元/人次` what stands before the stroke.
        factor: by how much the number has to be multiplied (`万人` is 10 000 people); money is counted in 万元 elsewhere.
        per: whether it is so much for each of something (`元/人次`, `次/年`).
        exact: False where only the beginning of the text is a known measure (`辆车`, `天完成`).

    """

    standard: str
    dimension: Dimension
    factor: int = 1
    per: bool = False
    exact: bool = True


_KNOWN: dict[str, Measure] = {
    word: Measure(_SPELLINGS.get(word, word), dimension)
    for dimension, words in _WORDS.items()
    for word in words.split()
}
NO_NOUN = re.compile(
    r"[内以之及或前后完到响缴支处办拨付]"
)  # what follows a measure and is no thing: 3个月内完成
# 3D打印, 5生态园: no measure begins so
_WHOLE_ONLY = {"min", "单位", "小区", "单元", *"贴丸粒板罐遍生hdslk晚讲餐馆科核号车列通票令窝穴墩卡社行"}
_LONGEST_FIRST = sorted(_KNOWN.keys() - _WHOLE_ONLY, key=lambda word: (-len(word), word))


@lru_cache(maxsize=1024)
def measure_of(text: str | None) -> Measure | None:
    """Return what a measure as written means, `None` where no part of it is known."""
    if not text:
        return None
    word = text.casefold()
    known = _KNOWN.get(text) or _KNOWN.get(word)
    if known is None and _OF_MANY.fullmatch(word):
        known = Measure(text, "rate", per=True)
    if known or "/" in word or "·" in word or "每" in word:
        return known or _compound(word)
    if word[0] == "个" and len(word) > 1 and word[1] != "个" and not _is_time(word):
        return Measure(text, "things")
    return _multiple(word) or _beginning(word)


def _is_time(word: str) -> bool:
    """Tell whether a text is a time that no noun follows: 个月内完成, but not 个月饼摊."""
    start = _start(word)
    return len(start) > 1 and _KNOWN[start].dimension == "time" and bool(NO_NOUN.match(word[len(start) :]))


def _multiple(word: str) -> Measure | None:
    """Return a measure with a multiplier before it: `万人次`."""
    for letters, factor in _MULTIPLIERS.items():
        rest = _KNOWN.get(word.removeprefix(letters)) if word.startswith(letters) else None
        if rest and rest.dimension != "money":
            return Measure(letters + rest.standard, rest.dimension, factor)
    return None


def _beginning(word: str) -> Measure | None:
    """Return the measure that a text only begins with: `辆车`."""
    start = _start(word)
    after = word[len(start) : len(start) + 1]
    if (start == "个" and after == "个") or (start.isascii() and after and after.isascii()):
        return None  # 个个, ge: a slip of the keyboard
    return Measure(_KNOWN[start].standard, _KNOWN[start].dimension, exact=False) if start else None


def split(text: str) -> tuple[str, str]:
    """Return the known measure that a text begins with, and the rest; `("", text)` where it begins with none."""
    known = measure_of(text)
    if known is None:
        return "", text
    length = len(text) if known.exact else len(_start(text.casefold()))
    return text[:length], text[length:]


@lru_cache(maxsize=1024)
def _start(word: str) -> str:
    return next((one for one in _LONGEST_FIRST if word.startswith(one) and one not in {"万", "亿"}), "")


def _compound(word: str) -> Measure | None:
    """Return a measure such as `元/人次`, `万元/辆·年`: every piece of it has to be known."""
    pieces = [piece for piece in re.split(r"[/·每]", word) if piece]
    if len(set(pieces)) < max(len(pieces), 1) or word[0] == "/":
        return None  # nothing, or 顶/顶; /株 says of each, but not what
    known = [measure_of(re.sub(r"^\d+", "", piece) or "个") for piece in pieces]
    head = known[0]
    if head is None or not all(one and one.exact for one in known):
        return None
    per = "/" in word or "每" in word
    return Measure(respelled(word), head.dimension, head.factor, per=per)


def is_mere(measure: str) -> bool:
    """Tell whether a text is a measure and nothing more: `个工作日`, but neither `个国家级` nor `名副高`."""
    known = measure_of(measure)
    return known is not None and known.exact and (measure[0] != "个" or measure.casefold() in _KNOWN)


def respelled(measure: str) -> str:
    """Return a measure in its usual spelling: `人/次` is `人次`, `㎡` is `平方米`; what is unknown stays."""
    text = _PEOPLE_A_TIME.sub(r"\1次", measure)
    return "/".join("·".join(_usual(one) for one in part.split("·")) for part in text.split("/"))


def _usual(word: str) -> str:
    return _SPELLINGS.get(word) or _SPELLINGS.get(word.casefold()) or word
