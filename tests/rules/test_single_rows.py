"""One row of the field in a well-filled table: what is told of it, as a person sees it, and what is not."""

import time
from dataclasses import replace

import pytest

from jixiao import checking
from jixiao.model import Note
from jixiao.rules.rows import rows_of
from jixiao.values import money

HEAD = """
    | 年度 | 2025 |
    | 项目名称 | 村级文化广场建设 |
    | 主管部门及代码 | 安平县文体广电和旅游局（207001） |
    | 实施单位 | 安平县文化馆 |
    | 年度资金总额 | 120 |
    | 当年财政拨款 | 100 |
    | 上年结转资金 | 20 |
    | 其他资金 | 0 |
    | 目标1 | 新建村级文化广场，丰富村民文化生活 |
    """
ROWS = """
    | 成本指标 | 经济成本指标 | 广场建设总成本 | ≤120万元 |
    | 产出指标 | 数量指标 | 新建文化广场数量 | ≥8个 |
    | 产出指标 | 质量指标 | 广场工程验收合格率 | ≥98% |
    | 产出指标 | 时效指标 | 广场完工时间 | 2025年10月31日前 |
    | 效益指标 | 社会效益指标 | 受益村民人数 | ≥7200人 |
    | 满意度指标 | 服务对象满意度指标 | 村民满意度 | ≥95% |
    """
LEVEL1 = {
    **dict.fromkeys(("经济成本指标", "社会成本指标", "生态环境成本指标"), "成本指标"),
    **dict.fromkeys(("数量指标", "质量指标", "时效指标"), "产出指标"),
    **dict.fromkeys(("经济效益指标", "社会效益指标", "生态效益指标"), "效益指标"),
    "服务对象满意度指标": "满意度指标",
}

