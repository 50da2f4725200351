#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A manager tries a promise before making it: the figures are those of kipctl, a promise that
ends otherwise opens its ticket, a step is undone, what changes becomes a draft that no clock
uses, and the settings put it in force."""
import datetime
import re

import dbus

import keys
from kip import LANGUAGE, Office, _, plain, plural, start
from menus import choose
from poll import until
from story import Story

NORMAL = f"{_('Normal')}, {_('Resolution')}"
BROKEN = '%u promise would have been broken', '%u promises would have been broken'
TARGET = 'normal:resolution=12h'
POLICY = {'en': 'Usual promise', 'vi': 'Cam kết thông thường'}[LANGUAGE]
DRAFT = _('Draft of %1$s, %2$s').split('%')[0]
# The last thirty days of an office in Vietnam, as the charts begin with.
TODAY = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=7)).date()
FROM = str(TODAY - datetime.timedelta(days=29))

with Story('what-if') as story:
    office = Office(sample=True)
    kip = story.watch(start(office))
    kip.tree.find('frame', 'Bình Minh')
    kip.action('charts')
    charts = kip.tree.find('frame', _('Charts'))

    def frame():
        return kip.tree.find('frame', _('What If'))

    def says(words):
        frame().find('label', where=lambda label: label.text == words, whole=True)

    def asked(*words):
        return office.json('whatif', '--from', FROM, *words)

    def says_broken():
        broken = len([flip for flip in asked('--target', TARGET)['flips'] if flip['after'] == 'broken'])
        assert broken > 0
        says(plural(*BROKEN, broken).replace('%u', str(broken)))

    def window():
        return keys.Window(_('What If'))

    def promised():
        """What the policy promises now: a new ticket says so."""
        number = office.new('Asked about a target', 'channel=mail')
        return next(clock['target_seconds'] for clock in office.json('explain', number) if clock['clock'] == 'resolution')

    @story.step('it opens from the charts and shows what happened')
    def _opened():
        charts.find('button', plain('_What If…')).click()
        says(_('As it happened'))

    @story.step('a target is typed, and the figures are those of kipctl')
    def _typed():
        frame().find('text', NORMAL).write('12h')
        says_broken()

    @story.step('every share can be read')
    def _read():
        share = next(entry for entry in asked('--target', TARGET)['attainment']
                     if entry['clock'] == 'resolution' and entry['priority'] is None)
        row = frame().find('list item', lambda name: name.startswith(f"{_('Resolution')}, {_('All')}: "), whole=True)
        name = re.sub(r'(\d),(\d)', r'\1.\2', row.name)   # a decimal comma in Vietnamese
        for side in 'before', 'after':
            assert f"{share[side]['share']:.1f}" in name, (name, share)
        assert f"n = {share['after']['n']}" in name, (name, share)

    @story.step('a step is undone and done again')
    def _undo():
        frame().find('button', _('Undo')).click()
        says(_('As it happened'))
        until(lambda: frame().find('text', NORMAL).text.startswith('24'), 'the target as it was')
        frame().find('button', _('Redo')).click()
        says_broken()

    @story.step('what rests on what is said')
    def _rests():
        says(_('Everybody is taken to have worked as they did: only what it is measured by is different.'))

    @story.step('a promise that ends otherwise opens its ticket')
    def _flip():
        numbers = {flip['number'] for flip in asked('--target', TARGET)['flips']}
        frame().find('button', plain('_Open All')).click()
        entry = kip.tree.find('text', where=lambda found: found.text.startswith('number:'))
        shown = set(entry.text.strip()[len('number:'):].split(','))
        assert shown == numbers, (shown, numbers)

    @story.step('targets are suggested and taken over')
    def _suggest():
        keys.xdo('windowraise', window().id)   # the main window came in front
        button = frame().find('button', lambda name: name.replace('_', '', 1).startswith(plain('Su_ggest')))
        choose(window(), button, '_90 percent of promises', frame())
        says(_('Targets That Would Have Held for %d %%') % 90)
        frame().find('button', plain('_Use All')).click()
        suggested = next(entry['rounded'] for entry in office.json('whatif', '--from', FROM, '--suggest', '90')
                         if entry['clock'] == 'resolution' and entry['priority'] == 'normal')
        until(lambda: frame().find('text', NORMAL).text.startswith(str(suggested // 3600)), 'the target suggested')
        frame().find('button', _('Undo')).click()
        says_broken()

    def policies():
        return kip.tree.find('frame', _('Settings'))

    def draft_button():
        return policies().find('button', lambda name: re.match(re.escape(_('Open %s').replace('%s', '')) + re.escape(DRAFT), name), whole=True)

    @story.step('what changes is kept as a draft, which rules nothing')
    def _draft():
        frame().find('button', plain('Save as _Draft')).click()
        # The words that say so stay for some seconds only: what tells is that the settings have it.
        kip.action('settings-page', dbus.String('policies', variant_level=1))
        row = policies().find('list item', POLICY)
        keys.Window(_('Settings')).click(row.find('label', POLICY))
        draft_button()
        assert promised() == 24 * 3600, promised()

    @story.step('the settings open the draft and put it in force')
    def _force():
        settings = policies()
        draft_button().click()
        until(lambda: settings.find('text', NORMAL).text.startswith('12'), 'the draft in the form')
        settings.find('button', plain('_Save…'), where=lambda button: button.has('sensitive')).click()
        settings.find('button', plain('_Save'), where=lambda button: button.has('sensitive')).click()
        until(lambda: promised() == 12 * 3600, 'the new target')

    @story.step('nothing went wrong')
    def _quiet():
        assert 'CRITICAL' not in kip.output and 'WARNING' not in kip.output, kip.output
