"""Where the program of the folder without Python begins: as ``parplan.__main__``."""

import sys

from parplan.__main__ import main

if "--multiprocessing-fork" in sys.argv:  # a process that rollup began, where none is copied
    import multiprocessing

    multiprocessing.freeze_support()
main()
