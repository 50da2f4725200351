#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A macro of alternating fonts puts its words one after another without the spaces between
them: what is to have a space must be quoted, or have it escaped."""
import re

import lint

ALTERNATING = re.compile(r'\.(?:BI|BR|IB|IR|RB|RI) ')
WORD = re.compile(r'(?:"[^"]*"|\\.|[^\s"\\])+')


def check(_path, text):
    for line, content in enumerate(text.split('\n'), 1):
        if not ALTERNATING.match(content):
            continue
        for word in WORD.findall(content[4:]):
            if word.startswith('[') and len(word) > 1 and word.count('[') != word.count(']'):
                yield line, f'{word} loses the space beside it'


if __name__ == '__main__':
    lint.run(check, ['data/man'], ('.1', '.5'))
