# -*- coding: utf-8 -*-
"""Sets Cadre Desk (老干部台账) up and starts it: ``python3 start.py --help``.

This file keeps to a grammar that every Python reads, so that a wrong one is refused in a sentence; the
work is in ``tooling/``. Standard library only.
"""

import sys

if not (3, 11) <= sys.version_info[:2] < (3, 14):
    sys.stderr.write(
        "Cadre Desk needs Python 3.11, 3.12 or 3.13, and this is Python %d.%d.\n" % sys.version_info[:2]
    )
    sys.exit(2)

if __name__ == "__main__":
    from tooling.verbs import main

    sys.exit(main(sys.argv[1:]))
