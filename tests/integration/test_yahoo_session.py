import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.wire.server import CRUMB, Fault, YahooServer

from stackwatch.domain.errors import ProviderError
from stackwatch.providers.web.limits import Limits, TokenBucket
from stackwatch.providers.web.request_log import RequestLog
from stackwatch.providers.yahoo.session import QUERY, GuardedSession

Open = Callable[..., GuardedSession]


@pytest.fixture
def open_session(yahoo_env: dict[str, str], tmp_path: Path) -> Iterator[Open]:
    del yahoo_env
    opened: list[GuardedSession] = []

    def make(
        limits: Limits | None = None, budget: TokenBucket | None = None, log: RequestLog | None = None
    ) -> GuardedSession:
        opened.append(GuardedSession(tmp_path / "cache", limits=limits, budget=budget, log=log))
        return opened[-1]

    yield make
    for session in opened:
        session.close()


def ask(session: GuardedSession) -> object:
    return session.get_json("quote", f"{QUERY}/v7/finance/quote", {"symbols": "NVDA"})


def test_that_the_environment_alone_leads_a_fresh_process_to_the_server(
    yahoo_server: YahooServer, yahoo_env: dict[str, str], tmp_path: Path
) -> None:
    program = (
        "import sys, json\n"
        "from datetime import UTC, datetime\n"
        "from pathlib import Path\n"
        "from stackwatch.providers.yahoo.quotes import YahooQuotes\n"
        "from stackwatch.providers.yahoo.session import GuardedSession\n"
        "assert not {'yfinance', 'pandas', 'curl_cffi'} & set(sys.modules)\n"
        "class Clock:\n"
        "    def now(self): return datetime.now(UTC)\n"
        "source = YahooQuotes(GuardedSession(Path(sys.argv[1])), Clock(), {})\n"
        "print(json.dumps([q.price for q in source.quotes(['NVDA']).quotes]))\n"
    )
    yahoo_server.world.move("NVDA", -5.0)
    assert "HTTPS_PROXY" in yahoo_env
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "cache")],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
        cwd=Path(__file__).parents[2] / "desktop",
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [yahoo_server.world.listing("NVDA").price]


def test_that_cookie_and_crumb_are_fetched_once_and_sent(
    yahoo_server: YahooServer, open_session: Open
) -> None:
    session = open_session()
    ask(session)
    ask(session)
    assert yahoo_server.counts == {"cookie": 1, "crumb": 1, "quote": 2}


def test_that_a_refused_crumb_is_renewed_once(yahoo_server: YahooServer, open_session: Open) -> None:
    session = open_session()
    yahoo_server.fail("quote", Fault(status=401, body=b"{}", times=1))
    assert ask(session)
    assert yahoo_server.counts["quote"] == 2
    assert yahoo_server.counts["crumb"] == 2
    yahoo_server.fail("quote", Fault(status=401, body=b"{}"))
    with pytest.raises(ProviderError, match="answered 401 Unauthorized"):
        ask(session)
    assert yahoo_server.counts["quote"] == 4


def test_that_a_rate_limited_crumb_stops_the_request(yahoo_server: YahooServer, open_session: Open) -> None:
    session = open_session()
    yahoo_server.fail("crumb", Fault(status=429, body=b"Too Many Requests"))
    for _ in range(3):
        with pytest.raises(ProviderError) as caught:
            ask(session)
        assert caught.value.rate_limited
    assert "quote" not in yahoo_server.counts
    yahoo_server.heal()
    assert ask(session)


def test_that_a_crumb_that_is_an_error_page_heals_itself(
    yahoo_server: YahooServer, open_session: Open
) -> None:
    session = open_session()
    yahoo_server.fail("crumb", Fault(status=500, body=b"Internal Error", times=1))
    assert ask(session)


def test_that_a_blocked_cookie_host_does_not_stop_quotes(
    yahoo_server: YahooServer, open_session: Open
) -> None:
    yahoo_server.fail("cookie", Fault(drop=True))
    assert ask(open_session())
    assert yahoo_server.counts["consent"] == 3


def test_that_a_server_that_hangs_is_left_in_time(yahoo_server: YahooServer, open_session: Open) -> None:
    session = open_session(Limits(connect_seconds=1.4, total_seconds=1.5))
    ask(session)
    yahoo_server.fail("quote", Fault(hang=True))
    with pytest.raises(ProviderError, match="no answer within 2 s") as caught:
        ask(session)
    assert caught.value.offline


def test_that_cookie_and_crumb_have_the_same_time_limit(
    yahoo_server: YahooServer, open_session: Open
) -> None:
    session = open_session(Limits(connect_seconds=0.5, total_seconds=0.6))
    for endpoint in ("cookie", "consent", "crumb", "quote"):
        yahoo_server.fail(endpoint, Fault(hang=True))
    with pytest.raises(ProviderError):  # and no wait for a server that never answers
        ask(session)


