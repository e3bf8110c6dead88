"""The filters beside the list of stories: words, whom, layer, theme, tone, and how the sources are."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QIcon, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from stackwatch.domain.health import INNER, NO_NEWS, Health, HealthState
from stackwatch.domain.news import StoryTheme
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.domain.words import story_words, wording
from stackwatch.domain.words.vocabulary import PRICE_SOURCES
from stackwatch.ui.headlines.story_criteria import TONES, StoryCounts, StoryCriteria
from stackwatch.ui.kit import icons
from stackwatch.ui.kit.chips import ActionButton, ElidedText
from stackwatch.ui.kit.fields import CheckBox, Choice
from stackwatch.ui.kit.hairline import LinedPanel
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import hbox, scrolled, vbox
from stackwatch.ui.kit.paint import figure
from stackwatch.ui.kit.search_line import SearchLine, put_glass
from stackwatch.ui.kit.theme import Ink, Role, Theme, current_theme, px
from stackwatch.ui.kit.timers import once_after
from stackwatch.ui.kit.tips import set_tip

WIDTH = 216
_EDGE, _LINE = 14, 1  # beside the fields, and the line to the headlines
_BAR = 12  # room for the bar that scrolls the panel
_TYPING_MS = 120


class CountedCheck(CheckBox):
    """A box to tick with its word at the left and a count at the right."""

    def __init__(self) -> None:
        super().__init__("")
        self._count = 0
        self.setChecked(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def put(self, words: str, count: int) -> None:
        """Name the box and say how many stories it is about."""
        self._count = count
        self.setText(words)
        self.setAccessibleName(f"{words} {count:,}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of box, word and count."""
        return QSize(super().sizeHint().width() + px(36), current_theme().target)

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw the box, its word and the count."""
        super().draw(painter, theme)
        font = theme.font()
        count = f"{self._count:,}"
        room = QRect(0, 0, self.width() - 2, self.height())
        clear = QFontMetrics(font).horizontalAdvance(count) + 4
        painter.fillRect(QRect(self.width() - clear, 4, clear, self.height() - 8), theme.panel)
        figure(painter, room, count, theme.t2, font)


class FilterPanel(LinedPanel):
    """Tells every change of what is to be shown."""

    changed = Signal()

    def __init__(self, ecosystem: Ecosystem, watchlist: Watchlist, parent: QWidget) -> None:
        super().__init__(Qt.Edge.RightEdge, parent)
        self._ecosystem, self._watchlist = ecosystem, watchlist
        self.criteria = StoryCriteria()
        self._counts: StoryCounts | None = None
        self._typing = once_after(self, _TYPING_MS, self._tell)
        self.words = SearchLine()
        self._glass = put_glass(self.words, QIcon())
        self.words.setMaxLength(200)
        self.words.typed.connect(lambda _text: self._typing.start())
        self._heads = [ElidedText() for _ in range(4)]
        self.about = ActionButton()
        self.about.clicked.connect(lambda: self.set_entity(None))
        self.who = [CountedCheck() for _ in range(3)]
        self.layer = Choice(WIDTH - 2 * _EDGE - _LINE - _BAR, grows=True)
        self.themes = {each: CountedCheck() for each in StoryTheme}
        self.tones = {tone: CountedCheck() for tone in TONES}
        self.events = CheckBox("")
        self._sources = [ElidedText() for _ in range(3)]
        for check in (*self.who, *self.themes.values(), *self.tones.values(), self.events):
            check.clicked.connect(self._tell)
        self.layer.activated.connect(self._tell)
        self._lay_out()
        self.set_entity(None)
        self.restyle()

    def _lay_out(self) -> None:
        # From the outside in: a widget that gets another parent is styled anew with all that is in it.
        body = QWidget()
        hbox((scrolled(body, sideways=True),), margins=(0, 0, _LINE, 0), into=self)
        column = vbox(gap=1, margins=(_EDGE, 8, _EDGE, 8), into=body)
        who, themes, tones, sources = self._heads
        column.addWidget(self.words)
        column.addSpacing(4)
        column.addWidget(self.about)
        for head, parts in (
            (who, (*self.who, self.layer)),
            (themes, tuple(self.themes.values())),
            (tones, (*self.tones.values(), self.events)),
            (sources, tuple(self._sources)),
        ):
            column.addSpacing(8)
            column.addWidget(head)
            column.addSpacing(2)
            for part in parts:
                column.addSpacing(4 if part is self.layer else 0)
                column.addWidget(part)
        column.addStretch(1)

    def restyle(self) -> None:
        """Use other colours and sizes, or another language."""
        self.setFixedWidth(px(WIDTH))
        self._glass.setIcon(icons.icon("magnifying-glass", current_theme().t2, px(14)))
        self.words.setPlaceholderText(self.tr("Words in the text"))
        self.words.setAccessibleName(self.tr("Words in the text"))
        names = (self.tr("Who"), self.tr("Theme"), self.tr("Tone"), self.tr("Sources"))
        for head, name in zip(self._heads, names, strict=True):
            head.put(name, Ink.T3, Role.CAPTION)
        self.events.setText(self.tr("Only what is reported anew"))
        self.events.setAccessibleName(self.events.text())
        self._offer_layers()
        self.layer.setAccessibleName(self.tr("Layer"))
        self.set_entity(self.criteria.entity)
        self._write_counts()

    retranslate = restyle

    def follow(self, watchlist: Watchlist) -> None:
        """Offer the layers of another list; one that went is chosen no longer."""
        self._watchlist = watchlist
        self._offer_layers()
        self._change(replace(self.criteria, layer=self._layer()))

    def _offer_layers(self) -> None:
        layers = ((layer.id, layer.names.get(current_language())) for layer in self._watchlist.layers)
        self.layer.fill(((None, self.tr("Every layer")), *layers))

    def set_counts(self, counts: StoryCounts) -> None:
        """Show how many stories there are of each kind."""
        if counts != self._counts:
            self._counts = counts
            self._write_counts()

    def set_sources(self, health: Mapping[str, Health], blocked: int) -> None:
        """Show how many sources answer, which are silent and how many publishers are blocked."""
        feeds = [each for source, each in health.items() if source not in INNER | NO_NEWS]
        silent = [each for each in feeds if each.state in (HealthState.FAILED, HealthState.OFFLINE)]
        one, many = self.tr("the source answers"), self.tr("{answered} of {count} sources answer")
        alone = len(feeds) == 1 and not silent
        told = one if alone else many.format(count=len(feeds), answered=len(feeds) - len(silent))
        replayed = next((PRICE_SOURCES[f.source] for f in feeds if f.source in PRICE_SOURCES), None)
        told = replayed.get(current_language()) if replayed is not None else told
        self._sources[0].put(told if feeds else "", Ink.T2)
        words = self.tr("{count} silent").format(count=len(silent)) if silent else ""
        self._sources[1].put(words, Ink.TRUST)
        set_tip(self._sources[1], ", ".join(each.source for each in silent))
        one, many = self.tr("1 publisher blocked"), self.tr("{count} publishers blocked")
        words = one if blocked == 1 else many.format(count=blocked)
        self._sources[2].put(words if blocked else "", Ink.T2)
        self._heads[3].setVisible(bool(feeds or blocked))

    def set_entity(self, entity_id: str | None) -> None:
        """Show only stories that name an entity, or all again."""
        if entity_id is None:
            self.about.put("")
        else:
            name = wording.short_name(entity_id, self._ecosystem, current_language())
            self.about.put(self.tr("Only {name}").format(name=name), "funnel", "x")
            self.about.setToolTip(self.tr("Show every name again"))
        if entity_id != self.criteria.entity:
            self._change(replace(self.criteria, entity=entity_id))

    def _write_counts(self) -> None:
        counts = self._counts or StoryCounts(0, 0, 0, 0, {}, {})
        names = (self.tr("In my watchlist"), self.tr("Private & projects"), self.tr("Everything"))
        figures = (counts.listed, counts.private, counts.total)
        for check, name, count in zip(self.who, names, figures, strict=True):
            check.put(name, count)
        for theme, check in self.themes.items():
            name = wording.theme_word(theme, current_language())
            check.put(name[:1].upper() + name[1:], counts.themes.get(theme, 0))
            check.setVisible(theme in counts.themes or not check.isChecked())
        self._heads[1].setVisible(any(not check.isHidden() for check in self.themes.values()))
        for tone, check in self.tones.items():
            name = story_words.tone_word(tone, current_language())
            check.put(name[:1].upper() + name[1:], counts.tones.get(tone, 0))

    def _layer(self) -> str | None:
        chosen = self.layer.value()
        return chosen if isinstance(chosen, str) else None

    def _tell(self, *_: object) -> None:
        listed, private, everything = (check.isChecked() for check in self.who)
        self._change(
            replace(
                self.criteria,
                words=self.words.seen,
                listed=listed,
                private=private,
                everything=everything,
                layer=self._layer(),
                themes=frozenset(theme for theme, check in self.themes.items() if check.isChecked()),
                tones=frozenset(tone for tone, check in self.tones.items() if check.isChecked()),
                events=self.events.isChecked(),
            )
        )

    def _change(self, criteria: StoryCriteria) -> None:
        if criteria != self.criteria:
            self.criteria = criteria
            self.changed.emit()
