#!/bin/sh
# Part of the .deb: a program whose files are exchanged while it runs can load no part of itself any more, and
# alerts stay away. STEPS are those of dpkg at which it is asked.
set -eu
case $1 in STEPS) ;; *) exit 0 ;; esac
for exe in /proc/[0-9]*/exe; do
    if [ "$(readlink "$exe" 2>/dev/null || true)" = /opt/stackwatch/stackwatch ]; then
        echo "stackwatch: Stackwatch is running. Close its window (in the tray: Quit) and try again." >&2
        exit 3
    fi
done
