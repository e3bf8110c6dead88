#!/bin/sh
# Remove Stackwatch: uninstall.sh [--purge]   Lists, rules, alerts and settings stay unless --purge is given.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
prefix=${PREFIX:-"$HOME/.local"}
case $here in */lib/stackwatch) prefix=${here%/lib/stackwatch} ;; esac # what it was installed with
case $prefix in /*) ;; *) prefix=$PWD/$prefix ;; esac
target=$prefix/lib/stackwatch
program=$(readlink -f "$target/stackwatch" || true) # as the system names what runs

for exe in /proc/[0-9]*/exe; do
    if [ -n "$program" ] && [ "$(readlink "$exe" 2>/dev/null || true)" = "$program" ]; then
        echo "uninstall: Stackwatch is running. Close its window (in the tray: Quit) and try again." >&2
        exit 3
    fi
done
if [ -x "$target/stackwatch" ]; then rm -rf "$target"; fi
if [ -L "$prefix/bin/stackwatch" ]; then rm "$prefix/bin/stackwatch"; fi
rm -f "$prefix/share/applications/stackwatch.desktop"
rm -f "$prefix"/share/icons/hicolor/*/apps/stackwatch.png "$prefix"/share/icons/hicolor/*/apps/stackwatch.svg
rm -f "${XDG_CONFIG_HOME:-"$HOME/.config"}/autostart/stackwatch.desktop"
if [ "${1:-}" = "--purge" ]; then
    rm -rf "${XDG_DATA_HOME:-"$HOME/.local/share"}/Stackwatch"
    rm -rf "${XDG_CACHE_HOME:-"$HOME/.cache"}/Stackwatch"
    rm -rf "${XDG_STATE_HOME:-"$HOME/.local/state"}/Stackwatch"
fi
echo "Stackwatch was removed."
