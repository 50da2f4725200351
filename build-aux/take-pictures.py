# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""take-pictures.py BUILD SUFFIX: starts Kip with a sample office on this (virtual) desktop
and takes a picture of each window worth showing, NAME-SUFFIX.png."""
import os
import subprocess
import sys

import keys
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


def main():
    build, suffix = sys.argv[1:3]
    language = suffix.split('-', maxsplit=1)[0]
    data = os.path.join(os.environ['XDG_DATA_HOME'], 'kip')
    office, me = OFFICE[language]
    subprocess.run([f'{build}/src/cli/kipctl', '--data', data, 'init', '--office', office, '--me', me, '--sample'],
                   check=True)
    kip = Program(f'{build}/src/app/kip', '--data', data, app_id=ID)
    try:
        windows = until(lambda: visible(kip.pid), lambda: 'the main window; it says\n' + kip.output, 60)
        take('main', suffix, windows[0])
        kip.action('quick-log')
        added = until(lambda: [w for w in visible(kip.pid) if w not in windows], 'the quick log')
        take('quick-log', suffix, added[0])
    finally:
        kip.end()


if __name__ == '__main__':
    main()
