# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages as nobody should write them, and as people do: name, octets.

Lines here end in LF; LETTERS has them with CR LF, as they are on the wire.
"""

HEAD = (b'From: Robin Hale <robin@example.test>\n'
        b'To: Alex Moreau <alex@example.test>\n'
        b'Subject: %s\n'
        b'Date: Tue, 2 Jun 2026 10:11:12 +0200\n'
        b'Message-ID: <%s@example.test>\n')
MIME = b'MIME-Version: 1.0\n'


def head(name, *more):
    """A decent header, and then these fields."""
    return HEAD % (name, name) + b''.join(line + b'\n' for line in more)


def mime(name, content_type, body, *more):
    return head(name, b'MIME-Version: 1.0', b'Content-Type: ' + content_type,
                *more) + b'\n' + body


def nest(depth):
    """Multiparts in multiparts."""
    if depth == 0:
        return b'Content-Type: text/plain\n\nat the bottom\n'
    mark = b'level%d' % depth
    return (b'Content-Type: multipart/mixed; boundary=' + mark + b'\n\n--' +
            mark + b'\n' + nest(depth - 1) + b'\n--' + mark + b'--\n')


def nest_messages(depth):
    """Messages in messages."""
    name = b'inner%d' % depth
    if depth == 0:
        return head(name) + b'\nat the bottom\n'
    return (head(name, b'MIME-Version: 1.0', b'Content-Type: message/rfc822')
            + b'\n' + nest_messages(depth - 1))


SIMPLE = b'Just text.\n'

ADDRESSES = {
    'group': b'To: Friends: a@x.test, B <b@x.test>;, c@x.test\n',
    'group-empty': b'To: undisclosed-recipients:;\nCc: Nobody: ;\n',
    'groups': b'To: One:a@x.test;, Two: b@x.test, c@x.test;\n',
    'comment': b'To: a@x.test (Al (the one) Ex), (b) b@x.test\n',
    'comment-inside': b'To: Pete(A nice \\) chap) <pete(his)@silly.test>\n',
    'quoted': b'To: "Smith, John \\"Jo\\"" <js@x.test>, "a b"@x.test\n',
    'quoted-local': b'To: "very odd\\"@\\\\ local"@x.test\n',
    'dots': b'To: John Q. Public <jqp@x.test>, J. <j@x.test>\n',
    'no-angle': b'To: Somebody without address\n',
    'no-domain': b'To: alex, <robin>\n',
    'empty-angle': b'To: <>, Nobody <>\n',
    'route': b'To: <@one.test,@two.test:alex@three.test>\n',
    'literal': b'To: a@[127.0.0.1], b <b@[IPv6:::1]>\n',
    'spaces': b'To:   a @ x . test ,  B   C   <b . c @ x . test>\n',
    'folded': b'To: A\n <a@x.test>,\n\tB <b@x.test>,\n   c@x.test\n',
    'trailing-comma': b'To: a@x.test,, b@x.test,\n',
    'semicolon': b'To: a@x.test; b@x.test\n',
    'unclosed-quote': b'To: "Unclosed <a@x.test>, b@x.test\n',
    'unclosed-angle': b'To: A <a@x.test, B <b@x.test>\n',
    'unclosed-comment': b'To: a@x.test (unclosed, b@x.test\n',
    'two-fields': b'To: a@x.test\nTo: b@x.test\n',
    'empty': b'To:\nCc: \nBcc:\t\n',
    'encoded': b'To: =?utf-8?Q?Andr=C3=A9?= <a@x.test>,'
               b' =?iso-8859-1?q?Ren=E9e_?= =?iso-8859-1?q?X?= <r@x.test>\n',
    'encoded-quoted': b'To: "=?utf-8?B?w6k=?=" <e@x.test>\n',
    'eight-bit': b'To: Andr\xc3\xa9 <a@x.test>, Ren\xe9e <r@x.test>\n',
    'sender': b'Sender: s@x.test\nReply-To: r@x.test, r2@x.test\n'
              b'Cc: c@x.test\nBcc: b@x.test\nIn-Reply-To: <1@x> <2@x>\n',
    'sender-empty': b'Sender:\nReply-To:\nIn-Reply-To:\n',
    'many': b'To: ' + b',\n '.join(b'"N %d" <n%d@x.test>' % (n, n)
                                   for n in range(60)) + b'\n',
}


def with_addresses(name, fields):
    return (b'From: Robin Hale <robin@example.test>\nSubject: to ' +
            name.encode() + b'\nDate: Wed, 3 Jun 2026 00:00:00 +0000\n' +
            fields + b'\n' + SIMPLE)


OTHERS = {
    'empty-body': head(b'empty-body') + b'\n',
    'no-blank-line': head(b'no-blank-line'),
    'only-body': b'\nOnly a body.\n',
    'one-line': b'Subject: one line\n',
    'not-a-header': b'This is no header at all.\nNor this.\n\nBody\n',
    'header-then-junk': head(b'header-then-junk') +
                        b'junk without colon\nX-After: yes\n\nbody\n',
    'no-from': b'Subject: no from\n\n' + SIMPLE,
    'no-end': head(b'no-end') + b'\nno line end here',
    'from-line': head(b'from-line') + b'\nFrom me\n>From you\n.\n..\n',
    'twice': head(b'twice') + b'Subject: second\nFrom: second@x.test\n'
             b'Date: Thu, 4 Jun 2026 00:00:00 +0000\n\n' + SIMPLE,
    'case': b'FROM: a@x.test\nsUBJECT: case\nDATE: now\n\n' + SIMPLE,
    'blank-before-colon': b'Subject : blank\nFrom\t: a@x.test\n\n' + SIMPLE,
    'no-blank-after': b'Subject:tight\nFrom:a@x.test\n\n' + SIMPLE,
    'folded': b'Subject: folded\n  twice\n\tand thrice  \n'
              b'From: a@x.test\n\n' + SIMPLE,
    'folded-empty': b'Subject:\n on the next line\nFrom: a@x.test\n\nx\n',
    'folded-blank': b'Subject: a\n   \n b\nFrom: a@x.test\n\nx\n',
    'begins-folded': b' folded at once\nSubject: late\n\nx\n',
    'subject-eight-bit': b'Subject: caf\xe9 \xc3\xbc\nFrom: a@x.test\n\nx\n',
    'subject-encoded': b'Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\n'
                       b' =?utf-8?B?4oKs?= end\nFrom: a@x.test\n\nx\n',
    'subject-quotes': b'Subject: "quoted" \\back\\ (paren)\n\nx\n',
    'subject-long': b'Subject: ' + b'long ' * 300 + b'\n\nx\n',
    'subject-empty': b'Subject:\nFrom: a@x.test\n\nx\n',
    'subject-blank': b'Subject:    \nFrom: a@x.test\n\nx\n',
    'long-lines': head(b'long-lines') + b'\n' + b'y' * 5000 + b'\n' +
                  b'z' * 998 + b'\n',
    'controls': head(b'controls') + b'\n\x01\x02\x1b[31m\x7f\t\x0c\n',
    'bare-cr': head(b'bare-cr') + b'\na\rb\n',
    'eight-bit-body': head(b'eight-bit-body') + b'\ncaf\xe9 \xff\n',
    'blank-lines': head(b'blank-lines') + b'\n\n\n\n',
    'date-odd': b'Date: Fri, 32 Foo 99 25:61:61 XYZ\nFrom: a@x.test\n\nx\n',
    'date-short': b'Date: 5 Jun 26 1:2 EST\nFrom: a@x.test\n\nx\n',
    'date-comment': b'Date: Fri, 5 Jun 2026 (hi) 10:00:00 -0500 (EST)\n\nx\n',
    'date-late': b'Date: Fri, 5 Jun 2026 23:30:00 -0800\n\nx\n',
    'id-odd': b'Message-ID: no angle\nIn-Reply-To: "quoted" <a@b>\n\nx\n',
    'id-spaces': b'Message-ID:   < a @ b >  \n\nx\n',
    'ids-two': b'Message-ID: <a@b> <c@d>\n\nx\n',
    # -- one part, with odd fields
    'type-none': mime(b'type-none', b'', SIMPLE),
    'type-word': mime(b'type-word', b'text', SIMPLE),
    'type-slash': mime(b'type-slash', b'/plain', SIMPLE),
    'type-case': mime(b'type-case', b'TeXt/HtMl; CharSet=UTF-8', SIMPLE),
    'type-comment': mime(b'type-comment', b'text (c) / (d) plain (e);'
                         b' (f) charset (g) = (h) utf-8 (i)', SIMPLE),
    'type-junk': mime(b'type-junk', b'text/plain; charset', SIMPLE),
    'type-junk2': mime(b'type-junk2', b'text/plain; =x; a=b; ;;', SIMPLE),
    'type-twice': mime(b'type-twice', b'text/html', SIMPLE,
                       b'Content-Type: text/plain'),
    'type-quoted': mime(b'type-quoted', b'text/plain; name="a \\"b\\" \\\\ c";'
                        b' charset="us-ascii"', SIMPLE),
    'type-same': mime(b'type-same', b'text/plain; a=1; a=2', SIMPLE),
    'type-2231': mime(b'type-2231', b"application/x; name*=utf-8'en'%e2%82%ac",
                      SIMPLE),
    'type-2231-parts': mime(b'type-2231-parts', b"application/x;"
                            b" name*0*=utf-8''%e2; name*1=bc; name*2=d",
                            SIMPLE),
    'type-encoded': mime(b'type-encoded',
                         b'application/x; name="=?utf-8?Q?=C3=A9?="', SIMPLE),
    'type-eight-bit': mime(b'type-eight-bit',
                           b'application/x; name="caf\xc3\xa9"', SIMPLE),
    'type-folded': mime(b'type-folded', b'text/plain;\n\tcharset=utf-8;\n'
                        b' format=flowed', SIMPLE),
    'no-version': head(b'no-version', b'Content-Type: text/html') + b'\n<p>\n',
    'encoding-case': mime(b'encoding-case', b'text/plain', SIMPLE,
                          b'Content-Transfer-Encoding: 7BIT'),
    'encoding-odd': mime(b'encoding-odd', b'text/plain', SIMPLE,
                         b'Content-Transfer-Encoding: (c) x-what (d)'),
    'encoding-empty': mime(b'encoding-empty', b'text/plain', SIMPLE,
                           b'Content-Transfer-Encoding:'),
    'qp': mime(b'qp', b'text/plain; charset=utf-8', b'Gr=C3=BC=C3=9Fe=\n!\n',
               b'Content-Transfer-Encoding: quoted-printable'),
    'base64': mime(b'base64', b'text/plain; charset=utf-8', b'w7xiZXI=\n',
                   b'Content-Transfer-Encoding: base64'),
    'fields': mime(b'fields', b'text/plain', SIMPLE,
                   b'Content-ID: <id@x.test>',
                   b'Content-Description: a (b) "c"',
                   b'Content-MD5: Q2hlY2sgSW50ZWdyaXR5IQ==',
                   b'Content-Disposition: inline; filename="f"; size=3',
                   b'Content-Language: en, de',
                   b'Content-Location: http://x.test/a b'),
    'disposition-odd': mime(b'disposition-odd', b'text/plain', SIMPLE,
                            b'Content-Disposition: ; filename=x'),
    'disposition-empty': mime(b'disposition-empty', b'text/plain', SIMPLE,
                              b'Content-Disposition:'),
    'language-odd': mime(b'language-odd', b'text/plain', SIMPLE,
                         b'Content-Language: en,, (c) de ,'),
    'description-encoded': mime(b'description-encoded', b'text/plain', SIMPLE,
                                b'Content-Description: =?utf-8?q?=C3=A9?='),
    # -- several parts
    'two': mime(b'two', b'multipart/mixed; boundary=b', b'--b\n\none\n--b\n'
                b'Content-Type: text/html\n\n<p>two\n--b--\n'),
    'preamble': mime(b'preamble', b'multipart/mixed; boundary=b',
                     b'before\n--b\n\none\n--b--\nafter\n'),
    'no-close': mime(b'no-close', b'multipart/mixed; boundary=b',
                     b'--b\n\none\n--b\n\ntwo\n'),
    'no-parts': mime(b'no-parts', b'multipart/mixed; boundary=b', b'text\n'),
    'only-close': mime(b'only-close', b'multipart/mixed; boundary=b',
                       b'--b--\n'),
    'close-at-end': mime(b'close-at-end', b'multipart/mixed; boundary=b',
                         b'--b\n\none\n--b--'),
    'no-boundary': mime(b'no-boundary', b'multipart/mixed', b'--b\n\none\n'),
    'empty-boundary': mime(b'empty-boundary', b'multipart/mixed; boundary=""',
                           b'--\n\none\n----\n'),
    'boundary-blanks': mime(b'boundary-blanks', b'multipart/mixed; boundary=b',
                            b'--b  \n\none\n--b\t\n\ntwo\n--b--  \n'),
    'boundary-prefix': mime(b'boundary-prefix', b'multipart/mixed; boundary=b',
                            b'--b\n\none\n--bb\n\nstill one?\n--b--\n'),
    'boundary-long': mime(b'boundary-long', b'multipart/mixed; boundary="' +
                          b'x' * 70 + b'"', b'--' + b'x' * 70 + b'\n\none\n--'
                          + b'x' * 70 + b'--\n'),
    'boundary-odd': mime(b'boundary-odd', b"multipart/mixed; boundary="
                         b"\"a b'()+_,-./:=?\"",
                         b"--a b'()+_,-./:=?\n\none\n--a b'()+_,-./:=?--\n"),
    'boundary-in-line': mime(b'boundary-in-line',
                             b'multipart/mixed; boundary=b',
                             b'--b\n\n --b\nx--b\n--b--\n'),
    'part-empty': mime(b'part-empty', b'multipart/mixed; boundary=b',
                       b'--b\n\n--b\n\n\n--b\n--b--\n'),
    'part-only-header': mime(b'part-only-header',
                             b'multipart/mixed; boundary=b',
                             b'--b\nContent-Type: text/html\n--b--\n'),
    'part-no-blank': mime(b'part-no-blank', b'multipart/mixed; boundary=b',
                          b'--b\nno header, no blank line\n--b--\n'),
    'part-fields': mime(b'part-fields', b'multipart/mixed; boundary=b',
                        b'--b\nContent-Type: image/png; name=a.png\n'
                        b'Content-ID: <i@x>\nContent-Description: pic\n'
                        b'Content-Transfer-Encoding: base64\n'
                        b'Content-MD5: x==\n'
                        b'Content-Disposition: attachment; filename=a.png\n'
                        b'Content-Language: en\nContent-Location: l\n\n'
                        b'aGVsbG8=\n--b--\n'),
    'related': mime(b'related', b'multipart/related; boundary=b;'
                    b' type="text/html"; start="<a>"',
                    b'--b\nContent-Type: text/html\nContent-ID: <a>\n\n<p>\n'
                    b'--b--\n', b'Content-Disposition: inline',
                    b'Content-Language: en', b'Content-Location: here'),
    'digest': mime(b'digest', b'multipart/digest; boundary=b',
                   b'--b\n\n' + head(b'in-digest') + b'\nx\n--b\n'
                   b'Content-Type: text/plain\n\ny\n--b--\n'),
    'alternative': mime(b'alternative', b'multipart/alternative; boundary=b',
                        b'--b\nContent-Type: multipart/related; boundary=c\n\n'
                        b'--c\n\none\n--c\n\ntwo\n--c--\n\n--b\n\nthree\n'
                        b'--b--\n'),
    'outer-ends-inner': mime(b'outer-ends-inner',
                             b'multipart/mixed; boundary=outer',
                             b'--outer\nContent-Type: multipart/mixed;'
                             b' boundary=inner\n\n--inner\n\none\n'
                             b'--outer\n\ntwo\n--outer--\n'),
    'inner-same': mime(b'inner-same', b'multipart/mixed; boundary=b',
                       b'--b\nContent-Type: multipart/mixed; boundary=b\n\n'
                       b'--b\n\none\n--b--\n--b--\n'),
    'inner-prefix': mime(b'inner-prefix', b'multipart/mixed; boundary=b',
                         b'--b\nContent-Type: multipart/mixed; boundary=b2\n\n'
                         b'--b2\n\none\n--b2--\n--b\n\ntwo\n--b--\n'),
    'after-close': mime(b'after-close', b'multipart/mixed; boundary=b',
                        b'--b\n\none\n--b--\n--b\n\nnot a part\n--b--\n'),
    'deep': head(b'deep', b'MIME-Version: 1.0') + nest(20),
    'messages': nest_messages(6),
    'message-empty': mime(b'message-empty', b'message/rfc822', b''),
    'message-no-header': mime(b'message-no-header', b'message/rfc822',
                              b'\nonly a body\n'),
    'message-multipart': mime(
        b'message-multipart', b'multipart/mixed; boundary=b',
        b'--b\nContent-Type: message/rfc822\n\n' +
        mime(b'inside', b'multipart/mixed; boundary=c',
             b'--c\n\none\n--c\nContent-Type: message/rfc822\n\n' +
             head(b'deepest') + b'\nx\n--c--\n') + b'--b--\n'),
    'message-base64': mime(b'message-base64', b'message/rfc822',
                           b'U3ViamVjdDogaGlkZGVuCgp4Cg==\n',
                           b'Content-Transfer-Encoding: base64'),
    'message-partial': mime(b'message-partial', b'message/partial; id=x;'
                            b' number=1; total=2', SIMPLE),
    'message-external': mime(b'message-external', b'message/external-body;'
                             b' access-type=local-file; name=/x',
                             b'Content-Type: image/png\n\n'),
    'message-global': mime(b'message-global', b'message/global',
                           head(b'global') + b'\nx\n'),
    'report': mime(b'report', b'multipart/report; boundary=b;'
                   b' report-type=delivery-status',
                   b'--b\n\nsorry\n--b\nContent-Type: message/delivery-status'
                   b'\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a\n'
                   b'\n--b\nContent-Type: text/rfc822-headers\n\n' +
                   head(b'returned') + b'--b--\n'),
}

LETTERS = {
    **{f'address-{name}': with_addresses(name, fields)
       for name, fields in ADDRESSES.items()},
    **OTHERS,
}
LETTERS = {name: octets.replace(b'\n', b'\r\n')
           for name, octets in LETTERS.items()}
