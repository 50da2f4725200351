#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""No text that a person reads escapes translation: in .ui files, in the usual setters
and in errors; and every file with texts is named in po/POTFILES.in."""
import os
import re
import sys
import xml.etree.ElementTree as ElementTree

import lint

READ = {'label', 'title', 'subtitle', 'tooltip-text', 'placeholder-text', 'heading', 'body',
        'description', 'text', 'comments', 'primary-text', 'secondary-text', 'menu-label',
        'tooltip-markup', 'accelerator-label'}
WORD = re.compile(r'[^\W\d_]{2}')
PROPERTY = re.compile(r'<(?:property|attribute)\b([^>]*)>([^<]*)</')
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')

SETTER = re.compile(r'''\b(
    (?:gtk|adw)_\w+_set_(?:label|title|subtitle|tooltip_text|tooltip_markup|placeholder_text|markup
                          |heading|body|description|button_label)
  | gtk_(?:label|button)_new(?:_with_label|_with_mnemonic)?
  | gtk_label_set_text | gtk_(?:check|toggle|menu)_button_new_with_label
  | adw_toast_new(?:_format)? | adw_message_dialog_new | notify_notification_new
  | g_set_error(?:_literal)? | g_error_new(?:_literal)? | g_task_return_new_error
)\s*\(''', re.VERBOSE)
ERRORS = re.compile(r'^g_')
TRANSLATED = re.compile(r'\b(_|N_|C_|NC_|Q_|gettext|ngettext|g_dngettext|g_dgettext|dgettext|g_dpgettext2)\s*\(')
LITERAL = re.compile(r'"((?:\\.|[^"\\])*)"')
CONVERSION = re.compile(r'%[-+0 #\d.*l]*[a-zA-Z]|"\s*G_G\w+_FORMAT\s*"|</?\w+[^>]*>|\\.')


def closing(text, start):
    """The offset after the parenthesis that closes the one before START."""
    depth = 1
    for match in re.finditer(r'"(?:\\.|[^"\\])*"|[()]', text[start:]):
        depth += {'(': 1, ')': -1}.get(match[0], 0)
        if depth == 0:
            return start + match.end()
    return len(text)


def without_translated(arguments):
    while True:
        call = TRANSLATED.search(arguments)
        if not call:
            return arguments
        arguments = arguments[:call.start()] + arguments[closing(arguments, call.end()):]


def check_c(text):
    code = lint.without_comments(text)
    for line, call in lint.matches(SETTER, code):
        arguments = code[call.end():closing(code, call.end())]
        if ERRORS.match(call[1]) and 'KIP_ERROR' not in arguments:
            continue
        for literal in LITERAL.finditer(without_translated(arguments)):
            if WORD.search(CONVERSION.sub('', literal[1])):
                yield line, f'{call[1]}: "{literal[1][:40]}" is not translated'


def check_ui(text):
    for line, item in lint.matches(PROPERTY, text):
        attributes = dict(ATTRIBUTE.findall(item[1]))
        name = attributes.get('name', '').replace('_', '-')
        if name not in READ or not WORD.search(item[2]):
            continue
        if attributes.get('translatable') != 'yes':
            yield line, f'{name} "{item[2].strip()[:40]}" is not translatable'


def has_texts(path, text):
    if path.endswith('.ui'):
        return any(item.get('translatable') == 'yes'
                   for item in ElementTree.fromstring(text).iter())
    return TRANSLATED.search(lint.code_only(text)) is not None


def check_potfiles(top):
    with open(os.path.join(top, 'po/POTFILES.in'), encoding='utf-8') as file:
        named = [line.strip() for line in file if line.strip() and line[0] != '#']
    for path in named:
        if not os.path.exists(os.path.join(top, path)):
            yield f'po/POTFILES.in names {path}, which is not there'
        if named.count(path) > 1:
            yield f'po/POTFILES.in names {path} twice'
    for path in lint.files(top, ['src'], ['.c', '.h', '.ui']):
        if path not in named and has_texts(path, lint.read(top, path)):
            yield f'{path} has texts, but po/POTFILES.in does not name it'


def check(path, text):
    return check_ui(text) if path.endswith('.ui') else check_c(text)


if __name__ == '__main__':
    unnamed = sorted(set(check_potfiles(sys.argv[1])))
    print('\n'.join(unnamed))
    if unnamed:
        sys.exit(1)
    lint.run(check, ['src'], ['.c', '.ui'])
