"""Child processes that never outlive their parent, and what Linux needs to arrange that."""

import ctypes
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

NOBODY = 65534


def tied_to_parent(death_signal: int, become: Callable[[], None] | None = None) -> Callable[[], None]:
    """A `preexec_fn` that sends the child `death_signal` when its parent ends, even by kill -9.

    Linux only; elsewhere the next owner stops what an earlier one left behind.
    """
    if threading.current_thread() is not threading.main_thread():
        # Linux counts the end of the *thread* that made the child as the end of its parent.
        raise RuntimeError("Start child processes from the main thread.")
    parent = os.getpid()
    libc = ctypes.CDLL(None, use_errno=True)

    def prepare_child() -> None:
        if become:
            become()
        if sys.platform == "linux":
            # After `become`: a change of credentials clears this setting.
            pr_set_pdeathsig = 1
            libc.prctl(pr_set_pdeathsig, int(death_signal), 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)

    return prepare_child


def enter_namespace() -> None:
    """Be nobody in a user namespace where nobody is our root: PostgreSQL refuses to run as root.

    Files stay root's on disk, so no folder has to be opened to another user.
    """
    clone_newuser = 0x10000000
    if ctypes.CDLL(None, use_errno=True).unshare(clone_newuser):
        raise OSError(ctypes.get_errno(), "unshare")
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{NOBODY} 0 1"),
        ("gid_map", f"{NOBODY} 0 1"),
    ):
        Path("/proc/self", name).write_text(text, encoding="ascii")


def become_nobody() -> None:
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def command_line(pid: int) -> str:
    """The command of a running process, or nothing where it does not run."""
    if sys.platform == "linux":
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            return ""
    listing = subprocess.run(
        ["ps", "-o", "command=", "-p", str(pid)], check=False, capture_output=True, text=True
    )
    return listing.stdout
