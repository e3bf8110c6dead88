"""The command line: parse, dispatch, and turn faults into one sentence and an exit code."""

import argparse
import gc
import io
import logging
import re
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from stackwatch import __version__
from stackwatch.domain.errors import BadInputError, StackwatchError
from stackwatch.domain.watchlist import Language
from stackwatch.system.display import find_fonts
from stackwatch.system.ending import exit_code, heeding_the_system

if TYPE_CHECKING:
    from stackwatch.app import Options

_log = logging.getLogger(__name__)

DEFAULT_SPEED = 600.0
_MAX_SPEED = 100_000.0
_MAX_SECONDS = 86_400.0
_WINDOW_ONLY = ("self_check", "screenshot", "size", "theme", "palette", "view", "quit_after")
_EXPORTED = ("alerts", "briefing", "watchlist")
_FILE_NAME = re.compile(r"\.(html?|md|pdf)$", re.IGNORECASE)
_JSON_HELP = "print JSON, and nothing else, to standard output"
_EXIT_CODES = (
    "Exit codes: 0 done, 2 wrong usage or bad input, 3 nothing could be fetched, 4 the store cannot be used, "
    "130 stopped with Ctrl+C, 143 by the system."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run Stackwatch and return its exit code: 0 done, 2 bad input, 3 nothing fetched, 4 no store."""
    gc.disable()  # until everything is loaded, which stays: the collector would walk it over and over
    try:
        return _run(arguments)
    finally:
        gc.enable()


def _run(arguments: Sequence[str] | None) -> int:
    _speak_utf8()
    find_fonts()
    parser = build_parser()
    options = parser.parse_args(sys.argv[1:] if arguments is None else arguments)
    if (idle := _idle_option(options)) is not None:
        parser.error(idle)
    from stackwatch.app import Options  # noqa: PLC0415 - the collector must rest before anything is loaded
    from stackwatch.storage.locations import user_folders  # noqa: PLC0415
    from stackwatch.system.logs import set_up_logging  # noqa: PLC0415

    folders = user_folders(options.data_dir)
    set_up_logging(folders.logs, verbose=options.verbose, words=_words(options.lang))
    common = Options(
        folders=folders,
        watchlist=options.watchlist,
        language=Language(options.lang) if options.lang else None,
        json=getattr(options, "json", False),
    )
    _log.info("Stackwatch %s: %s", __version__, options.command or "window")
    try:
        with heeding_the_system():
            return _loaded(options)(common)
    except StackwatchError as fault:
        from stackwatch.commands.output import warn  # noqa: PLC0415 - only when it is needed

        warn(str(fault), common.language)
        return fault.exit_code
    except BrokenPipeError:  # the reader of our output went away, such as head
        sys.stderr.close()
        return 0
    except KeyboardInterrupt as stop:
        from stackwatch.commands.output import warn  # noqa: PLC0415 - only when it is needed

        warn("; ".join(("stopped", *getattr(stop, "__notes__", ()))), common.language)
        return exit_code(stop)


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


def _words(language: str | None) -> Callable[[str], str]:
    """Return how what is logged is said to whoever started the program."""
    if language != Language.KOREAN.value:
        return str
    from stackwatch.commands.korean_lines import in_language  # noqa: PLC0415 - only when it is needed

    return lambda said: in_language(said, Language.KOREAN)


def _speak_utf8() -> None:
    """Write UTF-8 to files and pipes, whatever the machine's code page, which knows neither 삼성 nor −.

    A terminal keeps its own encoding; what that lacks is shown as a question mark.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _loaded(options: argparse.Namespace) -> Callable[["Options"], int]:
    """Load what was asked for, and nothing else: the window must paint before pandas and yfinance load."""
    if options.command is None and not options.self_check:
        return lambda common: _window(options, common)
    run = _loaded_command(options)
    gc.freeze()  # what was imported stays: the collector need not go through it again
    gc.enable()
    return run


def _loaded_command(options: argparse.Namespace) -> Callable[["Options"], int]:
    match options.command:
        case "watch":
            from stackwatch.commands import watch  # noqa: PLC0415 - see _loaded, here and below

            return lambda common: watch.watch(
                common,
                episode=options.demo,
                speed=options.speed or DEFAULT_SPEED,
                once=options.once,
                notify=options.notify,
            )
        case "quotes":
            from stackwatch.commands import quotes  # noqa: PLC0415

            return lambda common: quotes.quotes(common, options.symbols)
        case "link":
            from stackwatch.commands import link  # noqa: PLC0415

            return lambda common: link.link(common, options.file)
        case "explain":
            from stackwatch.commands import explain  # noqa: PLC0415

            return lambda common: explain.explain(common, options.symbol, options.on)
        case "rules":
            from stackwatch.commands import rules  # noqa: PLC0415

            return lambda common: rules.run(common, options)
        case "import":
            from stackwatch.commands import importing  # noqa: PLC0415

            return lambda common: importing.import_table(
                common, options.what, options.file, replace=options.replace
            )
        case "export":
            return _loaded_export(options)
        case _:
            from stackwatch.commands import doctor  # noqa: PLC0415

            return doctor.self_check if options.self_check else doctor.examine


def _loaded_export(options: argparse.Namespace) -> Callable[["Options"], int]:
    if options.what == "briefing":
        from stackwatch.commands import briefing  # noqa: PLC0415 - see _loaded

        return lambda common: briefing.export_briefing(common, options.file, on=options.on, demo=options.demo)
    from stackwatch.commands import export  # noqa: PLC0415 - see _loaded

    return lambda common: export.export_table(common, options.what, options.file)


def _window(options: argparse.Namespace, common: "Options") -> int:
    from stackwatch.system.display import require_display  # noqa: PLC0415

    require_display()
    try:
        from stackwatch import window_app  # noqa: PLC0415
    except ImportError as fault:
        raise BadInputError(
            f"Qt cannot be loaded ({fault}). On Debian or Ubuntu: apt install libegl1 libgl1 libxkbcommon0 "
            "libfontconfig1 libdbus-1-3. Without a window: stackwatch watch"
        ) from fault
    return window_app.run(
        common,
        episode=options.demo,
        speed=options.speed or DEFAULT_SPEED,
        screenshot=options.screenshot,
        size=options.size,
        theme=options.theme,
        palette=options.palette,
        view=options.view,
        quit_after=options.quit_after or (5.0 if options.screenshot else None),
    )


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, as the commands do, and not below the whole usage.

    ``no_days`` are words that --demo does not take for the name of a day.
    """

    no_days: frozenset[str] = frozenset()

    def parse_args(self, arguments: Sequence[str]) -> argparse.Namespace:  # type: ignore[override]
        """Let --demo take a day alone, and not the command or file that follows it."""
        apart = [
            "--demo=" if word == "--demo" and (after in self.no_days or _FILE_NAME.search(after)) else word
            for word, after in pairwise((*arguments, ""))
        ]
        return super().parse_args(apart)

    def error(self, message: str) -> NoReturn:
        """End with what is wrong and where the usage is."""
        self.exit(BadInputError.exit_code, f"{self.prog}: {message}. See {self.prog} --help\n")


def build_parser() -> _Parser:
    """Build the parser of the whole command line."""
    parser = _Parser(
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
        "--data-dir", type=Path, metavar="DIR", default=default, help="keep everything below DIR"
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