QUIET = """
    CO01 | 社会成本指标 | 周边商户停业损失 | ≤300万元
    CO01 | 生态环境成本指标 | 生态补偿费用 | ≤150万元
    CO01 | 社会成本指标 | 村民自筹投工投劳折资 | ≤200万元
    VA12 | 时效指标 | 广场质保期 | 至2027年12月31日
    VA12 | 时效指标 | 政策执行期 | 2024—2026年
    VA12 | 时效指标 | 项目竣工决算时间 | 2026年6月底前
    VA12 | 时效指标 | 供暖期 | 2025年11月1日至2026年3月31日
    VA12 | 时效指标 | 绩效自评完成时间 | 2026年3月底前
    VA12 | 时效指标 | 完工时间 | 2025年2月28日前
    VA12 | 质量指标 | 儿童满18月龄随访次数 | ≥1次
    VA05 | 数量指标 | 床位周转率 | ≥30次
    VA05 | 质量指标 | 大型设备利用率 | ≥1200小时
    VA05 | 经济效益指标 | 土地产出率 | ≥2000元/亩
    VA05 | 质量指标 | 地块容积率 | ≤2.5
    VA07 | 质量指标 | 拨备覆盖率 | ≥150%
    VA07 | 数量指标 | 税收计划完成比例 | ≥103%
    VA07 | 数量指标 | 年度任务完成率 | ≥105%
    VA07 | 经济效益指标 | 国有资产保值增值率 | ≥102%
    VA07 | 经济效益指标 | 旅游收入增幅 | ≥130%
    VA07 | 经济效益指标 | 投入产出比 | ≥150%
    CO01 | 经济成本指标 | 广场管护成本 | 100-120万元
    CO01 | 经济成本指标 | 广场管护成本 | 每年≤120万元
    CO01 | 经济成本指标 | 广场管护成本 | ≤120万元/年
    CO01 | 经济成本指标 | 新建广场单位成本 | 100000-150000元/个
    CO01 | 社会成本指标 | 周边商户停业损失 | 每年≤300万元
    VA07 | 质量指标 | 工程验收合格率 | 95%-100%
    VA07 | 数量指标 | 年度任务完成率 | 100%-120%
    VA07 | 质量指标 | 水泥用量准确率 | 100%±2%
    VA02 | 经济成本指标 | 广场建设成本 | ＝预算批复金额
    VA15 | 质量指标 | 工程验收合格率 | ＝100%
    VA01 VA02 | 时效指标 | 广场完工时间 | 3个月内完成
    VA01 VA02 | 时效指标 | 广场验收时间 | 12个月内完成
    VA01 VA02 | 时效指标 | 补助发放时间 | 20个工作日内发放到位
    GO06 | 社会效益指标 | 村级文化广场建设事故起数 | ＝0个
    VA02 | 质量指标 | 广场混凝土强度等级 | 不低于C20
    VA02 | 质量指标 | 挡墙砂浆强度 | 达到M7.5
    VA06 | 生态效益指标 | 抚育采伐蓄积强度 | ≤20%
    VA04 CO03 | 经济成本指标 | 评审专家劳务费 | ≤800元/人·半天
    CO03 | 经济成本指标 | 救助标准 | 不低于低保标准的1.3倍
    CO04 | 社会成本指标 | 严重预防接种异常反应例数 | ≤1例
    CO04 | 生态环境成本指标 | 秸秆露天焚烧火点 | ＝0个
    CO04 | 生态环境成本指标 | 辐射检测不合格次数 | ＝0次
    VA09 | 社会效益指标 | 交通事故起数 | ≥95%
    VA09 | 质量指标 | 缺陷消除率 | ≥95%
    VA09 | 质量指标 | 破损路面修复率 | ≥95%
    VA09 | 时效指标 | 工期提前天数 | ≥10天
    VA09 VA01 | 时效指标 | 工程工期 | ≤180天
    IN04 | 社会效益指标 | 群众积极参与率 | ≥90%
    IN04 | 社会效益指标 | 积极参与社会治理人数 | ≥90人
    IN04 | 数量指标 | 执法检查力度提升率 | ≥9%
    IN04 | 数量指标 | 完成农村公路日常养护 | ≥1860公里
    IN06 | 质量指标 | 100%纯棉校服采购合格率 | ≥95%
    IN07 | 社会效益指标 | 带动就业人数 | ≥30人
    IN07 | 生态效益指标 | 生态护林员人数 | ≥30人
    IN07 | 数量指标 | 养护里程 | ≥30公里
    IN07 | 质量指标 | 培训合格人次占比 | ≥95%
    IN12 | 社会效益指标 | 全州县农村公路列养率 | ≥95%
    VA17 | 时效指标 | 项目使用年限 | 25年
    VA17 | 时效指标 | 广场完工时间 | 2025年12月底前
    VA01 | 数量指标 | 器材数量 | ≥36台（套）
    VA01 | 数量指标 | 器材数量 | 36台（套）以上
    VA15 | 质量指标 | 参加培训教师合格率 | 教师合格率≥90%、教材合格率≥95%
    IN07 | 经济效益指标 | 年节约差旅费用 | ≥8万元
    IN07 | 经济效益指标 | 企业用电成本 | 降低5%以上
    IN07 | 时效指标 | 按时发放人数 | ≥300人
    VA09 | 时效指标 | 结果公示时限 | ≥7天
    VA09 | 社会效益指标 | 缩短群众等候时间 | ≥20分钟
    VA02 | 时效指标 | 广场建设时间 | 当年完成
    VA02 | 时效指标 | 补助发放时间 | 年内全部发放到位
    VA09 IN07 | 时效指标 | 服务响应度 | ≤30分钟
    VA09 | 质量指标 | 广场绿化覆盖率 | ≤10天
    VA13 | 时效指标 | 广场一级故障响应时间 | ≤2小时
    IN04 | 社会效益指标 | 拓宽增收渠道 | ≥3条
    IN04 | 社会效益指标 | 丰富馆藏图书 | ≥300册
    IN12 | 社会效益指标 | 全省排名 | 前10名
    IN12 | 社会效益指标 | 全市综合考核位次 | 前3位
    IN12 | 社会效益指标 | 向全市推广经验做法 | ≥2条
    IN12 | 社会效益指标 | 市级非遗项目 | ≥1项
    IN11 | 数量指标 | 救助残疾人人数 | ≥20人
    IN11 | 数量指标 | 合格绿化苗木 | ≥200株
    IN11 SA02 | 服务对象满意度指标 | 村民满意度 | ≥95%
    ST10 | 质量指标 | 广场（含停车场）完好率 | ≥95%
    CO03 VA04 | 经济成本指标 | 营养膳食补助标准 | 5元/生·天
    CO03 VA04 | 经济成本指标 | 疫苗接种服务费 | ≤12.5元/剂
    CO03 | 经济成本指标 | 广场布展成本 | ≤12.5元/展位米
    CO03 | 经济成本指标 | 设计监理费 | 占工程款8%以内
    CO03 VA02 | 经济成本指标 | 社会保险补贴标准 | 按实际缴纳金额
    CO03 VA02 | 经济成本指标 | 成本控制数 | 预算批复金额内
    VA04 | 数量指标 | 接种流感疫苗剂次 | ≥1.6万剂次
    VA04 | 质量指标 | 出水悬浮物浓度 | ≤10mg/L
    VA04 | 质量指标 | 室内甲醛浓度 | ≤80μg/m³
    VA04 | 质量指标 | 设计时速 | ≥60km/h
    VA04 | 质量指标 | 植被郁闭度 | ≥0.6
    VA04 | 质量指标 | 出水酸碱度 | pH6-9
    VA04 | 社会效益指标 | 人均预期寿命 | ≥78岁
    VA04 | 数量指标 | 群众参与人数 | 28万余人次
    VA06 VA08 | 质量指标 | 沥青压实度 | ≥96%
    VA02 | 社会效益指标 | 全县粮食总产量 | 稳定在9.8万吨以上
    VA02 | 时效指标 | 补贴发放时间 | 2025年6月、12月底前
    VA02 | 社会效益指标 | 停车位与户数配比 | 不低于1:1.5
    VA02 | 社会效益指标 | 村民参与比例 | 三分之二以上
    VA02 | 社会效益指标 | 村民参与比例 | 1/3以上
    VA02 | 社会效益指标 | 景区等级 | 国家4A级
    VA02 | 数量指标 | 参加人数 | 二百余人
    VA02 | 数量指标 | 活动次数 | 每年不得少于两次
    VA02 | 社会效益指标 | 排名 | 前三名
    VA02 | 生态效益指标 | 河道水质达标情况 | 达到地表水Ⅲ类标准
    VA02 | 质量指标 | 工程质量 | 符合设计及规范要求
    VA02 | 社会效益指标 | 发病率 | 较上年降低
    VA02 | 生态效益指标 | 撂荒耕地面积 | 比上年减少
    VA02 | 时效指标 | 响应时间 | 当日
    VA02 | 社会效益指标 | 参保覆盖面 | 应保尽保
    VA02 | 社会效益指标 | 零就业家庭 | 动态清零
    VA01 VA02 | 数量指标 | 村民健康档案 | 一户一档
    VA01 VA02 | 质量指标 | 医院等级 | 二级甲等
    VA01 | 社会效益指标 | 城区段防洪标准 | 20年一遇
    VA01 | 时效指标 | 补贴发放时间 | 2025年春节前
    SA02 | 服务对象满意度指标 | 调查户配合满意度 | ≥85%
    SA02 | 服务对象满意度指标 | 被调查企业满意度 | ≥85%
    SA02 | 服务对象满意度指标 | 提升改造小区居民满意度 | ≥85%
    SA02 | 服务对象满意度指标 | 社会公众对环境提升工程的满意度 | ≥85%
    SA02 | 服务对象满意度指标 | 保障性住房居民满意度 | ≥85%
    IN07 | 社会成本指标 | 涉密档案泄密事件 | 0起
    CO04 | 生态环境成本指标 | 吨水电耗 | ≤0.35千瓦时/吨
    CO04 | 生态环境成本指标 | 机房PUE值 | ≤1.6
    VA16 | 数量指标 | 硬化场地面积 | ＝9600平方米
    IN07 | 质量指标 | 大型设备利用率 | ≥1200小时
    IN07 | 质量指标 | 防洪标准 | 50年一遇
    IN07 | 质量指标 | 防洪标准 | 达到50年一遇
    IN07 | 质量指标 | 平均无故障运行时间 | ≥5000小时
    IN07 | 质量指标 | 混凝土养护时间 | ≥28天
    IN07 | 质量指标 | 空气优良天数 | ≥300天
    IN07 | 质量指标 | 患者平均住院日 | ≤8天
    VA09 | 社会效益指标 | 净流入人口 | ≥0人
    IN07 | 质量指标 | 缺陷责任期 | ≥2年
    IN07 | 质量指标 | 软件更新截止日期 | 2025年12月底前
    IN07 | 经济效益指标 | 百元医疗收入消耗的卫生材料费用 | ≤18元
    IN07 | 经济效益指标 | 患者次均门诊费用 | ≤220元
    IN07 | 经济效益指标 | 亩均种植成本 | ≤600元/亩
    IN07 | 经济效益指标 | 接待游客人次 | ≥2000人次
    IN07 | 生态环境成本指标 | 渗滤液泄漏事件 | 0次
    IN07 | 生态环境成本指标 | 野生动物误伤事件 | ＝0起
    IN07 | 社会效益指标 | 食品抽检合格率 | ≥98%
    IN07 | 社会效益指标 | 群众诉求办理及时率 | ≥98%
    IN07 | 社会效益指标 | 受益人次 | ≥900人次
    IN07 | 社会效益指标 | 就业培训人数 | ≥900人
    IN07 | 时效指标 | 每月巡查次数 | ≥4次
    IN07 | 时效指标 | 巡查次数 | ≥4次/月
    IN07 | 时效指标 | 逾期件数 | ≤4件
    IN07 | 时效指标 | 延误次数 | ≤2次
    IN07 | 时效指标 | 按期验收合格率 | ≥98%
    IN07 | 数量指标 | 义务教育入学率 | ≥98%
    SA01 | 服务对象满意度指标 | 学生满意度 | >90%
    SA01 | 服务对象满意度指标 | 学生满意度 | ≥60%
    SA01 | 服务对象满意度指标 | 学生满意度提升幅度 | ≥5%
    SA01 | 服务对象满意度指标 | 服务质量等级 | 良好
    SA01 | 社会效益指标 | 教学质量 | 较高
    VA09 | 质量指标 | 一审案件改判发回重审率 | ≤2%
    VA09 | 社会效益指标 | 高血压患者血压控制率 | ≥60%
    VA09 | 生态效益指标 | 林业有害生物控制率 | ≥95%
    VA09 | 社会效益指标 | 不良贷款化解率 | ≥80%
    VA09 | 社会效益指标 | 教育支出增幅 | ≥5%
    VA09 | 社会效益指标 | 结余资金盘活率 | ≥80%
    VA09 | 质量指标 | 平均故障间隔时间 | ≥4000小时
    VA09 | 质量指标 | 数据处理时长 | ≥40小时
    VA09 | 社会效益指标 | 未参保率 | ≤5%
    VA09 | 社会效益指标 | 资助失学儿童人数 | ≥12人
    VA09 | 社会效益指标 | 净增就业人数增长数 | ≥0人
    VA09 | 社会效益指标 | 居民收入增长率 | ≥0%
    VA09 | 社会效益指标 | 年末结余 | ≥0万元
    VA17 | 质量指标 | 年度任务完成率 | ≥50%，≤60%
    VA17 | 质量指标 | 甲、乙两校及格率 | ≥50%，≥60%
    VA17 | 质量指标 | 学校及格率 | 小学≥50%，初中≥60%
    VA17 | 数量指标 | 培训人次场次 | ≥50人，≥3次
    VA17 | 时效指标 | 工资发放时间 | 每月31日前
    VA17 | 经济成本指标 | 项目总成本 | ≤1,500元
    VA17 | 时效指标 | 培训时间 | 3，5月
    VA17 | 生态效益指标 | 地下水位变化量 | ≥-1.5米
    VA17 | 质量指标 | 冷库温度 | ≤-18℃
    VA17 | 数量指标 | 净增人口变化 | ≥-20人
    VA17 | 经济效益指标 | 净利润 | ≥-50万元
    VA17 | 质量指标 | 器材完好率 | >=95%
    VA17 | 质量指标 | 符合《<三年行动>方案》 | ≥95%
    VA17 | 数量指标 | 新建文化广场 | ≥8个个
    VA17 | 质量指标 | 水质达标情况 | 达到地表水Ⅲ类标准
    VA18 | 社会效益指标 | 受益人数 | ≥1.2万
    VA18 | 社会效益指标 | 受益人数 | ≥1.2万人次
    VA18 | 社会效益指标 | 受益人数 | ≥40名
    VA18 | 数量指标 | 防治面积 | ≥3万亩次
    VA18 | 数量指标 | 走访次数 | ≥300户次
    VA18 | 数量指标 | 抽查次数 | ≥300批次
    VA18 | 数量指标 | 维修次数 | ≥30台次
    VA18 | 数量指标 | 出差天数 | ≥300人天
    VA18 | 社会效益指标 | 受益户数 | ≥300家
    VA18 | 数量指标 | 接待次数 | ≥300人/次
    VA18 | 社会效益指标 | 节水量增长金额 | ≥3万元
    VA18 | 数量指标 | 补贴面积 | ≥30%
    VA18 | 数量指标 | 采购数量 | ≥30万元
    CO01 | 经济成本指标 | 乡村公路造价 | ≤80万元/公里
    CO01 | 经济成本指标 | 培训成本 | ≤1500元/人
    CO01 | 社会成本指标 | 商户停业损失 | ≤300万元/户
    IN04 | 经济效益指标 | 促进经济发展 | 有效促进
    IN04 | 社会效益指标 | 加强社会治理 | 有效加强
    IN04 | 生态效益指标 | 改善生态环境 | 有效改善
    CO02 CO03 | 经济成本指标 | 预算执行率 | ≥98%
    CO02 CO03 | 经济成本指标 | 招标控制价下浮率 | ≥5%
    CO02 CO03 | 经济成本指标 | 工程结算审减率 | ≥5%
    CO02 VA09 | 经济成本指标 | 低保标准 | ≥8640元/人·年
    CO02 VA09 | 经济成本指标 | 村民人均补助标准 | 不低于400元/人·年
    CO03 | 经济成本指标 | 保费补贴比例 | =80%
    CO03 | 经济成本指标 | 贷款贴息利率 | ≤4.35%
    CO04 | 社会成本指标 | 施工单次封闭交通时长 | ≤4小时
    SA01 | 服务对象满意度指标 | 办事群众不满意率 | ≤5%
    SA02 | 服务对象满意度指标 | 保障家庭满意度 | ≥90%
    VA04 | 经济效益指标 | 投入产出比 | ≥1.2
    VA05 | 质量指标 | 耕地质量等级提升幅度 | ≥0.5等
    VA06 | 质量指标 | 云平台可用性 | ≥99.9%
    VA06 | 社会效益指标 | 居民恩格尔系数 | ≤30%
    IN06 | 数量指标 | 采购12平方米单帐篷数量 | ≥30顶
    IN06 | 数量指标 | 7座以上客车数量 | ≥3辆
    IN12 | 质量指标 | 全省义务教育质量监测合格率 | ≥95%
    IN12 | 数量指标 | 承办全市运动会场次 | ≥1场
    IN12 | 数量指标 | 向市级部门报送信息 | ≥20篇
    VA01 | 时效指标 | 广场完工时间 | 二〇二五年底前
    VA12 | 时效指标 | 平均办理时间 | ≤12.5天
    VA02 | 数量指标 | 监测面积 | =1.58万平方公里
    VA02 | 生态效益指标 | 节能量 | ≥2.3万吨标准煤
    VA02 | 生态效益指标 | 减排量 | ≥1.2万吨二氧化碳当量
    VA02 | 质量指标 | 施工差错率 | ≤万分之一
    VA02 | 社会效益指标 | 夜间施工管理 | 22:00后不施工
    VA02 | 质量指标 | 施工质量 | 符合《建筑工程施工质量验收统一标准》
    VA02 | 质量指标 | 养护质量 | 符合JTG 5110-2023要求
    VA02 | 质量指标 | 车辆排放 | 达到国六标准
    VA02 | 质量指标 | 养护质量 | 达到一级养护标准
    VA02 | 时效指标 | 报告报送时间 | 每季度末前
    VA02 | 时效指标 | 广场投用时间 | 春节前
    VA02 | 时效指标 | 渠道清淤时间 | 汛期前
    VA02 | 时效指标 | 垃圾清运 | 日产日清
    VA02 | 时效指标 | 业务办理 | 当场办结
    VA02 | 社会效益指标 | 管护制度 | 不断健全
    VA02 | 社会效益指标 | 安全事故 | 不发生
    VA02 | 质量指标 | 考核等次 | 良好及以上
    VA02 | 质量指标 | 工程验收 | 一次性通过验收
    VA02 | 社会效益指标 | 村民文化生活 | 更加丰富
    VA02 | 社会效益指标 | 救助水平 | 不低于当地群众平均生活水平
    VA16 | 数量指标 | 硬化场地面积 | ≥1.5万平米米
    CO02 VA09 | 经济成本指标 | 城市低保月人均补助水平 | ≥530元/人·月
    CO02 CO04 | 生态环境成本指标 | 表土剥离回覆率 | ≥95%
    CO03 | 经济成本指标 | 购机补贴资金测算比例 | ≤30%
    CO03 VA02 | 经济成本指标 | 公益性岗位补贴标准 | 不高于当地最低工资标准
    CO04 | 社会成本指标 | 景区封闭施工天数 | ≤45天
    CO04 | 社会成本指标 | 弹药残骸伤人毁物事件 | ＝0起
    CO04 | 社会成本指标 | 禁牧农户饲草料增支 | ≤40万元
    CO04 VA02 | 社会成本指标 | 企业制度性交易成本 | 不增加
    CO04 | 生态环境成本指标 | 整地扰动原生植被面积 | ≤500亩
    CO04 | 生态环境成本指标 | 边坡开挖裸露面积 | ≤0.6公顷
    CO04 | 生态环境成本指标 | 弃土弃渣量 | ≤1.2万立方米
    CO04 VA04 | 生态环境成本指标 | 射线装置周围剂量当量率 | ≤2.5微希沃特/小时
    VA02 | 社会成本指标 | 对交通的影响 | 较小
    VA02 | 社会效益指标 | 企业创新积极性 | 有效激发
    VA02 | 经济效益指标 | 森林资源损失 | 有效避免
    VA02 | 社会效益指标 | 历史文化 | 有效传承
    VA02 | 社会效益指标 | 尊崇军人社会氛围 | 日益浓厚
    VA02 | 社会效益指标 | 全民健身氛围 | 氛围浓厚
    VA02 | 社会效益指标 | 社会大局 | 和谐稳定
    VA02 | 社会效益指标 | 乡村面貌 | 成效明显
    VA02 | 社会效益指标 | 居民出行环境 | 效果显著
    VA02 | 社会效益指标 | 资金使用效益 | 充分发挥
    VA02 | 生态效益指标 | 鸟类种群数量 | 稳中有升
    VA02 | 生态效益指标 | 野生动物栖息地 | 得到保护
    VA02 | 社会效益指标 | 安全隐患 | 全部消除
    VA02 | 质量指标 | 赛道丈量认证 | 通过认证
    VA02 | 质量指标 | 大型医用设备配置许可 | 取得许可
    VA02 | 质量指标 | 招标合规性 | 合法合规
    VA02 | 质量指标 | 财务收支真实性 | 真实、完整
    VA02 | 时效指标 | 数据更新频率 | 每日更新
    VA02 | 时效指标 | 救助金拨付 | 当月拨付
    VA06 | 质量指标 | 田间道路通达度 | ≥95%
    VA06 | 质量指标 | 群体免疫密度 | ≥90%
    VA06 | 经济效益指标 | 农业保险深度 | ≥1%
    VA06 | 社会效益指标 | 租金与同地段市场租金比 | ≤90%
    VA06 | 社会效益指标 | 困难学生资助面 | ≥15%
    VA04 | 数量指标 | 口蹄疫免疫头数 | ≥62万头次
    VA04 | 数量指标 | 禽流感免疫羽数 | ≥1800万羽次
    VA04 | 数量指标 | 举办文化讲座 | ≥15讲
    VA04 | 数量指标 | 公交年行驶里程 | ≥860万车公里
    VA04 CO03 | 经济成本指标 | 助餐补贴标准 | ≤5元/餐
    VA04 CO03 | 经济成本指标 | 免费开放补助标准 | ＝20万元/馆
    VA04 CO03 | 经济成本指标 | 住宿费标准 | ≤350元/人·晚
    VA04 | 时效指标 | 接口平均响应时间 | ≤500毫秒
    VA04 | 社会效益指标 | 万人公交拥有量 | ≥10标台
    VA04 | 质量指标 | 抗菌药物使用强度 | ≤40DDDs
    VA04 | 经济成本指标 | 广场建设补助 | 100元人民币
    VA09 | 社会效益指标 | 缩短案件审理天数 | ≥5天
    VA09 | 社会效益指标 | 图书馆开放天数 | ≥300天
    VA18 | 数量指标 | 广场绿化株数 | ≥3万株
    VA18 | 数量指标 | 筹集住房套数 | ≥1200套（间）
    VA18 | 质量指标 | 灌溉用水系数 | ≥0.6
    IN04 | 数量指标 | 大力士比赛场次 | ≥3场
    CO04 | 社会成本指标 | 食源性安全事件 | ＝0起
    CO04 | 社会成本指标 | 船只禁航天数 | ≤6天
    CO04 | 社会成本指标 | 施工期间景区限流天数 | ≤20天
    CO04 | 生态环境成本指标 | 古树名木迁移数量 | ＝0株
    VA02 | 社会效益指标 | 景区创建 | 通过省级初评
    VA04 CO03 | 经济成本指标 | 信号灯路口年维护费 | ≤0.6万元/路口·年
    VA04 | 数量指标 | 义务植树 | ≥20万株次
    VA04 CO03 | 经济成本指标 | 运输成本 | ≤0.5元/吨公里
    VA04 CO03 | 经济成本指标 | 取暖补助 | ≤600元/户·采暖季
    VA04 CO03 | 经济成本指标 | 招生考试费 | ≤46元/生·科
    VA04 | 质量指标 | 道路养护PCI | ≥85
    VA02 | 时效指标 | 政策兑现时限 | 即申即享
    VA02 | 时效指标 | 旬报时间 | 每旬末
    VA02 | 社会效益指标 | 高考成绩 | 稳中有进
    VA02 | 社会效益指标 | 人才集聚效应 | 初步显现
    VA02 | 社会效益指标 | 干部作风 | 明显转变
    VA02 | 社会效益指标 | 师资力量 | 更加充实
    VA02 | 社会效益指标 | 社会影响力 | 较大
    VA02 | 质量指标 | 资产管理安全性 | 安全
    VA02 | 质量指标 | 教师招聘公平公正性 | 公平公正
    CO04 VA02 | 生态环境成本指标 | 一般固废处置 | 合规处置
    CO04 | 生态环境成本指标 | 粪污外排 | 0吨
    CO04 | 生态环境成本指标 | 地下水开采量 | ≤20万立方米
    CO04 | 生态环境成本指标 | 水土保持措施落实率 | ≤98%
    CO04 | 社会成本指标 | 公众时间成本 | ≤1小时
    CO04 | 社会成本指标 | 就业岗位流失 | ≤10个
    CO04 | 社会成本指标 | 新增政府债务 | 0万元
    CO04 IN07 | 社会成本指标 | 运动员受伤 | ≤5人
    CO04 IN07 | 社会成本指标 | 医患矛盾 | ≤5起
    CO04 IN07 | 社会成本指标 | 影响周边商户经营 | ≤20户
    IN04 | 社会效益指标 | 建好率 | ≥95%
    IN04 | 社会效益指标 | 做好人好事 | ≥30件
    VA05 | 时效指标 | 资金支付率 | 9月底前达到75%
    VA05 | 时效指标 | 项目开工率 | 6月底前≥80%
    VA15 | 社会效益指标 | 应急救援能力 | 显著增强
    VA02 | 质量指标 | 桥梁荷载等级 | 公路—Ⅱ级
    VA02 | 质量指标 | 科普作品获奖等次 | 省级三等奖以上
    VA02 | 质量指标 | 会计核算准确性 | 准确
    VA02 | 质量指标 | 档案保管安全 | 安全无事故
    VA02 | 社会效益指标 | 义务教育优质均衡发展 | 通过国家认定
    VA02 | 社会效益指标 | 周边村庄发展 | 带动作用明显
    VA02 | 时效指标 | 法定审限 | 不超期
    VA02 | 生态环境成本指标 | 施工扬尘 | 达标排放
    VA02 | 生态效益指标 | 村容村貌 | 干净整洁
    VA04 | 数量指标 | 考试考务场次 | ≥4科次
    CO03 | 经济成本指标 | 各项支出 | 控制在预算内
    CO03 | 经济成本指标 | 建设管理费占比 | ≤2%
    CO03 | 经济成本指标 | 劳务费支出占比 | ≤30%
    CO04 | 社会成本指标 | 涉诉案件 | 0件
    CO04 | 社会成本指标 | 企业填报负担 | ≤2小时/次
    CO04 | 社会成本指标 | 借用群众场地 | ≤2处
    CO04 | 社会成本指标 | 群众等候时间 | ≤15分钟
    CO04 | 社会成本指标 | 对居民生活造成的不便 | ≤3次
    CO04 | 生态环境成本指标 | 一次性用品使用量 | ≤1万件
    CO04 | 生态环境成本指标 | 临时用地复垦率 | ≥98%
    CO04 | 生态环境成本指标 | 机械尾气 | 符合国四标准
    """
