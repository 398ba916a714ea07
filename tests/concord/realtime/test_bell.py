"""Whoever writes does not wait for whoever carries the rings."""

import threading
import time

from concord.realtime.bell import Bell
from concord.realtime.rings import Sound


def test_sounds_go_out_in_their_order_and_one_that_fails_holds_up_none() -> None:
    heard: list[str] = []

    def emit(sound: Sound) -> None:
        if sound.room == "broken":
            raise ConnectionError
        heard.append(sound.room)

    bell = Bell(emit)
    for room in ("one", "broken", "two", "three"):
        bell.sound(Sound(room, "changed", {}))
    bell.fall_silent()
    assert heard == ["one", "two", "three"]


def test_a_carrier_that_stands_still_keeps_nobody_waiting() -> None:
    going_on = threading.Event()

    def emit(_sound: Sound) -> None:
        going_on.wait()

    bell = Bell(emit)
    begun = time.monotonic()
    for number in range(10_500):
        bell.sound(Sound(str(number), "changed", {}))
    assert time.monotonic() - begun < 2
    going_on.set()
    bell.fall_silent()
