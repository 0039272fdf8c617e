#!/usr/bin/env python3
"""Generates crates with specwright and with its peers, checks them, and prints a Markdown table.

`benches/peers.sh` installs the peers and calls this. Runs of the generators alternate, so that the load
of the machine falls on all alike; the least processor time (user and system, of all threads) counts, and the
highest peak. With `--check`, the crates are checked cold (`CARGO_INCREMENTAL=0`, dependencies built
before) one after the other; the processor time and the largest process of one run each. Large crates of
some peers take gigabytes: `--check-limit` bounds the seconds of one check, and `--memory` keeps a check
from starting where the machine has less free.
"""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MANIFEST = """[package]
name = "{name}"
version = "0.0.0"
edition = "2024"

"""


class Tool:
    """A generator: what it is called with, and what it was asked for."""

    def __init__(self, name, what, command, finish=None):
        self.name, self.what, self.command, self.finish = name, what, command, finish


def tools(arguments):
    peers = arguments.peers

    def module_to_crate(out):
        """openapi-to-rust writes modules and the dependencies that they need."""
        (out / "src/lib.rs").write_text("pub mod api;\n")
        needed = (out / "src/api/REQUIRED_DEPS.toml").read_text()
        (out / "Cargo.toml").write_text(MANIFEST.format(name=out.name) + needed)

    def oas3(mode):
        return lambda document, out: [
            peers / "oas3-gen", "generate", mode, "--workspace", "--quiet", "-i", document, "-o", out,
        ]

    def openapi_generator(out_name):
        return lambda document, out: [
            arguments.openapi_generator, "generate", "-g", out_name, "-i", document, "-o", out,
            "--skip-validate-spec", "--package-name", out.name,
        ]

    java = [Tool("openapi-generator", "types and server", openapi_generator("rust-axum"))]
    return [
        Tool(
            "specwright",
            "types, server and client",
            lambda document, out: [
                arguments.ours, "generate", document, "--out", out, "--name", out.name, "--fresh",
            ],
        ),
        Tool("oas3-gen", "types and client", oas3("client-mod")),
        Tool("oas3-gen", "types and server", oas3("server-mod")),
        Tool(
            "ploidy",
            "types and client",
            lambda document, out: [
                peers / "ploidy", "generate", "rust", document, "-o", out, "--name", out.name,
            ],
        ),
        Tool(
            "openapi-to-rust",
            "types and client",
            lambda document, out: [
                peers / "openapi-to-rust", "generate", document, "--quiet",
                "--output-dir", out / "src/api", "--module-name", "api",
            ],
            module_to_crate,
        ),
    ] + (java if arguments.openapi_generator else [])


def run(command, limit, cwd, environment=None, said=None):
    """Exit code, processor seconds, and the peak of the largest process in MB; standard error goes to the file `said`."""
    with open(os.devnull, "w", encoding="utf-8") as null:
        # In a session of its own, so that a limit ends its children, too.
        process = subprocess.Popen(
            [str(part) for part in command], cwd=cwd, env=environment, stdout=null, stderr=said or null,
            start_new_session=True,
        )
    end = time.monotonic() + limit
    while True:
        done, status, usage = os.wait4(process.pid, os.WNOHANG)
        if done:
            break
        if time.monotonic() > end:
            os.killpg(process.pid, signal.SIGKILL)
            _, _, usage = os.wait4(process.pid, 0)
            process.returncode = -signal.SIGKILL
            return None, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
        time.sleep(0.002)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def lines(folder):
    return sum(file.read_bytes().count(b"\n") for file in folder.rglob("*.rs"))


def generate(tool, document, out, limit):
    """Processor seconds and peak MB of one run; `None` where nothing came of it."""
    shutil.rmtree(out, ignore_errors=True)
    (out / "src" if tool.finish else out.parent).mkdir(parents=True, exist_ok=True)
    # Lets what others wrote reach the disk before this is timed.
    os.sync()
    code, cpu, memory = run(tool.command(document, out), limit, out.parent)
    if code != 0 or not lines(out):
        return None
    if tool.finish:
        tool.finish(out)
    return cpu, memory


