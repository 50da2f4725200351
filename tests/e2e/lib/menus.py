# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Menus: opened by the pointer, for GTK 4.8 gives their buttons no action."""
from gi.repository import GLib

import keys
from kip import _, plain
from poll import TooLate, until

SEVERAL = 6   # a click is lost on a window whose dialog is just going


def answering(widget):
    """Clicks what makes a dialog: GTK answers when that is there, which may take it a while."""
    try:
        widget.click()
    except GLib.Error:
        pass


def shown(tree, text):
    """The item that says TEXT of a menu that is open; of one that tells no names, the one with the focus."""
    items = tree.all('menu item')
    named = [item for item in items if item.name]
    if named:
        return next((item for item in named if item.name == plain(text)), None)
    return next((item for item in items if item.has('focused')), None)


def choose(window, button, text, tree=None):
    """Opens the menu of BUTTON, in the keys.Window WINDOW, and takes the item that says TEXT (not
    translated, with the line under its key).  GTK 4.18 tells no names of items: there its key is pressed.
    TREE: where the menu hangs, if not below BUTTON."""
    for turn in range(SEVERAL):
        window.click(button)
        try:
            item = until(lambda: shown(tree or button, text), lambda: f'{plain(text)!r} in the menu of {button!r}', 30)
            break
        except TooLate:
            if turn == SEVERAL - 1:
                raise
    if item.name:
        return answering(item)
    said = _(text)
    return keys.press(said[said.index('_') + 1].lower())
