"""``explain`` from a cold command on an archive."""

from tests.benchmarks.archive import fill
from tests.benchmarks.setting import UNREACHABLE, folder, python

DESCRIPTION = (
    "explain NVDA --on a day of an archive of 150 names x 2 years and 15,000 headlines, as a process"
)
_IMPORTS = "import stackwatch.cli, stackwatch.commands.explain"


def run() -> dict[str, float]:
    with folder() as data:
        fill(data)
        arguments = (
            "-m",
            "stackwatch",
            "--data-dir",
            str(data),
            "explain",
            "NVDA",
            "--on",
            "2026-03-10",
            "--json",
        )
        python(*arguments, env=UNREACHABLE)  # once for the file cache
        _, own = python(*arguments, env=UNREACHABLE)
        _, imports = python("-c", _IMPORTS)
        _, numpy = python("-c", "import numpy")
    return {
        "explain_s": own,
        "imports_s": imports,
        "beyond_imports_s": own - imports,
        "numpy_alone_s": numpy,
        "ratio_to_imports": own / imports,
    }
