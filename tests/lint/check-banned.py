#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls that have a safer twin, and what a test may not do."""
import re

import lint

EVERYWHERE = {
    'strcpy': 'g_strlcpy or g_strdup',
    'strcat': 'GString',
    'strncpy': 'g_strlcpy',
    'strtok': 'g_strsplit',
    'sprintf': 'g_strdup_printf or g_snprintf',
    'g_sprintf': 'g_strdup_printf or g_snprintf',
    'vsprintf': 'g_strdup_vprintf',
    'gets': 'fgets',
    'atoi': 'g_ascii_string_to_signed',
    'atol': 'g_ascii_string_to_signed',
    'atof': 'integers',
    'alloca': 'g_new',
    'g_alloca': 'g_new',
    'g_newa': 'g_new',
    'system': 'GSubprocess',
    'popen': 'GSubprocess',
    'tmpnam': 'g_dir_make_tmp',
    'mktemp': 'g_dir_make_tmp',
    'sleep': 'a condition to wait for',
    'usleep': 'a condition to wait for',
    'nanosleep': 'a condition to wait for',
    'g_usleep': 'a condition to wait for',
    'localtime': 'GDateTime',
    'gmtime': 'GDateTime',
}
IN_TESTS = {
    'g_test_skip': 'a test that always runs',
    'g_test_incomplete': 'a test that always runs',
}
NOW = {name: 'kip_clock_now ()' for name in (
    'g_get_real_time', 'g_get_current_time', 'g_date_time_new_now', 'g_date_time_new_now_local',
    'g_date_time_new_now_utc', 'gettimeofday', 'time')}
CLOCK = 'src/core/kip-clock.c'
CALL = re.compile(r'(?<![\w.>])(\w+)\s*\(')
# Only the fraction that a bar on the screen shows may be one.
FLOAT = re.compile(r'\b(double|float|g_ascii_strtod)\b(?![^\n]*\b(fraction|target)\b)')
PYTHON_SLEEP = re.compile(r'\btime\.sleep\b')
WAITING = 'tests/e2e/lib/'     # the one place that may: it polls


def banned_for(path):
    banned = dict(EVERYWHERE)
    if path.startswith('tests/'):
        banned.update(IN_TESTS)
    elif path != CLOCK:
        banned.update(NOW)
    return banned


def check(path, text):
    if path.endswith('.py'):
        if not path.startswith((WAITING, 'tests/lint/')):
            for line, _ in lint.matches(PYTHON_SLEEP, text):
                yield line, 'time.sleep: wait for a condition'
        return
    code = lint.code_only(text)
    banned = banned_for(path)
    for line, call in lint.matches(CALL, code):
        if call[1] in banned:
            yield line, f'{call[1]} is not for us; use {banned[call[1]]}'
    if path.startswith(('src/core/', 'src/sla/')) and not path.startswith('src/core/kip-clock.'):
        for line, word in lint.matches(FLOAT, code):
            yield line, f'{word[1]}: every machine must compute the same, use integers'


if __name__ == '__main__':
    lint.run(check, ['src', 'tests'], ['.c', '.h', '.py'])
