#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A manager looks at the charts: the figures are those of kipctl, every mark can be read and
reached by keyboard and opens its tickets, and what happens in the office shows at once."""
import keys
from kip import Office, _, plain, start
from menus import choose
from poll import until
from story import Story

RECEIVED, FLOW = _('Received'), _('Received, resolved, open')
MENU = _('Menu of “%s”') % FLOW

with Story('charts') as story:
    keys.premap('priority:high')
    office = Office(sample=True)
    kip = story.watch(start(office))
    kip.tree.find('frame', 'Bình Minh')
    kip.action('charts')
    frame = kip.tree.find('frame', _('Charts'))
    window = keys.Window(_('Charts'))

    def received(*query):
        return office.json('kpi', *query)['groups'][0]['measures']['received']['n']

    def tile(n):
        """The figure at the top, once it says so."""
        return frame.find('button', lambda name: name.startswith(f'{RECEIVED}, {n}, '))

    def chart():
        return frame.find(None, FLOW, where=lambda widget: widget.children and widget.children[0].role in ('image', 'icon'))

    def press_until(key, probe, what):
        """As often as it takes; on a busy machine what is seen comes after the key."""
        def there():
            if probe():
                return True
            keys.press(key)
            return until_soon(probe)
        until(there, what, patience=300)

    def until_soon(probe):
        try:
            return until(probe, '', patience=0.1)
        except AssertionError:
            return False

    @story.step('the figures are those of kipctl')
    def _figures():
        tile(received())

    @story.step('every mark can be read')
    def _marks():
        names = [mark.name for mark in chart().children]
        assert len(names) > 20 and all(' · ' in name for name in names), names[:5]
        assert any(RECEIVED in name for name in names), names[:5]

    @story.step('reach a mark by keyboard, and read what it says')
    def _keyboard():
        marks = chart()
        window.focus()
        press_until('Tab', lambda: ' · ' in marks.description, 'a mark to have the focus')
        first = marks.description
        press_until('Right', lambda: marks.description not in ('', first), 'another mark to have the focus')

    @story.step('open its tickets in the main window')
    def _open():
        marks = chart()
        press_until('Right', lambda: RECEIVED in marks.description and not marks.description.endswith(' 0'), 'a mark with tickets')
        keys.press('Return')
        kip.tree.find('text', where=lambda entry: entry.text.startswith('received:'))

    @story.step('a new ticket moves the figures')
    def _live():
        before = received()
        office.new('Charts are alive')
        tile(before + 1)

    @story.step('filter')
    def _filter():
        window.focus()
        keys.press('ctrl+f')
        keys.write('priority:high')
        tile(received('priority:high'))

    @story.step('as a table')
    def _table():
        keys.xdo('windowraise', window.id)   # the main window came in front
        choose(window, frame.find('button', MENU), 'Show as _Table')
        # The head of the column, beside the name of the figure above.
        until(lambda: len(frame.all('label', where=lambda label: label.text == RECEIVED, whole=True)) == 2, 'the table')

    @story.step('nothing went wrong')
    def _quiet():
        assert 'CRITICAL' not in kip.output and 'WARNING' not in kip.output, kip.output
