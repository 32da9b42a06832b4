"""What a button may ask of a person, and `Given`: the answers of a script, where nobody sits at the screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Protocol, TypeVar

from jixiao.errors import JixiaoError

Kind = Literal["info", "warning", "error"]
_Answer = TypeVar("_Answer")


class Dialogs(Protocol):
    """The program's own dialogs; `None` is always the answer of one who cancelled."""

    @property
    def asks_first(self) -> bool:
        """Tell whether `save_as` itself asks before an existing file is chosen."""

    def say(self, text: str, kind: Kind = "info") -> None:
        """Show a sentence, and wait until it was read."""

    def confirm(self, text: str) -> bool:
        """Ask a question that is answered by yes or no; cancelling is no."""

    def choose_folder(self, title: str) -> Path | None:
        """Let a person choose a folder."""

    def choose_file(self, title: str, endings: Sequence[str]) -> Path | None:
        """Let a person choose an existing file whose name ends in one of `endings` (`.xlsx`)."""

    def save_as(self, title: str, suggested: str) -> Path | None:
        """Let a person choose where to save; `suggested` is a file name, or a path with its folder."""

    def choose_one(self, title: str, options: Sequence[str], chosen: int = 0, prompt: str = "") -> int | None:
        """Let a person choose one of a few, with `prompt` to be read before; returns its position, counted from 0."""

    def ask_text(self, title: str, prompt: str, given: str = "") -> str | None:
        """Let a person type a line, with `given` standing there already."""

    def status(self, text: str | None) -> None:
        """Show progress at the foot of the window; `None` gives the place back to the program."""

    def stopped(self) -> bool:
        """Tell whether Esc was pressed since the work began; asking is cheap."""


class Given:
    """Answers given beforehand, taken in the order of the questions; what was said is kept to be looked at.

    Attributes:
        said: the sentences that were shown.
        shown: the texts of the status bar, `None` where it was given back.
        asked: the titles of the questions, with what was to be read before, in their order.

    """

    asks_first = False

    def __init__(self, *answers: object, stop_after: int | None = None) -> None:
        """Keep the answers.

        Args:
            answers: for a folder, a file or a place to save a `Path`, for a choice its position, for a text the
                text, for yes or no a truth value; `None` cancels.
            stop_after: how often `stopped` says no before it says yes; `None` for ever.

        """
        self.said: list[str] = []
        self.shown: list[str | None] = []
        self.asked: list[str] = []
        self._answers = list(answers)
        self._stop_after = stop_after

    def say(self, text: str, kind: Kind = "info") -> None:  # noqa: ARG002 - nobody sees the icon
        """Keep the sentence."""
        self.said.append(text)

    def confirm(self, text: str) -> bool:
        """Return the next answer; no where it cancels."""
        return bool(self._next(text, bool))

    def choose_folder(self, title: str) -> Path | None:
        """Return the next answer."""
        return self._next(title, Path)

    def choose_file(self, title: str, endings: Sequence[str]) -> Path | None:  # noqa: ARG002 - the script knows its file
        """Return the next answer."""
        return self._next(title, Path)

    def save_as(self, title: str, suggested: str) -> Path | None:  # noqa: ARG002 - the script knows its file
        """Return the next answer."""
        return self._next(title, Path)

    def choose_one(
        self,
        title: str,
        options: Sequence[str],
        chosen: int = 0,  # noqa: ARG002 - nothing stands chosen here
        prompt: str = "",
    ) -> int | None:
        """Return the next answer; raises JixiaoError where there is no such option."""
        answer = self._next(f"{title}\n{prompt}" if prompt else title, int)
        if answer is not None and not 0 <= answer < len(options):
            raise JixiaoError(f"“{title}”只有 {len(options)} 个选项，脚本给出的是第 {answer + 1} 个。")
        return answer

    def ask_text(self, title: str, prompt: str, given: str = "") -> str | None:  # noqa: ARG002 - nothing stands there already
        """Return the next answer."""
        return self._next(title, str)

    def status(self, text: str | None) -> None:
        """Keep the text."""
        self.shown.append(text)

    def stopped(self) -> bool:
        """Tell whether the script wants to stop here."""
        if self._stop_after is None:
            return False
        self._stop_after -= 1
        return self._stop_after < 0

    def _next(self, title: str, kind: type[_Answer]) -> _Answer | None:
        """Return the next answer; raises JixiaoError where there is none, or one to another question."""
        self.asked.append(title)
        if not self._answers:
            raise JixiaoError(f"这一步要回答“{title}”，而脚本没有给出答案。请在 Given(…) 中补上后再运行。")
        answer = self._answers.pop(0)
        if answer is None or isinstance(answer, kind):
            return answer
        raise JixiaoError(
            f"“{title}”要的是{_KINDS[kind]}，脚本给出的是“{answer}”。请按提问的顺序改正 Given(…) 后再运行。"
        )


_KINDS: dict[type, str] = {Path: "路径", int: "选项的序号", str: "文字", bool: "是或否"}
