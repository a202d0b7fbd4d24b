"""Whose a file host is: the site's own domain, or what it says itself."""

import pytest

from jimo_lint.domains import related

HOSTS = {"www.qingtan.gov.cn", "127.0.0.1:8080"}


@pytest.mark.parametrize(
    ("place", "own"),
    [
        ("www.qingtan.gov.cn", True),
        ("files.qingtan.gov.cn", True),
        ("files.qingtan.gov.cn:8443", True),
        ("qingtan.gov.cn", True),
        ("a.b.qingtan.gov.cn", True),
        ("127.0.0.1:8080", True),
        # Neither another office, nor another program on the same machine, nor a name that only looks alike.
        ("www.yunxi.gov.cn", False),
        ("www.gov.cn", False),
        ("127.0.0.1:8081", False),
        ("127.0.0.1", False),
        ("files-qingtan.gov.cn", False),
        ("qingtan.gov.cn.example.com", False),
        ("qingtan.com.cn", False),
        ("", False),
    ],
)
def test_files_of_the_same_registered_domain_are_the_sites(place: str, own: bool) -> None:
    """Hosts are compared by what somebody registered, addresses as a whole."""
    assert related(place, HOSTS) is own
