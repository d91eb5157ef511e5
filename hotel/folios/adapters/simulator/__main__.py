"""Run the simulated processor alone: ``SIMULATOR_API_KEY=… SIMULATOR_WEBHOOK_SECRET=… python -m …simulator``."""

import argparse
import os
from pathlib import Path

from hotel.folios.adapters.simulator.server import simulator_serve

parser = argparse.ArgumentParser(
    prog="simulator", description="A card processor for evaluation; no money moves."
)
parser.add_argument("--port", type=int, default=8010)
parser.add_argument("--file", type=Path, help="keeps what it knows over a restart")
given = parser.parse_args()
simulator_serve(
    port=given.port,
    api_key=os.environ["SIMULATOR_API_KEY"],
    webhook_secret=os.environ["SIMULATOR_WEBHOOK_SECRET"],
    file=given.file,
)
