# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting for a condition: the only way to wait."""
import time

PATIENCE = 60   # seconds; only a failing test ever waits so long, and a busy machine may be slow by far


class TooLate(AssertionError):
    pass


def until(probe, what, patience=PATIENCE):
    """What PROBE answers as soon as that is true.  WHAT: a text, or a function that
    makes one.  An exception counts as "not now": a widget may go while it is looked at."""
    end = time.monotonic() + patience
    pause = 0.005
    trouble = None
    while True:
        try:
            answer = probe()
            if answer:
                return answer
            trouble = None
        except Exception as error:   # pylint: disable=broad-except
            trouble = error
        if time.monotonic() > end:
            text = what() if callable(what) else what
            raise TooLate(f'waited {patience} s for {text}' + (f' ({trouble})' if trouble else ''))
        time.sleep(pause)
        pause = min(pause * 1.5, 0.05)
