"""What is wrong with a file of the user's, in Korean: each English sentence of a refusal has its own here.

A refusal is where (``file: line 3: layer gpus``), what is wrong, and at times what follows from it.
"""

import re
from functools import cache

_WHERE = (
    (r"line (\d+)", r"\1번째 줄"),
    (r"layer (.+)", r"분야 \1"),
    (r"rule (.+)", r"규칙 \1"),
    (r"condition (\d+)", r"\1번째 조건"),
    (r"alias (.+)", r"표기 \1"),
    (r"exposure (\d+)", r"\1번째 연결"),
    (r"private", "비상장"),
)
_AFTER = {
    "The link was not changed": "연결은 바꾸지 않았습니다",
    "{} was not deleted": "{0}: 삭제하지 않았습니다",
    "This rule is left out, the others work": "이 규칙만 빼고 나머지는 작동합니다",
}
SYSTEM_REASONS = {  # the system's own reasons, which come in parentheses
    "Permission denied": "권한 없음",
    "No such file or directory": "파일이나 폴더 없음",
    "No space left on device": "디스크가 가득 참",
    "Read-only file system": "읽기 전용",
    "Is a directory": "폴더임",
    "Not a regular file": "일반 파일이 아님",
    "File is not a zip file": ".zip이 아님",
    "Not a directory": "폴더가 아님",
    "File exists": "이미 있음",
    "database is locked": "다른 프로그램이 쓰는 중",
    "database or disk is full": "디스크가 가득 참",
    "attempt to write a readonly database": "읽기 전용",
    "disk I/O error": "디스크 오류",
    "unable to open database file": "데이터베이스 파일을 열 수 없음",
}
_WHAT = {
    "cannot be read ({})": "읽지 못했습니다({0})",
    "cannot be read and is kept as {}": "읽지 못해 {0} 이름으로 옮겨 두었습니다",
    "cannot be written ({})": "쓰지 못했습니다({0})",
    "cannot be removed ({})": "지우지 못했습니다({0})",
    "the data folder cannot be made ({})": "데이터 폴더를 만들지 못했습니다({0})",
    "the data folder cannot be read ({})": "데이터 폴더를 읽지 못합니다({0})",
    "the data folder cannot be written ({})": "데이터 폴더에 쓰지 못합니다({0})",
    "a file stands where the data folder should be": "데이터 폴더 자리에 파일이 있습니다",
    "the store cannot be opened ({})": "저장소를 열지 못했습니다({0})",
    "the store cannot be written ({})": "저장소에 쓰지 못했습니다({0})",
    "the store cannot be read ({})": "저장소를 읽지 못했습니다({0})",
    "the store is damaged and cannot be set aside ({})": "손상된 저장소를 옮겨 두지 못했습니다({0})",
    "a {} cannot be stored ({})": "{0} 값을 저장하지 못했습니다({1})",
    (
        "written by a newer Stackwatch (schema {}, this program knows {}); update the program or choose "
        "another --data-dir"
    ): (
        "더 새로운 Stackwatch가 쓴 저장소입니다(구조 {0}판, 이 프로그램은 {1}판까지). 프로그램을 새 버전으로 "
        "바꾸거나 다른 --data-dir을 쓰세요"
    ),
    "the folder does not exist": "폴더가 없습니다",
    "the picture could not be written": "그림을 저장하지 못했습니다",
    (
        "Stackwatch is open already and does not answer. Close it, or end it with the system's task "
        "manager, and start it again"
    ): (
        "Stackwatch가 이미 열려 있지만 응답하지 않습니다. 닫거나 시스템의 작업 관리자로 끝내고 다시 "
        "시작하세요"
    ),
    "{} rules; expected one [[rule]]": "규칙이 {0}개입니다. [[rule]] 하나여야 합니다",
    "the store cannot be {} ({}); alerts wait in memory and are shown once they are stored": (
        "저장소를 쓰지 못했습니다({1}). 알림은 메모리에서 기다리다가 저장되면 표시됩니다"
    ),
    "Everything that waited is stored": "기다리던 것을 모두 저장했습니다",
    "byte {} is not UTF-8 text": "UTF-8 글이 아닙니다(바이트 {0})",
    "neither UTF-8 nor CP949 text": "UTF-8이나 CP949로 된 글이 아닙니다",
    "not valid TOML: {}": "TOML 형식이 아닙니다({0})",
    "nested too deeply; expected a file written by a person": (
        "너무 깊이 중첩되어 있습니다. 사람이 쓴 파일이어야 합니다"
    ),
    "larger than {} bytes; expected a file written by a person": (
        "{0}바이트보다 큽니다. 사람이 쓴 파일이어야 합니다"
    ),
    "larger than {} bytes; expected a list of names": "{0}바이트보다 큽니다. 종목 목록이어야 합니다",
    "version is {}, this program reads version {}; a newer Stackwatch wrote this file": (
        "버전이 {0}인데 이 프로그램은 버전 {1}까지 읽습니다. 더 새로운 Stackwatch가 쓴 파일입니다"
    ),
    "`{}` is no [[{}]]": "`{0}` 항목은 [[{1}]] 표가 아닙니다",
    "{} {}s; at most {} are read": "{1} 표가 {0}개입니다. {2}개까지만 읽습니다",
    "not every {} is written as a [[{}]] table; change them by hand": (
        "[[{1}]] 표로 쓰지 않은 {0} 항목이 있습니다. 직접 고쳐 주세요"
    ),
    "rule {} is given twice; each may be given once": (
        "규칙 {0} 항목이 두 번 있습니다. 한 번만 쓸 수 있습니다"
    ),
    "{} {} is given twice; each may be given once": "{0} {1} 항목이 두 번 있습니다. 한 번만 쓸 수 있습니다",
    "{} stands in the list twice": "{0}: 목록에 두 번 있음",
    "{} is not a known instrument; expected a symbol of instruments.toml": (
        "모르는 종목 {0}. instruments.toml에 있는 종목이어야 합니다"
    ),
    "benchmark {} is not a known instrument; expected a symbol of instruments.toml": (
        "모르는 비교 지수 {0}. instruments.toml에 있는 종목이어야 합니다"
    ),
    "benchmark {} is not a known instrument": "모르는 비교 지수 {0}",
    "benchmark {} is not known": "모르는 비교 지수 {0}",
    "timezone {} is no IANA zone; expected one such as America/New_York": (
        "시간대 {0}: 없는 이름입니다. America/New_York처럼 써 주세요"
    ),
    "{} is not a known id; expected an id of private.toml": (
        "모르는 id {0}. private.toml에 있는 id여야 합니다"
    ),
    "{} is neither a known symbol nor a private id": "{0}: 아는 종목도 비상장 id도 아닙니다",
    "{} cannot be exposed to itself": "{0}: 자기 자신과는 연결할 수 없습니다",
    "date {} does not exist": "없는 날짜 {0}",
    "until {} lies before {}": "끝나는 날 {0}: {1}보다 앞섭니다",
    "policy context needs at least one context word": (
        "policy context에는 함께 있어야 할 단어가 하나 이상 필요합니다"
    ),
    "a single letter needs policy context, with words beside it": (
        "한 글자는 policy context와 함께 나올 단어가 필요합니다"
    ),
    "a single letter belongs into aliases.toml, with policy context and words beside it": (
        "한 글자는 aliases.toml에 policy context와 함께 나올 단어를 넣어 써야 합니다"
    ),
    "policy block is a table of its own; expected [[block]]": (
        "policy block은 따로 [[block]] 표로 써야 합니다"
    ),
    "{} is no symbol of an exchange that the program knows": "{0}: 아는 거래소의 종목이 아님",
    "{} is no known private company": "{0}: 모르는 비상장 이름",
    "spelling {} is taken": "표기 {0}: 다른 이름이 이미 씀",
    "at most {} names are read": "{0}개까지만 읽음",
    "an empty cell": "빈 칸",
    "not a row of a table ({})": "표의 행이 아님({0})",
    "holds no name that can be used": "쓸 수 있는 종목이 없습니다",
    "holds no name that can be used; line {}: {}": "쓸 수 있는 종목이 없습니다({0}번째 줄: {1})",
    "expected a name that ends in {} or {}": "파일 이름이 {0}, {1} 중 하나로 끝나야 합니다",
    "expected a name that ends in {}": "파일 이름이 {0} 중 하나로 끝나야 합니다",
    "the list cannot be written there; change it by hand": (
        "목록을 그 파일에 쓸 수 없습니다. 직접 고쳐 주세요"
    ),
    "comes with Stackwatch and cannot be deleted": "기본 목록이라 삭제할 수 없습니다",
    "{} could not be written there yet": "{0} 항목을 아직 그 파일에 쓰지 못했습니다",
    "the link of {} was changed there since it was read": (
        "{0} 사이의 연결이 읽은 뒤에 그 파일에서 바뀌었습니다"
    ),
    "There is no place for lists here": "여기에는 목록을 둘 곳이 없습니다",
    "There is no file for rules here": "여기에는 규칙 파일이 없습니다",
    "there is no rule {}": "규칙 {0}: 없습니다",
    "there is a rule {} again; the deleted one was not put back": (
        "규칙 {0}: 그 사이에 다시 생겨서 삭제한 규칙을 되돌리지 않았습니다"
    ),
    "changed or deleted elsewhere meanwhile; it stays so": (
        "그 사이 다른 곳에서 바뀌거나 삭제되어 그대로 두었습니다"
    ),
    "severity {}; expected one of {}": "중요도 {0}: {1} 중 하나여야 합니다",
    "join without conditions; expected at least one [[rule.condition]]": (
        "조건 없이 join만 있습니다. [[rule.condition]]이 하나 이상 있어야 합니다"
    ),
    "no threshold; kind {} needs one above 0": "기준값이 없습니다. {0}에는 0보다 큰 기준값이 필요합니다",
    "expires {}; expected a day such as 2025-07-22, or {}": (
        "만료 {0}: 2025-07-22 같은 날짜나 {1} 중 하나여야 합니다"
    ),
    "expires = {} counts from created; expected created, such as 2025-07-22": (
        "만료 {0}: created부터 셉니다. 2025-07-22처럼 created를 써 주세요"
    ),
    "created {} leaves no room for {}": "created {0}: {1}까지의 날짜를 셀 수 없습니다",
    "snoozed_until needs its zone, such as 2025-07-22T14:30:00Z": (
        "snoozed_until에는 2025-07-22T14:30:00Z처럼 시간대가 필요합니다"
    ),
    "no name; expected a few words": "이름이 없습니다. 몇 글자라도 적어 주세요",
    "{} is {}; expected a finite number": "{0} 값 {1}: 유한한 숫자여야 합니다",
    "kind {} is about a {}, not a {}": "조건 {0}의 대상: {1}. {2} 대상으로는 쓸 수 없습니다",
    'escalate_step needs one unit, so it cannot stand beside join = "any"': (
        'join = "any"이면 단위가 달라 escalate_step을 쓸 수 없습니다'
    ),
    "kind {} is about a share, and this rule is about a {}": (
        "조건 {0}의 대상은 종목인데 이 규칙의 대상은 {1}입니다"
    ),
    "kind {} needs about": "조건 {0}에는 about이 필요합니다",
    "threshold {}; expected a number above 0, the direction says which way": (
        "기준값 {0}: 0보다 커야 하고, 방향은 direction으로 고릅니다"
    ),
    "{} up or down; expected direction up or down": "direction은 up이나 down이어야 합니다",
    "kind {} has no direction; expected either, or no direction": (
        "조건 {0}에는 방향이 없습니다. either로 하거나 빼 주세요"
    ),
    "since is for kind percent-move only, not {}": "since는 percent-move에만 씁니다({0}에는 쓰지 않음)",
    'since = "minutes" needs minutes, such as minutes = 10': (
        'since = "minutes"에는 minutes = 10처럼 몇 분인지 필요합니다'
    ),
    'minutes are for news, and for a percent move with since = "minutes"': (
        'minutes는 뉴스 조건과 since = "minutes"인 등락률에만 씁니다'
    ),
    "themes and words are for kind story only, not {}": "주제와 단어는 story에만 씁니다({0}에는 쓰지 않음)",
    "at most {} words of {} letters": "단어는 {0}개, 각 {1}자까지입니다",
    "about is for news, layers and private entities, not {}": (
        "about은 뉴스, 분야, 비상장 조건에만 씁니다({0}에는 쓰지 않음)"
    ),
    "about {} is not known": "모르는 대상 {0}",
    "{} {} is not known": "모르는 대상 {1}({0})",
    "quiet_from and quiet_to belong together, such as 22:00:00 and 07:00:00": (
        "quiet_from과 quiet_to는 22:00:00과 07:00:00처럼 함께 써야 합니다"
    ),
    "home_currency {}; expected one of {}": "home_currency {0}: {1} 중 하나여야 합니다",
    "the settings could not be written as they are; nothing was changed": (
        "설정을 그대로 쓸 수 없어 아무것도 바꾸지 않았습니다"
    ),
    "not a backup of Stackwatch; expected a .zip that it exported": (
        "Stackwatch의 백업이 아닙니다. 내보낸 .zip이어야 합니다"
    ),
    "not a backup of Stackwatch that can be read ({})": "읽을 수 있는 Stackwatch 백업이 아닙니다({0})",
    "holds more than {} files; expected a .zip as it was exported": (
        "파일이 {0}개보다 많습니다. 내보낸 그대로의 .zip이어야 합니다"
    ),
    "encrypted; expected a .zip as it was exported": (
        "암호가 걸려 있습니다. 내보낸 그대로의 .zip이어야 합니다"
    ),
    "compressed otherwise; expected a .zip as it was exported": (
        "압축 방식이 다릅니다. 내보낸 그대로의 .zip이어야 합니다"
    ),
    "{} does not belong into a backup": "백업에 있을 수 없는 파일 {0}",
    "{} is larger than {} bytes": "{0}: {1}바이트보다 큽니다",
    "its database cannot be read ({})": "데이터베이스를 읽지 못했습니다({0})",
    "its database is damaged ({})": "데이터베이스가 손상되어 있습니다({0})",
    "its database has schema {}; this version knows up to {}": (
        "데이터베이스 구조가 {0}판입니다. 이 버전은 {1}판까지 압니다"
    ),
    "the backup could not be written ({})": "백업을 쓰지 못했습니다({0})",
    "the backup could not be put in place ({}); it is tried again at the next start": (
        "백업을 제자리에 놓지 못했습니다({0}). 다음 시작 때 다시 시도합니다"
    ),
    # What the reader of TOML says of a value.
    "Object contains unknown field `{}`": "모르는 항목 `{0}`",
    "Object missing required field `{}`": "필요한 항목 `{0}` 없음",
    "Expected `{}`, got `{}`": "`{0}` 값이어야 하는데 `{1}` 값입니다",
    "Expected `{}` of length {}": "`{0}` 값의 길이가 맞지 않습니다(조건: {1})",
    "Expected `{}` matching regex {}": "`{0}` 값은 {1} 꼴이어야 합니다",
    "Expected `{}` {}": "`{0}` 값의 범위가 맞지 않습니다(조건: {1})",
    "Invalid enum value {}; expected one of {}": "쓸 수 없는 값 {0}: {1} 중 하나여야 합니다",
    "not a time; expected one such as {}": "시각이 아닙니다. {0}처럼 적어 주세요",
    "not a day; expected one such as {}": "날짜가 아닙니다. {0}처럼 적어 주세요",
    "Invalid {}": "잘못된 값({0})",
}


