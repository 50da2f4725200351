#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A manager sets a target, sees at the charts whether it is met, holds a review and hands out
what is to be done: which are tickets, and all of it can be undone."""
import datetime

import keys
from kip import Office, _, plain, plural, start, text
from poll import until
from story import Story

KEPT, EVERYBODY = _('Resolution kept'), _('Everybody')
TITLE = f'{KEPT} · {EVERYBODY}'
RULE, AGREED = _('Reply'), _('Answered at once')


def last_month():
    first = datetime.date.today().replace(day=1)
    return (first - datetime.timedelta(days=1)).replace(day=15)


with Story('targets') as story:
    office = Office(sample=True)   # it has other targets of its own

    def targets():
        return [target for target in office.json('target', 'list') if target['measure'] == 'sla-resolution']

    kip = story.watch(start(office))
    kip.tree.find('frame', 'Bình Minh')

    @story.step('set a target, and see what the past says to it')
    def _set():
        kip.action('settings-page', text('targets'))
        settings = kip.tree.find('frame', _('Settings'))
        settings.find('button', plain('_Add Target')).click()
        settings.find('text', _('Share in per cent, such as 90')).write('100')
        past = office('target', 'set', 'sla-resolution', '100', '--preview')
        settings.find(None, where=lambda widget: widget.text == past)
        settings.find('button', plain('_Save')).click()
        settings.find(None, TITLE)

    @story.step('the program and kipctl mean the same target')
    def _same():
        until(lambda: len(targets()) == 1, 'the target to be kept')
        version = targets()[0]['versions'][0]
        assert (version['direction'], version['value'], version['period']) == ('at-least', 100, 'month'), version

    @story.step('the tile says whether it is met')
    def _tile():
        kip.action('charts')
        charts = kip.tree.find('frame', _('Charts'))
        figure = office.json('kpi')['groups'][0]['measures']['sla-resolution']
        verdict = _(figure['target']['verdict'])
        words = _('Target %s: %s') % (_('at least %s') % (_('%.0f %%') % 100), verdict)
        charts.find('button', lambda name: name.startswith(KEPT + ', ') and words in name)

    @story.step('another target shows at once')
    def _live():
        office('target', 'set', 'sla-resolution', '1')
        words = _('Target %s: %s') % (_('at least %s') % (_('%.0f %%') % 1), _('met'))
        kip.tree.find('frame', _('Charts')).find('button', lambda name: name.startswith(KEPT + ', ') and words in name)

    @story.step('hold a review')
    def _review():
        window = keys.Window(_('Charts'))
        window.focus()
        keys.press('ctrl+r')
        reviews = kip.tree.find('frame', _('Reviews'))
        reviews.find('button', plain('_New Review')).click()
        reviews.find(None, where=lambda widget: widget.name.startswith(KEPT + ', '))
        reviews.find('text', _('What was agreed')).write(AGREED)
        reviews.find('button', plain('_Add Action')).click()
        reviews.find('text', _('What is to be done')).write(RULE)
        reviews.find('button', plain('_Save')).click()
        until(lambda: len(office.json('review', 'list')) == 1, 'the review to be kept')

    @story.step('its figures are those of kipctl, its action is a ticket')
    def _kept():
        review = office.json('review', 'show', office.json('review', 'list')[0]['review'])
        figures = {figure['measure']: figure for figure in review['figures']}
        now = office.json('kpi', '--from', 'last-month', '--to', 'last-month')['groups'][0]['measures']
        assert review['agreed'] == AGREED
        assert figures['received']['n'] == now['received']['n'], figures['received']
        assert abs(figures['sla-resolution']['value'] - now['sla-resolution']['value']) < 0.001
        assert [action['subject'] for action in review['actions']] == [RULE]
        assert office.show(review['actions'][0]['number'])['requester'] == 'Lan'

    @story.step('what is entered late stands beside what was kept')
    def _late():
        office.new('Late', f'received={last_month().isoformat()}T09:00')
        reviews = kip.tree.find('frame', _('Reviews'))
        window = keys.Window(_('Reviews'))
        window.focus()
        window.click(reviews.find('list item', where=lambda widget: widget.name.endswith(' · ' + EVERYBODY)))
        review = office.json('review', 'show', office.json('review', 'list')[0]['review'])
        received = next(figure for figure in review['figures'] if figure['measure'] == 'received')
        assert received['now']['n'] == received['n'] + 1, received
        words = _('Today it comes out as %s (n = %u)').replace('%u', '%d') % (received['now']['n'], received['now']['n'])
        reviews.find(None, where=lambda widget: words in widget.name and str(received['n']) in widget.name)

    @story.step('from the action to its ticket, and back to the review')
    def _ticket():
        reviews, main = kip.tree.find('frame', _('Reviews')), kip.tree.find('frame', 'Bình Minh')
        window = keys.Window(_('Reviews'))
        window.click(reviews.find('list item', RULE))
        main.find('label', _('Agreed in'))
        main.find('list item', where=lambda widget: widget.name.endswith(' · ' + EVERYBODY))

    @story.step('undo it all at once, and bring it back')
    def _undo():
        reviews = kip.tree.find('frame', _('Reviews'))
        window = keys.Window(reviews.name)
        open_before = len(office.numbers('is:open'))
        window.focus()
        keys.press('alt+Left')
        keys.press('ctrl+z')
        until(lambda: office.json('review', 'list') == [], 'the review to be gone')
        reviews.find(None, _('No Reviews Yet'))
        until(lambda: len(office.numbers('is:open')) == open_before - 1, 'its ticket to be gone')
        keys.press('ctrl+shift+z')
        until(lambda: len(office.json('review', 'list')) == 1, 'the review to be back')
        until(lambda: len(office.numbers('is:open')) == open_before, 'its ticket to be back')
        words = plural('%u action', '%u actions', 1).replace('%u', '1')
        reviews.find(None, where=lambda widget: words in widget.text or words in widget.description)

    @story.step('nothing went wrong')
    def _quiet():
        assert 'CRITICAL' not in kip.output and 'WARNING' not in kip.output, kip.output
