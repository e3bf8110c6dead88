"""What goes into the frozen program, and what of Qt and of the libraries stays out."""

import re
import sys

_QT_MODULES = (
    *("Concurrent", "Designer", "Help", "PrintSupport", "Qml", "Quick", "QuickControls2", "QuickTest"),
    *("QuickWidgets", "Sql", "SvgWidgets", "Test", "UiTools", "Xml"),
)
EXCLUDED_MODULES = [
    *(f"PySide6.Qt{name}" for name in _QT_MODULES),
    *("IPython", "PIL", "matplotlib", "scipy", "numba", "lxml", "tkinter", "_tkinter", "qtpy"),
    *("pip", "setuptools", "pkg_resources", "wheel", "pytest", "hypothesis", "pydoc_data"),
    "readline",  # it would bring a library under the GPL
    *("pyqtgraph.examples", "pyqtgraph.opengl", "numpy.f2py", "pandas.tests", "numpy.tests"),
]

# Qt's libraries that the window needs, on any system; others come along with plug-ins that are left out.
_QT_LIBRARIES = frozenset(
    {
        *("Core", "Gui", "Widgets", "Svg", "Network", "DBus", "OpenGL", "OpenGLWidgets"),
        *("XcbQpa", "WaylandClient", "WlShellIntegration"),
    }
)
_QT_PLUGINS = frozenset(
    {
        *("qxcb", "qwayland", "qwindows", "qcocoa", "qoffscreen", "qminimal"),
        *("qxdgdesktopportal", "xdg-shell", "bradient", "adwaita"),
        "ibusplatforminputcontextplugin",  # Korean is typed through it
        "composeplatforminputcontextplugin",
        *("qsvgicon", "qsvg", "qico", "qicns", "qmodernwindowsstyle", "qmacstyle"),
    }
)
_PLUGIN = re.compile(r"/plugins/[^/]+/(?:lib)?([^/]+?)\.(?:so|dll|dylib)$")
_QT_LIBRARY = re.compile(r"(?:^|/)(?:lib)?Qt6?([A-Za-z0-9]+)(?:\.so[.\d]*|\.dll)?$")
_NOT_NEEDED = re.compile(r"(?:^|/)(?:opengl32sw|d3dcompiler_47)\.dll$", re.IGNORECASE)
_DATA_LEFT_OUT = re.compile(  # of Qt's own words only those of a language that is offered
    r"^PySide6/(?:Qt/)?(?:translations/(?!qtbase_ko\.qm)|(?:qml|metatypes|resources)/)|/tests?/"
)

Entry = tuple[str, str, str]
"""A file as PyInstaller lists it: where it will lie, where it is, and what it is."""


LOWEST_MACOS = {"6.11": "13.0", "6.12": "14.0"}
"""The oldest macOS that a Qt is built for."""


def lowest_macos(qt: str) -> str:
    """Return the oldest macOS for a version of Qt such as 6.11.3; raises SystemExit for one not looked up."""
    told = LOWEST_MACOS.get(".".join(qt.split(".")[:2]))
    if told is None:
        raise SystemExit(f"bundle: which macOS does Qt {qt} need? Add it to LOWEST_MACOS")
    return told


def wanted_binary(path: str) -> bool:
    """Whether a library or plug-in, named as it will lie in the folder, is to be bundled."""
    name = path.replace("\\", "/")
    plugin, library = _PLUGIN.search(name), _QT_LIBRARY.search(name)
    if plugin is not None and "PySide6" in name:
        return plugin[1] in _QT_PLUGINS
    if library is not None:
        return library[1] in _QT_LIBRARIES
    return _NOT_NEEDED.search(name) is None


def wanted_data(path: str) -> bool:
    """Whether a data file, named as it will lie in the folder, is to be bundled."""
    return _DATA_LEFT_OUT.search(path.replace("\\", "/")) is None


def needed(binaries: list[Entry]) -> list[Entry]:
    """Leave out the shared libraries that nothing bundled links to, now that plug-ins are gone (Linux)."""
    if not sys.platform.startswith("linux"):
        return binaries
    from PyInstaller.depend.bindepend import get_imports  # there in the build environment only

    def is_library(entry: Entry) -> bool:
        return entry[2] == "BINARY" and "/" not in entry[0] and not entry[0].startswith("libpython")

    libraries = {name: source for name, source, kind in binaries if is_library((name, source, kind))}
    waiting = [source for name, source, kind in binaries if kind != "SYMLINK" and name not in libraries]
    reached: set[str] = set()
    while waiting:
        for name, _ in get_imports(waiting.pop()):
            if name in libraries and name not in reached:
                reached.add(name)
                waiting.append(libraries[name])
    return [entry for entry in binaries if entry[0] not in libraries or entry[0] in reached]
