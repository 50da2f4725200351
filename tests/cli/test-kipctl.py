#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-kipctl.py KIPCTL SOURCE: every command of kipctl on an office of its own in a folder
that goes again, as text and as JSON, with its exit status, and what it says to wrong use."""
import csv
import json
import os
import shlex
import subprocess
import sys
import tempfile
import traceback

KIPCTL, SOURCE = map(os.path.abspath, sys.argv[1:3])
# A Friday morning in the middle of a working day, half an hour before lunch is far.
CLOCK = '2026-11-20T09:00:00+07:00'
DONE, FAILED, USAGE = 0, 1, 2

cases = []


def case(title):
    def add(function):
        cases.append((title, function))
        return function
    return add


class Office:
    """A data folder, and kipctl to work in it."""

    def __init__(self, work, name='office'):
        self.work, self.dir = work, os.path.join(work, name)

    def run(self, *words, clock=CLOCK, language='en', data=True):
        env = {key: value for key, value in os.environ.items() if not key.startswith(('LC_', 'LANG', 'KIP_'))}
        # A zone that is not the office's: none of its times may follow the machine.
        env.update(LANG='C.UTF-8', LANGUAGE=language, TZ='America/Lima', HOME=self.work, G_DEBUG='fatal-criticals')
        if clock:
            env['KIP_CLOCK'] = clock
        command = [KIPCTL] + (['--data', self.dir] if data else []) + list(words)
        return subprocess.run(command, env=env, cwd=self.work, capture_output=True, text=True, timeout=60, check=False)

    def __call__(self, *words, status=DONE, **options):
        """What it says on standard output."""
        done = self.run(*words, **options)
        assert done.returncode == status, \
            f'{words}: status {done.returncode}, not {status}\n{done.stdout}\n{done.stderr}'
        assert 'CRITICAL' not in done.stderr, done.stderr
        return done.stdout

    def json(self, *words, **options):
        text = self('--json', *words, **options)
        try:
            return json.loads(text)
        except ValueError:
            raise AssertionError(f'{words} answered no JSON: {text!r}') from None

    def refused(self, *words, why='', status=FAILED, **options):
        """It did nothing and says why, in words of its own."""
        done = self.run(*words, **options)
        assert done.returncode == status, f'{words}: status {done.returncode}, not {status}\n{done.stderr}'
        lines = [line for line in done.stderr.splitlines() if 'KIP_CLOCK is set' not in line]
        assert lines and why in '\n'.join(lines), f'{words} says {done.stderr!r}, without {why!r}'
        return '\n'.join(lines)

    def wrong(self, *words, **options):
        return self.refused(*words, status=USAGE, **options)

    def new(self, subject, *fields, **options):
        return self('new', '--subject', subject, *fields, **options).strip()

    def numbers(self, query='', *options):
        return [ticket['number'] for ticket in self.json('list', query, *options)['tickets']]

    def show(self, number, **options):
        return self.json('show', number, **options)

    def path(self, name, text=None, coding='utf-8'):
        path = os.path.join(self.work, name)
        if text is not None:
            with open(path, 'w', encoding=coding, newline='') as file:
                file.write(text)
        return path


def another(kip, name):
    """An office of its own, empty."""
    office = Office(kip.work, name)
    office('init', '--office', 'Bình Minh', '--me', 'Lan', '--language', 'en')
    return office


def same(value, expected):
    assert value == expected, f'{value!r}, not {expected!r}'


def subset(part, whole):
    for key, value in part.items():
        assert whole[key] == value, f'{key}: {whole[key]!r}, not {value!r}'


# ---- starting ----

@case('nothing works before there is an office')
def _(kip):
    for words in (['list'], ['show', 'A-1'], ['check'], ['rebuild'], ['new', '--subject', 'x'], ['backup', 'x.kip']):
        kip.refused(*words, why='There is no office')
    assert not os.path.exists(kip.path('x.kip'))


@case('init')
def _(kip):
    kip.wrong('init')
    kip.wrong('init', '--office', 'Bình Minh')
    kip.wrong('init', '--office', 'Bình Minh', '--me', 'Lan', 'more')
    answer = kip.json('init', '--office', 'Bình Minh', '--me', 'Lan', '--language', 'en')
    same(answer, {'done': True, 'data': kip.dir})
    kip.refused('init', '--office', 'Other', '--me', 'Minh', why='already')
    same(kip('list'), '')
    same(kip.json('list'), {'count': 0, 'tickets': []})


@case('init: what an office cannot be')
def _(kip):
    kip = Office(kip.work, 'none')
    kip.wrong('init', '--office', ' ', '--me', 'Lan')
    kip.wrong('init', '--office', 'Bình Minh', '--me', '')
    kip.wrong('init', '--office', 'Bình Minh', '--me', 'Lan', '--language', 'fr', why='en, vi')
    kip.wrong('init', '--office', 'Bình Minh', '--me', 'Lan', '--time-zone', 'Mars/Base', why='Asia/Ho_Chi_Minh')
    assert not os.path.exists(kip.dir)


@case('wrong use')
def _(kip):
    for words in (['nope'], ['--nope', 'list'], ['new'], ['new', '--subject', ''], ['set'], ['set', 'A-1'], ['say', 'A-1'],
                  ['say', 'A-1', 'a', 'b'], ['resolve'], ['reopen'], ['list', '--sort', 'nope'], ['list', '--nope'],
                  ['show'], ['show', 'A-1', 'A-2'], ['explain'], ['due', '--hours', '0'], ['merge', 'A-1'], ['unmerge'],
                  ['attach', 'A-1'], ['save', 'A-1', 'x'], ['work', 'A-1'], ['survey', 'A-1'], ['undo', 'nope'],
                  ['office'], ['office', 'list'], ['office', 'list', 'nope'], ['office', 'add', 'person'],
                  ['office', 'nope', 'person', 'x'], ['import'], ['import', '--undo', 'nope'], ['export', ''],
                  ['backup'], ['restore'], ['rebuild', 'x'], ['check', 'x'], ['help', 'nope']):
        kip.wrong(*words)


@case('help and version')
def _(kip):
    names = [command['name'] for command in kip.json('help')]
    assert len(names) >= 24, names
    overview = kip('help')
    for name in names:
        assert f'\n  {name}' in overview, name
        assert kip('help', name).startswith(f'kipctl {name}'), name
        assert '--json' in kip('help', name), name
    same(kip(), overview)
    same(kip('--help'), overview)
    assert '--save-map' in kip('import', '--help')
    assert 'kipctl help kpi' in kip.wrong('kpi', '--by', 'nope')
    assert 'priority>=high' in kip('help', 'query')
    assert kip('--version').startswith('kipctl ')
    with open(f'{SOURCE}/data/man/kipctl.1', encoding='utf-8') as file:
        manual = file.read()
    with open(f'{SOURCE}/data/completions/kipctl', encoding='utf-8') as file:
        completion = file.read()
    for name in names:
        assert name in manual, f'the manual does not know {name}'
        assert name in completion, f'the completion does not know {name}'


# ---- the clock ----

@case('KIP_CLOCK is said loudly')
def _(kip):
    assert 'KIP_CLOCK is set' in kip.run('list').stderr
    assert 'KIP_CLOCK' not in kip.run('list', clock=None).stderr
    assert 'KIP_CLOCK is set' in kip.run('list', clock=CLOCK + ' x60').stderr


@case('an answer that cannot be written is not done')
def _(kip):
    kip = another(kip, 'answers')
    command = f'{shlex.quote(KIPCTL)} --data {shlex.quote(kip.dir)}'
    for output in ('>/dev/full', '>&-', '>&- 2>&-'):
        done = subprocess.run(['sh', '-c', f'{command} help {output}'], capture_output=True, check=False)
        same(done.returncode, FAILED)
    kip.refused('backup', '/dev/null', why='no file')
    kip('check')


@case('a KIP_CLOCK that is no time stops everything')
def _(kip):
    for clock in ('tomorrow', CLOCK + ' x0', CLOCK + ' fast'):
        kip.refused('new', '--subject', 'At a wrong time', why='KIP_CLOCK', clock=clock, status=USAGE)
    same(kip.numbers(), [])


# ---- tickets ----

@case('new')
def _(kip):
    same(kip.new('Máy in tầng 3 kẹt giấy', 'requester=Minh', 'category=Printer and scanner', 'channel=phone',
                 'impact=high', 'urgency=high', 'tag=in', 'tag=gấp'), 'A-1')
    answer = kip.json('new', '--subject', 'VPN drops', '--description', 'Every ten minutes', 'assignee=me', 'team=IT')
    same(answer['number'], 'A-2')
    assert answer['change'].startswith('A'), answer
    subset({'number': 'A-1', 'subject': 'Máy in tầng 3 kẹt giấy', 'requester': 'Minh', 'status': 'New', 'phase': 'new',
            'category': 'Hardware › Printer and scanner', 'channel': 'phone', 'priority': 'critical', 'assignee': None,
            'tags': ['gấp', 'in'], 'pause': None, 'resolved': None}, kip.show('A-1') | {'tags': sorted(kip.show('A-1')['tags'])})
    subset({'assignee': 'Lan', 'team': 'IT', 'description': 'Every ten minutes', 'priority': 'normal'}, kip.show('A-2'))


@case('new: what is refused leaves nothing behind')
def _(kip):
    before = kip.json('list')['count']
    for field, why in (('category=Nope', 'kipctl office list category'), ('channel=pigeon', 'pigeon'), ('received=soon', 'soon'),
                       ('nope=1', 'nope'), ('number=9', 'number'), ('team', 'team'), ('priority=huge', 'huge')):
        kip.refused('new', '--subject', 'Refused', field, why=why)
    same(kip.json('list')['count'], before)


@case('what no ticket can be')
def _(kip):
    kip = another(kip, 'limits')
    number = kip.new('Printer')
    kip.wrong('new', '--subject', ' ')
    kip.wrong('office', 'add', 'person', ' ')
    for field in ('subject=', 'subject= ', 'received='):
        kip.refused('set', number, field, why='cannot be empty')
    for time in ('1899-12-31T23:59:59Z', '2200-01-01T00:00:00Z', '9999-12-31'):
        kip.refused('set', number, f'due={time}', why='1900–2199')
    kip('set', number, 'due=2199-12-31T23:59:59Z')
    same(kip.show(number)['subject'], 'Printer')


@case('what somebody wrote does not command the terminal')
def _(kip):
    kip = another(kip, 'terminal')
    number = kip.new('a\x1b[31mb\x07\x9bc')
    for words in (['show', number], ['list']):
        assert 'a [31mb' in kip(*words), words
    same(kip.show(number)['subject'], 'a\x1b[31mb\x07\x9bc')


@case('a time without a zone is the time of the office')
def _(kip):
    number = kip.new('Long ago', 'received=2026-11-19T16:30')
    same(kip.show(number)['received'], '2026-11-19T09:30:00Z')
    assert '2026-11-19 16:30' in kip('show', number)
    kip('set', number, 'received=2026-11-19T16:30:00-05:00')
    same(kip.show(number)['received'], '2026-11-19T21:30:00Z')
    kip('undo')
    same(kip.show(number)['received'], '2026-11-19T09:30:00Z')


@case('set')
def _(kip):
    number = kip.new('To be changed')
    same(kip('set', number, 'subject=Changed', 'impact=low', 'urgency=low', 'assignee=me', 'tag=+vpn'), '')
    subset({'subject': 'Changed', 'priority': 'low', 'assignee': 'Lan', 'tags': ['vpn']}, kip.show(number))
    kip('set', number, 'priority=high:the boss waits', 'tag=-vpn', 'assignee=')
    subset({'priority': 'high', 'assignee': None, 'tags': []}, kip.show(number))
    kip('set', number, 'priority=none')
    same(kip.show(number)['priority'], 'low')
    for assignment, priority in (('priority=high', 'high'), ('priority=critical:', 'critical'), ('priority=normal: ', 'normal')):
        done = kip.run('set', number, assignment)
        same(done.returncode, DONE)
        assert 'priority-reason=REASON' in done.stderr, done.stderr
        same(kip.show(number)['priority'], priority)
    kip('set', number, 'priority-reason=the board waits', 'priority=critical')
    same(kip.show(number)['priority'], 'critical')
    kip('set', number, 'priority=')
    same(kip.show(number)['priority'], 'low')
    kip('set', number, 'status=waiting-requester')
    subset({'status': 'Waiting for requester', 'pause': 'requester'}, kip.show(number))
    same(kip.show(number)['resolution']['state'], 'paused')
    kip('set', number, 'status=Open')
    same(kip.show(number)['resolution']['state'], 'running')
    kip('set', number, 'due=2026-11-20T16:00')
    subset({'due': '2026-11-20T09:00:00Z', 'by_hand': True}, kip.show(number)['resolution'])
    assert 'change' in kip.json('set', number, 'subject=Again')
    for assignment in ('status=nope', 'assignee=Nobody', 'priority=huge', 'nope=1', 'due=soon', 'subject'):
        kip.refused('set', number, 'subject=Half', assignment)
    same(kip.show(number)['subject'], 'Again')
    kip.refused('set', 'A-999', 'subject=x', why='A-999')


@case('say')
def _(kip):
    number = kip.new('To be answered', 'requester=Minh', 'channel=mail')
    same(kip.show(number)['response']['state'], 'running')
    kip('say', number, 'Seen it', '--internal')
    same(kip.show(number)['response']['state'], 'running')
    kip.wrong('say', number, ' ')
    same(kip.show(number)['response']['state'], 'running')
    kip('say', number, '--incoming', '--', '-- and a dash')
    kip('say', number, 'On my way')
    same(kip.show(number)['response']['state'], 'met')
    kip('say', number, 'Spoke with him', '--call')
    kinds = {message['text']: message['kind'] for message in kip.show(number)['messages']}
    same(kinds, {'Seen it': 'note', '-- and a dash': 'incoming', 'On my way': 'reply', 'Spoke with him': 'call'})
    assert 'On my way' in kip('show', number)
    kip.wrong('say', number, 'both', '--call', '--internal')


@case('resolve and reopen')
def _(kip):
    number = kip.new('To be resolved')
    kip.refused('reopen', number, why='open already')
    kip('resolve', number, '--cause', 'Paper', '--done', 'Cleaned the rollers')
    subset({'phase': 'resolved', 'cause': 'Paper', 'done': 'Cleaned the rollers'}, kip.show(number))
    same(kip.show(number)['resolution']['state'], 'met')
    assert 'Cleaned the rollers' in kip('show', number)
    kip('reopen', number)
    subset({'phase': 'open', 'resolved': None}, kip.show(number))
    same(kip.show(number)['resolution']['state'], 'running')
    kip('undo')
    same(kip.show(number)['phase'], 'resolved')


@case('a clock set back an hour')
def _(kip):
    number = kip.new('Before and after', clock='2026-11-20T10:00:00+07:00')
    kip('set', number, 'status=waiting-requester', 'priority=high:the boss waits', clock='2026-11-20T10:10:00+07:00')
    kip('set', number, 'status=open', 'priority=low:he went home', clock='2026-11-20T09:20:00+07:00')
    subset({'phase': 'open', 'pause': None, 'priority': 'low'}, kip.show(number))
    subset({'state': 'running', 'target_seconds': 40 * 3600}, kip.show(number)['resolution'])
    kip('resolve', number, '--cause', 'c', '--done', 'd', clock='2026-11-20T09:30:00+07:00')
    subset({'phase': 'resolved'}, kip.show(number))
    same(kip.show(number)['resolution']['state'], 'met')
    same(kip.numbers(f'number:{number} is:resolved'), [number])
    kip('check')
    kip('rebuild')


@case('list')
def _(kip):
    same(kip.numbers('may in'), ['A-1'])
    same(kip.numbers('MAY IN is:open'), ['A-1'])
    assert 'A-2' in kip.numbers('agent:me')
    assert kip.numbers('', '--sort', 'number')[:2] == ['A-1', 'A-2']
    same(kip.numbers('', '--sort', '-number'), kip.numbers('', '--sort', 'number')[::-1])
    same(len(kip.numbers('', '--limit', '2')), 2)
    same(kip.json('list', '--limit', '0')['tickets'], [])
    line = kip('list', 'may', 'in')
    assert line.startswith('A-1 ') and 'Máy in tầng 3' in line and 'left' in line, line
    same(kip('list', 'nothing at all is called so'), '')


@case('list says every mistake of a query')
def _(kip):
    for query, words in (('foo:bar', 'foo'), ('status:nope', 'nope'), ('due<soon', 'soon'), ('(is:open', '('),
                         ('received:2026-02-30', '2026-02-30')):
        assert words in kip.refused('list', query), query
    same(len(kip.refused('list', 'foo:1 bar:2').splitlines()), 2)
    same(kip('list', '"foo:bar"'), '')


@case('show and explain')
def _(kip):
    kip.refused('show', 'A-999', why='A-999')
    kip.refused('explain', 'nope')
    shown = kip('show', 'A-1')
    for words in ('A-1  Máy in tầng 3 kẹt giấy', 'Minh', 'Critical', 'First response', 'Resolution'):
        assert words in shown, shown
    history = kip.show('A-1')['history']
    assert {'subject', 'requester', 'channel'} <= {event['field'] for event in history}, history
    clocks = {clock['clock']: clock for clock in kip.json('explain', 'A-2')}
    # Three working days of eight hours; lunch and the weekend do not count.
    target = 24 * 3600
    subset({'due': kip.show('A-2')['resolution']['due'], 'target_seconds': target}, clocks['resolution'])
    same(sum(segment['seconds'] for segment in clocks['resolution']['segments'] if segment['kind'] == 'counted'), target)
    assert {'counted', 'closed'} <= {segment['kind'] for segment in clocks['resolution']['segments']}
    assert 'Resolution' in kip('explain', 'A-2')


@case('due')
def _(kip):
    due = kip.json('due', '--hours', '12')
    assert due and [promise['due'] for promise in due] == sorted(promise['due'] for promise in due), due
    assert 'A-1' in {promise['number'] for promise in due}
    same(len(kip('due', '--hours', '12').splitlines()), len(due))


@case('kpi')
def _(kip):
    whole, = kip.json('kpi', '--from', '2026-01-01', '--to', '2026-12-31')['groups']
    received = whole['measures']['received']
    same(received['value'], len(kip.numbers('')))
    assert received['n'] == received['value'] and received['definition'].endswith('.'), received
    same(sorted(kip.numbers(received['query'])), sorted(kip.numbers('')))
    months = kip.json('kpi', '--from', '2026-01-01', '--to', '2026-12-31', '--by', 'month')['groups']
    same(len(months), 12)
    same(sum(month['measures']['received']['n'] for month in months), received['n'])
    none, = kip.json('kpi', '--from', '2026-01-01', '--to', '2026-12-31', 'subject:nothinglikeit')['groups']
    same((none['measures']['received']['value'], none['measures']['response-median']['value']), (0, None))
    assert 'working time' in kip('kpi') and 'elapsed time' in kip('kpi', '--elapsed')
    kip.refused('kpi', '--from', 'someday', why='someday')
    kip.wrong('kpi', '--by', 'colour')
    kip.refused('kpi', '--from', '2026-10-02', '--to', '2026-10-01')


@case('target')
def _(kip):
    office = Office(kip.work, 'targets')
    office('init', '--office', 'Bình Minh', '--me', 'Lan', '--language', 'en')
    assert 'csat' in office.json('target', 'measures') and 'received' not in office.json('target', 'measures')
    same(office.json('target', 'list'), [])
    past = office.json('target', 'set', 'open', '5', '--from', '2026-11-01', '--until', '2026-11-30', '--why', 'Room to breathe')
    same(past, {'measured': 0, 'met': 0, 'values': []})
    target, = office.json('target', 'list')
    version, = target['versions']
    subset({'measure': 'open', 'whose': 'Everybody', 'in_force': True}, target)
    subset({'direction': 'at-most', 'value': 5, 'period': 'month', 'time': 'working', 'from': '2026-11-01', 'until': '2026-11-30',
            'why': 'Room to breathe'}, version)
    for subject in 'abcdef':
        office.new(subject)
    figure = office.json('kpi')['groups'][0]['measures']['open']
    subset({'value': 6, 'n': 6}, figure)
    same(figure['target'], {'direction': 'at-most', 'value': 5, 'verdict': 'missed', 'version': 1})
    assert 'Target at most 5: missed' in office('kpi')
    # A filter chooses other tickets than the target speaks of; outside its days there is none.
    same(office.json('kpi', 'priority:high')['groups'][0]['measures']['open']['target'], None)
    same(office.json('kpi', '--from', '2026-10-01', '--to', '2026-10-31')['groups'][0]['measures']['open']['target'], None)
    same(office.json('kpi', clock='2026-12-01T00:30:00+07:00')['groups'][0]['measures']['open']['target'], None)
    same(office.json('kpi', clock='2026-11-30T23:30:00+07:00')['groups'][0]['measures']['open']['target']['verdict'], 'missed')
    office('target', 'set', 'open', '6', '--from', '2026-11-01')
    same(len(office.json('target', 'list')[0]['versions']), 2)
    same(office.json('kpi')['groups'][0]['measures']['open']['target']['verdict'], 'met')
    office('undo')
    same(office.json('kpi')['groups'][0]['measures']['open']['target']['verdict'], 'missed')
    office('target', 'set', 'open', '1', '--preview')
    same(len(office.json('target', 'list')[0]['versions']), 1)
    office('target', 'remove', 'open')
    same(office.json('target', 'list', '--all'), [])
    office.refused('target', 'remove', 'open', why='no such target')
    office.refused('target', 'set', 'nothing', '5', why='nothing')
    office.refused('target', 'set', 'received', '5', why='Received')
    office.refused('target', 'set', 'csat', '101', why='101')
    office.refused('target', 'set', 'open', '5', '--from', '2026-12-01', '--until', '2026-11-01', why='before it begins')
    office.refused('target', 'set', 'open', '5', '--team', 'x', '--agent', 'y', why='not of both')
    office.wrong('target', 'set', 'open')
    same(office.json('target', 'list'), [])


@case('review')
def _(kip):
    office = Office(kip.work, 'reviews')
    office('init', '--office', 'Bình Minh', '--me', 'Lan', '--language', 'en')
    office.new('Before')
    name = office('review', 'new', '--month', '2026-11', '--agreed', 'Ring back', '--action', 'me,2026-11-27,Write it down',
                  '--action', ',,Order a phone').strip()
    first, = office.json('review', 'list')
    subset({'review': name, 'whose': 'Everybody', 'agreed': 'Ring back', 'from': '2026-10-31T17:00:00Z', 'to': '2026-11-30T17:00:00Z'},
           first)
    review = office.json('review', 'show', name)
    figures = {figure['measure']: figure for figure in review['figures']}
    # The actions came after the figures were kept.
    subset({'value': 1, 'n': 1, 'now': {'value': 3, 'n': 3}}, figures['received'])
    same([action['subject'] for action in review['actions']], ['Write it down', 'Order a phone'])
    due = office.show(review['actions'][0]['number'])['resolution']
    subset({'due': '2026-11-27T10:00:00Z', 'by_hand': True}, due)
    assert 'today 3' in office('review', 'show', name.lower())
    office('undo')
    same(office.json('review', 'list'), [])
    same(office.json('list')['count'], 1)
    # Reviews of one agent are for managers, and only they hold any.
    name = office('review', 'new', '--agent', 'me').strip()
    office('office', 'set', 'person', 'Lan', 'role=agent')
    same(office.json('review', 'list'), [])
    office.refused('review', 'show', name, why=name)
    office.refused('review', 'new', why='managers')
    office.wrong('review', 'show')


@case('chart')
def _(kip):
    names = [line.split()[0] for line in kip('chart').splitlines()]
    assert len(names) >= 12 and 'flow' in names, names
    for name in names:
        kip('chart', name, '--out', kip.path(f'{name}.csv'), '--from', '2026-01-01')
        assert os.path.getsize(kip.path(f'{name}.csv')) > 10
    for ending, beginning in (('png', b'\x89PNG'), ('svg', b'<?xml'), ('pdf', b'%PDF')):
        kip('chart', 'flow', '-o', kip.path(f'flow.{ending}'), '--by', 'month', '--compare', '--dark')
        with open(kip.path(f'flow.{ending}'), 'rb') as file:
            assert file.read(9).startswith(beginning), ending
    kip.refused('chart', 'weather', '--out', kip.path('x.png'), why='weather')
    kip.refused('chart', 'flow', '--out', kip.path('x.gif'), why='png')
    kip.refused('chart', 'flow', '--out', '/nowhere/x.png')


@case('whatif')
def _whatif(kip):
    days = '--from', '2026-01-01', '--to', '2026-12-31'
    same = kip.json('whatif', *days)
    assert same['flips'] == [] and not same['simulated'] and same['changes'] == ''
    for entry in same['attainment']:
        assert entry['before'] == entry['after'], entry
    measured = kip.json('kpi', *days)['groups'][0]['measures']['sla-resolution']
    resolution = [e for e in same['attainment'] if e['clock'] == 'resolution' and e['priority'] is None][0]
    assert resolution['before']['n'] == measured['n'], (resolution, measured)
    tight = kip.json('whatif', *days, '--target', 'normal:resolution=1min', '--target', 'low:resolution=1min')
    assert tight['flips'] and all(flip['after'] == 'broken' for flip in tight['flips']), tight['flips']
    assert 'normal' in tight['changes'].lower()
    more = kip.json('whatif', *days, '--agents', '=+1', '--hours', 'sat=08:00-12:00', '--people-follow')
    assert more['simulated'] and more['assumptions']
    suggested = kip.json('whatif', *days, '--suggest', '90')
    assert suggested and all(entry['rounded'] == -1 or entry['rounded'] >= entry['exact'] for entry in suggested)
    drafts = kip.json('whatif', *days, '--target', 'high:resolution=2h', '--no-lunch', '--save-draft')
    assert drafts['drafts'] == 2, drafts['drafts']
    assert kip.json('whatif', *days)['attainment'] == same['attainment'], 'a draft rules nothing'
    assert 'would be broken' in kip('whatif', *days, '--no-lunch', '--pause', 'supplier=no')
    kip.refused('whatif', '--target', 'huge:resolution=2h', why='huge')
    kip.refused('whatif', '--hours', 'someday=08:00-12:00', why='someday')
    kip.refused('whatif', '--hours', 'sat=25:00', why='25:00')
    kip.refused('whatif', '--agents', 'nobody=+1', why='nobody')
    kip.refused('whatif', '--agents', 'IT=-99', why='must stay')
    kip.refused('whatif', '--pause', 'supplier=maybe', why='maybe')
    kip.refused('whatif', '--save-draft', why='nothing to draft')
    kip.wrong('whatif', '--suggest', '101')
    put_in_force(kip)


def put_in_force(kip):
    policy, calendar = kip.json('draft', 'list')
    subset({'draft': 1, 'kind': 'policy', 'author': 'Lan'}, policy)
    subset({'draft': 2, 'kind': 'calendar'}, calendar)
    assert policy['name'] in kip('draft') and calendar['name'] in kip('draft')
    assert kip('draft', 'publish', '1', '--preview').strip() != ''
    same(len(kip.json('draft', 'list')), 2)
    kip('draft', 'publish', '1', '--from', '2026-01-01')
    same([draft['kind'] for draft in kip.json('draft', 'list')], ['calendar'])
    kip('undo')
    same(len(kip.json('draft', 'list')), 2)
    kip('draft', 'drop', '2')
    same([draft['kind'] for draft in kip.json('draft', 'list')], ['policy'])
    kip.refused('draft', 'publish', '2', why='no draft 2')
    kip.refused('draft', 'publish', '1', '--from', 'someday', why='someday')
    kip.wrong('draft', 'publish')
    kip('draft', 'drop', '1')
    same(kip.json('draft', 'list'), [])


@case('report')
def _(kip):
    page = kip.path('page.pdf')
    kip('report', '--month', '2026-11', '--pdf', page)
    with open(page, 'rb') as file:
        assert file.read(5) == b'%PDF-'
    text = subprocess.run(['pdftotext', page, '-'], check=True, stdout=subprocess.PIPE, encoding='utf-8').stdout
    first, second = text.rstrip('\f').split('\f')
    for word in ('Are promises kept?', '1 Nov 2026 – 30 Nov 2026', 'working time', 'Received', 'Resolution', 'By priority', 'Critical', 'n ='):
        assert word in first, f'{word!r} is not on page 1:\n{text}'
    for word in ('Why not, and what to do', 'Where promises break', 'The largest breaches', 'What to do', 'First response, median: From received'):
        assert word in second, f'{word!r} is not on page 2:\n{text}'
    kip.wrong('report')
    kip.refused('report', '--month', 'someday', '--pdf', page, why='someday')


@case('merge and unmerge')
def _(kip):
    one, other = kip.new('The same'), kip.new('The same again')
    kip('say', other, 'written on the other')
    kip.refused('merge', one, one, why='itself')
    kip.refused('merge', one, 'A-999', why='A-999')
    kip('merge', other, one)
    assert 'written on the other' in {message['text'] for message in kip.show(one)['messages']}
    assert other not in kip.numbers('same') and one in kip.numbers('same')
    kip('unmerge', other)
    same(kip.show(one)['messages'], [])
    assert other in kip.numbers('same')
    kip.refused('unmerge', other, why='not merged')


@case('Vietnamese in the plain C locale, and what is no text')
def _(kip):
    kip = another(kip, 'plain')
    env = {'PATH': os.environ['PATH'], 'LC_ALL': 'C', 'KIP_CLOCK': CLOCK, 'HOME': kip.work}

    def run(*words):
        return subprocess.run([KIPCTL, '--data', kip.dir, *words], env=env, capture_output=True, timeout=60, check=False)
    same(run('new', '--subject', 'Máy in kẹt giấy').returncode, DONE)
    same(kip.show('A-1')['subject'], 'Máy in kẹt giấy')
    for words in (['set', '1', b'subject=bad\xff'], ['say', '1', b'bad\xff']):
        done = run(*words)
        same(done.returncode, FAILED)
        assert 'UTF-8' in done.stderr.decode(), done.stderr
    same(kip.show('A-1')['messages'], [])


@case('a search as long as a letter, figures for three hundred years')
def _(kip):
    kip = another(kip, 'long')
    for query in (' '.join(['printer'] * 501), ' or '.join(['printer'] * 3000), 'tag:' + ','.join(f't{i}' for i in range(2000))):
        kip.refused('list', query, why='too many words and values')
    same(kip.numbers(' or '.join(f'printer{i}' for i in range(200))), [])
    kip.refused('kpi', '--by', 'day', '--from', '1900-01-01', '--to', '2199-12-31', why='3660')


@case('no ticket holds itself')
def _(kip):
    kip = another(kip, 'circles')
    first, second, third = kip.new('first'), kip.new('second'), kip.new('third')
    kip('set', first, f'parent={second}')
    kip('set', second, f'parent={third}')
    kip.refused('set', third, f'parent={third}', why='part of itself')
    kip.refused('set', third, f'parent={first}', why='is part of')
    kip('set', first, 'parent=')
    kip('set', third, f'parent={first}')
    kip('merge', first, second)
    kip.refused('merge', second, first, why='Name that one')
    kip.refused('merge', first, third, why='unmerge')


@case('attach and save')
def _(kip):
    number = kip.new('With a file')
    path = kip.path('ảnh.txt', 'pixels\n')
    kip('attach', number, path)
    assert 'ảnh.txt' in kip('show', number)
    there, = kip.json('show', number)['attachments']
    same([there[key] for key in ('name', 'size', 'state', 'shared')], ['ảnh.txt', 7, 'here', False])
    copy = kip.path('copy.txt')
    same(kip.json('save', number, 'ảnh.txt', copy), {'done': True, 'file': copy})
    with open(copy, encoding='utf-8') as file:
        same(file.read(), 'pixels\n')
    kip.refused('save', number, 'ảnh.txt', copy)
    kip.refused('save', number, 'nope', kip.path('other.txt'), why='nope')
    kip.refused('attach', number, kip.path('missing.txt'), why='missing.txt')


@case('work and survey')
def _(kip):
    number = kip.new('Much work')
    kip('work', number, '0:30', 'Looked into it')
    kip('work', number, '1:00')
    kip.refused('work', number, 'long', why='long')
    kip('resolve', number, '--cause', 'c', '--done', 'd')
    kip('survey', number, '4', 'Quick')
    kip.refused('survey', number, '6', why='6')
    kip('export', f'number:{number}', kip.path('work.csv'))
    with open(kip.path('work.csv'), encoding='utf-8-sig', newline='') as file:
        row = next(csv.DictReader(file))
    subset({'work': '90', 'survey': '4', 'survey-comment': 'Quick'}, row)


@case('undo')
def _(kip):
    number = kip.new('To be undone')
    change = kip.json('set', number, 'subject=First')['change']
    kip('set', number, 'impact=high')
    undone = kip.json('undo', change)
    same(undone['done'], True)
    subset({'subject': 'To be undone'}, kip.show(number))
    kip('undo', undone['change'])
    subset({'subject': 'First'}, kip.show(number))
    kip.refused('undo', 'A99999', why='no such change')


# ---- the office ----

@case('office')
def _(kip):
    kip('office', 'add', 'person', 'Hà Trần', 'phone=0901', 'vip=yes', 'department=Sales')
    kip('office', 'set', 'person', 'ha tran', 'phone=0902')
    assert {'name': 'Hà Trần', 'more': 'Sales', 'deleted': False} in kip.json('office', 'list', 'person')
    number = kip.new('From a VIP', 'requester=Hà Trần')
    same(kip.show(number)['vip'], True)
    for kind, name, *fields in (('team', 'Network'), ('category', 'VPN', 'parent=Software'),
                                ('canned', 'Thanks', 'text=Thank you'), ('view', 'Mine', 'query=agent:me'),
                                ('asset', 'P3', 'serial=123'),
                                ('outage', 'Power', 'start=2026-11-20T08:00', 'end=2026-11-20T08:30')):
        kip('office', 'add', kind, name, *fields)
        assert name in kip('office', 'list', kind), kind
        assert name in {entry['name'] for entry in kip.json('office', 'list', kind)}, kind
    assert '2026-11-20 08:00 → 2026-11-20 08:30' in kip('office', 'list', 'outage')
    kip('office', 'set', 'status', 'open', 'name=In work')
    assert 'In work\topen' in kip('office', 'list', 'status')
    kip.refused('office', 'set', 'person', 'Nobody', 'phone=1', why='Nobody')
    kip.refused('office', 'add', 'person', 'X', 'shoe=42', why='shoe')
    kip.refused('office', 'add', 'person', 'X', 'vip=maybe', why='yes, no')
    assert 'X' not in kip('office', 'list', 'person').splitlines()
    kip('office', 'set', 'asset', 'P3', 'deleted=yes')
    assert 'P3' not in kip('office', 'list', 'asset')


# ---- import and export ----

TABLE = ('Number;Subject;Opened;Status\r\n'
         '1;Máy in kẹt;2026-11-02 08:00;open\r\n'
         '2;"Two\r\nlines";2026-11-03 09:00;open\r\n'
         '3;;bad;open\r\n')


@case('import: preview, map, report, again, undo')
def _(kip):
    table = kip.path('table.csv', TABLE)
    before = kip.json('list')['count']
    same([ticket['external'] for ticket in kip.json('import', '--preview', table)], ['1', '2'])
    assert 'Máy in kẹt' in kip('import', '--preview', table)
    same(kip.json('list')['count'], before)
    report = kip.json('import', '--save-map', kip.path('map.ini'), '--report', kip.path('report.csv'), table)
    subset({'rows': 3, 'refused': 1, 'new': 2, 'known': 0}, report)
    with open(kip.path('report.csv'), encoding='utf-8') as file:
        assert 'bad' in file.read()
    with open(kip.path('map.ini'), encoding='utf-8') as file:
        assert 'subject=Subject' in file.read()
    subset({'new': 0, 'known': 2}, kip.json('import', '--map', kip.path('map.ini'), table))
    same(kip.json('list')['count'], before + 2)
    number, = kip.numbers('kẹt received:2026-11-02')
    subset({'external': '1', 'received': '2026-11-02T01:00:00Z'}, kip.show(number))
    kip.refused('import', '--undo', '99', why='99')
    kip('import', '--undo', report['batch'])
    same(kip.json('list')['count'], before)
    assert 'refused' in kip('import', table)
    kip('import', '--undo', kip.json('import', kip.path('more.csv', TABLE.replace('1;M', '7;M').replace('\n2;', '\n8;')))['batch'])
    same(kip.json('list')['count'], before + 2)


@case('import: what cannot be read')
def _(kip):
    table = kip.path('table.csv', TABLE)
    kip.refused('import', kip.path('missing.csv'), why='missing.csv')
    kip.refused('import', '--map', 'nope', table, why='nope')
    kip.refused('import', '--map', kip.path('bad.ini', '[columns]\nnope=Subject\n'), table)
    assert kip('import', '--describe-map').count('\n') > 20
    assert 'text' in kip.json('import', '--describe-map')


@case('import: a history, by the mapping that ships')
def _(kip):
    header = ('number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_by,opened_at,'
              'sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,subcategory,u_symptom,'
              'cmdb_ci,impact,urgency,priority,assignment_group,assigned_to,knowledge,u_priority_confirmation,notify,problem_id,'
              'rfc,vendor,caused_by,closed_code,resolved_by,resolved_at,closed_at').split(',')
    row = dict.fromkeys(header, '?') | {
        'number': 'INC0000045', 'caller_id': 'Caller 2403', 'opened_at': '29/2/2016 01:16', 'contact_type': 'Phone',
        'location': 'Location 143', 'category': 'Category 55', 'impact': '2 - Medium', 'urgency': '2 - Medium',
        'priority': '3 - Moderate', 'closed_at': '5/3/2016 12:00', 'resolved_at': '29/2/2016 11:29'}
    path = kip.path('log.csv', '')
    with open(path, 'w', encoding='utf-8', newline='') as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        for state, at in (('New', '29/2/2016 01:23'), ('Resolved', '29/2/2016 08:53'), ('Resolved', '29/2/2016 11:29'),
                          ('Closed', '5/3/2016 12:00')):
            writer.writerow(row | {'incident_state': state, 'sys_updated_at': at, 'sys_updated_by': 'Updated by 21'})
    report = kip.json('import', '--map', f'{SOURCE}/data/import-maps/uci-incident-log.ini', path)
    subset({'rows': 4, 'refused': 0, 'new': 1}, report)
    number, = kip.numbers('INC0000045')
    ticket = kip.show(number)
    subset({'external': 'INC0000045', 'phase': 'closed', 'received': '2016-02-28T18:16:00Z'}, ticket)
    assert len({event['at'] for event in ticket['history']}) >= 3, ticket['history']
    kip('import', '--undo', report['batch'])


@case('export')
def _(kip):
    out = kip.path('out.csv')
    same(kip.json('export', '', out), {'done': True, 'file': out})
    with open(out, encoding='utf-8', newline='') as file:
        rows = list(csv.DictReader(file))
    same(len(rows), kip.json('list')['count'])
    same(next(row for row in rows if row['number'] == 'A-1')['subject'], 'Máy in tầng 3 kẹt giấy')
    kip('export', '--for-people', 'may in kẹt giấy', out)
    with open(out, encoding='utf-8-sig', newline='') as file:
        same(len(list(csv.reader(file))), 2)
    kip.refused('export', 'foo:bar', out, why='foo')
    kip.refused('export', '', '/nowhere/out.csv', why='/nowhere')


# ---- care ----

@case('rebuild and check')
def _(kip):
    assert 'same' in kip('rebuild')
    same(kip.json('rebuild'), {'done': True})
    assert 'whole' in kip('check')
    answer = kip.json('check')
    assert answer['sound'] is True and len(answer['report']) >= 3, answer


@case('backup and restore')
def _(kip):
    backup = kip.path('all.kip')
    same(kip.json('backup', backup), {'done': True, 'file': backup})
    kip.refused('backup', '/nowhere/all.kip', why='/nowhere')
    before = kip.numbers('', '--sort', 'number')
    late = kip.new('After the backup')
    aside = kip.json('restore', backup)['set_aside']
    assert os.path.isfile(os.path.join(aside, 'kip.db')) and aside.startswith(os.path.join(kip.dir, 'set-aside', '2026-')), aside
    same(kip.numbers('', '--sort', 'number'), before)
    assert kip.numbers() and late not in kip.numbers()
    kip('check')
    kip('rebuild')
    # Into an empty folder: there is nothing to set aside, and the attachment came along.
    other = Office(kip.work, 'elsewhere')
    same(other('restore', backup), '')
    same(other.numbers('', '--sort', 'number'), before)
    holder, = [ticket['number'] for ticket in other.json('list', '"with a file"')['tickets']]
    other('save', holder, 'ảnh.txt', kip.path('restored.txt'))
    kip.refused('restore', kip.path('table.csv'), why='no backup')
    kip.refused('restore', kip.path('missing.kip'))
    same(kip.numbers('', '--sort', 'number'), before)


@case('check finds what is damaged')
def _(kip):
    other = Office(kip.work, 'elsewhere')
    stored = [os.path.join(folder, name) for folder, _, names in os.walk(os.path.join(other.dir, 'files')) for name in names]
    os.chmod(stored[0], 0o600)
    with open(stored[0], 'w', encoding='utf-8') as file:
        file.write('pixelz\n')
    same(other.json('check', status=FAILED)['sound'], False)
    other.refused('check')
    kip('check')


@case('a file that is no database is not touched')
def _(kip):
    other = Office(kip.work, 'ruin')
    os.mkdir(other.dir)
    path = os.path.join(other.dir, 'kip.db')
    with open(path, 'wb') as file:
        file.write(b'This is no database.' * 999)
    other.refused('list')
    other.refused('new', '--subject', 'x')
    other.refused('init', '--office', 'A', '--me', 'B')
    with open(path, 'rb') as file:
        same(file.read(), b'This is no database.' * 999)


# ---- what two people wrote at once; with two desks it is tried by the story of the windows ----

@case('conflicts and pick where nothing is in conflict')
def _(kip):
    same(kip.json('conflicts'), [])
    number = kip.numbers()[0]
    same(kip.json('conflicts', number), [])
    same(kip('conflicts'), '')
    kip.refused('conflicts', 'Z-9999')
    kip.refused('pick', number, 'subject', '1', why='nothing to choose')
    kip.refused('pick', number, 'nonsense', '1', why='nothing to choose')
    kip.refused('pick', number, '--of', 'Nobody at all')
    kip.wrong('pick', number)
    kip.wrong('conflicts', number, number)


# ---- the sample office ----

@case('what the manual shows as examples works')
def _(kip):
    fresh = Office(kip.work, 'examples')
    with open(f'{SOURCE}/data/man/kipctl.1', encoding='utf-8') as file:
        manual = file.read()
    examples = [line for line in manual.partition('.SH EXAMPLES')[2].replace('\\-', '-').splitlines()
                if line.startswith('kipctl ')]
    assert len(examples) >= 4, examples
    for line in examples:
        fresh(*shlex.split(line)[1:])
    same(fresh.numbers(), ['A-1'])


@case('init --sample in both languages')
def _(kip):
    for language, status in (('en', 'Open'), ('vi', 'Đang')):
        office = Office(kip.work, 'sample-' + language)
        office('init', '--office', 'Mẫu', '--me', 'Lan', '--sample', language=language)
        count = office.json('list')['count']
        assert 380 <= count <= 420, count
        assert 38 <= len(office.json('office', 'list', 'person')) <= 45
        assert any(entry['name'].startswith(status) for entry in office.json('office', 'list', 'status'))
        open_ones = office.json('list', 'is:open')['tickets']
        assert 10 <= len(open_ones) <= 100, len(open_ones)
        hour = office.json('list', 'due<1h -is:overdue')['count']
        assert hour >= 1, 'nothing is due within the hour'
        assert any(ticket['pause'] for ticket in open_ones)
        assert office.json('list', 'status:resolved,closed')['count'] > 250
        assert office('due', '--hours', '48', language=language)
        office('check')


def main():
    failed = 0
    print(f'1..{len(cases)}')
    with tempfile.TemporaryDirectory(prefix='kipctl-') as work:
        office = Office(os.path.realpath(work))
        for number, (title, function) in enumerate(cases, 1):
            try:
                function(office)
                print(f'ok {number} {title}', flush=True)
            except Exception:   # pylint: disable=broad-except
                failed += 1
                print(f'not ok {number} {title}')
                for line in traceback.format_exc().splitlines():
                    print('#', line, flush=True)
    return failed > 0


if __name__ == '__main__':
    sys.exit(main())
