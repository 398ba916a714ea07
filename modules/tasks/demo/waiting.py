"""What is still to do, from late to far away."""

from modules.tasks.demo.shapes import Chore

WAITING = (
    Chore(
        key="iso_certificate", about="huadong", by="lin", to="lin", made=(4, "11:10"), due=-2,
        priority="high", in_brief=True, title=("Send ISO 9001 certificate", "发送 ISO 9001 证书"),
        note=("Promised to Zhou Min; wait for the renewed one.", "答应周敏；等新证书到了再发。"),
    ),
    Chore(
        key="batch_dates", about="huadong", by="lin", to="lin", made=(1, "16:35"), due=0,
        hour="17:00", priority="high", in_brief=True,
        title=("Delivery dates for both batches", "两批货的交期"),
        note=("Promised to Zhou Min. Hengtai has not answered yet.", "答应周敏；恒泰尚未答复。"),
    ),
    Chore(
        key="demo_environment", about="huadong", by="lin", to="jun", made=(4, "11:15"), due=0,
        in_brief=True, title=("Prepare {weekday+2} demo environment", "准备{weekday+2}演示环境"),
        note=("Real shaft, five points on the list.", "用真实传动轴，清单共五项。"),
    ),
    Chore(
        key="service_contract", about="huadong", by="lin", to="maya", made=(3, "14:20"), due=3,
        in_brief=True, title=("Countersign service contract", "会签服务合同"),
    ),
    Chore(
        key="business_review", about="huadong", by="lin", to="lin", made=(12, "9:30"), due=7,
        in_brief=True, title=("Quarterly business review", "季度业务回顾"),
    ),
    Chore(
        about="hengtai", by="zhao", to="zhao", made=(1, "15:10"), due=1,
        title=("Confirm supplier dates for PO-0117", "确认 PO-0117 供应商交期"),
    ),
    Chore(
        key="fleet_tablets", about="kessler", by="anna", to="lin", made=(4, "16:42"), due=-2,
        in_brief=True, title=("Call about fleet tablets", "电话沟通车队平板"),
        note=(
            "Anna asked you to take it; Felix Kessler knows you from the fair.",
            "安娜请你代办；费利克斯·凯斯勒在展会上见过你。",
        ),
    ),
    Chore(
        about="yangtze", by="lin", to="lin", made=(3, "17:40"), due=1, priority="high",
        title=("Revised framework draft", "框架协议修订稿"),
        note=("Promised to Ms. Shen in the meeting.", "会上答应沈女士。"),
    ),
    Chore(
        about="tianhe", by="lin", to="lin", made=(3, "11:30"), due=3, hour="10:00",
        title=("Scope call, MES phase 2", "MES 二期范围确认会"),
    ),
    Chore(
        about="jinling", by="anna", to="zhao", made=(2, "9:55"), due=1,
        title=("Dates for cycler batch 2", "第二批测试柜交期"),
    ),
    Chore(
        about="jinling", by="anna", to="emily", made=(2, "10:10"), due=2,
        title=("Release prepayment invoice", "开具预付款发票"),
    ),
    Chore(
        about="lanhai", by="jun", to="jun", made=(0, "9:44"), due=4,
        title=("Quote a second controller", "第二套控制器报价"),
    ),
    Chore(
        about="southern", by="maya", to="anna", made=(8, "9:15"), due=-3, priority="high",
        title=("Visit the calibration lab", "拜访校准实验室"),
        note=(
            "Together with Jun. He Lan waits for the report on the foam.",
            "与王俊同去，何岚在等泡沫问题的报告。",
        ),
    ),
    Chore(
        about="southern", by="anna", to="jun", made=(9, "16:50"), due=-1,
        title=("Root cause of load-cell drift", "查明称重传感器漂移原因"),
    ),
    Chore(
        about="baiyun", by="jun", to="jun", made=(9, "16:25"), due=3,
        title=("Annual calibration plan", "年度校准计划"),
    ),
    Chore(
        about="vogel", by="anna", to="anna", made=(7, "16:40"), due=6,
        title=("Sign service level", "签署服务等级协议"),
    ),
    Chore(
        about="nordlicht", by="maya", to="maya", made=(2, "16:25"), due=4,
        title=("Quote the cold-chain pilot", "冷链试点报价"),
    ),
    Chore(
        about="harbor", by="maya", to="maya", made=(5, "9:20"), due=6,
        title=("Renew Gold support", "金牌支持续约"),
    ),
    Chore(
        about="meridian", by="maya", to="maya", made=(5, "9:45"), due=8,
        title=("Terms for campus renewal", "校园改造付款条款"),
    ),
    Chore(
        key="next_step", about="suzhou", by="maya", to="lin", made=(3, "9:05"), due=0,
        title=("Set a next step", "设置下一步"),
        note=("Silent for more than a month, nothing planned.", "沉默一个多月，无任何计划。"),
    ),
    Chore(
        about="ruijin", by="lin", to="lin", made=(4, "14:10"), due=0, hour="13:00", priority="high",
        title=("Send validation protocol", "发送验证方案"),
        note=("Before the visit at 13:30.", "13:30 拜访之前。"),
    ),
    Chore(
        about="fenghua", by="jun", to="jun", made=(12, "15:40"), due=2,
        title=("Load-cell offer", "称重传感器报价"),
    ),
    Chore(
        about="pacific", by="maya", to="jun", made=(14, "9:30"), due=11,
        title=("Insulation tester demo", "绝缘测试仪演示"),
    ),
    Chore(
        about="weihai", by="maya", to="jun", made=(19, "9:20"), due=-1,
        title=("Win-back visit", "上门挽回"),
    ),
    Chore(
        about="delta", by="lin", to="lin", made=(6, "14:35"), due=12,
        title=("Tension sensor trial kit", "准备张力传感器试用套件"),
    ),
    Chore(
        about="orion", by="anna", to="anna", made=(11, "17:25"), due=9,
        title=("Quote axle-box monitor", "轴箱监测报价"),
    ),
    Chore(
        about="taihu", by="anna", to="sun", made=(10, "16:25"), due=5,
        title=("Two LC-20 size 100 ready for dispatch", "两只 LC-20（100 规格）备货发运"),
    ),
    Chore(
        about="alpenblick", by="anna", to="anna", made=(7, "16:15"), due=2,
        title=("Offer for a spare sensor", "备用传感器报价"),
    ),
    Chore(
        about="xingyuan", by="lin", to="jun", made=(7, "9:30"), due=5,
        title=("Check the layout of the test centre", "审核测试中心布局"),
        note=("Power and cooling for 32 cabinets.", "32 个柜子的供电与散热。"),
    ),
    Chore(
        about="sakura", by="maya", to="maya", made=(11, "10:30"), due=10,
        title=("Ask Kenji Mori about the report", "回访森健二对报告的意见"),
    ),
    Chore(
        about="hanjiang", by="lin", to="lin", made=(10, "10:00"), due=22, priority="low",
        title=("Offer two HX-200 for next year", "明年两台 HX-200 报价"),
    ),
    Chore(
        about="xinda", by="zhao", to="zhao", made=(2, "10:20"), due=7,
        title=("Check that 24 boards are on the way", "确认 24 块板已发货"),
    ),
    Chore(
        by="maya", to="maya", made=(6, "15:20"), due=8,
        title=("Slides for the trade fair", "准备展会资料"),
    ),
    Chore(
        by="jun", to="maya", made=(2, "17:30"), due=3,
        title=("Review article: zero drift after transport", "审阅文章：运输后零点漂移"),
    ),
    Chore(
        by="na", to="na", made=(9, "9:10"), due=6,
        title=("Internal audit: list of open points", "内审：整理未结项"),
    ),
    Chore(by="emily", to="emily", made=(4, "9:00"), due=5, title=("Month-end close", "月末结账")),
    Chore(
        by="sun", to="sun", made=(8, "8:50"), due=15, priority="low",
        title=("Stock count of the quarter", "季度盘点"),
    ),
)  # fmt: skip
