"""The proxy that the settings of Windows or macOS name; curl knows the environment's alone."""

import sys
from urllib.request import getproxies, getproxies_environment, proxy_bypass

_ASKED = ("win32", "darwin")  # elsewhere only the environment says it


def system_proxy(host: str) -> str | None:
    """Return the proxy that leads to a host; None where there is none, or where the environment names one.

    Read anew each time, which costs microseconds: a laptop comes to networks with and without one.
    """
    if sys.platform not in _ASKED or not {"http", "https", "all"}.isdisjoint(getproxies_environment()):
        return None
    return None if proxy_bypass(host) else getproxies().get("https")
