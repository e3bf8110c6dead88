"""Every colour, size and font of the interface: the one module that knows a hex value.

A program has one theme at a time, as Qt has one palette, font and style sheet: ``current_theme`` is asked
while painting and building, ``use_theme`` changes it.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPalette


class ThemeMode(StrEnum):
    """Light or dark surfaces."""

    DARK = "dark"
    LIGHT = "light"


class Palette(StrEnum):
    """What up and down look like; a setting of its own, never implied by the language."""

    WESTERN = "western"
    KOREAN = "korean"
    COLOUR_BLIND = "colour-blind"


class Role(StrEnum):
    """A role of type: size, line height and weight."""

    BODY = "body"
    SYMBOL = "symbol"
    STRONG = "strong"
    CAPTION = "caption"
    TINY = "tiny"
    TITLE = "title"
    VERDICT = "verdict"
    TERM = "term"
    HERO = "hero"


class Ink(StrEnum):
    """A colour of text by its meaning."""

    T1 = "t1"
    T2 = "t2"
    T3 = "t3"
    TRUST = "trust"
    UP = "up"
    DOWN = "down"

    @classmethod
    def of(cls, value: float | None) -> "Ink":
        """Return the ink of a signed value: up, down, or neutral for zero and nothing."""
        if value is None or value == 0:
            return cls.T2
        return cls.UP if value > 0 else cls.DOWN


_TYPE = {  # role: (pixels over a base of 12, weight)
    Role.BODY: (12, 400),
    Role.SYMBOL: (12, 500),
    Role.STRONG: (12, 600),
    Role.CAPTION: (11, 400),
    Role.TINY: (10, 400),
    Role.TITLE: (13, 600),
    Role.VERDICT: (15, 600),
    Role.TERM: (15, 500),
    Role.HERO: (22, 600),
}
_BASE_PX = 12
_TARGET = 24
_ROW_EXTRA = 10  # of a compact row beyond its text

_SURFACES = {
    ThemeMode.DARK: {
        "window": "#0E1012", "panel": "#131619", "raised": "#191D21", "hover": "#1D2226",
        "selected": "#242A33", "field": "#0E1012", "band": "#22272C", "band2": "#363D45",
        "flash": "#2A3037", "line": "#23282D", "line2": "#363D45", "control": "#6B747E", "youfill": "#2A2742",
        "onyou": "#14121F", "trustfill": "#2B2415", "trustline": "#C79A3F",
        "t1": "#E8EBEE", "t2": "#A9B1BA", "t3": "#8B949E", "you": "#B7A9FF", "trust": "#E0B252",
    },
    ThemeMode.LIGHT: {
        "window": "#F3F4F6", "panel": "#FFFFFF", "raised": "#F8F9FA", "hover": "#F0F2F4",
        "selected": "#EAEDF4", "field": "#FFFFFF", "band": "#E9ECEF", "band2": "#C9CED4",
        "flash": "#E6E9EE", "line": "#E2E5E9", "line2": "#C9CED4", "control": "#848C95", "youfill": "#EDEAFB",
        "onyou": "#FFFFFF", "trustfill": "#FBF1DC", "trustline": "#C9922E",
        "t1": "#15181C", "t2": "#4C545D", "t3": "#626A74", "you": "#5540C4", "trust": "#7E5200",
    },
}  # fmt: skip

_STRONG_LINES = {
    ThemeMode.DARK: "#626B74",
    ThemeMode.LIGHT: "#848C95",
}  # 3:1 to grounds, 4.5:1 to text on them

_HUES = {  # hue: the ink and the three tile steps
    ThemeMode.DARK: {
        "green": ("#4FC38F", ("#1B2E27", "#1E4536", "#226049")),
        "red": ("#F57C7E", ("#342326", "#55292D", "#7E3036")),
        "blue": ("#74ADFA", ("#1D2A3C", "#213F63", "#275793")),
        "azure": ("#66B3F4", ("#1D2A3C", "#213F63", "#275793")),
        "orange": ("#F0964F", ("#35291D", "#573A1F", "#7D4D1D")),
    },
    ThemeMode.LIGHT: {
        "green": ("#0A7048", ("#E0F1E8", "#B7DECA", "#86C6A6")),
        "red": ("#C02F2B", ("#FAE4E3", "#F3C0BD", "#E79A96")),
        "blue": ("#1C5CC0", ("#E2ECFA", "#BCD4F5", "#92B9EE")),
        "azure": ("#14609F", ("#E2ECFA", "#BCD4F5", "#92B9EE")),
        "orange": ("#A34A08", ("#FBE9D8", "#F4CBA3", "#EAAC72")),
    },
}

_DIRECTIONS = {  # palette: (up, down)
    Palette.WESTERN: ("green", "red"),
    Palette.KOREAN: ("red", "blue"),
    Palette.COLOUR_BLIND: ("azure", "orange"),
}

_FALLBACKS = ("Malgun Gothic", "Apple SD Gothic Neo", "Noto Sans KR", "Noto Sans CJK KR")
_PREFERRED = ("Segoe UI", "SF Pro Text", ".AppleSystemUIFont", "Inter", "Noto Sans")


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The tokens of one mode and palette; feeds QPalette, the style sheet, delegates and the chart."""

    mode: ThemeMode
    palette: Palette
    base_px: int
    row_extra: int
    family: str
    window: QColor
    panel: QColor
    raised: QColor
    hover: QColor
    selected: QColor
    field: QColor
    band: QColor
    band2: QColor  # the same where the row is selected or the pointer is
    flash: QColor
    line: QColor
    line2: QColor
    control: QColor
    youfill: QColor
    onyou: QColor
    trustfill: QColor
    trustline: QColor
    t1: QColor
    t2: QColor
    t3: QColor
    you: QColor
    trust: QColor
    up: QColor
    down: QColor
    up_steps: tuple[QColor, QColor, QColor]
    down_steps: tuple[QColor, QColor, QColor]

    @property
    def row_height(self) -> int:
        """Height of a table row in pixels."""
        return self.base_px + self.row_extra

    @property
    def target(self) -> int:
        """Least width and height of what is clicked, in pixels."""
        return max(_TARGET, self.px(_TARGET))

    def px(self, size: int) -> int:
        """Scale a size given for a base of 12 pixels."""
        return round(size * self.base_px / _BASE_PX)

    def font(self, role: Role = Role.BODY) -> QFont:
        """Return the font of a role, with tabular digits."""
        size, weight = _TYPE[role]
        return QFont(_font(self.family, self.px(size), weight))

    def ink(self, ink: Ink) -> QColor:
        """Return the colour of an ink."""
        colour: QColor = getattr(self, ink.value)
        return colour

    def direction(self, value: float | None) -> QColor:
        """Return the colour of a signed value."""
        return self.ink(Ink.of(value))

    def qpalette(self) -> QPalette:
        """Return the Qt palette, so that native parts agree with the painted ones."""
        palette = QPalette()
        roles = QPalette.ColorRole
        for role, colour in (
            (roles.Window, self.window), (roles.Base, self.panel), (roles.AlternateBase, self.raised),
            (roles.Button, self.raised), (roles.Text, self.t1), (roles.WindowText, self.t1),
            (roles.ButtonText, self.t1), (roles.ToolTipBase, self.raised), (roles.ToolTipText, self.t1),
            (roles.Highlight, self.selected), (roles.HighlightedText, self.t1),
            (roles.PlaceholderText, self.t3), (roles.Link, self.you), (roles.Accent, self.you),
        ):  # fmt: skip
            palette.setColor(role, colour)
        for role in (roles.Text, roles.WindowText, roles.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.t3)
        return palette


