#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The harness drives a small program, so that a failing story is the program's fault."""
import os
import sys

import keys
from notices import Service
import pictures
from program import Program
from story import Story

ID = 'io.github.kipdesk.Dummy'
SUBJECT = 'Đường dây ở tầng 3 hỏng – phở'
CANCEL = {'en': '_Cancel', 'vi': '_Thôi'}
CLOSE = {'en': 'Close', 'vi': 'Đóng'}

with Story('harness') as story:
    service = Service()
    keys.premap(SUBJECT)
    dummy = story.watch(Program(sys.argv[1], app_id=ID))
    frame = dummy.tree.find('frame', 'Dummy')
    window = keys.Window('Dummy')
    entry = frame.find('text', 'Subject')

    def status(text):
        frame.find('label', where=lambda label: label.text == text)

    @story.step('press a button as a screen reader')
    def _():
        entry.write('Máy in')
        frame.find('button', 'Add').click()
        status('added Máy in')

    @story.step('type Vietnamese by keyboard')
    def _():
        window.click(entry)
        keys.press('ctrl+a')
        keys.write(SUBJECT)
        keys.press('alt+a')
        status('added ' + SUBJECT)

    @story.step('point at a row')
    def _():
        rows = frame.find('list').children
        assert rows[2].seek('label').text == 'Phiếu 2', rows[2].tree()
        window.click(rows[2])
        status('row 2')
        keys.press('Down')
        status('row 3')

    @story.step('use a shortcut and actions on the bus')
    def _():
        keys.press('ctrl+shift+n')
        status('quick')
        dummy.action('say', 'xin chào')
        status('xin chào')

    @story.step('press the button of a notification')
    def _():
        dummy.action('notify')
        notice = service.wait(lambda n: n.title == 'Due soon')
        assert (notice.app, notice.body, notice.actions) == ('Dummy', 'A-1 Máy in', {'take': 'Take'}), notice
        service.press(notice, 'take')
        status('take')
        service.close(notice)

    @story.step('notice that nobody listens')
    def _():
        service.stop()
        dummy.action('notify')
        status('nobody listens')

    @story.step('speak the language')
    def _():
        dummy.says('CANCEL IS ' + CANCEL[os.environ['LANGUAGE']])

    @story.step('take a picture')
    def _():
        assert pictures.colours(pictures.screenshot(f'harness-{os.environ["LANGUAGE"]}.png')) > 20

    @story.step('close the window')
    def _():
        frame.find('button', CLOSE[os.environ['LANGUAGE']]).click()
        dummy.wait()
