"""Huadong Precision: line 4, from the first visit to this morning."""

from concord.demo.posts import Chapter, call, email, meeting, message, note
from modules.crm.demo.papers_gold import (
    C4_DIAGRAM,
    ISO_9001,
    LINE_4_READINGS,
    MES_TAGS,
    NDA,
    PROPOSAL_V1,
    PROPOSAL_V2,
    PROPOSAL_V3,
)

HUADONG = (
    Chapter("huadong", brief=12, posts=(
        note("lin", 62, "9:40",
            "Two plants in Suzhou, fourteen HX-100 stands from 2021, all still in use. Line 4 in "
            "plant 2 is the next big thing: they want to retrofit it within months.",
            "苏州两个厂区，2021 年采购的十四台 HX-100 都还在用。下一个大项目是二厂四号线，计划几"
            "个月内改造。"),
        call("lin", 61, "14:15",
            "Call with Gu Yifan, 12 min. Spare parts are ordered one by one and each order needs "
            "three signatures. He would like a framework for the year.",
            "与顾一凡通话 12 分钟。备件都是一单一单采购，每单要三个人签字，他希望签年度框架。"),
        message("lin", 60, "10:05",
            "Good morning Ms. Zhou, from today you find everything between us here: what we "
            "agreed, the files, and who answers. Write to us as you would by phone; Jun Wang and "
            "I both read it.",
            "周总早上好，从今天起我们之间的往来都在这里：商定的事项、文件、由谁答复。有事随时留"
            "言，王俊和我都会看到。"),
        message("zhou", 60, "10:48",
            "Good. I have asked Paul to join as well, he looks after the systems on our side.",
            "好的。我让保罗也加入了，我们这边的系统由他负责。"),
        message("paul", 59, "15:20",
            "Hello from IT. Does the portal need anything opened in our firewall, or is the "
            "browser enough?"),
        message("na", 59, "15:46",
            "Hello Paul, the browser is enough: HTTPS on port 443, nothing to install. If your "
            "proxy cuts long connections the page still works, it only refreshes a little later."),
        message("paul", 59, "16:02",
            "Perfect, then nothing to do for me."),
        meeting("lin", 55, "17:10",
            "Visit to plant 2 with Jun. Line 4 makes drive shafts, 38 seconds a piece, three "
            "shifts. The old stands drift after each change of tools and the shift leads re-zero "
            "by hand. Scope we talked about: four HX-200 torque stands, twelve FT-60 force "
            "sensors, installation and training. {@jun} please add what you measured.",
            "与王俊一起拜访二厂。四号线生产传动轴，节拍 38 秒，三班倒。旧测试台每次换型后漂移，班"
            "组长靠手动校零。讨论的范围：四台 HX-200 扭矩测试台、十二只 FT-60 力传感器、安装与培"
            "训。{@jun} 请补充你测的数据。"),
        note("jun", 54, "9:20",
            "Readings of the four old stands over one shift attached. Stand 3 is the worst: 2.1% "
            "within six hours. The floor vibrates at 24 Hz from the press next door, so the new "
            "stands need the damped feet.",
            "附上四台旧测试台一个班次的读数。三号台最差，六小时漂了 2.1%。隔壁压力机让地面以 24 "
            "Hz 振动，新测试台要配减振脚。",
            files=(LINE_4_READINGS,)),
        message("zhou", 52, "8:55",
            zh="2 号台搬到新工位后读数偏高 3%，今天下午要交一批样件，能先帮忙看一下吗？"),
        message("jun", 52, "9:12",
            "Yes. This is the side load from the move; nothing is broken. Please loosen the four "
            "M8 screws of the load cell by one turn in a cross, wait two minutes, tighten to 24 "
            "N·m and zero the stand. I am by the phone until noon.",
            "可以。这是搬运残留的侧向力，设备没有坏。请把传感器四颗 M8 螺钉按对角各松一圈，等两分"
            "钟，拧紧到 24 N·m 后校零。中午前我都在电话旁。"),
        message("zhou", 52, "11:30",
            zh="读数回到 0.2 N·m，样件已经在测了。谢谢王工！"),
        note("jun", 52, "11:42",
            "The third time this month that somebody asks about zero after a move. I will write "
            "an article that customers can read.",
            "这个月第三次有人问搬运后校零了，我来写一篇客户能看的文章。"),
        email("lin", 48, "16:40",
            "Dear Ms. Zhou, the first proposal for line 4 is attached: four HX-200, twelve FT-60, "
            "installation in one go. It stands for 60 days.",
            "周总您好，附上四号线方案第 1 版：HX-200 四台、FT-60 十二只，一次性安装。报价 60 天内"
            "有效。",
            files=(PROPOSAL_V1,)),
        call("lin", 46, "10:30",
            "Gu Yifan finds the price 15% over his budget. Not a no: he wants the spare parts in "
            "the same talk.",
            "顾一凡说超预算 15%。没有拒绝，他希望把备件一起谈。"),
        note("emily", 45, "9:05",
            "Credit check: limit ¥1,500,000, open ¥210,000, nothing overdue in two years. No "
            "objection to the line 4 volume with 30% prepayment.",
            "信用核查：额度 150 万，未结 21 万，两年内无逾期。四号线的金额在预付 30% 的前提下没有"
            "异议。"),
        note("maya", 44, "17:25",
            "For line 4 we can move on price if they take the service contract with it. {@lin} "
            "please do not offer more than 8% before we have talked to finance.",
            "四号线如果连服务合同一起签，价格可以谈。{@lin} 和财务谈过之前，降价请不要超过 8%。"),
        message("zhou", 42, "13:35",
            "Our budget meeting moved to the end of the month. I need the total with and without "
            "service by then.",
            "我们的预算会推迟到月底。届时我需要含服务与不含服务的两个总价。"),
        message("lin", 42, "14:02",
            "You will have both by {weekday-39}, on one page.",
            "{weekday-39}前给您，两个总价放在一页上。"),
        meeting("lin", 38, "16:15",
            "Video meeting with Ms. Zhou and Paul Ericsson, 50 min. Paul wants the stands to "
            "report to their MES directly, over OPC UA, no files on a share. He sends the list of "
            "tags.",
            "与周总、保罗视频会议 50 分钟。保罗希望测试台通过 OPC UA 直接上报 MES，不走共享文件"
            "夹。他会发来点位清单。"),
        message("paul", 37, "9:50",
            "As promised, the tags our MES expects from each stand. Torque and angle at 100 Hz "
            "are enough, the rest once per part.",
            files=(MES_TAGS,)),
        message("jun", 36, "10:20",
            "Thank you, Paul. All of it is standard on the HX-200 except the tool number; I have "
            "asked our planners whether the barcode reader can supply it."),
        note("sun", 35, "15:10",
            "Barcode reader on the HX-200: no hardware change, half a day of software. I have put "
            "it on the plan for {month-20}.",
            "HX-200 接扫码枪不改硬件，软件半天即可，已排进 {month-20}计划。"),
        email("lin", 33, "17:05",
            "Dear Ms. Zhou, dear Paul, version 2 is attached: OPC UA and the barcode reader are "
            "in, service as an option on its own page.",
            "周总、保罗好，附上方案第 2 版：已加入 OPC UA 和扫码枪，服务作为可选项单列一页。",
            files=(PROPOSAL_V2,)),
        message("zhou", 31, "9:25",
            "We read it with the shift leads. The technique is right. But we cannot stop line 4 "
            "for two weeks: please think about two batches.",
            "已和班组长一起看过，技术上没问题。但四号线不能停两周，请考虑分两批交付。"),
        note("lin", 31, "9:58",
            "They need two batches, the first before the middle of next month. {@sun} {@zhao} can "
            "we promise that?",
            "客户要求分两批，第一批要在下月中旬之前。{@sun} {@zhao} 我们能承诺吗？"),
        note("sun", 30, "11:15",
            "Two and two works for assembly. What decides are the spindles and the sensor bodies.",
            "两台加两台，装配没有问题，关键是主轴和弹性体。"),
        note("zhao", 30, "13:40",
            "Both come from Hengtai. They said 21 days on the phone; I will get it in writing, "
            "line by line, before we promise anything.",
            "两样都来自恒泰。电话里说 21 天，我会让他们逐行书面确认，之后我们再承诺。"),
        call("lin", 26, "15:30",
            "Ms. Zhou, 9 min. She asked about references for the FT-60 in three-shift work. I "
            "named Tianhe, with their consent.",
            "周总，9 分钟。她问 FT-60 在三班倒条件下的案例，我说了天禾电子（已征得对方同意）。"),
        note("lin", 22, "10:10",
            "The floor price for line 4 is in the sheet that Maya keeps.",
            "四号线底价见玛雅的表格。").withdrawn(22, "10:14"),
        note("lin", 22, "10:16",
            "Sorry, that was meant for our own team page. Please ask Maya for the numbers, they "
            "stay out of the timeline.",
            "抱歉，刚才那条本该写在组内页面。需要数字请找玛雅，不要写进动态。"),
        message("zhou", 18, "14:40",
            "Legal asks for a mutual NDA before we send the drawings of the clamping. Who signs "
            "for you?",
            "发夹具图纸之前，法务要求先签双向保密协议。贵司由谁签署？"),
        message("lin", 18, "15:05",
            "Anna Schmidt signs for us. You get the draft tomorrow morning.",
            "由安娜·施密特签署，明早给您草稿。"),
        note("anna", 15, "11:20",
            "NDA: their legal wants three years instead of two, and Suzhou as the place of court. "
            "Both fine by me.",
            "保密协议：对方法务要求期限三年（原两年），法院改为苏州。我这边都可以。"),
        message("lin", 9, "9:35",
            "One question before we wire the stands: which supply does line 4 have, 380 V or 220 "
            "V? If we know, you need no change on site.",
            "接线前想确认一件事：四号线是 380 V 还是 220 V？提前知道的话，现场就不用改线。"),
        message("zhou", 8, "16:20",
            "380 V, three phases, five wires. Paul has put the single line diagram into your "
            "inbox.",
            "380 V，三相五线。单线图保罗已经发给你们了。"),
        message("paul", 8, "16:31",
            "Here is the diagram. Cabinet C4 has two free slots of 32 A.",
            files=(C4_DIAGRAM,)),
        call("lin", 4, "10:50",
            "Ms. Zhou, 15 min. For the steering committee she needs our ISO 9001 certificate; I "
            "promised it for {weekday-2}. She also wants to see the demo on a real shaft.",
            "周总，15 分钟。评审委员会需要我们的 ISO 9001 证书，我答应{weekday-2}给她。她还想看用"
            "真实传动轴做的演示。"),
        note("na", 3, "9:15",
            "{@lin} our ISO 9001 certificate expires this month. The renewed one is on its way "
            "from the auditor; please wait for it instead of sending the old one.",
            "{@lin} 我们的 ISO 9001 证书本月到期，新证书审核方正在寄出。请等新的，不要发旧的。"),
        note("jun", 2, "15:40",
            "Demo for {weekday+2}: stand and shaft are here, two of five points on the list are "
            "checked. Missing: the barcode reader and their test program.",
            "{weekday+2}的演示：测试台和传动轴已到位，清单五项已完成两项。还差扫码枪和对方的测试"
            "程序。"),
        message("anna", 1, "9:02",
            "The mutual NDA is signed. The countersigned copy is attached and stays here among "
            "your files.",
            "双向保密协议已签署。会签副本附上，之后可在文件里找到。",
            files=(NDA,)),
        note("zhao", 1, "11:05",
            "Hengtai confirmed the lead time of 21 days for part HX-200; the first batch can ship "
            "on {day+13}. I am asking them for the dates line by line.",
            "恒泰确认 HX-200 部件交期 21 天，首批可于 {day+13} 发货。我正请他们逐行答复交期。"),
        call("lin", 1, "16:30",
            "Call with Ms. Zhou, 24 min. She needs the ISO 9001 certificate before the steering "
            "meeting on {weekday+2}; the budget is confirmed for {quarter+30}.",
            "与周女士通话 24 分钟。她需要在{weekday+2}评审会之前拿到 ISO 9001 证书；{quarter+30}"
            "预算已确认。"),
        message("zhou", 1, "16:52",
            "We need the ISO 9001 certificate before the meeting on {weekday+2}. And may I count "
            "on two batches?",
            "{weekday+2}评审会前需要 ISO 9001 证书。另外，分两批交付能定下来吗？"),
        note("na", 1, "17:20",
            "The renewed certificate has arrived, valid for three years. {@lin} this is the one "
            "to send.",
            "新证书到了，有效期三年。{@lin} 请发这一份。",
            files=(ISO_9001,)),
        email("lin", 0, "9:15",
            "Sent the revised proposal (v3) with delivery in two batches, and the updated service "
            "terms.",
            "已发送修订版方案（第 3 版），改为分两批交付，并附更新后的服务条款。",
            files=(PROPOSAL_V3,)),
        message("zhou", 0, "9:52",
            "Two batches are fine if the second arrives before {day+19}. The certificate is still "
            "missing.",
            "可以分两批，但第二批须在 {day+19} 前到货。证书还没收到。"),
        note("sun", 0, "10:12",
            "Assembly of the first two stands is booked from {day+14}. If the sensor bodies come "
            "later than that, the second batch moves with them.",
            "前两台的装配排在 {day+14} 开始。弹性体如果晚到，第二批会跟着顺延。"),
        note("maya", 0, "10:42",
            "Pricing approved by finance at 12% off list. Keep the floor price internal until the "
            "contract is countersigned.",
            "财务已批准按目录价下浮 12% 报价。合同会签前，请勿对外透露底价。"),
    )),
)  # fmt: skip
