#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The counting is checked: build-aux/count-results tells passed from failed."""
import importlib.machinery
import importlib.util
import os
import sys

# what the program said, meson's verdict, passed, failed
CASES = [
    ('two cases', '1..2\nok 1 /a\nok 2 /b\n', 'OK', (2, 0)),
    ('one of two', 'ok 1 /a\nnot ok 2 /b\n1..2\n', 'FAIL', (1, 1)),
    ('a crash after two', 'ok 1 /a\nok 2 /b\n', 'ERROR', (2, 1)),
    ('a crash at once', '', 'ERROR', (0, 1)),
    ('a timeout', 'ok 1 /a\n', 'TIMEOUT', (1, 1)),
    ('no TAP', 'all is well\n', 'OK', (1, 0)),
    ('no TAP and no luck', 'alas\n', 'FAIL', (0, 1)),
    ('a skip proves nothing', 'ok 1 /a # SKIP no data\nok 2 /b\n', 'OK', (1, 1)),
    ('a skipped program', '', 'SKIP', (0, 1)),
    ('groups', '# Subtest: a\n    ok 1 /a/x\n    ok 2 /a/y\n    1..2\nok 1 a\nok 2 /b\n', 'OK', (3, 0)),
    ('a group that failed', '    ok 1 /a/x\n    not ok 2 /a/y\nnot ok 1 a\n', 'FAIL', (1, 1)),
    ('ok in a sentence', 'okay then\n# ok 1\nok 1 /a\n', 'OK', (1, 0)),
]


def main():
    path = os.path.join(sys.argv[1], 'build-aux', 'count-results')
    loader = importlib.machinery.SourceFileLoader('count_results', path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader('count_results', loader))
    sys.dont_write_bytecode = True
    loader.exec_module(module)
    print(f'1..{len(CASES)}')
    failed = 0
    for number, (what, said, verdict, expected) in enumerate(CASES, 1):
        counted = module.count_test({'name': what, 'stdout': said, 'result': verdict})
        failed += counted != expected
        print(f'{"ok" if counted == expected else "not ok"} {number} {what}')
        if counted != expected:
            print(f'# {counted}, not {expected}')
    sys.exit(failed > 0)


if __name__ == '__main__':
    main()
