# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""take-pictures.py BUILD SUFFIX: starts Kip with a sample office on this (virtual) desktop
and takes a picture of each window worth showing, NAME-SUFFIX.png."""
import json
import os
import subprocess
import sys

import dbus

import notices
import pictures
from poll import until
from program import Program

ID = 'io.github.kipdesk.Kip'
OFFICE = {'en': ('Riverside Trading', 'Minh'), 'vi': ('Công ty Ven Sông', 'Minh')}


def visible(pid):
    done = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(pid)],
                          capture_output=True, text=True, check=False)
    return done.stdout.split()


def still(path, take):
    """Takes the picture until two in a row are the same: everything is drawn."""
    before = None

    def settled():
        nonlocal before
        take(path)
        with open(path, 'rb') as file:
            now = file.read()
        same, before = now == before, now
        return same and pictures.colours(path) > 40
    until(settled, f'{path} to be drawn', 30)


def take(name, suffix, window):
    path = os.path.join(pictures.folder(), f'{name}-{suffix}.png')
    still(path, lambda path: pictures.grab(window, path))
    print(path)


def worth_showing(kipctl):
    """A ticket of mine that runs and has been talked about."""
    found = subprocess.run([*kipctl, '--json', 'list', 'is:open agent:me response:met'],
                           check=True, capture_output=True, text=True)
    tickets = json.loads(found.stdout)['tickets']
    return max(tickets[:8], key=lambda ticket: ticket['resolution'].get('used_seconds', 0))['number']


def opened(kip, name, windows, *parameters):
    """The window that the application's action NAME opens."""
    kip.action(name, *parameters)
    return until(lambda: [w for w in visible(kip.pid) if w not in windows], name)[0]


def main():
    build, suffix = sys.argv[1:3]
    language = suffix.split('-', maxsplit=1)[0]
    data = os.path.join(os.environ['XDG_DATA_HOME'], 'kip')
    office, me = OFFICE[language]
    kipctl = [f'{build}/src/cli/kipctl', '--data', data]
    subprocess.run([*kipctl, 'init', '--office', office, '--me', me, '--sample'], check=True)
    notices.Service()
    kip = Program(f'{build}/src/app/kip', '--data', data, app_id=ID)
    subprocess.run(['xdotool', 'mousemove', '0', '959'], check=True)   # where no tooltip comes up
    try:
        windows = until(lambda: visible(kip.pid), lambda: 'the main window; it says\n' + kip.output, 60)
        number = worth_showing(kipctl)
        kip.action('show-ticket', dbus.String(number))
        kip.tree.find('button', number)
        take('main', suffix, windows[0])
        quick = opened(kip, 'quick-log', windows)
        take('quick-log', suffix, quick)
        subprocess.run(['xdotool', 'key', 'Escape'], check=True)
        charts = opened(kip, 'charts', windows + [quick])
        subprocess.run(['xdotool', 'windowsize', '--sync', charts, '1340', '880'], check=True)
        take('charts', suffix, charts)
    finally:
        kip.end()


if __name__ == '__main__':
    main()
