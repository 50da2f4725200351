#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""No function over 80 lines, no file over 1000: what is longer holds two things."""
import re

import lint

MAX_FUNCTION = 80
MAX_FILE = 1000
FUNCTION_NAME = re.compile(r'(\w+)\s*\([^;{]*$')


def check(path, text):
    lines = lint.code_only(text).split('\n')
    if len(lines) > MAX_FILE:
        yield len(lines), f'{len(lines)} lines, at most {MAX_FILE}'
    if not path.endswith(('.c', '.h')):
        return
    start = None
    for number, line in enumerate(lines, 1):
        if line.rstrip() == '{':
            start = number
        elif line.startswith('}'):
            if start and line.rstrip() == '}' and number - start - 1 > MAX_FUNCTION:
                head = FUNCTION_NAME.search('\n'.join(lines[max(0, start - 12):start - 1]))
                name = head[1] if head else 'a function'
                yield start, f'{name} has {number - start - 1} lines, at most {MAX_FUNCTION}'
            start = None


if __name__ == '__main__':
    lint.run(check, ['src', 'tests', 'build-aux'], ['.c', '.h', '.py', '.ui', '.css', '.sh'])
