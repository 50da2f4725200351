# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Menus, opened as a screen reader does or by the pointer; and the desktop's dialog of files."""
from gi.repository import GLib

import keys
from kip import _, plain
from poll import TooLate, until

SEVERAL = 18   # a click is lost on a window whose dialog is just going


def answering(widget):
    """Clicks what makes a dialog: GTK answers when that is there, which may take it a while."""
    try:
        widget.click()
    except GLib.Error:
        pass


def toggle(window, button):
    """Opens or closes the menu of BUTTON.  GTK 4.8 may give it no action; 4.18 leaves the padding
    of what it stands in out of where it stands, so that the pointer would miss it."""
    within = button.seek('toggle button', where=lambda widget: 'click' in widget.actions())
    if within is not None:
        answering(within)
    else:
        window.click(button)


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
        toggle(window, button)
        try:
            item = until(lambda: shown(tree or button, text), lambda: f'{plain(text)!r} in the menu of {button!r}', 10)
            break
        except TooLate:
            if turn == SEVERAL - 1:
                raise
    if item.name:
        return answering(item)
    said = _(text)
    return keys.press(said[said.index('_') + 1].lower())


def give_path(tree, title, path, opens=False):
    """Gives PATH to the dialog TITLE, which saves a file unless it OPENS one, in one go: of what
    is typed letter by letter it completes names meanwhile, on a busy machine into the wrong ones."""
    keys.Window(title, 60)
    if opens:
        keys.press('slash')   # where there was a list of files is a line to type in now
    line = tree.find('text', where=lambda text: text.has('focused') and text.has('editable'))
    line.write(path)
    until(lambda: line.text == path, lambda: f'{path!r} in the dialog, not {line.text!r}')
    keys.press('Return')
