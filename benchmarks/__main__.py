"""All measurements, one after another: `python -m benchmarks [NAME …]`; fails if any bar is missed."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import benchmarks


def main(names: list[str]) -> int:
    """Run the benchmarks of these names, all of them if none is named."""
    found = sorted(one.name for one in pkgutil.iter_modules(benchmarks.__path__) if one.name[0] != "_")
    missed = 0
    for name in names or found:
        print(f"== {name}", flush=True)
        missed |= importlib.import_module(f"benchmarks.{name}").main()
    return missed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
