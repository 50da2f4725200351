#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-merge.py BENCH-MERGE DIR: merges concurrent edits with Kip, with Automerge and with Yjs, one after the other
on the same trace: five thousand, and a hundred thousand, of which Automerge gets a hundred in each transaction, as it does
not make that many one by one in a quarter of an hour.  The two come from the npm registry into DIR; where there is no
node, or nothing to be fetched, they are left out with a word."""
import os
import resource
import shutil
import subprocess
import sys

PACKAGES = ['@automerge/automerge@3.5.0', 'yjs@13.6.33']
YJS = ['yjs', 'yjs-one-by-one']
SIZES = [(5000, 500, [*YJS, 'automerge']), (100000, 10000, [*YJS, 'automerge-by-hundreds'])]  # edits, tickets, by whom
PATIENCE = 5 * 60  # seconds of a core, to make the edits and to merge them
SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'merge-others.mjs')


def tell(what, figure, bound='-', verdict='-'):
    print('BENCH', what, figure, bound, verdict, sep='\t', flush=True)


def be_patient():
    resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))


def times(command, limit=None):
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, preexec_fn=limit)
    rows = [line.split('\t') for line in run.stdout.splitlines()]
    return {row[0]: (float(row[1]), int(row[2])) for row in rows if len(row) == 4}


def fetch(top):
    """Whether the packages are there."""
    if not shutil.which('node') or not shutil.which('npm'):
        return False
    os.makedirs(top, exist_ok=True)
    shutil.copy(SCRIPT, top)
    if os.path.isdir(f'{top}/node_modules/yjs'):
        return True
    run = subprocess.run(['npm', 'install', '--no-save', '--no-audit', '--no-fund', '--prefix', top, *PACKAGES],
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return run.returncode == 0


def compare(edits, ours, theirs):
    for name, (time, shipped) in theirs.items():
        tell(f'{edits} concurrent edits merged by {name}', f'{time:.0f} ms of a core, {shipped / 1e6:.2f} MB shipped, {time / ours:.1f} x Kip',
             '> 1 x', 'ok' if time > ours else 'missed')


def merge(bench, top, edits, tickets, systems):
    trace = f'{top}/trace-{edits}.tsv'
    kip = times([bench, trace, str(edits), str(tickets)])
    time, shipped = kip['Kip']
    tell(f'{edits} concurrent edits merged by Kip, unsealed and proved', f'{time:.0f} ms of a core, {shipped / 1e6:.2f} MB shipped')
    tell('the same by a whole office: on disk, with rows and clocks', f'{kip["Kip, kept"][0]:.0f} ms of a core')
    for system in systems:
        try:
            compare(edits, time, times(['node', f'{top}/merge-others.mjs', trace, system], be_patient))
        except subprocess.CalledProcessError:
            tell(f'{edits} concurrent edits by {system}', f'left out: they were not made within {PATIENCE} s of a core')


def main():
    top = f'{sys.argv[2]}/merge-others'
    os.makedirs(top, exist_ok=True)
    there = fetch(top)
    if not there:
        tell('Automerge and Yjs', 'left out: no node here, or no npm registry')
    for edits, tickets, systems in SIZES:
        merge(sys.argv[1], top, edits, tickets, systems if there else [])


if __name__ == '__main__':
    main()
