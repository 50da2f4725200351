# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""An office in a folder of its own, kipctl for it, and Kip with its settings open."""
import json
import re

import keys
import kip
from kip import LANGUAGE, _, plain

# What a new office is filled with, in its own language.
SEEDED = {
    'en': {'policy': 'Usual promise', 'calendar': 'Office hours', 'supplier': 'Waiting for supplier'},
    'vi': {'policy': 'Cam kết thông thường', 'calendar': 'Giờ hành chính', 'supplier': 'Chờ nhà cung cấp'},
}[LANGUAGE]


def like(text):
    """A test of a name or a text: TEXT is in it, translated, whatever its %s stand for."""
    pattern = re.compile('.*?'.join(map(re.escape, re.split(r'%(?:\d\$)?[su]', _(text)))), re.DOTALL)
    return lambda name: pattern.search(name) is not None


def says(widget, text):
    """The label below WIDGET that says TEXT."""
    fits = like(text)
    return widget.find('label', where=lambda label: fits(label.text))


def open_row(window, frame, title):
    """Opens what a row of a list stands for, by the pointer: GTK 4.8 gives rows no action."""
    row = frame.find('list item', title)
    keys.Window(window).click(row.find('label', title))


def entry(frame, name):
    return frame.find('text', name, where=lambda found: found.has('editable'))


def press(window, frame, role, name):
    """By the pointer: GTK 4.8 gives a check button and a menu button no action, and leaves
    the line under its key in the name."""
    widget = frame.find(role, lambda mine: mine.replace('_', '', 1) == plain(name))
    keys.Window(window).click(widget)


class Office(kip.Office):
    def __init__(self):
        super().__init__('office', office='Sao Mai')

    def kipctl(self, *arguments, status=0):
        done = self.run(*arguments)
        assert done.returncode == status, f'kipctl {arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}'
        return done.stdout

    def ask(self, *arguments):
        return json.loads(self.kipctl('--json', *arguments))

    def open(self):
        return kip.start(self)
