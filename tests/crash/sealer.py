"""A sequencer that is killed again and again: each time another process goes on where the last one fell.

python -m tests.crash.sealer KILLS      forks a sequencer, kills it in the middle, and so on
"""

import os
import random
import signal
import sys
import time
import traceback

import django

LONGEST = 0.6  # seconds that one of them lives
FELL = 70  # how one ends that fell by itself


def seal() -> None:
    """Seal as fast as it goes, until killed; whatever else ends it is told."""
    from motcua.audit.sealing import Sequencer

    try:
        sequencer = Sequencer(batch=50)
        while True:
            sequencer.round()
            time.sleep(0.002)
    except BaseException:
        traceback.print_exc()
        os._exit(FELL)


def main(kills: int) -> int:
    """How many were killed while they worked; ends badly when one fell by itself."""
    django.setup()
    chance = random.Random()
    for _ in range(kills):
        child = os.fork()
        if not child:
            seal()
        time.sleep(chance.random() * LONGEST)
        os.kill(child, signal.SIGKILL)
        _, ended = os.waitpid(child, 0)
        if os.WIFEXITED(ended):
            return FELL
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
