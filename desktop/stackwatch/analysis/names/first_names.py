"""First names of English and of Korean titles: "Matthew Modine" is an actor, Modine a company.

None that is a place, a word or a month (Austin, Grant, Bill), as "Austin Tesla plant" is about Tesla.
"""

_NAMES = """
aaron abigail abraham adam adrian agnes aidan alan albert alejandro alessandro alexander alexandra
alfred alice alison allison alvin amanda amelia amy ana andrea andreas andrew andy angela angelina angus
anita ann anna anne annie anthony antoine anton antonio arthur audrey barbara barry beatrice becky ben
benjamin bernard bernie beth betty billy bob bobby boris brad braden bradley brandon brenda brendan
brian bridget bruce bryan caitlin calvin cameron camille carl carla carlos carol caroline carrie
catherine cathy cecilia charles charlie chloe chris christian christina christine christopher cindy
claire clara claudia colin connor craig curtis cynthia damien dan daniel daniela danny darren dave david
deborah debra denise dennis derek diana diane diego dmitry dolores dominic don donald donna doris
dorothy doug douglas duncan dylan ed eddie edgar edith edward edwin eileen elaine eleanor elena eli
elijah elisabeth elizabeth ella ellen elliot emily emma emmanuel enrico eric erica erik erika ernest
esther ethan ethel eugene eva evan evelyn felix fernando fiona floyd frances francesca francesco francis
francisco francois fred frederic frederick gabriel gabriela gary gavin geoffrey georg george gerald
gerard gilbert giovanni giuseppe gladys glenn gloria gordon greg gregory greta guillaume gustav guy
hannah hans harold harriet harry harvey heather hector heidi helen helena henri henry herbert herman
howard hugh hugo ian igor ingrid irene isaac isabel isabella ivan jacob jacqueline jacques jaime james
jamie jan jane janet janice jared jason jay jean jeff jeffrey jennifer jeremy jerome jerry jesse jessica
jill jim jimmy joan joanna joe joel johan johann johannes john johnny jon jonas jonathan jorge jose
joseph josh joshua juan judith judy julia julian julie julien justin karen karl kate katherine kathleen
kathryn kathy katie keith kelly ken kenneth kevin kim kimberly kirsten klaus kyle lars laura lauren
laurent leo leon leonard leonardo leslie liam lilian linda lionel lisa lloyd lois lorenzo lou louis
louisa louise luc luca lucas lucia lucy luis luke lydia maggie malcolm manuel marc marcel marco marcus
margaret maria marianne marie marilyn mario marion marjorie martha martin mary mathieu matt matthew
maureen maurice megan melanie melissa michael michel michele michelle miguel mike mikhail mildred miles
mitchell mohamed mohammed molly monica nancy natalia natalie natasha nathan nathaniel neil nicholas
nicola nicolas nicole nigel nikola nina noah noel nora norma norman olga oliver olivia oscar otto pablo
pamela patricia patrick paul paula pauline pedro peggy peter phil philip philippe phillip phyllis pierre
priscilla quentin rachel rafael ralph randi randy raymond rebecca regina rene ricardo richard rick ricky
rita robert roberto robin roger roland ron ronald rosa rosemary roy ruben russell ruth ryan sabrina
sally sam samantha samuel sandra sara sarah scott sebastian sergei sergio seth shane shannon sharon
shaun shawn sheila sheldon shirley sidney simon sofia sonia sophia sophie spencer stanley stella
stephanie stephen steve steven stuart susan suzanne sylvia tamara tara ted teresa terry theodore theresa
thierry thomas tim timothy todd tom tommy tony tracy ulrich valentina valerie vanessa vera veronica
vicki victoria vincent virginie vladimir walt walter wanda webb wendy wilfred wilhelm william willie
winston wolfgang xavier yolanda yves yvonne zachary trevor sean jared nate dustin dwayne zoe
가브리엘 게리 고든 그레이스 기네스 기예르모 나탈리 낸시 네이선 노라 니콜 니콜라 니콜라스 다니엘 대니얼
더글러스 데릭 데이브 데이비드 도널드 디에고 딜런 라이언 랄프 레베카 레오 레이먼드 로라 로런스 로버트
로베르토 로빈 로저 로저스 루이 루이스 루카스 루크 리사 리처드 릭 린다 마가렛 마누엘 마르코 마르쿠스 마리
마리아 마리오 마이크 마이클 마틴 매슈 매튜 메리 멜라니 미셸 미하엘 미히르 바버라 베라 벤 벤저민 벨람콘다
브라이언 브래드 브루스 빅토리아 빌 빌리 사라 사무엘 새뮤얼 샬럿 세르게이 세바스찬 소피 수전 스콧
스튜어트 스티브 스티븐 스티비 시드니 아나 아서 안나 안드레 안토니오 알렉산더 앙리 애나 애덤 앤 앤드루
앤드류 앤디 앤서니 앨런 앨리스 앨버트 에드워드 에리카 에릭 에마 에밀리 에이미 엘런 엘레나 엘리자베스
올리버 올리비아 윌리엄 유진 이반 이언 자크 잭 제니퍼 제러미 제시카 제이슨 제인 제임스 조 조나단 조너선
조니 조던 조반니 조셉 조시 조앤 조지 존 줄리아 줄리앙 찰리 찰스 카를 카를로스 칼 캐런 캐럴 캐서린 케네스
케빈 케이트 콜린 크리스 크리스토퍼 크리스티나 클레어 키스 테드 토니 토마스 토머스 톰 티모시 파블로
패트릭 폴 프란체스코 프랑수아 프랑크 프레드 프레드릭 피에르 피터 필립 하워드 한스 해럴드 해리 헨리 휴
"""
FIRST_NAMES = frozenset(form for name in _NAMES.split() for form in (name.capitalize(), name.upper()))
