#!/usr/bin/env bash
# Fetches text8, the first 100,000,000 bytes of cleaned English Wikipedia (M. Mahoney), into a folder: fetch-text8.sh [folder]
# Without a folder it goes beside this script. Needs curl, unzip and sha256sum or shasum. Nothing is left behind where it fails.
set -euo pipefail

url=http://mattmahoney.net/dc/text8.zip
checksum=a6640522afe85d1963ad56c05b0ede0a0c000dddc9671758a6cc09b7a38e5232
size=100000000
folder=${1:-$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)}

fail() {
    echo "fetch-text8: $1" >&2
    exit 1
}

size_of() { wc -c < "$1" | tr -d ' '; }

checksum_of() {
    if command -v sha256sum > /dev/null; then sha256sum < "$1"; else shasum -a 256 < "$1"; fi | cut -d' ' -f1
}

mkdir -p "$folder"
if [ -f "$folder/text8" ] && [ "$(size_of "$folder/text8")" = "$size" ]; then
    echo "$folder/text8 is there already."
    exit 0
fi
command -v curl > /dev/null || fail "curl is missing; install it, or save $url as $folder/text8.zip, unpack it there and go on."
command -v unzip > /dev/null || fail "unzip is missing; install it and run this again."
partial=$(mktemp -d "$folder/text8.XXXXXX")
trap 'rm -rf "$partial"' EXIT

curl --fail --location --retry 3 --connect-timeout 20 --output "$partial/text8.zip" "$url" ||
    fail "cannot fetch $url. Try again later, or get text8.zip (31,344,016 bytes) elsewhere and unpack it to $folder/text8."
found=$(checksum_of "$partial/text8.zip")
[ "$found" = "$checksum" ] ||
    fail "what came from $url has SHA-256 $found, expected $checksum. A proxy's page or a cut transfer is likely; run this again."
unzip -q "$partial/text8.zip" text8 -d "$partial" || fail "cannot unpack text8.zip into $folder; is there 140 MB of space?"
found=$(size_of "$partial/text8")
[ "$found" = "$size" ] || fail "the unpacked text8 has $found bytes, expected $size; is the disk full? Run this again."
mv "$partial/text8" "$folder/text8"
echo "$folder/text8"
