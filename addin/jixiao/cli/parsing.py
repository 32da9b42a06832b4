"""The parser of the command line: it explains in Chinese, and a command's words are added only when it is run."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from itertools import takewhile

from jixiao import __version__
from jixiao.cli import TYPE_CHECKING, streams
from jixiao.errors import UsageError

if TYPE_CHECKING:
    from typing import NoReturn

_WRONG = (
    (r"the following arguments are required: (.*)", r"缺少 {0}"),
    (r"unrecognized arguments: (.*)", r"不认识 {0}"),
    (r"argument (命令|动作): invalid choice: (.*) \(choose from (.*)\)", r"没有{1}这个{0}，有的是：{2}"),
    (r"argument (.*): invalid choice: (.*) \(choose from (.*)\)", r"{0} 不能是{1}，可以是：{2}"),
    (r"argument (.*): invalid \w+ value: (.*)", r"{0} 应当是整数，写的是 {1}"),
    (r"argument (.*): expected one argument", r"{0} 后面缺少内容"),
    (r"argument (.*): expected at least one argument", r"{0} 后面至少要有一项"),
    (r"argument (.*): ignored explicit argument (.*)", r"{0} 后面不能带内容，写的是{1}"),
    (r"argument (.*): not allowed with argument (.*)", r"{0} 不能和 {1} 一起用"),
    (r"argument (.*): (.*)", r"{0} 不对：{1}"),
)
_HEADING = re.compile(r"^(\w+):$", re.MULTILINE)
_OPTION = re.compile(r"-(?![0-9])\S+")  # -5 is a number
_MAY_BE_EMPTY = {"reason"}  # an empty reason takes the old one away
_NAMES = {"command": "命令", "PATH": "文件或文件夹", "FORM": "表名", "FILE": "文件"}


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help with a Chinese heading and room for Chinese words."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=32, width=100)

    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - argparse's own signature
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def format_help(self) -> str:
        """Return the help with the colon that stands behind Chinese headings."""
        return _HEADING.sub(r"\1：", super().format_help())

    def _format_action(self, action):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - argparse's own signature
        """Leave out the word above the commands that their heading has said."""
        told = super()._format_action(action)
        return told.partition("\n")[2] if action.nargs == argparse.PARSER else told

    def _iter_indented_subactions(self, action):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - the same
        """Yield the commands; argparse counts their width without the indent that it gives them."""
        if action.nargs == argparse.PARSER:
            yield from action._get_subactions()  # noqa: SLF001 - what is overridden does so


class Parser(argparse.ArgumentParser):
    """An argument parser that explains in Chinese and leaves the exit to `main`."""

    def __init__(self, **settings: object) -> None:  # noqa: D107 - argparse's own
        settings.setdefault("formatter_class", _Help)
        self.later: Callable[[argparse.ArgumentParser], None] | None = None  # adds the words of a command
        self._given: Sequence[str] = ()
        super().__init__(add_help=False, allow_abbrev=False, **settings)  # type: ignore[arg-type]
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        """Say in Chinese what is wrong with the words; raises UsageError.

        A word that we do not know comes first: without it nothing may be missing.
        """
        if message.startswith("the following arguments are required") and (odd := self._unknown()):
            message = f"unrecognized arguments: {' '.join(odd)}"
        for pattern, sentence in _WRONG:
            match = re.fullmatch(pattern, message, re.DOTALL)
            if match:
                message = _said(sentence, [_named(part) for part in match.groups()])
                break
        raise UsageError(f"{message}。用 {self.prog} --help 查看用法。")

    def _unknown(self) -> list[str]:
        """Return the words that begin as options do and are none of ours."""
        given, known = takewhile(lambda one: one != "--", self._given), self._option_string_actions
        named = [(one, one[:2] if one[:2] != "--" else one.partition("=")[0]) for one in given]
        return [one for one, name in named if _OPTION.fullmatch(one) and name not in known]

    def _print_message(self, message, file=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - argparse's own signature
        """Print a help; argparse by itself passes over a disk that is full."""
        if file is sys.stdout:
            streams.tell(message)
        elif file is not None:
            file.write(message)

    def parse_known_args(self, args=None, namespace=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - argparse's own signature
        """Add the words that were left for later, parse, and refuse words that are empty.

        As a path such a word would mean the folder one happens to be in.
        """
        if self.later is not None:
            add, self.later = self.later, None
            add(self)
        self._given = list(sys.argv[1:] if args is None else args)
        found, rest = super().parse_known_args(args, namespace)
        for one in set(rest).difference(
            self._given
        ):  # since Python 3.12 argparse goes on behind an option's letter
            for word in self._given:
                option = self._option_string_actions.get(word[:2])
                if option and word[2:] == one[1:]:
                    name = "/".join(option.option_strings)
                    self.error(f"argument {name}: ignored explicit argument {word[2:]!r}")
        for action in self._actions:
            given = getattr(found, action.dest, None)
            words = given if isinstance(given, list) else [given]
            if action.dest not in _MAY_BE_EMPTY and any(
                isinstance(one, str) and not one.strip() for one in words
            ):
                name = "/".join(action.option_strings)
                name = f"{name} " if name else _named(str(action.metavar))
                self.error(f"{name}是空的，请写明内容（在脚本里，可能是变量没有赋值）")
        return found, rest


def _said(sentence: str, names: Sequence[str]) -> str:
    """Put names into a sentence; before a Chinese one stands no blank."""
    for at, name in enumerate(names):
        if name[:1].isalpha() and not name.isascii():
            sentence = sentence.replace(f" {{{at}}}", f"{{{at}}}")
    return sentence.format(*names)


def _named(text: str) -> str:
    """Return argparse's words as we say them: names in Chinese, quoted values in Chinese quotes."""
    if re.fullmatch(r"(['\"])(?:(?!\1)[^\\]|\\.)*\1", text, re.DOTALL):
        from ast import literal_eval  # noqa: PLC0415 - only to say what is wrong

        value = str(literal_eval(text))
        return f"“{''.join(one if one.isprintable() else ' ' for one in value)}”"
    parts = [_NAMES.get(part, part) for part in text.split(", ")]
    return "、".join(part.strip("'") if re.fullmatch(r"'[^']*'", part) else part for part in parts)


def command(  # type: ignore[no-untyped-def]
    commands,  # noqa: ANN001 - argparse keeps this type private
    name: str,
    summary: str,
    example: str,
    words: Callable[[argparse.ArgumentParser], None],
) -> None:
    """Add a command with our usual options; `words` adds its own to the parser when they are wanted."""
    one = commands.add_parser(
        name,
        help=summary,
        description=summary,
        epilog="例：\n" + "\n".join(f"  {line}" for line in example.split("\n")),
    )
    one.add_argument("--version", action="version", version=f"jixiao {__version__}", help="显示版本")
    one.add_argument("--quiet", "-q", action="store_true", help="不显示进度和提示，只给结果")
    one.later = words
