#!/usr/bin/env python3
"""Reads the reading room in a real browser, as a person does: headless Chromium, driven by playwright-core.

    run.py target/release/kliping              the whole test
    run.py target/release/kliping --pictures   and writes the pictures of docs/pictures

Needs node, npm and Chromium; where apt is there and we are root, Debian's chromium is installed. Where one is
missing it says so and ends with 0: a reader of the code needs none of them.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHROMIUM = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]

ATTACKS = [
    "<script>document.title='diserang'</script> di judul",
    "\"><img src=x onerror=\"document.title='diserang'\">",
    "</title><svg onload=\"document.title='diserang'\">",
    "<a href=\"javascript:alert(1)\">klik</a> dan <iframe src=//127.0.0.1:1/></iframe>",
]


class Missing(Exception):
    """Something that the test needs is not here."""


def tools():
    """Chromium's path; installs what can be installed."""
    for program in ["node", "npm"]:
        if not shutil.which(program):
            raise Missing(f"there is no {program}")
    found = next((shutil.which(name) for name in CHROMIUM if shutil.which(name)), None)
    if not found and shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update"], env=environment, **quiet)
        subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-dejavu"], env=environment, **quiet)
        found = shutil.which("chromium")
    if not found:
        raise Missing("there is no Chromium")
    return found


def packages(folder):
    """playwright-core and axe-core, as package-lock.json names them."""
    for name in ["package.json", "package-lock.json", "read.mjs", "ways.mjs"]:
        shutil.copy(HERE / name, folder)
    done = subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise Missing(f"npm ci failed: {done.stderr.strip().splitlines()[-1:]}")


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class Press(BaseHTTPRequestHandler):
    """A paper whose texts are attacks: what it prints is harmless, what is archived is not."""
    edition = 1

    def do_GET(self):
        if self.path == "/robots.txt":
            return self.send_error(404)
        attack = ATTACKS[int(self.path.strip("/"))]
        extra = "" if self.edition == 1 else f"<p>Tambahan pada edisi kedua: {escape(attack)} dan 15 orang lagi.</p>"
        text = f"Paragraf yang memuat {escape(attack)} di tengah kalimat yang cukup panjang untuk dibaca sebagai isi berita."
        body = (f"<!doctype html><html lang=id><title>{escape(attack)}</title><article><h1>{escape(attack)}</h1>"
                f"<p>{text}</p><p>Paragraf kedua yang tetap sama, dengan angka {5 * self.edition} di dalamnya dan kata-kata lain.</p>{extra}</article></html>").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def hostile(kliping, folder):
    """An archive whose titles and texts are attacks."""
    press = ThreadingHTTPServer(("127.0.0.1", 0), Press)
    threading.Thread(target=press.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{press.server_port}"
    archive = folder / "hostile.db"
    config = folder / "hostile.toml"
    config.write_text(f'archive = "{archive}"\n[crawl]\ndelay = "50ms"\n[sites.serang]\nurl = "{base}/"\n')
    for edition in [1, 2]:
        Press.edition = edition
        urls = [f"{base}/{n}" for n in range(len(ATTACKS))]
        subprocess.run([kliping, "--config", config, "add", *urls], check=True, cwd=folder, stdout=subprocess.DEVNULL)
    press.shutdown()
    return archive


class Room:
    """A running reading room."""

    def __init__(self, kliping, archive):
        environment = {**os.environ, "TZ": "Asia/Jakarta"}
        command = [kliping, "--archive", archive, "serve", "--listen", "127.0.0.1:0"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        self.url = self.process.stdout.readline().strip()

    def __enter__(self):
        return self.url

    def __exit__(self, *_):
        self.process.terminate()
        assert self.process.wait(10) == 143


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kliping")
    parser.add_argument("--pictures", action="store_true")
    options = parser.parse_args()
    kliping = Path(options.kliping).resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            chromium = tools()
            packages(folder)
        except Missing as missing:
            print(f"browser: skipped: {missing}")
            return 0
        subprocess.run([kliping, "demo", "--keep", folder / "press"], check=True, stdout=subprocess.DEVNULL)
        with Room(kliping, folder / "press" / "kliping.db") as demo, Room(kliping, hostile(kliping, folder)) as attacked:
            command = ["node", "read.mjs", chromium, demo, attacked]
            if options.pictures:
                pictures = HERE.parent.parent / "docs" / "pictures"
                pictures.mkdir(exist_ok=True)
                command.append(str(pictures))
            return subprocess.run(command, cwd=folder).returncode


if __name__ == "__main__":
    sys.exit(main())
