#!/usr/bin/env bash
# Opens so many damaged files of every kind that the library reads, 10,000 by default, from a seed, 1 by default:
#     tests/mutants.sh [COUNT] [SEED]
# It prints a table of what was opened; the exit code is 0 only if each file opened or was refused with an error of our own, in less than 2 seconds
# and with no more memory than twice its size and 64 MB.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
count=${1:-10000} seed=${2:-1}
report=$(mktemp)
trap 'rm -f "$report"' EXIT

WORD2VEC_MUTANTS=$count WORD2VEC_MUTANT_SEED=$seed WORD2VEC_MUTANT_REPORT=$report \
    dotnet test tests/Word2Vec.Tests -c Release --filter "FullyQualifiedName~HostileFileTests.Neither" --nologo -v q >&2

echo "| Kind of file | Files | Refused | Longest, ms | Memory, MB |"
echo "|---|---|---|---|---|"
sort "$report"
awk -F '|' '
    { files += $3; refused += $4; if ($5 > longest) longest = $5; if ($6 > memory) memory = $6 }
    END { printf "\n%d files of %d kinds, %d refused; the longest took %d ms, the most memory was %.1f MB\n", files, NR, refused, longest, memory
          exit !(NR > 0 && longest < 2000) }' "$report"
