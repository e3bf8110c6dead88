"""Links of the user's own: added, corrected and withdrawn, each with its undo."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from stackwatch.domain.events import Event
from stackwatch.domain.list_events import LinksChanged
from stackwatch.domain.lists.own_links import LinkChange
from stackwatch.domain.watchlist import Exposure
from stackwatch.domain.words import wording
from stackwatch.ui.kit.language import Words, current_language
from stackwatch.ui.watchlist.own_controller import OwnController

if TYPE_CHECKING:  # a dialog is built when it is wanted
    from stackwatch.ui.watchlist.link_dialog import LinkDialog
from stackwatch.ui.watchlist.undo_step import CoreStep


class LinkController(OwnController):
    """Opens the dialog, and asks the core to keep what was typed."""

    def apply(self, event: Event) -> None:
        """Say which link was withdrawn, until it is back."""
        if not isinstance(event, LinksChanged) or event.change is None:
            return
        gone = event.change.before
        if event.back:
            self._tell_back(event.change)
        elif gone is not None and event.change.after is None:
            self._tell_gone(event.change, partial(self._gone_words, gone))

    def _gone_words(self, gone: Exposure) -> str:
        language = current_language()
        ends = (wording.short_name(end, self._ecosystem, language) for end in (gone.source, gone.target))
        words = self.tr("Link withdrawn: {ends}. Undo (Ctrl+Z) brings it back.")
        return words.replace("{ends}", " \u203a ".join(ends))

    def ask(self, entity_id: str) -> "LinkDialog":
        """Ask for a new link of a name: from a private one, to a share."""
        dialog = self._dialog(None)
        dialog.begin(entity_id)
        dialog.kept.connect(lambda link: self._push(lambda: self.tr("Add a link"), LinkChange(after=link)))
        dialog.open()
        return dialog

    def correct(self, before: Exposure) -> "LinkDialog":
        """Ask what a link should say."""
        dialog = self._dialog(before)
        dialog.kept.connect(lambda link: self._correct(before, link))
        dialog.open()
        return dialog

    def withdraw(self, link: Exposure) -> None:
        """Take a link away with all of its reports."""
        self._push(lambda: self.tr("Withdraw a link"), LinkChange(before=link))

    def _correct(self, before: Exposure, after: Exposure) -> None:
        if after != replace(before, own=True):
            self._push(lambda: self.tr("Correct a link"), LinkChange(before=before, after=after))

    def _push(self, words: Words, change: LinkChange) -> None:
        self._lists.stack.push(
            CoreStep(
                words,
                change,
                lambda: self._commands.change_link(change),
                lambda: self._commands.change_link(change, back=True),
            )
        )

    def _dialog(self, before: Exposure | None) -> "LinkDialog":
        from stackwatch.ui.watchlist.link_dialog import LinkDialog  # when it is wanted

        return LinkDialog(self._ecosystem, self._window, before)
