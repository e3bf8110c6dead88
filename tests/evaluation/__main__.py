"""How well titles are read and moves are explained: ``python -m tests.evaluation [--mistakes] [--write]``.

``--mistakes`` lists every title and move that came out otherwise than labelled, too; those of the held-out
half are for counting, not for mending. ``--write`` puts the tables into docs/evaluation.md.
"""

import argparse
import sys
from collections.abc import Iterable, Mapping

from tests.evaluation.labels import HALVES, LANGUAGES, known, labelled
from tests.evaluation.linking import Score, evaluate, shipped_reader
from tests.evaluation.moves import Archive, Told, causes, curve, linked, verdicts
from tests.evaluation.page import put, table

_NAMES = {"en": "English", "ko": "Korean"}


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation")
    parser.add_argument("--mistakes", action="store_true", help="list what came out otherwise than labelled")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/evaluation.md")
    chosen = parser.parse_args()
    reader = shipped_reader()
    scores = {
        f"{_NAMES[language]}, {half}": evaluate(reader, labelled(language, half))
        for language in LANGUAGES
        for half in HALVES
    }
    older = {_NAMES[language]: evaluate(reader, known(language)) for language in LANGUAGES}
    archive = Archive()
    told, quiet = archive.tell(archive.cases), archive.tell(archive.quiet())
    titles, moves = _titles(scores, older), _moves(archive, told, quiet)
    _say([*titles, "", *moves])
    if chosen.mistakes:
        _say(_mistakes(scores, told))
    if chosen.write:
        put("titles", titles)
        put("moves", moves)


def _titles(scores: Mapping[str, Score], older: Mapping[str, Score]) -> list[str]:
    """Return how well the titles of each half were read."""
    measures = ("precision", "recall", "primary", "tone", "flips", "event", "theme")
    rows = [[name, *(getattr(score, name) for score in scores.values())] for name in measures]
    rows.insert(2, ["F1", *(f"{score.f1:.3f}" for score in scores.values())])
    heads = ["", *(f"{name} ({score.titles})" for name, score in scores.items())]
    words = (f"{name} {one.precision.count} of {one.precision.of} names" for name, one in older.items())
    return [*table(heads, rows), "", f"Right among those that were mended before: {', '.join(words)}."]


def _moves(archive: Archive, told: list[Told], quiet: list[Told]) -> list[str]:
    """Return how the moves were told, and how strong their stories are beside decoys."""
    rows = [[kind.value, f"{share.count} of {share.of}", share] for kind, share in verdicts(told).items()]
    right = sum(one.right for one in told)
    rows.append([f"all, among {len(archive.headlines):,} headlines", f"{right} of {len(told)}", ""])
    rows.append(["the cause named, of those with a story", "", causes(told)])
    rows.append([f"{len(quiet)} quiet days tied to a story", "", linked(quiet)])
    with_story = curve([one for one in told if one.case.cause is not None])
    strengths = [
        (f"{strength:.1f}", *(f"{share:.3f}" for share in (target, decoy, still, still_decoy)))
        for (strength, target, decoy), (_, still, still_decoy) in zip(with_story, curve(quiet), strict=True)
    ]
    heads = ("Strength at least", "Moves with a story", "their decoys", "Quiet days", "their decoys")
    return [*table(("Made as", "Told so", "Share"), rows), "", *table(heads, strengths)]


def _mistakes(scores: Mapping[str, Score], told: list[Told]) -> list[str]:
    lines = [
        f"{name}: {mistake.what}: {mistake.label}, read {mistake.read}: {mistake.title}"
        for name, score in scores.items()
        for mistake in score.mistakes
    ]
    wrong = (one for one in told if not one.right)
    return lines + [f"{w.case}: {w.explanation.verdict.value}, cause {w.explanation.cause}" for w in wrong]


def _say(lines: Iterable[str]) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    main()