LOUD = """
    CO01 error | 经济成本指标 | 广场建设成本 | ≤150万元 | 超过年度资金总额
    CO01 error | 生态环境成本指标 | 劳务派遣48人 | >135万元 | 超过年度资金总额
    CO01 hint | 经济成本指标 | 工程总投资（含以前年度） | ≤580万元 | 整个项目期
    CO01 hint | 经济成本指标 | 项目总投资 | ≤800万元 | 整个项目期
    CO01 error | 经济成本指标 | 广场建设成本 | 100-150万元 | 超过年度资金总额 120 万元
    CO01 error | 经济成本指标 | 广场建设成本 | 每年≤150万元 | 超过年度资金总额
    CO01 error | 经济成本指标 | 广场管护总成本 | ≤150万元/年 | ≤120万元
    CO01 hint | 经济成本指标 | 项目总投资 | 500-800万元 | 整个项目期
    VA07 error | 质量指标 | 工程验收合格率 | 100%-120% | 超出
    VA15 warning | 质量指标 | 村民参与率 | 后勤人员考核达标率＝95% | “后勤人员考核达标率”
    VA15 warning | 质量指标 | 村民参与率 | 后勤人员考核达标率不少于９５％ | “后勤人员考核达标率”
    VA01 warning | 数量指标 | 设备台数 | 12个月饼摊位 | ≥12个月饼摊位
    VA02 warning | 质量指标 | 广场地面 | 不低于C2 | 无法衡量
    VA06 warning | 社会效益指标 | 交通事故起数 | ≥95% | 不是比率
    VA01 warning | 数量指标 | 器材数量 | 36台（套） | ≥36台（套）
    VA01 warning | 数量指标 | 养护里程 | 1860公里（含县道） | ≥1860公里（含县道）
    VA01 warning | 时效指标 | 办理时限 | 15日（工作日） | ≤15日（工作日）
    VA09 warning | 时效指标 | 水毁路段抢通时间 | ≥24小时 | ≤24小时
    VA09 warning | 时效指标 | 工程工期 | ≥180天 | ≤180天
    VA09 warning | 质量指标 | 质量缺陷率 | ≥2% | ≤2%
    VA09 warning | 质量指标 | 路面破损率 | ≥5% | ≤5%
    VA09 warning | 质量指标 | 设备故障停机次数 | ≥5次 | ≤5次
    IN04 warning | 社会效益指标 | 加强道路管护力度 | ≥12次 | 口号
    IN04 warning | 社会效益指标 | 加大执法检查力度 | ≥12次 | 口号
    IN04 warning | 社会效益指标 | 积极开展宣传活动 | ≥5次 | 口号
    IN04 warning | 数量指标 | 认真组织业务培训 | ≥3次 | 口号
    IN06 warning | 社会效益指标 | 列养率100% | ＝100% | “100%”
    IN07 warning | 质量指标 | 业务培训人次 | ≥300人次 | 数量指标
    IN07 warning | 经济效益指标 | 公路养护里程 | ≥1860公里 | 数量指标
    IN07 warning | 生态效益指标 | 带动就业人数 | ≥30人 | 社会效益指标
    IN12 warning | 社会效益指标 | 全州农村公路列养率 | ≥95% | “全州”
    VA17 warning | 时效指标 | 广场完工时间 | 25年底前 | 2025年底前
    VA17 warning | 时效指标 | 广场完工时间 | 25年10月底前 | 2025年10月底前
    VA12 error | 时效指标 | 完工时间 | 2024年10月底前 | 往年
    VA12 warning | 时效指标 | 完工时间 | 2026年10月底前 | 以后
    VA12 error | 时效指标 | 完工时间 | 2025年2月30日前 | 没有2月30日这一天
    VA12 error | 时效指标 | 完工时间 | 2025年6月31日 | 没有6月31日这一天
    VA12 error | 时效指标 | 完工时间 | 13月底前 | 没有13月
    VA12 error | 时效指标 | 完工时间 | 2025年13月底前 | 没有13月
    VA12 error | 时效指标 | 完工时间 | 2025.4.31前 | 没有4月31日这一天
    VA05 error | 质量指标 | 故障维修及时率 | ≤24小时 | 是比率
    VA07 error | 质量指标 | 村庄覆盖率 | ≥130% | 超出
    VA07 error | 质量指标 | 验收合格率 | ≥120% | 超出
    VA07 warning | 质量指标 | 任务完成率 | 298% | ≥98%
    VA15 warning | 生态效益指标 | 广场绿化覆盖率 | 广场绿化覆盖率≥30% | 把名称又写了一遍
    VA15 warning | 社会效益指标 | 安置率 | 安置率达到95%以上 | 把名称又写了一遍
    VA15 warning | 社会效益指标 | 参保人数 | 参保人数≥300人 | 把名称又写了一遍
    IN07 warning | 社会效益指标 | 器材采购成本 | ≤30万元 | 成本指标
    IN07 warning | 时效指标 | 器材采购费用 | ≤30万元 | 成本指标
    IN07 warning | 经济效益指标 | 硬化工程单价 | ≤95元/平方米 | 成本指标
    IN07 warning | 经济效益指标 | 器材验收合格率 | ≥98% | 质量指标
    IN07 warning | 时效指标 | 健身器材数量 | ≥80件 | 数量指标
    IN07 warning | 质量指标 | 采购完成时间 | 2025年6月15日前 | 时效指标
    IN07 warning | 时效指标 | 举办培训班期数 | ≥30期 | 数量指标
    IN07 warning | 时效指标 | 开展活动次数 | ≥12次 | 数量指标
    IN07 warning | 时效指标 | 验收合格率 | ≥98% | 质量指标
    IN07 warning | 时效指标 | 项目覆盖率 | ≥98% | 数量指标
    IN07 warning | 社会效益指标 | 项目总成本控制 | ≤90万元 | 成本指标
    IN07 warning | 社会效益指标 | 验收合格率 | ≥98% | 质量指标
    IN07 warning | 社会效益指标 | 资金支付及时率 | ≥98% | 时效指标
    IN07 warning | 生态效益指标 | 设备购置费 | ≤20万元 | 成本指标
    IN07 warning | 生态效益指标 | 项目完成时间 | 2025年12月底 | 时效指标
    IN07 warning | 经济效益指标 | 培训人次 | ≥200人次 | 数量指标
    IN07 warning | 经济效益指标 | 办结及时率 | ≥95% | 时效指标
    IN07 warning | 数量指标 | 学前教育毛入园率 | ≥90% | 效益指标
    IN07 warning | 数量指标 | 医疗服务量增长率 | ≥5% | 效益指标
    IN07 warning | 数量指标 | 公文差错率 | ≤1% | 质量指标
    SA01 warning | 服务对象满意度指标 | 学生满意度 | 较高 | 百分比
    SA01 warning | 服务对象满意度指标 | 学生满意度 | 较好 | ≥95%
    SA01 warning | 服务对象满意度指标 | 学生满意度 | 高 | 百分比
    SA01 warning | 服务对象满意度指标 | 学生满意度 | 显著提高 | 百分比
    SA01 warning | 服务对象满意度指标 | 学生满意度 | ≥9% | “≥90%”
    SA01 warning | 服务对象满意度指标 | 学生满意度 | 9% | “≥90%”
    SA01 warning | 服务对象满意度指标 | 学生满意度 | ≥55% | 低于 60%
    VA10 warning | 服务对象满意度指标 | 学生满意度 | >90% | 正好达到也不算完成
    VA09 warning | 质量指标 | 一审案件改判发回重审率 | ≥2% | “≤2%”
    VA09 warning | 社会效益指标 | 资产负债率 | ≥45% | “≤45%”
    VA09 warning | 经济效益指标 | 次均费用增幅 | ≥5% | “≤5%”
    VA09 warning | 社会效益指标 | 不良贷款率 | ≥2% | “≤2%”
    VA09 warning | 质量指标 | 误报率 | ≥5% | “≤5%”
    VA09 warning | 社会效益指标 | 药占比 | ≥30% | “≤30%”
    VA09 warning | 质量指标 | 故障恢复时间 | ≥4小时 | “≤4小时”
    VA09 warning | 社会效益指标 | 系统故障修复时间 | ≥4小时 | “≤4小时”
    VA09 warning | 社会效益指标 | 故障处理时间 | ≥4小时 | “≤4小时”
    VA09 warning | 社会效益指标 | “三公”经费控制率 | ≥100% | “≤100%”
    VA09 warning | 社会效益指标 | 在职人员控制率 | ≥100% | “≤100%”
    VA09 warning | 社会效益指标 | 结转结余变动率 | ≥0% | “≤0%”
    VA09 warning | 社会效益指标 | 参保率 | ≤95% | “≥95%”
    VA09 warning | 社会效益指标 | 信访积案化解率 | ≤90% | “≥90%”
    VA09 warning | 社会效益指标 | 因贫失学学生人数 | ≥0人 | “＝0人”
    VA09 warning | 社会效益指标 | 安全事故起数 | ≥0起 | “＝0起”
    VA09 warning | 社会效益指标 | 走失儿童人数 | ≥0人 | 怎么做都算完成
    VA18 warning | 数量指标 | 补助人数 | ≥6000元/户/次 | 元/户/次
    VA18 warning | 数量指标 | 补助户数 | ≥960人 | 户
    VA18 warning | 数量指标 | 管护面积 | ≥2万公里 | 平方米
    VA18 warning | 数量指标 | 巡护长度 | ≥46亩 | 长度
    VA18 warning | 数量指标 | 培训次数 | ≥56人 | 次数
    VA18 warning | 生态效益指标 | 污水处理量 | ≥50万元 | 污水处理量
    CO01 error | 经济成本指标 | 帐篷采购单价 | ≤1500万元/顶 | “≤1500元/顶”
    CO01 error | 经济成本指标 | 助学金人均资助标准 | 2000万元/生·学年 | 把元写成了万元
    CO01 hint | 经济成本指标 | 桥梁造价 | ≤1500万元/座 | 跨年度工程
    VA09 warning | 时效指标 | 问题整改时限 | ≥5天 | 越少越好
    VA09 warning | 社会效益指标 | 群众等候时间 | ≥30分钟 | 越少越好
    VA09 warning | 质量指标 | 贷款不良率 | ≥5% | 越少越好
    IN04 warning | 社会效益指标 | 大力繁荣乡村文化 | ≥8次 | 口号
    IN04 warning | 社会效益指标 | 切实保障村民文化权益 | ≥8次 | 口号
    IN04 warning | 社会效益指标 | 全面推进乡村振兴 | ≥2个 | 口号
    IN04 warning | 社会效益指标 | 助力乡村振兴 | ≥2次 | 口号
    IN04 warning | 社会效益指标 | 提供优质服务 | ≥3次 | 口号
    IN12 warning | 社会效益指标 | 全国群众受益人数 | ≥2000人 | 全国
    VA10 warning | 社会效益指标 | 受益人数 | >7200人 | 正好达到
    VA10 hint | 社会效益指标 | 受益人数 | 大于7200人 | 正好达到
    VA10 hint | 社会效益指标 | 受益人数 | 超过7200人 | 正好达到
    ST10 error | 质量指标 | 广场完好率 | ≥（  ）% | 占位
    VA04 warning | 数量指标 | 新建文化广场 | ≥8个个 | 个个
    VA04 warning | 数量指标 | 新建文化广场 | ≥8ge | ge
    IN11 hint | 数量指标 | 受益村民人人数 | ≥20人 | 人
    IN11 hint | 质量指标 | 身份核实准确律 | ≥98% | 准确率
    IN11 hint | 质量指标 | 器材验收合格绿 | ≥98% | 率
    IN11 hint | 质量指标 | 器材验收和格率 | ≥98% | 合格率
    IN11 hint | 数量指标 | 硬化场地面机 | ≥20平方米 | 面积
    IN11 hint | 服务对象满意度指标 | 群众满意渡 | ≥95% | 满意度
    CO03 warning | 经济成本指标 | 线路巡检天数 | ≤10天 | 说的却不是花多少钱
    VA01 warning | 社会效益指标 | 政策持续期限 | 3年 | “≥3年”
    VA01 warning | 时效指标 | 客商诉求办结时限 | 7个工作日 | “≤7个工作日”
    VA01 warning | 社会成本指标 | 村民知晓率 | 95% | “≥95%”
    VA01 warning | 社会效益指标 | 受益人口 | 约1.2万人 | “约”
    VA01 hint | 质量指标 | 工程验收合格率 | 100% | “＝100%”
    VA02 warning | 时效指标 | 供餐时间 | 春季、秋季学期教学日 | 10月底前
    VA02 warning | 质量指标 | 内容质量 | 符合国家相关标准 | 达标率
    VA02 warning | 社会效益指标 | 受益村民人数 | 充分受益 | ≥95%
    VA04 warning | 数量指标 | 新建文化广场 | ≥8哥 | 打错
    VA16 hint | 质量指标 | 器材完好率 | >=95% | ≥95%
    VA02 warning | 数量指标 | 村级广场覆盖率 | 全覆盖 | “＝100%”
    VA02 warning | 质量指标 | 养护质量 | 符合标准 | 没有数字
    VA02 warning | 时效指标 | 业务办理 | 及时 | 10月底前
    VA02 warning | 数量指标 | 宣传品 | 第3号方案 | 看不出是什么的数
    VA04 warning | 社会效益指标 | 交通事故万车死亡率 | ≤1.5 | 人/万车
    VA04 warning | 时效指标 | 办结时限 | ≤480 | 小时
    VA04 warning | 数量指标 | 新建文化广场 | ≥8O个 | 字母
    VA12 warning | 时效指标 | 广场完工时间 | 12.31 | 2025年12月31日前
    VA12 warning | 时效指标 | 广场完工时间 | 20251231 | 2025年12月31日前
    VA12 error | 时效指标 | 广场完工时间 | 2024.9 | 2025年9月底前
    CO02 warning | 经济成本指标 | 广场建设标准成本 | ≥40万元/个 | 上限
    SA02 warning | 服务对象满意度指标 | 提升干部职工的满意度 | ≥95% | 谁的满意度
    SA02 warning | 服务对象满意度指标 | 服务对象满意度调查 | ≥95% | 谁的满意度
    CO02 warning | 社会成本指标 | 工作认知度 | ≥98% | 不涉及
    IN04 warning | 社会效益指标 | 大力扶持科技型企业 | ≥150家 | 口号
    VA09 warning | 时效指标 | 案件平均审理天数 | ≥55天 | “≤55天”
    VA09 warning | 时效指标 | 事项办理周期 | ≥20天 | “≤20天”
    VA09 warning | 社会效益指标 | 患者平均住院日 | ≥8天 | “≤8天”
    VA18 warning | 数量指标 | 栽植苗木株数 | ≥88万亩 | “株”
    VA18 warning | 数量指标 | 数字化扫描页数 | ≥12万元 | “页”
    VA04 warning | 经济成本指标 | 健身器材采购价格 | ≤2万元台 | “≤2万元/台”
    VA13 warning | 时效指标 | 方案报批完成时间 | ≤30分钟 | 做不完
    SA01 warning | 服务对象满意度指标 | 学生满意度 | 非常满意 | 百分比
    VA02 warning | 社会效益指标 | 村民文化生活 | 提高 | 没有数字
    VA02 warning | 社会效益指标 | 文明城市测评 | 位居全省前列 | 没有数字
    VA02 warning | 时效指标 | 处置时限 | 立即处置 | 10月底前
    CO04 hint | 社会成本指标 | 减轻企业负担 | ≤3万元 | 不像是社会成本
    CO04 hint | 社会成本指标 | 安置就业岗位 | ≤300个 | 不像是社会成本
    VA05 warning | 时效指标 | 资金支付及时率 | 2025年12月底前 | 日期
    VA15 warning | 社会效益指标 | 应急救援能力 | 应急救援能力显著增强 | 把名称又写了一遍
    VA04 warning | 数量指标 | 采购帐篷数量 | ＝200顶/顶 | 顶/顶
    VA04 warning | 经济成本指标 | 站点年运维费用 | ≤6500元/站·年/年 | 元/站·年/年
    VA17 warning | 数量指标 | 收运生活垃圾 | ≥11.6万吨吨 | “≥11.6万吨”
    IN11 hint | 质量指标 | 库存物资帐实相符率 | ＝100% | 账
    IN04 warning | 数量指标 | 开好专场招聘会 | ≥2场 | 口号
    IN04 warning | 社会效益指标 | 办好农民运动会 | ≥2场 | 口号
    IN07 warning | 社会成本指标 | 观众观赛人次 | ≤7000人次 | 数量指标
    CO04 hint | 社会成本指标 | 提升城市影响力 | 明显提升 | 不像是社会成本
    VA02 warning | 社会效益指标 | 文明典范城市创建 | 持续推进 | 没有数字
    CO04 hint | 社会成本指标 | 机械化作业覆盖率 | ≥92% | 不像是社会成本
    CO02 warning | 社会成本指标 | 施工噪声投诉次数 | ≥2次 | 请改用“≤”
    """


