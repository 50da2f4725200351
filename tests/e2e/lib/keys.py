# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keyboard and pointer, from outside, as a person's hands."""
import re
import subprocess
import time

from poll import PATIENCE, until

TO_NEXT_KEY = 12   # milliseconds


def xdo(*arguments):
    done = subprocess.run(['xdotool', *map(str, arguments)], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def premap(*texts):
    """Gives each letter beyond ASCII a key of its own.  Call it before the program starts.
    Without it xdotool borrows one key for them all, and loses letters on a busy machine."""
    letters = [c for c in dict.fromkeys(''.join(texts)) if ord(c) > 127]
    listing = subprocess.run(['xmodmap', '-pke'], check=True, capture_output=True, text=True).stdout
    free, spare = [], []
    for code, symbols in re.findall(r'^keycode +(\d+) =(.*)$', listing, re.MULTILINE):
        words = symbols.split()
        if not words:
            free.append(code)
        elif all(word.startswith('XF86') or word == 'NoSymbol' for word in words):
            spare.append(code)
    codes = free + spare
    assert len(letters) <= len(codes), f'{len(letters)} letters, {len(codes)} free keys'
    lines = ''.join(f'keycode {code} = U{ord(c):04X} U{ord(c):04X}\n' for code, c in zip(codes, letters))
    subprocess.run(['xmodmap', '-'], input=lines, check=True, text=True)


def press(*combinations):
    """Keys as xdotool names them: "ctrl+shift+n", "Return", "Tab"."""
    for combination in combinations:
        xdo('key', '--delay', TO_NEXT_KEY, combination)


def write(text):
    xdo('type', '--delay', TO_NEXT_KEY, text)


def visible(title):
    """The X ids of the windows on screen that are called TITLE."""
    done = subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', f'^{re.escape(title)}$'],
                          capture_output=True, text=True, check=False)
    return done.stdout.split()


class Window:
    """A window by its title (a text, or a pattern), with the keyboard's focus."""

    def __init__(self, title, patience=PATIENCE):
        pattern = title.pattern if hasattr(title, 'pattern') else f'^{re.escape(title)}$'
        self.id = until(lambda: self._search(pattern), f'a window {pattern}', patience)
        self.focus()

    @staticmethod
    def _search(pattern):
        done = subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', pattern],
                              capture_output=True, text=True, check=False)
        return (done.stdout.split() or [None])[-1]

    def focus(self):
        xdo('windowfocus', self.id)
        until(lambda: xdo('getwindowfocus') == self.id, 'the window to have the focus')

    def geometry(self):
        shell = xdo('getwindowgeometry', '--shell', self.id)
        values = dict(line.split('=') for line in shell.splitlines())
        return tuple(int(values[key]) for key in ('X', 'Y', 'WIDTH', 'HEIGHT'))

    def shadow(self):
        """Left, right, top, bottom: what GTK draws around the window proper."""
        done = subprocess.run(['xprop', '-id', self.id, '-notype', '_GTK_FRAME_EXTENTS'],
                              capture_output=True, text=True, check=True)
        numbers = re.findall(r'\d+', done.stdout.partition('=')[2])
        return tuple(map(int, numbers)) if len(numbers) == 4 else (0, 0, 0, 0)

    def point(self, widget, fx=0.5, fy=0.5):
        """Where on the screen a widget's middle is (or another fraction of it)."""
        x, y, _, _ = self.geometry()
        left, _, top, _ = self.shadow()
        wx, wy, width, height = widget.box()
        return int(x + left + wx + width * fx), int(y + top + wy + height * fy)

    def click(self, widget, button=1, times=1, fx=0.5, fy=0.5):
        self.hover(widget, fx, fy)
        for _ in range(times):
            xdo('click', button)

    def hover(self, widget, fx=0.5, fy=0.5):
        px, py = self.point(widget, fx, fy)
        here = dict(line.split('=') for line in xdo('getmouselocation', '--shell').splitlines())
        if (int(here['X']), int(here['Y'])) != (px, py):   # else xdotool would wait for it to move, many seconds
            xdo('mousemove', '--sync', px, py)

    def drag(self, widget, to):
        self.hover(widget)
        xdo('mousedown', 1)
        tx, ty = self.point(to)
        sx, sy = self.point(widget)
        for step in range(1, 11):   # GTK begins a drag after it has seen a movement
            xdo('mousemove', sx + (tx - sx) * step // 10, sy + (ty - sy) * step // 10)
            time.sleep(0.01)
        xdo('mouseup', 1)

    def resize(self, width, height):
        xdo('windowsize', self.id, width, height)
        until(lambda: self.geometry()[2:] == (width, height), f'the window to be {width} × {height}')
