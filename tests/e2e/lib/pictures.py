# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of the screen."""
import os
import struct
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


def grab(window, path):
    """The window with that X id alone, with its shadow (under a window manager), on nothing: X
    keeps how opaque each pixel is."""
    dump = subprocess.run(['xwd', '-silent', '-id', window], check=True, capture_output=True).stdout
    header = struct.unpack('>25I', dump[:100])
    size, width, height, depth, line, colours = (header[i] for i in (0, 4, 5, 3, 12, 19))
    assert depth == 32 and line == width * 4, f'a window of depth {depth}'
    subprocess.run(['/usr/bin/convert', '-size', f'{width}x{height}', '-depth', '8', 'bgra:-', '-strip', path],
                   input=dump[size + colours * 12:], check=True)


def colours(path):
    """How many there are in a picture; an empty window has a handful."""
    done = subprocess.run(['identify', '-format', '%k', path], check=True, capture_output=True, text=True)
    return int(done.stdout)