def cases(text):
    return [[cell.strip() for cell in line.split(" | ")] for line in text.strip().splitlines()]


def stacked(*parts):
    return "\n".join(part.strip() for part in parts)


def told(table, level2, name, target, head=HEAD):
    """What a table with this row first says of the row."""
    document = table(stacked(head, f"| {LEVEL1[level2]} | {level2} | {name} | {target} |", ROWS))
    return [one for one in checking.check(document).findings if one.pointer.startswith("/indicators/0/")]


@pytest.mark.parametrize(("quiet", "level2", "name", "target"), cases(QUIET))
def test_a_rule_leaves_a_row_in_peace(table, quiet, level2, name, target):
    assert {one.rule for one in told(table, level2, name, target)}.isdisjoint(quiet.split())


@pytest.mark.parametrize(("loud", "level2", "name", "target", "said"), cases(LOUD))
def test_a_rule_speaks_of_a_row_and_says_why(  # noqa: PLR0917 - a case is its arguments
    table, loud, level2, name, target, said
):
    rule, severity = loud.split()
    found = [one for one in told(table, level2, name, target) if one.rule == rule]
    assert [one.severity for one in found] == [severity]
    assert said in found[0].message + found[0].suggestion


def test_an_impossible_date_is_one_finding(table):
    for target in ("2025年2月30日前", "13月底前", "2025年13月底前"):
        assert [one.rule for one in told(table, "时效指标", "完工时间", target)] == ["VA12"]


