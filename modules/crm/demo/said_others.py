"""What was said with those who buy now and then."""

from concord.demo.posts import Chapter, call, meeting, message, note

OTHERS = (
    Chapter("atelier", (
        call("anna", 40, "16:35",
            "Bruno Sala builds bicycle frames by hand and wants to test every tenth one. Small, "
            "but he writes for three magazines.",
            "布鲁诺·萨拉手工做车架，想每十个抽检一个。规模小，但他给三家杂志写稿。"),
        note("anna", 13, "17:15",
            "Sent him the number of a university that lends a stand. He may come back when he "
            "grows.",
            "给了他一所可以借设备的大学的联系方式，做大了他会回来的。"),
    )),
    Chapter("qilu", (
        call("lin", 52, "9:30",
            "Kong Wei, 10 min. The four floor scales run well. Yearly check in {month+80} as "
            "always.",
            "孔伟，10 分钟。四台地磅运行良好，照例 {month+80}年检。"),
        note("emily", 32, "16:10",
            "They have paid by bank draft for some months. Accepted up to 90 days.",
            "近几个月改用承兑汇票付款，接受 90 天以内。"),
        note("lin", 8, "15:20",
            "Tender for a tensile machine in {month+30}. We do not make them; Yan Ping knows, and "
            "asked whether we would calibrate it.",
            "{month+30}招标拉力机，我们不做，颜萍知道，问我们能否承接校准。"),
    )),
    Chapter("hanjiang", (
        meeting("lin", 42, "11:00",
            "Hu Bin visited us with two colleagues. They tried a valve on the HX-200 in our hall: "
            "312 N·m to close, 340 in the drawing.",
            "胡斌带两位同事来访，在我们车间用 HX-200 测了一只阀门：关闭扭矩 312 N·m，图纸是 340。"),
        note("lin", 25, "14:05",
            "Hu Bin needs the investment approved by the group. Yangtze is the group. {@maya} the "
            "framework would help here too.",
            "胡斌的投资要集团批准，集团就是长江控股。{@maya} 框架协议在这里也有用。"),
        call("lin", 10, "9:50",
            "Hu Bin, 6 min. Approved for next year, two stands.",
            "胡斌，6 分钟。明年两台已获批。"),
    )),
    Chapter("minnan", (
        note("lin", 50, "16:55",
            "The kiln has stood still for half a year, no investment planned. Chen Ying stays "
            "friendly.",
            "窑炉停产半年，暂无投资计划。陈颖仍保持联系。"),
    )),
    Chapter("longcheng", (
        message("feng_chao", 45, "13:35",
            zh="林经理，下线检测节拍要从 22 秒降到 18 秒，你们的设备能跟上吗？"),
        message("lin", 44, "10:45",
            "At 18 seconds the measuring takes 6, the rest is handling. Shall we look at the "
            "handling together?",
            "18 秒里测量只占 6 秒，其余是上下料。要不要一起看看上下料？"),
        meeting("lin", 31, "16:40",
            "Half a day at the line with Feng Chao and Jun. Two fixtures instead of one bring it "
            "to 17.4 seconds. No new instrument needed.",
            "与冯超、王俊在产线上待了半天。一副夹具改两副，节拍降到 17.4 秒，不用买新仪器。"),
        message("feng_chao", 18, "9:10",
            zh="两副夹具已下单，17.6 秒，领导很满意。明年二期一定找你们。"),
    )),
    Chapter("alpenblick", (
        message("lena_moser", 47, "16:45",
            "Good morning, our rope tension sensor T2 was struck by lightning. The certificate is "
            "due in four weeks."),
        message("jun", 46, "15:25",
            "Good morning Lena, we send a new one tomorrow and calibrate it before it leaves. "
            "Please keep the old cable.",
            "莱娜您好，新传感器校准后明天发出，旧电缆请保留。"),
        message("lena_moser", 39, "16:05",
            "It arrived, it measures, the inspector was happy. Thank you!"),
        note("anna", 7, "16:10",
            "Lena asks for a second sensor as a spare. Offer follows.",
            "莱娜想再要一只备用，报价随后。"),
    )),
    Chapter("halden", (
        call("maya", 43, "16:30",
            "Kari Lund, 9 min. All four tension stands run, nothing to complain about, nothing to "
            "buy.",
            "卡丽·伦德，9 分钟。四台张力测试台都正常，没有问题，也没有需求。"),
        note("maya", 17, "17:25",
            "Sent the yearly calibration reminder.",
            "已发送年度校准提醒。"),
    )),
    Chapter("castel", (
        meeting("anna", 37, "17:20",
            "Élise Martin showed the brake stand. They measure release force by hand, with a "
            "spring scale. An FT-60 would pay for itself in a year.",
            "埃莉斯·马丁演示了制动测试台，释放力还在用弹簧秤手工测。FT-60 一年就能回本。"),
        note("anna", 16, "16:00",
            "Élise has to wait for the works council. French colleagues say: {month+55}.",
            "埃莉斯要等工会意见，法国同事说大概 {month+55}。"),
    )),
    Chapter("sakura", (
        meeting("maya", 29, "15:15",
            "Met Kenji Mori at the fair. 200 joints a month, torque ripple below 0.5%. He knows "
            "our stands from his university.",
            "展会上见到森健二。每月 200 个关节，扭矩波动要低于 0.5%。他在大学就用过我们的设备。"),
        note("maya", 11, "10:20",
            "Sent the measuring report of the HX-200 at low speed. It is our weak spot and we say "
            "so.",
            "已发 HX-200 低速测量报告，这是我们的弱项，也如实说明了。"),
    )),
    Chapter("xingyuan", (
        call("lin", 23, "11:30",
            "Ding Yi got our name from Dr. Qian at Jinling. Storage cabinets of 5 MWh; cyclers "
            "from {quarter+95} on.",
            "丁一从金陵钱博士那里知道我们。5 兆瓦时储能柜，{quarter+95}起需要充放电测试柜。"),
        meeting("lin", 12, "14:50",
            "First visit in Hefei. The test centre is still concrete, Cai Hua draws the power "
            "supply. We can help him with the layout.",
            "首次拜访合肥。测试中心还是毛坯，蔡华在做配电设计，布局上我们能帮忙。"),
        note("lin", 7, "9:25",
            "Sent Cai Hua the site guide for cyclers.",
            "已把测试柜的现场准备指南发给蔡华。"),
    )),
)  # fmt: skip
