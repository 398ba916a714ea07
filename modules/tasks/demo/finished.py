"""What has been done, and when."""

from modules.tasks.demo.shapes import Chore

FINISHED = (
    Chore(
        about="huadong", by="lin", to="lin", made=(52, "10:00"), due=-47, done=(48, "16:45"),
        title=("First proposal for line 4", "四号线首版方案"),
    ),
    Chore(
        about="huadong", by="lin", to="emily", made=(47, "9:40"), due=-45, done=(45, "9:06"),
        title=("Credit check for line 4", "四号线信用核查"),
    ),
    Chore(
        about="huadong", by="lin", to="jun", made=(38, "16:20"), due=-35, done=(36, "10:25"),
        title=("Answer Paul's list of tags", "答复保罗的点位清单"),
    ),
    Chore(
        about="huadong", by="lin", to="lin", made=(38, "17:15"), due=-33, done=(33, "17:10"),
        title=("Proposal with OPC UA and barcode reader", "含 OPC UA 与扫码枪的方案"),
    ),
    Chore(
        about="huadong", by="lin", to="anna", made=(18, "15:10"), due=-14, done=(15, "11:25"),
        title=("Draft the mutual NDA", "起草双向保密协议"),
    ),
    Chore(
        about="huadong", by="maya", to="emily", made=(6, "16:10"), due=0, done=(0, "10:38"),
        title=("Approve 12% on line 4", "批准四号线下浮 12%"),
    ),
    Chore(
        key="proposal_v3", about="huadong", by="lin", to="lin", made=(5, "17:10"), due=0,
        done=(0, "9:16"), in_brief=True, title=("Send proposal v3", "发送方案第 3 版"),
    ),
    Chore(
        about="yangtze", by="lin", to="lin", made=(56, "17:25"), due=-52, done=(52, "10:20"),
        title=("Condense 61 types to a short list", "把 61 个型号归并成短清单"),
    ),
    Chore(
        about="yangtze", by="lin", to="lin", made=(46, "10:00"), due=-40, done=(40, "17:00"),
        title=("First framework draft", "框架协议初稿"),
    ),
    Chore(
        about="yangtze", by="lin", to="emily", made=(1, "10:10"), due=0, done=(1, "14:55"),
        title=("Read framework draft 2", "审阅框架协议第 2 稿"),
    ),
    Chore(
        about="tianhe", by="lin", to="jun", made=(45, "9:40"), due=-38, done=(38, "14:35"),
        title=("Update all IT-5 to 3.2", "IT-5 全部升级到 3.2"),
    ),
    Chore(
        about="tianhe", by="lin", to="emily", made=(2, "15:00"), due=0, done=(0, "8:55"),
        title=("Credit limit checked", "信用额度核查"),
    ),
    Chore(
        about="tianhe", by="emily", to="lin", made=(14, "9:35"), due=-12, done=(13, "15:10"),
        title=("Remind of the open invoice", "提醒未付发票"),
    ),
    Chore(
        about="jinling", by="anna", to="zhao", made=(55, "10:00"), due=-49, done=(50, "10:35"),
        title=("Boards for 64 channels", "64 通道板卡落实"),
    ),
    Chore(
        about="jinling", by="anna", to="jun", made=(36, "16:20"), due=-28, done=(28, "17:45"),
        title=("Install batch 1", "安装第一批"),
    ),
    Chore(
        about="lanhai", by="jun", to="jun", made=(58, "10:30"), due=-40, done=(40, "17:55"),
        title=("Set up the vibration rig", "安装振动台"),
    ),
    Chore(
        about="lanhai", by="emily", to="emily", made=(30, "9:05"), due=-2, done=(1, "9:26"),
        title=("Balance from Lanhai", "蓝海尾款"),
    ),
    Chore(
        about="lanhai", by="jun", to="jun", made=(1, "17:00"), due=0, done=(0, "9:41"),
        title=("Log call, rig acceptance", "记录振动台验收通话"),
    ),
    Chore(
        about="southern", by="anna", to="jun", made=(48, "15:25"), due=-35, done=(35, "16:35"),
        title=("Calibrate the first four LC-20", "校准前四只 LC-20"),
    ),
    Chore(
        about="southern", by="jun", to="sun", made=(15, "17:15"), due=-10, done=(7, "16:50"),
        title=("Change the foam of the LC-20 boxes", "更换 LC-20 包装泡沫"),
    ),
    Chore(
        about="southern", by="anna", to="anna", made=(18, "15:05"), due=-16, done=(16, "10:30"),
        title=("Two loan cells to Guangzhou", "两只备用传感器发广州"),
    ),
    Chore(
        about="baiyun", by="jun", to="jun", made=(51, "11:05"), due=-42, done=(42, "17:05"),
        title=("Batch 1: 120 tools", "第一批：120 把工具"),
    ),
    Chore(
        about="baiyun", by="jun", to="jun", made=(34, "15:00"), due=-26, done=(26, "16:50"),
        title=("Batch 2, hangar 3 first", "第二批，三号机库优先"),
    ),
    Chore(
        about="baiyun", by="jun", to="sun", made=(26, "16:50"), due=-21, done=(22, "10:40"),
        title=("New bearing for our stand 2", "我方 2 号台换轴承"),
    ),
    Chore(
        about="vogel", by="anna", to="jun", made=(44, "16:05"), due=-42, done=(43, "16:10"),
        title=("Loan units to Stuttgart", "备用机发斯图加特"),
    ),
    Chore(
        about="vogel", by="anna", to="anna", made=(54, "16:50"), due=-30, done=(29, "17:45"),
        title=("Draft service level", "起草服务等级协议"),
    ),
    Chore(
        about="vogel", by="anna", to="na", made=(20, "10:00"), due=-16, done=(17, "10:55"),
        title=("Check service level against the handbook", "对照手册检查服务等级协议"),
    ),
    Chore(
        about="nordlicht", by="maya", to="zhao", made=(47, "10:20"), due=-45, done=(46, "14:20"),
        title=("Price of cold-proof cells", "耐低温电池询价"),
    ),
    Chore(
        about="harbor", by="maya", to="jun", made=(56, "9:10"), due=-54, done=(55, "9:40"),
        title=("Three load cells to Oakland", "三只传感器发奥克兰"),
    ),
    Chore(
        about="harbor", by="maya", to="maya", made=(8, "9:15"), due=-5, done=(5, "9:18"),
        title=("Renewal offer sent", "续约报价"),
    ),
    Chore(
        about="kessler", by="anna", to="anna", made=(41, "17:10"), due=-36, done=(36, "16:55"),
        title=("Offer for 20 tablets", "20 套平板报价"),
    ),
    Chore(
        about="meridian", by="maya", to="emily", made=(5, "9:10"), due=-4, done=(5, "9:42"),
        title=("May they pay in two halves?", "能否分两次付款"),
    ),
    Chore(
        about="ruijin", by="lin", to="jun", made=(50, "10:35"), due=-48, done=(49, "15:10"),
        title=("Templates for the FT-60", "FT-60 验证模板"),
    ),
    Chore(
        about="ruijin", by="lin", to="jun", made=(8, "10:10"), due=-1, done=(1, "16:08"),
        title=("Write the validation protocol", "编写验证方案"),
    ),
    Chore(
        about="longcheng", by="lin", to="lin", made=(44, "10:50"), due=-31, done=(31, "16:45"),
        title=("Look at the handling on line", "到产线看上下料"),
    ),
    Chore(
        about="orion", by="anna", to="zhao", made=(50, "16:55"), due=-47, done=(49, "10:10"),
        title=("Find a cable for −40 °C", "寻找 −40 度电缆"),
    ),
    Chore(
        about="weihai", by="jun", to="jun", made=(47, "9:25"), due=-45, done=(46, "14:15"),
        title=("Call the new plant manager", "联系新厂长"),
    ),
    Chore(
        by="na", to="na", made=(25, "9:00"), due=-5, done=(1, "17:15"),
        title=("Renew the ISO 9001 certificate", "ISO 9001 证书换证"),
    ),
    Chore(
        by="na", to="jun", made=(40, "9:30"), due=-20, done=(21, "14:30"),
        title=("Write down zero after transport", "写下搬运后校零的方法"),
    ),
)  # fmt: skip
