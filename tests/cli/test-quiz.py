# SPDX-License-Identifier: GPL-3.0-or-later
"""Quizzes in a terminal, over a pipe: a session for every type of question,
what is kept of it, and what is said about a wrong call."""

import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile
import unittest

CLI = sys.argv[1]
BANK = sys.argv[2]


class Quiz(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = pathlib.Path(folder.name)

    def call(self, *args, typed=''):
        env = dict(os.environ, XDG_DATA_HOME=str(self.home))
        return subprocess.run([CLI, 'quiz', *args], input=typed, text=True,
                              capture_output=True, check=False, timeout=60,
                              env=env, encoding='utf-8')

    def ask(self, tag, *lines, args=()):
        result = self.call(BANK, '--tag', tag, '--seed', '7', *args,
                           typed='\n'.join(lines) + '\n')
        self.assertEqual((result.returncode, result.stderr), (0, ''))
        return result.stdout

    def shown(self, tag):
        """What there is to choose from: text to the number or letter."""
        text = self.ask(tag, 'q', args=['--no-record'])
        return {text: label for label, text in
                re.findall(r'^ +([0-9]+|[a-z])\) (.*)$', text, re.M)}

    def record(self):
        """Item, choice, correct, certainty of every answer kept."""
        with sqlite3.connect(self.home / 'portcall' / 'record.db') as db:
            names = [row[0] for row in db.execute(
                "select name from sqlite_master where type = 'table'")]
            self.assertIn('answers', names)
            return db.execute('select item, choice, correct, certainty '
                              'from answers order by id').fetchall()

    def check(self, tag, choice, *lines):
        """A right answer: told and kept."""
        out = self.ask(tag, *lines, '3', 'q')
        self.assertIn('\nRight.\n', out)
        self.assertIn('\n1 of 1 right.\n', out)
        self.assertEqual(self.record()[-1], (tag, choice, 1, 3))
        return out

    def test_single(self):
        there = self.shown('one')
        out = self.ask('one', there['110'], '2', 'e', 'w', '', there['143'],
                       '3', 'q')
        # The second time the options stand elsewhere, perhaps.
        self.assertIn('Not right.\n  [wrong] 110\n'
                      '      110 is the port of POP3.\n'
                      '      Right when: The client speaks POP3.\n'
                      '  [missed] 143\n', out)
        self.assertIn('  · 25\n      Right when: A server hands mail on.', out)
        self.assertIn('\nWhy\nIANA gave it 143.\n', out)
        self.assertIn('  · 110: The client speaks POP3.\n', out)
        self.assertIn('RFC 9051 §2.1', out)
        self.assertRegex(out, r'\n> +2  server → phone  \* OK ')
        self.assertIn('\nOnce more · ', out)
        self.assertEqual(self.record()[0], ('one', 'b', 0, 2))
        self.check('one', 'a', there['143'])

    def test_multiple(self):
        there = self.shown('some')
        out = self.check('some', 'a,b', there['RETR'] + ' ' + there['STAT'])
        self.assertIn('  [right] RETR\n      RETR only reads.\n', out)
        out = self.ask('some', there['RETR'], '', 'q')
        self.assertIn('Partly right.\n', out)
        self.assertEqual(self.record()[-1], ('some', 'a', 0, 0))

    def test_number(self):
        out = self.ask('typed', 'many', '69', '21/tcp', '1', 'q')
        self.assertEqual(out.count('Type an answer; '), 2)
        self.assertIn('  [wrong] 21/tcp\n      21 is FTP.\n'
                      '      Right when: It is FTP.\n  [missed] 69\n', out)
        self.check('typed', '69/udp', 'udp 69')

    def test_match(self):
        there = self.shown('pairs')
        right = [there['IMAP'] + there['143'], there['POP3'] + there['110'],
                 there['SMTP'] + there['25']]
        self.check('pairs', 'imap=p143,pop3=p110,smtp=p25', ' '.join(right))
        right[2] = there['SMTP'] + there['69']
        out = self.ask('pairs', '1a', '1a 1b 2c', ', '.join(right), '1', 'q')
        self.assertEqual(out.count('Every number needs one letter.'), 2)
        self.assertIn('Partly right.\n  [right] IMAP → 143\n'
                      '      IMAP listens on 143.\n', out)
        self.assertIn('  [wrong] SMTP → 69\n      69 is TFTP.\n'
                      '      Right is: 25\n'
                      '      Right when: A switch fetches a file.\n', out)

    def test_order(self):
        there = self.shown('steps')
        steps = [there['The client logs in'],
                 there['The client asks for the number'],
                 there['The client asks for the sizes'],
                 there['The client marks a message'],
                 there['The client says goodbye']]
        decoy = there['The client expunges the mailbox']
        self.check('steps', 's1,s3,s2,s4,s5', ' '.join(steps))
        out = self.ask('steps', '1 1', ' '.join(steps + [decoy]), '1', 'q')
        self.assertIn('each once.', out)
        self.assertIn('Partly right.\n', out)
        self.assertIn('  [wrong] The client expunges the mailbox\n'
                      '      EXPUNGE is IMAP.\n'
                      '      Right when: It is IMAP.\n', out)

    def test_fault(self):
        there = self.shown('wrong-line')
        reason = there['A marked message is out of reach']
        other = there['The number of octets is too small']
        out = self.check('wrong-line', 'l8;r1', '8', '9', reason)
        self.assertIn('    4 N: The desktop deletes the message.\n', out)
        self.assertIn('  [right] +OK 283 octets\n'
                      '      Right is: -ERR Message 1 is deleted\n', out)
        out = self.ask('wrong-line', '8', other, '1', 'q')
        self.assertIn('Partly right.\n', out)
        self.assertIn('      Right when: LIST had told another size.\n', out)
        self.check('wrong-packets', 'p3,p5', '5 3')

    def test_predict(self):
        there = self.shown('next-code')
        self.check('next-code', 'a', there['354 and waits'])
        self.check('next-code', '=354 go ahead', '354 go ahead')
        out = self.ask('next-code', '250', '1', 'q')
        self.assertIn('  [wrong] 250\n      250 comes after the dot.\n'
                      '      Right is: 354\n'
                      '      Right when: The dot was sent.\n', out)
        self.check('next-status', '=ok', 'ok')
        self.check('next-prefix', '=mail from:<me>', 'mail from:<me>')
        self.check('next-packet', '=ACK', 'ACK')
        out = self.ask('next-packet', '-', 'w', 'q')
        self.assertIn('Not answered.\n  [missed] ACK\n', out)
        self.assertRegex(out, r'\n> +2  server → router  DATA 1 ')

    def test_configure(self):
        host = 'MAIL.example.test'
        out = self.check('account',
                         'in-proto=imap&in-port=993&in-sec=tls&out-host=' +
                         host + '&out-port=465&out-sec=tls&out-login=yes',
                         'imap', '993', '3', host, '99999', '465', 'TLS', 'y')
        self.assertIn('  Incoming port [143]: ', out)
        self.assertIn('That does not fit this field.', out)
        out = self.ask('account', '1', '', '1', host, '465', '2', 'no', '1',
                       'q')
        self.assertIn('Partly right.\n  [wrong] 465 expects TLS at once.\n'
                      '  [unsafe] The password crosses', out)
        self.assertIn('  [wrong] Incoming port: 143\n'
                      '      Right is: 993\n', out)

    def test_try(self):
        """The answer and the right one are run; where nothing can be, it is
        not offered."""
        there = self.shown('one')
        out = self.ask('one', there['110'], '3', 't', 'q')
        answer, right = out.split('Your answer:\n')[1].split(
            'What is right:\n')
        self.assertTrue(answer.startswith(
            'imap://alex@mail.example.test:110?security=starttls\n'))
        self.assertIn('the server greeted with “+OK', answer)
        self.assertTrue(right.startswith(
            'imap://alex@mail.example.test:143?security=starttls\n'))
        self.assertIn('has logged in and reads the mail', right)
        out = self.ask('one', there['143'], '3', 't', 'q')
        self.assertNotIn('Your answer:', out)
        self.assertIn('What is right:\n', out)
        there = self.shown('some')
        out = self.ask('some', there['STAT'], '3', 't', 'q')
        self.assertNotIn('What is right:\n', out)
        self.assertNotIn('try your answer', out)

    def test_exam(self):
        there = self.shown('one')
        out = self.ask('one', 'h', there['110'], args=['--mode', 'exam'])
        self.assertIn('An exam has no hints.', out)
        self.assertNotIn('How sure', out)
        self.assertLess(out.index('The number of your'), out.index('Not righ'))
        self.assertEqual(self.record(), [('one', 'b', 0, 0)])

    def test_hint(self):
        out = self.ask('one', 'h', 'h', 'q')
        self.assertIn('It is not 110.\n', out)
        self.assertIn('There are no more hints.\n', out)

    def test_choosing(self):
        first = self.call(BANK, '--seed', '3', '--no-record', '--type',
                          'predict', '--items', '2', typed='-\n\n-\n\n')
        again = self.call(BANK, '--seed', '3', '--no-record', '--type',
                          'predict', '--items', '2', typed='-\n\n-\n\n')
        self.assertEqual(first.stdout, again.stdout)
        self.assertEqual(first.stdout.count('\nQuestion '), 2)
        self.assertEqual(first.stdout.count('\nOnce more '), 1)
        self.assertFalse((self.home / 'portcall').exists())
        out = self.call(BANK, '--no-record', '--objective', 'files', '-n', '0',
                        '--mode', 'exam', typed='-\n' * 9).stdout
        self.assertEqual(out.count('\nQuestion '), 3)

    def rows(self, *columns):
        with sqlite3.connect(self.home / 'portcall' / 'record.db') as db:
            return db.execute(f'select {", ".join(columns)} from answers '
                              'order by id').fetchall()

    def test_due_first(self):
        """What was wrong yesterday comes before what is new."""
        self.call(BANK, '--type', 'predict', '-n', '2', typed='-\n\n-\n\nq\n')
        answers = self.rows('item', 'memory_key', 'mode', 'number', 'type')
        self.assertEqual([row[2:] for row in answers],
                         [('practice', 1, 'predict'),
                          ('practice', 2, 'predict')])
        self.assertEqual(len({row[1] for row in answers}), 2)
        # As if it had been three days ago.
        with sqlite3.connect(self.home / 'portcall' / 'record.db') as db:
            db.execute('update answers set time_us = time_us - 259200000000')
        for args in [BANK], [BANK, '-n', '3']:
            with self.subTest(args):
                self.call(*args, typed='-\n\n-\n\nq\n')
                keys = [row[0] for row in self.rows('memory_key')]
                self.assertEqual(set(keys[2:4]), set(keys[:2]))
            with sqlite3.connect(self.home / 'portcall' / 'record.db') as db:
                db.execute('delete from answers where id > 2')
        # With a seed it is the seed that decides, and it always does the same.
        out = [self.call(BANK, '--seed', '5', '-n', '3', typed='-\n\n' * 3)
               .stdout for _ in range(2)]
        self.assertEqual(out[0], out[1])
        self.assertEqual(self.rows('seed')[-1], (5,))

    def test_ahead(self):
        """When all is done for today one may go on."""
        out = self.call(BANK, '--tag', 'one', typed='-\n\nq\n').stdout
        self.assertIn('\n0 of 1 right.\n', out)
        out = self.call(BANK, '--tag', 'one', typed='-\n\nq\n').stdout
        self.assertIn('\nQuestion 1 · ', out)

    def test_generated(self):
        first = self.call('--generated', '--seed', '9', '-n', '3',
                          typed='-\n\n' * 3)
        self.assertEqual((first.returncode, first.stderr), (0, ''))
        again = self.call('--generated', '--seed', '9', '-n', '3',
                          typed='-\n\n' * 3)
        other = self.call('--generated', '--seed', '8', '-n', '3',
                          typed='-\n\n' * 3)
        self.assertEqual(first.stdout, again.stdout)
        self.assertNotEqual(first.stdout.split('\n')[1:],
                            other.stdout.split('\n')[1:])
        rows = self.rows('bank', 'item', 'memory_key', 'seed')
        self.assertEqual(rows[0], rows[3][:3] + (9,))
        for bank, item, key, _ in rows:
            self.assertEqual(bank, 'generated')
            self.assertRegex(item, '^gen-[a-z-]+-[0-9a-z.-]+-[0-9a-f]{4}$')
            self.assertRegex(key, '^svc:[^/]+/(port|transport|role)$')
        # By memory: what was not known comes back.
        with sqlite3.connect(self.home / 'portcall' / 'record.db') as db:
            db.execute('delete from answers where id > 3')
            db.execute('update answers set time_us = time_us - 259200000000')
        self.call('--generated', '-n', '3', typed='-\n\n' * 3)
        keys = [row[0] for row in self.rows('memory_key')]
        self.assertEqual(set(keys[3:]), set(keys[:3]))

    def test_installed(self):
        out = self.call('--no-record', '--items', '4', '--mode', 'exam',
                        typed='-\n' * 4).stdout
        self.assertIn('\n0 of 4 right.\n', out)
        # The banks take turns.
        self.assertEqual(len(set(re.findall(r'Question \d+ · (.*)', out))), 4)
        out = self.call('tftp', '--no-record', typed='q\n').stdout
        self.assertIn(' · TFTP', out)

    def test_counts(self):
        result = subprocess.run([CLI, 'check', '--counts', BANK, BANK],
                                capture_output=True, check=False, text=True,
                                encoding='utf-8')
        self.assertEqual((result.returncode, result.stderr), (0, ''))
        lines = result.stdout.split('\n')
        one, types, both = lines[0], lines[2], lines[6]
        self.assertEqual(one, 'eight-types: 14 questions, 14 with a scenario, '
                         '9 keys proven by runs, 0 reviewed, 4 translated')
        self.assertEqual(types, '  single 1 multiple 1 number 1 match 1 '
                         'order 1 fault 2 predict 6 configure 1')
        self.assertTrue(both.startswith('Together: 28 questions, '))

    def test_plan(self):
        """The banks that come with the program are what was planned: items,
        then remember to evaluate, then single to configure.  The plan has no
        level of its own for "evaluate": it counts with "analyse"."""
        plan = {
            'imap': (62, [10, 16, 19, 17], [21, 6, 4, 4, 7, 8, 10, 2]),
            'pop3': (44, [8, 11, 14, 11], [17, 4, 4, 2, 4, 5, 7, 1]),
            'ports': (36, [16, 9, 9, 2], [18, 4, 5, 6, 1, 1, 0, 1]),
            'setup': (36, [5, 9, 14, 8], [12, 3, 0, 3, 3, 2, 0, 13]),
            'smtp': (74, [12, 18, 24, 20], [28, 7, 4, 5, 8, 9, 12, 1]),
            'tftp': (48, [9, 12, 15, 12], [16, 4, 7, 2, 5, 7, 7, 0]),
            'Together': (300, [60, 75, 95, 70],
                         [112, 28, 24, 22, 28, 32, 36, 18]),
        }
        data = pathlib.Path(os.environ['PORTCALL_DATA'], 'questions')
        lines = subprocess.run(
            [CLI, 'check', '--counts', *sorted(data.glob('*.json'))],
            capture_output=True, check=True, text=True,
            encoding='utf-8').stdout.split('\n')
        found = {}
        for at in range(0, 3 * len(plan), 3):
            name, rest = lines[at].split(': ', 1)
            n = int(rest.split()[0])
            self.assertIn(f'{n} questions, {n} with a scenario', rest)
            self.assertIn(f'{n} reviewed', rest)
            levels = [int(x) for x in lines[at + 1].split()[1::2]]
            types = [int(x) for x in lines[at + 2].split()[1::2]]
            found[name] = (n, [*levels[:3], sum(levels[3:])], types)
        self.assertEqual(found, plan)

    def test_proof_in_any_language(self):
        """Keys hold whatever language the run would be told in."""
        for language in 'en', 'de':
            env = dict(os.environ, LANGUAGE=language,
                       XDG_DATA_HOME=str(self.home))
            result = subprocess.run([CLI, 'check', '--json', BANK], env=env,
                                    capture_output=True, check=False)
            self.assertEqual((result.returncode, result.stdout.strip()),
                             (0, b'[]'))

    def test_wrong_calls(self):
        for args, word in [(['none'], 'none'), (['./none.json'], 'none.json'),
                           (['--mode', 'joke'], 'joke'),
                           (['--type', 'joke'], 'joke'),
                           (['--items', '-1'], 'negative'),
                           ([BANK, '--tag', 'joke'], 'No question')]:
            with self.subTest(args):
                result = self.call(*args)
                self.assertEqual((result.returncode, result.stdout), (2, ''))
                self.assertIn(word, result.stderr)


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1], verbosity=2)
