#!/usr/bin/env bash
# Installs the programs of other people that these tests run: what Debian and Ubuntu have, by apt-get, and packages of Node.js, into node_modules
# beside this file. What cannot be installed is named, and its tests are skipped. It may be run again at any time.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

modules=(numpy gensim fasttext faiss sklearn torch)
declare -A package=([numpy]=python3-numpy [gensim]=python3-gensim [fasttext]=python3-fasttext [faiss]=python3-faiss [sklearn]=python3-sklearn
    [torch]=python3-torch [sqlite3]=sqlite3 [node]=nodejs [npm]=npm)
python=${WORD2VEC_PYTHON:-/usr/bin/python3}

missing=()
for module in "${modules[@]}"; do
    "$python" -c "import $module" 2>/dev/null || missing+=("${package[$module]}")
done
for program in sqlite3 node npm; do
    command -v "$program" >/dev/null || missing+=("${package[$program]}")
done

if ((${#missing[@]} > 0)); then
    if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
        apt-get update -qq || true
        # One at a time: one that is not to be had must not keep the others away.
        for name in "${missing[@]}"; do
            DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$name" >/dev/null 2>&1 || echo "not installed: $name"
        done
    else
        echo "not installed, because that takes apt-get and the rights of root: ${missing[*]}"
    fi
fi

if command -v npm >/dev/null; then
    npm install --silent || echo "not installed: the packages of Node.js in package.json"
fi
