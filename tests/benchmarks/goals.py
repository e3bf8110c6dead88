"""What each figure should be, and what others measured beside: 2 cores, medians, as the goals were set."""

from typing import NamedTuple


class Goal(NamedTuple):
    """A goal in words, and what a floor or peers need."""

    goal: str
    others: str = ""


GOALS: dict[str, dict[str, Goal]] = {
    "first_paint": {
        "first_paint_s": Goal("below every peer", "vnpy 0.594, finplot 0.438-0.552, mplfinance 1.442"),
        "ratio": Goal("<= 2.0", "vnpy 4.6, finplot 3.4-4.3"),
        "cold_s": Goal("below every peer", "vnpy 0.949, finplot 0.72-0.88"),
        "cold_ratio": Goal("", "vnpy 3.6, finplot 2.7-3.3"),
        "chart_ratio": Goal("<= 1.2"),
    },
    "memory": {
        "after_3_s_mb": Goal("<= 190", "bare tree 58, vnpy 152, finplot 132-156, lightweight-charts 592"),
        "growth_pct": Goal("< 5"),
    },
    "idle": {"closed_core_share_pct": Goal("< 0.3", "vnpy 0.03"), "closed_wakeups_per_s": Goal("< 5")},
    "ticks": {
        "84x10_cpu_pct": Goal("<= 10", "Qt floor 4.6, vnpy 102, naive model 19"),
        "84x10_late_p95_ms": Goal("<= 1.5", "Qt floor 0.4, vnpy 5.4, naive model 3.9"),
        "84x10_tick_to_list_p95_ms": Goal("<= 40", "33 at 30 Hz; vnpy 7 at a full core"),
        "84x10_alert_on_disk_ms": Goal("<= 5"),
        "84x10_alert_on_screen_ms": Goal("<= 100"),
        "500x20_cpu_pct": Goal("<= 20", "vnpy saturates"),
        "500x20_late_p95_ms": Goal("<= 3"),
        "500x20_ticks_per_s": Goal("10,000: none lost"),
    },
    "watchlist": {
        "500x20_core_share_pct": Goal("< 20"),
        "500x20_late_p95_ms": Goal("< 3"),
    },
    "chart": {
        "1260_build_ms": Goal("<= 30", "pyqtgraph in QPicture style 88"),
        "1260_frame_ms": Goal("<= 4", "10.7"),
        "100000_build_ms": Goal("<= 150", "1,050"),
        "100000_frame_ms": Goal("<= 8", "168"),
    },
    "link": {
        "linker_per_s": Goal(">= 100,000", "naive expressions 15,000"),
        "many_linker_per_s": Goal(">= 100,000"),
    },
    "headlines": {"day_into_store_per_s": Goal(">= 5,000"), "one_explained_ms": Goal("< 2")},
    "explain": {"beyond_imports_s": Goal("<= 0.2"), "explain_s": Goal("< 0.5")},
    "refresh": {
        "quote_requests": Goal("2", "fast_info 41-80, download 40-82"),
        "cpu_ms": Goal("< 150", "fast_info 7,000"),
    },
    "rules": {
        "evaluate_batch_ms": Goal("<= 0.3", "numpy 0.16"),
        "preview_ms": Goal(
            "<= 2 x floor", "floor 2.7 when the goal was set; backtesting.py 1,409, vectorbt 14"
        ),
    },
    "previews": {"news_first_ms": Goal("<= 300"), "sar_first_ms": Goal("<= 300")},
    "anomalies": {
        "judge_ms": Goal("<= 2 x floor", "floor 27 when the goal was set; WhyMove's detector 5,373"),
        "ratio_to_floor": Goal("<= 2", "WhyMove's detector: 199 x floor"),
    },
    "peers_start": {
        f"{peer}_times": Goal("> 1")
        for peer in (
            "vnpy",
            "finplot_list",
            "mplfinance_list",
            "lightweight_list",
            "cold_vnpy",
            "cold_finplot",
        )
    },
    "peers_ticks": {
        "84x10_vnpy_cpu_pct_times": Goal(">= 10"),
        "84x10_vnpy_gathered_cpu_pct_times": Goal(">= 10"),
    },
    "growth": {"names_500_to_84": Goal("flat: 1"), "days_100_to_1": Goal("flat: 1")},
}
