#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A style sheet with a brace too few loses all that follows, and GTK only mutters."""
import re

import lint

COMMENT = re.compile(r'/\*.*?\*/', re.DOTALL)


def blank(match):
    return re.sub(r'[^\n]', ' ', match[0])


def check(path, text):
    opened = None
    for line, content in enumerate(COMMENT.sub(blank, text).split('\n'), 1):
        for brace in re.findall(r'[{}]', content):
            if brace == '{':
                if opened is not None:
                    yield line, f'a block inside another, which began in line {opened}'
                opened = line
            elif opened is None:
                yield line, 'a brace that closes nothing'
            else:
                opened = None
    if opened is not None:
        yield opened, 'a block that is not closed'


if __name__ == '__main__':
    lint.run(check, ['src', 'tests'], ('.css',))
