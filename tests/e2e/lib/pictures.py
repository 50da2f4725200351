# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of the screen."""
import ctypes
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


class _Image(ctypes.Structure):
    """The beginning of Xlib's XImage."""
    _fields_ = [(name, ctypes.c_int) for name in ('width', 'height', 'xoffset', 'format')] + \
               [('data', ctypes.POINTER(ctypes.c_char))] + \
               [(name, ctypes.c_int) for name in ('byte_order', 'bitmap_unit', 'bitmap_bit_order', 'bitmap_pad',
                                                  'depth', 'bytes_per_line')]


def _pixels(window, width, height):
    """Asked for by ourselves: xwd reads the root window instead where windows of another kind
    lie below, and loses how opaque they are."""
    xlib = ctypes.CDLL('libX11.so.6')
    xlib.XOpenDisplay.restype = ctypes.c_void_p
    xlib.XGetImage.restype = ctypes.POINTER(_Image)
    display = ctypes.c_void_p(xlib.XOpenDisplay(None))
    try:
        image = xlib.XGetImage(display, ctypes.c_ulong(int(window)), 0, 0, width, height,
                               ctypes.c_ulong(0xffffffff), 2).contents   # all planes, as pixels
        assert image.depth == 32 and image.bytes_per_line == width * 4, f'a window of depth {image.depth}'
        return image.data[:width * height * 4]
    finally:
        xlib.XCloseDisplay(display)


def grab(window, path):
    """The window with that X id alone, with its shadow (under a window manager), on nothing: X
    keeps how opaque each pixel is."""
    shell = subprocess.run(['xdotool', 'getwindowgeometry', '--shell', window], check=True, capture_output=True, text=True)
    values = dict(line.split('=') for line in shell.stdout.splitlines())
    width, height = int(values['WIDTH']), int(values['HEIGHT'])
    subprocess.run(['/usr/bin/convert', '-size', f'{width}x{height}', '-depth', '8', 'bgra:-', '-strip', path],
                   input=_pixels(window, width, height), check=True)


def colours(path):
    """How many there are in a picture; an empty window has a handful."""
    done = subprocess.run(['identify', '-format', '%k', path], check=True, capture_output=True, text=True)
    return int(done.stdout)
