# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the checks of this folder share: walking the sources, and reading C.

A check is a function from (path, text) to pairs of a line number and a message; the
path is relative to the top of the tree.  Called as a program it is given that top."""
import os
import re
import sys

C_TOKEN = re.compile(r'''
    (?P<comment>/\*.*?\*/|//[^\n]*)
  | (?P<string>"(?:\\.|[^"\\\n])*")
  | (?P<char>'(?:\\.|[^'\\\n])+')
''', re.DOTALL | re.VERBOSE)


def _blank(text):
    return re.sub(r'[^\n]', ' ', text)


def without_comments(text):
    return C_TOKEN.sub(lambda m: _blank(m[0]) if m['comment'] else m[0], text)


def code_only(text):
    """Neither comments nor what stands between quotes; lines and columns stay."""
    def replace(match):
        if match['comment']:
            return _blank(match[0])
        return match[0][0] + _blank(match[0][1:-1]) + match[0][-1]
    return C_TOKEN.sub(replace, text)


def strings(text):
    """(line, literal) of each string; literals that follow one another are one."""
    found = []
    end = None
    for match in C_TOKEN.finditer(text):
        if match['comment']:
            continue
        if not match['string']:
            end = None
            continue
        literal = match[0][1:-1]
        if found and end is not None and not without_comments(text[end:match.start()]).strip():
            found[-1][1] += literal
        else:
            found.append([line_of(text, match.start()), literal])
        end = match.end()
    return [tuple(item) for item in found]


def line_of(text, offset):
    return text.count('\n', 0, offset) + 1


def matches(pattern, text):
    for match in pattern.finditer(text):
        yield line_of(text, match.start()), match


def files(top, folders, wanted=None):
    """Paths below FOLDERS, sorted; WANTED: endings, None for every text file."""
    for folder in folders:
        for here, below, names in os.walk(os.path.join(top, folder)):
            below[:] = sorted(b for b in below if not b.startswith(('__pycache__', '.git')))
            for name in sorted(names):
                if wanted is None or name.endswith(tuple(wanted)):
                    yield os.path.relpath(os.path.join(here, name), top)


def read(top, path):
    with open(os.path.join(top, path), encoding='utf-8', errors='replace') as file:
        return file.read()


def run(check, folders, wanted=None):
    top = sys.argv[1]
    count = bad = 0
    for path in files(top, folders, wanted):
        count += 1
        for line, message in check(path, read(top, path)):
            print(f'{path}:{line}: {message}')
            bad += 1
    print(f'{count} files, {bad} problems')
    sys.exit(bad > 0 or count == 0)
