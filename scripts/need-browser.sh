#!/bin/sh
# Makes sure that Chromium and a font for the pages are there; tests in a browser need them.
# As root on a Debian system it installs them, else it names the packages and stops.
set -eu
missing=""
if ! command -v chromium >/dev/null 2>&1; then
    missing="chromium"
fi
if ! fc-list 2>/dev/null | grep -qi "noto sans"; then
    missing="$missing fontconfig fonts-noto-core"
fi
if [ -z "$missing" ]; then
    exit 0
fi
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing:$missing"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # shellcheck disable=SC2086 # the names are words
    apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
    echo "The tests need these Debian packages: $missing" >&2
    echo "Install them as root, for example: apt-get install $missing" >&2
    exit 1
fi