@pytest.mark.parametrize(
    ("money", "total", "cost"),
    [
        ("元", "120", "≤120万元"), ("元", "120", "≤118万元"), ("元", "800", "不涉及"), ("万元", "1200000", "≤118万元"),
        ("万元", "1200000", "≤15万元/个"), ("万元", "450000", "≤45万元"),
    ],
)  # fmt: skip
def test_a_total_in_the_wrong_unit_is_told_at_the_total_alone(table, money, total, cost):
    funds = f"| 年度资金总额 | {total} |\n| 当年财政拨款 | {total} |\n| 上年结转资金 | 0 |\n"
    document = table(stacked(HEAD, funds, ROWS.replace("≤120万元", cost)), money=money)
    found = [(one.rule, one.severity, one.pointer) for one in checking.check(document).findings]
    assert found == [("FI03", "warning", "/total_funds")]


def test_a_price_above_a_total_that_is_10_000_times_too_small_is_no_fault_of_its_own(table):
    funds = "| 年度资金总额 | 0.012 |"
    rows = ROWS.replace("广场建设总成本 | ≤120万元", "广场管护标准 | ≤500元/次")
    found = checking.check(table(stacked(HEAD, funds, rows))).findings
    assert [(one.rule, one.pointer) for one in found] == [("FI03", "/total_funds")]


