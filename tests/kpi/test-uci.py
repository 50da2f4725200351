#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-uci.py KIPCTL TOP: a real incident log, imported and measured, against figures counted elsewhere.

The log and the figures lie beside the sources (or where KIP_SHARED says); without them a
handful of incidents written here, with their figures worked out by hand, is measured."""
import csv
import datetime
import gzip
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile

KIPCTL, TOP = sys.argv[1:3]
SHARED = os.environ.get('KIP_SHARED', os.path.join(TOP, '..', 'shared'))
MAPPING = os.path.join(TOP, 'data/import-maps/uci-incident-log.ini')

# Three incidents: 60 and 180 minutes to resolve, and one that was only closed.
SMALL = '''number,incident_state,sys_updated_by,opened_at,sys_updated_at,priority,resolved_at,closed_at
INC1,New,1,2016-03-01T08:00:00,2016-03-01T08:00:00,3,2016-03-01T09:00:00,2016-03-02T09:00:00
INC1,Resolved,1,2016-03-01T08:00:00,2016-03-01T09:00:00,3,2016-03-01T09:00:00,2016-03-02T09:00:00
INC1,Closed,1,2016-03-01T08:00:00,2016-03-02T09:00:00,3,2016-03-01T09:00:00,2016-03-02T09:00:00
INC2,New,2,2016-03-31T23:30:00,2016-03-31T23:30:00,2,2016-04-01T02:30:00,2016-04-05T00:00:00
INC2,Resolved,2,2016-03-31T23:30:00,2016-04-01T02:30:00,2,2016-04-01T02:30:00,2016-04-05T00:00:00
INC3,New,2,2016-04-02T10:00:00,2016-04-02T10:00:00,3,,2016-04-03T10:00:00
INC3,Closed,2,2016-04-02T10:00:00,2016-04-03T10:00:00,3,,2016-04-03T10:00:00
'''
SMALL_FIGURES = {'incidents': 3, 'opened_per_month': {'2016-03': 2, '2016-04': 1}, 'resolved': 2,
                 'mean_minutes_to_resolve': 120.0, 'median_minutes_to_resolve': 120.0,
                 'priority_last_event': {'1': 0, '2': 1, '3': 2, '4': 0}}

done = 0


def say(good, title, why=''):
    global done
    done += 1
    print(f'{"ok" if good else "not ok"} {done} {title}' + ('' if good else f'\n# {why}'), flush=True)
    return good


def same(title, value, expected):
    return say(value == expected, title, f'{value!r}, should be {expected!r}')


def read():
    path = os.path.join(SHARED, 'data/uci_incident_event_log.csv.gz')
    figures = os.path.join(SHARED, 'vectors/kpi_uci.json')
    if not (os.path.exists(path) and os.path.exists(figures)):
        print('# measured: three incidents of our own')
        return SMALL, SMALL_FIGURES
    print('# measured: the UCI incident event log')
    with gzip.open(path, 'rt', encoding='utf-8') as file, open(figures, encoding='utf-8') as expected:
        return file.read(), json.load(expected)


def write_table(log, path):
    """With every column that the mapping names."""
    rows = list(csv.DictReader(io.StringIO(log)))
    names = ('u_symptom caller_id location contact_type category subcategory impact urgency assigned_to assignment_group '
             'cmdb_ci closed_code resolved_by u_priority_confirmation').split()
    names = list(rows[0]) + [name for name in names if name not in rows[0]]
    with open(path, 'w', encoding='utf-8', newline='') as file:
        writer = csv.DictWriter(file, names, restval='')
        writer.writeheader()
        writer.writerows(rows)


def final_words(log):
    """resolved_at of each incident's last row, and the incidents that Kip dates otherwise."""
    last, state, other = {}, {}, set()
    for row in csv.DictReader(io.StringIO(log)):
        number = row['number']
        last[number] = row['resolved_at']
        before, time = state.get(number, ('', ''))
        if row['incident_state'] == 'Resolved' == before or row['sys_updated_at'] < time:
            other.add(number)
        state[number] = row['incident_state'], row['sys_updated_at']
    return last, other