@cache
def _pattern(template: str) -> re.Pattern[str]:
    """Return what matches a sentence; where a value begins it, none may hold the colon after a place."""
    value = "((?:(?!: ).)+?)" if template.startswith("{}") else "(.+?)"
    return re.compile(value.join(map(re.escape, template.split("{}"))))


def fault_words(said: str) -> str | None:
    """Return a refusal in Korean, None for one that has no words of its own."""
    said = said.removesuffix(".")
    for english, korean in _AFTER.items():
        head, stop, tail = said.rpartition(". ")
        if stop and (found := _pattern(english).fullmatch(tail)) is not None:
            told = fault_words(head)
            return None if told is None else f"{told}. {korean.format(*found.groups())}."
    value, at, place = said.partition(" - at ")
    if at and (told := fault_words(value)) is not None:
        return f"{told} (위치 {place})"
    for english, korean in _WHAT.items():
        if (found := _pattern(english).fullmatch(said)) is not None:
            return korean.format(*map(_value, found.groups()))
    where, colon, rest = said.partition(": ")
    if colon and (told := fault_words(rest)) is not None:
        return f"{_where(where)}: {told}"
    return None


def _value(words: str) -> str:
    """Return a value as it is, or a reason inside a sentence in Korean."""
    return SYSTEM_REASONS.get(words) or fault_words(words) or words


def _where(words: str) -> str:
    found = ((re.fullmatch(pattern, words), korean) for pattern, korean in _WHERE)
    return next((match.expand(korean) for match, korean in found if match is not None), words)
