#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may include whom, and which library's headers belong to which room.

core < sla < store < {exchange, alerts, model, kpi, sync} < {ui, cli} < app;
chart stands on core alone.  SQL is written in store/ only, with bound parameters."""
import os
import re
import sys

import lint

MIDDLE = ['exchange', 'alerts', 'model', 'kpi', 'sync']
BELOW = {
    'core': [],
    'sla': ['core'],
    'store': ['core', 'sla'],
    'chart': ['core'],
    'cli': ['core', 'sla', 'store', 'chart', *MIDDLE],
    'ui': ['core', 'sla', 'store', 'chart', *MIDDLE],
    'app': ['core', 'sla', 'store', 'chart', *MIDDLE, 'ui'],
}
for room in MIDDLE:
    BELOW[room] = ['core', 'sla', 'store']
# Figures become charts, which say dates in the words of model.
BELOW['kpi'] += ['chart', 'model']

OWNERS = [
    (re.compile(r'^(gtk|gdk|gsk)/|^adwaita\.h'), ['ui', 'app'], 'GTK'),
    (re.compile(r'^sqlite3'), ['store'], 'SQLite'),
    (re.compile(r'^sodium'), ['store', 'sync'], 'libsodium'),
    (re.compile(r'^csv\.h'), ['exchange'], 'libcsv'),
    (re.compile(r'^libnotify/'), ['app'], 'libnotify'),
    (re.compile(r'^json-glib/'), ['cli'], 'json-glib'),
    (re.compile(r'^(cairo|pango)'), ['chart', 'ui'], 'cairo'),
]
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+[<"]([^>"]+)[>"]', re.MULTILINE)
SQL = re.compile(r'''^\s*(SELECT\s.+\sFROM\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|REPLACE\s+INTO\s
    |UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|CREATE\s+(TEMP\s+|UNIQUE\s+|VIRTUAL\s+)*(TABLE|INDEX|TRIGGER|VIEW)\s
    |DROP\s+(TABLE|INDEX)\s|ALTER\s+TABLE\s|PRAGMA\s+\w|WITH\s+\w+.*\sAS\s*\(|ATTACH\s+|VACUUM\b
    |BEGIN\s+(IMMEDIATE|EXCLUSIVE|DEFERRED)|SAVEPOINT\s)''', re.VERBOSE | re.DOTALL)
PASTED = re.compile(r'''['"]?%[-0-9.*]*[sqQw]\b''')

homes = {}


def learn_homes(top):
    for path in lint.files(top, ['src'], ['.h']):
        homes[os.path.basename(path)] = path.split('/')[1]


def may_include(room, header):
    home = homes.get(os.path.basename(header))
    if home and home != room and home not in BELOW.get(room, []):
        return f'{room}/ may not include {header} of {home}/'
    for pattern, rooms, library in OWNERS:
        if pattern.search(header) and room not in rooms:
            return f'{library} ({header}) is only for {", ".join(rooms)}'
    return None


def check(path, text):
    parts = path.split('/')
    if len(parts) < 3:
        return
    room = parts[1]
    if room not in BELOW:
        yield 1, f'{room}/ is not a room that check-layers knows'
        return
    for line, include in lint.matches(INCLUDE, lint.without_comments(text)):
        problem = may_include(room, include[1])
        if problem:
            yield line, problem
    for line, literal in lint.strings(text):
        if not SQL.search(literal.replace('\\n', ' ')):
            continue
        if room != 'store':
            yield line, f'SQL outside store/: "{literal[:50]}"'
        elif PASTED.search(literal):
            yield line, f'SQL put together by printf, bind a parameter: "{literal[:50]}"'


if __name__ == '__main__':
    learn_homes(sys.argv[1])
    lint.run(check, ['src'], ['.c', '.h'])
