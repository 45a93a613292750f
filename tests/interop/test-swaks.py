#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""swaks, which tries SMTP servers for a living, in all the ways it has.

Usage: test-swaks.py PORTCALL-CLI
"""
import email
import email.policy
import sys

sys.dont_write_bytecode = True
import mails
import servers

SWAKS = servers.need('swaks')
REFUSED_RCPT = 24
AUTH_FAILED = 28


class Swaks(servers.Case):
    def swaks(self, *options, service='submission', user='robin',
              password='portcall', auth=None, sender='robin@example.test',
              to='alex@example.test', status=0):
        """A session; its transcript."""
        secure = []
        if self.security == servers.STARTTLS:
            secure = ['--tls']
        elif self.security == servers.IMPLICIT:
            secure = ['--tls-on-connect']
        if secure:
            secure += ['--tls-verify', '--tls-ca-path', self.servers.ca,
                       '--tls-sni', 'localhost']
        login = []
        if service == 'submission':
            login = ['--auth', *([auth] if auth else []), '--auth-user', user,
                     '--auth-password', password]
        return servers.run(
            SWAKS, '--server', 'localhost', '--port', self.port(service),
            '--helo', 'pc.example.test', '--from', sender, '--to', to,
            '--timeout', '20', *secure, *login, *options, status=status,
            env={'HOME': str(self.here), 'PATH': '/usr/bin:/bin'})

    def put(self, content):
        path = self.here / 'mail'
        path.write_bytes(content.replace(b'\r\n', b'\n'))
        return '--data', f'@{path}'

    def assert_arrived(self, content, *users):
        """swaks ends what it sends with a line end of its own."""
        for user in users or ['alex']:
            stored = servers.below_trace(self.newest(user))
            self.assertIn(stored, (content, content + b'\r\n'))

    def test_logins(self):
        for auth in 'PLAIN', 'LOGIN', 'CRAM-MD5':
            with self.subTest(auth=auth):
                content = servers.MESSAGE + auth.encode() + b'\r\n'
                self.swaks(*self.put(content), auth=auth)
                self.assert_arrived(content)

    def test_wrong_logins(self):
        for auth in 'PLAIN', 'LOGIN', 'CRAM-MD5':
            with self.subTest(auth=auth):
                self.swaks(auth=auth, password='wrong', status=AUTH_FAILED)
                self.swaks(auth=auth, user='nobody', status=AUTH_FAILED)

    def test_pipeline(self):
        self.swaks('--pipeline', *self.put(servers.MESSAGE),
                   to='alex@example.test,robin@example.test')
        self.assert_arrived(servers.MESSAGE, 'alex', 'robin')

    def test_pipeline_refused(self):
        before = self.read_mailbox()
        told = self.swaks('--pipeline', *self.put(servers.MESSAGE),
                          to='nobody@example.test,alex@example.test')
        self.assertIn(b'550', told)
        self.assertEqual(len(self.read_mailbox()), len(before) + 1)
        self.swaks('--pipeline', *self.put(servers.MESSAGE),
                   to='nobody@example.test', status=REFUSED_RCPT)
        self.assertEqual(len(self.read_mailbox()), len(before) + 1)

    def test_recipients(self):
        self.swaks(*self.put(servers.MESSAGE),
                   to='alex@example.test,nobody@example.test,'
                      'robin@example.test')
        self.assert_arrived(servers.MESSAGE, 'alex', 'robin')

    def test_attachment(self):
        path = self.here / 'data.bin'
        path.write_bytes(servers.make_octets(70000))
        self.swaks('--header', 'Subject: with a file', '--body', 'See below.',
                   '--attach', f'@{path}')
        message = email.message_from_bytes(self.newest(),
                                           policy=email.policy.default)
        self.assertEqual(message['Subject'], 'with a file')
        text, data = message.iter_parts()
        self.assertIn('See below.', text.get_content())
        self.assertEqual(data.get_content(), path.read_bytes())

    def test_all_kinds_of_mail(self):
        for number in range(mails.KINDS):
            content = mails.make_message(number)
            with self.subTest(number=number):
                self.swaks(*self.put(content))
                self.assert_arrived(content)

    def test_quits_early(self):
        for when in 'CONNECT', 'HELO', 'AUTH', 'MAIL', 'RCPT':
            self.swaks('--quit-after', when)

    def test_drops(self):
        """The connection ends in the middle: nothing is delivered."""
        before = self.read_mailbox()
        self.swaks('--drop-after', 'CONNECT')
        for when in 'HELO', 'AUTH', 'MAIL', 'RCPT', 'DATA':
            self.swaks('--drop-after', when)
            self.swaks('--drop-after-send', when)
        self.assertEqual(len(self.read_mailbox()), len(before))


class Relay(Swaks):
    """From server to server there is no login, and no TLS at once."""

    def swaks(self, *options, **keywords):
        return super().swaks(*options, service='smtp', **keywords)

    test_logins = test_wrong_logins = None

    def test_quits_early(self):
        for when in 'CONNECT', 'HELO', 'MAIL', 'RCPT':
            self.swaks('--quit-after', when)

    def test_drops(self):
        before = self.read_mailbox()
        for when in 'CONNECT', 'HELO', 'MAIL', 'RCPT':
            self.swaks('--drop-after', when)
        self.assertEqual(len(self.read_mailbox()), len(before))

    def test_helo(self):
        self.swaks('--protocol', 'SMTP', *self.put(servers.MESSAGE))
        self.assert_arrived(servers.MESSAGE)
        self.assertIn(b' with SMTP ', self.newest())

    def test_null_sender(self):
        self.swaks(*self.put(servers.MESSAGE), sender='<>')
        self.assert_arrived(servers.MESSAGE)
        self.assertTrue(self.newest().startswith(b'Return-Path: <>\r\n'))

    def test_elsewhere(self):
        self.swaks(to='somebody@elsewhere.test', status=REFUSED_RCPT)


class RelayStartTls(Relay):
    security = servers.STARTTLS
    test_helo = None # without EHLO there is no STARTTLS
    test_all_kinds_of_mail = test_quits_early = None


class StartTls(Swaks):
    security = servers.STARTTLS
    test_wrong_logins = None # they take their time


class Tls(Swaks):
    security = servers.IMPLICIT
    test_wrong_logins = test_quits_early = None


if __name__ == '__main__':
    servers.main()
