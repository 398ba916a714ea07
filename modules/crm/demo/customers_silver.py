"""Twelve customers with a history and plans."""

from modules.crm.demo.shapes import Firm, Person

SILVER = (
    Firm(
        key="nordlicht", en="Nordlicht Foods", zh="北极光食品", owner="maya", tier="silver",
        industry=("Food", "食品"), city=("Hamburg, Germany", "德国汉堡"),
        site="nordlicht-foods.example", timezone="Europe/Berlin", dial="+49 40 66969 {:03d}",
        employees=950, since="2022-02-14", source=("Web site", "官网"), credit=400_000, days=30,
        people=(
            Person(
                "ingrid_holm", "Ingrid Holm", "英格丽德·霍尔姆", ("Head of logistics", "物流总监"),
                role="decider", importance="key", born="1977-04-11", portal="ingrid_holm",
                administrator=True,
            ),
            Person(
                "jan_petersen", "Jan Petersen", "扬·彼得森", ("Cold store", "冷库主管"),
                role="user",
            ),
        ),
    ),
    Firm(
        key="harbor", en="Harbor Logistics", zh="海港物流", owner="maya", tier="silver",
        industry=("Logistics", "物流"), city=("Oakland, California", "美国奥克兰"),
        site="harbor-logistics.example", timezone="America/Los_Angeles", dial="+1 510 555 {:04d}",
        employees=1300, since="2020-11-30", source=("Recommendation", "客户推荐"), credit=600_000,
        days=30,
        people=(
            Person(
                "grace_mbeki", "Grace Mbeki", "格蕾丝·姆贝基", ("Operations", "运营经理"),
                role="decider", importance="key", born="1982-10-05", portal="grace_mbeki",
                administrator=True,
            ),
            Person(
                "dan_ortiz", "Dan Ortiz", "丹·奥尔蒂斯", ("Crane maintenance", "起重设备维护"),
                role="user",
            ),
        ),
    ),
    Firm(
        key="kessler", en="Kessler Transport", zh="凯斯勒运输", owner="anna", tier="silver",
        industry=("Haulage", "公路运输"), city=("Kassel, Germany", "德国卡塞尔"),
        site="kessler-transport.example", timezone="Europe/Berlin", dial="+49 561 5550 {:03d}",
        employees=420, since="2021-11-08", source=("Trade fair, Stuttgart", "斯图加特展会"),
        credit=300_000, days=30,
        people=(
            Person(
                "ursula_brandt", "Ursula Brandt", "乌尔苏拉·布兰特", ("Fleet manager", "车队经理"),
                role="decider", importance="key", born="1972-07-19", portal="ursula",
            ),
            Person(
                "felix_kessler", "Felix Kessler", "费利克斯·凯斯勒", ("Owner", "企业主"),
                role="decider", born="1968-01-02",
            ),
        ),
    ),
    Firm(
        key="meridian", en="Meridian College", zh="子午线学院", owner="maya", tier="silver",
        industry=("Education", "教育"), city=("Boston, Massachusetts", "美国波士顿"),
        site="meridian-college.example", timezone="America/New_York", dial="+1 617 555 {:04d}",
        employees=700, since="2021-08-23", source=("Web site", "官网"), credit=250_000, days=60,
        people=(
            Person(
                "ruth_adler", "Ruth Adler", "露丝·阿德勒",
                ("Engineering laboratories", "工程实验室主任"), role="influencer", importance="key",
                born="1969-12-12", portal="ruth_adler", administrator=True,
            ),
            Person("sam_quinn", "Sam Quinn", "萨姆·奎因", ("Procurement", "采购"), role="buyer"),
        ),
    ),
    Firm(
        key="suzhou", en="Suzhou Optics", zh="苏州光学", owner="lin", tier="silver",
        industry=("Optics", "光学"), city=("Suzhou, Jiangsu", "江苏苏州"),
        site="suzhou-optics.example", dial="+86 512 5551 {:04d}", employees=340, since="2022-04-18",
        source=("Visit", "拜访"), credit=300_000, days=30,
        people=(
            Person(
                "xu_ning", "Xu Ning", "徐宁", ("Production manager", "生产经理"), role="decider",
                importance="key", born="1985-02-21", portal="xu_ning",
            ),
            Person("bai_lu", "Bai Lu", "白露", ("Purchasing", "采购"), role="buyer"),
        ),
    ),
    Firm(
        key="ruijin", en="Ruijin Medical", zh="瑞金医疗", owner="lin", tier="silver",
        industry=("Medical devices", "医疗器械"), city=("Shanghai", "上海"),
        site="ruijin-medical.example", dial="+86 21 5550 {:04d}", employees=880, since="2020-12-01",
        source=("Tender", "招标"), credit=500_000, days=45,
        people=(
            Person(
                "jiang_wen", "Jiang Wen", "蒋文", ("Validation", "验证主管"), role="influencer",
                importance="key", born="1987-07-07", portal="jiang_wen", administrator=True,
            ),
            Person(
                "ruan_jie", "Ruan Jie", "阮洁", ("Regulatory affairs", "法规事务"),
                role="gatekeeper",
            ),
            Person("lu_heng", "Lu Heng", "陆恒", ("Purchasing", "采购"), role="buyer"),
        ),
    ),
    Firm(
        key="fenghua", en="Fenghua Bearings", zh="奉化轴承", owner="jun", tier="silver",
        is_supplier=True, industry=("Bearings", "轴承"), city=("Ningbo, Zhejiang", "浙江宁波"),
        site="fenghua-bearings.example", dial="+86 574 5550 {:04d}", employees=610,
        since="2019-06-17", source=("Recommendation", "客户推荐"), credit=300_000, days=30,
        notes=(
            "Buys load cells from us, sells us the bearings of the torque stands.",
            "既向我们采购称重传感器，也为扭矩测试台供应轴承。",
        ),
        people=(
            Person(
                "mao_yong", "Mao Yong", "毛勇", ("Test hall", "试验车间主任"), role="user",
                importance="key",
            ),
            Person(
                "shao_fei", "Shao Fei", "邵飞", ("Sales", "销售"), portal="shao_fei", supplies=True,
            ),
        ),
    ),
    Firm(
        key="pacific", en="Pacific Grid", zh="太平洋电网", owner="maya", tier="silver",
        industry=("Power networks", "电网"), city=("Vancouver, Canada", "加拿大温哥华"),
        site="pacific-grid.example", timezone="America/Vancouver", dial="+1 604 555 {:04d}",
        employees=2900, since="2023-01-09", source=("Tender", "招标"), credit=700_000, days=60,
        people=(
            Person(
                "marie_tremblay", "Marie Tremblay", "玛丽·特朗布莱",
                ("Substation maintenance", "变电运维"), role="decider", importance="key",
                portal="marie_tremblay",
            ),
        ),
    ),
    Firm(
        key="weihai", en="Weihai Pumps", zh="威海泵业", owner="jun", tier="silver",
        industry=("Pumps", "泵业"), city=("Weihai, Shandong", "山东威海"),
        site="weihai-pumps.example", dial="+86 631 5550 {:04d}", employees=390, since="2020-03-02",
        source=("Visit", "拜访"), credit=250_000, days=30,
        people=(
            Person(
                "song_tao", "Song Tao", "宋涛", ("Plant manager", "厂长"), role="decider",
                importance="key", born="1973-10-28",
            ),
        ),
    ),
    Firm(
        key="delta", en="Delta Textiles", zh="达美纺织", owner="lin", tier="silver",
        industry=("Textiles", "纺织"), city=("Shaoxing, Zhejiang", "浙江绍兴"),
        site="delta-textiles.example", dial="+86 575 5550 {:04d}", employees=1500,
        since="2022-09-13", source=("Trade fair, Shanghai", "上海展会"), credit=300_000, days=30,
        people=(
            Person(
                "ye_fan", "Ye Fan", "叶帆", ("Process engineering", "工艺主管"), role="influencer",
                importance="key", portal="ye_fan",
            ),
            Person("hong_mei", "Hong Mei", "洪梅", ("Purchasing", "采购"), role="buyer"),
        ),
    ),
    Firm(
        key="orion", en="Orion Rail", zh="奥瑞恩轨道", owner="anna", tier="silver",
        industry=("Rail vehicles", "轨道车辆"), city=("Brno, Czechia", "捷克布尔诺"),
        site="orion-rail.example", timezone="Europe/Prague", dial="+420 555 550 {:03d}",
        employees=1750, since="2023-05-22",
        source=("Recommended by Vogel Messtechnik", "沃格尔推荐"), credit=400_000, days=45,
        people=(
            Person(
                "tomas_novak", "Tomáš Novák", "托马斯·诺瓦克", ("Bogie testing", "转向架试验"),
                role="user", importance="key", born="1980-05-05", portal="tomas_novak",
            ),
        ),
    ),
    Firm(
        key="taihu", en="Taihu Wind Power", zh="太湖风电", owner="anna", tier="silver",
        industry=("Wind power", "风电"), city=("Wuxi, Jiangsu", "江苏无锡"),
        site="taihu-wind.example", dial="+86 510 5550 {:04d}", employees=820, since="2023-03-06",
        source=("Trade fair, Shanghai", "上海展会"), credit=350_000, days=45,
        people=(
            Person(
                "wan_qi", "Wan Qi", "万琪", ("Blade testing", "叶片试验主管"), role="decider",
                importance="key", portal="wan_qi",
            ),
            Person("zhu_kai", "Zhu Kai", "朱凯", ("Purchasing", "采购"), role="buyer"),
        ),
    ),
)  # fmt: skip