def minutes(ticket):
    received, resolved = (datetime.datetime.fromisoformat(ticket[key].replace('Z', '+00:00')) for key in ('received', 'resolved'))
    return (resolved - received).total_seconds() / 60


def look_ahead(kip, day):
    """The forecast of that midnight's two weeks: days, and how many of them ended within the band."""
    then = {'KIP_CLOCK': f'{day}T00:00:00+00:00 x0.001'}
    days = json.loads(kip('kpi', env=then))['forecast']['days']
    inside = []
    for figure in ('received', 'open'):
        last = (datetime.date.fromisoformat(day) + datetime.timedelta(days=13)).isoformat()
        groups = json.loads(kip('kpi', '--from', day, '--to', last, '--by', 'day'))['groups']
        came = [group['measures'][figure]['value'] for group in groups]
        assert len(came) == len(days)
        inside.append(sum(each[figure]['low'] <= value <= each[figure]['high'] for each, value in zip(days, came)))
    return len(days), inside


def forecasts(kip):
    """From every other day on which the log has eight weeks behind it and two before it ends."""
    n, received, still_open = 0, 0, 0
    for day in ('2016-04-27', '2016-04-29', '2016-05-02', '2016-05-04', '2016-05-06', '2016-05-09', '2016-05-11', '2016-05-13'):
        days, inside = look_ahead(kip, day)
        n, received, still_open = n + days, received + inside[0], still_open + inside[1]
    print(f'# forecast: of {n} days {received} received and {still_open} open as many as the band holds')
    good = say(received >= 0.75 * n, 'the band of arrivals holds eight of ten, or nearly', f'{received} of {n}')
    return good & say(still_open >= 0.6 * n, 'the band of open tickets holds most', f'{still_open} of {n}')


def main(folder):
    log, figures = read()
    office, table = os.path.join(folder, 'office'), os.path.join(folder, 'log.csv')

    def kip(*words, env=None):
        return subprocess.run([KIPCTL, '--data', office, '--json', *words], check=True, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, encoding='utf-8', env={**os.environ, **(env or {})}).stdout

    def kpi(*words):
        return json.loads(kip('kpi', '--from', '2016-01-01', '--to', '2017-12-31', '--elapsed', *words))['groups']

    write_table(log, table)
    kip('init', '--office', 'Log', '--me', 'Reader', '--language', 'en', '--time-zone', 'UTC')
    kip('import', '--map', MAPPING, table)
    good = same('incidents', kpi()[0]['measures']['received']['n'], figures['incidents'])
    months = {group['from'][:7]: group['measures']['received']['n'] for group in kpi('--by', 'month')}
    good &= same('received a month', {month: n for month, n in months.items() if n}, figures['opened_per_month'])
    ranks = {str(i + 1): group['measures']['received']['n'] for i, group in enumerate(kpi('--by', 'priority'))}
    good &= same('received by priority', ranks, figures['priority_last_event'])
    # Those that the log itself calls resolved, not only closed.  It dates the resolution by
    # the last time it was written down, Kip by the first since the incident was open.  Where it
    # was written twice in a row, or rows are not in order of time, the log's own instant is taken.
    last, other = final_words(log)
    tickets = [ticket for ticket in json.loads(kip('list'))['tickets'] if last[ticket['external']]]
    for ticket in tickets:
        if ticket['external'] in other:
            ticket['resolved'] = last[ticket['external']] + 'Z'
    good &= say(sum(ticket['external'] in other for ticket in tickets) * 20 < len(tickets) or len(tickets) < 20,
                'few are dated otherwise')
    times = [minutes(ticket) for ticket in tickets]
    good &= same('resolved', len(times), figures['resolved'])
    good &= same('median minutes', statistics.median(times), figures['median_minutes_to_resolve'])
    good &= same('mean minutes', round(statistics.mean(times), 4), figures['mean_minutes_to_resolve'])
    if log is SMALL:
        why_not = json.loads(kip('kpi'))['forecast']['why_not']
        return good & same('three incidents are too few for a forecast', why_not is None, False)
    return good & forecasts(kip)


with tempfile.TemporaryDirectory(prefix='kip-uci-') as work:
    fine = main(work)
    print(f'1..{done}')
    sys.exit(0 if fine else 1)
