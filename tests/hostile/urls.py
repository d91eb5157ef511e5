"""URLs that lead inside, in the ways that people try; ``{port}`` is that of a listener on the loopback."""

LOOPBACK_FORMS = (
    "127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "127.000.000.001", "0", "0.0.0.0", "0x7f.1",  # noqa: S104
    "0x7f000001", "0x7f.0x0.0x0.0x1", "0X7F000001", "2130706433", "017700000001", "0177.0.0.1", "0177.0.0.01",
    "0177.1", "127.0x0.1", "0x7f.0.1", "0000000127.0.0.1", "127.0.0.1.", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]",
    "[0000:0000:0000:0000:0000:0000:0000:0001]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:7f00:0001]", "[::127.0.0.1]", "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]", "[2001:0:7f00:1::1]", "[::ffff:0:127.0.0.1]", "[fe80::1%25lo]", "[fe80::1]",
)  # fmt: skip
INNER_FORMS = (
    "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254", "192.168.0.1", "192.168.255.254", "169.254.169.254",
    "169.254.0.1", "100.64.0.1", "100.127.255.254", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "192.0.0.1", "0xa9fea9fe", "2852039166",
    "025177524776", "0xA9.0xFE.0xA9.0xFE", "10.1", "0xa000001", "[fc00::1]", "[fd00:ec2::254]", "[ff02::1]",
    "[2001:db8::1]", "[::ffff:10.0.0.1]", "[::ffff:169.254.169.254]", "[64:ff9b::a9fe:a9fe]", "[2002:a9fe:a9fe::]",
    "[64:ff9b:1::a00:1]", "[100::1]", "[fec0::1]",
)  # fmt: skip
# Names that a resolver of the attacker's points to the loopback.
NAMES = (
    "localhost", "localhost.", "LOCALHOST", "localhost.localdomain", "ip6-localhost", "127.0.0.1.nip.io",
    "7f000001.nip.io", "localtest.me", "lvh.me", "spoofed.burpcollaborator.net", "metadata", "metadata.google.internal",
    "kubernetes.default.svc", "postgres", "redis", "db", "host.docker.internal", "rebind.example.com",
)  # fmt: skip
SCHEMES = (
    "http", "file", "gopher", "ftp", "ftps", "sftp", "tftp", "dict", "ldap", "ldaps", "jar", "data", "javascript",
    "smb", "ws", "wss", "netdoc", "php", "expect", "unix", "redis", "telnet", "HTTP", "hTtPs2", "",
)  # fmt: skip
ODD = (
    "https://127.0.0.1:{port}@example.com/", "https://example.com@127.0.0.1:{port}/",
    "https://example.com:80@127.0.0.1:{port}/", "https://user:secret@127.0.0.1:{port}/",
    "https://@127.0.0.1:{port}/", "https://:@127.0.0.1:{port}/", "https://127.0.0.1:{port}#@example.com/",
    "https://127.0.0.1:{port}/#example.com", "https://127.0.0.1:{port}\\@example.com/",
    "https://example.com\\@127.0.0.1:{port}/", "https:\\\\127.0.0.1:{port}\\", "https:/127.0.0.1:{port}/",
    "https:127.0.0.1:{port}/", "//127.0.0.1:{port}/", "///127.0.0.1:{port}/", "/127.0.0.1:{port}", "127.0.0.1:{port}",
    "https:///127.0.0.1:{port}/", "https://127.0.0.1:{port} /", " https://127.0.0.1:{port}/",
    "https://127.0.0.1\t:{port}/", "https://127.0.0.1\n:{port}/", "https://127.0.0.1:{port}/\r\nHost: inner",
    "https://127.0.0.1%00:{port}/", "https://127.0.0.1\x00.example.com:{port}/", "https://%31%32%37.0.0.1:{port}/",
    "https://127。0。0。1:{port}/", "https://１２７.0.0.1:{port}/", "https://①②⑦.⓪.⓪.①:{port}/",
    "https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:{port}/", "https://127.0.0.1:0{port}/", "https://127.0.0.1:+{port}/",
    "https://127.0.0.1:{port}:{port}/", "https://127.0.0.1:99999/", "https://127.0.0.1:-1/", "https://127.0.0.1:/",
    "https://[127.0.0.1]:{port}/", "https://[::1:{port}/", "https://::1:{port}/", "https://[]:{port}/",
    "https://.:{port}/", "https://..:{port}/", "https://-:{port}/", "https://:{port}/", "https://", "https:", "",
    "https://a" + "a" * 500 + ":{port}/", "https://" + "a." * 200 + "com:{port}/", "https://[::1%lo]:{port}/",
)  # fmt: skip


def hostile_urls(port: int) -> list[str]:
    """The whole corpus for a listener on this port."""
    hosts = (*LOOPBACK_FORMS, *INNER_FORMS, *NAMES)
    return [
        *(f"https://{host}:{port}/" for host in hosts),
        *(f"https://{host}/" for host in LOOPBACK_FORMS),
        *(f"{scheme}://127.0.0.1:{port}/" for scheme in SCHEMES),
        *(form.replace("{port}", str(port)) for form in ODD),
        "file:///etc/passwd",
        "file://localhost/etc/passwd",
        "gopher://127.0.0.1:{port}/_GET%20/".replace("{port}", str(port)),
    ]
