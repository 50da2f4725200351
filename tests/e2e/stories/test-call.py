#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A call is logged by keyboard alone, found, answered; a power cut loses no letter."""
import time

import keys
from kip import LANGUAGE, Office, _, start
from poll import until
from story import Story

NAME = 'Bùi Thị Lan'
MATTER = 'Máy in kẹt giấy ở tầng 3'
CATEGORY = 'in' if LANGUAGE == 'vi' else 'print'
REPLY = 'Đã đổi mực, chị thử lại giúp em'
HALF = 'Chị ơi, em đan'

with Story('call') as story:
    keys.premap(NAME, MATTER, REPLY, HALF)
    office = Office()
    kip = window = None

    def run():
        global kip, window
        kip = story.watch(start(office))
        kip.tree.find('frame', 'Bình Minh')
        window = keys.Window('Bình Minh')

    def look_for(words):
        keys.press('ctrl+f', 'ctrl+a')
        keys.write(words)
        keys.press('Down', 'Return')
        kip.tree.find('label', where=lambda label: label.text == MATTER)

    def composer():
        return kip.tree.find('text', where=lambda widget: widget.has('multi-line') and widget.has('focused'))

    run()

    @story.step('log it by keyboard alone')
    def _log_it():
        begin = time.monotonic()
        keys.press('ctrl+shift+n')
        keys.Window(_('Quick Log'))
        keys.write(NAME)
        keys.press('Tab')
        keys.write(MATTER)
        keys.press('Tab')
        keys.write(CATEGORY)
        keys.press('Return')
        number = until(office.numbers, 'the ticket to be on disk')
        assert number == ['A-1'], number
        story.comment(f'{time.monotonic() - begin:.1f} s from the first key until it is on disk')

    @story.step('it says who and what, and was answered on the line')
    def _it_says():
        ticket = office.show('A-1')
        assert (ticket['subject'], ticket['requester']) == (MATTER, NAME), ticket
        assert ticket['category'], ticket

    @story.step('find it without marks, and answer')
    def _find_it():
        window.focus()
        look_for('may in')
        keys.press('ctrl+shift+r')
        composer()
        keys.write(REPLY)
        keys.press('ctrl+Return')
        until(lambda: REPLY in office('show', 'A-1'), 'the reply to be on disk')

    @story.step('half a sentence survives a power cut')
    def _half():
        keys.press('ctrl+shift+r')
        keys.write(HALF)
        until(lambda: composer().text == HALF, 'what was typed')
        kip.kill()
        run()
        look_for('may in')
        keys.press('ctrl+shift+r')
        until(lambda: composer().text == HALF, lambda: f'the draft, not {composer().text!r}')