_current: list[Theme] = []  # one at most


def current_theme() -> Theme:
    """Return the theme in use; that of another thread, of a preview or of paper is handed on instead."""
    return _current[0]


def use_theme(theme: Theme) -> None:
    """Paint and build with another theme from now on."""
    _current[:] = [theme]


def px(size: int) -> int:
    """Scale a size given for a base of 12 pixels by the text in use."""
    return _current[0].px(size)


@lru_cache(maxsize=64)
def _font(family: str, pixels: int, weight: int) -> QFont:
    """Build a font once: painting asks for one with every word."""
    font = QFont()
    font.setFamilies([family, *_fallbacks()])
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight(weight))
    font.setFeature(QFont.Tag.fromString("tnum"), 1)
    return font


@cache
def _fallbacks() -> tuple[str, ...]:
    """Return the installed families with Korean letters: macOS searches all it has for one that is not."""
    installed = set(QFontDatabase.families())
    return tuple(family for family in _FALLBACKS if family in installed)


def build_theme(
    mode: ThemeMode,
    palette: Palette = Palette.WESTERN,
    base_px: int = _BASE_PX,
    row_extra: int = _ROW_EXTRA,
    *,
    high_contrast: bool = False,
) -> Theme:
    """Build the theme of a mode and palette; needs a running QGuiApplication for its fonts.

    In ``high_contrast`` every border is about as strong as that of an unchecked box, and a line between parts
    or rows, or of what steps back, as strong as a border usually is.
    """
    colours = {name: QColor(value) for name, value in _SURFACES[mode].items()}
    (up, up_steps), (down, down_steps) = (_HUES[mode][hue] for hue in _DIRECTIONS[palette])
    if palette is Palette.COLOUR_BLIND:  # amber would be a third hue: icon and hatch carry trust
        colours |= {"trust": colours["t2"], "trustfill": colours["raised"], "trustline": colours["control"]}
    if high_contrast:
        colours["line"], colours["line2"] = colours["line2"], QColor(_STRONG_LINES[mode])
    return Theme(
        mode=mode,
        palette=palette,
        base_px=base_px,
        row_extra=row_extra,
        family=tabular_family(),
        up=QColor(up),
        down=QColor(down),
        up_steps=_three(up_steps),
        down_steps=_three(down_steps),
        **colours,
    )


def tabular_family() -> str:
    """Return the preferred installed family whose digits and signs have one advance."""
    installed = set(QFontDatabase.families())
    for family in (*_PREFERRED, QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()):
        if family in installed and _is_tabular(family):
            return family
    return "Noto Sans"


def _is_tabular(family: str) -> bool:
    font = QFont(family)
    font.setPixelSize(_BASE_PX * 8)
    font.setFeature(QFont.Tag.fromString("tnum"), 1)
    metrics = QFontMetrics(font)
    return len({metrics.horizontalAdvance(c) for c in "0123456789"}) == 1


def _three(values: tuple[str, str, str]) -> tuple[QColor, QColor, QColor]:
    return QColor(values[0]), QColor(values[1]), QColor(values[2])
