"""Ten customers who buy now and then, or have yet to begin."""

from modules.crm.demo.shapes import Firm, Person

OTHERS = (
    Firm(
        key="atelier", en="Atelier Bruno", zh="布鲁诺工坊", owner="anna", state="prospect",
        industry=("Bicycle frames", "自行车车架"), city=("Milan, Italy", "意大利米兰"),
        site="atelier-bruno.example", dial="+39 02 5550 {:04d}", employees=24,
        source=("Web site", "官网"),
        people=(
            Person(
                "bruno_sala", "Bruno Sala", "布鲁诺·萨拉", ("Owner", "创办人"), role="decider",
                importance="key",
            ),
        ),
    ),
    Firm(
        key="qilu", en="Qilu Steel", zh="齐鲁钢铁", owner="lin", tier="bronze",
        industry=("Steel", "钢铁"), city=("Jinan, Shandong", "山东济南"), site="qilu-steel.example",
        dial="+86 531 5550 {:04d}", employees=6400, since="2018-08-20", source=("Tender", "招标"),
        credit=500_000, days=60,
        people=(
            Person(
                "kong_wei", "Kong Wei", "孔伟", ("Material testing", "材料试验室主任"), role="user",
                importance="key",
            ),
            Person("yan_ping", "Yan Ping", "颜萍", ("Purchasing", "采购"), role="buyer"),
        ),
    ),
    Firm(
        key="hanjiang", en="Hanjiang Valves", zh="汉江阀门", owner="lin", tier="bronze",
        industry=("Valves", "阀门"), city=("Xiangyang, Hubei", "湖北襄阳"),
        site="hanjiang-valves.example", dial="+86 710 5550 {:04d}", employees=280,
        since="2022-11-14", source=("Recommended by Yangtze Holdings", "长江控股推荐"),
        credit=150_000, days=30,
        people=(
            Person(
                "hu_bin", "Hu Bin", "胡斌", ("Quality manager", "质量经理"), role="decider",
                importance="key",
            ),
        ),
    ),
    Firm(
        key="minnan", en="Minnan Ceramics", zh="闽南陶瓷", owner="lin", tier="bronze",
        state="dormant", industry=("Technical ceramics", "工业陶瓷"),
        city=("Quanzhou, Fujian", "福建泉州"), site="minnan-ceramics.example",
        dial="+86 595 5550 {:04d}", employees=190, since="2021-01-18", source=("Web site", "官网"),
        credit=100_000, days=30,
        people=(
            Person("chen_ying", "Chen Ying", "陈颖", ("Plant manager", "厂长"), role="decider"),
        ),
    ),
    Firm(
        key="longcheng", en="Longcheng Motors", zh="龙城电机", owner="lin", tier="bronze",
        industry=("Electric motors", "电机"), city=("Changzhou, Jiangsu", "江苏常州"),
        site="longcheng-motors.example", dial="+86 519 5550 {:04d}", employees=730,
        since="2023-02-27", source=("Visit", "拜访"), credit=200_000, days=30,
        people=(
            Person(
                "feng_chao", "Feng Chao", "冯超", ("End-of-line testing", "下线检测主管"),
                role="user", importance="key", portal="feng_chao",
            ),
            Person("he_jing", "He Jing", "贺静", ("Purchasing", "采购"), role="buyer"),
        ),
    ),
    Firm(
        key="alpenblick", en="Alpenblick Ropeways", zh="阿尔卑斯索道", owner="anna", tier="bronze",
        industry=("Ropeways", "索道"), city=("Innsbruck, Austria", "奥地利因斯布鲁克"),
        site="alpenblick-ropeways.example", timezone="Europe/Vienna", dial="+43 512 5550 {:03d}",
        employees=140, since="2022-05-30",
        source=("Recommended by Vogel Messtechnik", "沃格尔推荐"), credit=150_000, days=30,
        people=(
            Person(
                "lena_moser", "Lena Moser", "莱娜·莫泽", ("Rope inspection", "钢索检验"),
                role="user", importance="key", portal="lena_moser",
            ),
        ),
    ),
    Firm(
        key="halden", en="Halden Paper", zh="哈尔登纸业", owner="maya", tier="bronze",
        industry=("Paper", "造纸"), city=("Halden, Norway", "挪威哈尔登"),
        site="halden-paper.example", dial="+47 69 55 0{:03d}", employees=310, since="2021-10-04",
        source=("Web site", "官网"), credit=150_000, days=30,
        people=(
            Person("kari_lund", "Kari Lund", "卡丽·伦德", ("Maintenance", "设备维护"), role="user"),
        ),
    ),
    Firm(
        key="castel", en="Castel Elevators", zh="卡斯特电梯", owner="anna", tier="bronze",
        industry=("Elevators", "电梯"), city=("Lyon, France", "法国里昂"),
        site="castel-elevators.example", dial="+33 4 65 71 0{:03d}", employees=520,
        since="2023-09-11", source=("Trade fair, Stuttgart", "斯图加特展会"), credit=200_000,
        days=45,
        people=(
            Person(
                "elise_martin", "Élise Martin", "埃莉斯·马丁", ("Brake testing", "制动试验"),
                role="user", importance="key",
            ),
        ),
    ),
    Firm(
        key="sakura", en="Sakura Robotics", zh="樱花机器人", owner="maya", state="prospect",
        industry=("Robotics", "机器人"), city=("Nagoya, Japan", "日本名古屋"),
        site="sakura-robotics.example", dial="+81 52 555 {:04d}", employees=260,
        source=("Trade fair, Shanghai", "上海展会"),
        people=(
            Person(
                "kenji_mori", "Kenji Mori", "森健二", ("Joint testing", "关节试验"),
                role="influencer", importance="key",
            ),
        ),
    ),
    Firm(
        key="xingyuan", en="Xingyuan New Energy", zh="星源新能源", owner="lin", state="prospect",
        industry=("Energy storage", "储能"), city=("Hefei, Anhui", "安徽合肥"),
        site="xingyuan-energy.example", dial="+86 551 5550 {:04d}", employees=450,
        source=("Recommended by Jinling Battery", "金陵电池推荐"),
        people=(
            Person(
                "ding_yi", "Ding Yi", "丁一", ("Founder", "创始人"), role="decider",
                importance="key",
            ),
            Person("cai_hua", "Cai Hua", "蔡华", ("Test centre", "测试中心主任"), role="user"),
        ),
    ),
)  # fmt: skip
