#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mail to other servers: what goes on, what comes back, and whether Python's
email package understands it.

Usage: test-post.py PORTCALL-CLI
"""
import email
import email.policy
import json
import poplib
import smtplib
import subprocess
import sys
import threading
import time

sys.dont_write_bytecode = True
import servers

HOST = '127.0.0.1'


class Serve:
    """Some services with a world of their own."""

    def __init__(self, cli, folder, name, world, services):
        path = folder / f'{name}.json'
        path.write_text(json.dumps({'format': 'portcall-world',
                                    'format_version': 1, **world}))
        self.process = subprocess.Popen(
            [cli, 'serve', '--world', path,
             *(f'--{service}=0' for service in services)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.watchdog = threading.Timer(servers.PATIENCE, self.process.kill)
        self.watchdog.start()
        self.ports = {}
        for _ in services:
            _, service, address = self.process.stdout.readline().split()
            self.ports[service.decode()] = int(address.split(b':')[1])
        self.transcript = b''
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            self.transcript += line

    def end(self):
        self.process.terminate()
        self.reader.join()
        complaints = self.process.stderr.read()
        self.process.stderr.close()
        self.process.stdout.close()
        status = self.process.wait()
        self.watchdog.cancel()
        return status, complaints


class Post(servers.unittest.TestCase):
    cli = ''

    def setUp(self):
        scratch = servers.tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        folder = servers.pathlib.Path(scratch.name)
        self.partner = Serve(self.cli, folder, 'partner', {
            'domain': 'partner.test',
            'accounts': [{'user': 'robin', 'password': 'p'},
                         {'user': 'kim', 'password': 'p', 'quota': 900}],
        }, ['smtp', 'pop3'])
        self.addCleanup(self.check_end, self.partner)
        self.own = Serve(self.cli, folder, 'own', {
            'accounts': [{'user': 'alex', 'password': 'portcall'}],
            'mx': {'partner.test': f'127.0.0.1:{self.partner.ports["smtp"]}',
                   'closed.test': '.'},
        }, ['submission', 'pop3'])
        self.addCleanup(self.check_end, self.own)

    def check_end(self, serve):
        self.assertEqual(serve.end(), (0, b''))

    def submit(self, to, message=servers.MESSAGE, mail=(), rcpt=()):
        with smtplib.SMTP(HOST, self.own.ports['submission'],
                          'pc.example.test', servers.PATIENCE) as client:
            client.login('alex', 'portcall')
            client.sendmail('alex@example.test', to, message, mail, rcpt)

    def fetch(self, serve, user, password, count):
        """The newest message, when there are so many."""
        for _ in range(100 * servers.PATIENCE):
            client = poplib.POP3(HOST, serve.ports['pop3'], servers.PATIENCE)
            client.user(user)
            client.pass_(password)
            number = client.stat()[0]
            if number >= count:
                lines = client.retr(number)[1]
                client.quit()
                self.assertEqual(number, count)
                return b'\r\n'.join(lines) + b'\r\n'
            client.quit()
            time.sleep(0.01)
        raise AssertionError('the mail did not come')

    def report(self, raw):
        message = email.message_from_bytes(raw, policy=email.policy.SMTP)
        self.assertEqual(message.defects, [])
        self.assertEqual(message['Return-Path'], '<>')
        self.assertEqual(message['To'], 'alex@example.test')
        self.assertEqual(message['Auto-Submitted'], 'auto-replied')
        self.assertEqual(message.get_content_type(), 'multipart/report')
        self.assertEqual(message.get_param('report-type'), 'delivery-status')
        text, status, returned = message.get_payload()
        self.assertEqual(text.get_content_type(), 'text/plain')
        self.assertEqual(status.get_content_type(), 'message/delivery-status')
        for part in message.walk():
            self.assertEqual(part.defects, [])
        fields, *recipients = status.get_payload()
        self.assertEqual(fields['Reporting-MTA'], 'dns; mail.example.test')
        return fields, recipients, returned

    def test_delivered(self):
        self.submit('robin@partner.test')
        raw = self.fetch(self.partner, 'robin', 'p', 1)
        self.assertEqual(raw.count(b'\r\nReceived: '), 2)
        self.assertTrue(raw.startswith(b'Return-Path: <alex@example.test>'))
        self.assertTrue(raw.endswith(servers.MESSAGE))

    def test_unknown_domain(self):
        self.submit('a@nowhere.test')
        raw = self.fetch(self.own, 'alex', 'portcall', 1)
        _, recipients, returned = self.report(raw)
        self.assertEqual(recipients[0]['Final-Recipient'],
                         'rfc822; a@nowhere.test')
        self.assertEqual(recipients[0]['Action'], 'failed')
        self.assertEqual(recipients[0]['Status'], '5.1.2')
        self.assertNotIn('Remote-MTA', recipients[0])
        self.assertEqual(returned.get_content_type(), 'text/rfc822-headers')
        self.assertIn('Subject: Dots and dashes', returned.get_payload())

    def test_unknown_user(self):
        self.submit(['who@partner.test', 'robin@partner.test'],
                    mail=['RET=FULL', 'ENVID=x+2By'],
                    rcpt=['ORCPT=rfc822;w+2Bo@partner.test'])
        raw = self.fetch(self.own, 'alex', 'portcall', 1)
        fields, recipients, returned = self.report(raw)
        self.assertEqual(fields['Original-Envelope-Id'], 'x+y')
        self.assertEqual(len(recipients), 1)
        self.assertEqual(recipients[0]['Original-Recipient'],
                         'rfc822;w+o@partner.test')
        self.assertEqual(recipients[0]['Status'], '5.1.1')
        self.assertIn('550 5.1.1', recipients[0]['Diagnostic-Code'])
        self.assertEqual(returned.get_content_type(), 'message/rfc822')
        inside = returned.get_payload()[0]
        self.assertEqual(inside['Message-ID'], '<dots@example.test>')
        self.assertIn('Grüße', inside.get_content())
        self.fetch(self.partner, 'robin', 'p', 1)

    def test_never(self):
        self.submit('who@partner.test', rcpt=['NOTIFY=NEVER'])
        self.submit('who@partner.test')
        self.fetch(self.own, 'alex', 'portcall', 1)

    def test_too_large_for_ever(self):
        self.submit('kim@partner.test', b'Subject: x\r\n\r\n' + b'y\r\n' * 400)
        raw = self.fetch(self.own, 'alex', 'portcall', 1)
        _, recipients, _ = self.report(raw)
        self.assertEqual(recipients[0]['Status'], '5.2.2')

    def test_closed_domain(self):
        with self.assertRaises(smtplib.SMTPRecipientsRefused) as caught:
            self.submit('a@closed.test')
        code, words = caught.exception.recipients['a@closed.test']
        self.assertEqual(code, 556)
        self.assertTrue(words.startswith(b'5.1.10 '))

    def test_transcript(self):
        self.submit('robin@partner.test')
        self.fetch(self.partner, 'robin', 'p', 1)
        self.assertIn(b'EHLO mail.example.test', self.own.transcript)


if __name__ == '__main__':
    Post.cli = sys.argv.pop(1)
    servers.unittest.main(verbosity=1)
