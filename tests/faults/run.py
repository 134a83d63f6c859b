#!/usr/bin/env python3
"""Kills the built binary at its Nth write and lets system calls fail, one after the other (strace -e inject).

    run.py target/release/kliping        bounded in minutes; says so where strace cannot be had
"""

import argparse
import contextlib
import http.server
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

STORIES = 12
KILLS = 24  # spread over all writes of a crawl
LONGEST = 240  # seconds for all of it

PAGE = """<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><title>Berita nomor {n} dari waduk</title></head>
<body><article><h1>Berita nomor {n} dari waduk</h1><div class="isi">
<p>Bandung – Sebanyak {n} perahu kembali berjualan di waduk pada hari pasar yang kesekian.</p>
<p>Panitia menyebut persiapan sudah berjalan sejak awal bulan dan melibatkan warga dari empat desa di sekitar waduk.</p>
<p>Kepala desa menambahkan bahwa jalan menuju lokasi akan ditutup untuk kendaraan besar sampai malam hari.</p>
</div></article></body></html>"""


class Press(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        status, kind, text = 404, "text/plain", "tiada"
        if self.path == "/feed.xml":
            host = self.headers["Host"]
            items = "".join(f"<item><title>Berita</title><link>http://{host}/{n}</link></item>" for n in range(1, STORIES + 1))
            status, kind, text = 200, "application/rss+xml", f'<rss version="2.0"><channel>{items}</channel></rss>'
        elif self.path[1:].isdigit():
            status, kind, text = 200, "text/html; charset=utf-8", PAGE.format(n=self.path[1:])
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Desk:
    """A folder with a configuration, and the binary."""

    def __init__(self, kliping, port, folder):
        self.kliping, self.folder = kliping, folder
        folder.mkdir()
        # The shortest leases: who dies holds a host for as long.
        (folder / "config.toml").write_text(
            f'[crawl]\ndelay = "2ms"\ntimeout = "1s"\nconnect_timeout = "100ms"\nlease = "1s"\n'
            f'[sites.uji]\nurl = "http://127.0.0.1:{port}/"\nfeeds = ["/feed.xml"]\n')

    def run(self, *args, inject=None):
        strace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=" + inject.split(":")[0],
                  "-e", "inject=" + inject] if inject else []
        done = subprocess.run([*strace, self.kliping, *args], cwd=self.folder, env={"PATH": os.environ["PATH"]},
                              capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL)
        if "panicked" in done.stderr:
            raise AssertionError(f"{args} {inject}: {done.stderr}")
        return done

    def crawl(self, inject=None):
        """How a crawl ended, and which addresses it told as stored."""
        done = self.run("-v", "--log-format", "json", "crawl", "--new-only", inject=inject)
        told = []
        for line in done.stderr.splitlines():
            try:
                line = json.loads(line)
            except ValueError:
                continue  # what a killed process wrote last
            if line.get("message") == "stored":
                told.append(line["url"])
        return done, told

    def writes(self):
        """How often a whole crawl writes to its archive."""
        log = self.folder / "strace.txt"
        subprocess.run(["strace", "-f", "-qq", "-o", log, "-e", "trace=pwrite64", self.kliping, "crawl", "--new-only"],
                       cwd=self.folder, env={"PATH": os.environ["PATH"]}, check=True, timeout=120, stdin=subprocess.DEVNULL)
        return sum("pwrite64(" in line for line in log.read_text().splitlines())

    def stored(self):
        done = self.run("list", "--format", "jsonl")
        return [json.loads(line)["url"] for line in done.stdout.splitlines()]

    def expect(self, done, codes, what):
        if done.returncode not in codes:
            raise AssertionError(f"{what}: exit {done.returncode}, not {codes}\n{done.stdout}{done.stderr}")