def check(out, arguments):
    """`cargo check` of the crate alone: verdict, processor seconds and peak MB."""
    if free() < arguments.memory:
        return "too little memory", 0, 0
    manifest = out / "Cargo.toml"
    text = manifest.read_text()
    # A workspace of its own, and a version that cargo reads.
    text = re.sub(r'^version = "(?!\d+\.\d+\.\d+)[^"]*"', 'version = "0.0.0"', text, count=1, flags=re.M)
    if "[workspace]" not in text:
        manifest.write_text(text + "\n[workspace]\n")
    environment = os.environ | {"CARGO_INCREMENTAL": "0", "CARGO_TARGET_DIR": str(arguments.target)}
    features = arguments.features if out.name.startswith("specwright") else []
    # The dependencies first, by a crate that is empty but for them.
    source = out / "src"
    aside = out / "src-aside"
    source.rename(aside)
    source.mkdir()
    (source / "lib.rs").write_text("")
    command = ["cargo", "check", "-q", "--lib", *features]
    code, _, _ = run(command, 4 * arguments.check_limit, out, environment)
    shutil.rmtree(source)
    aside.rename(source)
    for file in source.rglob("*.rs"):
        os.utime(file)
    if code != 0:
        return "its dependencies do not", 0, 0
    with tempfile.TemporaryFile() as said:
        code, cpu, memory = run(command, arguments.check_limit, out, environment, said)
        said.seek(0)
        errors = len(re.findall(rb"^error\[", said.read(), re.M))
    verdict = {0: "yes", None: f"over {arguments.check_limit:.0f} s"}.get(code, f"no, {errors} errors")
    return verdict, cpu, memory


def free():
    """Gigabytes that a new process can have."""
    try:
        text = Path("/proc/meminfo").read_text()
    except OSError:
        return float("inf")
    return int(re.search(r"MemAvailable:\s+(\d+)", text)[1]) / 2**20


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("documents", nargs="+", metavar="DOCUMENT")
    parser.add_argument("--ours", type=Path, required=True, help="the binary of specwright")
    parser.add_argument("--peers", type=Path, required=True, help="the folder of the others")
    parser.add_argument("--openapi-generator", type=Path, help="the program of openapi-generator, if it is to run, too")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each generator (3)")
    parser.add_argument("--check", action="store_true", help="check the crates, too")
    parser.add_argument("--limit", type=float, default=60, help="seconds for one generation (60)")
    parser.add_argument("--check-limit", type=float, default=1800, help="seconds for one check (1800)")
    parser.add_argument("--memory", type=float, default=0, help="GB free for a check to start (0)")
    parser.add_argument("--keep", type=Path, help="write the crates to this folder, and leave them")
    arguments = parser.parse_args()
    arguments.features = ["--features", "client,server"]
    data = Path(os.environ.get("SPECWRIGHT_DATA", "."))

    head = ["document", "generator", "what", "generation CPU s", "of the fastest peer", "peak MB", "lines"]
    if arguments.check:
        head += ["compiles", "check CPU s", "of the cheapest peer", "check peak MB", "of the smallest peer"]
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * 3 + "---:|" * 4 + ("---|" + "---:|" * 4 if arguments.check else ""), flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = (arguments.keep or Path(temporary)).resolve()
        arguments.target = folder / "target"
        for name in arguments.documents:
            document = Path(name) if Path(name).exists() else data / name
            if not document.exists():
                sys.exit(f"there is no `{name}`")
            table(document.resolve(), folder, arguments)


def table(document, folder, arguments):
    each = list(enumerate(tools(arguments)))
    out_of = lambda number, tool: folder / document.stem / f"{tool.name}-{number}"
    runs = {number: [] for number, _ in each}
    for _ in range(arguments.rounds):
        for number, tool in each:
            if None not in runs[number]:
                took = generate(tool, document, out_of(number, tool), arguments.limit)
                runs[number].append(took)
    found = []
    for number, tool in each:
        took = runs[number]
        best = None if None in took else (min(cpu for cpu, _ in took), max(peak for _, peak in took))
        found.append((tool, out_of(number, tool), best))
    checked = [None] * len(found)
    if arguments.check:
        for number, (tool, out, took) in enumerate(found):
            if took:
                print(f"checking {document.stem} by {tool.name} ({tool.what})", file=sys.stderr)
                checked[number] = check(out, arguments)
    peers = [took for _, _, took in found[1:] if took]
    checked_peers = [verdict for verdict in checked[1:] if verdict and verdict[0] == "yes"]

    def of_least(value, others, which):
        return f"{value / min(other[which] for other in others):.2f}" if others else "no peer"

    for (tool, out, took), verdict in zip(found, checked):
        cells = [document.stem, tool.name, tool.what]
        if took:
            cells += [f"{took[0]:.2f}", of_least(took[0], peers, 0), f"{took[1]:.0f}", f"{lines(out):,}"]
        else:
            cells += ["fails", "", "", ""]
        if verdict and verdict[1]:
            # What does not compile is left off early: its figures are the least that it costs.
            said, cpu, memory = verdict
            cells += [said, f"{cpu:.1f}", of_least(cpu, checked_peers, 1)]
            cells += [f"{memory:.0f}", of_least(memory, checked_peers, 2)]
        elif arguments.check:
            cells += [verdict[0] if verdict else "", "", "", "", ""]
        print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
