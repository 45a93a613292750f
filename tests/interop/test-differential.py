#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same mail in our IMAP server and in Dovecot: the same answers.

Usage: test-differential.py PORTCALL-CLI

The default world's mail and the messages of nasty.py.  Where the two differ,
either we are wrong and are put right, or the difference stands below with its
reason.
"""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import dovecot
import nasty
import rawimap
import servers

if dovecot.MISSING:
    print(f'skipped: {dovecot.MISSING}')
    sys.exit(servers.SKIP)

# Maildir keeps line ends as the system has them, so Dovecot alters these.
ALTERED = {'bare-cr'}

OBSOLETE = ('RFC 5322 has no grammar for it, so there is no right answer; '
            'Dovecot says MISSING_… or SYNTAX_ERROR, we show what is there')
ONCE = ('RFC 5322 3.6 allows the field once: Dovecot joins the lists or takes '
        'the last, we take the first')
INVALID_TYPE = ('RFC 2045 5.2: without a valid type, a part counts as '
                'text/plain in us-ascii; Dovecot shows an empty type')
NOT_WORD = ('RFC 2045 5.1 has no such parameter or disposition: we leave it '
            'out, Dovecot shows it with an empty name')
BOUNDARY = 'RFC 2046 5.1.1: a boundary has 1 to 70 characters'
PREFIX = ('RFC 2046 5.1.1: the grammar lets only blanks follow a boundary; '
          'the prose lets anything')
LAST_END = ('RFC 2046 5.1.1: the CRLF before a delimiter belongs to it; '
            'Dovecot counts it to a multipart inside')
SHARED_END = ('RFC 2046 5.1.1: the header ends where the delimiter begins; '
              'Dovecot takes the CRLF between them from the header')
BLANK_LINE = ('RFC 9051 6.4.5: the blank line is always there; Dovecot leaves '
              'it out where the message has none')

# item: {message: why the two may differ}
ALLOWED = {
    b'ENVELOPE': {
        'address-comment': 'RFC 5322 3.4: a comment may be a name; Dovecot '
                           'takes it only behind the address',
        'address-spaces': 'RFC 5322 4.4: blanks around dots are obsolete, '
                          'but legal; Dovecot calls it an error',
        'address-trailing-comma': 'RFC 5322 4.4: obs-mbox-list may have empty '
                                  'members; they are no addresses',
        'address-no-angle': OBSOLETE,
        'address-no-domain': OBSOLETE,
        'address-empty-angle': OBSOLETE,
        'address-semicolon': OBSOLETE,
        'address-unclosed-quote': OBSOLETE,
        'address-unclosed-angle': OBSOLETE,
        'address-unclosed-comment': OBSOLETE,
        'address-two-fields': ONCE,
        'twice': ONCE,
    },
    b'BODY[1]': {
        'empty-boundary': BOUNDARY,
        'boundary-prefix': PREFIX,
        'inner-same': LAST_END,
        'inner-prefix': LAST_END,
        'message-multipart': LAST_END,
    },
    b'BODY[1.MIME]': {
        'empty-boundary': BOUNDARY,
        'part-empty': SHARED_END,
        'part-only-header': SHARED_END,
        'part-no-blank': SHARED_END,
    },
    b'BODY[HEADER.FIELDS.NOT (FROM TO DATE)]': {
        'no-blank-line': BLANK_LINE,
        'one-line': BLANK_LINE,
    },
    b'BODYSTRUCTURE': {
        'type-none': INVALID_TYPE,
        'type-word': INVALID_TYPE,
        'type-slash': INVALID_TYPE,
        'type-junk2': NOT_WORD,
        'disposition-odd': NOT_WORD,
        'disposition-empty': NOT_WORD,
        'language-odd': 'RFC 3282 2: no empty members; Dovecot stops at one',
        'empty-boundary': BOUNDARY,
        'boundary-prefix': PREFIX,
        'message-multipart': LAST_END,
        'message-external': 'RFC 2045 5.1: a value with "/" must be quoted',
    },
}
ALLOWED[b'BODY'] = ALLOWED[b'BODYSTRUCTURE']

CRITERIA = '''
ALL
SEEN
UNSEEN
ANSWERED
FLAGGED
DELETED
UNDELETED
DRAFT
UNDRAFT
UNFLAGGED
UNANSWERED
NEW
OLD
RECENT
KEYWORD $Nothing
UNKEYWORD $Nothing
1:10
*
5:*
UID 3:7
NOT 1:20
NOT SEEN FLAGGED
OR SEEN FLAGGED
OR OR SEEN FLAGGED NOT ANSWERED
(SEEN FLAGGED)
(OR (SEEN) (FLAGGED)) NOT (DELETED)
LARGER 500
SMALLER 500
LARGER 200 SMALLER 400
FROM robin
FROM ROBIN
FROM "robin@example.test"
FROM "Robin Hale"
FROM hale
FROM nobody
TO alex
TO "x.test"
TO Friends
TO "Smith, John"
CC c@x.test
BCC b@x.test
SUBJECT folded
SUBJECT "Gr\u00fc\u00dfe"
SUBJECT "gr\u00fc"
SUBJECT "\u20ac end"
SUBJECT "long long"
SUBJECT ""
HEADER SUBJECT ""
HEADER MESSAGE-ID ""
HEADER MESSAGE-ID "example.test"
HEADER X-AFTER yes
HEADER X-NONE ""
HEADER TO "Andr\u00e9"
HEADER CONTENT-TYPE multipart
BODY text
BODY "Gr\u00fc\u00dfe"
BODY "\u00fcber"
BODY "bottom"
BODY "not in any"
TEXT "Moreau"
TEXT "JUST TEXT"
TEXT "inner3"
TEXT "boundary=inner"
SINCE 10-Jun-2026
BEFORE 10-Jun-2026
ON 10-Jun-2026
SENTSINCE 3-Jun-2026
SENTBEFORE 3-Jun-2026
SENTON 2-Jun-2026
SENTON 5-Jun-2026
SENTON 6-Jun-2026
SINCE 5-Jun-2026 NOT SINCE 9-Jun-2026 FROM robin
NOT (OR FROM robin TO alex) SMALLER 300
OR SUBJECT type BODY one
'''.strip().splitlines()

LISTED = ('RFC 9051 6.4.4: the strings of ENVELOPE count, and the two differ '
          'there')
UNKNOWN_CODE = ('RFC 9051 6.4.4: Dovecot does not search what it does not '
                'know how to decode, or the type of')

# criterion: {messages on which the two may differ: why}
ALLOWED_SEARCH = {
    'TO "x.test"': {
        'address-spaces': 'we search the field as it is written',
        'address-unclosed-quote': LISTED,
        'address-unclosed-comment': LISTED,
    },
    'OR SUBJECT type BODY one': {'empty-boundary': BOUNDARY},
    'BODY text': dict.fromkeys(('type-none', 'type-word', 'type-slash',
                                'encoding-odd', 'encoding-empty'),
                               UNKNOWN_CODE),
    'TEXT "JUST TEXT"': dict.fromkeys(
        ('type-none', 'type-word', 'type-slash', 'encoding-odd',
         'encoding-empty'), UNKNOWN_CODE),
    'SENTSINCE 3-Jun-2026': {'date-short': OBSOLETE},
    'SENTON 5-Jun-2026': {'date-short': OBSOLETE},
}
# RFC 9051 6.4.4: without a Date there is nothing to compare.  For Dovecot, such
# a message is very old.
NEVER_SENT_BEFORE = 'SENTBEFORE 3-Jun-2026'


def fold(value):
    """What may be written in several ways, written in one: blanks."""
    if isinstance(value, list):
        return [fold(item) for item in value]
    return value if isinstance(value, rawimap.Atom) else b' '.join(
        value.split())


def is_multipart(body):
    return isinstance(body[0], list)


def fold_part(body):
    """A body structure in one way of writing."""
    if is_multipart(body):
        count = next(i for i, item in enumerate(body)
                     if not isinstance(item, list))
        return [*map(fold_part, body[:count]), body[count].lower(),
                *map(fold_params, body[count + 1:count + 2]),
                *map(fold_extension, body[count + 2:])]
    body = list(body)
    body[2] = [pair for pair in fold_params(body[2])
               if pair != (b'charset', b'us-ascii')]
    for i in 0, 1, 5:
        body[i] = body[i].lower()
    if body[:2] == [b'message', b'rfc822']:
        body[7:9] = [fold(body[7]), fold_part(body[8])]
    return body[:8] + list(map(fold_extension, body[8:]))


def fold_params(params):
    """RFC 2045 5.1: the order does not matter."""
    if not isinstance(params, list):
        return []
    return sorted(zip(params[::2], params[1::2]))


def fold_extension(value):
    """A disposition has a list inside; one language may be in a list."""
    if not isinstance(value, list):
        return value
    if len(value) == 2 and (value[1] == b'NIL' or isinstance(value[1], list)):
        return [value[0], fold_params(value[1])]
    return value[0] if len(value) == 1 else value


def list_sections(body, prefix='', top=True):
    """The numbers of all parts, and what else can be asked of each."""
    if is_multipart(body):
        for i, part in enumerate(body):
            if not isinstance(part, list):
                break
            yield from list_part(part, f'{prefix}{i + 1}')
    elif top:
        yield from list_part(body, f'{prefix}1')


def list_part(part, number):
    yield number
    yield f'{number}.MIME'
    if is_multipart(part):
        yield from list_sections(part, f'{number}.', False)
    elif [item.lower() for item in part[:2]] == [b'message', b'rfc822']:
        yield f'{number}.HEADER'
        yield f'{number}.TEXT'
        yield from list_sections(part[8], f'{number}.')


class Differential(servers.Case):
    def make_options(self):
        """RFC 6855 4: octets above 127 in a header cannot be appended by a
        client that has not asked for it, so they are there before."""
        self.letters = self.collect_letters()
        loaded = [name for name, letter in self.letters.items()
                  if not letter.partition(b'\r\n\r\n')[0].isascii()]
        self.n_loaded = len(loaded)
        self.names = loaded + [name for name in self.letters
                               if name not in loaded]
        messages = []
        for name in loaded:
            (self.here / name).write_bytes(self.letters[name])
            messages.append({'from_file': name, 'age_hours': 0})
        world = self.here / 'world.json'
        world.write_text(json.dumps({
            'format': 'portcall-world', 'format_version': 1,
            'accounts': [{'user': 'alex', 'password': 'portcall',
                          'mailboxes': [{'name': 'Same',
                                         'messages': messages}]}]}))
        return ['--world', str(world)]

    def setUp(self):
        super().setUp()
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix='portcall-'))
        self.dir.chmod(0o755)
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)
        port, _ = dovecot.start(self, self.dir, [])
        self.ours = rawimap.Client(self.ports['imap'])
        self.theirs = rawimap.Client(port)
        for client in self.ours, self.theirs:
            self.addCleanup(client.close)
        self.ours.command('EXAMINE Same') # which leaves them recent
        dates = self.ours.fetch('INTERNALDATE')
        self.ours.command('CLOSE')
        self.theirs.command('CREATE Same')
        for number, name in enumerate(self.names[:self.n_loaded], 1):
            self.theirs.append(
                'Same', dates[number][b'INTERNALDATE'].decode(),
                self.letters[name])
        for client in self.ours, self.theirs:
            self.fill(client)

    def start(self, *command):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL,
                                   env={**os.environ, 'TZ': 'UTC'})
        self.addCleanup(process.wait, 20)
        self.addCleanup(process.send_signal, signal.SIGTERM)

    def collect_letters(self):
        """The default world's, as our own IMAP shows them, and the nasty."""
        letters = {}
        world = servers.Servers(self.cli)
        self.addCleanup(world.abandon)
        client = rawimap.Client(world.ports['imap'])
        for reply in client.command('LIST "" *'):
            client.command(b'EXAMINE "%s"' % reply[-1])
            for letter in client.fetch('BODY.PEEK[]').values():
                letters[f'world-{len(letters)}'] = letter[b'BODY[]']
        client.close()
        self.assertEqual(world.end(), (0, b''))
        letters.update(nasty.LETTERS)
        for name in ALTERED:
            del letters[name]
        return letters

    def fill(self, client):
        for i, name in enumerate(self.names[self.n_loaded:]):
            client.append('Same', f'{i % 28 + 1:02}-Jun-2026 10:11:12 +0000',
                          self.letters[name])
        client.command('SELECT Same')
        for which, flags in (('1:40', r'\Seen'), ('30:60', r'\Flagged'),
                             ('50,52', r'\Answered'), ('55:58', r'\Deleted'),
                             ('60', r'\Draft')):
            client.command(f'STORE {which} +FLAGS.SILENT ({flags})')

    def compare(self, item, normalise=fold):
        ours, theirs = self.ours.fetch(item), self.theirs.fetch(item)
        self.assertEqual(len(ours), len(self.names))
        key = item.encode().upper()
        for number, name in enumerate(self.names, 1):
            if name in ALLOWED.get(key, ()):
                continue
            with self.subTest(item=item, name=name):
                self.assertEqual(normalise(ours[number][key]),
                                 normalise(theirs[number][key]))

    def check_items(self):
        self.compare('RFC822.SIZE')
        self.compare('INTERNALDATE', lambda date: date.strip().lstrip(b'0'))
        self.compare('UID')
        self.compare('ENVELOPE')
        self.compare('BODYSTRUCTURE', fold_part)
        self.compare('BODY', fold_part)

    def assert_same_octets(self, ours, theirs, name):
        """No such part: NIL, or no octets (RFC 9051 7.5.2)."""
        self.assertEqual(list(ours), list(theirs))
        for item, octets in ours.items():
            if name in ALLOWED.get(item, ()):
                continue
            self.assertEqual(b'' if octets == b'NIL' else octets,
                             b'' if theirs[item] == b'NIL' else theirs[item],
                             item)

    def check_whole_sections(self):
        for section in ('', 'HEADER', 'TEXT', '1', '1.MIME', 'HEADER.FIELDS '
                        '(SUBJECT TO)', 'HEADER.FIELDS (X-NONE)',
                        'HEADER.FIELDS.NOT (FROM TO DATE)'):
            item = f'BODY.PEEK[{section}]'
            ours, theirs = self.ours.fetch(item), self.theirs.fetch(item)
            for number, name in enumerate(self.names, 1):
                with self.subTest(section=section, name=name):
                    self.assert_same_octets(ours[number], theirs[number],
                                            name)

    def check_all_sections(self):
        structures = self.theirs.fetch('BODYSTRUCTURE')
        for number, name in enumerate(self.names, 1):
            if name in ALLOWED[b'BODYSTRUCTURE']:
                continue
            sections = [*list_sections(structures[number][b'BODYSTRUCTURE']),
                        '7', '1.HEADER', '1.TEXT']
            items = ' '.join(f'BODY.PEEK[{section}]'
                             for section in dict.fromkeys(sections))
            items += ' BODY.PEEK[]<10.20> BODY.PEEK[TEXT]<0.5>' \
                     ' BODY.PEEK[]<99999.5> BODY.PEEK[1]<2.3>'
            with self.subTest(name=name):
                self.assert_same_octets(
                    self.ours.fetch(items, str(number))[number],
                    self.theirs.fetch(items, str(number))[number], name)

    def search(self, client, criterion):
        if not criterion.isascii():
            criterion = f'CHARSET UTF-8 {criterion}'
        numbers = client.search(criterion)
        self.assertIsInstance(numbers, list, criterion)
        return {self.names[n - 1] for n in numbers}

    def check_search(self):
        self.assertGreaterEqual(len(CRITERIA), 60)
        dated = self.search(self.theirs, 'SENTSINCE 2-Jan-1970')
        for criterion in CRITERIA:
            ours = self.search(self.ours, criterion)
            theirs = self.search(self.theirs, criterion)
            if criterion == NEVER_SENT_BEFORE:
                theirs &= dated
            allowed = set(ALLOWED_SEARCH.get(criterion, ()))
            with self.subTest(criterion=criterion):
                self.assertEqual(sorted(ours - allowed),
                                 sorted(theirs - allowed))

    def test_same(self):
        self.check_items()
        self.check_whole_sections()
        self.check_all_sections()
        self.check_search()


if __name__ == '__main__':
    servers.main()