def is_sound(desk, told, what):
    """The archive is there and sound, or was not yet whole; what was told is in it."""
    verify = desk.run("verify")
    # Killed in the archive's making, between two of its steps: the next crawl makes the rest.
    unmade = any(words in verify.stderr for words in ("no archive", "older schema"))
    if verify.returncode == 6 and unmade and not told:
        return
    desk.expect(verify, [0], f"{what}: verify")
    lost = set(told) - set(desk.stored())
    if lost:
        raise AssertionError(f"{what}: told and lost: {sorted(lost)}")


def goes_on(desk, what):
    """The next crawl brings what is missing, each story once."""
    desk.expect(desk.crawl()[0], [0], f"{what}: the next crawl")
    stored = desk.stored()
    if len(stored) != STORIES or len(set(stored)) != STORIES:
        raise AssertionError(f"{what}: {len(stored)} stories of {STORIES}")
    desk.expect(desk.run("verify"), [0], f"{what}: verify at the end")


def killed_at_the_nth_write(new, left):
    """SIGKILL in the middle of writing the archive, at every reach of a crawl."""
    last = new("hitung").writes()
    killed = 0
    # The first and the last ones, too: the archive's making, and its log folded in at the end.
    for n in sorted({1, 2, 3, last - 2, last - 1, last} | {last * k // KILLS for k in range(1, KILLS)}):
        if left() < 20:
            print(f"    no time for more than {killed} kills")
            break
        desk = new(f"bunuh-{n}")
        done, told = desk.crawl(inject=f"pwrite64:signal=SIGKILL:when={n}")
        if done.returncode not in (-9, 137):
            desk.expect(done, [0], f"fewer than {n} writes")
            continue  # chance decides how many there are
        killed += 1
        is_sound(desk, told, f"killed at write {n}")
        goes_on(desk, f"killed at write {n}")
    if killed < KILLS // 2:
        raise AssertionError(f"only {killed} crawls were killed")
    print(f"    {killed} crawls killed at one of {last} writes: nothing told was lost, each archive was sound")


def system_calls_that_fail(new, left):
    """EIO, ENOSPC and EDQUOT on the archive end a run with exit 6; EINTR does not."""
    faults = [
        ("pwrite64:error=EIO:when=40+", [6]),
        ("pwrite64:error=EIO:when=300+", [6]),
        ("pwrite64:error=ENOSPC:when=300+", [6]),
        ("pwrite64:error=EDQUOT:when=40+", [6]),
        ("fsync,fdatasync:error=EIO:when=1+", [6]),
        # Only the log's folding in at the end fails; the log stays, and is whole.
        ("fsync,fdatasync:error=EIO:when=6+", [0, 6]),
        ("pread64:error=EIO:when=60+", [6]),
        ("pwrite64:error=EINTR:when=10+7", [0]),
        ("ftruncate:error=EIO:when=1+", [6, 0]),
    ]
    for inject, codes in faults:
        if left() < 20:
            print("    no time for the rest")
            break
        desk = new("salah-" + inject.replace(":", "-").replace("=", "-"))
        done, told = desk.crawl(inject=inject)
        desk.expect(done, codes, inject)
        if done.returncode == 6 and '"ERROR"' not in done.stderr:
            raise AssertionError(f"{inject}: says nothing: {done.stderr}")
        is_sound(desk, told, inject)
        goes_on(desk, inject)
        print(f"    {inject}: exit {done.returncode}, {len(told)} stories told and kept")


def make_older(archive):
    """What the steps of the schema after the seventh made, undone."""
    with contextlib.closing(sqlite3.connect(archive)) as db:
        db.executescript("""
            DROP TABLE change; DROP TABLE change_kind; DROP INDEX article_site;
            DROP TABLE taken; DROP TABLE chore; DROP TABLE chain; DROP VIEW head_text;
            CREATE VIEW head_text AS
                SELECT v.id AS id, v.title AS title, v.body AS body FROM version v JOIN head h ON h.version_id = v.id;
            DELETE FROM migration WHERE n > 7; PRAGMA user_version = 7""")


def upkept(desk, what):
    """The archive is sound after a verb was killed or failed, and the verb ends it when it runs again."""
    verify = desk.run("verify")
    # Between taking a text out and cleaning the file, the archive says that its traces may be there.
    unfinished = "was not cleaned of their traces" in verify.stdout and verify.stdout.count("\n") == 1
    if not (verify.returncode == 0 or unfinished or "older schema" in verify.stderr):
        raise AssertionError(f"{what}: verify: exit {verify.returncode}\n{verify.stdout}{verify.stderr}")


def upkeep_that_dies(new, left):
    """redact, prune, rebuild and a migration, killed at their Nth write or out of room: all of it or nothing."""
    verbs = {
        "redact": ["redact", "3", "--reason", "uji"],
        "prune": ["prune", "--raw-older-than", "0d", "--even-latest", "--fetches-older-than", "0d"],
        "rebuild": ["rebuild"],
        "migration": ["rebuild"],
    }
    source = new("sumber")
    source.expect(source.crawl()[0], [0], "a crawl")
    for name, verb in verbs.items():
        def desk_of(label):
            desk = new(f"{name}-{label}")
            shutil.copytree(source.folder / "archive", desk.folder / "archive")
            if name == "migration":
                make_older(desk.folder / "archive" / "kliping.db")
            return desk
        counted = desk_of("hitung")
        log = counted.folder / "strace.txt"
        subprocess.run(["strace", "-f", "-qq", "-o", log, "-e", "trace=pwrite64", counted.kliping, *verb], cwd=counted.folder,
                       env={"PATH": os.environ["PATH"]}, check=True, timeout=120, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        last = sum("pwrite64(" in line for line in log.read_text().splitlines())
        faults = [f"pwrite64:signal=SIGKILL:when={n}" for n in sorted({1, 2, last - 1, last} | {last * k // 6 for k in range(1, 6)}) if n > 0]
        faults += [f"pwrite64:error=ENOSPC:when={max(1, last // 2)}+", "pwrite64:error=EIO:when=1+", "fsync,fdatasync:error=EIO:when=1+"]
        tried = 0
        for inject in faults:
            if left() < 10:
                print(f"    no time for more of {name}")
                break
            desk = desk_of(inject.replace(":", "-").replace("=", "-"))
            done = desk.run(*verb, inject=inject)
            killed = "SIGKILL" in inject
            desk.expect(done, [-9, 137, 0] if killed else [0, 3, 6], f"{name} {inject}")
            upkept(desk, f"{name} {inject}")
            desk.expect(desk.run(*verb), [0], f"{name} again after {inject}")
            desk.expect(desk.run("verify"), [0], f"{name}: verify after {inject}")
            if name == "redact":
                words = b"Berita nomor"
                shown = desk.run("show", "3").stdout
                if "Its text was taken out" not in shown or words.decode() in shown:
                    raise AssertionError(f"redact {inject}: {shown}")
            tried += 1
        print(f"    {name}: {tried} faults at its {last} writes: all of it or nothing, and done when it ran again")


def has_strace():
    if not shutil.which("strace") and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", "strace"],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    if not shutil.which("strace"):
        return False
    trial = subprocess.run(["strace", "-qq", "-o", "/dev/null", "-e", "inject=getcwd:error=EIO", "true"], capture_output=True)
    return trial.returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kliping", type=lambda path: str(Path(path).resolve()))
    kliping = parser.parse_args().kliping
    if not has_strace():
        print("skipped: there is no strace, or it may not trace here")
        return
    started = time.monotonic()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Press)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        new = lambda name: Desk(kliping, server.server_port, Path(folder) / name)
        left = lambda: LONGEST - (time.monotonic() - started)
        upkeep_that_dies(new, left)
        system_calls_that_fail(new, left)
        killed_at_the_nth_write(new, left)
    print(f"    all faults in {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    try:
        main()
    except AssertionError as error:
        sys.exit(f"faults: {error}")
