"""The proxy that the environment, or the settings of Windows or macOS, name; curl knows the former alone."""

import sys
from urllib.request import getproxies, getproxies_environment, proxy_bypass

_ASKED = ("win32", "darwin")  # elsewhere only the environment says it


def proxy_to(host: str) -> str | None:
    """Return the proxy that leads to a host securely, from wherever it is named; None where there is none.

    Written without a scheme, as many are and curl allows, it speaks HTTP.
    """
    if proxy_bypass(host):
        return None
    proxies = getproxies()
    proxy = proxies.get("https") or proxies.get("all")
    return proxy if proxy is None or "://" in proxy else f"http://{proxy}"


def system_proxy(host: str) -> str | None:
    """Return the proxy that leads to a host; None where there is none, or where the environment names one.

    Read anew each time, which costs microseconds: a laptop comes to networks with and without one.
    """
    if sys.platform not in _ASKED or not {"http", "https", "all"}.isdisjoint(getproxies_environment()):
        return None
    return None if proxy_bypass(host) else getproxies().get("https")
