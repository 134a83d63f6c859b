#!/usr/bin/env python3
"""How fast the reading room and the reading verbs are on a large archive, while somebody writes to it.

    cargo bench --bench archive -- big.db 1000000
    benches/serve.py target/release/kliping big.db ARTICLES [WRITER]

WRITER: the program of `cargo bench --bench archive`, which then adds an article every 20 ms. Needs wrk. Pages are
asked for by two connections for some seconds each, other ones every time; p50 and p99 are wrk's, and mean little on
a machine that does other work: the processor time beside them is the room's, background work included. Verbs are run ten
times; their times are user + system of the process, their memory its largest resident set.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

LUA = """
local kind, articles = "%s", %d
math.randomseed(7)
local words = %s
request = function()
  local id = math.random(articles)
  local word = words[math.random(#words)]
  local path = kind:gsub("ID", id):gsub("SITE", string.format("situs%%03d", math.random(150))):gsub("WORD", word)
  return wrk.format("GET", path)
end
done = function(summary, latency)
  io.write(string.format("%%.2f %%.2f %%.2f %%d %%d\\n", latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    latency.max / 1000, summary.requests, summary.errors.status))
end
"""

PAGES = ["/", "/?order=latest", "/?kind=number", "/?site=SITE", "/a/ID", "/a/ID/history", "/a/1EDIT/diff/1..2", "/sites", "/sites/SITE",
         "/gone", "/about", "/feed.atom", "/sites/SITE/feed.atom", "/api/v1/articles", "/api/v1/articles/ID", "/api/v1/changes?limit=20",
         "/search?q=WORD"]


def words(kliping, archive):
    """Words of three frequencies: of some articles, those in the middle of the counts."""
    counts = {}
    for n in range(1, 200):
        text = subprocess.run([kliping, "--archive", archive, "show", str(n), "--format", "json"], capture_output=True, text=True).stdout
        text = " ".join(json.loads(text)["body"]) if text else ""
        for word in set(re.findall(r"[a-z]{4,}", text.lower())):
            counts[word] = counts.get(word, 0) + 1
    ordered = sorted(counts, key=counts.get)
    return ordered[0], ordered[len(ordered) // 2], ordered[-len(ordered) // 200], ordered[-1]


def edited(kliping, archive):
    """An article that was edited."""
    line = subprocess.run([kliping, "--archive", archive, "changes", "--kind", "number", "--limit", "1", "--since", "3d", "--format", "jsonl"], capture_output=True, text=True).stdout
    found = re.search(r'"article":(\d+)', line)
    return found.group(1) if found else "1"


def wrk(url, page, articles, searched, seconds=3):
    with tempfile.NamedTemporaryFile("w", suffix=".lua", delete=False) as script:
        script.write(LUA % (page, articles, "{" + ", ".join(f'"{word}"' for word in searched) + "}"))
    out = subprocess.run(["wrk", "-t1", "-c2", f"-d{seconds}s", "-s", script.name, url], capture_output=True, text=True).stdout
    os.unlink(script.name)
    return out.strip().splitlines()[-1].split()


def spent(pid):
    """Processor time of a process, in ms."""
    with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def verb(kliping, archive, args):
    times, most = [], 0
    for _ in range(10):
        pid = os.fork()
        if pid == 0:
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, 1)
            os.execv(kliping, [kliping, "--archive", archive, *args])
        _, _, usage = os.wait4(pid, 0)
        times.append((usage.ru_utime + usage.ru_stime) * 1000)
        most = max(most, usage.ru_maxrss)
    times.sort()
    return times[len(times) // 2], times[-1], most / 1024


def main():
    kliping, archive, articles = sys.argv[1], sys.argv[2], int(sys.argv[3])
    rare, middling, common, commonest = words(kliping, archive)
    print(f"verbs: ms of processor time p50, max; MB   (words: {rare} {middling} {common} {commonest})")
    for args in [["list", "--limit", "20"], ["list", "--limit", "20", "--site", "situs100"], ["show", str(articles // 2)], ["history", str(articles // 3)],
                 ["changes", "--limit", "20"], ["changes", "--limit", "20", "--site", "situs100"], ["search", rare], ["search", middling], ["search", common], ["search", commonest]]:
        half, slow, memory = verb(kliping, archive, args)
        print(f"  {' '.join(args):44} {half:8.1f} {slow:8.1f} {memory:7.0f}", flush=True)
    edit = edited(kliping, archive)
    start = time.monotonic()
    room = subprocess.Popen([kliping, "--archive", archive, "serve", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
    url = room.stdout.readline().strip()
    print(f"the room opens after {time.monotonic() - start:.1f} s")
    writer = None
    if len(sys.argv) > 4:
        writer = subprocess.Popen([sys.argv[4], archive, "100000", str(articles), "20"], stdout=subprocess.DEVNULL)
    urllib.request.urlopen(url + "about").read()
    try:
        print("pages: ms p50, p99, max; requests, errors; processor ms a request" + ("; while an article is written every 20 ms" if writer else ""))
        for page in PAGES + [f"/search?q={rare}", f"/search?q={middling}", f"/search?q={common}", f"/search?q={commonest}"]:
            before = spent(room.pid)
            half, slow, most, requests, errors = wrk(url, page.replace("1EDIT", edit), articles, [rare, middling])
            print(f"  {page:44} {half:>8} {slow:>8} {most:>8} {requests:>7} {errors:>4} {(spent(room.pid) - before) / max(int(requests), 1):8.2f}", flush=True)
        with open(f"/proc/{room.pid}/status", encoding="utf-8") as status:
            print("room:", re.search(r"VmHWM:\s+(\d+)", status.read()).group(1), "kB resident at most")
    finally:
        if writer:
            writer.kill()
        room.terminate()
        room.wait()


if __name__ == "__main__":
    main()
