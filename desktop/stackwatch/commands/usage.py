"""What may be typed: commands, options, and what is said of those that are wrong."""

import argparse
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NoReturn

from stackwatch import __version__
from stackwatch.domain.errors import BadInputError
from stackwatch.domain.watchlist import Language

_MAX_SPEED = 100_000.0
_MAX_SECONDS = 86_400.0
_FILE_NAME = re.compile(r"\.(html?|md|pdf)$", re.IGNORECASE)
_CHOICES = re.compile(r"\(choose from .*\)")
_JSON_HELP = "print JSON, and nothing else, to standard output"
_EXPORTED = ("alerts", "briefing", "watchlist")
_EXIT_CODES = (
    "Exit codes: 0 done, 2 wrong usage or bad input, 3 nothing could be fetched, 4 the store cannot be used, "
    "130 stopped with Ctrl+C, 143 by the system, 129 by its terminal that was closed."
)
_WINDOW_ONLY = ("self_check", "screenshot", "size", "theme", "palette", "view", "quit_after")


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, as the commands do, and not below the whole usage.

    ``no_days`` are words that --demo does not take for the name of a day.
    """

    no_days: frozenset[str] = frozenset()

    def parse_args(self, arguments: Sequence[str]) -> argparse.Namespace:  # type: ignore[override]
        """Let --demo take a day alone, and not the command or file that follows it; refuse idle options."""
        apart = [
            "--demo=" if word == "--demo" and (after in self.no_days or _FILE_NAME.search(after)) else word
            for word, after in pairwise((*arguments, ""))
        ]
        options = super().parse_args(apart)
        if (idle := _idle_option(options)) is not None:
            self.error(idle)
        return options

    def error(self, message: str) -> NoReturn:
        """End with what is wrong and where the usage is, in the same words under every Python."""
        words = _CHOICES.sub(lambda choices: choices[0].replace("'", ""), message)  # quoted until 3.11
        self.exit(BadInputError.exit_code, self.said(words))

    def said(self, message: str) -> str:
        """Return the line that says what is wrong."""
        return f"{self.prog}: {message}. See {self.prog} --help\n"


def build_parser(kind: type[Parser] = Parser) -> Parser:
    """Build the parser of the whole command line, in the language of ``kind``."""
    parser = kind(
        prog="stackwatch",
        description="What moved the AI stack, why, and who else is exposed.",
        epilog=_EXIT_CODES,
    )
    parser.add_argument("--version", action="version", version=f"stackwatch {__version__}")
    _add_common(parser, top=True)
    _add_demo(parser, top=True)
    _add_window(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands without a window")

    def command(name: str, text: str, *, json: bool = True) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        _add_common(sub, top=False)
        if json:
            sub.add_argument("--json", action="store_true", help=_JSON_HELP)
        return sub

    _add_watch(command("watch", "Refresh, evaluate the rules, print alerts."))
    quotes = command("quotes", "Refresh once and print.")
    quotes.add_argument("symbols", nargs="*", metavar="SYMBOL", help="or a name; default: the whole list")
    link = command("link", "Headlines in (a line each, or JSON Lines), entities out.")
    link.add_argument("file", nargs="?", default="-", metavar="FILE", help="a file, or - for standard input")
    explain = command("explain", "Why did it move.")
    explain.add_argument("symbol", metavar="SYMBOL", help="a symbol, or a name in either language")
    explain.add_argument("--on", metavar="DATE", help="a past trading day, such as 2025-07-22")
    _add_rules(command("rules", "Show the alert rules, or what one of them would have done."))
    _add_import(command("import", "Keep prices, headlines or a watchlist of your own."))
    _add_export(command("export", "Write what is stored to a file.", json=False))
    command("doctor", "Check sources, store, calendars and popups.")
    parser.no_days = frozenset((*commands.choices, *_EXPORTED))
    return parser


def _add_window(parser: argparse.ArgumentParser) -> None:
    """Add what only the window has."""
    parser.add_argument(
        "--self-check",
        action="store_true",
        help="look whether this installation is whole, without the network",
    )
    parser.add_argument(
        "--screenshot", type=Path, metavar="FILE.png", help="save a picture of the window before it closes"
    )
    parser.add_argument("--size", type=_size, metavar="WxH", help="size of the window, such as 1280x720")
    parser.add_argument("--theme", choices=("dark", "light"), help="surfaces for this run")
    palettes = ("western", "korean", "colour-blind")
    parser.add_argument("--palette", choices=palettes, help="up and down for this run")
    views = ("list", "heat", "exposure", "headlines", "rules")
    parser.add_argument("--view", choices=views, help="the view of this run")
    parser.add_argument("--quit-after", type=_seconds, metavar="S", help="close the window after S seconds")


def _add_watch(parser: argparse.ArgumentParser) -> None:
    once = "refresh once and stop; a replay is run through at once"
    parser.add_argument("--once", action="store_true", help=once)
    parser.add_argument("--notify", action="store_true", help="show alerts as the system's notifications too")
    _add_demo(parser, top=False)


def _add_import(parser: argparse.ArgumentParser) -> None:
    _add_what(parser, ("prices", "headlines", "watchlist"), "what the file holds")
    parser.add_argument("file", type=Path, metavar="FILE", help="a CSV table; a list in .toml, .txt or .csv")
    parser.add_argument(
        "--replace", action="store_true", help="prices of the file count where others are stored"
    )


def _add_what(parser: argparse.ArgumentParser, choices: tuple[str, ...], text: str) -> None:
    parser.add_argument("what", choices=choices, metavar=f"{{{','.join(choices)}}}", help=text)


def _add_export(parser: argparse.ArgumentParser) -> None:
    _add_what(parser, _EXPORTED, "what is written")
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="alerts: .json, .csv; briefing: .html, .md, .pdf; list: .toml, .txt (TradingView), .csv (Yahoo)",
    )
    parser.add_argument("--on", metavar="DATE", help="the briefing of a past trading day")
    parser.add_argument(
        "--demo",
        nargs="?",
        const="",
        default=argparse.SUPPRESS,
        metavar="EPISODE",
        help="the briefing of a documented day, no network",
    )


def _add_rules(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = actions.add_parser("list", help="every rule, as one sentence")
    test = actions.add_parser("test", help="how often a rule would have popped up, from what is stored")
    test.add_argument("rule", metavar="RULE", help="id of a rule, or a TOML file with one rule")
    test.add_argument("--from", dest="since", metavar="DATE", help="default: a year before --to")
    test.add_argument("--to", dest="until", metavar="DATE", help="default: the last with prices")
    for sub in (listed, test):
        _add_common(sub, top=False)
        sub.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=_JSON_HELP)


def _add_common(parser: argparse.ArgumentParser, *, top: bool) -> None:
    default = None if top else argparse.SUPPRESS  # a value given before the command must survive
    parser.add_argument(
        "--data-dir", type=_folder, metavar="DIR", default=default, help="keep everything below DIR"
    )
    parser.add_argument("--watchlist", type=Path, metavar="FILE", default=default, help="a list in TOML")
    parser.add_argument(
        "--lang",
        choices=[language.value for language in Language],
        default=default,
        help="language; without it commands speak English, and the window as chosen in it",
    )
    parser.add_argument(
        "--verbose",
        action="store_true",
        default=False if top else argparse.SUPPRESS,
        help="print what is logged, too",
    )


def _add_demo(parser: argparse.ArgumentParser, *, top: bool) -> None:
    parser.add_argument(
        "--demo",
        nargs="?",
        const="",
        default=None if top else argparse.SUPPRESS,  # see above
        metavar="EPISODE",
        help="replay a documented day, no network (default 22 Jul 2025)",
    )
    parser.add_argument(
        "--speed",
        type=_speed,
        default=None if top else argparse.SUPPRESS,
        metavar="N",
        help="replayed seconds per second (default 600)",
    )


def _folder(text: str) -> Path:
    if not text.strip():  # a variable of a script that is not set; it would be the folder one is in
        raise argparse.ArgumentTypeError(f"expected a folder, not {text!r}")
    return Path(text)


def _seconds(text: str) -> float:
    return _bounded(text, _MAX_SECONDS, "seconds")


def _speed(text: str) -> float:
    return _bounded(text, _MAX_SPEED, "times real time")


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{3,5})x(\d{3,5})", text)
    if match is None:
        raise argparse.ArgumentTypeError(f"expected WIDTHxHEIGHT in pixels, such as 1280x720, not {text!r}")
    return int(match[1]), int(match[2])


def _bounded(text: str, most: float, unit: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value <= most:
        raise argparse.ArgumentTypeError(
            f"expected a number above 0 and up to {most:,.0f} {unit}, not {text!r}"
        )
    return value


def _idle_option(options: argparse.Namespace) -> str | None:
    """Say which option would do nothing with a command, so that nobody counts on it; None without one."""
    if options.speed is not None and options.demo is None:
        return "--speed is for a replay: --demo with it"
    if options.command is None:
        return None
    what = f"{options.command} {getattr(options, 'what', '')}".strip()
    window = [name for name in _WINDOW_ONLY if getattr(options, name) not in (None, False)]
    if window:
        return f"--{window[0].replace('_', '-')} is for the window, not for {what}"
    if options.demo is not None and what not in ("watch", "export briefing"):
        return f"--demo is for the window, watch and export briefing, not for {what}"
    if options.command == "export" and options.on is not None and options.what != "briefing":
        return f"--on is for export briefing, not for {what}"
    if options.command == "import" and options.replace and options.what != "prices":
        return f"--replace is for import prices, not for {what}"
    return None
