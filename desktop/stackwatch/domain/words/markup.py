"""HTML in what others wrote: the words that a reader would see."""

from html.parser import HTMLParser

_LONGEST = 5_000
_HIDDEN = frozenset({"script", "style"})
_APART = frozenset({"br", "div", "li", "p", "td", "tr", "h1", "h2", "h3", "h4"})
# What else begins and ends so is no markup: agencies write tickers as <NVDA.O>.
_INLINE = frozenset(
    {"a", "abbr", "b", "big", "center", "cite", "code", "em", "font", "i", "img", "mark", "s", "small"}
    | {"span", "strong", "sub", "sup", "table", "tt", "u", "ul", "wbr"}
)


def without_tags(text: str) -> str:
    """Return the words of a piece of HTML, bounded in length first; nothing when it cannot be read."""
    text = text[:_LONGEST]
    if "<" not in text and "&" not in text:
        return text
    parser = _Words()
    try:
        parser.feed(text)
        parser.close()
    except AssertionError:  # how html.parser refuses a broken declaration
        return ""
    return "".join(parser.parts)


class _Words(HTMLParser):
    """Collects what a reader would see; scripts and styles are left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._hidden = tag in _HIDDEN
        if tag in _APART:
            self.parts.append(" ")
        elif tag not in _INLINE and tag not in _HIDDEN:
            self.parts.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False
        if tag in _APART:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)
