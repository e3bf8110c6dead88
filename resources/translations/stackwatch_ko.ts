<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
  <context>
    <name>AboutPage</name>
    <message>
      <source>About</source>
      <translation>정보</translation>
    </message>
    <message>
      <source>Data folder</source>
      <translation>데이터 폴더</translation>
    </message>
    <message>
      <source>Licence</source>
      <translation>라이선스</translation>
    </message>
    <message>
      <source>Nothing leaves this computer except requests for market data and headlines. A record of moves and news, not advice.</source>
      <translation>시장 데이터와 뉴스 요청 외에는 아무것도 밖으로 보내지 않습니다. 등락과 소식의 기록이며 투자 조언이 아닙니다.</translation>
    </message>
    <message>
      <source>Parts and their licences</source>
      <translation>구성 요소와 라이선스</translation>
    </message>
    <message>
      <source>Version</source>
      <translation>버전</translation>
    </message>
  </context>
  <context>
    <name>AdvancedPage</name>
    <message>
      <source>A backup from {time}.</source>
      <translation>{time}에 저장한 백업입니다.</translation>
    </message>
    <message>
      <source>Advanced</source>
      <translation>고급</translation>
    </message>
    <message>
      <source>Backup</source>
      <translation>백업</translation>
    </message>
    <message>
      <source>Backup (*.zip)</source>
      <translation>백업 (*.zip)</translation>
    </message>
    <message>
      <source>Close Stackwatch and start it again to use it. The present state is in {name}.</source>
      <translation>Stackwatch를 닫고 다시 시작하면 적용됩니다. 지금 상태는 {name}에 있습니다.</translation>
    </message>
    <message>
      <source>Data folder</source>
      <translation>데이터 폴더</translation>
    </message>
    <message>
      <source>From {least} to {most}</source>
      <translation>{least}부터 {most}까지</translation>
    </message>
    <message>
      <source>It removes: {files}.</source>
      <translation>없어지는 파일: {files}.</translation>
    </message>
    <message>
      <source>It replaces: {files}.</source>
      <translation>바뀌는 파일: {files}.</translation>
    </message>
    <message>
      <source>Logs</source>
      <translation>로그</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>열기</translation>
    </message>
    <message>
      <source>Replace at the next start</source>
      <translation>다음 시작 때 바꾸기</translation>
    </message>
    <message>
      <source>Requests an hour</source>
      <translation>시간당 요청</translation>
    </message>
    <message>
      <source>Restore a backup</source>
      <translation>백업 복원</translation>
    </message>
    <message>
      <source>Restore…</source>
      <translation>복원…</translation>
    </message>
    <message>
      <source>Save a backup</source>
      <translation>백업 저장</translation>
    </message>
    <message>
      <source>Save a backup…</source>
      <translation>백업 저장…</translation>
    </message>
    <message>
      <source>What cannot be read is left out: {faults}.</source>
      <translation>읽지 못해 쓰지 않는 것: {faults}.</translation>
    </message>
    <message>
      <source>What is there now is kept as a .zip beside it.</source>
      <translation>지금 것은 옆에 .zip으로 보관합니다.</translation>
    </message>
    <message>
      <source>Working…</source>
      <translation>처리 중…</translation>
    </message>
    <message>
      <source>at most, from every source together</source>
      <translation>모든 출처를 합친 상한</translation>
    </message>
    <message>
      <source>lists, rules, settings, alerts and stored prices as one .zip</source>
      <translation>목록·규칙·설정·알림·저장된 가격을 .zip 하나로</translation>
    </message>
    <message>
      <source>{count} files were written to {name}</source>
      <translation>파일 {count}개를 {name}에 저장했습니다</translation>
    </message>
  </context>
  <context>
    <name>AlertMenu</name>
    <message>
      <source>Copy text</source>
      <translation>내용 복사</translation>
    </message>
    <message>
      <source>Edit the rule</source>
      <translation>규칙 편집</translation>
    </message>
    <message>
      <source>End the snooze</source>
      <translation>미루기 끝내기</translation>
    </message>
    <message>
      <source>Mark seen</source>
      <translation>확인 표시</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>열기</translation>
    </message>
    <message>
      <source>Snooze</source>
      <translation>미루기</translation>
    </message>
  </context>
  <context>
    <name>AlertsPage</name>
    <message>
      <source>Alert and above</source>
      <translation>경고 이상</translation>
    </message>
    <message>
      <source>Alerts</source>
      <translation>알림</translation>
    </message>
    <message>
      <source>Every alert</source>
      <translation>모든 알림</translation>
    </message>
    <message>
      <source>Every popup</source>
      <translation>모든 팝업</translation>
    </message>
    <message>
      <source>Off</source>
      <translation>끔</translation>
    </message>
    <message>
      <source>Pop up</source>
      <translation>팝업 기준</translation>
    </message>
    <message>
      <source>Quiet from</source>
      <translation>방해 금지 시작</translation>
    </message>
    <message>
      <source>Quiet hours</source>
      <translation>방해 금지 시간</translation>
    </message>
    <message>
      <source>Quiet to</source>
      <translation>방해 금지 끝</translation>
    </message>
    <message>
      <source>Severe only</source>
      <translation>심각한 알림만</translation>
    </message>
    <message>
      <source>Sound</source>
      <translation>소리</translation>
    </message>
    <message>
      <source>Stay in the tray</source>
      <translation>트레이에 남기기</translation>
    </message>
    <message>
      <source>a rule may be silent by itself: its editor has a switch for it</source>
      <translation>규칙마다 편집 화면에서 소리를 끌 수 있음</translation>
    </message>
    <message>
      <source>closing the window leaves the alerts running; off: closing ends the program</source>
      <translation>창을 닫아도 알림 유지, 끄면 닫을 때 종료</translation>
    </message>
    <message>
      <source>nothing pops up; one digest afterwards says what fired</source>
      <translation>팝업 없음, 끝난 뒤 한 번에 요약</translation>
    </message>
    <message>
      <source>the others are in the list of alerts only</source>
      <translation>나머지는 알림함에만 남음</translation>
    </message>
  </context>
  <context>
    <name>AppearancePage</name>
    <message>
      <source>Appearance</source>
      <translation>화면</translation>
    </message>
    <message>
      <source>Compact</source>
      <translation>좁게</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>어둡게</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>밝게</translation>
    </message>
    <message>
      <source>Motion</source>
      <translation>애니메이션</translation>
    </message>
    <message>
      <source>Normal</source>
      <translation>보통</translation>
    </message>
    <message>
      <source>Roomy</source>
      <translation>넓게</translation>
    </message>
    <message>
      <source>Row height</source>
      <translation>행 높이</translation>
    </message>
    <message>
      <source>System</source>
      <translation>시스템</translation>
    </message>
    <message>
      <source>Text size</source>
      <translation>글자 크기</translation>
    </message>
    <message>
      <source>Theme</source>
      <translation>테마</translation>
    </message>
    <message>
      <source>Up and down</source>
      <translation>상승·하락 색</translation>
    </message>
    <message>
      <source>flash a price that changes, fade popups; off where the system asks for less motion</source>
      <translation>바뀐 가격 깜박임, 팝업 페이드. 시스템에서 동작 줄이기를 켜면 꺼짐</translation>
    </message>
    <message>
      <source>in pixels</source>
      <translation>픽셀</translation>
    </message>
    <message>
      <source>in pixels; everything grows with it</source>
      <translation>픽셀, 전체 크기가 따라감</translation>
    </message>
  </context>
  <context>
    <name>ArmedModel</name>
    <message>
      <source>Armed rule</source>
      <translation>대기 중인 규칙</translation>
    </message>
    <message>
      <source>Distance</source>
      <translation>남은 거리</translation>
    </message>
    <message>
      <source>Ends</source>
      <translation>종료</translation>
    </message>
    <message>
      <source>Now</source>
      <translation>현재</translation>
    </message>
    <message>
      <source>Rule</source>
      <translation>규칙</translation>
    </message>
    <message>
      <source>Status, times {0}</source>
      <translation>상태({0} 시각)</translation>
    </message>
    <message>
      <source>Subject</source>
      <translation>대상</translation>
    </message>
    <message>
      <source>To trigger</source>
      <translation>기준까지</translation>
    </message>
    <message>
      <source>Trigger</source>
      <translation>기준</translation>
    </message>
  </context>
  <context>
    <name>ArmedPanel</name>
    <message>
      <source>All kinds</source>
      <translation>모든 종류</translation>
    </message>
    <message>
      <source>Armed rules</source>
      <translation>대기 중인 규칙</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>삭제</translation>
    </message>
    <message>
      <source>Duplicate</source>
      <translation>복제</translation>
    </message>
    <message>
      <source>Edit</source>
      <translation>편집</translation>
    </message>
    <message>
      <source>End the snooze</source>
      <translation>미루기 끝내기</translation>
    </message>
    <message>
      <source>New rule</source>
      <translation>새 규칙</translation>
    </message>
    <message>
      <source>No rule of this kind</source>
      <translation>이 종류의 규칙 없음</translation>
    </message>
    <message>
      <source>No rule yet. Alt+A makes one for the selected name</source>
      <translation>규칙이 아직 없습니다. Alt+A로 선택한 종목의 규칙을 만듭니다</translation>
    </message>
    <message>
      <source>Pause all</source>
      <translation>모두 중지</translation>
    </message>
    <message>
      <source>Pause the rule</source>
      <translation>규칙 중지</translation>
    </message>
    <message>
      <source>Reading the rules</source>
      <translation>규칙을 읽는 중</translation>
    </message>
    <message>
      <source>Restore the default</source>
      <translation>기본값으로 되돌리기</translation>
    </message>
    <message>
      <source>Resume all</source>
      <translation>모두 다시 시작</translation>
    </message>
    <message>
      <source>Resume the rule</source>
      <translation>규칙 다시 시작</translation>
    </message>
    <message>
      <source>Snooze the rule for an hour</source>
      <translation>규칙을 한 시간 미루기</translation>
    </message>
    <message>
      <source>Snooze the rule for today</source>
      <translation>규칙을 오늘 하루 미루기</translation>
    </message>
    <message>
      <source>all paused</source>
      <translation>모두 중지됨</translation>
    </message>
    <message>
      <source>nearest first</source>
      <translation>가까운 순</translation>
    </message>
    <message>
      <source>of {0}, nearest first</source>
      <translation>전체 {0}개, 가까운 순</translation>
    </message>
  </context>
  <context>
    <name>BarometerPanel</name>
    <message>
      <source>Barometer</source>
      <translation>지표</translation>
    </message>
    <message>
      <source>Its stories: good ones up, bad ones down, a mark where all are neutral</source>
      <translation>소식 수: 긍정은 위, 부정은 아래, 모두 중립이면 점</translation>
    </message>
    <message>
      <source>Linked names beyond their markets, summed abnormal returns</source>
      <translation>연결 종목의 시장 대비 초과 등락, 누적</translation>
    </message>
    <message>
      <source>News of its week: {0} good, {1} bad, {2} neutral</source>
      <translation>그 주 소식: 긍정 {0}, 부정 {1}, 중립 {2}</translation>
    </message>
    <message>
      <source>News of that day: {0} good, {1} bad, {2} neutral</source>
      <translation>그날 소식: 긍정 {0}, 부정 {1}, 중립 {2}</translation>
    </message>
    <message>
      <source>No link to a listed name yet, and no story; the tab Exposure adds one</source>
      <translation>아직 상장 종목과의 연결도 소식도 없습니다. 연결 탭에서 추가할 수 있습니다.</translation>
    </message>
    <message>
      <source>No linked name with enough prices in this span</source>
      <translation>이 기간에 가격 이력이 충분한 연결 종목 없음</translation>
    </message>
    <message>
      <source>No linked name with enough prices, and no story in this span</source>
      <translation>가격 이력이 충분한 연결 종목도 소식도 없는 기간</translation>
    </message>
    <message>
      <source>No session of this span on which a name was linked</source>
      <translation>이 기간에 종목이 연결되어 있던 거래일 없음</translation>
    </message>
    <message>
      <source>No story</source>
      <translation>소식 없음</translation>
    </message>
    <message>
      <source>No story in this span</source>
      <translation>이 기간에 소식 없음</translation>
    </message>
    <message>
      <source>Span of the barometer</source>
      <translation>지표 기간</translation>
    </message>
    <message>
      <source>Waiting for the barometer</source>
      <translation>지표를 기다리는 중</translation>
    </message>
    <message>
      <source>linked on no session of this span: {0}</source>
      <translation>연결되어 있던 거래일이 없는 종목: {0}</translation>
    </message>
    <message>
      <source>reconstructed</source>
      <translation>재구성</translation>
    </message>
    <message>
      <source>tone {0} of 1 story</source>
      <translation>소식 1건의 논조 {0}</translation>
    </message>
    <message>
      <source>tone {0} of {1} stories</source>
      <translation>소식 {1}건의 논조 {0}</translation>
    </message>
    <message>
      <source>too little price history: {0}</source>
      <translation>가격 이력 부족: {0}</translation>
    </message>
    <message>
      <source>{0} of {1} linked names counted</source>
      <translation>연결 {1}종목 중 {0}종목 계산</translation>
    </message>
    <message>
      <source>{0}: {1} that day, {2} since the start, 1 name</source>
      <translation>{0}: 당일 {1}, 누적 {2}, 1종목</translation>
    </message>
    <message>
      <source>{0}: {1} that day, {2} since the start, {3} names</source>
      <translation>{0}: 당일 {1}, 누적 {2}, {3}종목</translation>
    </message>
  </context>
  <context>
    <name>BlockedList</name>
    <message>
      <source>Allow again</source>
      <translation>다시 허용</translation>
    </message>
    <message>
      <source>Allow {name} again</source>
      <translation>{name} 다시 허용</translation>
    </message>
    <message>
      <source>Block</source>
      <translation>차단</translation>
    </message>
    <message>
      <source>Publisher to block</source>
      <translation>차단할 매체</translation>
    </message>
    <message>
      <source>Publisher, as its headlines name it</source>
      <translation>매체 이름(뉴스에 표시된 대로)</translation>
    </message>
  </context>
  <context>
    <name>BreakerCard</name>
    <message>
      <source>It fired 15 times in 3 minutes. Every alert is in the list; its popups wait until it calms down.</source>
      <translation>3분 동안 15번 울렸습니다. 알림은 모두 알림함에 있고, 잠잠해질 때까지 팝업은 띄우지 않습니다.</translation>
    </message>
    <message>
      <source>Look at the rule</source>
      <translation>규칙 보기</translation>
    </message>
    <message>
      <source>Popups held back</source>
      <translation>팝업 잠시 끔</translation>
    </message>
  </context>
  <context>
    <name>BriefingController</name>
    <message>
      <source>Markdown (*.md)</source>
      <translation>마크다운 (*.md)</translation>
    </message>
    <message>
      <source>PDF (*.pdf)</source>
      <translation>PDF (*.pdf)</translation>
    </message>
    <message>
      <source>Save the briefing</source>
      <translation>브리핑 저장</translation>
    </message>
    <message>
      <source>The briefing was written to {file}.</source>
      <translation>브리핑을 {file}에 저장했습니다.</translation>
    </message>
    <message>
      <source>There is no briefing yet: no price is known.</source>
      <translation>아직 브리핑이 없습니다. 알려진 가격이 없습니다.</translation>
    </message>
    <message>
      <source>Web page (*.html)</source>
      <translation>웹 페이지 (*.html)</translation>
    </message>
  </context>
  <context>
    <name>Chart</name>
    <message>
      <source>Before that day there are too few sessions to judge one by</source>
      <translation>그 전에는 판단할 거래일 수가 모자람</translation>
    </message>
    <message>
      <source>Chart, last price {0}</source>
      <translation>차트, 현재가 {0}</translation>
    </message>
    <message>
      <source>Copy picture</source>
      <translation>그림 복사</translation>
    </message>
    <message>
      <source>Edit this alert</source>
      <translation>이 알림 편집</translation>
    </message>
    <message>
      <source>Line instead of candles</source>
      <translation>캔들 대신 선</translation>
    </message>
    <message>
      <source>Local time</source>
      <translation>내 시간대로</translation>
    </message>
    <message>
      <source>Made from documented prices of the day; the path between is not real</source>
      <translation>그날 기록된 가격으로 재구성했으며, 사이의 경로는 실제가 아님</translation>
    </message>
    <message>
      <source>New alert at {0}</source>
      <translation>{0}에 새 알림</translation>
    </message>
    <message>
      <source>No prices for this span so far</source>
      <translation>이 기간의 가격이 아직 없음</translation>
    </message>
    <message>
      <source>Not every line has prices before that</source>
      <translation>그 전에는 가격이 없는 선이 있음</translation>
    </message>
    <message>
      <source>Save picture</source>
      <translation>그림 저장</translation>
    </message>
    <message>
      <source>Save picture…</source>
      <translation>그림 저장…</translation>
    </message>
    <message>
      <source>The picture could not be written to {0}.</source>
      <translation>그림을 {0}에 저장하지 못했습니다.</translation>
    </message>
    <message>
      <source>Waiting for prices</source>
      <translation>가격을 기다리는 중</translation>
    </message>
    <message>
      <source>Whole span</source>
      <translation>전체 구간</translation>
    </message>
    <message>
      <source>comparison on its way</source>
      <translation>비교 준비 중</translation>
    </message>
    <message>
      <source>from {0}</source>
      <translation>{0}부터</translation>
    </message>
    <message>
      <source>no comparison so far</source>
      <translation>아직 비교 없음</translation>
    </message>
    <message>
      <source>no comparison, {reason}</source>
      <translation>비교 없음, {reason}</translation>
    </message>
    <message>
      <source>no prices by the minute: {0}</source>
      <translation>분 단위 가격 없음: {0}</translation>
    </message>
    <message>
      <source>no prices in this span: {0}</source>
      <translation>이 기간에 가격 없음: {0}</translation>
    </message>
    <message>
      <source>no prices: {0}</source>
      <translation>가격 없음: {0}</translation>
    </message>
    <message>
      <source>reconstructed</source>
      <translation>재구성</translation>
    </message>
  </context>
  <context>
    <name>ChartPane</name>
    <message>
      <source>No prices for this span: {reason}</source>
      <translation>이 기간의 가격 없음: {reason}</translation>
    </message>
    <message>
      <source>alert, {0} away</source>
      <translation>알림, {0} 남음</translation>
    </message>
  </context>
  <context>
    <name>ChartTools</name>
    <message>
      <source>Another name…</source>
      <translation>다른 종목…</translation>
    </message>
    <message>
      <source>Compare</source>
      <translation>비교</translation>
    </message>
    <message>
      <source>Compare with nothing</source>
      <translation>비교 끄기</translation>
    </message>
    <message>
      <source>For one month or more: within a session there is no model</source>
      <translation>1개월부터 쓸 수 있습니다. 장중에는 모형이 없습니다</translation>
    </message>
    <message>
      <source>Market-adjusted</source>
      <translation>시장 제외</translation>
    </message>
    <message>
      <source>More about this chart</source>
      <translation>차트 메뉴</translation>
    </message>
    <message>
      <source>Span of the chart</source>
      <translation>차트 기간</translation>
    </message>
    <message>
      <source>The chart compares at most {count} names: take one away first</source>
      <translation>차트 비교는 {count}종목까지: 하나를 먼저 빼세요</translation>
    </message>
    <message>
      <source>The sum of abnormal moves: what the market does not explain</source>
      <translation>초과 등락의 합: 시장으로 설명되지 않는 부분</translation>
    </message>
  </context>
  <context>
    <name>ClockStrip</name>
    <message>
      <source>closed</source>
      <translation>장 마감</translation>
    </message>
    <message>
      <source>open {span}</source>
      <translation>마감까지 {span}</translation>
    </message>
    <message>
      <source>opens in {span}</source>
      <translation>개장까지 {span}</translation>
    </message>
    <message>
      <source>post-market</source>
      <translation>애프터마켓</translation>
    </message>
    <message>
      <source>pre-market</source>
      <translation>프리마켓</translation>
    </message>
    <message>
      <source>reopens in {span}</source>
      <translation>{span} 후 재개</translation>
    </message>
  </context>
  <context>
    <name>ColumnChooser</name>
    <message>
      <source>Columns</source>
      <translation>열 고르기</translation>
    </message>
    <message>
      <source>Space shows or hides, Alt with an arrow moves</source>
      <translation>Space로 보이기·숨기기, Alt+화살표로 옮기기</translation>
    </message>
    <message>
      <source>Usual columns</source>
      <translation>기본 열로</translation>
    </message>
    <message>
      <source>no room now</source>
      <translation>자리 없음</translation>
    </message>
    <message>
      <source>out of view</source>
      <translation>화면 밖</translation>
    </message>
  </context>
  <context>
    <name>ConditionEditor</name>
    <message>
      <source>About</source>
      <translation>관련 대상</translation>
    </message>
    <message>
      <source>Direction</source>
      <translation>방향</translation>
    </message>
    <message>
      <source>Kind of condition</source>
      <translation>조건 종류</translation>
    </message>
    <message>
      <source>Measured from</source>
      <translation>기준 시점</translation>
    </message>
    <message>
      <source>Minutes</source>
      <translation>분</translation>
    </message>
    <message>
      <source>One of these words, with commas between; empty: any</source>
      <translation>이 단어 중 하나(쉼표로 구분), 비우면 모두</translation>
    </message>
    <message>
      <source>Remove this condition</source>
      <translation>이 조건 빼기</translation>
    </message>
    <message>
      <source>Themes: {0}</source>
      <translation>주제: {0}</translation>
    </message>
    <message>
      <source>Threshold</source>
      <translation>기준값</translation>
    </message>
    <message>
      <source>Words</source>
      <translation>단어</translation>
    </message>
    <message>
      <source>about the subject</source>
      <translation>대상에 관한</translation>
    </message>
    <message>
      <source>any theme</source>
      <translation>모든 주제</translation>
    </message>
    <message>
      <source>in the last</source>
      <translation>최근</translation>
    </message>
    <message>
      <source>in the last …</source>
      <translation>최근 …</translation>
    </message>
    <message>
      <source>min</source>
      <translation>분</translation>
    </message>
    <message>
      <source>of the subject</source>
      <translation>대상의</translation>
    </message>
    <message>
      <source>since the open</source>
      <translation>시가 대비</translation>
    </message>
    <message>
      <source>since the previous close</source>
      <translation>전일 종가 대비</translation>
    </message>
    <message>
      <source>{0} hours</source>
      <translation>{0}시간</translation>
    </message>
  </context>
  <context>
    <name>Controllers</name>
    <message>
      <source>My list</source>
      <translation>내 목록</translation>
    </message>
  </context>
  <context>
    <name>DataPage</name>
    <message>
      <source>Blocked publishers</source>
      <translation>차단한 매체</translation>
    </message>
    <message>
      <source>Company statements</source>
      <translation>재무제표</translation>
    </message>
    <message>
      <source>Data</source>
      <translation>데이터</translation>
    </message>
    <message>
      <source>Feeds</source>
      <translation>뉴스 피드</translation>
    </message>
    <message>
      <source>Headlines of shares</source>
      <translation>종목 뉴스</translation>
    </message>
    <message>
      <source>Nothing has been requested yet</source>
      <translation>아직 요청한 것 없음</translation>
    </message>
    <message>
      <source>Price stream</source>
      <translation>실시간 시세</translation>
    </message>
    <message>
      <source>Prices against each other</source>
      <translation>시세 대조</translation>
    </message>
    <message>
      <source>Quotes</source>
      <translation>시세</translation>
    </message>
    <message>
      <source>Replay</source>
      <translation>다시보기</translation>
    </message>
    <message>
      <source>Requests</source>
      <translation>요청</translation>
    </message>
    <message>
      <source>Sources</source>
      <translation>출처</translation>
    </message>
    <message>
      <source>This list of {names} names needs at most {streaming} an hour with the price stream, {polling} without it; {allowed} are allowed</source>
      <translation>{names}종목에 시간당 최대 {streaming}건(실시간 시세가 없으면 {polling}건) 필요, 한도 {allowed}건</translation>
    </message>
    <message>
      <source>again in {span}</source>
      <translation>{span} 뒤 다시 시도</translation>
    </message>
    <message>
      <source>asked to wait since {time}</source>
      <translation>{time}부터 요청 제한</translation>
    </message>
    <message>
      <source>charts</source>
      <translation>차트</translation>
    </message>
    <message>
      <source>feeds</source>
      <translation>피드</translation>
    </message>
    <message>
      <source>news</source>
      <translation>뉴스</translation>
    </message>
    <message>
      <source>no connection since {time}</source>
      <translation>{time}부터 연결 없음</translation>
    </message>
    <message>
      <source>partly working since {time}</source>
      <translation>{time}부터 일부만 동작</translation>
    </message>
    <message>
      <source>quotes</source>
      <translation>시세</translation>
    </message>
    <message>
      <source>search</source>
      <translation>검색</translation>
    </message>
    <message>
      <source>signing on</source>
      <translation>접속 준비</translation>
    </message>
    <message>
      <source>silent since {time}</source>
      <translation>{time}부터 응답 없음</translation>
    </message>
    <message>
      <source>starting</source>
      <translation>시작 중</translation>
    </message>
    <message>
      <source>statements</source>
      <translation>재무제표</translation>
    </message>
    <message>
      <source>working</source>
      <translation>정상</translation>
    </message>
    <message>
      <source>{count} in the last hour</source>
      <translation>지난 1시간 {count}건</translation>
    </message>
  </context>
  <context>
    <name>DetailPanel</name>
    <message>
      <source>Alerts</source>
      <translation>알림</translation>
    </message>
    <message>
      <source>Choose a name to see what moved it</source>
      <translation>종목을 고르면 왜 움직였는지 보여 줍니다</translation>
    </message>
    <message>
      <source>No alert about it so far</source>
      <translation>아직 알림 없음</translation>
    </message>
    <message>
      <source>Volume {0}</source>
      <translation>거래량 {0}</translation>
    </message>
    <message>
      <source>{0} by now</source>
      <translation>지금까지 {0}</translation>
    </message>
  </context>
  <context>
    <name>DetailTabs</name>
    <message>
      <source>Add a link</source>
      <translation>연결 추가</translation>
    </message>
    <message>
      <source>Alerts</source>
      <translation>알림</translation>
    </message>
    <message>
      <source>Alerts about it, or about a group it is in</source>
      <translation>이 종목이나 이 종목이 속한 묶음의 알림</translation>
    </message>
    <message>
      <source>Every report of a link is a row, a later one uncounted; the map draws one line for a link</source>
      <translation>연결 보도마다 한 줄(나중에 알려진 것은 세지 않음), 지도에서는 연결마다 선 하나</translation>
    </message>
    <message>
      <source>Exposure</source>
      <translation>연결</translation>
    </message>
    <message>
      <source>Growth, margins, capital spending and multiples from its statements</source>
      <translation>재무제표로 본 성장, 이익률, 설비투자, 주가 배수</translation>
    </message>
    <message>
      <source>Headlines</source>
      <translation>뉴스</translation>
    </message>
    <message>
      <source>Stories of 30 days that name it or are tied to its move; the list counts those of today</source>
      <translation>이름이 나오거나 등락과 연결된 30일간의 소식, 목록의 숫자는 오늘 소식</translation>
    </message>
    <message>
      <source>Substance</source>
      <translation>재무</translation>
    </message>
    <message>
      <source>What it does, and how it stood when that was last checked</source>
      <translation>하는 일과 마지막으로 확인한 때의 상황</translation>
    </message>
  </context>
  <context>
    <name>Digest</name>
    <message>
      <source>Levels passed meanwhile</source>
      <translation>그사이 돌파한 가격</translation>
    </message>
    <message>
      <source>Unusual moves of sessions that ended meanwhile</source>
      <translation>그사이 끝난 장에서 평소 범위를 벗어난 종목</translation>
    </message>
    <message>
      <source>While popups were off</source>
      <translation>팝업이 꺼져 있던 동안</translation>
    </message>
    <message>
      <source>While you were away</source>
      <translation>자리를 비운 동안</translation>
    </message>
    <message>
      <source>alert</source>
      <translation>건의 알림</translation>
    </message>
    <message>
      <source>alerts</source>
      <translation>건의 알림</translation>
    </message>
    <message>
      <source>cause</source>
      <translation>가지 원인</translation>
    </message>
    <message>
      <source>causes</source>
      <translation>가지 원인</translation>
    </message>
    <message>
      <source>level passed</source>
      <translation>건의 가격 돌파</translation>
    </message>
    <message>
      <source>levels passed</source>
      <translation>건의 가격 돌파</translation>
    </message>
    <message>
      <source>now {0}</source>
      <translation>현재 {0}</translation>
    </message>
    <message>
      <source>today {0}</source>
      <translation>오늘 {0}</translation>
    </message>
    <message>
      <source>unexplained</source>
      <translation>건은 설명되지 않음</translation>
    </message>
    <message>
      <source>unusual move</source>
      <translation>종목은 평소 범위 밖</translation>
    </message>
    <message>
      <source>unusual moves</source>
      <translation>종목은 평소 범위 밖</translation>
    </message>
    <message>
      <source>{0} alerts</source>
      <translation>알림 {0}건</translation>
    </message>
    <message>
      <source>{0} and {1} more</source>
      <translation>{0} 외 {1}</translation>
    </message>
    <message>
      <source>{0} fell below {1}</source>
      <translation>{0}, {1} 아래로 하락</translation>
    </message>
    <message>
      <source>{0} rose above {1}</source>
      <translation>{0}, {1} 위로 상승</translation>
    </message>
    <message>
      <source>{0} to {1}</source>
      <translation>{0}~{1}</translation>
    </message>
  </context>
  <context>
    <name>DigestCard</name>
    <message>
      <source>Read the digest</source>
      <translation>요약 보기</translation>
    </message>
  </context>
  <context>
    <name>DigestDialog</name>
    <message>
      <source>Close</source>
      <translation>닫기</translation>
    </message>
  </context>
  <context>
    <name>EmptyList</name>
    <message>
      <source>Add a name</source>
      <translation>종목 추가</translation>
    </message>
    <message>
      <source>Drop a file here, paste symbols, or press Ctrl K and type a name. Initial consonants work: ㅅㅅㅈㅈ.</source>
      <translation>파일을 끌어 놓거나, 종목 코드를 붙여 넣거나, Ctrl+K를 누르고 이름을 입력하세요. 초성도 됩니다: ㅅㅅㅈㅈ.</translation>
    </message>
    <message>
      <source>Every layer is hidden</source>
      <translation>모든 분야가 숨겨져 있습니다</translation>
    </message>
    <message>
      <source>Import</source>
      <translation>가져오기</translation>
    </message>
    <message>
      <source>Its names are watched all the same: prices, headlines and alerts go on.</source>
      <translation>종목은 계속 지켜봅니다. 시세, 뉴스, 알림은 그대로입니다.</translation>
    </message>
    <message>
      <source>Show layer</source>
      <translation>분야 보이기</translation>
    </message>
    <message>
      <source>Show them</source>
      <translation>보이기</translation>
    </message>
    <message>
      <source>This list is empty</source>
      <translation>빈 목록입니다</translation>
    </message>
  </context>
  <context>
    <name>Equation</name>
    <message>
      <source> ({0} by this hour)</source>
      <translation> (이 시각 기준 {0})</translation>
    </message>
    <message>
      <source>In brackets: by the deviation that is usual up to this hour of the session</source>
      <translation>괄호 안: 이 시각까지의 평소 변동폭 기준</translation>
    </message>
    <message>
      <source>alpha {0}: how it usually moves on a day without any</source>
      <translation>알파 {0}: 시장이 움직이지 않는 날의 평소 등락</translation>
    </message>
    <message>
      <source>beta {0}: how strongly it usually moves with its market</source>
      <translation>베타 {0}: 평소 시장과 함께 움직이는 정도</translation>
    </message>
    <message>
      <source>expected</source>
      <translation>예상</translation>
    </message>
  </context>
  <context>
    <name>EvidenceCard</name>
    <message>
      <source>%1 · your own link</source>
      <translation>%1 · 내가 더한 연결</translation>
    </message>
    <message>
      <source>1 report after this date, not shown</source>
      <translation>이 날짜 이후 보도 1건은 표시하지 않음</translation>
    </message>
    <message>
      <source>Also</source>
      <translation>다른 보도</translation>
    </message>
    <message>
      <source>Basis</source>
      <translation>근거</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>닫기</translation>
    </message>
    <message>
      <source>Correct this link…</source>
      <translation>연결 고치기…</translation>
    </message>
    <message>
      <source>Reported by</source>
      <translation>보도</translation>
    </message>
    <message>
      <source>Since</source>
      <translation>알려진 날</translation>
    </message>
    <message>
      <source>Withdraw this link</source>
      <translation>연결 빼기</translation>
    </message>
    <message>
      <source>from memory, unchecked</source>
      <translation>기억에 의존, 미확인</translation>
    </message>
    <message>
      <source>general knowledge, no report on file</source>
      <translation>일반 지식, 보관된 보도 없음</translation>
    </message>
    <message>
      <source>report on file</source>
      <translation>보도 확인</translation>
    </message>
    <message>
      <source>{count} reports after this date, not shown</source>
      <translation>이 날짜 이후 보도 {count}건은 표시하지 않음</translation>
    </message>
    <message>
      <source>{date}, ended, not used</source>
      <translation>{date}, 종료, 쓰지 않음</translation>
    </message>
    <message>
      <source>{date}, price reaction only, not used</source>
      <translation>{date}, 가격 반응뿐, 쓰지 않음</translation>
    </message>
    <message>
      <source>{date}, reported later, not used</source>
      <translation>{date}, 이후에 알려짐, 쓰지 않음</translation>
    </message>
  </context>
  <context>
    <name>ExposureArea</name>
    <message>
      <source>Abnormal</source>
      <translation>초과 등락</translation>
    </message>
    <message>
      <source>Change</source>
      <translation>등락률</translation>
    </message>
    <message>
      <source>Exposure map</source>
      <translation>연결 지도</translation>
    </message>
    <message>
      <source>{count} linked above</source>
      <translation>위에 연결 {count}개</translation>
    </message>
    <message>
      <source>{count} linked below</source>
      <translation>아래에 연결 {count}개</translation>
    </message>
  </context>
  <context>
    <name>ExposureMap</name>
    <message>
      <source>1 link</source>
      <translation>연결 1개</translation>
    </message>
    <message>
      <source>1 story</source>
      <translation>소식 1건</translation>
    </message>
    <message>
      <source>All to date</source>
      <translation>지금까지 모두</translation>
    </message>
    <message>
      <source>Exposure</source>
      <translation>연결</translation>
    </message>
    <message>
      <source>Known on {day}</source>
      <translation>{day} 기준</translation>
    </message>
    <message>
      <source>Links that are drawn</source>
      <translation>표시할 연결</translation>
    </message>
    <message>
      <source>No documented link between the names of this list</source>
      <translation>이 목록의 종목 사이에 알려진 연결 없음</translation>
    </message>
    <message>
      <source>No private name of this list has a link</source>
      <translation>이 목록의 비상장 기업·프로젝트에 연결 없음</translation>
    </message>
    <message>
      <source>competitor</source>
      <translation>경쟁</translation>
    </message>
    <message>
      <source>customer</source>
      <translation>구매</translation>
    </message>
    <message>
      <source>equity</source>
      <translation>지분</translation>
    </message>
    <message>
      <source>lender</source>
      <translation>대출</translation>
    </message>
    <message>
      <source>link ended</source>
      <translation>종료된 연결</translation>
    </message>
    <message>
      <source>link reported later</source>
      <translation>이후에 알려진 연결</translation>
    </message>
    <message>
      <source>partner</source>
      <translation>협력</translation>
    </message>
    <message>
      <source>read-across</source>
      <translation>가격 반응</translation>
    </message>
    <message>
      <source>read-across only</source>
      <translation>가격 반응뿐</translation>
    </message>
    <message>
      <source>regulator</source>
      <translation>규제</translation>
    </message>
    <message>
      <source>supplier</source>
      <translation>공급</translation>
    </message>
    <message>
      <source>{count} links</source>
      <translation>연결 {count}개</translation>
    </message>
    <message>
      <source>{count} stories</source>
      <translation>소식 {count}건</translation>
    </message>
    <message>
      <source>{links}, {count} reported later, not used</source>
      <translation>{links}, 이후에 알려진 {count}개는 쓰지 않음</translation>
    </message>
  </context>
  <context>
    <name>ExposurePanel</name>
    <message>
      <source>%1, over two years ago</source>
      <translation>%1, 2년 넘음</translation>
    </message>
    <message>
      <source>Add a link…</source>
      <translation>연결 추가…</translation>
    </message>
    <message>
      <source>Correct this link…</source>
      <translation>연결 고치기…</translation>
    </message>
    <message>
      <source>Exposure</source>
      <translation>연결</translation>
    </message>
    <message>
      <source>Link</source>
      <translation>관계</translation>
    </message>
    <message>
      <source>No documented link</source>
      <translation>기록된 연결 없음</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>열기</translation>
    </message>
    <message>
      <source>Session</source>
      <translation>정규장</translation>
    </message>
    <message>
      <source>Since</source>
      <translation>알려진 날</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>출처</translation>
    </message>
    <message>
      <source>The regular session's move; prices before and after it are on the list</source>
      <translation>정규장의 등락입니다. 시간외 가격은 목록에 있습니다</translation>
    </message>
    <message>
      <source>Who</source>
      <translation>대상</translation>
    </message>
    <message>
      <source>Withdraw this link</source>
      <translation>연결 빼기</translation>
    </message>
    <message>
      <source>ended, not used</source>
      <translation>종료된 연결, 쓰지 않음</translation>
    </message>
    <message>
      <source>has not moved</source>
      <translation>움직임 없음</translation>
    </message>
    <message>
      <source>price reaction only, not used</source>
      <translation>가격 반응뿐, 쓰지 않음</translation>
    </message>
    <message>
      <source>read-across</source>
      <translation>가격 반응</translation>
    </message>
    <message>
      <source>reported later, not used</source>
      <translation>이후에 알려진 연결, 쓰지 않음</translation>
    </message>
    <message>
      <source>your own · %1</source>
      <translation>내가 더함 · %1</translation>
    </message>
  </context>
  <context>
    <name>FeedList</name>
    <message>
      <source>A feed above has this address: {name}</source>
      <translation>위에 같은 주소의 피드가 있습니다: {name}</translation>
    </message>
    <message>
      <source>Add feed</source>
      <translation>피드 추가</translation>
    </message>
    <message>
      <source>Address of the feed, https://…</source>
      <translation>피드 주소, https://…</translation>
    </message>
    <message>
      <source>An address begins with http:// or https://</source>
      <translation>주소는 http:// 또는 https://로 시작해야 함</translation>
    </message>
    <message>
      <source>Edit {name}</source>
      <translation>{name} 편집</translation>
    </message>
    <message>
      <source>Leave the feed as it is</source>
      <translation>피드를 그대로 두기</translation>
    </message>
    <message>
      <source>Publisher</source>
      <translation>매체</translation>
    </message>
    <message>
      <source>Remove {name}</source>
      <translation>{name} 제거</translation>
    </message>
    <message>
      <source>Restore {name}</source>
      <translation>{name} 기본값으로 되돌리기</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>저장</translation>
    </message>
    <message>
      <source>The publisher is missing</source>
      <translation>매체 이름이 없습니다</translation>
    </message>
  </context>
  <context>
    <name>FilePlace</name>
    <message>
      <source>Folder:</source>
      <translation>폴더:</translation>
    </message>
    <message>
      <source>Kind of file:</source>
      <translation>파일 형식:</translation>
    </message>
  </context>
  <context>
    <name>FilterPanel</name>
    <message>
      <source>1 publisher blocked</source>
      <translation>매체 1곳 차단</translation>
    </message>
    <message>
      <source>Every layer</source>
      <translation>모든 분야</translation>
    </message>
    <message>
      <source>Everything</source>
      <translation>전체</translation>
    </message>
    <message>
      <source>In my watchlist</source>
      <translation>내 관심 목록</translation>
    </message>
    <message>
      <source>Layer</source>
      <translation>분야</translation>
    </message>
    <message>
      <source>Only what is reported anew</source>
      <translation>새로 보도된 것만</translation>
    </message>
    <message>
      <source>Only {name}</source>
      <translation>{name}만</translation>
    </message>
    <message>
      <source>Private &amp; projects</source>
      <translation>비상장·프로젝트</translation>
    </message>
    <message>
      <source>Show every name again</source>
      <translation>모든 종목 다시 보기</translation>
    </message>
    <message>
      <source>Sources</source>
      <translation>출처</translation>
    </message>
    <message>
      <source>Theme</source>
      <translation>주제</translation>
    </message>
    <message>
      <source>Tone</source>
      <translation>논조</translation>
    </message>
    <message>
      <source>Who</source>
      <translation>대상</translation>
    </message>
    <message>
      <source>Words in the text</source>
      <translation>본문 검색어</translation>
    </message>
    <message>
      <source>the source answers</source>
      <translation>응답 중</translation>
    </message>
    <message>
      <source>{answered} of {count} sources answer</source>
      <translation>출처 {count}곳 중 {answered}곳 응답</translation>
    </message>
    <message>
      <source>{count} publishers blocked</source>
      <translation>매체 {count}곳 차단</translation>
    </message>
    <message>
      <source>{count} silent</source>
      <translation>{count}곳 응답 없음</translation>
    </message>
  </context>
  <context>
    <name>FindField</name>
    <message>
      <source>A replay looks nothing up</source>
      <translation>다시보기에서는 Yahoo 검색 안 함</translation>
    </message>
    <message>
      <source>Add to the list</source>
      <translation>목록에 추가</translation>
    </message>
    <message>
      <source>Alert rules</source>
      <translation>알림 규칙</translation>
    </message>
    <message>
      <source>At Yahoo, to add</source>
      <translation>Yahoo 검색 결과, 추가</translation>
    </message>
    <message>
      <source>Commands</source>
      <translation>명령</translation>
    </message>
    <message>
      <source>Follow “{text}” as a private company</source>
      <translation>“{text}”: 비상장 기업으로 추가</translation>
    </message>
    <message>
      <source>In the list</source>
      <translation>목록에 있음</translation>
    </message>
    <message>
      <source>Layers</source>
      <translation>분야</translation>
    </message>
    <message>
      <source>Look up “{text}” at Yahoo</source>
      <translation>Yahoo에서 “{text}” 찾기</translation>
    </message>
    <message>
      <source>No answer: {reason}</source>
      <translation>응답 없음: {reason}</translation>
    </message>
    <message>
      <source>Private company</source>
      <translation>비상장 기업</translation>
    </message>
    <message>
      <source>Stories</source>
      <translation>소식</translation>
    </message>
    <message>
      <source>What was found</source>
      <translation>찾은 항목</translation>
    </message>
    <message>
      <source>Yahoo lists nothing under that name</source>
      <translation>Yahoo에 해당 종목이 없습니다</translation>
    </message>
    <message>
      <source>asking</source>
      <translation>찾는 중</translation>
    </message>
    <message>
      <source>hours not known</source>
      <translation>거래 시간 정보 없음</translation>
    </message>
    <message>
      <source>only with live prices</source>
      <translation>실시간 시세에서만</translation>
    </message>
  </context>
  <context>
    <name>FlagLane</name>
    <message>
      <source>flag {0} of {1}</source>
      <translation>표시 {1}개 중 {0}번째</translation>
    </message>
  </context>
  <context>
    <name>Form</name>
    <message>
      <source>Cancel</source>
      <translation>취소</translation>
    </message>
  </context>
  <context>
    <name>FreshnessItem</name>
    <message>
      <source>No current price: {names}</source>
      <translation>현재가 없음: {names}</translation>
    </message>
    <message>
      <source>Oldest live price: {symbol}, {age}</source>
      <translation>가장 오래된 현재가: {symbol}, {age}</translation>
    </message>
    <message>
      <source>asking for prices</source>
      <translation>시세 요청 중</translation>
    </message>
    <message>
      <source>no connection since {time}</source>
      <translation>{time}부터 연결 없음</translation>
    </message>
    <message>
      <source>no new prices since {time}</source>
      <translation>{time}부터 새 가격 없음</translation>
    </message>
    <message>
      <source>polling · {age}</source>
      <translation>조회 · {age}</translation>
    </message>
    <message>
      <source>streaming · {age}</source>
      <translation>실시간 · {age}</translation>
    </message>
    <message>
      <source>{current} of {total} current</source>
      <translation>{total}종목 중 {current}종목 최신</translation>
    </message>
  </context>
  <context>
    <name>GeneralPage</name>
    <message>
      <source>General</source>
      <translation>일반</translation>
    </message>
    <message>
      <source>Home currency</source>
      <translation>기준 통화</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>언어</translation>
    </message>
    <message>
      <source>Newer versions</source>
      <translation>새 버전 확인</translation>
    </message>
    <message>
      <source>None</source>
      <translation>없음</translation>
    </message>
    <message>
      <source>Start at login</source>
      <translation>로그인할 때 시작</translation>
    </message>
    <message>
      <source>asks once a day whether there is one and tells you; it never installs anything</source>
      <translation>하루에 한 번 새 버전이 있는지 물어 알려 줌, 설치는 하지 않음</translation>
    </message>
    <message>
      <source>colours do not follow the language</source>
      <translation>색은 언어를 따르지 않음</translation>
    </message>
    <message>
      <source>opens the window when you log in to this computer</source>
      <translation>이 컴퓨터에 로그인하면 창 열기</translation>
    </message>
    <message>
      <source>shown beside each price in its own currency; moves and rules never use it</source>
      <translation>각 통화의 가격 옆에 표시하며, 등락과 규칙에는 쓰지 않음</translation>
    </message>
  </context>
  <context>
    <name>Header</name>
    <message>
      <source>1 new alert</source>
      <translation>새 알림 1건</translation>
    </message>
    <message>
      <source>Alerts</source>
      <translation>알림</translation>
    </message>
    <message>
      <source>Daily briefing…</source>
      <translation>일일 브리핑…</translation>
    </message>
    <message>
      <source>Find</source>
      <translation>찾기</translation>
    </message>
    <message>
      <source>Find symbol, name, story</source>
      <translation>종목·이름·뉴스 찾기 (ㅅㅅㅈㅈ)</translation>
    </message>
    <message>
      <source>Keyboard</source>
      <translation>단축키</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>설정</translation>
    </message>
    <message>
      <source>Settings…</source>
      <translation>설정…</translation>
    </message>
    <message>
      <source>{count} new alerts</source>
      <translation>새 알림 {count}건</translation>
    </message>
  </context>
  <context>
    <name>HeadlinesController</name>
    <message>
      <source>{source} is allowed again.</source>
      <translation>{source} 기사를 다시 받습니다.</translation>
    </message>
    <message>
      <source>{source} is blocked. Undo (Ctrl+Z) or Settings, Data allows it again.</source>
      <translation>{source} 기사를 차단했습니다. 실행 취소(Ctrl+Z)나 설정의 데이터에서 다시 허용할 수 있습니다.</translation>
    </message>
  </context>
  <context>
    <name>HeadlinesPanel</name>
    <message>
      <source>Headlines</source>
      <translation>뉴스</translation>
    </message>
    <message>
      <source>New alert for such stories</source>
      <translation>이런 소식의 새 알림</translation>
    </message>
    <message>
      <source>No story about it so far</source>
      <translation>아직 소식 없음</translation>
    </message>
    <message>
      <source>Open the article</source>
      <translation>원문 열기</translation>
    </message>
  </context>
  <context>
    <name>HeadlinesView</name>
    <message>
      <source>Best match</source>
      <translation>정확도순</translation>
    </message>
    <message>
      <source>Block {source}</source>
      <translation>{source} 차단</translation>
    </message>
    <message>
      <source>Copies</source>
      <translation>중복</translation>
    </message>
    <message>
      <source>Filters</source>
      <translation>필터</translation>
    </message>
    <message>
      <source>Filters in use</source>
      <translation>필터 사용 중</translation>
    </message>
    <message>
      <source>First source</source>
      <translation>첫 보도</translation>
    </message>
    <message>
      <source>Most copied</source>
      <translation>중복 많은 순</translation>
    </message>
    <message>
      <source>New alert for such stories</source>
      <translation>이런 소식의 새 알림</translation>
    </message>
    <message>
      <source>Newest</source>
      <translation>최신순</translation>
    </message>
    <message>
      <source>No headline has come yet. The sources are asked every few minutes.</source>
      <translation>아직 들어온 뉴스가 없습니다. 몇 분마다 출처를 확인합니다.</translation>
    </message>
    <message>
      <source>No headline of an allowed publisher has come. Settings, Data allows others again.</source>
      <translation>허용된 매체의 뉴스가 없습니다. 차단한 매체는 설정의 데이터에서 다시 허용할 수 있습니다.</translation>
    </message>
    <message>
      <source>No story passes these filters</source>
      <translation>이 조건에 맞는 소식 없음</translation>
    </message>
    <message>
      <source>Only {name}</source>
      <translation>{name}만</translation>
    </message>
    <message>
      <source>Open the article</source>
      <translation>원문 열기</translation>
    </message>
    <message>
      <source>Order of the stories</source>
      <translation>소식 순서</translation>
    </message>
    <message>
      <source>Stories</source>
      <translation>소식</translation>
    </message>
    <message>
      <source>Story</source>
      <translation>소식</translation>
    </message>
    <message>
      <source>Theme</source>
      <translation>주제</translation>
    </message>
    <message>
      <source>Time {zone}</source>
      <translation>시각({zone})</translation>
    </message>
    <message>
      <source>of 1 headline</source>
      <translation>기사 1건</translation>
    </message>
    <message>
      <source>of {count} headlines, copies folded</source>
      <translation>기사 {count}건, 중복은 접음</translation>
    </message>
  </context>
  <context>
    <name>HeatCanvas</name>
    <message>
      <source>Heat map</source>
      <translation>히트맵</translation>
    </message>
    <message>
      <source>Market value {value}</source>
      <translation>시가총액 {value}</translation>
    </message>
    <message>
      <source>This list shows no names. Ctrl K finds one to add.</source>
      <translation>이 목록에는 보이는 이름이 없습니다. Ctrl+K로 찾아 추가하세요.</translation>
    </message>
  </context>
  <context>
    <name>HeatMap</name>
    <message>
      <source>Abnormal</source>
      <translation>초과 등락</translation>
    </message>
    <message>
      <source>Blocks by number of names; long names have more room</source>
      <translation>묶음 크기는 종목 수, 긴 이름은 칸이 큼</translation>
    </message>
    <message>
      <source>Change</source>
      <translation>등락률</translation>
    </message>
    <message>
      <source>Colour by</source>
      <translation>색 기준</translation>
    </message>
    <message>
      <source>Equal</source>
      <translation>같은 크기</translation>
    </message>
    <message>
      <source>Heat map</source>
      <translation>히트맵</translation>
    </message>
    <message>
      <source>No share beyond its usual range</source>
      <translation>평소 범위 밖 종목 없음</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>크기</translation>
    </message>
    <message>
      <source>Size by the root of the market value; smallest where none is known</source>
      <translation>크기는 시가총액의 제곱근, 시가총액이 없으면 가장 작게</translation>
    </message>
    <message>
      <source>Size of a tile</source>
      <translation>칸 크기</translation>
    </message>
    <message>
      <source>above {bound}</source>
      <translation>{bound} 초과</translation>
    </message>
    <message>
      <source>average of {count}</source>
      <translation>{count}종목 평균</translation>
    </message>
    <message>
      <source>below {bound}</source>
      <translation>{bound} 미만</translation>
    </message>
    <message>
      <source>change only</source>
      <translation>등락만</translation>
    </message>
    <message>
      <source>halted</source>
      <translation>거래 정지</translation>
    </message>
    <message>
      <source>no names</source>
      <translation>종목 없음</translation>
    </message>
    <message>
      <source>no price</source>
      <translation>가격 없음</translation>
    </message>
    <message>
      <source>stale</source>
      <translation>갱신 없음</translation>
    </message>
    <message>
      <source>unusual</source>
      <translation>이례적</translation>
    </message>
    <message>
      <source>unusual for the share</source>
      <translation>평소 범위 밖</translation>
    </message>
    <message>
      <source>within {bound}</source>
      <translation>{bound} 이내</translation>
    </message>
    <message>
      <source>{low} to {high}</source>
      <translation>{low} ~ {high}</translation>
    </message>
    <message>
      <source>√ market value</source>
      <translation>√ 시가총액</translation>
    </message>
  </context>
  <context>
    <name>Hero</name>
    <message>
      <source>52 wk</source>
      <translation>52주</translation>
    </message>
    <message>
      <source>Day</source>
      <translation>당일</translation>
    </message>
    <message>
      <source>at close {0} {1}</source>
      <translation>종가 {1} {0}</translation>
    </message>
    <message>
      <source>average of {0} linked names, {1} down, {2} up</source>
      <translation>연결 {0}종목 평균, 하락 {1}, 상승 {2}</translation>
    </message>
    <message>
      <source>average of {0} names of one market; of all {1} linked, {2} down, {3} up</source>
      <translation>같은 시장 {0}종목 평균, 연결 {1}종목 중 하락 {2}, 상승 {3}</translation>
    </message>
    <message>
      <source>before the open: average of {0} of {1} linked names, {2} down, {3} up</source>
      <translation>개장 전: 연결 {1}종목 중 {0}종목 평균, 하락 {2}, 상승 {3}</translation>
    </message>
    <message>
      <source>change withheld</source>
      <translation>등락 보류</translation>
    </message>
    <message>
      <source>halted since {0} {1}</source>
      <translation>{1} {0}부터 거래 정지</translation>
    </message>
    <message>
      <source>index</source>
      <translation>지수</translation>
    </message>
    <message>
      <source>index, close before the replay = 100</source>
      <translation>지수, 다시보기 직전 종가 = 100</translation>
    </message>
    <message>
      <source>its news reaches no listed name</source>
      <translation>소식이 닿는 상장 종목 없음</translation>
    </message>
    <message>
      <source>looks like {0}, not confirmed</source>
      <translation>{0}처럼 보이나 확인되지 않음</translation>
    </message>
    <message>
      <source>move of 1 linked name</source>
      <translation>연결 종목 중 1종목의 등락</translation>
    </message>
    <message>
      <source>move of 1 name of one market; of all {1} linked, {2} down, {3} up</source>
      <translation>같은 시장 1종목의 등락, 연결 {1}종목 중 하락 {2}, 상승 {3}</translation>
    </message>
    <message>
      <source>move of the 1 linked name</source>
      <translation>연결 1종목의 등락</translation>
    </message>
    <message>
      <source>no price yet</source>
      <translation>아직 가격 없음</translation>
    </message>
    <message>
      <source>no trades since {0} {1}</source>
      <translation>{1} {0} 이후 거래 없음</translation>
    </message>
    <message>
      <source>price from {0} {1}; rules wait</source>
      <translation>{1} {0} 가격, 규칙 판단 멈춤</translation>
    </message>
    <message>
      <source>split not confirmed</source>
      <translation>분할 확인 안 됨</translation>
    </message>
    <message>
      <source>{0} is not known to the source</source>
      <translation>{0}: 출처에 없는 종목</translation>
    </message>
    <message>
      <source>{0} min delayed, {1} {2}</source>
      <translation>{0}분 지연, {2} {1}</translation>
    </message>
    <message>
      <source>{0}, {1} without a price</source>
      <translation>{0}, 가격 없음 {1}</translation>
    </message>
  </context>
  <context>
    <name>Inbox</name>
    <message>
      <source>Alerts cannot be stored now. What fires is kept, and shown here once it is stored</source>
      <translation>지금은 알림을 저장할 수 없습니다. 울린 알림은 보관했다가 저장되는 대로 여기에 표시합니다</translation>
    </message>
    <message>
      <source>New</source>
      <translation>새 알림</translation>
    </message>
    <message>
      <source>Rule</source>
      <translation>규칙</translation>
    </message>
    <message>
      <source>Seen</source>
      <translation>확인함</translation>
    </message>
    <message>
      <source>Snoozed to {0}</source>
      <translation>{0}까지 미룸</translation>
    </message>
  </context>
  <context>
    <name>InboxHead</name>
    <message>
      <source>Alert and above</source>
      <translation>경고 이상</translation>
    </message>
    <message>
      <source>Alerts</source>
      <translation>알림</translation>
    </message>
    <message>
      <source>All</source>
      <translation>전체</translation>
    </message>
    <message>
      <source>Any severity</source>
      <translation>모든 단계</translation>
    </message>
    <message>
      <source>By severity and layer</source>
      <translation>단계와 분야별</translation>
    </message>
    <message>
      <source>Every layer</source>
      <translation>모든 분야</translation>
    </message>
    <message>
      <source>Export these alerts</source>
      <translation>이 알림 내보내기</translation>
    </message>
    <message>
      <source>Filter</source>
      <translation>필터</translation>
    </message>
    <message>
      <source>Find in alerts</source>
      <translation>알림에서 찾기</translation>
    </message>
    <message>
      <source>Hide the alerts</source>
      <translation>알림 숨기기</translation>
    </message>
    <message>
      <source>Mark all seen</source>
      <translation>모두 확인</translation>
    </message>
    <message>
      <source>Mark these seen</source>
      <translation>보이는 알림 확인</translation>
    </message>
    <message>
      <source>New {0}</source>
      <translation>새 알림 {0}</translation>
    </message>
    <message>
      <source>Severe only</source>
      <translation>심각한 알림만</translation>
    </message>
    <message>
      <source>Snoozed {0}</source>
      <translation>미룸 {0}</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>실행 취소</translation>
    </message>
  </context>
  <context>
    <name>InboxModel</name>
    <message>
      <source>Actions</source>
      <translation>동작</translation>
    </message>
    <message>
      <source>Alert</source>
      <translation>알림</translation>
    </message>
    <message>
      <source>Move</source>
      <translation>등락</translation>
    </message>
    <message>
      <source>Open, Snooze, Mark seen</source>
      <translation>열기, 미루기, 확인 표시</translation>
    </message>
    <message>
      <source>Rule</source>
      <translation>규칙</translation>
    </message>
    <message>
      <source>State</source>
      <translation>상태</translation>
    </message>
    <message>
      <source>Subject</source>
      <translation>대상</translation>
    </message>
    <message>
      <source>Time {0}</source>
      <translation>시각({0})</translation>
    </message>
    <message>
      <source>What was found</source>
      <translation>찾은 내용</translation>
    </message>
  </context>
  <context>
    <name>InboxPanel</name>
    <message>
      <source>Alerts</source>
      <translation>알림함</translation>
    </message>
    <message>
      <source>Alerts written to {file}: {count}</source>
      <translation>알림 {count}건을 {file}에 저장했습니다</translation>
    </message>
    <message>
      <source>End a snooze</source>
      <translation>미루기 끝내기</translation>
    </message>
    <message>
      <source>Export these alerts</source>
      <translation>이 알림 내보내기</translation>
    </message>
    <message>
      <source>No alert in this state</source>
      <translation>이 상태의 알림 없음</translation>
    </message>
    <message>
      <source>No alert matches</source>
      <translation>맞는 알림 없음</translation>
    </message>
    <message>
      <source>No more popups today</source>
      <translation>오늘은 팝업 그만</translation>
    </message>
    <message>
      <source>Nothing has fired yet. Every alert is kept here, shown or not</source>
      <translation>아직 울린 알림 없음. 보이지 않은 알림도 모두 여기에 남습니다</translation>
    </message>
    <message>
      <source>Show its popups again</source>
      <translation>이 이름의 팝업 다시 보기</translation>
    </message>
  </context>
  <context>
    <name>JoinedConditions</name>
    <message>
      <source>And when</source>
      <translation>추가 조건</translation>
    </message>
  </context>
  <context>
    <name>KeysDialog</name>
    <message>
      <source>Keyboard</source>
      <translation>단축키</translation>
    </message>
  </context>
  <context>
    <name>KeysPage</name>
    <message>
      <source>Keyboard</source>
      <translation>단축키</translation>
    </message>
  </context>
  <context>
    <name>KindLegend</name>
    <message>
      <source>1 link</source>
      <translation>연결 1개</translation>
    </message>
    <message>
      <source>Click to show or hide this kind</source>
      <translation>눌러서 보이거나 숨기기</translation>
    </message>
    <message>
      <source>{count} links</source>
      <translation>연결 {count}개</translation>
    </message>
  </context>
  <context>
    <name>LeaveLive</name>
    <message>
      <source>Leave live prices?</source>
      <translation>실시간 가격을 닫고 다시보기를 열까요?</translation>
    </message>
    <message>
      <source>Replay</source>
      <translation>다시보기</translation>
    </message>
    <message>
      <source>Stay</source>
      <translation>그대로 두기</translation>
    </message>
    <message>
      <source>The way back: F5, Back to live prices.</source>
      <translation>돌아올 때는 F5를 누르고 ‘실시간 가격으로’를 고릅니다.</translation>
    </message>
    <message>
      <source>Watch the replay</source>
      <translation>다시보기 열기</translation>
    </message>
    <message>
      <source>{day}: the replay opens in place of this window. Until you are back no rule fires.</source>
      <translation>{day}: 이 창 대신 다시보기가 열립니다. 돌아올 때까지 알림은 울리지 않습니다.</translation>
    </message>
  </context>
  <context>
    <name>LeftOutDialog</name>
    <message>
      <source>Close</source>
      <translation>닫기</translation>
    </message>
    <message>
      <source>Copy all</source>
      <translation>모두 복사</translation>
    </message>
    <message>
      <source>Lines left out: {count}</source>
      <translation>제외된 줄: {count}개</translation>
    </message>
  </context>
  <context>
    <name>LinkController</name>
    <message>
      <source>Add a link</source>
      <translation>연결 추가</translation>
    </message>
    <message>
      <source>Correct a link</source>
      <translation>연결 고치기</translation>
    </message>
    <message>
      <source>Link withdrawn: {ends}. Undo (Ctrl+Z) brings it back.</source>
      <translation>연결을 뺐습니다: {ends}. 실행 취소(Ctrl+Z)로 되돌립니다.</translation>
    </message>
    <message>
      <source>Withdraw a link</source>
      <translation>연결 빼기</translation>
    </message>
  </context>
  <context>
    <name>LinkDialog</name>
    <message>
      <source>A company, project or share, by name or symbol.</source>
      <translation>기업, 프로젝트, 종목의 이름이나 종목 코드</translation>
    </message>
    <message>
      <source>A day, month or year: 2026-03-10, 2026-03 or 2026.</source>
      <translation>날짜, 월, 연도 중 하나: 2026-03-10, 2026-03, 2026</translation>
    </message>
    <message>
      <source>A name cannot be tied to itself.</source>
      <translation>같은 이름끼리는 연결할 수 없습니다.</translation>
    </message>
    <message>
      <source>A newspaper, an agency or a filing.</source>
      <translation>신문, 통신사, 공시 등</translation>
    </message>
    <message>
      <source>A share or another name that such news concerns.</source>
      <translation>그 소식에 영향을 받는 종목이나 다른 이름</translation>
    </message>
    <message>
      <source>Add</source>
      <translation>추가</translation>
    </message>
    <message>
      <source>Add a link</source>
      <translation>연결 추가</translation>
    </message>
    <message>
      <source>Basis</source>
      <translation>근거</translation>
    </message>
    <message>
      <source>Correct this link</source>
      <translation>연결 고치기</translation>
    </message>
    <message>
      <source>Counts from {day}; a day counts at once.</source>
      <translation>{day}부터 적용됩니다. 날짜까지 적으면 바로 적용됩니다.</translation>
    </message>
    <message>
      <source>Counts once this day begins in New York.</source>
      <translation>뉴욕에서 이 날짜가 되면 적용됩니다.</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>날짜</translation>
    </message>
    <message>
      <source>Ended</source>
      <translation>종료일</translation>
    </message>
    <message>
      <source>For other names or another kind, withdraw it and add another.</source>
      <translation>이름이나 관계를 바꾸려면 이 연결을 빼고 새로 추가하세요.</translation>
    </message>
    <message>
      <source>From memory, unchecked</source>
      <translation>기억에 의존, 미확인</translation>
    </message>
    <message>
      <source>Give a day, month or year, such as 2026-03-10.</source>
      <translation>2026-03-10처럼 날짜, 월, 연도 중 하나를 적어 주세요.</translation>
    </message>
    <message>
      <source>I have seen the report</source>
      <translation>보도 확인</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>관계</translation>
    </message>
    <message>
      <source>News about</source>
      <translation>소식의 주인공</translation>
    </message>
    <message>
      <source>No known name. Choose one that is offered.</source>
      <translation>등록되지 않은 이름입니다. 목록에서 골라 주세요.</translation>
    </message>
    <message>
      <source>One sentence, as reported.</source>
      <translation>보도된 대로 한 문장</translation>
    </message>
    <message>
      <source>Reaches</source>
      <translation>영향받는 쪽</translation>
    </message>
    <message>
      <source>Reported by</source>
      <translation>보도</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>저장</translation>
    </message>
    <message>
      <source>Say in one sentence why they are tied.</source>
      <translation>왜 연결되는지 한 문장으로 적어 주세요.</translation>
    </message>
    <message>
      <source>Say who reported it.</source>
      <translation>어디에서 보도했는지 적어 주세요.</translation>
    </message>
    <message>
      <source>The last day it held; empty while it holds.</source>
      <translation>연결이 유효했던 마지막 날. 지금도 유효하면 비워 둡니다.</translation>
    </message>
    <message>
      <source>This date is still to come.</source>
      <translation>아직 오지 않은 날짜입니다.</translation>
    </message>
    <message>
      <source>This is before the link's date.</source>
      <translation>연결 날짜보다 앞선 날입니다.</translation>
    </message>
    <message>
      <source>This link is known already. The Exposure tab corrects it.</source>
      <translation>이미 있는 연결입니다. 연결 탭에서 고칠 수 있습니다.</translation>
    </message>
    <message>
      <source>What the first is to the second: Stargate is a customer of ORCL.</source>
      <translation>소식의 주인공이 맡은 역할. 예: 오라클에 스타게이트는 ‘구매’</translation>
    </message>
    <message>
      <source>What the second is to the first: NVDA is a supplier of Stargate.</source>
      <translation>영향받는 쪽의 역할. 예: 스타게이트에 엔비디아는 ‘공급’</translation>
    </message>
    <message>
      <source>Why</source>
      <translation>내용</translation>
    </message>
  </context>
  <context>
    <name>ListButton</name>
    <message>
      <source>Delete</source>
      <translation>삭제</translation>
    </message>
    <message>
      <source>Duplicate</source>
      <translation>복제</translation>
    </message>
    <message>
      <source>Duplicate…</source>
      <translation>복제…</translation>
    </message>
    <message>
      <source>Export…</source>
      <translation>내보내기…</translation>
    </message>
    <message>
      <source>Import…</source>
      <translation>가져오기…</translation>
    </message>
    <message>
      <source>List: {name}</source>
      <translation>목록: {name}</translation>
    </message>
    <message>
      <source>Lists</source>
      <translation>목록</translation>
    </message>
    <message>
      <source>New list</source>
      <translation>새 목록</translation>
    </message>
    <message>
      <source>New list…</source>
      <translation>새 목록…</translation>
    </message>
    <message>
      <source>Redo</source>
      <translation>다시 실행</translation>
    </message>
    <message>
      <source>Redo: {what}</source>
      <translation>다시 실행: {what}</translation>
    </message>
    <message>
      <source>Rename</source>
      <translation>이름 바꾸기</translation>
    </message>
    <message>
      <source>Rename…</source>
      <translation>이름 바꾸기…</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>실행 취소</translation>
    </message>
    <message>
      <source>Undo: {what}</source>
      <translation>실행 취소: {what}</translation>
    </message>
  </context>
  <context>
    <name>ListController</name>
    <message>
      <source>; left out: {count} ({lines})</source>
      <translation>, {count}건 제외({lines})</translation>
    </message>
    <message>
      <source>; private names left out, which only TOML holds: {count}</source>
      <translation>. TOML에만 담기는 비상장 {count}곳은 뺐습니다</translation>
    </message>
    <message>
      <source>Add</source>
      <translation>추가</translation>
    </message>
    <message>
      <source>Added to {layer}: {names}</source>
      <translation>{layer}에 추가: {names}</translation>
    </message>
    <message>
      <source>Another board</source>
      <translation>다른 시장</translation>
    </message>
    <message>
      <source>Delete list</source>
      <translation>목록 삭제</translation>
    </message>
    <message>
      <source>Duplicate list</source>
      <translation>목록 복제</translation>
    </message>
    <message>
      <source>Export this list</source>
      <translation>이 목록 내보내기</translation>
    </message>
    <message>
      <source>Found on another board, and put in place: {names}. Undo (Ctrl+Z) takes it back.</source>
      <translation>다른 시장에서 찾아 바꿔 넣었습니다: {names}. 실행 취소(Ctrl+Z)로 되돌릴 수 있습니다.</translation>
    </message>
    <message>
      <source>Import a list</source>
      <translation>목록 가져오기</translation>
    </message>
    <message>
      <source>Import list</source>
      <translation>목록 가져오기</translation>
    </message>
    <message>
      <source>Left out, not symbols such as NVDA or 005930.KS: {names}</source>
      <translation>NVDA나 005930.KS 같은 종목 코드가 아니어서 제외: {names}</translation>
    </message>
    <message>
      <source>Lists</source>
      <translation>목록</translation>
    </message>
    <message>
      <source>Names taken out: {count}. Undo (Ctrl+Z) brings them back.</source>
      <translation>목록에서 {count}개를 뺐습니다. 실행 취소(Ctrl+Z)로 되돌립니다.</translation>
    </message>
    <message>
      <source>Names written to {file}: {count}</source>
      <translation>종목 {count}개를 {file}에 저장했습니다</translation>
    </message>
    <message>
      <source>New list</source>
      <translation>새 목록</translation>
    </message>
    <message>
      <source>Only the first {most} of {count} pasted names were read</source>
      <translation>붙여넣은 {count}개 중 처음 {most}개만 읽었습니다</translation>
    </message>
    <message>
      <source>Rename list</source>
      <translation>목록 이름 바꾸기</translation>
    </message>
    <message>
      <source>This is the only list; it cannot be deleted</source>
      <translation>하나뿐인 목록은 삭제할 수 없습니다</translation>
    </message>
    <message>
      <source>and {count} more</source>
      <translation>외 {count}개</translation>
    </message>
    <message>
      <source>imported names: {count}</source>
      <translation>{count}종목 가져옴</translation>
    </message>
    <message>
      <source>line {line}: {reason}</source>
      <translation>{line}번째 줄: {reason}</translation>
    </message>
    <message>
      <source>{symbol} trades where Stackwatch knows no hours</source>
      <translation>{symbol}: 거래 시간 정보가 없는 거래소</translation>
    </message>
  </context>
  <context>
    <name>ListMenu</name>
    <message>
      <source>Add a link…</source>
      <translation>연결 추가…</translation>
    </message>
    <message>
      <source>Add a name here</source>
      <translation>여기에 종목 추가</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>열 고르기</translation>
    </message>
    <message>
      <source>Compare in chart</source>
      <translation>차트에서 비교</translation>
    </message>
    <message>
      <source>Copy name</source>
      <translation>이름 복사</translation>
    </message>
    <message>
      <source>Copy symbol</source>
      <translation>종목 코드 복사</translation>
    </message>
    <message>
      <source>Delete from Stackwatch</source>
      <translation>Stackwatch에서 삭제</translation>
    </message>
    <message>
      <source>Edit name and spellings…</source>
      <translation>이름·표기 편집…</translation>
    </message>
    <message>
      <source>Fold</source>
      <translation>접기</translation>
    </message>
    <message>
      <source>Fold every layer</source>
      <translation>모든 분야 접기</translation>
    </message>
    <message>
      <source>Follow a private company…</source>
      <translation>비상장 기업 추가…</translation>
    </message>
    <message>
      <source>Hide layer</source>
      <translation>분야 숨기기</translation>
    </message>
    <message>
      <source>Move to layer</source>
      <translation>분야로 이동</translation>
    </message>
    <message>
      <source>My own order</source>
      <translation>내 순서대로</translation>
    </message>
    <message>
      <source>New alert</source>
      <translation>새 알림</translation>
    </message>
    <message>
      <source>New layer</source>
      <translation>새 분야</translation>
    </message>
    <message>
      <source>New layer…</source>
      <translation>새 분야…</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>열기</translation>
    </message>
    <message>
      <source>Refresh</source>
      <translation>새로 고침</translation>
    </message>
    <message>
      <source>Remove from the list</source>
      <translation>목록에서 빼기</translation>
    </message>
    <message>
      <source>Remove layer</source>
      <translation>분야 빼기</translation>
    </message>
    <message>
      <source>Rename layer</source>
      <translation>분야 이름 바꾸기</translation>
    </message>
    <message>
      <source>Rename layer…</source>
      <translation>분야 이름 바꾸기…</translation>
    </message>
    <message>
      <source>Show hidden layer</source>
      <translation>숨긴 분야 보이기</translation>
    </message>
    <message>
      <source>Show layer</source>
      <translation>분야 보이기</translation>
    </message>
    <message>
      <source>Sort every layer</source>
      <translation>모든 분야 정렬</translation>
    </message>
    <message>
      <source>Sort this layer</source>
      <translation>이 분야 정렬</translation>
    </message>
    <message>
      <source>Unfold</source>
      <translation>펼치기</translation>
    </message>
    <message>
      <source>Unfold every layer</source>
      <translation>모든 분야 펼치기</translation>
    </message>
  </context>
  <context>
    <name>Lists</name>
    <message>
      <source>Move a column</source>
      <translation>열 옮기기</translation>
    </message>
    <message>
      <source>Move an alert line</source>
      <translation>알림 선 옮기기</translation>
    </message>
  </context>
  <context>
    <name>LowerTabs</name>
    <message>
      <source>Alerts</source>
      <translation>알림</translation>
    </message>
    <message>
      <source>Detail</source>
      <translation>상세</translation>
    </message>
  </context>
  <context>
    <name>MannerFields</name>
    <message>
      <source> min</source>
      <translation>분</translation>
    </message>
    <message>
      <source>A day</source>
      <translation>날짜 지정</translation>
    </message>
    <message>
      <source>Alert</source>
      <translation>경고</translation>
    </message>
    <message>
      <source>Any</source>
      <translation>모두</translation>
    </message>
    <message>
      <source>Deliver</source>
      <translation>알림 방식</translation>
    </message>
    <message>
      <source>End of today</source>
      <translation>오늘까지</translation>
    </message>
    <message>
      <source>Every time</source>
      <translation>매번</translation>
    </message>
    <message>
      <source>Extended only</source>
      <translation>시간외만</translation>
    </message>
    <message>
      <source>Further step</source>
      <translation>추가 간격</translation>
    </message>
    <message>
      <source>Heard where the settings let popups sound</source>
      <translation>설정에서 팝업 소리를 켰을 때만 납니다</translation>
    </message>
    <message>
      <source>In a month</source>
      <translation>한 달</translation>
    </message>
    <message>
      <source>In a week</source>
      <translation>일주일</translation>
    </message>
    <message>
      <source>Last day</source>
      <translation>마지막 날</translation>
    </message>
    <message>
      <source>Minutes between two alerts</source>
      <translation>알림 최소 간격(분)</translation>
    </message>
    <message>
      <source>Minutes it must hold</source>
      <translation>유지 시간(분)</translation>
    </message>
    <message>
      <source>No end date</source>
      <translation>종료일 없음</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>메모</translation>
    </message>
    <message>
      <source>Notice</source>
      <translation>참고</translation>
    </message>
    <message>
      <source>Once a session</source>
      <translation>거래일에 한 번</translation>
    </message>
    <message>
      <source>Once only</source>
      <translation>한 번만</translation>
    </message>
    <message>
      <source>Regular</source>
      <translation>정규장</translation>
    </message>
    <message>
      <source>Repeat</source>
      <translation>반복</translation>
    </message>
    <message>
      <source>Session</source>
      <translation>거래 시간</translation>
    </message>
    <message>
      <source>Severe</source>
      <translation>심각</translation>
    </message>
    <message>
      <source>Severity</source>
      <translation>중요도</translation>
    </message>
    <message>
      <source>Until</source>
      <translation>기한</translation>
    </message>
    <message>
      <source>again every</source>
      <translation>더 커질 때마다</translation>
    </message>
    <message>
      <source>always kept in the list of alerts</source>
      <translation>알림함에는 항상 남음</translation>
    </message>
    <message>
      <source>at least apart</source>
      <translation>최소 간격</translation>
    </message>
    <message>
      <source>hold for</source>
      <translation>유지 시간</translation>
    </message>
    <message>
      <source>more headlines</source>
      <translation>건 더</translation>
    </message>
    <message>
      <source>more stories</source>
      <translation>건 더</translation>
    </message>
    <message>
      <source>popup</source>
      <translation>팝업</translation>
    </message>
    <message>
      <source>sound</source>
      <translation>소리</translation>
    </message>
  </context>
  <context>
    <name>NameDialog</name>
    <message>
      <source>Name</source>
      <translation>이름</translation>
    </message>
    <message>
      <source>OK</source>
      <translation>확인</translation>
    </message>
  </context>
  <context>
    <name>NoisePanel</name>
    <message>
      <source>1 popup</source>
      <translation>팝업 1건</translation>
    </message>
    <message>
      <source>Daily closes, today’s list of names, adjusted prices, one look a day.</source>
      <translation>일별 종가, 오늘의 종목 목록, 수정주가 기준, 하루 한 번 확인.</translation>
    </message>
    <message>
      <source>Days</source>
      <translation>일수</translation>
    </message>
    <message>
      <source>Fires</source>
      <translation>발생</translation>
    </message>
    <message>
      <source>If you chose instead</source>
      <translation>다른 기준이었다면</translation>
    </message>
    <message>
      <source>It would not have fired.</source>
      <translation>울리지 않았을 것입니다.</translation>
    </message>
    <message>
      <source>Last fires</source>
      <translation>최근 발생</translation>
    </message>
    <message>
      <source>No headlines of these days are stored.</source>
      <translation>이 기간에 저장된 기사가 없습니다.</translation>
    </message>
    <message>
      <source>No preview: {0}</source>
      <translation>미리보기 없음: {0}</translation>
    </message>
    <message>
      <source>Noise preview</source>
      <translation>알림 빈도 미리보기</translation>
    </message>
    <message>
      <source>Per name and year</source>
      <translation>종목당 연간</translation>
    </message>
    <message>
      <source>Stories are counted since {0}, when headlines were kept.</source>
      <translation>소식은 기사를 저장하기 시작한 {0}부터 셉니다.</translation>
    </message>
    <message>
      <source>The prices before a replayed day are made up: this shows what a preview says, not how often the rule would have fired.</source>
      <translation>다시보기 이전의 가격은 재구성한 값입니다. 미리보기가 무엇을 알려 주는지 보여 줄 뿐, 실제 빈도가 아닙니다.</translation>
    </message>
    <message>
      <source>Today’s list of names, news at the time it came.</source>
      <translation>오늘의 종목 목록 기준, 기사는 나온 시각대로.</translation>
    </message>
    <message>
      <source>computing…</source>
      <translation>계산 중…</translation>
    </message>
    <message>
      <source>days with one</source>
      <translation>팝업이 있는 날</translation>
    </message>
    <message>
      <source>fires before grouping</source>
      <translation>묶기 전 발생</translation>
    </message>
    <message>
      <source>per name and year</source>
      <translation>종목당 연간</translation>
    </message>
    <message>
      <source>popups, by cause or layer</source>
      <translation>팝업(원인·분야별)</translation>
    </message>
    <message>
      <source>reading the headlines…</source>
      <translation>기사 읽는 중…</translation>
    </message>
    <message>
      <source>reconstructed</source>
      <translation>재구성</translation>
    </message>
    <message>
      <source>up to 12 months back, with this rule on these names</source>
      <translation>길게는 12개월 전까지, 이 규칙과 이 종목 기준</translation>
    </message>
    <message>
      <source>waits for a complete rule</source>
      <translation>규칙이 갖춰지면 계산</translation>
    </message>
    <message>
      <source>with a matching story</source>
      <translation>맞는 소식 있음</translation>
    </message>
    <message>
      <source>{0} popups</source>
      <translation>팝업 {0}건</translation>
    </message>
    <message>
      <source>{0} to {1}</source>
      <translation>{0}~{1}</translation>
    </message>
    <message>
      <source>{0}: 1 name</source>
      <translation>{0}: 1종목</translation>
    </message>
    <message>
      <source>{0}: {1} groups</source>
      <translation>{0}: 대상 {1}개</translation>
    </message>
    <message>
      <source>{0}: {1} names</source>
      <translation>{0}: {1}종목</translation>
    </message>
  </context>
  <context>
    <name>NoticeBar</name>
    <message>
      <source>Close</source>
      <translation>닫기</translation>
    </message>
    <message>
      <source>Open the folder</source>
      <translation>폴더 열기</translation>
    </message>
    <message>
      <source>Open the page</source>
      <translation>페이지 열기</translation>
    </message>
    <message>
      <source>Unknown to the source: {names}. Renamed or delisted? What is in the list stays there until you take it out.</source>
      <translation>출처에 없는 종목: {names}. 이름 변경이나 상장 폐지일 수 있으며, 목록에서는 직접 뺄 때까지 남습니다.</translation>
    </message>
    <message>
      <source>and {count} more</source>
      <translation>외 {count}종목</translation>
    </message>
    <message>
      <source>{0} more</source>
      <translation>{0}건 더</translation>
    </message>
    <message>
      <source>{symbol} since {day}</source>
      <translation>{symbol}({day}부터)</translation>
    </message>
  </context>
  <context>
    <name>OfflineBar</name>
    <message>
      <source>A web page answers instead of the source since {time}: a login page?</source>
      <translation>{time}부터 출처 대신 웹 페이지가 응답, 로그인 페이지일 수 있음</translation>
    </message>
    <message>
      <source>Back to live prices</source>
      <translation>실시간 가격으로</translation>
    </message>
    <message>
      <source>No connection since {time}</source>
      <translation>{time}부터 연결 없음</translation>
    </message>
    <message>
      <source>No prices from the source since {time}</source>
      <translation>{time}부터 출처에서 시세 수신 없음</translation>
    </message>
    <message>
      <source>Prices arrive again</source>
      <translation>시세 수신이 재개되었습니다</translation>
    </message>
    <message>
      <source>The source asks for fewer requests since {time}</source>
      <translation>{time}부터 출처가 요청을 제한</translation>
    </message>
    <message>
      <source>This replay has no prices</source>
      <translation>이 다시보기에 가격 없음</translation>
    </message>
    <message>
      <source>Try now</source>
      <translation>지금 시도</translation>
    </message>
    <message>
      <source>Watch a documented day</source>
      <translation>기록된 날 다시보기</translation>
    </message>
    <message>
      <source>again in {span}</source>
      <translation>{span} 뒤 다시 시도</translation>
    </message>
    <message>
      <source>no price is stored from an earlier run</source>
      <translation>저장된 가격 없음</translation>
    </message>
    <message>
      <source>rules wait</source>
      <translation>규칙 판단 멈춤</translation>
    </message>
  </context>
  <context>
    <name>PaletteCards</name>
    <message>
      <source>Colour-blind</source>
      <translation>색각 보정</translation>
    </message>
    <message>
      <source>Korean</source>
      <translation>한국식</translation>
    </message>
    <message>
      <source>Western</source>
      <translation>서양식</translation>
    </message>
    <message>
      <source>blue up, orange down</source>
      <translation>상승 파랑, 하락 주황</translation>
    </message>
    <message>
      <source>green up, red down</source>
      <translation>상승 초록, 하락 빨강</translation>
    </message>
    <message>
      <source>red up, blue down</source>
      <translation>상승 빨강, 하락 파랑</translation>
    </message>
  </context>
  <context>
    <name>PeerField</name>
    <message>
      <source>Compare with</source>
      <translation>비교할 종목</translation>
    </message>
    <message>
      <source>Names to compare with</source>
      <translation>비교할 종목</translation>
    </message>
    <message>
      <source>Nothing has that name</source>
      <translation>그런 이름이 없음</translation>
    </message>
    <message>
      <source>Symbol or name</source>
      <translation>종목 또는 이름</translation>
    </message>
  </context>
  <context>
    <name>Placement</name>
    <message>
      <source>Border above detail and alerts</source>
      <translation>상세·알림 위 경계선</translation>
    </message>
    <message>
      <source>Border above the alerts</source>
      <translation>알림 위 경계선</translation>
    </message>
    <message>
      <source>Border of list and detail</source>
      <translation>목록과 상세의 경계선</translation>
    </message>
  </context>
  <context>
    <name>PricePlot</name>
    <message>
      <source>extended hours</source>
      <translation>시간외</translation>
    </message>
    <message>
      <source>{0} to {1}</source>
      <translation>{0}부터 {1}까지</translation>
    </message>
  </context>
  <context>
    <name>PrivateController</name>
    <message>
      <source>Delete a company</source>
      <translation>비상장 기업 삭제</translation>
    </message>
    <message>
      <source>Deleted with {name}: alert rules {rules}, links {links}. Undo or redo brings them back.</source>
      <translation>{name} 관련 알림 규칙 {rules}개, 연결 {links}개도 함께 삭제했습니다. 실행 취소나 다시 실행으로 되돌릴 수 있습니다.</translation>
    </message>
    <message>
      <source>Edit a company</source>
      <translation>이름·표기 편집</translation>
    </message>
    <message>
      <source>Follow a company</source>
      <translation>비상장 기업 추가</translation>
    </message>
  </context>
  <context>
    <name>PrivateDialog</name>
    <message>
      <source>At most {most} spellings.</source>
      <translation>표기는 {most}개까지입니다.</translation>
    </message>
    <message>
      <source>Edit name and spellings</source>
      <translation>이름·표기 편집</translation>
    </message>
    <message>
      <source>Follow</source>
      <translation>추가</translation>
    </message>
    <message>
      <source>Follow a private company</source>
      <translation>비상장 기업 추가</translation>
    </message>
    <message>
      <source>For words that mean other things too, such as Figure or Scale.</source>
      <translation>다른 뜻으로도 쓰는 말입니다. 예: 하나, 라인, Figure</translation>
    </message>
    <message>
      <source>Give at least one spelling that headlines use.</source>
      <translation>기사 제목에 쓰는 표기를 하나 이상 적어 주세요.</translation>
    </message>
    <message>
      <source>Give at least one word that stands beside “{text}”.</source>
      <translation>“{text}”: 함께 나올 말을 하나 이상 적어 주세요.</translation>
    </message>
    <message>
      <source>Give it a name in English or Korean.</source>
      <translation>영어나 한국어 이름을 적어 주세요.</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>구분</translation>
    </message>
    <message>
      <source>Layer</source>
      <translation>분야</translation>
    </message>
    <message>
      <source>Name in English</source>
      <translation>영어 이름</translation>
    </message>
    <message>
      <source>Name in Korean</source>
      <translation>한국어 이름</translation>
    </message>
    <message>
      <source>One of them is enough, anywhere in the headline.</source>
      <translation>기사 제목에 이 중 하나만 있으면 됩니다.</translation>
    </message>
    <message>
      <source>Only beside a word</source>
      <translation>조건부 표기</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>저장</translation>
    </message>
    <message>
      <source>Separated by commas. Korean particles are found by themselves.</source>
      <translation>쉼표로 구분합니다. 가, 는, 의 같은 조사는 적지 않아도 됩니다.</translation>
    </message>
    <message>
      <source>Shown beside its name and looked through by Find.</source>
      <translation>이름 옆에 나오고, 찾기에서도 찾을 수 있습니다.</translation>
    </message>
    <message>
      <source>Spellings in headlines</source>
      <translation>기사 속 표기</translation>
    </message>
    <message>
      <source>What it does</source>
      <translation>하는 일</translation>
    </message>
    <message>
      <source>Words beside it</source>
      <translation>함께 나올 말</translation>
    </message>
    <message>
      <source>“{text}” in a headline already means {owner}.</source>
      <translation>기사 제목의 “{text}”: 이미 {owner}의 표기입니다.</translation>
    </message>
    <message>
      <source>“{text}” is an everyday word. Move it to the next line, with words beside it.</source>
      <translation>“{text}”: 흔히 쓰는 말입니다. 아래 조건부 표기로 옮기고 함께 나올 말을 적어 주세요.</translation>
    </message>
    <message>
      <source>“{text}” is in both lines. Keep it in one of them.</source>
      <translation>“{text}”: 두 줄에 모두 있습니다. 한쪽에만 적어 주세요.</translation>
    </message>
    <message>
      <source>“{text}” is known already, as {owner}. Find adds it to the list.</source>
      <translation>“{text}”: 이미 등록된 이름입니다({owner}). 찾기에서 목록에 추가할 수 있습니다.</translation>
    </message>
    <message>
      <source>“{text}” is known as a namesake that means nobody here.</source>
      <translation>“{text}”: 이름만 같은 다른 대상으로 등록되어 있습니다.</translation>
    </message>
    <message>
      <source>“{text}” is too short to be told from other words.</source>
      <translation>“{text}”: 너무 짧아 다른 말과 구별되지 않습니다.</translation>
    </message>
  </context>
  <context>
    <name>PrivatePage</name>
    <message>
      <source>As of {0}</source>
      <translation>{0} 기준</translation>
    </message>
    <message>
      <source>No statements: it is not listed</source>
      <translation>비상장이라 재무제표 없음</translation>
    </message>
    <message>
      <source>Not shown: last checked on {0}, later than this day</source>
      <translation>표시 안 함: 마지막 확인 {0}, 이날보다 나중</translation>
    </message>
    <message>
      <source>Your own, added {0}</source>
      <translation>직접 추가({0})</translation>
    </message>
  </context>
  <context>
    <name>ProgressItem</name>
    <message>
      <source>Stop loading histories</source>
      <translation>가격 이력 받기 멈춤</translation>
    </message>
    <message>
      <source>histories {done} of {total}</source>
      <translation>가격 이력 {total}종목 중 {done}종목</translation>
    </message>
  </context>
  <context>
    <name>ReachText</name>
    <message>
      <source>1 name with enough history</source>
      <translation>이력이 충분한 1종목</translation>
    </message>
    <message>
      <source>{0} names with enough history</source>
      <translation>이력이 충분한 {0}종목</translation>
    </message>
  </context>
  <context>
    <name>ReadingPane</name>
    <message>
      <source>Abnormal</source>
      <translation>초과 등락</translation>
    </message>
    <message>
      <source>Alert on {name}</source>
      <translation>{name} 새 알림</translation>
    </message>
    <message>
      <source>Block publisher</source>
      <translation>매체 차단</translation>
    </message>
    <message>
      <source>Change</source>
      <translation>등락률</translation>
    </message>
    <message>
      <source>Choose a story to read it here</source>
      <translation>소식을 고르면 여기에 표시</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>성격</translation>
    </message>
    <message>
      <source>Later</source>
      <translation>이후</translation>
    </message>
    <message>
      <source>Life of the story</source>
      <translation>소식의 경과</translation>
    </message>
    <message>
      <source>Linked shares</source>
      <translation>연결 종목</translation>
    </message>
    <message>
      <source>Never take headlines from {source}</source>
      <translation>{source} 기사를 더는 받지 않음</translation>
    </message>
    <message>
      <source>Open article</source>
      <translation>원문 열기</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>상태</translation>
    </message>
    <message>
      <source>reports an event</source>
      <translation>사건 보도</translation>
    </message>
    <message>
      <source>talks about it</source>
      <translation>관련 언급</translation>
    </message>
    <message>
      <source>{count} more</source>
      <translation>그 밖에 {count}건</translation>
    </message>
    <message>
      <source>{count} reports, oldest first</source>
      <translation>보도 {count}건, 오래된 순</translation>
    </message>
  </context>
  <context>
    <name>RemovalDialog</name>
    <message>
      <source>Alert rules about it are deleted with it.</source>
      <translation>관련 알림 규칙도 함께 삭제합니다.</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>삭제</translation>
    </message>
    <message>
      <source>Delete {name}?</source>
      <translation>{name} 삭제</translation>
    </message>
    <message>
      <source>Headlines about it alone are no stories any more; past alerts stay.</source>
      <translation>이 이름만 다룬 기사는 소식에서 빠지고, 지난 알림은 남습니다.</translation>
    </message>
    <message>
      <source>It leaves these lists: {lists}.</source>
      <translation>다음 목록에서 빠집니다: {lists}.</translation>
    </message>
    <message>
      <source>Its links are deleted, too: {links}.</source>
      <translation>연결 {links}개도 삭제합니다.</translation>
    </message>
    <message>
      <source>Keep it</source>
      <translation>그대로 두기</translation>
    </message>
    <message>
      <source>Undo (Ctrl+Z) brings all of it back until Stackwatch ends.</source>
      <translation>프로그램을 끝내기 전에는 실행 취소(Ctrl+Z)로 모두 되돌릴 수 있습니다.</translation>
    </message>
  </context>
  <context>
    <name>ReplayBadge</name>
    <message>
      <source>Another day, or again from the start  F5</source>
      <translation>다른 날 또는 처음부터  F5</translation>
    </message>
    <message>
      <source>Go on with the replay  F7</source>
      <translation>다시보기 계속  F7</translation>
    </message>
    <message>
      <source>Pause the replay  F7</source>
      <translation>다시보기 일시 정지  F7</translation>
    </message>
    <message>
      <source>REPLAY</source>
      <translation>다시보기</translation>
    </message>
    <message>
      <source>Replay paused</source>
      <translation>다시보기 일시 정지</translation>
    </message>
    <message>
      <source>Speed of the replay</source>
      <translation>다시보기 속도</translation>
    </message>
    <message>
      <source>The replay goes on</source>
      <translation>다시보기 계속</translation>
    </message>
    <message>
      <source>The replay has ended</source>
      <translation>다시보기 끝남</translation>
    </message>
    <message>
      <source>To the next headline or alert  F8</source>
      <translation>다음 소식이나 알림으로  F8</translation>
    </message>
    <message>
      <source>ended</source>
      <translation>끝</translation>
    </message>
  </context>
  <context>
    <name>ReplayController</name>
    <message>
      <source>Again from the start</source>
      <translation>처음부터 다시</translation>
    </message>
    <message>
      <source>Back to live prices</source>
      <translation>실시간 가격으로</translation>
    </message>
    <message>
      <source>Watch a documented day again</source>
      <translation>기록된 날 다시보기</translation>
    </message>
  </context>
  <context>
    <name>RuleForm</name>
    <message>
      <source>A value already beyond the trigger when you save does not pop up; the table below says since when it is true.</source>
      <translation>저장할 때 이미 기준을 넘은 값은 팝업이 뜨지 않으며, 언제부터 넘었는지는 아래 표에 나옵니다.</translation>
    </message>
    <message>
      <source>Add a condition</source>
      <translation>조건 추가</translation>
    </message>
    <message>
      <source>All of them</source>
      <translation>모두 충족</translation>
    </message>
    <message>
      <source>And</source>
      <translation>그리고</translation>
    </message>
    <message>
      <source>Any layer</source>
      <translation>모든 분야</translation>
    </message>
    <message>
      <source>Any of them</source>
      <translation>하나라도</translation>
    </message>
    <message>
      <source>Any private name</source>
      <translation>모든 비상장</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>취소</translation>
    </message>
    <message>
      <source>Choose a layer: the condition is about one</source>
      <translation>분야를 고르세요. 이 조건의 대상은 분야입니다</translation>
    </message>
    <message>
      <source>Choose a private company or project: the condition is about one</source>
      <translation>비상장 기업이나 프로젝트를 고르세요. 이 조건의 대상입니다</translation>
    </message>
    <message>
      <source>Choose a share: the condition is about one</source>
      <translation>종목을 고르세요. 이 조건의 대상은 종목입니다</translation>
    </message>
    <message>
      <source>Choose which layer</source>
      <translation>어느 분야인지 골라 주세요</translation>
    </message>
    <message>
      <source>Choose which private company or project</source>
      <translation>어느 비상장 기업·프로젝트인지 골라 주세요</translation>
    </message>
    <message>
      <source>Choose whom the rule watches</source>
      <translation>대상을 골라 주세요</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>삭제</translation>
    </message>
    <message>
      <source>Duplicate</source>
      <translation>복제</translation>
    </message>
    <message>
      <source>It falls below a number under 0, such as {0}</source>
      <translation>하락은 {0}처럼 0보다 작은 값입니다</translation>
    </message>
    <message>
      <source>Join</source>
      <translation>결합</translation>
    </message>
    <message>
      <source>Layer</source>
      <translation>분야</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>이름</translation>
    </message>
    <message>
      <source>On</source>
      <translation>켜짐</translation>
    </message>
    <message>
      <source>Restore the default</source>
      <translation>기본값으로 되돌리기</translation>
    </message>
    <message>
      <source>Rules with a price or last day, pauses and snoozes hold in this replay only.</source>
      <translation>가격이나 마지막 날이 있는 규칙, 중지와 미루기는 이 다시보기에만 적용됩니다.</translation>
    </message>
    <message>
      <source>Save and arm</source>
      <translation>저장하고 켜기</translation>
    </message>
    <message>
      <source>Save for this replay</source>
      <translation>이 다시보기에 저장</translation>
    </message>
    <message>
      <source>Save paused</source>
      <translation>끈 채로 저장</translation>
    </message>
    <message>
      <source>Say in how many minutes</source>
      <translation>몇 분 동안인지 적어 주세요</translation>
    </message>
    <message>
      <source>That day is over: it will not fire</source>
      <translation>이미 지난 날짜라 울리지 않습니다</translation>
    </message>
    <message>
      <source>This condition is about a share, and the rule is not</source>
      <translation>종목에 대한 조건인데 이 규칙의 대상은 종목이 아닙니다</translation>
    </message>
    <message>
      <source>Watch</source>
      <translation>대상</translation>
    </message>
    <message>
      <source>Watchlist</source>
      <translation>목록</translation>
    </message>
    <message>
      <source>When</source>
      <translation>조건</translation>
    </message>
    <message>
      <source>only with a matching story</source>
      <translation>맞는 소식이 있을 때만</translation>
    </message>
    <message>
      <source>“Again every” does not go with “Any of them”</source>
      <translation>‘하나라도’에는 ‘더 커질 때마다’를 함께 쓸 수 없습니다</translation>
    </message>
  </context>
  <context>
    <name>RuleSwitches</name>
    <message>
      <source>Change a rule</source>
      <translation>규칙 변경</translation>
    </message>
    <message>
      <source>End a snooze</source>
      <translation>미루기 끝내기</translation>
    </message>
    <message>
      <source>Pause a rule</source>
      <translation>규칙 중지</translation>
    </message>
    <message>
      <source>Pause all rules</source>
      <translation>모든 규칙 중지</translation>
    </message>
    <message>
      <source>Resume a rule</source>
      <translation>규칙 다시 시작</translation>
    </message>
    <message>
      <source>Resume all rules</source>
      <translation>모든 규칙 다시 시작</translation>
    </message>
    <message>
      <source>Snooze a rule</source>
      <translation>규칙 미루기</translation>
    </message>
  </context>
  <context>
    <name>RulesView</name>
    <message>
      <source>A new rule was begun and is not saved</source>
      <translation>작성하던 새 규칙이 저장되지 않음</translation>
    </message>
    <message>
      <source>Border of editor and armed rules</source>
      <translation>편집기와 대기 중인 규칙의 경계선</translation>
    </message>
    <message>
      <source>Go on with it</source>
      <translation>이어서 작성</translation>
    </message>
    <message>
      <source>Rules</source>
      <translation>규칙</translation>
    </message>
    <message>
      <source>Saved once more, it is what the editor shows</source>
      <translation>한 번 더 저장하면 편집기의 내용으로 바뀝니다</translation>
    </message>
    <message>
      <source>That rule was deleted</source>
      <translation>삭제된 규칙임</translation>
    </message>
    <message>
      <source>This rule comes with Stackwatch; pause it instead</source>
      <translation>기본 규칙입니다. 삭제 대신 중지하세요</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>실행 취소</translation>
    </message>
    <message>
      <source>edited, not saved</source>
      <translation>편집됨, 저장 안 됨</translation>
    </message>
    <message>
      <source>new, not saved</source>
      <translation>새 규칙, 저장 안 됨</translation>
    </message>
    <message>
      <source>{0} is back to its default</source>
      <translation>{0}: 기본값으로 되돌림</translation>
    </message>
    <message>
      <source>{0} new rules were begun and are not saved</source>
      <translation>작성하던 새 규칙 {0}개가 저장되지 않음</translation>
    </message>
    <message>
      <source>{0} was deleted</source>
      <translation>{0} 삭제됨</translation>
    </message>
  </context>
  <context>
    <name>SettingsDialog</name>
    <message>
      <source>About</source>
      <translation>정보</translation>
    </message>
    <message>
      <source>Advanced</source>
      <translation>고급</translation>
    </message>
    <message>
      <source>Alerts</source>
      <translation>알림</translation>
    </message>
    <message>
      <source>Appearance</source>
      <translation>화면</translation>
    </message>
    <message>
      <source>Data</source>
      <translation>데이터</translation>
    </message>
    <message>
      <source>General</source>
      <translation>일반</translation>
    </message>
    <message>
      <source>Keyboard</source>
      <translation>단축키</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>설정</translation>
    </message>
  </context>
  <context>
    <name>SettingsFoot</name>
    <message>
      <source>Cancel</source>
      <translation>취소</translation>
    </message>
    <message>
      <source>Changes show at once; Cancel takes them back.</source>
      <translation>바꾸면 바로 적용됩니다. 취소하면 되돌아갑니다.</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>완료</translation>
    </message>
    <message>
      <source>For this page only; can be undone</source>
      <translation>이 페이지만, 실행 취소 가능</translation>
    </message>
    <message>
      <source>Restore the defaults</source>
      <translation>기본값으로 되돌리기</translation>
    </message>
    <message>
      <source>Restored: {names}</source>
      <translation>되돌림: {names}</translation>
    </message>
    <message>
      <source>Takes back every change made since the settings were opened</source>
      <translation>설정을 연 뒤에 바꾼 것을 모두 되돌림</translation>
    </message>
    <message>
      <source>This page has its defaults</source>
      <translation>이 페이지는 기본값 그대로</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>실행 취소</translation>
    </message>
  </context>
  <context>
    <name>SettingsSearch</name>
    <message>
      <source>Find a setting</source>
      <translation>설정 찾기</translation>
    </message>
    <message>
      <source>Found settings</source>
      <translation>찾은 설정</translation>
    </message>
    <message>
      <source>No setting has these words</source>
      <translation>이 말이 있는 설정 없음</translation>
    </message>
  </context>
  <context>
    <name>SnoozeMenu</name>
    <message>
      <source>Edit the rule</source>
      <translation>규칙 편집</translation>
    </message>
    <message>
      <source>{0} only</source>
      <translation>{0}만</translation>
    </message>
  </context>
  <context>
    <name>Spans</name>
    <message>
      <source>1D</source>
      <translation>1일</translation>
    </message>
    <message>
      <source>1M</source>
      <translation>1개월</translation>
    </message>
    <message>
      <source>1Y</source>
      <translation>1년</translation>
    </message>
    <message>
      <source>5D</source>
      <translation>5일</translation>
    </message>
    <message>
      <source>5Y</source>
      <translation>5년</translation>
    </message>
    <message>
      <source>6M</source>
      <translation>6개월</translation>
    </message>
  </context>
  <context>
    <name>Splitter</name>
    <message>
      <source>Drag, or use the arrow keys; a double click or Enter puts it back</source>
      <translation>끌거나 화살표 키로 옮깁니다. 더블클릭하거나 Enter를 누르면 제자리로 돌아갑니다</translation>
    </message>
  </context>
  <context>
    <name>SubjectChoice</name>
    <message>
      <source>Names found</source>
      <translation>찾은 이름</translation>
    </message>
  </context>
  <context>
    <name>SubstancePanel</name>
    <message>
      <source>* of an earlier statement; the tip of its row dates every figure</source>
      <translation>* 이전 재무제표의 수치. 행에 마우스를 올리면 수치마다 날짜가 나옵니다</translation>
    </message>
    <message>
      <source>Companies of the layer</source>
      <translation>분야의 회사</translation>
    </message>
    <message>
      <source>Company</source>
      <translation>회사</translation>
    </message>
    <message>
      <source>Figures of the company</source>
      <translation>회사의 수치</translation>
    </message>
    <message>
      <source>Layer</source>
      <translation>분야</translation>
    </message>
    <message>
      <source>Statement</source>
      <translation>재무제표</translation>
    </message>
    <message>
      <source>Statements are asked for once a week, in their own currency</source>
      <translation>재무제표는 일주일에 한 번, 원래 통화로 받음</translation>
    </message>
    <message>
      <source>Statements are not part of a replay</source>
      <translation>다시보기에는 재무제표가 없음</translation>
    </message>
    <message>
      <source>The source did not answer; open this tab in an hour to ask again</source>
      <translation>출처가 답하지 않음. 한 시간 뒤 이 탭을 다시 열면 다시 요청</translation>
    </message>
    <message>
      <source>The source has no statements of it</source>
      <translation>출처에 재무제표가 없음</translation>
    </message>
    <message>
      <source>Waiting for statements</source>
      <translation>재무제표를 기다리는 중</translation>
    </message>
    <message>
      <source>What is compared</source>
      <translation>비교 대상</translation>
    </message>
    <message>
      <source>Who</source>
      <translation>종목</translation>
    </message>
    <message>
      <source>as Yahoo had it on {0}</source>
      <translation>{0} Yahoo 기준</translation>
    </message>
    <message>
      <source>asking for {0} more</source>
      <translation>{0}곳 더 요청 중</translation>
    </message>
    <message>
      <source>from {0}, {1}</source>
      <translation>이전 {0}, {1}</translation>
    </message>
  </context>
  <context>
    <name>Tip</name>
    <message>
      <source>Abnormal {abnormal} with {benchmark} {market}; SAR {sar} over {days} days</source>
      <translation>초과 등락 {abnormal}, {benchmark} {market}, SAR {sar}, {days}일 기준</translation>
    </message>
    <message>
      <source>Before the open, since the last close: {up} up, {down} down</source>
      <translation>개장 전, 지난 종가 대비: 상승 {up}, 하락 {down}</translation>
    </message>
    <message>
      <source>Current</source>
      <translation>최신</translation>
    </message>
    <message>
      <source>Delayed by {minutes} minutes</source>
      <translation>{minutes}분 지연</translation>
    </message>
    <message>
      <source>Equal-weight average of {counted} of {total} listed names</source>
      <translation>상장 {total}종목 중 {counted}종목의 단순 평균</translation>
    </message>
    <message>
      <source>It looks like {split} that is not confirmed: the change is withheld</source>
      <translation>{split}처럼 보이나 확인되지 않아 등락을 표시하지 않습니다</translation>
    </message>
    <message>
      <source>It stays in the list until you take it out</source>
      <translation>직접 빼기 전까지 목록에 남습니다</translation>
    </message>
    <message>
      <source>Its news reaches no listed name</source>
      <translation>소식이 닿는 상장 종목 없음</translation>
    </message>
    <message>
      <source>Level not documented: 100 = close before the replay</source>
      <translation>가격 수준 기록 없음: 다시보기 직전 종가 = 100</translation>
    </message>
    <message>
      <source>Market closed</source>
      <translation>장 마감</translation>
    </message>
    <message>
      <source>No 52 weeks: a year of its prices is not known</source>
      <translation>52주 범위 없음: 1년치 가격이 없음</translation>
    </message>
    <message>
      <source>No SAR: no model yet</source>
      <translation>SAR 없음: 아직 모형 없음</translation>
    </message>
    <message>
      <source>No SAR: the price is not current</source>
      <translation>SAR 없음: 최신 가격이 아님</translation>
    </message>
    <message>
      <source>No SAR: {reason}</source>
      <translation>SAR 없음: {reason}</translation>
    </message>
    <message>
      <source>No new price since {time}; rules wait</source>
      <translation>{time} 이후 새 가격 없음, 규칙 판단 멈춤</translation>
    </message>
    <message>
      <source>No price yet</source>
      <translation>아직 가격 없음</translation>
    </message>
    <message>
      <source>No trades since {time} while its market trades; rules wait</source>
      <translation>시장은 열려 있으나 {time} 이후 거래 없음, 규칙 판단 멈춤</translation>
    </message>
    <message>
      <source>The source does not know this symbol</source>
      <translation>출처에 없는 종목입니다</translation>
    </message>
    <message>
      <source>Trading halted, last price {time}; rules wait</source>
      <translation>거래 정지, 마지막 가격 {time}, 규칙 판단 멈춤</translation>
    </message>
    <message>
      <source>Unknown to the source since {time}: renamed or delisted?</source>
      <translation>{time}부터 출처에 없는 종목: 이름이 바뀌었거나 상장 폐지되었을 수 있음</translation>
    </message>
    <message>
      <source>Volume {volume}, {times} by this time (by the usual course of a day)</source>
      <translation>거래량 {volume}, 같은 시각 {times}(평소 하루의 흐름 기준)</translation>
    </message>
    <message>
      <source>Volume {volume}, {times} by this time (its own minutes of up to 20 sessions)</source>
      <translation>거래량 {volume}, 같은 시각 {times}(최근 20거래일 이내 자체 분봉 기준)</translation>
    </message>
    <message>
      <source>Volume {volume}, {times} for a whole day</source>
      <translation>거래량 {volume}, 하루 전체로 {times}</translation>
    </message>
    <message>
      <source>Volume {volume}; usual: {reason}</source>
      <translation>거래량 {volume}, 평소 대비: {reason}</translation>
    </message>
    <message>
      <source>Your own, added {day}</source>
      <translation>직접 추가({day})</translation>
    </message>
    <message>
      <source>those of the market that trades now, or traded last</source>
      <translation>지금 열려 있거나 마지막에 열린 시장의 종목만</translation>
    </message>
    <message>
      <source>{count} not judged</source>
      <translation>{count}종목은 판단 보류</translation>
    </message>
    <message>
      <source>{price} at {time}, from {source}</source>
      <translation>{price}, {time}, 출처 {source}</translation>
    </message>
    <message>
      <source>{up} up, {down} down, {unusual} beyond the usual range</source>
      <translation>상승 {up}, 하락 {down}, 평소 범위 밖 {unusual}</translation>
    </message>
  </context>
  <context>
    <name>Toast</name>
    <message>
      <source>1 hour</source>
      <translation>1시간</translation>
    </message>
    <message>
      <source>15 minutes</source>
      <translation>15분</translation>
    </message>
    <message>
      <source>One name only</source>
      <translation>한 종목만</translation>
    </message>
    <message>
      <source>Rule today: {0}</source>
      <translation>오늘은 이 규칙 그만: {0}</translation>
    </message>
    <message>
      <source>Until Monday</source>
      <translation>월요일까지</translation>
    </message>
    <message>
      <source>Until {0} opens</source>
      <translation>{0} 개장까지</translation>
    </message>
    <message>
      <source>{0} linked names</source>
      <translation>연결 {0}종목</translation>
    </message>
    <message>
      <source>{0} today</source>
      <translation>오늘은 {0} 그만</translation>
    </message>
    <message>
      <source>{0}, not tied</source>
      <translation>{0}, 연결 안 함</translation>
    </message>
    <message>
      <source>{0}, other way</source>
      <translation>{0}, 반대 방향</translation>
    </message>
    <message>
      <source>{0}, {1} copies</source>
      <translation>{0}, {1}건</translation>
    </message>
  </context>
  <context>
    <name>ToastCard</name>
    <message>
      <source>1 name</source>
      <translation>1종목</translation>
    </message>
    <message>
      <source>Abnormal</source>
      <translation>초과 등락</translation>
    </message>
    <message>
      <source>Change</source>
      <translation>등락률</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>닫기</translation>
    </message>
    <message>
      <source>Less</source>
      <translation>접기</translation>
    </message>
    <message>
      <source>Mark seen</source>
      <translation>확인 표시</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>이름</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>열기</translation>
    </message>
    <message>
      <source>Read</source>
      <translation>읽기</translation>
    </message>
    <message>
      <source>Replay</source>
      <translation>다시보기</translation>
    </message>
    <message>
      <source>Show all of it</source>
      <translation>모두 보기</translation>
    </message>
    <message>
      <source>Snooze</source>
      <translation>미루기</translation>
    </message>
    <message>
      <source>abnormal</source>
      <translation>초과 등락</translation>
    </message>
    <message>
      <source>{0} names</source>
      <translation>{0}종목</translation>
    </message>
  </context>
  <context>
    <name>ToastStack</name>
    <message>
      <source>{0} more</source>
      <translation>{0}건 더</translation>
    </message>
    <message>
      <source>{0} more alerts</source>
      <translation>알림 {0}건 더</translation>
    </message>
  </context>
  <context>
    <name>Tour</name>
    <message>
      <source>Alerts and rules</source>
      <translation>알림과 규칙</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>이전</translation>
    </message>
    <message>
      <source>Ctrl K finds a symbol, a name or a story; Korean initials (ㅅㅅㅈㅈ) work, too. Arrows walk the list and the detail follows.</source>
      <translation>Ctrl+K로 종목·이름·소식을 찾습니다. 초성(ㅅㅅㅈㅈ)도 됩니다. 화살표로 목록을 움직이면 상세가 따라옵니다.</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>완료</translation>
    </message>
    <message>
      <source>Everything that fired is kept here, including what did not pop up. Alt 5 shows the rules, Alt A makes one for the selected name.</source>
      <translation>울린 알림은 팝업이 없었던 것까지 모두 여기 남습니다. Alt+5는 규칙, Alt+A는 고른 종목의 새 규칙입니다.</translation>
    </message>
    <message>
      <source>Find anything</source>
      <translation>무엇이든 찾기</translation>
    </message>
    <message>
      <source>How unusual the move is once the market is taken out, the story it is tied to and who said so. Where nothing is found, it says so.</source>
      <translation>시장을 뺀 움직임이 얼마나 평소와 다른지, 연결된 소식과 출처를 보여 줍니다. 찾지 못하면 찾지 못했다고 알립니다.</translation>
    </message>
    <message>
      <source>Next</source>
      <translation>다음</translation>
    </message>
    <message>
      <source>Skip</source>
      <translation>건너뛰기</translation>
    </message>
    <message>
      <source>Why it moved</source>
      <translation>움직인 이유</translation>
    </message>
  </context>
  <context>
    <name>Tray</name>
    <message>
      <source>Open Stackwatch</source>
      <translation>Stackwatch 열기</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>끝내기</translation>
    </message>
    <message>
      <source>Stackwatch, 1 new alert</source>
      <translation>Stackwatch, 새 알림 1건</translation>
    </message>
    <message>
      <source>Stackwatch, {count} new alerts</source>
      <translation>Stackwatch, 새 알림 {count}건</translation>
    </message>
  </context>
  <context>
    <name>UnusualNames</name>
    <message>
      <source>Beyond the usual range: {names}</source>
      <translation>평소 범위 밖: {names}</translation>
    </message>
    <message>
      <source>Beyond the usual range: {names} and {count} more</source>
      <translation>평소 범위 밖: {names} 외 {count}종목</translation>
    </message>
    <message>
      <source>Unusual: {count}</source>
      <translation>평소 범위 밖: {count}종목</translation>
    </message>
  </context>
  <context>
    <name>Watchlist</name>
    <message>
      <source>1 name</source>
      <translation>1종목</translation>
    </message>
    <message>
      <source>20 days</source>
      <translation>20일</translation>
    </message>
    <message>
      <source>52 weeks</source>
      <translation>52주</translation>
    </message>
    <message>
      <source>Abnormal</source>
      <translation>초과 등락</translation>
    </message>
    <message>
      <source>Abnormal move</source>
      <translation>초과 등락</translation>
    </message>
    <message>
      <source>Alert</source>
      <translation>알림</translation>
    </message>
    <message>
      <source>As of</source>
      <translation>기준 시각</translation>
    </message>
    <message>
      <source>Change</source>
      <translation>등락률</translation>
    </message>
    <message>
      <source>Change in percent</source>
      <translation>등락률</translation>
    </message>
    <message>
      <source>Change in points</source>
      <translation>등락폭</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>통화</translation>
    </message>
    <message>
      <source>Day</source>
      <translation>당일 범위</translation>
    </message>
    <message>
      <source>Ext. hours</source>
      <translation>시간외</translation>
    </message>
    <message>
      <source>Last</source>
      <translation>현재가</translation>
    </message>
    <message>
      <source>Last 20 days</source>
      <translation>최근 20일</translation>
    </message>
    <message>
      <source>Move</source>
      <translation>이동</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>이름</translation>
    </message>
    <message>
      <source>News</source>
      <translation>뉴스</translation>
    </message>
    <message>
      <source>Place in its 52 weeks</source>
      <translation>52주 범위 안의 위치</translation>
    </message>
    <message>
      <source>Place in its day</source>
      <translation>당일 범위 안의 위치</translation>
    </message>
    <message>
      <source>Points</source>
      <translation>등락폭</translation>
    </message>
    <message>
      <source>Price outside regular hours</source>
      <translation>시간외 가격</translation>
    </message>
    <message>
      <source>Private &amp; projects</source>
      <translation>비상장·프로젝트</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>빼기</translation>
    </message>
    <message>
      <source>SAR: abnormal move in standard errors</source>
      <translation>SAR: 초과 등락, 표준오차 단위</translation>
    </message>
    <message>
      <source>Stories today</source>
      <translation>오늘의 소식</translation>
    </message>
    <message>
      <source>Symbol</source>
      <translation>종목</translation>
    </message>
    <message>
      <source>Time of the price, where it trades</source>
      <translation>가격 시각, 거래소 현지 시간</translation>
    </message>
    <message>
      <source>Volume</source>
      <translation>거래량</translation>
    </message>
    <message>
      <source>Volume so far, times what is usual by this time</source>
      <translation>지금까지의 거래량, 같은 시각 평소의 배수</translation>
    </message>
    <message>
      <source>alert armed</source>
      <translation>알림 대기</translation>
    </message>
    <message>
      <source>alert fired</source>
      <translation>알림 울림</translation>
    </message>
    <message>
      <source>at 2 or more, either way, the move is unusual for the share</source>
      <translation>절댓값이 2 이상이면 그 종목의 평소 범위 밖</translation>
    </message>
    <message>
      <source>average move of the listed names each is tied to</source>
      <translation>각 항목에 연결된 상장 종목의 평균</translation>
    </message>
    <message>
      <source>company</source>
      <translation>기업</translation>
    </message>
    <message>
      <source>division</source>
      <translation>사업부</translation>
    </message>
    <message>
      <source>drag names here</source>
      <translation>종목을 끌어 놓으세요</translation>
    </message>
    <message>
      <source>level, not a price</source>
      <translation>가격이 아닌 수준, 직전 종가 100 기준</translation>
    </message>
    <message>
      <source>market closed</source>
      <translation>장 마감</translation>
    </message>
    <message>
      <source>no names</source>
      <translation>종목 없음</translation>
    </message>
    <message>
      <source>no value</source>
      <translation>값 없음</translation>
    </message>
    <message>
      <source>outside regular hours</source>
      <translation>시간외</translation>
    </message>
    <message>
      <source>popups snoozed</source>
      <translation>팝업 미룸</translation>
    </message>
    <message>
      <source>project</source>
      <translation>프로젝트</translation>
    </message>
    <message>
      <source>sorted ascending</source>
      <translation>오름차순 정렬</translation>
    </message>
    <message>
      <source>sorted descending</source>
      <translation>내림차순 정렬</translation>
    </message>
    <message>
      <source>theme</source>
      <translation>주제</translation>
    </message>
    <message>
      <source>what is left of the change without what its usual relation to the market predicts</source>
      <translation>등락률에서 시장과의 평소 관계로 예상되는 몫을 뺀 나머지</translation>
    </message>
    <message>
      <source>withheld</source>
      <translation>보류</translation>
    </message>
    <message>
      <source>{count} names</source>
      <translation>{count}종목</translation>
    </message>
    <message>
      <source>{count} of {total} down</source>
      <translation>{total}종목 중 {count}종목 하락</translation>
    </message>
    <message>
      <source>{count} of {total} names</source>
      <translation>{total}종목 중 {count}종목</translation>
    </message>
    <message>
      <source>{count} of {total} up</source>
      <translation>{total}종목 중 {count}종목 상승</translation>
    </message>
    <message>
      <source>{kind}, {linked}</source>
      <translation>{kind}, {linked}</translation>
    </message>
    <message>
      <source>{total} unchanged</source>
      <translation>{total}종목 보합</translation>
    </message>
  </context>
  <context>
    <name>Welcome</name>
    <message>
      <source>Colours</source>
      <translation>등락 색</translation>
    </message>
    <message>
      <source>Import a list</source>
      <translation>목록 가져오기</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>언어</translation>
    </message>
    <message>
      <source>Nothing leaves this computer except requests for market data and headlines. No account.</source>
      <translation>시장 데이터와 뉴스 요청 외에는 아무것도 밖으로 보내지 않습니다. 계정도 필요 없습니다.</translation>
    </message>
    <message>
      <source>Replay 22 Jul 2025, no network needed</source>
      <translation>2025년 7월 22일 다시보기, 네트워크 불필요</translation>
    </message>
    <message>
      <source>Start</source>
      <translation>시작</translation>
    </message>
    <message>
      <source>Start empty</source>
      <translation>빈 목록으로 시작</translation>
    </message>
    <message>
      <source>Welcome to Stackwatch</source>
      <translation>Stackwatch에 오신 것을 환영합니다</translation>
    </message>
    <message>
      <source>{listed} listed, {private} private, {layers} layers</source>
      <translation>상장 {listed}, 비상장 {private}, 분야 {layers}</translation>
    </message>
  </context>
  <context>
    <name>WhyCard</name>
    <message>
      <source>1 linked name</source>
      <translation>연결 1종목</translation>
    </message>
    <message>
      <source>Latest stories</source>
      <translation>최근 소식</translation>
    </message>
    <message>
      <source>News not read yet</source>
      <translation>아직 뉴스를 읽지 않음</translation>
    </message>
    <message>
      <source>No move to explain yet</source>
      <translation>아직 설명할 등락 없음</translation>
    </message>
    <message>
      <source>No story yet</source>
      <translation>아직 소식 없음</translation>
    </message>
    <message>
      <source>Not judged: split not confirmed</source>
      <translation>판단 보류: 분할 확인 안 됨</translation>
    </message>
    <message>
      <source>Not judged: the price is not current</source>
      <translation>판단 보류: 최신 가격이 아님</translation>
    </message>
    <message>
      <source>Not judged: trading is halted</source>
      <translation>판단 보류: 거래 정지</translation>
    </message>
    <message>
      <source>Not moved: by less than 1 %, and less than one standard error where judged</source>
      <translation>움직임 없음: 1% 미만, 판단 가능한 종목은 표준오차 1배 미만</translation>
    </message>
    <message>
      <source>Unexplained</source>
      <translation>설명되지 않음</translation>
    </message>
    <message>
      <source>abnormal</source>
      <translation>초과 등락</translation>
    </message>
    <message>
      <source>expected with {0}</source>
      <translation>{0} 대비 예상</translation>
    </message>
    <message>
      <source>expected with {0} {1}</source>
      <translation>{0} {1}일 때 예상</translation>
    </message>
    <message>
      <source>not tied to the move</source>
      <translation>이 움직임과 연결하지 않음</translation>
    </message>
    <message>
      <source>points the other way</source>
      <translation>방향이 반대인 소식</translation>
    </message>
    <message>
      <source>{0} linked names</source>
      <translation>연결 {0}종목</translation>
    </message>
    <message>
      <source>{0} today</source>
      <translation>오늘 {0}</translation>
    </message>
  </context>
  <context>
    <name>_NoteCard</name>
    <message>
      <source>Close</source>
      <translation>닫기</translation>
    </message>
    <message>
      <source>Replay</source>
      <translation>다시보기</translation>
    </message>
  </context>
</TS>
