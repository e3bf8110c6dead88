#!/bin/sh
# Put a Developer ID into a keychain of its own on a build machine.
# Environment: MACOS_CERTIFICATE (the .p12, base64), MACOS_CERTIFICATE_PASSWORD, RUNNER_TEMP (a folder).
set -eu
keychain=$RUNNER_TEMP/stackwatch.keychain-db
password=$(uuidgen)
umask 077
printf '%s' "$MACOS_CERTIFICATE" | base64 --decode > "$RUNNER_TEMP/certificate.p12"
security create-keychain -p "$password" "$keychain"
security set-keychain-settings -lut 21600 "$keychain"
security unlock-keychain -p "$password" "$keychain"
security import "$RUNNER_TEMP/certificate.p12" -k "$keychain" -P "$MACOS_CERTIFICATE_PASSWORD" -T /usr/bin/codesign
security set-key-partition-list -S apple-tool:,apple: -s -k "$password" "$keychain" >/dev/null
security list-keychains -d user -s "$keychain" login.keychain-db
rm "$RUNNER_TEMP/certificate.p12"
