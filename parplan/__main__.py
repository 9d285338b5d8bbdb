"""Run ``python -m parplan``."""

from parplan.cli import main

if __name__ == "__main__":
    main()
