"""What was said with Nordlicht, Harbor, Kessler, Meridian and Suzhou Optics."""

from concord.demo.posts import Chapter, call, email, meeting, message, note
from modules.crm.demo.papers_others import (
    CAMPUS_OFFER,
    COLD_CHAIN_PILOT,
    CRANE_HOURS,
    FLEET_OFFER,
    FLOOR_READINGS,
    MOVING_OFFER,
    TRUCK_READINGS,
)

SILVER = (
    Chapter("nordlicht", (
        call("maya", 56, "16:20",
            "Ingrid Holm, 18 min. Their customers ask for a proof of temperature from factory to "
            "shelf. First idea: loggers in 40 trucks.",
            "英格丽德·霍尔姆，18 分钟。客户要求从工厂到货架的温度证明，初步想法：40 辆冷藏车装记"
            "录仪。"),
        message("ingrid_holm", 52, "15:30",
            "Hello Maya, here are the readings of two trucks in frost. The gaps are the unloading "
            "stops.",
            files=(TRUCK_READINGS,)),
        message("maya", 51, "16:10",
            "Thank you, Ingrid. The gaps are the interesting part: that is where the proof is "
            "missing today.",
            "谢谢英格丽德。空白处正是关键，缺的就是卸货那一段的证明。"),
        note("jun", 47, "10:05",
            "Our TS-3 housing is good for −30 °C, the battery is not: at −25 it lasts five weeks "
            "instead of two years. Lithium thionyl would.",
            "TS-3 外壳能到 −30 度，电池不行：−25 度时两年变五周，换锂亚电池可以。"),
        note("zhao", 46, "14:15",
            "Lithium thionyl cells: 6 weeks, ¥38 each from 500.",
            "锂亚电池：六周，500 只起每只 38 元。"),
        email("maya", 39, "17:20",
            "Dear Ingrid, a proposal for a pilot with five trucks and eight weeks is attached.",
            "英格丽德您好，附上试点方案：五辆车，八周。",
            files=(COLD_CHAIN_PILOT,)),
        message("ingrid_holm", 33, "16:00",
            "Five trucks are good. Could the drivers see a light when a door stays open? They "
            "would thank you more than I do."),
        message("maya", 33, "16:35",
            "A light is easy, and you may choose the colour.",
            "加个灯很容易，颜色您定。"),
        meeting("maya", 20, "17:10",
            "Call with Ingrid and Jan Petersen. Jan wants no new device for the drivers; the "
            "light it is. Pilot starts in {month+30}.",
            "与英格丽德、扬·彼得森开会。扬不希望司机再多一台设备，就用指示灯。试点 {month+30}开"
            "始。"),
        message("ingrid_holm", 2, "15:45",
            "The board agreed this morning. Please send the quote for the pilot by the end of the "
            "month."),
        note("maya", 2, "16:20",
            "Quote by the end of the month. {@zhao} is the price of the cells still good?",
            "月底前报价。{@zhao} 电池价格还有效吗？"),
        note("zhao", 1, "10:25",
            "Yes, until the end of next month.",
            "有效，到下月底。"),
    )),
    Chapter("harbor", (
        message("grace_mbeki", 58, "8:20",
            "Good afternoon from Oakland. Twelve cranes, twelve load cells, all from the same "
            "year. When do they need a change?"),
        message("maya", 58, "9:05",
            "Good morning Grace. By hours, not by years: 12,000 under load. Dan can read the "
            "counter in the service menu, item 7.",
            "格蕾丝您好。看负载小时数而不是年限：12000 小时。丹可以在服务菜单第 7 项读到计数。"),
        message("grace_mbeki", 56, "8:40",
            "Dan read them all; the list is attached. Three are above.",
            files=(CRANE_HOURS,)),
        note("jun", 55, "9:30",
            "Cranes 2, 5 and 11 are due. The cells are on the shelf, flight on Thursday.",
            "2、5、11 号吊机该换了，传感器有库存，周四空运。"),
        message("maya", 55, "9:50",
            "Three cells fly on Thursday. Your old ones come back to us for a second life.",
            "三只传感器周四空运，旧的请寄回，我们翻新再用。"),
        note("emily", 41, "9:00",
            "Support plan Gold invoiced for a year, $18,900.",
            "金牌支持计划已开年度发票，18,900 美元。"),
        call("maya", 36, "8:30",
            "Grace, 14 min. Dan changed all three in one night shift. She asks about a rollout to "
            "the warehouse: 30 floor scales.",
            "格蕾丝，14 分钟。丹一个夜班换完三只。她问仓库项目：30 台地磅。"),
        note("maya", 30, "9:40",
            "Warehouse: 30 scales, a tender in {month+60}. Two competitors are set. {@jun} who of "
            "us has done floor scales?",
            "仓库项目：30 台地磅，{month+60}招标，已有两家竞争对手。{@jun} 我们谁做过地磅？"),
        note("jun", 30, "10:30",
            "I did four, at Qilu Steel. The pits must be drained, everything else is easy.",
            "我在齐鲁钢铁做过四台。关键是基坑排水，其余都简单。"),
        message("grace_mbeki", 16, "8:15",
            "Crane 5 shows overload with an empty hook since the rain."),
        message("jun", 16, "9:10",
            "Water in the plug, most likely. Please unplug, dry it, and put the grease from the "
            "yellow tube in. Photos help.",
            "很可能是接头进水。请拔下擦干，涂上黄管里的油脂，方便的话发张照片。"),
        message("grace_mbeki", 15, "8:35",
            "Was the plug. Dan says he owes you a beer, and we ordered twelve of the yellow "
            "tubes."),
        note("maya", 5, "9:15",
            "Renewal of support plan Gold sent. Grace has never said no in four years.",
            "金牌支持续约已发出。四年来格蕾丝从没拒绝过。"),
        message("grace_mbeki", 0, "8:25",
            "Renewal looks fine. Signature comes from legal this week."),
    )),
    Chapter("kessler", brief=4, posts=(
        call("anna", 50, "15:40",
            "Ursula Brandt, 16 min. 85 trucks; drivers read axle loads from paper today. Idea: "
            "tablets in the cab that show the load of each axle.",
            "乌尔苏拉·布兰特，16 分钟。85 辆卡车，司机现在看纸质轴荷表。想法：驾驶室平板实时显示"
            "各轴荷载。"),
        message("ursula", 47, "16:30",
            "Dear Anna, as we discussed: two of our trucks are ready for a test in Kassel, any "
            "day but Monday."),
        message("anna", 46, "15:35",
            "Dear Ursula, wonderful. We come on a Wednesday with two sensor kits and one tablet.",
            "乌尔苏拉您好，太好了，我们周三带两套传感器和一台平板过去。"),
        meeting("anna", 41, "17:00",
            "Test in Kassel: readings within 1.5% of the weighbridge. The drivers liked it, the "
            "owner (Felix Kessler) asked for the price three times.",
            "卡塞尔实测：与地磅误差 1.5% 以内。司机很满意，老板费利克斯问了三次价格。"),
        email("anna", 36, "16:50",
            "Dear Ursula, the offer for 20 tablets with axle sensors is attached: €38,500.",
            "乌尔苏拉您好，附上 20 套平板与轴荷传感器的报价：38,500 欧元。",
            files=(FLEET_OFFER,)),
        note("maya", 30, "9:35",
            "Kessler's credit insurer cut the limit. Nothing dramatic, but prepayment for the "
            "tablets please.",
            "凯斯勒的信用保险额度被下调，问题不大，但平板请收预付款。"),
        message("ursula", 21, "16:15",
            "We are still interested. Our budget round is late this year, please give us some "
            "time."),
        note("anna", 15, "15:50",
            "Silent since the budget round. I call once a week and get the answering machine.",
            "预算会后就没消息了，我每周打一次电话，都是留言机。"),
        note("anna", 4, "16:40",
            "{@lin} you know Felix from the fair; could you call him about the fleet tablets? I "
            "get nowhere.",
            "{@lin} 你在展会上认识费利克斯，能帮我打个电话问问车队平板吗？我这边没进展。"),
        note("anna", 0, "10:31",
            "{@lin} can we promise {day+18}, or should I wait for Hengtai? Ursula called back: "
            "they want 20 sets before {day+21}.",
            "{@lin} 能否承诺 {day+18}，还是等恒泰答复？乌尔苏拉回电了：{day+21} 前要 20 套。"),
    )),
    Chapter("meridian", (
        message("ruth_adler", 57, "8:10",
            "Dear Maya, our strength lab has your stands from 2012. The students love them, the "
            "software less."),
        message("maya", 57, "9:20",
            "Dear Ruth, the stands are good for ten more years. New electronics and software cost "
            "a fifth of new stands.",
            "露丝您好，测试台再用十年没问题，只换电子部分和软件，费用是新设备的五分之一。"),
        meeting("maya", 45, "8:45",
            "Video with Ruth Adler and Sam Quinn. Six stands, term starts in {month+45}; "
            "everything must run by then.",
            "与露丝·阿德勒、萨姆·奎因视频会议。六台，{month+45}开学，之前必须可用。"),
        note("sun", 44, "10:15",
            "Six retrofit kits: 15 working days from order.",
            "六套改造件：下单后 15 个工作日。"),
        email("maya", 38, "9:30",
            "Dear Ruth, dear Sam, the renewal offer is attached, with the discount for teaching.",
            "露丝、萨姆好，附上改造报价，已含教学优惠。",
            files=(CAMPUS_OFFER,)),
        message("ruth_adler", 34, "8:05",
            "The dean asks whether 40 students can work at once without a licence each."),
        message("maya", 34, "9:10",
            "Yes, the campus licence counts stands, not students.",
            "可以，校园许可按设备计，不按学生人数。"),
        note("emily", 22, "11:20",
            "The college pays after delivery, always, and always on day 60. Fine.",
            "学院总是货到 60 天付款，从不拖延，可以。"),
        message("ruth_adler", 6, "8:20",
            "We have the money. Now Sam needs terms with payment in our fiscal year, which ends "
            "in {month+150}."),
        note("maya", 5, "9:05",
            "{@emily} could they pay half in {month+45} and half in {month+150}?",
            "{@emily} 能否 {month+45}付一半、{month+150}付一半？"),
        note("emily", 5, "9:40",
            "Yes, without interest if both dates are in the contract.",
            "可以，合同写明两个日期的话免息。"),
    )),
    Chapter("suzhou", brief=1, posts=(
        meeting("lin", 58, "15:10",
            "Visit to Xu Ning. Two vibration tables, eight years old; one polishing line moves to "
            "a new hall next year.",
            "拜访徐宁。两台振动台用了八年，明年有一条抛光线要搬新车间。"),
        message("xu_ning", 49, "11:05",
            zh="林经理，新车间的地面振动测过了，数据附上，请帮忙看看要不要加隔振。",
            files=(FLOOR_READINGS,)),
        message("jun", 48, "10:20",
            "Below 5 µm/s everywhere but at column C3. Keep the interferometer away from there "
            "and you need no isolation.",
            "除 C3 柱位外都低于 5 微米/秒。干涉仪避开那里就不用加隔振。"),
        message("xu_ning", 47, "9:15",
            zh="明白了，谢谢！"),
        email("lin", 35, "16:30",
            "Dear Mr. Xu, a proposal for moving and re-calibrating both tables is attached.",
            "徐经理您好，附上两台设备搬迁与重新校准的方案。",
            files=(MOVING_OFFER,)),
        note("lin", 24, "10:50",
            "Called twice, no answer. Bai Lu says the new hall is under discussion again.",
            "打了两次电话没人接。白露说新车间又在重新讨论。"),
    )),
)  # fmt: skip
