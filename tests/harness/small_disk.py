"""A disk small enough to be full: a tmpfs that only we and the programs that we start can see."""
import ctypes
import errno
import os
from concurrent.futures import ThreadPoolExecutor

CLONE_NEWNS, MS_REC, MS_PRIVATE = 0x20000, 0x4000, 0x40000
libc = ctypes.CDLL(None, use_errno=True)


def call(name, *arguments):
    if getattr(libc, name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)} (it takes root, or CAP_SYS_ADMIN)")


def on_small_disk(path, kilobytes, body):
    """Mount an empty disk of that size on a directory, and call the body.

    In a thread of its own, with which the disk goes: the rest of the test run must not see it.
    """

    def run():
        call("unshare", CLONE_NEWNS)
        call("mount", None, b"/", None, MS_REC | MS_PRIVATE, None)
        call("mount", b"small", bytes(path), b"tmpfs", 0, f"size={kilobytes}k".encode())
        body()

    path.mkdir(exist_ok=True)
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(run).result()


def fill(path):
    """Leave no room for a single byte more; unlink what comes back to make room again."""
    filler = path / "filler"
    with open(filler, "wb", buffering=0) as out:
        for piece in (65536, 4096, 1):
            try:
                while out.write(b"x" * piece):
                    pass
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
    return filler
