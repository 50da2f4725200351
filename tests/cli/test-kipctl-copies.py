#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-kipctl-copies.py KIPCTL: a data folder that was copied, and both go on, by way of one real file; and an older
copy in the place of a newer folder."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

KIPCTL = os.path.abspath(sys.argv[1])
CLOCK = '2026-11-20T09:00:00+07:00'


class Desk:
    def __init__(self, work, name):
        self.work, self.dir = work, os.path.join(work, name)

    def __call__(self, *words):
        env = {key: value for key, value in os.environ.items() if not key.startswith(('LC_', 'LANG', 'KIP_'))}
        env.update(LANG='C.UTF-8', LANGUAGE='en', HOME=self.work, KIP_CLOCK=CLOCK, KIP_PASSPHRASE='bốn từ dễ nhớ')
        done = subprocess.run([KIPCTL, '--data', self.dir, *words], env=env, cwd=self.work, capture_output=True, text=True,
                              timeout=120, check=False)
        assert done.returncode == 0, f'{words}: status {done.returncode}\n{done.stdout}\n{done.stderr}'
        return done.stdout

    def json(self, *words):
        return json.loads(self('--json', *words))

    def new(self, subject):
        return self('new', '--subject', subject).strip()

    def subjects(self):
        return sorted(ticket['subject'] for ticket in self.json('list', '')['tickets'])


def sync(*desks):
    for desk in desks:
        desk('office', 'sync')


def copied(work):
    first, second = Desk(work, 'first'), Desk(work, 'second')
    first('init', '--office', 'Bình Minh', '--me', 'Lan', '--language', 'en')
    first('office', 'share', os.path.join(work, 'Office.kip'))
    first.new('common')
    sync(first)
    shutil.copytree(first.dir, second.dir)
    shutil.copytree(first.dir, os.path.join(work, 'kept'))
    one, two = first.new('written on the first'), second.new('written on the second')
    assert one == two, f'{one}, {two}'
    sync(first, second, first, second)
    expected = ['common', 'written on the first', 'written on the second']
    for desk in (first, second):
        assert desk.subjects() == expected, desk.subjects()
        desk('check')
    machines = second.json('office', 'members')
    copies = [machine for machine in machines if machine.get('copy_of')]
    assert len(machines) == 2 and len(copies) == 1 and copies[0]['copy_of'] == 'A', machines
    assert copies[0]['person'] == 'Lan' and copies[0]['in'], copies
    assert 'number of its own' in second('office', 'log')
    return first, second


def put_back(work, first, second):
    shutil.rmtree(first.dir)
    shutil.copytree(os.path.join(work, 'kept'), first.dir)
    first.new('written on the old one')
    sync(first, second, first)
    for desk in (first, second):
        assert desk.subjects() == ['common', 'written on the first', 'written on the old one', 'written on the second'], desk.subjects()
        desk('check')


def main():
    print('1..1')
    with tempfile.TemporaryDirectory(prefix='kipctl-copies-') as work:
        work = os.path.realpath(work)
        put_back(work, *copied(work))
    print('ok 1 two copies of a folder, and an older one')


if __name__ == '__main__':
    main()
