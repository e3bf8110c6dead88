#!/bin/sh
# Sign one Windows program in place, on Linux: sign.sh FILE.exe   Does nothing without a certificate.
# Environment: WINDOWS_CERTIFICATE_FILE (a .pfx), WINDOWS_PASSWORD_FILE, and TIMESTAMP_SERVER if there is one.
set -eu
if [ -z "${WINDOWS_CERTIFICATE_FILE:-}" ]; then
    echo "sign: no certificate: $1 stays unsigned"
    exit 0
fi
set -- "$1" -pkcs12 "$WINDOWS_CERTIFICATE_FILE" -readpass "$WINDOWS_PASSWORD_FILE" -n Stackwatch -h sha256
file=$1
shift
if [ -n "${TIMESTAMP_SERVER:-}" ]; then set -- "$@" -ts "$TIMESTAMP_SERVER"; fi
osslsigncode sign "$@" -in "$file" -out "$file.signed" >/dev/null
mv "$file.signed" "$file"
