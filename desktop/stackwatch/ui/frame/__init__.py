"""The window itself: header, views, search, bars, language and colours."""
