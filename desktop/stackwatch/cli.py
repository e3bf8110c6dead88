"""The command line: parse, dispatch, and turn faults into one sentence and an exit code."""

import argparse
import gc
import io
import logging
import os
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from stackwatch import __version__
from stackwatch.commands.usage import Parser, build_parser
from stackwatch.domain.errors import BadInputError, StackwatchError
from stackwatch.domain.watchlist import Language
from stackwatch.system.display import QT_LIBRARIES, find_fonts, require_display
from stackwatch.system.ending import exit_code, heeding_the_system

if TYPE_CHECKING:
    from stackwatch.app import Options

_log = logging.getLogger(__name__)

DEFAULT_SPEED = 600.0
# The threads that numpy's algebra starts as it is loaded wait in a loop for a tenth of a second, and have
# nothing to do here: a market model multiplies two rows of a few hundred numbers.
_BLAS = "OPENBLAS_NUM_THREADS"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run Stackwatch and return its exit code: 0 done, 2 bad input, 3 nothing fetched, 4 no store."""
    gc.disable()  # until everything is loaded, which stays: the collector would walk it over and over
    os.environ.setdefault(_BLAS, "1")
    try:
        return _run(arguments)
    finally:
        gc.enable()


def _run(arguments: Sequence[str] | None) -> int:
    _speak_utf8()
    find_fonts()
    given = tuple(sys.argv[1:] if arguments is None else arguments)
    options = build_parser(_parser_of(given)).parse_args(given)
    from stackwatch.app import Options  # the collector must rest before anything is loaded
    from stackwatch.storage.locations import user_folders
    from stackwatch.system.logs import set_up_logging

    language = Language(options.lang) if options.lang else None
    try:
        folders = user_folders(options.data_dir)
        set_up_logging(folders.logs, verbose=options.verbose, words=_words(options.lang))
        common = Options(
            folders=folders,
            watchlist=options.watchlist,
            language=language,
            json=getattr(options, "json", False),
        )
        _log.info("Stackwatch %s: %s", __version__, options.command or "window")
        with heeding_the_system():
            return _loaded(options)(common)
    except StackwatchError as fault:
        from stackwatch.commands.output import warn  # only when it is needed

        warn(str(fault), language)
        return fault.exit_code
    except BrokenPipeError:  # the reader of our output went away, such as head
        sys.stderr.close()
        return 0
    except KeyboardInterrupt as stop:
        from stackwatch.commands.output import warn  # only when it is needed

        warn("; ".join(("stopped", *getattr(stop, "__notes__", ()))), language)
        return exit_code(stop)


def _parser_of(arguments: Sequence[str]) -> type[Parser]:
    """Return the parser of the language asked for: what it says comes before --lang itself is read."""
    if "--lang=ko" in arguments or ("--lang", "ko") in pairwise(arguments):
        from stackwatch.commands.korean_usage import KoreanParser  # only when it is needed

        return KoreanParser
    return Parser


def _words(language: str | None) -> Callable[[str], str]:
    """Return how what is logged is said to whoever started the program."""
    if language != Language.KOREAN.value:
        return str
    from stackwatch.commands.korean_lines import in_language  # only when it is needed

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
    if options.command != "explain":  # which is over before the collector would find anything
        gc.enable()
    return run


def _loaded_command(options: argparse.Namespace) -> Callable[["Options"], int]:
    match options.command:
        case "watch":
            from stackwatch.commands import watch  # see _loaded, here and below

            return lambda common: watch.watch(
                common,
                episode=options.demo,
                speed=options.speed or DEFAULT_SPEED,
                once=options.once,
                notify=options.notify,
            )
        case "quotes":
            from stackwatch.commands import quotes

            return lambda common: quotes.quotes(common, options.symbols)
        case "link":
            from stackwatch.commands import link

            return lambda common: link.link(common, options.file)
        case "explain":
            from stackwatch.commands import explain

            return lambda common: explain.explain(common, options.symbol, options.on)
        case "rules":
            from stackwatch.commands import rules

            return lambda common: rules.run(common, options)
        case "import":
            from stackwatch.commands import importing

            return lambda common: importing.import_table(
                common, options.what, options.file, replace=options.replace
            )
        case "export":
            return _loaded_export(options)
        case _:
            from stackwatch.commands import doctor

            return doctor.self_check if options.self_check else doctor.examine


def _loaded_export(options: argparse.Namespace) -> Callable[["Options"], int]:
    if options.what == "briefing":
        from stackwatch.commands import briefing  # see _loaded

        return lambda common: briefing.export_briefing(common, options.file, on=options.on, demo=options.demo)
    from stackwatch.commands import export  # see _loaded

    write = export.export_alerts if options.what == "alerts" else export.export_watchlist
    return lambda common: write(common, options.file)


def _window(options: argparse.Namespace, common: "Options") -> int:
    require_display()
    try:
        from stackwatch import window_app
    except ImportError as fault:
        raise BadInputError(
            f"Qt cannot be loaded ({fault}). On Debian or Ubuntu: {QT_LIBRARIES}. "
            "Without a window: stackwatch watch"
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
