"""The eight customers that Beacon could not be without."""

from modules.crm.demo.shapes import Firm, Person

GOLD = (
    Firm(
        key="huadong", en="Huadong Precision", zh="华东精密制造", owner="lin", tier="gold",
        industry=("Precision machining", "精密加工"), city=("Suzhou, Jiangsu", "江苏苏州"),
        site="huadong-precision.example", dial="+86 512 5550 {:04d}", employees=1200,
        since="2021-03-15", source=("Recommended by Yangtze Holdings", "长江控股推荐"),
        credit=1_500_000, days=45,
        notes=(
            "Two plants in Suzhou. Visitors to plant 2 need safety shoes and a day's notice.",
            "苏州有两个厂区。去二厂须穿安全鞋，并提前一天登记。",
        ),
        people=(
            Person(
                "zhou_min", "Zhou Min", "周敏", ("Head of Operations", "运营总监"), role="decider",
                importance="key", born="1981-06-14", portal="zhou", administrator=True,
            ),
            Person(
                "paul_ericsson", "Paul Ericsson", "保罗·埃里克森", ("IT Manager", "信息主管"),
                role="influencer", born="1979-02-03", portal="paul",
            ),
            Person(
                "gu_yifan", "Gu Yifan", "顾一凡", ("Purchasing", "采购"), role="buyer", born="+1",
            ),
        ),
    ),
    Firm(
        key="yangtze", en="Yangtze Holdings", zh="长江控股", owner="lin", tier="gold",
        industry=("Industrial group", "工业集团"), city=("Wuhan, Hubei", "湖北武汉"),
        site="yangtze-holdings.example", dial="+86 27 5550 {:04d}", employees=8600,
        since="2019-09-01", source=("Trade fair, Shanghai", "上海展会"), credit=3_000_000, days=60,
        people=(
            Person(
                "shen_yue", "Shen Yue", "沈悦", ("Director of Procurement", "采购总监"),
                role="decider", importance="key", born="1976-11-20", portal="shen_yue",
                administrator=True,
            ),
            Person(
                "tang_hao", "Tang Hao", "唐浩", ("Group metrology", "集团计量主管"), role="user",
                portal="tang_hao",
            ),
            Person(
                "mei_qing", "Mei Qing", "梅青", ("Legal", "法务"), role="gatekeeper",
                importance="minor",
            ),
        ),
    ),
    Firm(
        key="tianhe", en="Tianhe Electronics", zh="天禾电子", owner="lin", tier="gold",
        industry=("Electronics manufacturing", "电子制造"),
        city=("Shenzhen, Guangdong", "广东深圳"), site="tianhe-electronics.example",
        dial="+86 755 5550 {:04d}", employees=3400, since="2020-05-18", source=("Web site", "官网"),
        credit=1_200_000, days=30,
        people=(
            Person(
                "fang_li", "Fang Li", "方莉", ("Manufacturing IT", "制造信息化经理"),
                role="decider", importance="key", born="1984-01-27", portal="fang_li",
                administrator=True,
            ),
            Person("luo_jian", "Luo Jian", "罗健", ("Test engineering", "测试工程师"), role="user"),
        ),
    ),
    Firm(
        key="jinling", en="Jinling Battery", zh="金陵电池", owner="anna", tier="gold",
        industry=("Batteries", "动力电池"), city=("Nanjing, Jiangsu", "江苏南京"),
        site="jinling-battery.example", dial="+86 25 5550 {:04d}", employees=2100,
        since="2022-07-04", source=("Visit", "拜访"), credit=1_000_000, days=30,
        people=(
            Person(
                "qian_wei", "Qian Wei", "钱巍", ("Head of the cell lab", "电芯实验室主任"),
                role="decider", importance="key", born="1980-08-09", portal="qian_wei",
                administrator=True,
            ),
            Person("pan_xue", "Pan Xue", "潘雪", ("Purchasing", "采购"), role="buyer"),
        ),
    ),
    Firm(
        key="lanhai", en="Lanhai Marine", zh="蓝海船舶", owner="jun", tier="gold",
        industry=("Shipbuilding", "船舶制造"), city=("Qingdao, Shandong", "山东青岛"),
        site="lanhai-marine.example", dial="+86 532 5550 {:04d}", employees=5200,
        since="2018-04-10", source=("Tender", "招标"), credit=2_000_000, days=60,
        people=(
            Person(
                "cui_peng", "Cui Peng", "崔鹏", ("Shaft line testing", "轴系试验室主任"),
                role="user", importance="key", born="1974-12-02", portal="cui_peng",
                administrator=True,
            ),
            Person("yu_dan", "Yu Dan", "于丹", ("Finance", "财务"), role="gatekeeper"),
            Person("gao_ming", "Gao Ming", "高明", ("Procurement", "采购经理"), role="buyer"),
        ),
    ),
    Firm(
        key="southern", en="Southern Instruments", zh="南方仪器", owner="anna", tier="gold",
        industry=("Calibration services", "计量校准"), city=("Guangzhou, Guangdong", "广东广州"),
        site="southern-instruments.example", dial="+86 20 5550 {:04d}", employees=260,
        since="2020-10-12", source=("Recommended by Baiyun Aviation", "白云航空推荐"),
        credit=500_000, days=30,
        people=(
            Person(
                "he_lan", "He Lan", "何岚", ("Quality manager", "质量经理"), role="influencer",
                importance="key", born="1986-03-30", portal="he_lan", administrator=True,
            ),
            Person(
                "deng_bo", "Deng Bo", "邓波", ("Former head of laboratory", "原实验室主任"),
                role="user", importance="minor",
            ),
        ),
    ),
    Firm(
        key="baiyun", en="Baiyun Aviation", zh="白云航空", owner="jun", tier="gold",
        industry=("Aircraft maintenance", "航空维修"), city=("Guangzhou, Guangdong", "广东广州"),
        site="baiyun-aviation.example", dial="+86 20 5551 {:04d}", employees=4100,
        since="2019-01-21", source=("Tender", "招标"), credit=1_000_000, days=60,
        people=(
            Person(
                "liang_shu", "Liang Shu", "梁舒", ("Tool control", "工具计量主管"), role="decider",
                importance="key", born="1983-05-16", portal="liang_shu",
            ),
            Person("ouyang_rui", "Ouyang Rui", "欧阳睿", ("Hangar 3", "三号机库主管"), role="user"),
        ),
    ),
    Firm(
        key="vogel", en="Vogel Messtechnik", zh="沃格尔测量技术", owner="anna", tier="gold",
        industry=("Measuring technology", "测量技术"), city=("Stuttgart, Germany", "德国斯图加特"),
        site="vogel-messtechnik.example", timezone="Europe/Berlin", dial="+49 711 5550 {:03d}",
        employees=180, since="2021-06-01", source=("Trade fair, Stuttgart", "斯图加特展会"),
        credit=800_000, days=30,
        people=(
            Person(
                "klaus_vogel", "Klaus Vogel", "克劳斯·沃格尔", ("Managing director", "总经理"),
                role="decider", importance="key", born="1965-09-23", portal="klaus_vogel",
                administrator=True,
            ),
            Person(
                "petra_lang", "Petra Lang", "佩特拉·朗", ("Service coordination", "服务协调"),
                role="user", portal="petra_lang",
            ),
        ),
    ),
)  # fmt: skip
