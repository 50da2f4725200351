# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Widgets as a screen reader knows them: by role, name and state."""
import pyatspi
from gi.repository import Atspi

from poll import PATIENCE, until

# By itself it gives a program 0.8 s to answer, which a busy machine does not always do.
Atspi.set_timeout(60000, 60000)

# What at-spi2-core 2.46 (Debian 12) and 2.56 (Debian 13) call differently; ours is left.
ROLES = {
    'push button': 'button', 'check menu item': 'menu item', 'radio menu item': 'menu item',
    'entry': 'text', 'password text': 'text', 'static': 'label', 'window': 'frame',
    'check box': 'check button', 'grouping': 'panel',
}
STATES = {name[6:].lower().replace('_', '-'): getattr(pyatspi, name)
          for name in dir(pyatspi) if name.startswith('STATE_') and name != 'STATE_VALUE_TO_NAME'}
LONG = 80   # a list longer than this is not walked through unless asked for by itself


def plain(name):
    """GTK 4.8 names a button with a mnemonic twice, "_Save Save"."""
    name = name or ''
    bare = name.replace('_', '', 1)
    half = len(bare) // 2
    if '_' in name and len(bare) % 2 and bare[:half] == bare[half + 1:]:
        return bare[:half]
    return bare if '_' in name and ' ' not in name else name


class Widget:
    def __init__(self, accessible):
        self.accessible = accessible

    def __repr__(self):
        try:
            return f'{self.role} {self.name!r}'
        except Exception as error:   # pylint: disable=broad-except
            return f'a widget that does not say what it is ({error})'

    def __eq__(self, other):
        return isinstance(other, Widget) and self.accessible == other.accessible

    @property
    def role(self):
        role = self.accessible.getRoleName()
        return ROLES.get(role, role)

    @property
    def name(self):
        return plain(self.accessible.name)

    @property
    def description(self):
        return self.accessible.description or ''

    @property
    def text(self):
        """What stands in it: of an entry or a label; else its name."""
        if 'Text' not in self.accessible.get_interfaces():
            return self.name
        text = self.accessible.queryText()
        return text.getText(0, text.characterCount)

    @property
    def states(self):
        present = self.accessible.getState()
        return {name for name, state in STATES.items() if present.contains(state)}

    def has(self, state):
        return self.accessible.getState().contains(STATES[state])

    @property
    def children(self):
        found = (self.accessible[i] for i in range(self.accessible.childCount))
        return [Widget(child) for child in found if child is not None]

    def walk(self, whole=False, _top=True):
        yield self
        if not _top and not whole and self.accessible.childCount > LONG:
            return
        for child in self.children:
            yield from child.walk(whole, False)

    def _fits(self, role, name, where):
        if role is not None and self.role != role:
            return False
        if name is not None:
            mine = self.name
            if not (name(mine) if callable(name) else mine == name):
                return False
        return self.has('visible') and (where is None or where(self))

    def all(self, role=None, name=None, where=None, whole=False):
        return [widget for widget in self.walk(whole) if widget._fits(role, name, where)]

    def seek(self, role=None, name=None, where=None, whole=False):
        """The first that fits now, or None.  NAME: a text, or a test of one."""
        return next((widget for widget in self.walk(whole) if widget._fits(role, name, where)), None)

    def find(self, role=None, name=None, where=None, whole=False, **options):
        """The first that fits, as soon as there is one."""
        return until(lambda: self.seek(role, name, where, whole), lambda: f'{role} {name!r} in {self!r}', **options)

    def gone(self, role=None, name=None, where=None):
        until(lambda: self.seek(role, name, where) is None, lambda: f'no {role} {name!r} in {self!r}')

    def actions(self):
        if 'Action' not in self.accessible.get_interfaces():
            return []
        action = self.accessible.queryAction()
        return [action.getName(i) for i in range(action.nActions)]

    def act(self, *names):
        """Does the first of its actions that is called so."""
        there = self.actions()
        for name in names:
            if name in there:
                assert self.accessible.queryAction().doAction(there.index(name)), f'{self!r} refused {name}'
                return self
        raise AssertionError(f'{self!r} can {there}, not {names}')

    def click(self):
        until(lambda: self.has('sensitive'), lambda: f'{self!r} to be sensitive')
        return self.act('click', 'activate', 'toggle', 'press')

    def write(self, text):
        """Puts TEXT in place of what stands in an entry, as an input method would."""
        assert self.accessible.queryEditableText().setTextContents(text), f'{self!r} took no text'
        return self

    def select(self, index):
        assert self.accessible.querySelection().selectChild(index), f'{self!r} did not select {index}'
        return self

    def box(self):
        """x, y, width, height from the corner of its window; GTK 4 knows no other."""
        extents = self.accessible.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        return extents.x, extents.y, extents.width, extents.height

    def tree(self, depth=0):
        """All that is in it, a line each: for the log of a test that failed."""
        line = '  ' * depth + f'{self!r} {" ".join(sorted(self.states & {"focused", "selected", "checked"}))}'
        lines = [line.rstrip()]
        if depth and self.accessible.childCount > LONG:
            return lines + ['  ' * (depth + 1) + f'… {self.accessible.childCount}']
        for child in self.children:
            lines += child.tree(depth + 1)
        return lines


def application(pid, patience=PATIENCE):
    """What the program with PID shows, as soon as it shows something."""
    def look():
        for accessible in pyatspi.Registry.getDesktop(0):
            if accessible is not None and accessible.get_process_id() == pid and accessible.childCount:
                return Widget(accessible)
        return None
    return until(look, f'the windows of process {pid}', patience)
