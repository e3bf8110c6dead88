"""Print how well titles are read and moves are explained: ``python -m tests.evaluation [--mistakes]``.

With ``--mistakes`` every title and move that came out otherwise than labelled is listed too; those of the
held-out half are for counting, not for mending.
"""

import sys

from tests.evaluation.labels import HALVES, LANGUAGES, known, labelled
from tests.evaluation.linking import Score, evaluate, shipped_reader
from tests.evaluation.moves import Archive, Told, causes, curve, linked, verdicts


def main() -> None:
    """Print the whole table."""
    listed = "--mistakes" in sys.argv[1:]
    reader = shipped_reader()
    for language in LANGUAGES:
        for half in HALVES:
            score = evaluate(reader, labelled(language, half))
            _say(f"{language}, {half}: {score.titles} titles")
            _say_score(score, listed=listed)
        older = evaluate(reader, known(language))
        _say(
            f"{language}, mended before: {older.titles} titles, {older.precision} right, {older.recall} found"
        )
    archive = Archive()
    told = archive.tell(archive.cases)
    quiet = archive.tell(archive.quiet())
    _say_moves(archive, told, quiet)
    if listed:
        for one in told:
            if not one.right:
                _say(f"  {one.case}: {one.explanation.verdict.value}, cause {one.explanation.cause}")


def _say_score(score: Score, *, listed: bool) -> None:
    _say(f"  precision {score.precision}, recall {score.recall}, F1 {score.f1:.3f}")
    _say(f"  primary   {score.primary}, event {score.event}")
    _say(f"  tone      {score.tone}, flips {score.flips}")
    for mistake in score.mistakes if listed else ():
        _say(f"    {mistake.what}: {mistake.label}, read {mistake.read}: {mistake.title}")


def _say_moves(archive: Archive, told: list[Told], quiet: list[Told]) -> None:
    right = sum(one.right for one in told)
    _say(f"moves: {len(told)} among {len(archive.headlines):,} headlines, verdict right {right}")
    for kind, share in verdicts(told).items():
        _say(f"  {kind.value:<22} {share.count} of {share.of}  {share}")
    _say(f"  cause right {causes(told)}; quiet days tied to a story {linked(quiet)}")
    with_story = [one for one in told if one.case.cause is not None]
    _say("  strength at least: moves with a story, their decoys, quiet days, their decoys")
    for (strength, target, decoy), (_, still, still_decoy) in zip(
        curve(with_story), curve(quiet), strict=True
    ):
        _say(f"  {strength:.1f}: {target:.3f} {decoy:.3f} {still:.3f} {still_decoy:.3f}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
