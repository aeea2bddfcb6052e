#!/usr/bin/env python3
"""Texts that nobody writes, and what counting their words takes: one row each, for docs/corpora.md.

    python3 docs/benchmarks/wild_corpora.py "word2vec" [name ...]

Each text is made while it is read (standard input; 20 million words differ, a line has 1 GB, ...) and nothing of it is stored. The peak is the
kernel's (ru_maxrss, what /usr/bin/time -v prints), the time is processor time.
"""
import gzip
import os
import shlex
import subprocess
import sys

MEGABYTE = 10**6


def repeated(piece, length):
    block = piece * (MEGABYTE // len(piece))
    for _ in range(length // MEGABYTE):
        yield block


def different(count):
    """Each different word once, among three that repeat: `count` words differ."""
    for first in range(0, count, 1000):
        yield b"".join(b"w%x and the cat\n" % (i * 2654435761 % (1 << 40)) for i in range(first, first + 1000))


def members(piece, length):
    """A .gz bomb: members of 100 MB each, one after another."""
    member = gzip.compress(piece * (100 * MEGABYTE // len(piece)), compresslevel=9)
    for _ in range(length // (100 * MEGABYTE)):
        yield member


CASES = {
    "20m-different": ("20,000,000 different words, once each", lambda: different(20_000_000), []),
    "20m-different-1m": ("… `--max-distinct 1000000`", lambda: different(20_000_000), ["--max-distinct", "1000000"]),
    "line": ("a line of 1 GB", lambda: repeated(b"one two ", 1000 * MEGABYTE), []),
    "word": ("a word of 100 MB", lambda: repeated(b"x", 100 * MEGABYTE), []),
    "bomb-zeros": (".gz of 10 GB of zeros", lambda: members(b"\0", 10_000 * MEGABYTE), []),
    "bomb-word": (".gz of 10 GB, one word", lambda: members(b"x", 10_000 * MEGABYTE), []),
    "bomb-lines": (".gz of 1 GB of line ends", lambda: members(b"\n", 1000 * MEGABYTE), []),
}


def run(tool, text, options):
    command = [*tool, "vocab", "-", "-o", "-", "--quiet", *options]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    read = 0
    try:
        for block in text:
            process.stdin.write(block)
            read += len(block)
        process.stdin.close()
    except BrokenPipeError:
        pass
    message = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    return os.waitstatus_to_exitcode(status), usage, read, message


def main():
    tool, names = shlex.split(sys.argv[1]), sys.argv[2:] or list(CASES)
    print("| text | bytes given | exit code | peak MB | processor s |")
    print("|---|---|---|---|---|")
    for name in names:
        title, text, options = CASES[name]
        code, usage, read, message = run(tool, text(), options)
        print(f"| {title} | {read:,} | {code} | {usage.ru_maxrss * 1024 / 1e6:.0f} | {usage.ru_utime + usage.ru_stime:.1f} |", flush=True)
        if code:
            print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