@pytest.mark.parametrize(
    ("total", "name", "cost"),
    [
        ("8000", "广场管护费用", "≤5万元"),
        ("23000", "危房改造补助标准", "≤3万元"),
        ("120", "宣传费用", "≤500元"),
    ],
)
def test_a_small_cost_of_a_large_project_is_no_doubt_about_the_unit(table, total, name, cost):
    funds = f"| 年度资金总额 | {total} |\n| 当年财政拨款 | {total} |\n| 上年结转资金 | 0 |\n"
    rows = ROWS.replace("广场建设总成本 | ≤120万元", f"{name} | {cost}")
    assert "FI03" not in {one.rule for one in checking.check(table(stacked(HEAD, funds, rows))).findings}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("设备响应时间 | ≤2小时", "设备响应时限 | ≤24小时"),
        ("补助资金发放时限 | ≤5个工作日", "补助资金拨付时间 | ≤15个工作日"),
    ],
)
def test_va13_two_limits_for_one_event(table, one, other):
    rows = "\n".join(f"| 产出指标 | 时效指标 | {shown} |" for shown in (one, other))
    found = [
        each for each in checking.check(table(stacked(HEAD, rows, ROWS))).findings if each.rule == "VA13"
    ]
    assert [each.pointer for each in found] == ["/indicators/1/target"]
    rows = rows.replace("≤24小时", "≤2小时").replace("≤15个工作日", "≤5个工作日")
    assert "VA13" not in {each.rule for each in checking.check(table(stacked(HEAD, rows, ROWS))).findings}


@pytest.mark.parametrize(
    ("begins", "ends", "wrong"),
    [
        ("项目开工时间 | 2025年4月底前", "项目完工时间 | 2025年3月底前", True),
        ("项目开工时间 | 4月底前", "工程竣工时间 | 2025年3月31日前", True),
        ("项目开工时间 | 2025年4月底前", "项目完工时间 | 2025年4月30日前", False),
        ("项目开工时间 | 2025年4月", "项目完工时间 | 2025年4月", False),
        ("项目开工时间 | 2025年3月底前", "项目完工时间 | 2025年10月底前", False),
        ("项目开工时间 | 2025年4月底前", "项目完工时间 | 2026年3月底前", False),
        ("二期开工时间 | 2025年4月底前", "一期完工时间 | 2025年3月底前", False),
        ("项目启动时间 | 2025年4月底前", "调查摸底完成时间 | 2025年3月底前", False),
    ],
)
def test_va13_an_end_before_its_beginning(table, begins, ends, wrong):
    rows = "\n".join(f"| 产出指标 | 时效指标 | {shown} |" for shown in (begins, ends))
    found = checking.check(table(stacked(HEAD, rows, ROWS))).findings
    assert [each.pointer for each in found if each.rule == "VA13"] == ["/indicators/1/target"] * wrong


@pytest.mark.parametrize("agency", ["县文化馆", "本单位", "县公路养护中心", "我局"])
@pytest.mark.parametrize("county", ["礼县", "康县", "环县"])
def test_st04_a_county_of_one_letter_is_a_place(table, county, agency):
    head = HEAD.replace("安平县文化馆", agency).replace("安平县", county)
    document = table(stacked(head, ROWS))
    assert [(one.rule, one.pointer) for one in checking.check(document).findings] == [("ST04", "/agency")]
    document = table(stacked(HEAD.replace("安平县", county), ROWS))
    assert not checking.check(document).findings


@pytest.mark.parametrize("agency", ["文化馆", "县文化馆", "本馆", "财政局", "我局"])
def test_st04_a_name_without_its_place_is_short(table, agency):
    document = table(stacked(HEAD, f"| 实施单位 | {agency} |", ROWS))
    assert [(one.rule, one.pointer) for one in checking.check(document).findings] == [("ST04", "/agency")]


@pytest.mark.parametrize(
    "agency",
    [
        "安平县文化馆",
        "第一中学",
        "王家沟水库管理所",
        "祁连路街道办事处",
        "市民服务中心",
        "临夏州图书馆",
        "县前街小学",
    ],
)
def test_st04_other_names_without_a_county_are_whole(table, agency):
    assert not checking.check(table(stacked(HEAD, f"| 实施单位 | {agency} |", ROWS))).findings


