#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Python's imaplib, poplib and smtplib hold whole sessions.

Usage: test-python.py PORTCALL-CLI
"""
import email.message
import imaplib
import poplib
import re
import smtplib
import socket
import ssl
import sys

sys.dont_write_bytecode = True
import servers

HOST = 'localhost'


class Python(servers.Case):
    def context(self):
        """As a careful client has it: names and authorities are checked."""
        return ssl.create_default_context(cafile=self.servers.ca)

    def imap(self, user='alex', password='portcall'):
        if self.security == servers.IMPLICIT:
            client = imaplib.IMAP4_SSL(HOST, self.port('imap'),
                                       ssl_context=self.context(),
                                       timeout=servers.PATIENCE)
        else:
            client = imaplib.IMAP4(HOST, self.port('imap'),
                                   timeout=servers.PATIENCE)
        self.addCleanup(lambda: client.sock.close())
        if self.security == servers.STARTTLS:
            client.starttls(self.context())
        if user is not None:
            client.login(user, password)
        return client

    def pop3(self, user='alex', password='portcall'):
        if self.security == servers.IMPLICIT:
            client = poplib.POP3_SSL(HOST, self.port('pop3'),
                                     timeout=servers.PATIENCE,
                                     context=self.context())
        else:
            client = poplib.POP3(HOST, self.port('pop3'), servers.PATIENCE)
        self.addCleanup(client.close)
        if self.security == servers.STARTTLS:
            client.stls(self.context())
        if user is not None:
            client.user(user)
            client.pass_(password)
        return client

    def smtp(self, service='smtp'):
        if self.security == servers.IMPLICIT:
            client = smtplib.SMTP_SSL(HOST, self.port('submission'),
                                      'pc.example.test',
                                      timeout=servers.PATIENCE,
                                      context=self.context())
            if service == 'smtp': # port 25 has no TLS at once
                client.login('robin', 'portcall')
        else:
            client = smtplib.SMTP(HOST, self.port(service), 'pc.example.test',
                                  servers.PATIENCE)
        self.addCleanup(client.close)
        if self.security == servers.STARTTLS:
            client.starttls(context=self.context())
        return client

    # -- IMAP -------------------------------------------------------------

    def test_imap_session(self):
        client = self.imap()
        status, boxes = client.list()
        self.assertEqual(status, 'OK')
        self.assertTrue(any(box.endswith(b'INBOX') for box in boxes))
        status, data = client.select('INBOX')
        self.assertEqual(status, 'OK')
        count = int(data[0])
        self.assertGreater(count, 2)

        status, data = client.fetch('1', '(UID FLAGS RFC822.SIZE BODY[])')
        self.assertEqual(status, 'OK')
        size = int(re.search(rb'RFC822\.SIZE (\d+)', data[0][0]).group(1))
        self.assertEqual(len(data[0][1]), size)
        status, data = client.fetch('1', '(BODY[HEADER.FIELDS (SUBJECT)])')
        self.assertEqual(status, 'OK')

        status, data = client.uid('STORE', '1', '+FLAGS', r'(\Deleted)')
        self.assertEqual(status, 'OK')
        self.assertIn(rb'\Deleted', data[0])
        status, data = client.expunge()
        self.assertEqual((status, data), ('OK', [b'1']))
        self.assertEqual(client.status('INBOX', '(MESSAGES)')[1],
                         [b'INBOX (MESSAGES %d)' % (count - 1)])
        self.assertEqual(client.close()[0], 'OK')
        self.assertEqual(client.logout()[0], 'BYE')

    def test_imap_header_fields(self):
        client = self.imap()
        client.select('INBOX', readonly=True)
        status, data = client.fetch('1:*', '(ENVELOPE INTERNALDATE)')
        self.assertEqual(status, 'OK')
        self.assertTrue(all(b'ENVELOPE (' in line for line in data))
        self.assertEqual(client.store('1', '+FLAGS', r'(\Seen)')[0], 'NO')

    def test_imap_authenticate(self):
        client = self.imap(None)
        status, _ = client.authenticate('PLAIN',
                                        lambda _: b'\0alex\0portcall')
        self.assertEqual(status, 'OK')
        self.assertEqual(client.noop()[0], 'OK')

    def test_imap_cram_md5(self):
        client = self.imap(None)
        self.assertIn('AUTH=CRAM-MD5', client.capabilities)
        with self.assertRaises(imaplib.IMAP4.error):
            client.login_cram_md5('alex', 'wrong')
        self.assertEqual(client.login_cram_md5('alex', 'portcall')[0], 'OK')
        client.select()
        self.assertEqual(client.search(None, 'RETURN (COUNT)', 'ALL')[0],
                         'OK')
        self.assertEqual(client.response('ESEARCH')[0], 'ESEARCH')
        self.assertEqual(client.logout()[0], 'BYE')

    def test_imap_wrong_password(self):
        client = self.imap(None)
        for user, password in (('alex', 'wrong'), ('nobody', 'portcall'),
                               ('alex', ''), ('alex', 'a "b" \\c')):
            with self.assertRaises(imaplib.IMAP4.error):
                client.login(user, password)
        self.assertEqual(client.login('alex', 'portcall')[0], 'OK')

    def test_imap_errors(self):
        client = self.imap()
        self.assertEqual(client.select('Nowhere')[0], 'NO')
        with self.assertRaises(imaplib.IMAP4.error):
            client.xatom('NONSENSE')
        self.assertEqual(client.noop()[0], 'OK')

    def test_imap_two_clients(self):
        first, second = self.imap(), self.imap()
        count = int(first.select('INBOX')[1][0])
        second.select('INBOX')
        first.store('1', '+FLAGS', r'(\Deleted)')
        first.expunge()
        second.noop()
        self.assertEqual(second.response('EXPUNGE'), ('EXPUNGE', [b'1']))
        self.assertEqual(int(second.status('INBOX', '(MESSAGES)')[1][0]
                             .split()[-1].rstrip(b')')), count - 1)

    # -- POP3 -------------------------------------------------------------

    def test_pop3_session(self):
        client = self.pop3()
        count, octets = client.stat()
        _, lines, _ = client.list()
        sizes = [int(line.split()[1]) for line in lines]
        self.assertEqual((len(sizes), sum(sizes)), (count, octets))
        _, uids, _ = client.uidl()
        self.assertEqual(len(uids), count)
        self.assertIn('UIDL', client.capa())

        _, lines, size = client.retr(1)
        self.assertEqual(sum(len(line) + 2 for line in lines), sizes[0])
        _, head, _ = client.top(1, 0)
        self.assertEqual(head, lines[:len(head)])

        client.dele(1)
        self.assertEqual(client.stat()[0], count - 1)
        client.rset()
        self.assertEqual(client.stat()[0], count)
        client.dele(1)
        client.quit()
        self.assertEqual(self.pop3().stat()[0], count - 1)

    def test_pop3_without_quit(self):
        client = self.pop3()
        count = client.stat()[0]
        client.dele(1)
        client.sock.shutdown(socket.SHUT_RDWR)
        client.close()
        self.assertEqual(self.pop3().stat()[0], count)

    def test_pop3_wrong_password(self):
        client = self.pop3(None)
        client.user('alex')
        with self.assertRaises(poplib.error_proto):
            client.pass_('wrong')
        client.user('alex')
        client.pass_('portcall')

    # -- SMTP -------------------------------------------------------------

    def newest(self):
        client = self.pop3()
        _, lines, _ = client.retr(client.stat()[0])
        client.quit()
        return b''.join(line + b'\r\n' for line in lines)

    def test_smtp_send(self):
        client = self.smtp()
        client.sendmail('robin@example.test', ['alex@example.test'],
                        servers.MESSAGE)
        self.assertEqual(servers.below_trace(self.newest()), servers.MESSAGE)
        # Another one on the same connection, to two people.
        client.sendmail('', ['alex@example.test', 'robin@example.test'],
                        servers.MESSAGE + b'more\r\n')
        self.assertEqual(servers.below_trace(self.newest()),
                         servers.MESSAGE + b'more\r\n')
        self.assertEqual(client.quit()[0], 221)

    def test_smtp_message(self):
        message = email.message.EmailMessage()
        message['From'] = 'robin@example.test'
        message['To'] = 'alex@example.test'
        message['Subject'] = 'Gr\u00fc\u00dfe'
        message.set_content('.\n..\nfrom a dot\n')
        self.smtp().send_message(message)
        self.assertTrue(self.newest().endswith(b'\r\n.\r\n..\r\n'
                                               b'from a dot\r\n'))

    def test_smtp_login(self):
        for mechanism in 'auth_plain', 'auth_login':
            client = self.smtp('submission')
            client.ehlo()
            client.user, client.password = 'robin', 'portcall'
            client.auth(mechanism[5:].upper(), getattr(client, mechanism))
            client.sendmail('robin@example.test', ['alex@example.test'],
                            servers.MESSAGE)
            self.assertEqual(servers.below_trace(self.newest()),
                             servers.MESSAGE)

    def test_smtp_wrong_password(self):
        client = self.smtp('submission')
        with self.assertRaises(smtplib.SMTPAuthenticationError) as caught:
            client.login('robin', 'wrong')
        self.assertEqual(caught.exception.smtp_code, 535)
        with self.assertRaises(smtplib.SMTPSenderRefused) as caught:
            client.sendmail('robin@example.test', ['alex@example.test'],
                            servers.MESSAGE)
        self.assertEqual(caught.exception.smtp_code, 530)
        client.login('robin', 'portcall')

    def test_smtp_refused(self):
        client = self.smtp()
        # Who has logged in, as on 465, may write to anybody.
        stranger = ('nobody@example.test'
                    if self.security == servers.IMPLICIT
                    else 'a@elsewhere.test')
        with self.assertRaises(smtplib.SMTPRecipientsRefused):
            client.sendmail('robin@example.test', [stranger],
                            servers.MESSAGE)
        refused = client.sendmail('robin@example.test',
                                  ['nobody@example.test',
                                   'alex@example.test'], servers.MESSAGE)
        self.assertEqual(list(refused), ['nobody@example.test'])
        self.assertEqual(client.noop()[0], 250)

    def test_smtp_8bit(self):
        client = self.smtp()
        client.sendmail('robin@example.test', ['alex@example.test'],
                        servers.MESSAGE, mail_options=['BODY=8BITMIME'])
        self.assertEqual(servers.below_trace(self.newest()), servers.MESSAGE)


class StartTls(Python):
    security = servers.STARTTLS
    # They take their time.
    test_imap_wrong_password = test_smtp_wrong_password = None


class Tls(Python):
    security = servers.IMPLICIT
    test_smtp_refused = None # who has logged in may send anywhere
    test_imap_wrong_password = test_smtp_wrong_password = None

    def test_trust(self):
        """Python, too, believes nobody whom it cannot check."""
        for service in 'imap', 'pop3', 'submission':
            port = self.port(service)
            for name, context in (('localhost', ssl.create_default_context()),
                                  ('bank.example', self.context())):
                with socket.create_connection((HOST, port)) as link:
                    with self.assertRaises(ssl.SSLCertVerificationError):
                        context.wrap_socket(link, server_hostname=name)


if __name__ == '__main__':
    servers.main()
