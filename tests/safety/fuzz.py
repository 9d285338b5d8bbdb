"""Feeds parplan inputs until one makes it fall over: ``python -m tests.safety.fuzz plan``.

atheris (libFuzzer) leads the inputs to new lines and comparisons of parplan, from real files
on; half of the changes are its own, half know what plans, phrases and office files look like.
It stops at the first input that a target falls over, keeps that and says how to try it again.
``--corpus`` keeps what was reached, to go on from there another day.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SECONDS_AN_INPUT = 60
"""By the clock; a busy machine must not look like a fault."""

MEGABYTES = 1_500
LONGEST = 100_000


def load() -> tuple[Any, Any]:
    """Return atheris, and the targets with all of parplan watched by it."""
    try:
        import atheris
    except ImportError:
        sys.exit("this needs atheris, which pip install '.[dev]' brings to Linux on x86-64")
    with atheris.instrument_imports(include=["parplan"]):
        from tests.safety import fuzz_targets
    return atheris, fuzz_targets


def run(target: str, seconds: int, seed: int, corpus: Path, crashes: Path) -> None:
    """Fuzz ``target`` in this process, which ends with it: with 0 where nothing was found."""
    atheris, targets = load()
    use, seeds = targets.TARGETS[target]
    for number, data in enumerate(seeds):
        (corpus / f"seed-{number}").write_bytes(data)

    def one(data: bytes) -> None:
        with contextlib.suppress(*targets.ANSWERS):
            use(data)

    def changed(data: bytes, most: int, chance: int) -> bytes:
        if chance % 2 and not data.startswith(b"PK"):
            return bytes(atheris.Mutate(data, most))
        return bytes(targets.mutated(data, seeds, random.Random(chance))[:most])

    options = {
        "max_total_time": seconds,
        "seed": seed,
        "max_len": LONGEST,
        "timeout": SECONDS_AN_INPUT,
        "rss_limit_mb": MEGABYTES,
        "artifact_prefix": f"{crashes}{os.sep}",
        "verbosity": 0,
        "print_final_stats": 1,
    }
    flags = [f"-{name}={value}" for name, value in options.items()]
    atheris.Setup(["fuzz", str(corpus), *flags], one, custom_mutator=changed)
    atheris.Fuzz()


def apart(target: str, seconds: int, seed: int, corpus: Path) -> bool:
    """Fuzz ``target`` in a process of its own; tell whether nothing was found."""
    crashes = Path(tempfile.mkdtemp(prefix="parplan-found-"))  # what is in the corpus is tried anew
    child = os.fork()
    if not child:
        run(target, seconds, seed, corpus, crashes)
        os._exit(1)  # atheris ends the process itself
    _child, status = os.waitpid(child, 0)
    for crash in sorted(crashes.iterdir()):
        print(f"{target} fell over {crash}; try it with:", file=sys.stderr)
        print(f"python -m tests.safety.fuzz {target} --input {crash}", file=sys.stderr)
    return status == 0


def main() -> None:
    """Fuzz the targets named on the command line."""
    _atheris, targets = load()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", choices=[*targets.TARGETS, []], metavar="TARGET")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--input", type=Path, help="try this file only")
    parser.add_argument("--corpus", type=Path, help="folder for the inputs that reached more")
    options = parser.parse_args()
    corpora = options.corpus or Path(tempfile.mkdtemp(prefix="parplan-fuzz-"))
    for target in options.targets or targets.TARGETS:
        if options.input:
            targets.try_one(target, options.input.read_bytes())
            continue
        corpus = corpora / target
        corpus.mkdir(parents=True, exist_ok=True)
        print(f"{target}: {options.seconds} s, seed {options.seed}, corpus {corpus}", flush=True)
        if not apart(target, options.seconds, options.seed, corpus):
            sys.exit(1)


if __name__ == "__main__":
    main()
