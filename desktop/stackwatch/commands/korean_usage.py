"""The command line in Korean: its help, and what is said of a wrong one."""

import argparse
import shutil
from collections.abc import Iterable
from typing import NoReturn

from stackwatch.commands.korean_lines import columns_of, told_by
from stackwatch.commands.usage import Parser
from stackwatch.domain.errors import BadInputError

HELP = {
    "What moved the AI stack, why, and who else is exposed.": (
        "AI 관련 종목이 얼마나 움직였고, 왜 움직였으며, 또 어디에 영향이 미치는지 알려 줍니다."
    ),
    (
        "Exit codes: 0 done, 2 wrong usage or bad input, 3 nothing could be fetched, 4 the store cannot be "
        "used, 130 stopped with Ctrl+C, 143 by the system."
    ): (
        "종료 코드: 0 정상, 2 사용법이나 입력이 잘못됨, 3 아무것도 가져오지 못함, 4 저장소를 쓸 수 없음, "
        "130 Ctrl+C로 멈춤, 143 시스템이 멈춤."
    ),
    "commands without a window": "창 없이 쓰는 명령",
    "options": "옵션",
    "positional arguments": "인수",
    "show this help message and exit": "도움말을 보여 주고 끝냄",
    "show program's version number and exit": "버전을 보여 주고 끝냄",
    "print JSON, and nothing else, to standard output": "표준 출력에 JSON만 내보냄",
    "Refresh, evaluate the rules, print alerts.": "새로 고치고 규칙을 확인해 알림을 출력합니다.",
    "Refresh once and print.": "한 번 새로 고쳐 출력합니다.",
    "or a name; default: the whole list": "또는 이름. 없으면 목록 전체",
    "Headlines in (a line each, or JSON Lines), entities out.": (
        "기사 제목(한 줄에 하나, 또는 JSON Lines)에서 어느 회사 이야기인지 찾습니다."
    ),
    "a file, or - for standard input": "파일. 표준 입력은 -",
    "Why did it move.": "왜 움직였는지 설명합니다.",
    "a symbol, or a name in either language": "종목 코드, 또는 한국어나 영어 이름",
    "a past trading day, such as 2025-07-22": "지난 거래일. 예: 2025-07-22",
    "Show the alert rules, or what one of them would have done.": (
        "알림 규칙을 보여 주거나, 규칙 하나가 지난 기간에 얼마나 울렸을지 보여 줍니다."
    ),
    "Keep prices, headlines or a watchlist of your own.": "내 시세, 기사, 목록을 저장합니다.",
    "Write what is stored to a file.": "저장된 내용을 파일로 내보냅니다.",
    "Check sources, store, calendars and popups.": "출처, 저장소, 거래일, 팝업을 점검합니다.",
    "look whether this installation is whole, without the network": "네트워크 없이, 설치가 온전한지 확인",
    "save a picture of the window before it closes": "창이 닫히기 전에 화면을 그림으로 저장",
    "size of the window, such as 1280x720": "창 크기. 예: 1280x720",
    "surfaces for this run": "이번 실행의 테마",
    "up and down for this run": "이번 실행의 등락 색",
    "the view of this run": "이번 실행의 보기",
    "close the window after S seconds": "S초 뒤에 창을 닫음",
    "refresh once and stop; a replay is run through at once": (
        "한 번 새로 고치고 끝냄. 다시보기는 끝까지 바로 진행"
    ),
    "show alerts as the system's notifications too": "알림을 시스템 알림으로도 보여 줌",
    "what the file holds": "파일에 든 것",
    "a CSV table; a list in .toml, .txt or .csv": "CSV 표. 목록은 .toml, .txt, .csv",
    "prices of the file count where others are stored": "이미 저장된 시세 대신 파일의 시세를 씀",
    "what is written": "내보낼 것",
    "alerts: .json, .csv; briefing: .html, .md, .pdf; list: .toml, .txt (TradingView), .csv (Yahoo)": (
        "알림은 .json, .csv. 브리핑은 .html, .md, .pdf. 목록은 .toml, .txt(TradingView), .csv(Yahoo)"
    ),
    "the briefing of a past trading day": "지난 거래일의 브리핑",
    "the briefing of a documented day, no network": "기록된 날의 브리핑. 네트워크 없음",
    "every rule, as one sentence": "모든 규칙을 한 문장씩",
    "how often a rule would have popped up, from what is stored": "저장된 시세로 규칙이 얼마나 울렸을지 계산",
    "id of a rule, or a TOML file with one rule": "규칙의 id, 또는 규칙 하나가 든 TOML 파일",
    "default: a year before --to": "없으면 --to의 1년 전",
    "default: the last with prices": "없으면 시세가 있는 마지막 날",
    "keep everything below DIR": "모든 것을 DIR 아래에 저장",
    "a list in TOML": "TOML로 된 목록",
    "language; without it commands speak English, and the window as chosen in it": (
        "언어. 없으면 명령은 영어로, 창은 설정한 언어로 말함"
    ),
    "print what is logged, too": "기록되는 내용도 출력",
    "replay a documented day, no network (default 22 Jul 2025)": (
        "기록된 날 다시보기. 네트워크 없음(기본 2025-07-22)"
    ),
    "replayed seconds per second (default 600)": "1초에 다시 볼 초(기본 600)",
}
_FAULTS = (
    (r"argument (\S+): (.+)", r"\1: \2"),
    (r"invalid choice: (.+) \(choose from (.+)\)", r"\1: \2 가운데 하나여야 함"),
    ("expected one argument", "값이 하나 필요함"),
    ("expected at least one argument", "값이 필요함"),
    (r"ignored explicit argument (.+)", r"값을 받지 않음(\1)"),
    (r"unrecognized arguments: (.+)", r"모르는 인수: \1"),
    (r"the following arguments are required: (.+)", r"필요한 인수가 없음: \1"),
    (r"ambiguous option: (\S+) could match (.+)", r"\1: \2 가운데 어느 것인지 알 수 없음"),
    (
        r"expected WIDTHxHEIGHT in pixels, such as (\S+), not (.+)",
        r"\2: \1 같은 가로x세로 픽셀 수가 필요함",
    ),
    (r"expected a folder, not (.+)", r"\1: 폴더가 필요함"),
    (r"expected a number above 0 and up to (\S+) seconds, not (.+)", r"\2: 0보다 크고 \1 이하인 초가 필요함"),
    (
        r"expected a number above 0 and up to (\S+) times real time, not (.+)",
        r"\2: 0보다 크고 \1 이하인 배속이 필요함",
    ),
    ("--speed is for a replay: --demo with it", "--speed는 다시보기에만 씀. --demo와 함께 써야 함"),
    (r"(--\S+) is for the window, not for (.+)", r"\1: 창에만 씀. \2에는 쓸 수 없음"),
    (r"(--\S+) is for (.+), not for (.+)", r"\1: \2에만 씀. \3에는 쓸 수 없음"),
    (r"the window, watch and export briefing", "창, watch, export briefing"),
)


def in_korean(message: str) -> str:
    """Return what argparse, or the parser, says of a wrong line, in Korean where that is known."""
    return told_by(_FAULTS, message, in_korean) or message


class _Help(argparse.HelpFormatter):
    """Puts help into Korean, and breaks its lines where a terminal is full: a letter takes two columns."""

    def __init__(self, prog: str) -> None:
        # three columns fewer than argparse takes: it counts the letters of the word for usage
        super().__init__(prog, width=shutil.get_terminal_size().columns - 5)

    def start_section(self, heading: str | None) -> None:
        super().start_section(HELP.get(heading or "", heading))

    def add_text(self, text: str | None) -> None:
        super().add_text(HELP.get(text or "", text))

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "사용법: " if prefix is None else prefix)

    def _get_help_string(self, action: argparse.Action) -> str | None:
        return HELP.get(action.help or "", action.help)

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

    def error(self, message: str) -> NoReturn:
        """End with what is wrong and where the usage is."""
        self.exit(BadInputError.exit_code, f"{self.prog}: {in_korean(message)}. 사용법: {self.prog} --help\n")
