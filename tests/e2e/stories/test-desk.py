#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The life of a ticket at the desk, by keyboard: waiting, in work again, resolved, open again,
undone; and what was being written when the program ended."""
import keys
from kip import Clock, LANGUAGE, Office, _, start
import pictures
from poll import until
from story import Story

DAY = '2026-11-20T'
ZONE = '+07:00'
SUBJECT = 'Máy in tầng 3 kẹt giấy'
CALL = 'Chị đang họp, chiều gọi lại'
CAUSE = 'Giấy ẩm'
DONE = 'Đã thay giấy và lau trục'
DRAFT = 'Chị thử in lại giúp em nhé'

with Story('desk') as story:
    office = Office(at=DAY + '08:30:00' + ZONE)
    statuses = {entry['more']: entry['name'] for entry in office.json('office', 'list', 'status')}
    keys.premap(_('Nobody'), SUBJECT, CALL, CAUSE, DONE, DRAFT, *statuses.values())
    kip = frame = window = None

    def run(time):
        global kip, frame, window
        kip = story.watch(start(office, Clock(DAY + time + ZONE)))
        frame = kip.tree.find('frame', 'Bình Minh')
        window = keys.Window('Bình Minh')
        office.at = DAY + time + ZONE

    def picture(name):
        pictures.screenshot(f'desk-{name}-{LANGUAGE}.png')

    def is_now(what='A-1', **values):
        until(lambda: {key: office.show(what)[key] for key in values} == values,
              lambda: f'{values}; {what} is {office.show(what)}')

    def clock(state):
        until(lambda: office.show('A-1')['resolution']['state'] == state, f'the clock {state}')

    def focused_text(multi_line=None):
        return next((widget for root in kip.tree.children
                     for widget in root.all('text', where=lambda widget: widget.has('focused'))
                     if multi_line in (None, widget.has('multi-line'))), None)

    def type_text(text):
        """Into what has the focus, as soon as it has it."""
        field = until(focused_text, 'a text with the focus')
        keys.write(text)
        until(lambda: field.text == text, lambda: f'{text!r} in {field!r}, not {field.text!r}')

    def list_shows(subject, rows):
        def shown():
            table = frame.seek('tree table')
            labels = [label.text for label in table.all('label', whole=True)]
            return subject in labels and sum(text.startswith('A-') for text in labels) == rows
        until(shown, f'{rows} rows, {subject!r} among them')

    def set_status(key):
        keys.press('ctrl+shift+s')
        type_text(statuses[key])
        keys.press('Return')

    @story.step('find it without marks')
    def _find():
        office.new('Đường dây nóng hỏng', 'requester=Minh')
        office.new('Mạng chậm', 'requester=Hà')
        number = office.new(SUBJECT, 'requester=Hà', 'channel=mail', 'assignee=me')
        assert number == 'A-3', number
        run('09:00:00')
        keys.press('ctrl+f')
        type_text('may in')
        list_shows(SUBJECT, 1)
        keys.press('Down', 'Return')
        frame.find('label', where=lambda label: label.text == SUBJECT)
        picture('found')

    @story.step('log that they are in a meeting, and wait')
    def _wait():
        keys.press('ctrl+shift+l')
        type_text(CALL)
        keys.press('ctrl+Return')
        until(lambda: CALL in {message['text'] for message in office.show('A-3')['messages']}, 'the call on disk')
        set_status('waiting-requester')
        is_now('A-3', phase='waiting', pause='requester', status=statuses['waiting-requester'])
        assert office.show('A-3')['resolution']['state'] == 'paused'
        frame.find(where=lambda widget: CALL in widget.text)
        picture('waiting')

    @story.step('go on')
    def _resume():
        set_status('open')
        is_now('A-3', phase='open', pause=None)
        assert office.show('A-3')['resolution']['state'] == 'running'

    @story.step('change the agent from within a text, where GTK has another use for the key')
    def _assign():
        keys.press('ctrl+shift+r')
        until(lambda: focused_text(multi_line=True), 'the reply with the focus')
        for name, agent in ((_('Nobody'), None), ('Lan', 'Lan')):
            keys.press('ctrl+shift+a')
            until(lambda: focused_text(multi_line=False), 'the list of agents')
            type_text(name)
            keys.press('Return')
            is_now('A-3', assignee=agent)

    @story.step('resolve it')
    def _resolve():
        keys.press('ctrl+shift+e')
        keys.Window(_('Resolve'))
        type_text(CAUSE)
        keys.press('Tab')
        type_text(DONE)
        picture('resolve')
        keys.press('ctrl+Return')
        is_now('A-3', phase='resolved', cause=CAUSE, done=DONE)
        window.focus()
        picture('resolved')

    @story.step('open it again')
    def _reopen():
        keys.press('ctrl+shift+g')
        is_now('A-3', phase='open', resolved=None)

    @story.step('undo that, and do it again')
    def _undo():
        keys.press('ctrl+z')
        is_now('A-3', phase='resolved')
        keys.press('ctrl+shift+z')
        is_now('A-3', phase='open')
        picture('undone')

    @story.step('see at once what kipctl did')
    def _kipctl():
        office('set', 'A-3', 'subject=Máy in tầng 4')
        frame.find('label', where=lambda label: label.text == 'Máy in tầng 4')
        office('undo')
        frame.find('label', where=lambda label: label.text == SUBJECT)

    @story.step('find the draft after a restart')
    def _draft():
        keys.press('ctrl+shift+r')
        type_text(DRAFT)
        keys.press('ctrl+q')
        kip.wait()
        run('09:30:00')
        # The ticket that was open is open again, with what was being written.
        frame.find('text', where=lambda widget: widget.text == DRAFT)
        assert DRAFT not in office('show', 'A-3')
        picture('draft')
        assert office.numbers('is:draft') == ['A-3'], office.numbers('is:draft')
