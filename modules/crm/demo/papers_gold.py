"""Files that went to and fro with Huadong and the other large customers."""

from concord.demo.papers import curve, document, table

LINE_4_READINGS = table(
    "line-4-readings.csv",
    "四号线读数.csv",
    ("hour,stand 1,stand 2,stand 3,stand 4", "小时,1号台,2号台,3号台,4号台"),
    [
        (hour, *(round(200 + drift * hour, 1) for drift in (0.2, 0.3, 0.7, 0.1)))
        for hour in range(9)
    ],
)
PROPOSAL_V1 = document(
    "Proposal-v1.pdf",
    "方案-第1版.pdf",
    (
        "Line 4 retrofit, proposal 1",
        "4 x torque stand HX-200",
        "12 x force sensor FT-60",
        "Installation and training: 4 days on site",
        "Delivery in one lot, 10 weeks after order",
        "Valid for 60 days",
    ),
    (
        "四号线改造，方案第 1 版",
        "扭矩测试台 HX-200，4 台",
        "力传感器 FT-60，12 只",
        "安装与培训：现场 4 天",
        "一次性交付，下单后 10 周",
        "有效期 60 天",
    ),
)
PROPOSAL_V2 = document(
    "Proposal-v2.pdf",
    "方案-第2版.pdf",
    (
        "Line 4 retrofit, proposal 2",
        "As version 1, and in addition:",
        "OPC UA to the MES, 34 tags",
        "Barcode reader on each stand",
        "Option, page 2: service contract for one year",
    ),
    (
        "四号线改造，方案第 2 版",
        "在第 1 版基础上增加：",
        "与 MES 的 OPC UA 接口，34 个点位",
        "每台配扫码枪",
        "可选，第 2 页：一年期服务合同",
    ),
)
PROPOSAL_V3 = document(
    "Proposal-v3.pdf",
    "方案-第3版.pdf",
    (
        "Line 4 retrofit, proposal 3",
        "Batch 1: 2 x HX-200, 6 x FT-60",
        "Batch 2: 2 x HX-200, 6 x FT-60",
        "Line 4 keeps running on the old stands in between",
        "Service: answer within 4 hours, on site within 2 days",
        "Loan unit during each yearly calibration",
    ),
    (
        "四号线改造，方案第 3 版",
        "第一批：HX-200 2 台，FT-60 6 只",
        "第二批：HX-200 2 台，FT-60 6 只",
        "两批之间四号线用旧测试台继续生产",
        "服务：4 小时内答复，2 天内到场",
        "每年校准期间提供备用机",
    ),
)
MES_TAGS = table(
    "MES-tags.csv",
    "MES点位.csv",
    ("tag,type,rate", "点位,类型,频率"),
    [
        ("torque", "float", "100 Hz"),
        ("angle", "float", "100 Hz"),
        ("serial", "string", "per part"),
        ("tool", "string", "per part"),
        ("result", "boolean", "per part"),
    ],
)
C4_DIAGRAM = document(
    "Cabinet-C4.pdf",
    "C4配电柜单线图.pdf",
    (
        "Cabinet C4, single line diagram",
        "Supply 3 x 380 V, N, PE",
        "Slots 7 and 8: free, 32 A",
        "Slots 1 to 6: conveyor and lighting",
    ),
    ("C4 配电柜单线图", "进线 3×380 V，N，PE", "7、8 号位：空余，32 A", "1～6 号位：输送线与照明"),
)
NDA = document(
    "NDA-countersigned.pdf",
    "保密协议-会签.pdf",
    (
        "Mutual non-disclosure agreement",
        "Between Huadong Precision and Beacon Instruments",
        "Term: three years",
        "Place of court: Suzhou",
        "Signed by both parties",
    ),
    ("双向保密协议", "华东精密制造与明灯仪器", "期限：三年", "管辖法院：苏州", "双方已签署"),
)
ISO_9001 = document(
    "ISO 9001.pdf",
    "ISO 9001 证书.pdf",
    (
        "Certificate ISO 9001:2015",
        "Beacon Instruments",
        "Scope: development, manufacture and calibration of test instruments",
        "Valid for three years",
    ),
    ("ISO 9001:2015 认证证书", "明灯仪器", "范围：测试仪器的开发、制造与校准", "有效期三年"),
)
PLANT_LIST = table(
    "instruments-by-plant.csv",
    "各厂仪器清单.csv",
    ("plant,type,pieces", "工厂,型号,数量"),
    [
        ("Wuhan", "HX-200", 6),
        ("Yichang", "VR-12", 2),
        ("Huangshi", "LC-20", 31),
        ("Jingzhou", "IT-5", 9),
    ],
)
FRAMEWORK_V1 = document(
    "Framework-v1.pdf",
    "框架协议-初稿.pdf",
    (
        "Framework agreement, draft 1",
        "14 types of instruments for nine plants",
        "Prices for two years, annex A",
        "One service level for all plants",
    ),
    ("框架协议，初稿", "九家工厂，14 个型号", "两年价格，见附件 A", "统一的服务等级"),
)
TRACEABILITY = document(
    "Traceability-requirements.pdf",
    "追溯要求.pdf",
    (
        "Traceability requirements",
        "4: conditions of each test, per board",
        "5: results kept for 15 years",
        "6: clocks within one second",
    ),
    ("追溯要求", "第 4 章：每块板的测试条件", "第 5 章：结果保存 15 年", "第 6 章：时钟误差一秒内"),
)
TIME_REPORT = document(
    "IT-5-update-report.pdf",
    "IT-5升级报告.pdf",
    ("Update of eleven IT-5", "Firmware 3.2 on all", "Greatest deviation of the clock: 38 ms"),
    ("IT-5 升级报告，共 11 台", "固件均为 3.2", "时钟最大偏差：38 毫秒"),
)
CYCLER_SHEET = document(
    "BC-16-cabinet.pdf",
    "BC-16机柜.pdf",
    (
        "Cycler BC-16, cabinet",
        "600 x 1,100 x 2,000 mm, 310 kg",
        "Heat: 1.9 kW at full power",
        "Air from the front, out at the top",
    ),
    ("充放电测试柜 BC-16", "600×1100×2000 毫米，310 公斤", "满功率散热 1.9 千瓦", "前进风，顶出风"),
)
CHANNEL_17 = curve(
    "channel-17.png",
    "17通道温度.png",
    [0.2, 0.25, 0.4, 0.62, 0.7, 0.74, 0.76, 0.77, 0.77, 0.76],
)
HUMIDITY = curve(
    "foundation-humidity.png",
    "地基含水率.png",
    [0.9, 0.84, 0.79, 0.75, 0.7, 0.66, 0.63, 0.6],
)
ACCEPTANCE = document(
    "Acceptance-VR-12.pdf",
    "VR-12验收纪要.pdf",
    (
        "Acceptance of the vibration rig VR-12",
        "Frequency range to 2 kHz: met",
        "Table resonance at 1,840 Hz: as calculated",
        "Training of six people: done",
        "Stamped by the classification society",
    ),
    (
        "振动台 VR-12 验收纪要",
        "频率范围至 2 kHz：符合",
        "台面共振 1840 Hz：与计算一致",
        "六人培训：完成",
        "船级社已盖章",
    ),
)
CALIBRATION_PLAN = table(
    "reference-sensors.csv",
    "参考传感器计划.csv",
    ("serial,type,due", "编号,型号,周期"),
    [(f"LC-20-{number}", "LC-20", "12 months") for number in range(311, 319)],
)
CERTIFICATES = document(
    "Certificates-LC-20.pdf",
    "LC-20校准证书.pdf",
    (
        "Calibration certificates, four LC-20",
        "All within class 0.02",
        "Uncertainty stated for k = 2",
    ),
    ("LC-20 校准证书，共四份", "均在 0.02 级以内", "不确定度按 k=2 给出"),
)
TOOL_LIST = table(
    "torque-tools-batch-1.csv",
    "扭矩工具第一批.csv",
    ("tool,range N·m,hangar", "工具,量程 N·m,机库"),
    [(f"TW-{number}", f"{number % 7 * 20 + 20}", number % 3 + 1) for number in range(401, 421)],
)
SERVICE_WISHES = document(
    "What-our-customers-ask.pdf",
    "What-our-customers-ask.pdf",
    (
        "What our customers ask for most",
        "1. An answer within four hours",
        "2. A loan unit during calibration",
        "3. One person who knows the history",
    ),
    (
        "What our customers ask for most",
        "1. An answer within four hours",
        "2. A loan unit during calibration",
        "3. One person who knows the history",
    ),
)
SERVICE_LEVEL = document(
    "Service-level-draft.pdf",
    "服务等级协议-草稿.pdf",
    (
        "Service level, draft",
        "First call: Vogel Messtechnik, within four hours",
        "Second call: Beacon Instruments, within one working day",
        "Two loan units in Stuttgart",
    ),
    (
        "服务等级协议，草稿",
        "一线：沃格尔测量技术，四小时内",
        "二线：明灯仪器，一个工作日内",
        "斯图加特常备两台备用机",
    ),
)
