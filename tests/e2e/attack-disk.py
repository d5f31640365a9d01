#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a disk may do: damaged, cut, foreign, newer, read-only and full files.

usage: attack-disk.py FOYERCTL FOYER-SANDBOX [TEST...]
"""
import os
import random
import select
import shutil
import sqlite3
import subprocess
import sys

from world import PATIENCE, run_tests

PAGE = 4096


def path(world, name):
    return os.path.join(world.folder, "data/foyer/default", name)


def remove(world, name):
    for suffix in ("", "-wal", "-shm"):
        if os.path.exists(path(world, name) + suffix):
            os.unlink(path(world, name) + suffix)


def settle_file(world, name):
    """All that was written is in the file itself."""
    with sqlite3.connect(path(world, name)) as db:
        db.execute("PRAGMA wal_checkpoint (TRUNCATE)")
    db.close()


def overwrite(world, name, offset, length):
    with open(path(world, name), "r+b") as file:
        file.seek(offset)
        file.write(os.urandom(length))


def begin(world):
    """Two that wait, one that was sent; a code that has not come yet."""
    world.connect()
    codes = world.codes(4)
    for code in codes[:2]:
        assert world.admit(code, "--offline").code == 0
    assert world.admit(codes[2]).code == 0
    return codes


def goes_on(world, codes):
    """Nothing is lost, nothing happens twice, and the door is open."""
    assert world.status("--offline")["recorded"] == 3
    assert world.run("sync").line["complete"]
    ran = world.admit(codes[3])
    assert ran.code == 0 and ran.line["attendee"]["name"], (ran.code, ran.err)
    assert world.run("push").line == {"sent": 4, "waiting": 0, "needs_you": 0}
    assert [len(world.sandbox.entries(code)) for code in codes] == [1] * 4
    assert world.admit(codes[0]).line["reason"] == "already_redeemed"


def mirror_test(damage):
    def test(world):
        codes = begin(world)
        damage(world)
        goes_on(world, codes)
    return test


def fill_mirror(world):
    with open(path(world, "mirror.db"), "wb") as file:
        file.write(os.urandom(50000))


def perforate_mirror(world):
    settle_file(world, "mirror.db")
    for number in range(2, os.path.getsize(path(world, "mirror.db")) // PAGE, 2):
        overwrite(world, "mirror.db", number * PAGE, PAGE)


def age_mirror(world):
    with sqlite3.connect(path(world, "mirror.db")) as db:
        db.execute("PRAGMA user_version = 9999")
    db.close()


test_mirror_rubbish = mirror_test(fill_mirror)
test_mirror_cut = mirror_test(lambda world: os.truncate(path(world, "mirror.db"),
                                                        os.path.getsize(path(world, "mirror.db")) // 2))
test_mirror_empty = mirror_test(lambda world: os.truncate(path(world, "mirror.db"), 0))
test_mirror_holes = mirror_test(perforate_mirror)
test_mirror_gone = mirror_test(lambda world: remove(world, "mirror.db"))
test_mirror_alone_gone = mirror_test(lambda world: os.unlink(path(world, "mirror.db")))
test_mirror_newer = mirror_test(age_mirror)


def read_line(child):
    ready, _, _ = select.select([child.stdout], [], [], PATIENCE)
    return child.stdout.readline() if ready else None


def test_mirror_gone_while_open(world):
    world.connect()
    codes = world.codes(3)
    child = world.spawn("admit", "-", "--list", str(world.list))
    for code in codes[:2]:
        child.stdin.write(code + "\n")
        child.stdin.flush()
        assert '"admitted"' in read_line(child)
        remove(world, "mirror.db")
    ran = world.admit(codes[2])
    assert ran.code == 6 and ran.error["error"] == "STORAGE" and "Close" in ran.error["message"], (ran.code, ran.err)
    child.stdin.close()
    assert child.wait(timeout=PATIENCE) == 0
    assert world.run("sync").line["complete"]
    assert world.admit(codes[1]).line["reason"] == "already_redeemed"
    assert world.admit(codes[2]).code == 0
    assert world.admissions() == 3


def test_journal_page(world):
    """A page of the journal is rubbish: it is said, what can be read is saved, the damaged file stays."""
    codes = begin(world)
    settle_file(world, "journal.db")
    with sqlite3.connect(path(world, "journal.db")) as db:
        pages = [row[0] for row in db.execute("SELECT rootpage FROM sqlite_schema WHERE type = 'index'") if row[0] > 1]
    db.close()
    overwrite(world, "journal.db", (random.choice(pages) - 1) * PAGE, PAGE)
    ran = world.run("--offline", "status")
    assert ran.code == 0 and "The journal was damaged" in ran.err and "journal-damaged" in ran.err, (ran.code, ran.err)
    assert [name for name in os.listdir(path(world, "")) if name.startswith("journal-damaged")]
    goes_on(world, codes)


def test_journal_header(world):
    codes = begin(world)
    settle_file(world, "journal.db")
    overwrite(world, "journal.db", 0, 100)
    ran = world.run("--offline", "status")
    assert ran.code == 0 and "The journal was damaged" in ran.err, (ran.code, ran.err)
    goes_on(world, codes)


def test_journal_cut(world):
    """Nothing is left of it: said plainly, and the way on is told."""
    world.connect()
    for suffix in ("-wal", "-shm"):
        if os.path.exists(path(world, "journal.db" + suffix)):
            os.unlink(path(world, "journal.db" + suffix))
    os.truncate(path(world, "journal.db"), 50)
    ran = world.run("--offline", "status")
    assert ran.code == 0 and "connect this desk again" in ran.err, (ran.code, ran.err)
    world.connect()
    (code,) = world.codes(1)
    assert world.admit(code).code == 0


def test_journal_gone(world):
    """Only its -wal is left: what is in there alone is nothing, but it is kept."""
    world.connect()
    (code,) = world.codes(1)
    child = world.spawn("--offline", "admit", "-", "--list", str(world.list))
    child.stdin.write(code + "\n")
    child.stdin.flush()
    assert '"admitted"' in read_line(child)
    child.kill()
    child.wait()
    os.unlink(path(world, "journal.db"))
    ran = world.run("--offline", "status")
    assert ran.code == 0 and "connect this desk again" in ran.err, (ran.code, ran.err)
    assert [name for name in os.listdir(path(world, "")) if name.startswith("journal-damaged") and name.endswith("-wal")]
    assert world.run("--offline", "status").err == ""


def test_journal_newer(world):
    codes = begin(world)
    with sqlite3.connect(path(world, "journal.db")) as db:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        db.execute("PRAGMA user_version = 9999")
    db.close()
    for what in (("status",), ("admit", codes[3], "--list", str(world.list)), ("push",), ("sync",)):
        ran = world.run(*what)
        assert ran.code == 6 and ran.error["error"] == "STORAGE" and "newer" in ran.error["message"], (what, ran.err)
    with sqlite3.connect(path(world, "journal.db")) as db:
        db.execute(f"PRAGMA user_version = {version}")
    db.close()
    goes_on(world, codes)


def test_no_folder(world):
    os.makedirs(os.path.join(world.folder, "data/foyer"))
    with open(os.path.join(world.folder, "data/foyer/default"), "w", encoding="utf-8"):
        pass
    ran = world.run("status")
    assert ran.code == 6 and ran.error["error"] == "STORAGE" and "folder" in ran.error["message"], (ran.code, ran.err)


def mounted(*command):
    return os.geteuid() == 0 and subprocess.run(command, capture_output=True, check=False).returncode == 0


def unmount(where):
    subprocess.run(["umount", where], check=True)


def test_read_only(world):
    codes = begin(world)
    data = os.path.join(world.folder, "data")
    if not mounted("mount", "--bind", data, data):
        print("# mounting is not allowed here: left out")
        return
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", data], check=True)
        for what in (("status",), ("admit", codes[3], "--list", str(world.list)), ("push",)):
            ran = world.run(*what)
            assert ran.code == 6 and ran.error["error"] == "STORAGE" and "read-only" in ran.error["message"], (what, ran.err)
    finally:
        unmount(data)
    goes_on(world, codes)


def fill_up(path):
    """Not a page is left."""
    with open(path, "ab", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * PAGE)
        except OSError:
            pass


def test_full(world):
    """No room at all, at the start and in the middle: nothing is promised that is not on disk."""
    codes = begin(world)
    data, old = os.path.join(world.folder, "data"), os.path.join(world.folder, "old")
    shutil.move(data, old)
    os.mkdir(data)
    if not mounted("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", data):
        print("# mounting is not allowed here: left out")
        return
    fill = os.path.join(data, "fill")
    try:
        shutil.copytree(old, data, dirs_exist_ok=True)
        child = world.spawn("--offline", "admit", "-", "--list", str(world.list))
        child.stdin.write("nobody\n")
        child.stdin.flush()
        assert '"invalid"' in read_line(child)
        fill_up(fill)
        told = "".join(child.communicate("\n".join(world.codes(60)[::-1]) + "\n", timeout=PATIENCE))
        assert "The disk is full" in told, told[-500:]
        promised = told.count('"result":"admitted"')
        # A last admission may still find its room (who ends tidies up, which makes some); then it is as good as any.
        fill_up(fill)
        ran = world.admit(codes[3])
        assert ran.code == 0 or ran.code == 6 and "full" in ran.err, (ran.code, ran.err)
        promised += ran.code == 0
        fill_up(fill)
        ran = world.run("sync")
        assert ran.code == 6 and '{"error":"STORAGE","message":"The disk is full.' in ran.err, ran.err
        os.unlink(fill)
        assert world.status("--offline")["recorded"] == 3 + promised
        ran = world.run("push")
        assert ran.line == {"sent": 3 + promised, "waiting": 0, "needs_you": 0}, ran.line
        assert world.admit(codes[3]).code in (0, 5)
        assert len(world.sandbox.entries(codes[3])) == 1
        assert world.run("audit", "--verify").line["intact"]
    finally:
        unmount(data)


if __name__ == "__main__":
    sys.exit(run_tests(globals()))
