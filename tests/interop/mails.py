# SPDX-License-Identifier: GPL-3.0-or-later
"""Mail to try clients with: many messages, each a little different."""
import base64
import email.header
import json

import servers

KINDS = 10


def encode(octets):
    """base64 in lines of 76, as attachments are."""
    return base64.encodebytes(octets).replace(b'\n', b'\r\n')


def make_head(number, *more):
    subject = (f'Message {number}' if number % 3 else email.header.Header(
        f'Stra\u00dfe \u2116 {number} \u65e5\u672c\u8a9e', 'utf-8',
        header_name='Subject').encode(linesep='\r\n'))
    return b'\r\n'.join([
        b'From: Robin Hale <robin@example.test>',
        b'To: Alex Moreau <alex@example.test>,',
        b'\t"Smith, J. (lab)" <smith@school.test>',
        b'Subject: ' + subject.encode(),
        b'Date: Mon, %d Jun 2026 %02d:%02d:00 +0200' % (
            number % 28 + 1, number % 24, number % 60),
        b'Message-ID: <n%d@example.test>' % number,
        *more, b'', b''])


def make_message(number):
    """Number `number`; the same number gives the same octets."""
    octets = servers.make_octets(number * 7 % 3000 + 1, number)
    text = b''.join(b'Line %d of message %d.\r\n' % (line, number)
                    for line in range(number % 40))
    mime = b'MIME-Version: 1.0'
    kind = number % KINDS
    if kind == 0:
        return make_head(number) + text
    if kind == 1: # 8-bit, and honest about it
        return make_head(
            number, mime, b'Content-Type: text/plain; charset=utf-8',
            b'Content-Transfer-Encoding: 8bit') + (
                'Gr\u00fc\u00dfe, \u65e5\u672c\r\n'.encode() * 9 + text)
    if kind == 2: # 8-bit that nobody announced
        return make_head(number) + b'caf\xe9 \xff\xfe\x80\r\n' + text
    if kind == 3: # an attachment
        return make_head(
            number, mime, b'Content-Type: multipart/mixed; boundary="b1"'
        ) + (b'preamble\r\n--b1\r\n\r\n' + text + b'\r\n--b1\r\n'
             b'Content-Type: application/octet-stream; name="f.bin"\r\n'
             b'Content-Disposition: attachment; filename="f.bin"\r\n'
             b'Content-Transfer-Encoding: base64\r\n\r\n' + encode(octets) +
             b'\r\n--b1--\r\nepilogue\r\n')
    if kind == 4: # a message in a message
        return make_head(
            number, mime, b'Content-Type: multipart/digest; boundary=d') + (
                b'--d\r\n\r\n' + make_message(number + 1) + b'\r\n--d--\r\n')
    if kind == 5: # the closing boundary is missing
        return make_head(
            number, mime, b'Content-Type: multipart/alternative;\r\n'
            b' boundary="=_x y"') + b'--=_x y\r\n\r\n' + text + \
            b'--=_x y\r\nContent-Type: text/html\r\n\r\n<p>hello</p>\r\n'
    if kind == 6: # long lines, dots, blanks at the ends
        return make_head(number) + b'.\r\n..\r\n. \r\nx  \r\n\t\r\n' + \
            b'y' * (900 + number % 98) + b'\r\n\r\n\r\n'
    if kind == 7: # nothing at all below the header
        return make_head(number)
    if kind == 8: # odd headers
        return make_head(
            number, b'X-Empty:', b'X-Folded: a\r\n  b\r\n\tc', mime,
            b'Content-Type: text/plain (a comment); charset="x\\"y"',
            b'X-Odd: =?utf-8?q?broken', b'Cc: undisclosed: ;') + text
    return make_head(
        number, mime, b'Content-Type: image/png; name*=utf-8\'\'%e2%82%ac.png',
        b'Content-Transfer-Encoding: base64') + encode(octets)


FLAGS = ('seen', 'answered', 'flagged', 'draft')


def pick_flags(number):
    return [flag for bit, flag in enumerate(FLAGS) if number >> bit & 1]


def write_world(folder, mailboxes, user='alex'):
    """A world file with mailboxes {name: [message numbers]} for `user`, and
    an empty account robin; its path."""
    described = []
    for name, numbers in mailboxes.items():
        messages = []
        for number in numbers:
            path = folder / f'm{number}.eml'
            path.write_bytes(make_message(number))
            messages.append({'from_file': path.name,
                             'age_hours': number % 500,
                             'flags': pick_flags(number)})
        described.append({'name': name, 'messages': messages})
    world = folder / 'world.json'
    world.write_text(json.dumps({
        'format': 'portcall-world', 'format_version': 1,
        'accounts': [
            {'user': user, 'password': 'portcall', 'mailboxes': described},
            {'user': 'robin', 'password': 'portcall', 'mailboxes': []}]}))
    return world
