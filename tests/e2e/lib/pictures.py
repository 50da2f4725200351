# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of the screen."""
import os
import subprocess


def folder():
    path = os.environ.get('KIP_PICTURES', 'pictures')
    os.makedirs(path, exist_ok=True)
    return path


def screenshot(path, window=None):
    """Of the whole screen, or of the window with that X id."""
    path = os.path.join(folder(), path)
    subprocess.run(['import', '-silent', '-window', window or 'root', path], check=True)
    return path


def colours(path):
    """How many there are in a picture; an empty window has a handful."""
    done = subprocess.run(['identify', '-format', '%k', path], check=True, capture_output=True, text=True)
    return int(done.stdout)
