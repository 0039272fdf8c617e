#!/usr/bin/env python3
"""What `cargo check` of generated types costs against the same types with serde's derives.

Writes three crates into a temporary folder: `generated`, by specwright from a document made up here;
`derived`, the very same Rust types with derives and attributes in place of their tables; and `bare`,
the types alone, which is the least that any of this can cost. Then checks them in turn, cold
(`CARGO_INCREMENTAL=0`, dependencies built before), and prints the median of the processor time
(cargo, rustc and whatever they start) and the peak memory of the largest process.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIDES = ["generated", "derived", "bare"]
MANIFEST = """[package]
name = "{name}"
version = "0.0.0"
edition = "2024"

[dependencies]
serde = {{ version = "1", features = ["derive"] }}
serde_json = "1"
"""


def document(structs):
    """`structs` objects of 8 properties, and for each ten of them an enum and a union by kind, for
    each twenty a union by tag."""
    text, count = {"type": "string"}, {"type": "integer", "format": "int64"}
    flag, number = {"type": "boolean"}, {"type": "number"}
    schemas = {}
    for i in range(structs):
        kinds = [text, text, count, flag, {"type": "array", "items": text}, number, text, text]
        schemas[f"Record{i}"] = {
            "type": "object",
            "required": ["propertyZero"],
            "properties": dict(zip(names(), kinds)),
        }
    for i in range(structs // 10):
        schemas[f"Status{i}"] = {"type": "string", "enum": ["queued", "sent", "seen", "failed"]}
        schemas[f"Value{i}"] = {"oneOf": [text, number, reference(f"Record{i}")]}
    for i in range(structs // 20):
        for kind in ["Created", "Removed"]:
            schemas[f"{kind}{i}"] = {
                "type": "object",
                "required": ["type", "at"],
                "properties": {
                    "type": {"type": "string", "enum": [kind.lower()]},
                    "at": text,
                    "status": reference(f"Status{i}"),
                },
            }
        schemas[f"Event{i}"] = {
            "oneOf": [reference(f"Created{i}"), reference(f"Removed{i}")],
            "discriminator": {
                "propertyName": "type",
                "mapping": {
                    "created": f"#/components/schemas/Created{i}",
                    "removed": f"#/components/schemas/Removed{i}",
                },
            },
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Synthetic", "version": "1.0.0"},
        "paths": {},
        "components": {"schemas": schemas},
    }


def names():
    words = ["Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven"]
    return [f"property{word}" for word in words]


def reference(name):
    return {"$ref": f"#/components/schemas/{name}"}


# A table: `object! { Name { .. } }`, `string_enum! { .. }` or `union! { .. }`.
TABLE = re.compile(r"^(object|string_enum|union)! \{\n    (\w+)(.*?)^\}\n", re.M | re.S)
ITEM = re.compile(r"^#\[derive\(([^)]*)\)\]\npub (struct|enum) (\w+) \{\n(.*?)^\}\n", re.M | re.S)
ROW = re.compile(r'^        \d+: "([^"]*)" => ([\w#]+)(\?)?,$', re.M)


def bare(types):
    """The types without their tables."""
    return re.sub(r"^use crate::.*\n", "", TABLE.sub("", types), flags=re.M)


def derived(types):
    """The types with derives and attributes that say what their tables say."""
    tables = {name: (macro, body) for macro, name, body in TABLE.findall(types)}

    def rewrite(item):
        derives, keyword, name, body = item.groups()
        macro, table = tables[name]
        head = f"#[derive({derives}, serde::Serialize, serde::Deserialize)]\n"
        if macro == "union":
            head += "#[serde(untagged)]\n"
        else:
            rows = {field: (wire, optional) for wire, field, optional in ROW.findall(table)}
            body = re.sub(
                r"^    (?:pub )?([\w#]+)(?:: .*|\(.*\))?,$",
                lambda member: attribute(rows.get(member[1])) + member[0],
                body,
                flags=re.M,
            )
        return f"{head}pub {keyword} {name} {{\n{body}}}\n"

    return ITEM.sub(rewrite, bare(types))


def attribute(row):
    if row is None:
        return "    #[serde(untagged)]\n"
    wire, optional = row
    rest = ', default, skip_serializing_if = "Option::is_none"' if optional else ""
    return f'    #[serde(rename = "{wire}"{rest})]\n'


def write_crates(folder, structs):
    (folder / "openapi.json").write_text(json.dumps(document(structs)))
    (folder / "specwright.toml").write_text(
        '[[api]]\nspec = "openapi.json"\nout = "generated"\nname = "generated"\nfeatures = []\n'
    )
    config = str(folder / "specwright.toml")
    command = ["cargo", "run", "--locked", "-q", "--", "generate", "--config", config]
    subprocess.run(command, cwd=ROOT, check=True)
    types = (folder / "generated/src/types.rs").read_text()
    for name, text in [("derived", derived(types)), ("bare", bare(types))]:
        (folder / name / "src").mkdir(parents=True)
        (folder / name / "Cargo.toml").write_text(MANIFEST.format(name=name))
        (folder / name / "src/lib.rs").write_text("pub mod types;\n")
        (folder / name / "src/types.rs").write_text(text)
    members = json.dumps(SIDES)
    (folder / "Cargo.toml").write_text(f'[workspace]\nresolver = "3"\nmembers = {members}\n')
    # The same dependencies that everything else here is measured with.
    shutil.copy(ROOT / "Cargo.lock", folder / "Cargo.lock")


def check(folder, side):
    """Processor seconds and peak MB of one check."""
    os.utime(folder / side / "src/lib.rs")
    environment = os.environ | {
        "CARGO_INCREMENTAL": "0",
        "CARGO_TARGET_DIR": str(folder / "target"),
    }
    command = ["cargo", "check", "-q", "-p", side]
    process = subprocess.Popen(command, cwd=folder, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"`{' '.join(command)}` failed in {folder}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--structs", type=int, default=600, help="objects in the document (600)")
    parser.add_argument("--runs", type=int, default=5, help="counted runs of each crate (5)")
    parser.add_argument("--keep", type=Path, help="write the crates to this new folder, and leave them")
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory() as temporary:
        folder = (arguments.keep or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        write_crates(folder, arguments.structs)
        for side in SIDES:
            check(folder, side)
        runs = {side: [] for side in SIDES}
        for _ in range(arguments.runs):
            for side in SIDES:
                runs[side].append(check(folder, side))

    print(f"{arguments.structs} structs of 8 fields, {arguments.runs} runs of each crate")
    print(f"{'':10} {'CPU s':>7} {'(min':>6} {'max)':>6} {'ratio':>6} {'peak MB':>8} {'ratio':>6}")
    medians = {side: [statistics.median(run) for run in zip(*runs[side])] for side in SIDES}
    for side in SIDES:
        cpu, memory = medians[side]
        seconds = [run[0] for run in runs[side]]
        print(
            f"{side:10} {cpu:7.2f} {min(seconds):6.2f} {max(seconds):6.2f}"
            f" {cpu / medians['derived'][0]:6.2f} {memory:8.0f} {memory / medians['derived'][1]:6.2f}"
        )


if __name__ == "__main__":
    main()
