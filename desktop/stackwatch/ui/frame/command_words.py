"""What else commands of the window are called."""

_THEME = "theme appearance 테마 화면 모드"
_PALETTE = "colors colours palette 색상 색깔 팔레트"
_LANGUAGE = "language 언어 말"
_PAUSE = "mute silence snooze do not disturb notifications quiet 음소거 방해 금지 무음 알림 끄기"

ALSO = {
    "New alert": "alarm notify add rule create 알람 규칙 추가 만들기",
    "Refresh quotes and headlines": "reload update 업데이트 갱신 다시 불러오기",
    "Show or hide the alerts": "inbox notifications 받은 알림 목록",
    "Export the alerts": "save csv json download 저장 내려받기",
    "Daily briefing as a file": "report summary pdf html markdown export 보고서 리포트 요약 내보내기",
    "Watch a documented day again": "replay demo 리플레이 재생 데모",
    "Pause popups for 1 hour": _PAUSE,
    "Pause popups until tomorrow": _PAUSE,
    "Show popups again": "unmute resume notifications 음소거 해제 알림 켜기",
    "Back to the name seen before": "previous history last 뒤로 이전 히스토리",
    "Forward to the name seen after it": "next history 앞으로 다음",
    "To the chart": "graph candles 그래프 봉",
    "Settings": "preferences options configuration text size font zoom sound feeds sources"
    " quiet hours backup version about licence 환경설정 옵션 글꼴 글자 크기 소리 출처 백업 버전 정보",
    "Keyboard": "shortcuts hotkeys keys help manual 키보드 도움말 사용법",
    "Full screen": "maximize presentation 최대화",
    "Quit": "exit close leave 종료 나가기 닫기",
    "List": "watchlist quotes table 관심 종목 시세 표",
    "Heat map": "treemap tiles 트리맵 지도",
    "Exposure map": "network graph links 노출 관계 네트워크",
    "Headlines": "news feed stories articles 소식 기사",
    "Rules": "alarms conditions triggers 알람 조건",
    "Columns": "fields show hide 컬럼 항목",
    "Fold every layer": "collapse 닫기",
    "Unfold every layer": "expand 열기",
    "Lists: new list, duplicate, rename": "watchlist create delete switch 관심 종목 만들기 삭제 바꾸기",
    "Import a list": "load csv tradingview yahoo watchlist 불러오기 열기 관심 종목",
    "Export this list": "save csv tradingview watchlist 저장 관심 종목",
    "My own order": "sort unsorted reset 정렬 해제 초기화",
    "Follow the system": _THEME,
    "Light": f"light mode day {_THEME} 라이트 모드 주간",
    "Dark": f"dark mode night {_THEME} 다크 모드 야간",
    "Up green, down red": _PALETTE,
    "Up red, down blue": _PALETTE,
    "Up blue, down orange": f"colour blind color blind colour-blind color-blind {_PALETTE} 색각 색맹",
    "English": _LANGUAGE,
    "Korean 한국어": _LANGUAGE,
    "Back to live prices": "exit leave replay real time 종료 나가기 라이브",
}
"""By the English name of a command, what other programs call it, in both languages."""