def test_st10_a_first_goal_that_declines_is_none_and_a_spare_one_is_nothing(table):
    found = checking.check(
        table(stacked(HEAD.replace("新建村级文化广场，丰富村民文化生活", "无"), ROWS))
    ).findings
    assert [(one.rule, one.severity, one.pointer) for one in found] == [("ST10", "error", "/goals/0")]
    assert not checking.check(table(stacked(HEAD, "| 目标2 | 无 |", ROWS))).findings


def test_sa03_thresholds_within_one_table_are_in02s(table):
    rows = "| 满意度指标 | 服务对象满意度指标 | 村民满意度 | ≥90% |"
    verdict = checking.check_all([table(stacked(HEAD, rows, ROWS))], "workbook")[0]
    assert [one.rule for one in verdict.findings] == ["IN02"]


@pytest.mark.parametrize("department", ["安平县卫生健康局361", "安平县卫生健康局361001"])
def test_st03_a_code_right_after_the_name_is_a_code(table, department):
    document = table(stacked(HEAD, f"| 主管部门及代码 | {department} |", ROWS))
    assert not checking.check(document).findings


@pytest.mark.parametrize("department", ["安平县卫生健康局（代码：）", "安平县卫生健康局/无"])
def test_st03_an_empty_code_is_not_repeated_in_what_to_write(table, department):
    document = table(stacked(HEAD, "| 主管部门及代码 | 安平县卫生健康局 |", ROWS))
    document.values["department"] = department
    (found,) = checking.check(document).findings
    assert found.rule == "ST03"
    assert "“安平县卫生健康局（部门代码）”" in found.suggestion


@pytest.mark.parametrize(
    ("department", "told"), [("207001", "没有写名称"), ("安平县卫生健康局（2O7001）", "夹有字母")]
)
def test_st03_says_what_is_wrong_with_a_code(table, department, told):
    document = table(stacked(HEAD, "| 主管部门及代码 | 安平县卫生健康局 |", ROWS))
    document.values["department"] = department
    (found,) = checking.check(document).findings
    assert (found.rule, told in found.message) == ("ST03", True)


def test_sc03_a_level2_word_in_the_place_of_level_1_is_not_another_word_misspelled(table):
    document = table(stacked(HEAD, ROWS))
    document.values["indicators"][1].update(level1="数量指标", level2="产出指标")
    found = [one for one in checking.check(document).findings if one.rule == "SC03"]
    assert {one.suggestion.partition("，")[0] for one in found} == {"这是二级指标的词"}


def test_va12_a_year_that_no_deadline_shares_is_told_once_where_it_stands(table):
    document = table(
        stacked(HEAD, "| 年度 | 2052 |", ROWS, "| 时效指标 | 时效指标 | 开工时间 | 2025年3月底前 |")
    )
    found = [one for one in checking.check(document).findings if one.rule == "VA12"]
    assert [(one.pointer, one.severity) for one in found] == [("/year", "error")]
    assert "2052 年度，指标里的日期却都是 2025 年" in found[0].message


def test_no_advice_begins_a_cell_with_a_half_width_equals_sign(table):
    """In a cell of the usual format it would become a formula."""
    for name, target in (
        ("工程验收合格率", "100%"),
        ("器材故障起数", "0起"),
        ("器材数量", "9台"),
        ("是否投用", "是"),
    ):
        for one in told(table, "社会效益指标", name, target):
            assert "“=" not in one.suggestion


@pytest.mark.parametrize(
    ("level2", "name", "target", "said"),
    [
        ("数量指标", "硬化场地面积", "≥≥1.5万平方米", "“≥1.5万平方米”"),
        ("数量指标", "硬化场地面积", "≥1.5万平方米平方米", "“≥1.5万平方米”"),
        ("质量指标", "验收合格率", "100%%", "“100%”"),
        ("质量指标", "验收合格率", "＝＝100%", "“＝100%”"),
        ("质量指标", "验收合格率", "= =100%", "“＝100%”"),
        ("数量指标", "硬化场地面积", "≥1，5万平方米", "“≥1.5万平方米”"),
        ("数量指标", "硬化场地面积", "1.5万平方米≥", "“≥1.5万平方米”"),
        ("数量指标", "硬化场地面积", "≥-1.5万平方米", "“≥1.5万平方米”"),
        ("质量指标", "验收合格率", "≥50%，≥60%", "两个下限"),
        ("质量指标", "村民参与率", "≥60%，≤50%", "下限比上限还大"),
        ("时效指标", "工资发放时间", "每月35日前", "没有35日"),
        ("数量指标", "硬化场地面积", "≤≥1.5", "矛盾"),
        ("数量指标", "培训人次", "≥8人次人次", "“≥8人次”"),
        ("服务对象满意度指标", "村民满意度", "≥≥95%", "“≥95%”"),
        ("经济成本指标", "广场建设总成本", "≤≤100万元", "“≤100万元”"),
    ],
)
def test_va17_a_spoiled_target_is_one_finding_at_the_value(table, level2, name, target, said):
    (found,) = told(table, level2, name, target)
    assert (found.rule, found.pointer) == ("VA17", "/indicators/0/target")
    assert said in found.message + found.suggestion


@pytest.mark.parametrize(
    ("name", "rule"),
    [("器材验收是否合格", "IN05"), ("器材验收合格绿", "IN11"), ("质量指标", "IN03"), ("质量", "IN03")],
)
def test_a_name_that_is_no_rate_by_a_slip_or_as_a_question_is_told_once(table, name, rule):
    found = told(table, "质量指标", name, "≥98%")
    assert [(one.rule, one.pointer) for one in found] == [(rule, "/indicators/0/name")]


def test_a_doubtful_satisfaction_is_one_finding(table):
    for target in ("非常满意", "较高", "高", "≥9%", "9%", ">90%", "≤95%"):
        assert len(told(table, "服务对象满意度指标", "学生满意度", target)) == 1


def test_a_figure_left_out_is_one_finding(table):
    assert [one.rule for one in told(table, "质量指标", "广场完好率", "≥（  ）%")] == ["ST10"]


@pytest.mark.parametrize(
    "printed", ["指标1：", "指标 2 ", "三级指标一、", "1.", "2、", "（3）", "(4) ", "５．", "①", "6）"]
)
def test_a_number_printed_before_a_name_is_no_part_of_it(table, printed):
    """Names are compared and judged without it, and told as they stand in the cell."""
    document = table(stacked(HEAD, ROWS, f"| 产出指标 | 数量指标 | {printed}新建文化广场数量 | ≥9个 |"))
    found = {one.rule for one in checking.check(document).findings if one.pointer == "/indicators/6/name"}
    assert "IN02" in found
    (slogan,) = [one for one in told(table, "质量指标", f"{printed}加强业务培训", "高") if one.rule == "IN04"]
    assert f"“{printed.strip()}" in slogan.message
    copied = told(table, "社会效益指标", f"{printed}村民文化生活", "村民文化生活")
    assert ("VA03", "error") in [(one.rule, one.severity) for one in copied]


@pytest.mark.parametrize(
    "name", ["1.5公里道路硬化率", "12345热线办结率", "5G基站覆盖率", "110联动及时率", "3、4号楼完工率"]
)
def test_figures_that_belong_to_a_name_stay(table, name):
    assert rows_of(table(f"| 产出指标 | 质量指标 | {name} | ≥95% |"))[0].name == name


def test_go06_a_figure_that_one_indicator_keeps_is_no_other_ones(table):
    """The goal's 2400人 are those of the pupils helped, in whatever measure, and not of those who leave school."""
    head = HEAD.replace("新建村级文化广场，丰富村民文化生活", "资助家庭困难学生2400人，发放助学金")
    rows = ROWS.replace("受益村民人数 | ≥7200人", "受益村庄数量 | ≥8个")
    asked = "| 效益指标 | 社会效益指标 | 家庭困难失学学生人数 | {} |"

    def flagged(*shown):
        found = checking.check(table(stacked(head, rows, *shown))).findings
        return [one.pointer for one in found if one.rule == "GO06"]

    assert flagged(asked.format("≥30人")) == ["/indicators/6/target"]
    assert not flagged(asked.format("＝0人"))
    for target in ("≥2400人", "≥2400名", "≥0.24万人"):
        kept = f"| 产出指标 | 数量指标 | 资助家庭困难学生人数 | {target} |"
        assert not flagged(asked.format("≥30人"), kept)
    assert flagged("| 产出指标 | 数量指标 | 资助家庭困难学生人数 | ≥2300人 |") == ["/indicators/6/target"]
    head = head.replace(
        "2400人，", "2400人，家庭困难学生住宿1700人，"
    )  # two figures: nobody knows which is meant
    assert not flagged("| 产出指标 | 数量指标 | 资助家庭困难学生人数 | ≥2400人 |")
    assert not flagged("| 产出指标 | 数量指标 | 资助家庭困难学生人数 | ≥2300人 |")


