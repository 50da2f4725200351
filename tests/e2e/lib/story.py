# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A test as a story of steps, told in TAP.  Each step builds on those before it, so after
one that failed the rest are not tried, and count as failed."""
import os
import re
import sys
import time
import traceback

import pictures


class Story:
    def __init__(self, name):
        self.name, self.steps, self.failed, self.program = name, 0, 0, None

    def __enter__(self):
        return self

    def watch(self, program):
        """The program whose windows and output are shown when a step fails."""
        self.program = program
        return program

    def step(self, title):
        def told(function):
            self.steps += 1
            if self.failed:
                self.failed += 1
                self.say('not ok', title, '(a step before it failed)')
                return function
            begin = time.monotonic()
            try:
                function()
                self.say('ok', title, f'({time.monotonic() - begin:.2f} s)')
            except Exception:   # pylint: disable=broad-except
                self.failed += 1
                self.say('not ok', title)
                self.explain(title)
            return function
        return told

    def say(self, verdict, title, more=''):
        print(f'{verdict} {self.steps} {self.name}: {title} {more}'.rstrip(), flush=True)

    def explain(self, title):
        self.comment(traceback.format_exc())
        for part in (lambda: pictures.screenshot(re.sub(r'\W+', '-', f'{self.name}-{title}') + '.png'),
                     lambda: self.program and '\n'.join(self.program.tree.tree()),
                     lambda: self.program and self.program.output[-4000:]):
            try:
                self.comment(part() or '')
            except Exception as error:   # pylint: disable=broad-except
                self.comment(f'({error})')

    @staticmethod
    def comment(text):
        for line in text.splitlines():
            print('#', line, flush=True)

    def __exit__(self, kind, error, where):
        if self.program:
            self.program.end()
        if error is not None:
            self.steps += 1
            self.failed += 1
            self.say('not ok', 'the story was told to its end')
            self.comment(''.join(traceback.format_exception(kind, error, where)))
        print(f'1..{self.steps}', flush=True)
        sys.stderr.flush()
        # Not sys.exit(): the libraries behind the screen reader may crash while Python takes itself apart.
        os._exit(self.failed > 0)
