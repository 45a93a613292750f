#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Python's email package finds in the mail that serve has.

Usage: test-world.py PORTCALL-CLI
"""
import base64
import email
import email.policy
import imaplib
import io
import sys
import wave

sys.dont_write_bytecode = True
import servers

BOXES = {'INBOX', 'Sent', 'Drafts', 'Trash', 'Junk', 'Archive', 'Projekte',
         'Projekte/Netz', 'Entw\u00fcrfe 2026',
         'Entw\u00fcrfe 2026/Gedichte \u270f'}


def decode_name(name):
    """Modified UTF-7 (RFC 3501 section 5.1.3)."""
    parts = name.decode('ascii').split('&')
    text = parts[0]
    for part in parts[1:]:
        coded, rest = part.split('-', 1)
        coded = coded.replace(',', '/') + '=' * (-len(coded) % 4)
        text += base64.b64decode(coded).decode('utf-16-be') or '&'
        text += rest
    return text


class World(servers.Case):
    def setUp(self):
        super().setUp()
        self.client = imaplib.IMAP4('127.0.0.1', self.ports['imap'],
                                    timeout=servers.PATIENCE)
        self.addCleanup(self.client.sock.close)
        self.client.login('alex', 'portcall')

    def list_boxes(self):
        status, lines = self.client.list()
        self.assertEqual(status, 'OK')
        return [line.rsplit(b' "/" ', 1)[1].strip(b'"') for line in lines]

    def read(self, box):
        """All messages of a mailbox, by Message-ID."""
        self.assertEqual(self.client.select(b'"' + box + b'"',
                                            readonly=True)[0], 'OK')
        status, data = self.client.fetch('1:*', '(BODY.PEEK[])')
        self.assertEqual(status, 'OK')
        messages = [email.message_from_bytes(item[1],
                                             policy=email.policy.default)
                    for item in data if isinstance(item, tuple)]
        return {message['Message-ID']: message for message in messages}

    def check(self, message):
        """Nothing in it that the parser minds, down to the last part."""
        for part in message.walk():
            self.assertEqual(part.defects, [], message['Message-ID'])
            for name, value in part.items():
                self.assertEqual(getattr(value, 'defects', ()), (),
                                 (name, value))
            if part.get_content_maintype() == 'text':
                self.assertNotIn('\ufffd', part.get_content())

    def test_every_message(self):
        boxes = self.list_boxes()
        self.assertEqual({decode_name(box) for box in boxes}, BOXES)
        for box in boxes:
            messages = self.read(box)
            self.assertGreater(len(messages), 0, box)
            for message in messages.values():
                self.check(message)

    def test_names(self):
        inbox = self.read(b'INBOX')
        names = [part.get_filename()
                 for message in inbox.values() for part in message.walk()
                 if part.get_filename()]
        self.assertEqual(set(names),
                         {'panel.png', 'ports.txt', 'cup.png',
                          'Room 2.14 - patch panel, all ports.pdf',
                          'round trips M\u00e4rz.csv'})
        subjects = {message['Subject'] for message in inbox.values()}
        for subject in ('Stra\u00dfenfest: wer hilft mit?',
                        '\u0420\u0430\u0441\u043f\u0438\u0441\u0430\u043d'
                        '\u0438\u0435 \u043f\u043e\u0435\u0437\u0434\u043e'
                        '\u0432',
                        'Fwd: Your parcel waits for you \U0001f4e6',
                        'Your table at the Caf\u00e9 Z\u00fcrich is booked'):
            self.assertIn(subject, subjects)

    def test_parts(self):
        inbox = self.read(b'INBOX')
        panel = list(inbox['<panel-1@school.test>'].iter_attachments())
        self.assertTrue(panel[0].get_content().startswith(b'\x89PNG\r\n'))
        self.assertTrue(panel[2].get_content().startswith(b'%PDF-1.4\n'))
        forward = inbox['<fwd-1@example.test>'].get_payload(1)
        inner = forward.get_content()
        self.assertEqual(inner['From'].addresses[0].addr_spec,
                         'no-reply@parcel.test')
        self.assertIn('Quay Street',
                      inner.get_body(('plain',)).get_content())
        table = inbox['<times-2@school.test>'].get_payload(1)
        self.assertEqual(int(table['Content-Disposition'].params['size']),
                         len(table.get_payload(decode=True)))
        review = inbox['<review-8@school.test>'].get_payload(1)
        self.assertEqual(review['Content-Type'].params['method'], 'REQUEST')

    def test_recording(self):
        message = self.read(b'Archive')['<morse-1@school.test>']
        sound = list(message.iter_attachments())[1]
        with wave.open(io.BytesIO(sound.get_content())) as file:
            self.assertEqual(file.getnframes(), 8 * 60 * file.getframerate())


if __name__ == '__main__':
    servers.main()
