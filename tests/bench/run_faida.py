"""Runs Faida over CSV files and says in how many seconds it found how many inclusions; for `beside_faida.py`.

Runs in the environment of the tools, which has neither onboard nor a driver.
"""

from __future__ import annotations

import json
import sys
import time

import desbordante  # type: ignore[import-not-found]  # not a dependency of ours

started_s = time.monotonic()
algorithm = desbordante.ind.algorithms.Faida()
algorithm.load_data(tables=[(path, ",", True) for path in sys.argv[1:]])
algorithm.execute()
seconds = time.monotonic() - started_s
sys.stdout.write(json.dumps({"seconds": seconds, "found": len(algorithm.get_inds())}) + "\n")
