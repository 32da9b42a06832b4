"""The resident process: a cold start serves its own click, then those that follow, until nobody is left to click."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from jixiao.bridge import lock, post
from jixiao.bridge.words import Request
from jixiao.errors import JixiaoError
from jixiao.office import home


@dataclass(frozen=True)
class Pace:
    """How long things take, in seconds.

    Attributes:
        poll: between two looks into the folder of requests.
        look: between two looks whether the programs are still there, and whether the token is.
        idle: without a click, after which the resident ends.
        linger: how long a resident that ends still takes requests: a click may just have read its token.
        patience: how long a cold start waits for a lock when there is no resident to hand its click to.

    """

    poll: float = 0.03
    look: float = 2.0
    idle: float = 30 * 60.0
    linger: float = 1.0
    patience: float = 30.0


Serve = Callable[[Request], None]
Alive = Callable[[str], bool]


def enter() -> None:
    """Leave the folder in which we were started, and see that nothing can be imported from it.

    Raises JixiaoError where Python was not started with `-I`, or where that folder is on its search path all the same.
    """
    started_in = Path.cwd()
    searched = [
        Path(entry).absolute() for entry in sys.path
    ]  # before we move: a relative one would move with us
    os.chdir(home.ready())
    if not sys.flags.isolated:
        raise JixiaoError(
            "程序没有用隔离方式启动，为安全起见没有执行。请重新安装插件：jixiao addin install。"
        )
    if started_in in searched:
        raise JixiaoError(
            f"文件夹“{started_in}”在程序的查找路径里，为安全起见没有执行。请重新安装插件：jixiao addin install。"
        )


def start(request: Request, serve: Serve, alive: Alive, pace: Pace = Pace()) -> bool:
    """Serve a click here, or hand it to the resident that there is, and return whether this process was the resident.

    Args:
        request: the click.
        serve: does what a click asks for, and never raises.
        alive: tells whether the program at a place is still there.
        pace: how long things take.

    Raises:
        JixiaoError: the lock cannot be had, and there is no resident either.

    """
    path = home.ready() / home.LOCK
    offered: Path | None = None
    until = time.monotonic() + pace.patience
    while (held := lock.take(path)) is None:
        offered = offered or post.offer(request)
        if offered and not offered.exists():
            return False
        if not offered and time.monotonic() > until:
            raise JixiaoError(f"点击没有送到，文件“{path}”一直被占用。请注销 Windows 后重新登录再试。")
        time.sleep(pace.poll)
    mine = offered is None or post.withdraw(offered)
    token = _reside(request if mine else None, serve, alive, pace, held)
    _farewell(token, serve, pace)
    return True


def _reside(request: Request | None, serve: Serve, alive: Alive, pace: Pace, held: lock.Held) -> str:
    """Serve until nobody is left, give the lock back, and return the token under which requests came."""
    places: set[str] = set()

    def act(one: Request) -> None:
        places.add(one.place)
        serve(one)

    try:
        former, token = post.token(), post.new_token()  # read before it is written anew
        if request:
            act(request)
        clicked = looked = time.monotonic()
        while time.monotonic() - clicked < pace.idle:
            for one in post.take(token, former):
                act(one)
                clicked = time.monotonic()
            if time.monotonic() - looked > pace.look:
                looked = time.monotonic()
                places = {place for place in places if alive(place)}
                if not places or post.token() != token:  # an installer takes the token away to end us
                    break
            time.sleep(pace.poll)
    finally:
        held.release()
    return token


def _farewell(token: str, serve: Serve, pace: Pace) -> None:
    """Serve those who saw the lock held a moment ago, so that no click is lost.

    From now on a click starts a new resident, which also knows our token as long as it stands there. Who hands over a
    request looks for the token once more afterwards: while it stands, our last look is still to come.
    """
    _linger(token, serve, pace)
    held = lock.take(home.folder() / home.LOCK)
    if held:  # else there is a new resident, which has put its own token there
        if post.token() == token:
            home.take_away(home.TOKEN)
        held.release()
    _linger(token, serve, pace)


def _linger(token: str, serve: Serve, pace: Pace) -> None:
    until = time.monotonic() + pace.linger
    while True:
        for one in post.take(token, alone=False):
            serve(one)
        if time.monotonic() > until:
            return
        time.sleep(pace.poll)
