"""Nine suppliers; the tenth, Fenghua Bearings, is among the customers too."""

from modules.crm.demo.shapes import Firm, Person

SUPPLIERS = (
    Firm(
        key="hengtai", en="Hengtai Sensors", zh="恒泰传感", owner="zhao", is_customer=False,
        is_supplier=True, industry=("Sensors and precision parts", "传感器与精密零件"),
        city=("Wuxi, Jiangsu", "江苏无锡"), site="hengtai-sensors.example",
        dial="+86 510 5551 {:04d}", employees=540, since="2019-04-22",
        notes=(
            "Spindles, sensor bodies and boards for the HX-200. Anodising is done by Huarui.",
            "供应 HX-200 的主轴、弹性体和传感器板，阳极氧化由华锐外协。",
        ),
        people=(
            Person(
                "huang_lei", "Huang Lei", "黄磊", ("Key account manager", "大客户经理"),
                role="decider", importance="key", born="1984-09-12", portal="huang",
            ),
            Person("xie_na", "Xie Na", "谢娜", ("Planning", "计划员"), role="user"),
            Person("zou_liang", "Zou Liang", "邹亮", ("Quality", "质量工程师"), role="influencer"),
        ),
    ),
    Firm(
        key="lianchuang", en="Lianchuang Castings", zh="联创铸造", owner="zhao", is_customer=False,
        is_supplier=True, industry=("Castings", "铸造"), city=("Ma'anshan, Anhui", "安徽马鞍山"),
        site="lianchuang-castings.example", dial="+86 555 5550 {:04d}", employees=310,
        since="2018-05-07",
        people=(
            Person(
                "wei_jie", "Wei Jie", "韦杰", ("Sales manager", "销售经理"), role="decider",
                importance="key", born="1979-11-03", portal="wei",
            ),
            Person("jin_bo", "Jin Bo", "金波", ("Foundry", "熔炼车间主任"), role="user"),
        ),
    ),
    Firm(
        key="dongfang", en="Dongfang Cables", zh="东方线缆", owner="zhao", is_customer=False,
        is_supplier=True, industry=("Cables", "线缆"), city=("Ningbo, Zhejiang", "浙江宁波"),
        site="dongfang-cables.example", dial="+86 574 5551 {:04d}", employees=900,
        since="2020-02-17",
        people=(
            Person("tao_li", "Tao Li", "陶丽", ("Sales", "销售"), portal="tao_li"),
        ),
    ),
    Firm(
        key="huarui", en="Huarui Anodizing", zh="华锐表面处理", owner="sun", is_customer=False,
        is_supplier=True, industry=("Surface treatment", "表面处理"),
        city=("Kunshan, Jiangsu", "江苏昆山"), site="huarui-anodizing.example",
        dial="+86 512 5552 {:04d}", employees=120, since="2021-07-26",
        people=(
            Person(
                "bian_hong", "Bian Hong", "卞虹", ("Works manager", "厂长"), role="decider",
                portal="bian_hong",
            ),
        ),
    ),
    Firm(
        key="xinda", en="Xinda Electronics", zh="信达电子", owner="zhao", is_customer=False,
        is_supplier=True, industry=("Circuit boards", "电路板"),
        city=("Dongguan, Guangdong", "广东东莞"), site="xinda-electronics.example",
        dial="+86 769 5550 {:04d}", employees=670, since="2020-09-14",
        people=(
            Person("ke_min", "Ke Min", "柯敏", ("Orders", "订单专员"), portal="ke_min"),
            Person("wu_gang", "Wu Gang", "吴刚", ("Quality", "质量经理"), role="influencer"),
        ),
    ),
    Firm(
        key="meyer", en="Meyer Hydraulik", zh="迈尔液压", owner="zhao", is_customer=False,
        is_supplier=True, industry=("Hydraulics", "液压"), city=("Ulm, Germany", "德国乌尔姆"),
        site="meyer-hydraulik.example", timezone="Europe/Berlin", dial="+49 731 5550 {:03d}",
        employees=230, since="2019-10-28",
        people=(
            Person(
                "heike_meyer", "Heike Meyer", "海克·迈尔", ("Export", "出口部"), role="decider",
                portal="heike_meyer",
            ),
        ),
    ),
    Firm(
        key="steinfeld", en="Steinfeld Optik", zh="施泰因光学", owner="zhao", is_customer=False,
        is_supplier=True, industry=("Encoders and optics", "编码器与光学"),
        city=("Jena, Germany", "德国耶拿"), site="steinfeld-optik.example",
        dial="+49 3641 5550 {:03d}", employees=160, since="2022-03-21",
        people=(
            Person("otto_behr", "Otto Behr", "奥托·贝尔", ("Sales", "销售")),
        ),
    ),
    Firm(
        key="purui", en="Purui Fasteners", zh="普瑞紧固件", owner="sun", is_customer=False,
        is_supplier=True, industry=("Fasteners", "紧固件"), city=("Jiaxing, Zhejiang", "浙江嘉兴"),
        site="purui-fasteners.example", dial="+86 573 5550 {:04d}", employees=85,
        since="2021-12-06",
        people=(
            Person("gan_lin", "Gan Lin", "甘霖", ("Sales", "销售"), importance="minor"),
        ),
    ),
    Firm(
        key="yunfan", en="Yunfan Packaging", zh="云帆包装", owner="sun", is_customer=False,
        is_supplier=True, industry=("Packaging", "包装"), city=("Suzhou, Jiangsu", "江苏苏州"),
        site="yunfan-packaging.example", dial="+86 512 5553 {:04d}", employees=60,
        since="2022-08-08",
        people=(
            Person(
                "du_juan", "Du Juan", "杜鹃", ("Owner", "负责人"), role="decider", portal="du_juan",
            ),
        ),
    ),
)  # fmt: skip