def test_that_no_proxy_to_reach_means_offline(open_session: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with pytest.raises(ProviderError) as caught:
        ask(open_session())
    assert caught.value.offline
    assert "127.0.0.1" not in str(caught.value)


def test_that_a_server_nobody_vouches_for_is_not_believed(
    open_session: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, yahoo_server: YahooServer
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    with YahooServer(other) as stranger:
        bundle = str(stranger.authority.bundle)
    for name in ("SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"):
        monkeypatch.setenv(name, bundle)
    with pytest.raises(ProviderError, match="certificate that is not trusted"):
        ask(open_session())
    assert yahoo_server.counts == {}


@pytest.mark.parametrize("days", [-60, 60])
def test_that_a_clock_that_is_wrong_by_months_is_asked_about(
    open_session: Open, yahoo_server: YahooServer, days: int
) -> None:
    yahoo_server.authority.shift(timedelta(days=days))
    with pytest.raises(ProviderError, match="is the clock of this computer right") as caught:
        ask(open_session())
    assert caught.value.offline


def test_that_a_huge_answer_is_refused(yahoo_server: YahooServer, open_session: Open) -> None:
    yahoo_server.fail("quote", Fault(body=b" " * 50_000_000))
    with pytest.raises(ProviderError, match="longer than 20 MB"):
        ask(open_session())


def test_that_a_closed_session_refuses_at_once(yahoo_server: YahooServer, open_session: Open) -> None:
    unused, used = open_session(), open_session()
    ask(used)
    seen = yahoo_server.counts
    for session in (unused, used):
        session.close()
        with pytest.raises(ProviderError, match="closing"):
            ask(session)
    assert yahoo_server.counts == seen


def test_that_closing_frees_a_request_that_waits_for_the_budget(open_session: Open) -> None:
    session = open_session(budget=TokenBucket(3, 0.01, max_wait=1000))
    ask(session)
    caught: list[ProviderError] = []

    def wait() -> None:
        try:
            ask(session)
        except ProviderError as error:
            caught.append(error)

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    session.close()
    waiting.join(5)
    assert ["closing" in str(error) for error in caught] == [True]


def test_that_the_budget_refuses_instead_of_queueing_for_ever(
    yahoo_server: YahooServer, open_session: Open
) -> None:
    session = open_session(budget=TokenBucket(3, 0.01, max_wait=0.1))
    ask(session)
    with pytest.raises(ProviderError, match="budget") as caught:
        ask(session)
    assert caught.value.rate_limited
    assert yahoo_server.counts["quote"] == 1


def test_that_the_bucket_fills_with_time_and_not_above_its_size() -> None:
    now = [0.0]
    bucket = TokenBucket(2, 1.0, max_wait=1.5, clock=lambda: now[0])
    assert [bucket.take(), bucket.take(), bucket.take()] == [0.0, 0.0, 1.0]
    with pytest.raises(ProviderError):
        bucket.take()
    now[0] = 1000.0
    assert [bucket.take(), bucket.take(), bucket.take()] == [0.0, 0.0, 1.0]


def test_that_threads_share_one_cookie_and_crumb(yahoo_server: YahooServer, open_session: Open) -> None:
    session = open_session()
    answers: list[object] = []
    threads = [threading.Thread(target=lambda: answers.append(ask(session))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(answers) == 6
    assert yahoo_server.counts == {"cookie": 1, "crumb": 1, "quote": 6}


def test_that_the_crumb_never_shows_in_a_message(yahoo_server: YahooServer, open_session: Open) -> None:
    session = open_session()
    ask(session)
    yahoo_server.fail("quote", Fault(status=500, body=b""))
    with pytest.raises(ProviderError) as caught:
        ask(session)
    assert CRUMB not in str(caught.value)


@pytest.mark.parametrize("status", [429, 503])
def test_that_a_server_that_asks_to_be_left_alone_is_left_alone_whatever_for(
    yahoo_server: YahooServer, open_session: Open, tmp_path: Path, status: int
) -> None:
    now = [1_000_000.0]
    file = tmp_path / "requests.json"
    session = open_session(log=RequestLog(file, clock=lambda: now[0]))
    ask(session)
    yahoo_server.fail("quote", Fault(status=status, headers=(("Retry-After", "600"),)))
    with pytest.raises(ProviderError) as caught:
        ask(session)
    assert (caught.value.rate_limited, caught.value.retry_after) == (True, 600.0)
    yahoo_server.heal()
    asked = yahoo_server.counts["quote"]
    now[0] += 599.5
    with pytest.raises(ProviderError, match=f"chart: answered {status}") as caught:
        session.get_json("chart", f"{QUERY}/v8/finance/chart/NVDA", {})
    assert caught.value.retry_after == 1.0
    assert "chart" not in yahoo_server.counts
    session.close()
    session = open_session(log=RequestLog(file, clock=lambda: now[0]))  # the program was started again
    with pytest.raises(ProviderError, match=f"quote: answered {status}"):
        ask(session)
    assert yahoo_server.counts["quote"] == asked
    now[0] += 1.0
    assert ask(session)
    assert yahoo_server.counts["quote"] > asked
