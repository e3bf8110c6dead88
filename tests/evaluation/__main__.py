"""Print how well titles are linked: ``python -m tests.evaluation``."""

import sys

from tests.evaluation.linking import LANGUAGES, evaluate, shipped_linker


def main() -> None:
    """Print precision, recall and every mistake per language."""
    linker = shipped_linker()
    for language in LANGUAGES:
        score = evaluate(linker, language)
        sys.stdout.write(
            f"{language}: {score.titles} titles, precision {score.precision:.3f}, recall {score.recall:.3f}\n"
        )
        for mistake in score.mistakes:
            wrong, missed = (" ".join(sorted(ids)) or "-" for ids in (mistake.wrong, mistake.missed))
            sys.stdout.write(f"  wrong {wrong}, missed {missed}: {mistake.title}\n")


if __name__ == "__main__":
    main()