def test_go06_performances_are_counted_alike_and_a_rate_within_a_limit_is_another(table):
    head = HEAD.replace(
        "新建村级文化广场，丰富村民文化生活", "在广场演出地方戏曲36场，全年结案率保持在95%以上"
    )
    for shown, rules in (
        ("| 产出指标 | 数量指标 | 演出地方戏曲 | ≥24场次 |", ["GO06"]),
        ("| 产出指标 | 数量指标 | 演出地方戏曲 | ≥36场次 |", []),
        ("| 产出指标 | 质量指标 | 全年案件结案率 | ≥98% |", ["GO06"]),
        ("| 产出指标 | 质量指标 | 全年法定审限内结案率 | ≥98% |", []),
    ):
        found = checking.check(table(stacked(head, shown, ROWS))).findings
        assert [one.rule for one in found if one.pointer == "/indicators/0/target"] == rules


def test_a_percentage_that_cannot_be_is_not_told_once_more_as_another_than_the_goals(table):
    head = HEAD.replace("新建村级文化广场，丰富村民文化生活", "农田林网绿化覆盖率达到92%以上")
    shown = "| 产出指标 | 质量指标 | 农田林网绿化覆盖率 | {} |"
    for target, rules in (("292%", ["VA07"]), ("≥82%", ["GO06"]), ("≥92%", [])):
        found = checking.check(table(stacked(head, shown.format(target), ROWS))).findings
        assert [one.rule for one in found if one.pointer == "/indicators/0/target"] == rules


def test_go05_those_who_left_the_army_in_an_earlier_year_are_this_years_work(table):
    funds = "| 上年结转资金 | 0 |\n| 当年财政拨款 | 120 |"
    for goal, rules in (
        ("对2024年度退出现役的士兵发放补助，建设村级文化广场", []),
        ("为2024年退役士兵发放补助，建设村级文化广场", []),
        ("完成2024年村级文化广场建设，丰富村民生活", ["GO05"]),
    ):
        document = table(stacked(HEAD.replace("新建村级文化广场，丰富村民文化生活", goal), funds, ROWS))
        assert [one.rule for one in checking.check(document).findings] == rules


def test_a_wrong_level2_is_one_finding_and_the_rows_under_it_are_not_judged_by_it(table):
    """| 产出指标 | 生态效益指标 | … |: neither that 时效指标 is missing, nor that a deadline is no 生态效益."""
    shown = ROWS.replace("| 时效指标 | 广场完工时间 |", "| 生态效益指标 | 广场完工时间 |")
    found = checking.check(table(stacked(HEAD, shown))).findings
    assert [(one.rule, one.pointer) for one in found] == [("ST06", "/indicators/3/level2")]


@pytest.mark.parametrize(
    ("typed", "told", "fix"),
    [
        ("500", "重新填一遍", ("500", "500")),
        ("1,500", "不加空格和逗号", ("1,500", "1500")),
        (" 500 ", "不加空格和逗号", (" 500 ", "500")),
        ("8 0", "有没有漏了小数点", None),
        ("8 .5", "有没有漏了小数点", None),
    ],
)
def test_fi02_a_figure_typed_as_text_is_mended_unless_it_is_in_pieces(table, typed, told, fix):
    document = table(f"| 其他资金 | {money(typed, '万元')} |")
    document = replace(document, raw={**document.raw, "/other_funds": typed})
    (found,) = [one for one in checking.check(document).findings if one.rule == "FI02"]
    assert found.severity == "hint"
    assert told in found.suggestion
    assert (found.fix and (found.fix.before, found.fix.after)) == fix


@pytest.mark.parametrize("typed", ["1亿2000万元", "3万5500元", "1亿元", "35500.01元"])
def test_fi04_an_amount_said_in_pieces_has_no_more_decimals_than_it_says(table, typed):
    document = table(f"| 其他资金 | {money(typed, '万元')} |")
    document = replace(document, raw={**document.raw, "/other_funds": typed})
    assert "FI04" not in {one.rule for one in checking.check(document).findings}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("广场建设 ", "“广场建设␣”的末尾"),
        ("\n广场建设", "“↵广场建设”的开头"),
        ("广场  建设 ", "“广场␣␣建设␣”的中间、末尾"),
        ("GPS 广场 ", "“GPS 广场␣”的末尾"),
    ],
)
def test_st11_shows_the_white_space_it_speaks_of(table, typed, told):
    document = replace(table(stacked(HEAD, ROWS)), raw={"/project_name": typed})
    (found,) = [one for one in checking.check(document).findings if one.rule == "ST11"]
    assert f"{told}有多余的空格或换行。" in found.message


@pytest.mark.parametrize(
    ("agency", "word", "severity"),
    [
        ("和政县交通运输局", "全州", "warning"),
        ("七里河区交通运输局", "全市", "hint"),
        ("兰州市七里河区交通运输局", "全市", "hint"),
        ("城关镇人民政府", "全县", "hint"),
        ("西湖街道办事处", "全区", "hint"),
        ("城关镇人民政府", "全镇", None),
        ("七里河区交通运输局", "全区", None),
        ("经济技术开发区管委会", "全市", None),
        ("宁夏回族自治区交通运输厅", "全区", None),
        ("自然保护区管理局", "全州", None),
        ("灌区管理处", "全市", None),
    ],
)
def test_in12_a_word_of_a_level_above(table, agency, word, severity):
    """Of a county a warning, of a district, a town or a street office a hint: these speak of the whole more often."""
    head = HEAD.replace("安平县文体广电和旅游局", agency).replace("安平县文化馆", agency)
    found = told(table, "社会效益指标", f"{word}农村公路列养率", "≥95%", head=head)
    assert [one.severity for one in found if one.rule == "IN12"] == ([severity] if severity else [])


def test_go02_a_word_that_fits_any_project_is_no_subject(table):
    """促进经济发展 has nothing of 资助家庭经济困难学生 but 经济."""
    head = HEAD.replace("新建村级文化广场，丰富村民文化生活", "促进经济发展")
    kept = "| 产出指标 | 数量指标 | 资助家庭经济困难学生人数 | ≥2400人 |"
    found = checking.check(table(stacked(head, ROWS, kept))).findings
    assert ("GO02", "/goals/0") in {(one.rule, one.pointer) for one in found}


@pytest.mark.parametrize(
    ("typed", "better"), [("≥９．５％", "≥9.5%"), ("≥9．5%", "≥9.5%"), ("≥９.５%", "≥9.5%")]
)
def test_st11_a_decimal_point_of_full_width_becomes_one_of_half_width(table, typed, better):
    document = replace(table(stacked(HEAD, ROWS)), raw={"/indicators/2/target": typed})
    (found,) = [one for one in checking.check(document).findings if one.rule == "ST11"]
    assert (found.fix.after, "全角的数字" in found.message) == (better, True)


def test_st03_a_label_that_asks_for_no_code_gets_a_hint(table):
    document = table(stacked(HEAD, "| 主管部门及代码 | 安平县卫生健康局 |", ROWS))
    note = Note("ST03", "/department_code", "", lacks=("/department_code",))
    (found,) = checking.check(replace(document, notes=(note,))).findings
    assert (found.rule, found.severity) == ("ST03", "hint")
    assert "安平县卫生健康局" in found.message


@pytest.mark.parametrize(
    ("level1", "level2", "severity"),
    [("效益指标", "可持续影响指标", "warning"), ("产出指标", "可持续影响指标", "error"), ("产出指标", "成本指标", "error")],
)  # fmt: skip
def test_st05_a_word_that_places_keep_is_no_mixture_of_versions(table, level1, level2, severity):
    document = table(stacked(HEAD, ROWS, f"| {level1} | {level2} | 广场使用年限 | ≥10年 |"))
    (found,) = [one for one in checking.check(document).findings if one.rule == "ST05"]
    assert (found.severity, found.pointer) == (severity, "/indicators/6/level2")


def test_st06_what_goes_by_a_level_2_in_doubt_is_not_told_beside_it(table):
    document = table(stacked(HEAD, ROWS, "| 产出指标 | 经济成本指标 | 保障村级广场数量 | =43个 |"))
    told = [one.rule for one in checking.check(document).findings if one.pointer.startswith("/indicators/6/")]
    assert told == ["ST06"]


def test_va16_a_target_that_is_only_broken_over_lines_is_spelled_as_usual(table):
    document = table(stacked(HEAD, ROWS), raw={"/indicators/2/target": "≥50KG\n 全年"})
    assert "VA16" not in {one.rule for one in checking.check(document).findings}


def test_in06_a_name_full_of_digits_costs_no_time(table):
    """A number looked for from each of its digits took a minute and a half for one name."""
    document = table(stacked(HEAD, ROWS, f"| 产出指标 | 数量指标 | {'20' * 10_000} | ≥1个 |"))
    start = time.process_time()
    checking.check(document)
    assert time.process_time() - start < 3


@pytest.mark.parametrize(("lacks", "severity"), [("/basic", "hint"), ("/indicators/0/target", "warning")])
def test_st05_a_lost_column_makes_no_other_kind_of_form(table, lacks, severity):
    note = Note("ST09", "/indicators", "", lacks=(lacks,))
    shown = "| 产出指标 | 数量指标 | 保障车辆数 | ≥5辆 |"
    found = checking.check(table(shown, form="agency_overall", notes=(note,))).findings
    assert {one.severity for one in found if one.rule == "ST05"} == {severity}
