#!/usr/bin/env bash
# Packs run.sh with the tool, its runtime, a corpus and questions into one tar for a machine without the .NET SDK and without a package source.
set -euo pipefail

usage() {
    cat <<'END'
Usage: pack.sh [--corpus FILE] [--questions FILE…] [--runtime self-contained|copied] [--output FILE]
  --corpus     text [default: corpora/small-world.txt, which is for --smoke]
  --questions  .txt analogies and .tsv pairs of words [default: small-world's]
  --runtime    self-contained publishes with the runtime pack; copied takes the runtime of this machine's SDK
               [default: self-contained, and copied where the runtime pack cannot be restored]
  --output     the tar [default: artifacts/gpu-checks.tar in the checkout]
END
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
corpus=$root/corpora/small-world.txt questions=() runtime='' output=$root/artifacts/gpu-checks.tar most=60000000
while (($# > 0)); do
    case $1 in
        --corpus) corpus=$2; shift 2 ;;
        --runtime) runtime=$2; shift 2 ;;
        --output) output=$2; shift 2 ;;
        --questions)
            shift
            while (($# > 0)) && [[ $1 != --* ]]; do questions+=("$1"); shift; done
            ;;
        --help | -h) usage; exit 0 ;;
        *) echo "pack.sh: there is no option $1" >&2; usage >&2; exit 2 ;;
    esac
done
((${#questions[@]} > 0)) || questions=("$root/corpora/small-world-questions.txt" "$root/corpora/small-world-pairs.tsv")
for file in "$corpus" "${questions[@]}"; do
    [[ -r $file ]] || { echo "pack.sh: $file cannot be read" >&2; exit 1; }
done

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
pack=$scratch/gpu-checks tool=$scratch/tool
mkdir -p "$pack/questions" "$tool"

# The build lies apart, so that the checkout's own is left as it is.
publish() {
    dotnet publish "$root/src/Word2Vec.CommandLine" -c Release --artifacts-path "$scratch/artifacts" -p:DebugType=none -tl:off -o "$tool/app" "$@" \
        >"$scratch/publish.log" 2>&1
}

self_contained() {
    publish -r linux-x64 --self-contained || return 1
    printf '#!/bin/sh\nexec "$(dirname "$0")/app/Word2Vec.CommandLine" "$@"\n' >"$tool/word2vec"
}

# The SDK's own host and runtime, laid out as the host looks for them.
copied() {
    local dotnet version
    publish --no-self-contained || return 1
    dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
    version=$(dotnet --list-runtimes | awk '$1 == "Microsoft.NETCore.App" && $2 ~ /^10[.]/ { found = $2 } END { print found }')
    mkdir -p "$tool/runtime/host/fxr" "$tool/runtime/shared/Microsoft.NETCore.App"
    cp "$dotnet/dotnet" "$tool/runtime/"
    cp -r "$dotnet/host/fxr/$version" "$tool/runtime/host/fxr/"
    cp -r "$dotnet/shared/Microsoft.NETCore.App/$version" "$tool/runtime/shared/Microsoft.NETCore.App/"
    printf '#!/bin/sh\nhere=$(dirname "$0")\nDOTNET_ROOT=$here/runtime exec "$here/runtime/dotnet" "$here/app/Word2Vec.CommandLine.dll" "$@"\n' >"$tool/word2vec"
}

case $runtime in
    self-contained) self_contained || { tail -n 5 "$scratch/publish.log" >&2; exit 1; } ;;
    copied) copied || { tail -n 5 "$scratch/publish.log" >&2; exit 1; } ;;
    '')
        if self_contained; then runtime=self-contained
        else
            echo "pack.sh: no runtime pack, this machine's runtime is copied: $(grep -m1 -o 'error .*' "$scratch/publish.log")" >&2
            rm -rf "$tool" "$scratch/artifacts"
            mkdir "$tool"
            runtime=copied
            copied || { tail -n 5 "$scratch/publish.log" >&2; exit 1; }
        fi
        ;;
    *) echo "pack.sh: --runtime is '$runtime'; it must be self-contained or copied" >&2; exit 2 ;;
esac
if reason=$(grep -m1 -o 'GPU kernels left out: [^[]*' "$scratch/publish.log"); then
    echo "pack.sh: there would be no kernels to check. $reason" >&2
    exit 1
fi
chmod +x "$tool/word2vec"

# For debuggers alone.
find "$tool" \( -name 'libmscor*.so' -o -name 'libcoreclrtraceptprovider.so' -o -name createdump -o -name '*.pdb' -o -name '*.xml' \) -delete

# xz is a third smaller; a machine without it needs Python to unpack.
if command -v xz >/dev/null; then compress=(xz -6 -T0 -c) ending=xz; else compress=(gzip -9 -c) ending=gz; fi
tar -c -C "$tool" . | "${compress[@]}" >"$pack/tool.tar.$ending"
"${compress[@]}" "$corpus" >"$pack/corpus.txt.$ending"
cp "${questions[@]}" "$pack/questions/"
cp "$here/run.sh" "$here/summary.sh" "$here/README.md" "$pack/"
commit=$(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo unknown)
[[ -z $(git -C "$root" status --porcelain 2>/dev/null) ]] || commit+=' with changes'
echo "commit $commit, $runtime, packed $(date -u +%Y-%m-%d)" >"$pack/PACKED"
mkdir -p "$(dirname "$output")"
tar -c -f "$output" -C "$scratch" gpu-checks
size=$(wc -c <"$output")
echo "$output: $size bytes (tool $(wc -c <"$pack/tool.tar.$ending"), corpus $(wc -c <"$pack/corpus.txt.$ending")), $runtime"
((size <= most)) || { echo "pack.sh: that is more than $most bytes; take a smaller corpus" >&2; exit 1; }
