"""Do to refreshes what happens to machines, and see that nothing is lost.

    python -m benchmarks.crash [--kills 200] [--held 100] [--full 99] [--rights 90] [--flips 200]
                               [--seed 1]

- Killed: a refresh is ended by SIGKILL after a random part of the time that one takes.
- Held back: the same, of refreshes whose articles a golden question holds back, and of the word
  to use them anyway.
- Full disk: there is too little room from the beginning, or the disk is filled to the brim at a
  random instant, and in a third of the cases the refresh is killed besides.
- Rights: from the beginning, or from a random instant on, a folder or a file cannot be written,
  or not even read.
- Damage: a byte of a file of the index is changed.

After each, while it lasts: the bot's engine starts and answers, from the articles before or after
the change, never from a mixture; a refresh that failed said why, and what to do. A damaged file is
named, and the generation before answers. Afterwards the next refresh gives the very index that one
never disturbed has, vectors and all, and leaves no half-written file.
"""

import argparse
import tempfile
from pathlib import Path

from benchmarks.crash import flips, full_disk, held, kills, rights

PARTS = {
    "kills": (kills.measure, 200),
    "held": (held.measure, 100),
    "full": (full_disk.measure, 99),
    "rights": (rights.measure, 90),
    "flips": (flips.measure, 200),
}


def main() -> None:
    """Disturb, look, and compare."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, (_, times) in PARTS.items():
        parser.add_argument(f"--{name}", type=int, default=times)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for name, (measure, _) in PARTS.items():
        if times := getattr(options, name):
            with tempfile.TemporaryDirectory() as temporary:
                print(measure(Path(temporary), times, options.seed), flush=True)


if __name__ == "__main__":
    main()
