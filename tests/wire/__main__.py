"""Serve the default world by hand: ``python -m tests.wire --port 8899 --ca-out ca.pem``."""

import argparse
import shlex
import sys
import tempfile
import threading
from pathlib import Path

from tests.wire.server import YahooServer, environment
from tests.wire.world import default_world


def main() -> None:
    """Print the environment variables to set, then serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.wire", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1 (default: any free one)")
    parser.add_argument("--ca-out", type=Path, help="where to write the authority's certificate")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bundle = chosen.ca_out.absolute() if chosen.ca_out else None
        with YahooServer(Path(folder), default_world(), port=chosen.port, bundle=bundle) as server:
            for name, value in environment(server).items():
                sys.stdout.write(f"export {name}={shlex.quote(value)}\n")
            sys.stdout.flush()
            try:
                threading.Event().wait()
            except KeyboardInterrupt:
                return


if __name__ == "__main__":
    main()
