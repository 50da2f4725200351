#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""No marks of unfinished work, no stray space, no licence forgotten, no path of one machine."""
import re

import lint

MARKS = re.compile(r'\b(TO' r'DO|FIX' r'ME|X' r'XX|HA' r'CK|NEEDS' r'WORK|WI' r'P)\b|\bnot (yet )?implemen' r'ted\b')
CONFLICT = re.compile(r'^(<{7}|>{7}) ', re.MULTILINE)
TRAILING = re.compile(r'[ \t]+$', re.MULTILINE)
OWN_MACHINE = re.compile(r'(?<![\w.])/(root|wo' r'rk|mnt)/[\w.]')
CODE = ('.c', '.h', '.py')
TEXT = CODE + ('.ui', '.css', '.build', '.in', '.md', '.txt', '.sh', '.xml', '.ini', '.page', '.cfg')


def check(path, text):
    for line, mark in lint.matches(MARKS, text):
        yield line, f'a mark of unfinished work: {mark[0]}'
    for line, _ in lint.matches(CONFLICT, text):
        yield line, 'a conflict that was not resolved'
    for line, where in lint.matches(OWN_MACHINE, text):
        yield line, f'a path of one machine: {where[0]}'
    if path.endswith(CODE):
        for line, _ in lint.matches(TRAILING, text):
            yield line, 'white space at the end of the line'
        if text.strip() and 'SPDX-License-Identifier: GPL-3.0-or-later' not in text[:400]:
            yield 1, 'the licence is missing from the header'
        if text and not text.endswith('\n'):
            yield text.count('\n') + 1, 'no newline at the end'


if __name__ == '__main__':
    lint.run(check, ['src', 'tests', 'data', 'build-aux', 'debian', '.ci'], TEXT + ('run', 'test'))
