"""Dates that suppliers were asked for, and what they answered, line by line."""

from dataclasses import dataclass, field

from modules.crm.demo.shapes import Pair

NOTHING: Pair = ("", "")


@dataclass(frozen=True, slots=True)
class Line:
    """Something wanted on a day, so many working days from today."""

    item: Pair
    quantity: Pair
    wanted: int


@dataclass(frozen=True, slots=True)
class Dated:
    """The day a supplier gives for one line (counted from 0), with a reason where it is late."""

    line: int
    day: int
    reason: str | None = None
    remark: Pair = NOTHING


@dataclass(frozen=True, slots=True)
class Answer:
    person: str
    days_ago: int
    at: str
    dates: tuple[Dated, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Asked of `supplier` by `person`; `about` is the customer it is for, if any."""

    key: str
    supplier: str
    about: str | None = None
    number: str
    title: Pair
    person: str
    days_ago: int
    at: str
    lines: tuple[Line, ...]
    answer_by: int | None = None
    note: Pair = NOTHING
    answers: tuple[Answer, ...] = field(default=())
    closed: int | None = None
    in_brief: bool = False


REQUESTS = (
    Request(
        key="torque_stand_parts", supplier="hengtai", about="huadong", number="PO-0117",
        title=("Parts for torque stands", "扭矩测试台零件"),
        person="zhao", days_ago=1, at="15:05", answer_by=1, in_brief=True,
        note=("Both lines belong together. If one comes later, please say what can go first.",
              "两行配套使用。如有一行要晚，请说明哪些可以先发。"),
        lines=(
            Line(("Spindle, ground, HX-200-14", "磨制主轴 HX-200-14"), ("8 pcs", "8 件"), 13),
            Line(("Sensor body, anodised, FT-60-02", "弹性体 FT-60-02"), ("24 pcs", "24 件"), 13),
        ),
    ),
    Request(
        key="beds", supplier="lianchuang", about="huadong", number="PO-0109",
        title=("Beds and columns for torque stands", "扭矩测试台床身与立柱"),
        person="zhao", days_ago=14, at="10:20", answer_by=-10, in_brief=True,
        lines=(Line(("Machine bed, revision C", "床身 C 版"), ("4 pcs", "4 件"), 8),
               Line(("Column", "立柱"), ("4 pcs", "4 件"), 8)),
        answers=(Answer("wei", 12, "9:05", (
            Dated(0, 8),
            Dated(1, 10, "capacity", (
                "The grinder is booked; two columns can come with the beds.",
                "磨床排满，可随床身先发两件。")))),),
    ),
    Request(
        key="cycler_boards", supplier="xinda", about="jinling", number="PO-0098",
        title=("Boards for cyclers, second lot", "充放电测试柜板卡，第二批"),
        person="zhao", days_ago=50, at="14:30",
        lines=(Line(("Board BC-16-07", "板卡 BC-16-07"), ("24 pcs", "24 块"), 2),),
        answers=(Answer("ke_min", 49, "9:20", (Dated(0, 2),)),
                 Answer("ke_min", 2, "10:05", (
                     Dated(0, 7, "material", ("Relay from a second source, approved by you.",
                                              "继电器改用贵司认可的第二货源。")),))),
    ),
    Request(
        key="sensor_bodies", supplier="hengtai", number="PO-0081",
        title=("Sensor bodies, forty pieces", "弹性体四十件"),
        person="zhao", days_ago=56, at="9:30", closed=44,
        lines=(
            Line(("Sensor body, anodised, FT-60-02", "弹性体 FT-60-02"), ("40 pcs", "40 件"), -49),
        ),
        answers=(Answer("huang", 55, "11:15", (
            Dated(0, -47, "other", ("Anodising takes two days longer.", "阳极氧化多两天。")),)),),
    ),
    Request(
        key="front_panels", supplier="huarui", number="PO-0085",
        title=("Front panels IT-5, black", "IT-5 黑色面板"),
        person="sun", days_ago=46, at="10:40", closed=29,
        lines=(Line(("Front panel IT-5-11", "面板 IT-5-11"), ("60 pcs", "60 件"), -32),
               Line(("Handle IT-5-14", "提手 IT-5-14"), ("60 pcs", "60 件"), -32)),
        answers=(Answer("bian_hong", 45, "14:50", (Dated(0, -32), Dated(1, -33))),),
    ),
    Request(
        key="silicone_cable", supplier="dongfang", about="orion", number="PO-0103",
        title=("Silicone cable, −60 °C", "硅橡胶电缆，−60 度"),
        person="zhao", days_ago=31, at="14:05",
        lines=(Line(("Cable 4 × 0.5, shielded", "电缆 4×0.5，带屏蔽"), ("200 m", "200 米"), -20),),
        answers=(Answer("tao_li", 30, "9:40", (Dated(0, -20),)),),
    ),
    Request(
        key="hydraulic_units", supplier="meyer", number="PO-0101",
        title=("Hydraulic units HP-40", "液压单元 HP-40"),
        person="zhao", days_ago=36, at="15:50",
        lines=(Line(("Hydraulic unit HP-40", "液压单元 HP-40"), ("2 pcs", "2 台"), 33),),
        answers=(Answer("heike_meyer", 35, "16:15", (Dated(0, 33),)),),
    ),
    Request(
        key="bearing_sets", supplier="fenghua", about="huadong", number="PO-0111",
        title=("Bearing sets 6204", "6204 轴承组"),
        person="zhao", days_ago=26, at="10:25",
        lines=(Line(("Bearing set 6204", "6204 轴承组"), ("16 sets", "16 套"), 8),),
        answers=(Answer("shao_fei", 26, "13:40", (Dated(0, 8),)),),
    ),
    Request(
        key="box_foam", supplier="yunfan", about="southern", number="PO-0114",
        title=("New foam for LC-20 boxes", "LC-20 包装箱新泡沫"),
        person="sun", days_ago=7, at="17:00", answer_by=-4,
        lines=(Line(("Foam insert, cut-out 2", "泡沫内衬，开孔 2 型"), ("300 pcs", "300 套"), 3),),
        answers=(Answer("du_juan", 6, "10:10", (
            Dated(0, 4, "capacity", ("100 can come on the day.", "当天可先发 100 套。")),)),),
    ),
)  # fmt: skip
