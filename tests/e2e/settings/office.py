# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""An office in a folder of its own, kipctl for it, and Kip with its settings open."""
import json
import os
import subprocess
import sys
import tempfile

import dbus

import keys
from program import Program

KIP, KIPCTL = sys.argv[1:3]
APP_ID = os.environ.get('KIP_APP_ID', 'io.github.kipdesk.Kip')


def open_row(window, frame, title):
    """Opens what a row of a list stands for, by the pointer: GTK 4.8 gives rows no action."""
    row = frame.find('list item', title)
    keys.Window(window).click(row.find('label', title))


def entry(frame, name):
    return frame.find('text', name, where=lambda found: found.has('editable'))


def text(value):
    return dbus.String(value, variant_level=1)


class Office:
    def __init__(self, *options):
        self.dir = tempfile.mkdtemp(prefix='office-', dir=os.environ['XDG_DATA_HOME'])
        self.run('init', '--office', 'Sao Mai', '--me', 'Lan', *options)

    def run(self, *arguments, status=0):
        done = subprocess.run([KIPCTL, '--data', self.dir, *arguments], capture_output=True, text=True, check=False)
        assert done.returncode == status, f'kipctl {arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}'
        return done.stdout

    def ask(self, *arguments):
        return json.loads(self.run('--json', *arguments))

    def numbers(self, query=''):
        """Of the tickets that QUERY finds, from the lines of the list."""
        return [line.split()[0] for line in self.run('list', query).splitlines() if line.strip()]

    def open(self):
        return Program(KIP, '--data', self.dir, app_id=APP_ID)
