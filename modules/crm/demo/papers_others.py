"""Files that went to and fro with smaller customers and with suppliers."""

from math import sin

from concord.demo.papers import curve, document, table

TRUCK_READINGS = curve(
    "two-trucks-in-frost.png",
    "two-trucks-in-frost.png",
    [0.3, 0.31, 0.29, 0.8, 0.3, 0.3, 0.32, 0.85, 0.4, 0.31, 0.3],
)
COLD_CHAIN_PILOT = document(
    "Cold-chain-pilot.pdf",
    "冷链试点方案.pdf",
    (
        "Cold chain, pilot",
        "Five trucks, eight weeks",
        "Logger with a light for an open door",
        "Report each Monday, in German and English",
    ),
    ("冷链试点方案", "五辆车，八周", "带开门指示灯的记录仪", "每周一报告，德英双语"),
)
CRANE_HOURS = table(
    "crane-hours.csv",
    "crane-hours.csv",
    ("crane,hours under load", "crane,hours under load"),
    [(crane, 12_000 + 400 * (crane in (2, 5, 11)) - 350 * (crane % 4)) for crane in range(1, 13)],
)
FLEET_OFFER = document(
    "Fleet-tablets-offer.pdf",
    "车队平板报价.pdf",
    (
        "Fleet tablets, offer",
        "20 tablets with axle sensors",
        "EUR 38,500, freight included",
        "Delivery six weeks after order",
    ),
    ("车队平板报价", "20 套平板与轴荷传感器", "38,500 欧元，含运费", "下单后六周交付"),
)
CAMPUS_OFFER = document(
    "Campus-renewal.pdf",
    "校园改造报价.pdf",
    (
        "Campus renewal",
        "Six retrofit kits with campus licence",
        "USD 52,000, discount for teaching included",
        "All six run before the term starts",
    ),
    ("校园改造报价", "六套改造件，含校园许可", "52,000 美元，已含教学优惠", "开学前六台全部可用"),
)
FLOOR_READINGS = table(
    "hall-vibration.csv",
    "新车间振动.csv",
    ("column,µm/s", "柱位,微米/秒"),
    [("A1", 2.1), ("A3", 2.8), ("B2", 3.0), ("C1", 3.4), ("C3", 9.7), ("D2", 4.1)],
)
MOVING_OFFER = document(
    "Move-and-calibrate.pdf",
    "搬迁与校准方案.pdf",
    (
        "Moving two vibration tables",
        "Dismount, move, mount: three days",
        "Calibration on site: one day",
        "One table always stays in use",
    ),
    ("两台振动台搬迁方案", "拆卸、搬运、安装：三天", "现场校准：一天", "始终保证一台可用"),
)
VALIDATION_TEMPLATE = document(
    "Validation-format.pdf",
    "验证文件格式.pdf",
    (
        "Format of validation documents",
        "Cover with two signatures",
        "Each requirement has a number and a result",
    ),
    ("验证文件格式要求", "封面双签", "每条要求须有编号和结果"),
)
TEMPLATES = document(
    "IQ-OQ-FT-60.pdf",
    "FT-60安装与运行确认.pdf",
    (
        "FT-60: installation and operation, templates",
        "Document QD-0418, version 1.0",
        "22 pages, each step with room for two initials",
    ),
    ("FT-60 安装确认与运行确认模板", "文件编号 QD-0418，1.0 版", "共 22 页，每步留双签位"),
)
YARN_BREAKS = table(
    "yarn-breaks-machine-7.csv",
    "7号机断纱记录.csv",
    ("shift,breaks", "班次,断纱次数"),
    [("early", 2), ("late", 1), ("night", 7), ("early", 1), ("late", 2), ("night", 8)],
)
TENSION_CURVE = curve(
    "tension-one-night.png",
    "一夜张力曲线.png",
    [0.45 + 0.3 * (8 < x < 16) * sin(x) ** 2 + 0.05 * sin(3 * x) for x in range(24)],
)
VR8_SHEET = document(
    "VR-8-interface.pdf",
    "VR-8接口资料.pdf",
    ("VR-8 interface", "Vibration and temperature in one channel", "-40 to +90 °C, 24 bit, 51 kHz"),
    ("VR-8 接口", "一个通道同时传振动与温度", "−40～+90 度，24 位，51 kHz"),
)
RELEASE_PEAK = curve(
    "release-peak.png",
    "释放峰值.png",
    [0.3, 0.31, 0.32, 0.33, 0.98, 0.2, 0.4, 0.27, 0.34, 0.3, 0.32],
)
BOARD_TEST = curve(
    "board-test.png",
    "板卡测试.png",
    [0.5, 0.52, 0.5, 0.1, 0.5, 0.51, 0.5, 0.12, 0.5, 0.5],
)
BED_DRAWING = document(
    "Bed-revision-C.pdf",
    "床身C版图纸.pdf",
    (
        "Machine bed, revision C",
        "Rib under the column: 22 mm, was 18 mm",
        "Material EN-GJL-300",
        "Aged for two weeks before grinding",
    ),
    ("床身图纸，C 版", "立柱下筋板：22 毫米（原 18 毫米）", "材料 HT300", "磨削前时效两周"),
)
CASTING_REPORT = document(
    "First-casting.pdf",
    "首件检验报告.pdf",
    ("First casting of revision C", "No cracks, ultrasonic test passed", "Hardness 205 HB"),
    ("C 版首件检验报告", "无裂纹，超声检测合格", "硬度 205 HB"),
)
CABLE_PRICES = table(
    "cable-prices.csv",
    "电缆报价.csv",
    ("metres,price per metre", "米数,单价"),
    [(50, "46.00"), (100, "43.50"), (200, "41.80")],
)
