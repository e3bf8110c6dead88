"""The command line in Korean: its help, and what is said of a wrong one."""

import argparse
import shutil
from collections.abc import Iterable

from stackwatch.commands.korean_lines import columns_of, in_language
from stackwatch.commands.usage import Parser
from stackwatch.domain.watchlist import Language


def _korean(text: str) -> str:
    return in_language(text, Language.KOREAN)


class _Help(argparse.HelpFormatter):
    """Puts help into Korean, and breaks its lines where a terminal is full: a letter takes two columns."""

    def __init__(self, prog: str) -> None:
        # three columns fewer than argparse takes: it counts the letters of the word for usage
        super().__init__(prog, width=shutil.get_terminal_size().columns - 5)

    def start_section(self, heading: str | None) -> None:
        super().start_section(heading and _korean(heading))

    def add_text(self, text: str | None) -> None:
        super().add_text(text and _korean(text))

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "사용법: " if prefix is None else prefix)

    def _get_help_string(self, action: argparse.Action) -> str | None:
        return action.help and _korean(action.help)

    def _split_lines(self, text: str, width: int) -> list[str]:
        lines: list[str] = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".lstrip()
            if lines[-1] and columns_of(longer) > width:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in self._split_lines(text, width - len(indent)))


class KoreanParser(Parser):
    """The parser whose help and faults are Korean."""

    def __init__(self, **words: object) -> None:
        super().__init__(**{"formatter_class": _Help, **words})  # type: ignore[arg-type]

    def said(self, message: str) -> str:
        """Return the line that says what is wrong."""
        return f"{self.prog}: {_korean(message)}. 사용법: {self.prog} --help\n"
