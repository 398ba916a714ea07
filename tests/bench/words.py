"""What a generated house is full of: names of companies and people, and what people write."""

import random
from collections.abc import Iterator

SYLLABLES = "ba bei bo da de fa fei ga guo ha hai he ji jin ka ke la li ma mei na ni pa pei qi ra rui sa se ta tai va wei xi ya yun za zhe".split()  # noqa: E501
HAN = "安宝北昌超成川达德东方飞丰福港光广国海汉航禾恒宏华辉惠吉佳建江捷金京晶凯康科蓝力联龙美明南宁鹏奇启强庆荣瑞润森山盛世双泰腾天通万威维伟祥欣新兴星旭洋怡宜银永宇远源跃云泽展兆振正中众卓"  # noqa: E501
TRADES = "机械 电子 仪器 精工 材料 物流 化工 科技 重工 电气".split()
SURNAMES = "王李张刘陈杨赵黄吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"  # noqa: E501
FORMS = ("Ltd", "GmbH", "Inc", "Group", "Works")


def names(count: int, seed: int = 7) -> Iterator[str]:
    """Company names, half of them Chinese, each of two out of 400 words and a form."""
    luck = random.Random(seed)
    latin = sorted({"".join(luck.choices(SYLLABLES, k=luck.choice((2, 3)))) for _ in range(520)})
    han = sorted({"".join(luck.sample(HAN, 2)) for _ in range(420)})
    for number in range(count):
        if number % 2:
            yield luck.choice(han) + luck.choice(han) + luck.choice(TRADES) + "有限公司"
        else:
            first, second = luck.choice(latin).title(), luck.choice(latin).title()
            yield f"{first} {second} {luck.choice(FORMS)}"


def people(count: int, seed: int = 8) -> Iterator[str]:
    luck = random.Random(seed)
    for _ in range(count):
        yield luck.choice(SURNAMES) + "".join(luck.sample(HAN, luck.choice((1, 2))))


ENGLISH = (
    "They want {many} pieces of {thing} before {month} ends, if we keep the price of last year.",
    "Called about {thing}: the drawing is with their engineers, an answer comes by {day}.",
    "Delivery of {many} {thing} slips by {few} days; I told them, they can live with it.",
    "The sample of {thing} passed, but the coating was {few} microns too thin on one side.",
    "Asked for payment terms of {few} weeks, finance decides and they will hear on {day}.",
    "Their new buyer starts in {month}; until then all about {thing} goes through the plant.",
    "Saw the plant: {few} machines stand idle, they will need {thing} again in {month}.",
    "Quality sent {few} parts back, reason is burr on the edge of the {thing}.",
    "We agreed on {many} {thing} a month, called off weekly, packed in boxes of {few}.",
    "No answer to the quotation for {thing}; I will call again on {day}.",
    "A competitor offers {thing} cheaper by {few} percent, though with a lead time of {many} days.",
    "Please check whether {many} {thing} are on stock, they would take all of them on {day}.",
)
CHINESE = (
    "客户希望在{month}之前拿到{many}件{thing},价格按去年的合同执行。",
    "电话沟通了{thing}的图纸,对方工程师{day}之前给答复。",
    "{thing}的交期要推迟{few}天,已经跟采购解释过,可以接受。",
    "{thing}样品检验合格,只是有一面镀层薄了{few}微米。",
    "对方要求账期{few}周,我说要由财务决定,{day}给他们回复。",
    "新的采购经理{month}到任,在此之前{thing}的事情都找工厂。",
    "今天去了工厂,有{few}台设备停着,{month}又会需要{thing}。",
    "质量部退回了{few}件,原因是{thing}边缘有毛刺。",
    "双方商定每月{many}件{thing},每周叫料,每箱{few}件。",
    "{thing}的报价还没有回音,{day}我再打电话问一下。",
    "竞争对手的{thing}便宜百分之{few},不过交期要{many}天。",
    "请查一下库存里有没有{many}件{thing},他们{day}可以全部提走。",
)
ENGLISH_WORDS = {
    "thing": "housings shafts brackets flanges valves bearings castings gaskets covers".split(),
    "day": "Monday Tuesday Wednesday Thursday Friday".split(),
    "month": "January February March April May June September October November".split(),
}
CHINESE_WORDS = {
    "thing": "壳体 主轴 支架 法兰 阀体 轴承 铸件 垫片 联轴器 端盖".split(),
    "day": "周一 周二 周三 周四 周五".split(),
    "month": "一月 二月 三月 四月 五月 六月 九月 十月 十一月".split(),
}
SHORTEST, LONGEST = 80, 600


def bodies(count: int, seed: int = 9) -> Iterator[str]:
    """What people write: 80 to 600 characters, half of it Chinese, short more often than long."""
    luck = random.Random(seed)
    for number in range(count):
        sentences, words = (ENGLISH, ENGLISH_WORDS) if number % 2 else (CHINESE, CHINESE_WORDS)
        length = SHORTEST + int((LONGEST - SHORTEST) * luck.random() ** 3)
        said = ""
        while len(said) < length:
            drawn = {name: luck.choice(choices) for name, choices in words.items()}
            sentence = luck.choice(sentences)
            said += sentence.format(
                **drawn, many=luck.randrange(40, 9000), few=luck.randrange(2, 40)
            )
            said += " " if number % 2 else ""
        yield said[:LONGEST].strip()
