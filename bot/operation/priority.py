"""A process that lets everything else on its machine go first."""

import os

_NICENESS = 10  # a tenth of the say of a process at 0: answers go first, and a refresh goes on
_THREADS = ("OMP_NUM_THREADS", "RAYON_NUM_THREADS")  # PyTorch's and FAISS's; the tokenizer's


def go_last() -> None:
    """Give this process less say than others, and one processor less than there are.

    To be called before PyTorch is imported, which reads the number of threads then.
    """
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    for name in _THREADS:
        os.environ.setdefault(name, str(max(1, (os.cpu_count() or 1) - 1)))
