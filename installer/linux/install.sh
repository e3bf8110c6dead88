#!/bin/sh
# Install Stackwatch for this user, or below PREFIX: ./install.sh   An older version is replaced.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
prefix=${PREFIX:-"$HOME/.local"}
case $prefix in /*) ;; *) prefix=$PWD/$prefix ;; esac
target=$prefix/lib/stackwatch
program=$(readlink -f "$target/stackwatch" || true) # as the system names what runs

for exe in /proc/[0-9]*/exe; do
    if [ -n "$program" ] && [ "$(readlink "$exe" 2>/dev/null || true)" = "$program" ]; then
        echo "install: Stackwatch is running. Close its window (in the tray: Quit) and try again." >&2
        exit 3
    fi
done
if [ -e "$target" ] && [ ! -x "$target/stackwatch" ]; then
    echo "install: $target holds something else" >&2
    exit 5
fi
mkdir -p "$prefix/lib" "$prefix/bin" "$prefix/share/applications" "$prefix/share/icons"
rm -rf "$target.new"
cp -R "$here/app" "$target.new"
cp "$here/uninstall.sh" "$target.new/uninstall.sh"
rm -rf "$target" # nothing of the version before may stay
mv "$target.new" "$target"
ln -sf "$target/stackwatch" "$prefix/bin/stackwatch"
cp -R "$here/icons/hicolor" "$prefix/share/icons/"
# As menus read it: quoted, and a percent sign begins a field of theirs.
quoted=$(printf '%s' "$target/stackwatch" | sed 's/\\/\\\\\\\\/g; s/["`$]/\\\\&/g; s/%/%%/g')
{ grep -v '^Exec=' "$here/stackwatch.desktop"; printf 'Exec="%s"\n' "$quoted"; } > "$prefix/share/applications/stackwatch.desktop"
if command -v update-desktop-database >/dev/null; then update-desktop-database -q "$prefix/share/applications"; fi
echo "Stackwatch is in $target; start it from the menu, or with $prefix/bin/stackwatch"
