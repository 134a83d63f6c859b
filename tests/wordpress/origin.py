"""A real WordPress on loopback: Debian's packages, a database of its own, no service, no privileged port."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
# Installed: programs. None of them starts a service.
PROGRAMS = ["php-cli", "php-mysql", "php-xml", "php-mbstring", "mariadb-server-core", "mariadb-client-core"]
# Only unpacked: WordPress itself, because as a package it wants a web server.
FILES = ["wordpress", "wordpress-l10n", "wordpress-theme-twentytwentyone", "wordpress-theme-twentytwentythree"]
NEEDED = ["php", "mariadbd", "mariadb-install-db"]


class Unavailable(Exception):
    """This machine cannot have a WordPress; the message says why."""


def which(program):
    return shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")


def install():
    """Installs the programs with apt where they are missing."""
    missing = [program for program in NEEDED if not which(program)]
    if not missing:
        return
    if not which("apt-get"):
        raise Unavailable(f"{', '.join(missing)} missing, and no apt-get to install them")
    if os.geteuid() != 0:
        raise Unavailable(f"{', '.join(missing)} missing, and only root may install: apt-get install {' '.join(PROGRAMS)}")
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for command in (["update"], ["install", "-y", "--no-install-recommends", *PROGRAMS]):
        done = subprocess.run(["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", *command], env=environment,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            raise Unavailable(f"apt-get {command[0]} failed: {done.stdout.strip().splitlines()[-1]}")


def unpack(into):
    """The packages' files below a folder, from the machine or from the mirror; gives WordPress' folder."""
    system = Path("/usr/share/wordpress")
    themes = [theme.removeprefix("wordpress-theme-") for theme in FILES if "theme" in theme]
    if (system / "wp-load.php").exists() and all((system / "wp-content/themes" / theme).exists() for theme in themes):
        return system
    if not which("apt-get"):
        raise Unavailable("no WordPress in /usr/share/wordpress, and no apt-get to fetch its packages")
    into.mkdir(parents=True)
    done = subprocess.run(["apt-get", "-q", "download", *FILES], cwd=into, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        raise Unavailable(f"apt-get download failed: {done.stdout.strip().splitlines()[-1]}")
    for package in sorted(into.glob("*.deb")):
        subprocess.run(["dpkg-deb", "-x", package, into / "root"], check=True)
    return into / "root/usr/share/wordpress"


class WordPress:
    """The running site. Use it in a `with`: at the end its processes are stopped."""

    def __init__(self, state, theme="twentytwentyone"):
        self.state = Path(state)
        self.site = self.state / "site"
        self.processes = []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.host = f"127.0.0.1:{free.getsockname()[1]}"
        self.url = f"http://{self.host}/"
        self.environment = dict(os.environ, PRESS_SOCKET=str(self.state / "db.sock"), PRESS_HOST=self.host,
                                PRESS_THEME=theme, PHP_CLI_SERVER_WORKERS="3")

    def __enter__(self):
        try:
            self._database()
            self._files()
            self._php("install.php")
            # WordPress writes its rewrite rules only when it runs installed: hence a second process.
            self.work([])
            self._serve()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            # The whole group: PHP's server has workers.
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=30)
        self.processes.clear()

    def work(self, orders):
        """Lets the newsroom work: a list of orders in, a list of answers out (see php/work.php)."""
        return json.loads(self._php("work.php", json.dumps(orders)))

    def _run(self, command, **options):
        done = subprocess.run(command, env=self.environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
        if done.returncode != 0:
            raise RuntimeError(f"{command[0]} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def _php(self, script, text=""):
        return self._run([which("php"), HERE / "php" / script], cwd=self.site, input=text)

    def _start(self, command, ready, **options):
        log = open(self.state / f"{Path(command[0]).name}.log", "wb")
        process = subprocess.Popen(command, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, **options)
        self.processes.append(process)
        for _ in range(600):
            if ready():
                return
            if process.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError(f"{command[0]} does not answer:\n{Path(log.name).read_text(errors='replace')[-2000:]}")

    def _database(self):
        data, user = self.state / "db", ["--user=root"] if os.geteuid() == 0 else []
        self._run([which("mariadb-install-db"), "--no-defaults", *user, f"--datadir={data}",
                   "--auth-root-authentication-method=normal", "--skip-test-db"])
        socket_file = Path(self.environment["PRESS_SOCKET"])
        self._start([which("mariadbd"), "--no-defaults", *user, f"--datadir={data}", f"--socket={socket_file}",
                     "--skip-networking", "--skip-log-bin", "--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0",
                     "--innodb-buffer-pool-size=32M", f"--pid-file={self.state / 'db.pid'}"], socket_file.exists)

    def _files(self):
        source = unpack(self.state / "packages")
        shutil.copytree(source, self.site, ignore_dangling_symlinks=True, ignore=shutil.ignore_patterns("wp-config.php", "akismet", ".htaccess"))
        for folder in ("mu-plugins", "uploads"):
            (self.site / "wp-content" / folder).mkdir(exist_ok=True)
        shutil.copy(HERE / "php/config.php", self.site / "wp-config.php")
        shutil.copy(HERE / "php/plugin.php", self.site / "wp-content/mu-plugins/press.php")

    def _serve(self):
        def answers():
            try:
                return urllib.request.urlopen(self.url + "robots.txt", timeout=20).status == 200
            except OSError:
                return False

        self._start([which("php"), "-d", "opcache.enable_cli=1", "-S", self.host, "-t", str(self.site), HERE / "php/router.php"], answers, cwd=self.site)
