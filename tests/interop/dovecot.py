# SPDX-License-Identifier: GPL-3.0-or-later
"""Dovecot with a configuration of its own, on free ports of 127.0.0.1."""
import os
import pwd
import shutil
import socket
import time

PROGRAM = shutil.which('dovecot', path='/usr/sbin')
MISSING = ('dovecot is not installed' if PROGRAM is None else
           'dovecot must be started by root' if os.geteuid() != 0 else None)

CONFIG = '''
base_dir = {dir}/run
log_path = {dir}/dovecot.log
protocols = imap pop3
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login cram-md5 scram-sha-256
mail_fsync = never
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
mail_location = maildir:{dir}/mail/%u
first_valid_uid = 1
first_valid_gid = 1
passdb {{
  driver = static
  args = password=portcall
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={dir}/home/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service pop3-login {{
  chroot =
  inet_listener pop3 {{
    port = {pop3}
  }}
  inet_listener pop3s {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
'''


def free_port(kind=socket.SOCK_STREAM):
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def wait_for(port):
    for _ in range(100):
        try:
            socket.create_connection(('127.0.0.1', port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f'nothing listens on {port}')


def start(case, folder, letters):
    """Starts it for a test, with these messages in alex's INBOX; the ports
    of IMAP and POP3.  The password is portcall."""
    user = pwd.getpwnam('dovecot')
    imap, pop3 = free_port(), free_port()
    config = folder / 'dovecot.conf'
    config.write_text(CONFIG.format(dir=folder, user='dovecot',
                                    group='dovecot', imap=imap, pop3=pop3))
    for name in ('mail', 'home'):
        (folder / name).mkdir()
    box = folder / 'mail' / 'alex'
    for name in ('cur', 'new', 'tmp'):
        (box / name).mkdir(parents=True)
    for number, letter in enumerate(letters, 1):
        (box / 'new' / f'{number}.host').write_bytes(letter)
    for path in (folder / 'mail').rglob('*'):
        os.chown(path, user.pw_uid, user.pw_gid)
    for name in ('mail', 'home'):
        os.chown(folder / name, user.pw_uid, user.pw_gid)
    case.start(PROGRAM, '-F', '-c', str(config))
    wait_for(imap)
    wait_for(pop3)
    return imap, pop3
