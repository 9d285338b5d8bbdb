"""Where the program begins: ``parplan`` and ``python -m parplan``.

A command lives for a tenth of a second and makes no cycles worth collecting; the
collector's rounds during imports and at the end took a fifth of that time (22 of
109 ms, measured).  So it is off before anything else is imported.
"""

import gc
import signal
import sys


def main() -> None:
    """Run the command line and exit."""
    gc.disable()
    listens = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if listens:  # nothing is written yet: Ctrl-C just ends, and no library's start in its middle
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        from parplan.cli import (
            app,
            session,  # noqa: F401  # what every command imports first
        )

        if listens:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        app.main()
    except KeyboardInterrupt:  # before or after the command, which says that it has stopped
        sys.exit(130)
    finally:
        gc.freeze()  # leaves nothing for the collection at the interpreter's end


if __name__ == "__main__":
    main()
