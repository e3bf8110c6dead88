"""The feeds and blocked sources of the settings: switch off, add, edit, remove."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from stackwatch.domain.settings import FeedChoice, merged_feeds
from stackwatch.domain.web_address import is_web_address
from stackwatch.domain.words.format import plain
from stackwatch.ui.kit.chips import ActionButton, ElidedText
from stackwatch.ui.kit.layout import bring_into_view, grid, hbox, vbox
from stackwatch.ui.kit.switches import Switch
from stackwatch.ui.kit.theme import Ink, Role, px
from stackwatch.ui.kit.tips import set_tip
from stackwatch.ui.preferences.settings_parts import clear, named

_NAME, _ADDRESS = 80, 500
_PUBLISHER = 150  # pixels
_CHIPS = 4  # in a row
State = tuple[str, bool, str]
"""What is said of a feed, whether it is trouble, and the reason."""

_UNKNOWN: State = ("", False, "")


@dataclass(frozen=True, slots=True)
class FeedDraft:
    """What is typed into the form of a feed and not kept yet; ``edited`` is empty for a new one."""

    edited: str
    publisher: str
    address: str


def feed_id(publisher: str, url: str, taken: frozenset[str]) -> str:
    """Return an id for a new feed: its host's or publisher's name, with a number where that is taken."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    base = re.sub(r"[^a-z0-9]+", "-", (host or publisher).lower()).strip("-")[:32] or "feed"
    numbered = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in numbered if name not in taken)


