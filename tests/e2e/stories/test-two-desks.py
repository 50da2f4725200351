#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two real windows on two data folders and one file: edit here and see it there, pull the share away, edit
both, put it back, and settle by keyboard what both wrote."""
import os
import shutil
import subprocess
import tempfile
import time

import dbus

import keys
from kip import ID, LANGUAGE, Office, _, plain, start, text
from notices import Service
from poll import until
from story import Story


PATIENCE = 200   # seconds: two windows and kipctl on a busy machine


class Copy(Office):
    """An office that was joined."""

    def __init__(self, folder):   # pylint: disable=super-init-not-called
        self.dir, self.at = folder, None


class Desk:
    """An office with its window open on one ticket."""

    def __init__(self, office, number, app_id=None):
        names = self.names()
        self.office, self.number, self.program = office, number, start(office)
        self.program.app_id = app_id or until(lambda: next(iter(self.names() - names), None), 'the program on the bus')
        until(lambda: self.program.tree.seek(where=lambda widget: widget.name), 'its window')
        self.action('show-ticket', number)
        until(lambda: self.program.tree.seek(name=number), 'the ticket', PATIENCE)

    @staticmethod
    def names():
        return {str(name) for name in dbus.SessionBus().list_names() if str(name).startswith(ID)}

    def focus(self):
        def focused():
            window = keys.xdo('search', '--onlyvisible', '--pid', self.program.pid).split()[-1]
            keys.xdo('windowfocus', window)
            return keys.xdo('getwindowfocus') == window

        until(focused, 'the keyboard on the window')

    def sees(self, words):
        return self.program.tree.seek(where=lambda widget: words in widget.name)

    def subject(self):
        return self.office.show(self.number)['subject']

    def rename(self, words):
        """F2, another subject, Return, as a person does."""
        def writing():
            self.focus()
            keys.press('F2')
            return self.program.tree.seek('text', where=lambda widget: widget.has('focused') and widget.text == self.subject())

        entry = until(writing, 'the entry of the subject', PATIENCE)
        entry.write(words)
        until(lambda: entry.text == words, 'the new subject in the entry')
        self.focus()
        keys.press('Return')
        until(lambda: self.subject() == words, 'the new subject on the disk', PATIENCE)

    def action(self, name, *parameters):
        self.program.action(name, *map(text, parameters), path='/' + self.program.app_id.replace('.', '/').replace('-', '_'))

    def sync(self):
        self.action('sync-now')

    def has_window(self):
        done = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(self.program.pid)], capture_output=True, check=False)
        return bool(done.stdout)

    def close(self):
        """The window; the program goes on."""
        def closed():
            self.focus()
            keys.press('ctrl+w')
            return until(lambda: not self.has_window(), 'no window', 15)

        until(closed, 'the window to be closed', PATIENCE)


with Story(f'two desks ({LANGUAGE})') as story:
    os.environ['KIP_PASSPHRASE'] = 'bốn từ dễ nhớ'
    service = Service()
    folder = tempfile.mkdtemp(prefix='kip-share-')
    file = os.path.join(folder, 'Office.kip')
    home = Office('here')
    away = Copy(os.path.join(os.path.dirname(home.dir), 'there'))
    desks = []

    def meet(test, what):
        """Both exchange what they have until TEST holds."""
        def met():
            for desk in desks:
                desk.sync()
            return until(test, what, 3)

        until(met, what, PATIENCE)

    @story.step('an office is shared and joined')
    def _shared():
        home('office', 'share', file)
        home('office', 'add', 'person', 'An', 'role=agent')
        home('new', '--subject', 'printer')
        away('office', 'join', file, '--code', home('office', 'invite', 'An'))
        home('office', 'sync')
        away('office', 'sync')

    @story.step('both have the ticket before them')
    def _open():
        desks.append(Desk(home, 'A-1', ID))
        story.watch(desks[0].program)
        desks.append(Desk(away, 'A-1'))

    @story.step('what is edited here is seen there')
    def _seen():
        here, there = desks
        here.rename('printer upstairs')
        begin = time.monotonic()
        there.focus()
        until(lambda: there.sees('printer upstairs'), 'the new subject there', PATIENCE)
        story.comment(f'edited here, seen in the other window after {time.monotonic() - begin:.1f} s')

    @story.step('with the share away both rename it')
    def _apart():
        here, there = desks
        os.rename(folder, folder + '.away')
        here.rename('printer of Lan')
        there.rename('printer of An')

    @story.step('when it is back, both windows show both names')
    def _conflict():
        os.rename(folder + '.away', folder)
        meet(lambda: home.json('conflicts') and away.json('conflicts'), 'the conflict on both disks')
        question = _('%s: which one is right?').replace('%s', _('Subject'))
        for desk in desks:
            until(lambda desk=desk: desk.sees(question), 'the question in the window', PATIENCE)
            for name in 'printer of Lan', 'printer of An':
                until(lambda desk=desk, name=name: desk.sees(name), f'{name} in the window', PATIENCE)

    @story.step('kipctl lists it, with who wrote what')
    def _listed():
        for office in home, away:
            listed = until(lambda office=office: office.json('conflicts'), 'the conflict')
            assert [(one['number'], one['field']) for one in listed] == [('A-1', 'subject')], listed
            said = {choice['by']: choice['value'] for choice in listed[0]['choices']}
            assert said == {'Lan': 'printer of Lan', 'An': 'printer of An'}, said

    @story.step('one key settles it here, and there as well')
    def _settled():
        here, there = desks
        chosen = home.json('conflicts', 'A-1')[0]['choices'][1]['value']

        def settled():
            here.focus()
            keys.press('F7', '2')
            return until(lambda: not home.json('conflicts'), 'the choice', 15)

        until(settled, 'the choice by keyboard', PATIENCE)
        assert here.subject() == chosen, here.subject()
        meet(lambda: not away.json('conflicts') and there.subject() == chosen, 'the choice on the other desk')
        question = _('%s: which one is right?').replace('%s', _('Subject'))
        for desk in desks:
            until(lambda desk=desk: not desk.sees(question) and desk.sees(chosen), 'the same in both windows', PATIENCE)

    @story.step('kipctl brings the choice back, and makes it')
    def _kipctl():
        home('undo')
        assert len(home.json('conflicts')) == 1
        number = next(choice['choice'] for choice in home.json('conflicts')[0]['choices'] if choice['by'] == 'An')
        home('pick', 'A-1', 'subject', str(number))
        assert home.show('A-1')['subject'] == 'printer of An'
        home('undo')
        home('pick', 'A-1', '--of', 'Lan')
        assert home.show('A-1')['subject'] == 'printer of Lan' and home.json('conflicts') == []

    @story.step('both lists say the same, field by field')
    def _agree():
        home('new', '--subject', 'slow line', 'channel=mail', 'impact=high', 'assignee=An')
        away('new', '--subject', 'no sound', 'channel=phone', 'assignee=Lan')
        meet(lambda: len(home.numbers('is:open')) == 3 == len(away.numbers('is:open')), 'three tickets on both desks')
        for desk in desks:
            desk.action('show-query', 'is:open')

        def fields(desk):
            return [label.text for label in desk.program.tree.seek('tree table').all('label', whole=True)]

        def agree():
            here, there = map(fields, desks)
            return here if here == there and sum(text.startswith(('A-', 'B-')) for text in here) == 3 else None

        shown = until(agree, lambda: f'the same in both: {[fields(desk) for desk in desks]}', PATIENCE)
        assert {'slow line', 'no sound'} <= set(shown), shown
        story.comment(' | '.join(filter(None, shown)))
        for desk in desks:
            desk.action('show-ticket', 'A-1')

    def both_assign(here, there):
        """Without knowing of each other."""
        os.rename(folder, folder + '.away')
        home('set', 'A-1', f'assignee={here}')
        away('set', 'A-1', f'assignee={there}')
        os.rename(folder + '.away', folder)
        meet(lambda: home.json('conflicts') and away.json('conflicts'), 'the conflict on both disks')

    def told(who, mine):
        """What whoever gave it to MINE hears of it, WHO being the other."""
        holder = home.show('A-1')['assignee']
        assert away.show('A-1')['assignee'] == holder in ('Lan', 'An')
        sentence = (_('%s assigned it to somebody else at the same time. It stays with %s.') if holder == mine else
                    _('%s assigned it at the same time. It is with %s now.'))
        return sentence % (who, holder)

    @story.step('two who took the ticket at once are both told, in the window and with the ticket')
    def _both_took():
        both_assign('Lan', 'An')
        for desk, who, mine in zip(desks, ('An', 'Lan'), ('Lan', 'An')):
            until(lambda desk=desk, said=told(who, mine): desk.sees('A-1 printer of Lan: ' + said), 'the toast', PATIENCE)
            until(lambda desk=desk, said=told(who, mine): desk.program.tree.seek(name=said), 'the ticket to say so', PATIENCE)
            desk.program.tree.find('button', plain('_Show')).click()
            until(lambda desk=desk: not desk.sees('A-1 printer of Lan: '), 'the toast to go')

    @story.step('with the window closed, on the desktop, once')
    def _notified():
        home('set', 'A-1', 'assignee=')
        meet(lambda: not away.json('conflicts') and not away.show('A-1')['assignee'], 'nobody to have it')
        desks[1].close()
        service.forget()
        both_assign('An', 'Lan')
        notice = until(lambda: next((one for one in service.all() if one.title == 'A-1 printer of Lan'), None), 'the notification', PATIENCE)
        assert notice.body == told('Lan', 'Lan'), notice
        until(lambda: desks[0].sees('A-1 printer of Lan: ' + told('An', 'An')), 'the toast here', PATIENCE)
        service.press(notice)
        until(lambda: desks[1].has_window() and desks[1].program.tree.seek(name='A-1'), 'the ticket in a new window', PATIENCE)
        assert len(service.all()) == 1, service.all()

    for desk in desks:
        desk.program.end()
    shutil.rmtree(folder, ignore_errors=True)