class FeedList(QWidget):
    """One row per feed, and a form for a new one or the one that is edited."""

    changed = Signal(tuple)

    def __init__(self, shipped: tuple[FeedChoice, ...], chosen: tuple[FeedChoice, ...]) -> None:
        super().__init__()
        self._shipped = {feed.id: feed for feed in shipped}
        self._chosen = chosen
        self._edited = ""  # the id of the feed in the form, empty for a new one
        self._states: Mapping[str, State] = {}
        self._grid = grid(across=px(10), down=px(2), grows=2)
        self.publisher, self.address = QLineEdit(), QLineEdit()
        self.publisher.setMaxLength(_NAME)
        self.address.setMaxLength(_ADDRESS)
        self.publisher.setPlaceholderText(self.tr("Publisher"))
        self.address.setPlaceholderText(self.tr("Address of the feed, https://\u2026"))
        for field in (self.publisher, self.address):
            field.setAccessibleName(field.placeholderText())
            field.textChanged.connect(self._check)
            field.returnPressed.connect(self._keep)
        self.publisher.setFixedWidth(px(_PUBLISHER))
        self.publisher.setObjectName("feed-publisher")
        self.address.setObjectName("feed-address")
        self.keep, self.leave = ActionButton(), ActionButton(framed=False)
        self.keep.clicked.connect(self._keep)
        self.leave.clicked.connect(self._leave)
        named(self.leave, self.tr("Leave the feed as it is"))
        form = hbox((self.publisher, self.address, self.keep, self.leave), gap=px(8))
        self.fault = ElidedText()
        vbox((self._grid, form, self.fault), gap=px(8), into=self)
        self._show_form(None)
        self._fill()

    @property
    def feeds(self) -> tuple[FeedChoice, ...]:
        """Every feed as it is now."""
        return merged_feeds(tuple(self._shipped.values()), self._chosen)

    @property
    def draft(self) -> FeedDraft:
        """What is in the form."""
        return FeedDraft(self._edited, self.publisher.text(), self.address.text())

    def put_draft(self, draft: FeedDraft) -> None:
        """Go on with a form that was left open; a feed that went meanwhile is a new one."""
        self._offer(draft.edited if any(feed.id == draft.edited for feed in self.feeds) else "")
        self.publisher.setText(draft.publisher)
        self.address.setText(draft.address)

    def finish(self) -> bool:
        """Keep a feed that is typed whole; returns False where one is begun that lacks something."""
        if self.keep.isEnabled():
            self._keep()
        feed = next((feed for feed in self.feeds if feed.id == self._edited), None)
        before = ("", "") if feed is None else (feed.publisher, feed.url)
        typed = self.publisher.text().strip(), self.address.text().strip()
        return typed == before

    def set_states(self, states: Mapping[str, State]) -> None:
        """Say how each feed is doing, by id."""
        if states != self._states:
            self._states = dict(states)
            self._write_states()

    def _fill(self) -> None:
        clear(self._grid)
        self._state_texts: dict[str, ElidedText] = {}
        for row, feed in enumerate(self.feeds):
            switch = Switch(self._name(feed), on=feed.enabled)
            switch.setObjectName(f"switch-{feed.id}")
            switch.toggled.connect(lambda on, feed=feed: self._put(replace(feed, enabled=on)))
            publisher, address, state = ElidedText(), ElidedText(), ElidedText(fixed=True)
            publisher.setMaximumWidth(px(_PUBLISHER))  # one long name takes no other's room
            ink, soft = (Ink.T1, Ink.T2) if feed.enabled else (Ink.T3, Ink.T3)
            publisher.put(plain(feed.publisher, _NAME), ink, Role.SYMBOL)
            address.put(plain(_short(feed.url)), soft, Role.CAPTION)
            address.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            state.setObjectName(f"state-{feed.id}")
            self._state_texts[feed.id] = state
            for column, widget in enumerate((switch, publisher, address, state, self._actions(feed))):
                self._grid.addWidget(widget, row, column)
        self._write_states()

    def _name(self, feed: FeedChoice) -> str:
        """Name a feed; two of one publisher are told apart by their addresses."""
        name = plain(feed.publisher, _NAME)
        alone = sum(each.publisher == feed.publisher for each in self.feeds) == 1
        return name if alone else f"{name}, {plain(_short(feed.url))}"

    def _write_states(self) -> None:
        for feed in self.feeds:
            words, trouble, reason = self._states.get(feed.id, _UNKNOWN) if feed.enabled else _UNKNOWN
            self._state_texts[feed.id].put(words, Ink.TRUST if trouble else Ink.T2, Role.CAPTION)
            set_tip(self._state_texts[feed.id], reason if trouble else "")

    def _actions(self, feed: FeedChoice) -> QWidget:
        """Return the buttons of a row: a feed of the user's own is removed, a shipped one put back."""
        place = QWidget()
        line = hbox(gap=2, into=place)
        edit, remove = ActionButton(framed=False), ActionButton(framed=False)
        named(edit, self.tr("Edit {name}").format(name=self._name(feed)))
        edit.put("", "pencil-simple")
        edit.clicked.connect(lambda: self._show_form(feed))
        shipped = self._shipped.get(feed.id)
        words = self.tr("Restore {name}") if shipped else self.tr("Remove {name}")
        named(remove, words.format(name=self._name(feed)))
        remove.put("", "clock-counter-clockwise" if shipped else "trash")
        remove.clicked.connect(lambda: self._drop(feed))
        remove.setVisible(feed != shipped)
        edit.setObjectName(f"edit-{feed.id}")
        remove.setObjectName(f"remove-{feed.id}")
        line.addWidget(edit)
        line.addWidget(remove)
        line.addStretch(1)
        place.setFixedWidth(px(46))
        return place

    def _show_form(self, feed: FeedChoice | None) -> None:
        self._offer(feed.id if feed else "")
        self.publisher.setText(feed.publisher if feed else "")
        self.address.setText(feed.url if feed else "")
        if feed is not None:
            self.address.setFocus()
            bring_into_view(self.address)  # a long list stands above it
        self._check()

    def _offer(self, edited: str) -> None:
        """Be the form of a feed, or of a new one."""
        self._edited = edited
        self.keep.put(self.tr("Save") if edited else self.tr("Add feed"), "check" if edited else "plus")
        self.leave.put("", "x" if edited else "")
        self.leave.setVisible(bool(edited))

    def _leave(self) -> None:
        """Leave the feed in the form as it is."""
        pencil = self.findChild(QWidget, f"edit-{self._edited}")
        self._show_form(None)
        if pencil is not None:
            pencil.setFocus()
            bring_into_view(pencil)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape leave the form before it leaves the settings."""
        if event.key() == Qt.Key.Key_Escape and self._edited:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _check(self) -> None:
        typed = bool(self.address.text().strip())
        known = self._known_address()
        self.keep.setEnabled(bool(self.publisher.text().strip()) and not known and not self._wrong_address())
        set_tip(self.address, self._wrong_address() if typed else "")
        self.fault.put(known, Ink.TRUST, Role.CAPTION)

    def _wrong_address(self) -> str:
        right = is_web_address(self.address.text().strip())
        return "" if right else self.tr("An address begins with http:// or https://")

    def _known_address(self) -> str:
        """Say whose feed the address is already, if so."""
        url = self.address.text().strip()
        same = next((feed for feed in self.feeds if feed.url == url and feed.id != self._edited), None)
        return (
            ""
            if same is None
            else self.tr("A feed above has this address: {name}").format(name=plain(same.publisher, _NAME))
        )

    def _keep(self) -> None:
        if not self.keep.isEnabled():
            self.say_fault()
            return
        publisher, url = plain(self.publisher.text(), _NAME), self.address.text().strip()
        feeds = {feed.id: feed for feed in self.feeds}
        made = (
            replace(feeds[self._edited], publisher=publisher, url=url)
            if self._edited
            else FeedChoice(id=feed_id(publisher, url, frozenset(feeds)), publisher=publisher, url=url)
        )
        self._show_form(None)
        self._put(made)

    def say_fault(self) -> None:
        """Say under the form what is wrong, and go there."""
        fault, field = self._known_address() or self._wrong_address(), self.address
        if not self.publisher.text().strip():
            fault, field = self.tr("The publisher is missing"), self.publisher
        self.fault.put(fault, Ink.TRUST, Role.CAPTION)
        field.setFocus()

    def _put(self, feed: FeedChoice) -> None:
        others = tuple(known for known in self._chosen if known.id != feed.id)
        self._take(others if feed == self._shipped.get(feed.id) else (*others, feed))

    def _drop(self, feed: FeedChoice) -> None:
        if feed.id == self._edited:
            self._show_form(None)
        self._take(tuple(known for known in self._chosen if known.id != feed.id))

    def _take(self, chosen: tuple[FeedChoice, ...]) -> None:
        focus: QWidget | None = self.focusWidget()
        name = focus.objectName() if focus is not None else ""
        self._chosen = tuple(sorted(chosen, key=lambda feed: feed.id))
        self._fill()
        again = next((w for w in self.findChildren(QWidget, name) if w is not focus), None) if name else None
        if again is not None:
            again.setFocus()
        self.changed.emit(self._chosen)


def _short(url: str) -> str:
    return url.removeprefix("https://").removeprefix("www.")


class BlockedList(QWidget):
    """Publishers whose headlines are not wanted."""

    changed = Signal(tuple)

    def __init__(self, blocked: tuple[str, ...]) -> None:
        super().__init__()
        self._blocked = blocked
        self._grid = grid(across=px(6), down=px(6), grows=_CHIPS)
        self.field = QLineEdit()
        self.field.setMaxLength(_NAME)
        self.field.setFixedWidth(px(220))
        self.field.setObjectName("blocked-publisher")
        self.field.setPlaceholderText(self.tr("Publisher, as its headlines name it"))
        self.field.setAccessibleName(self.tr("Publisher to block"))
        self.add = ActionButton()
        self.add.put(self.tr("Block"), "prohibit")
        self.add.clicked.connect(self.finish)
        self.field.returnPressed.connect(self.finish)
        vbox((self._grid, hbox((self.field, self.add, None), gap=px(8))), gap=px(8), into=self)
        self._fill()

    def _fill(self) -> None:
        clear(self._grid)
        for index, name in enumerate(self._blocked):
            chip = ActionButton()
            chip.put(plain(name, 32), tail="x")
            chip.setObjectName(f"blocked-{index}")
            chip.setAccessibleName(self.tr("Allow {name} again").format(name=plain(name, _NAME)))
            chip.setToolTip(self.tr("Allow again"))
            chip.clicked.connect(lambda _checked=False, name=name: self._remove(name))
            self._grid.addWidget(chip, index // _CHIPS, index % _CHIPS)

    def finish(self) -> None:
        """Block the publisher that is typed, if any."""
        name = plain(self.field.text(), _NAME)
        self.field.clear()
        if name and name.casefold() not in {known.casefold() for known in self._blocked}:
            self._take((*self._blocked, name))

    def _remove(self, name: str) -> None:
        self._take(tuple(known for known in self._blocked if known != name))
        self.field.setFocus()

    def _take(self, blocked: tuple[str, ...]) -> None:
        self._blocked = blocked
        self._fill()
        self.changed.emit(blocked)
