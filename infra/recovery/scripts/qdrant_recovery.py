"""What the backup and the check of Qdrant share. A backup is what `library.sh` says it is, written in Python.

Environment: DESTINATION, WORK, RCLONE and ENCRYPTION_KEY as of the library.
"""

import hashlib
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from datetime import datetime, timezone
from pathlib import Path

WORK = Path(os.environ["WORK"])
DESTINATION = os.environ["DESTINATION"]
MANIFEST = WORK / "manifest"
RCLONE = os.environ.get("RCLONE", "rclone")
STAMP = "%Y%m%dT%H%M%SZ"
CHUNK = 1 << 20

os.environ["RCLONE_LOG_LEVEL"] = "ERROR"


def fail(message: str):
    sys.exit(f"FAILED: {message}")


def rclone(*arguments: str, text: str | None = None) -> str:
    done = subprocess.run([RCLONE, *arguments], input=text, capture_output=True, text=True)
    if done.returncode != 0:
        fail(f"rclone {arguments[0]}: {done.stderr.strip()}")
    return done.stdout


if os.environ.get("ENCRYPTION_KEY"):
    os.environ["RCLONE_CONFIG_SEALED_PASSWORD"] = rclone("obscure", "-", text=os.environ["ENCRYPTION_KEY"]).strip()


def checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Backup:
    """A backup that is being made."""

    def __init__(self, kind: str):
        self.stamp = datetime.now(timezone.utc).strftime(STAMP)
        self.lines = [f"store {kind}"]
        self.bytes = 0

    def add_file(self, path: Path):
        self.bytes += path.stat().st_size
        self.lines.append(f"file {checksum(path)} {path.stat().st_size} {path.name}")
        rclone("copyto", str(path), f"{DESTINATION}/{self.stamp}/{path.name}")

    def add_count(self, number: int, name: str):
        self.lines.append(f"count {number} - {name}")

    def finish(self):
        MANIFEST.write_text("\n".join([*self.lines, "end", ""]))
        rclone("copyto", str(MANIFEST), f"{DESTINATION}/{self.stamp}/manifest")
        print(f"backed up {self.bytes} bytes to {DESTINATION}/{self.stamp}")


class Newest:
    """The newest whole backup, all its files fetched and found unchanged."""

    def __init__(self, kind: str):
        listed = rclone("lsf", "--recursive", "--files-only", "--include", "/*/manifest", DESTINATION).split()
        if not listed:
            fail(f"there is no whole backup in {DESTINATION}")
        self.stamp = max(listed).removesuffix("/manifest")
        made = datetime.strptime(self.stamp, STAMP).replace(tzinfo=timezone.utc)
        age = int((datetime.now(timezone.utc) - made).total_seconds() // 3600)
        allowed = int(os.environ["MAXIMUM_AGE_HOURS"])
        if age > allowed:
            fail(f"the newest backup, {self.stamp}, is {age} hours old; at most {allowed} are allowed")
        self.fetch("manifest")
        lines = MANIFEST.read_text().splitlines()
        if not lines or lines[-1] != "end":
            fail(f"the manifest of {self.stamp} is truncated")
        if lines[0] != f"store {kind}":
            fail(f"the manifest of {self.stamp} is not one of {kind}")
        self.counts = {}
        self.files = []
        for line in lines[1:-1]:
            word, first, second, name = line.split(" ", 3)
            if word == "count":
                self.counts[name] = int(first)
            else:
                self.files.append(self.verified(name, first, int(second)))

    def fetch(self, name: str) -> Path:
        rclone("copyto", f"{DESTINATION}/{self.stamp}/{name}", str(WORK / name))
        return WORK / name

    def verified(self, name: str, wanted_checksum: str, wanted_bytes: int) -> Path:
        path = self.fetch(name)
        found = path.stat().st_size
        if found != wanted_bytes:
            fail(f"{name} of {self.stamp} is truncated: {found} bytes, its manifest says {wanted_bytes}")
        if checksum(path) != wanted_checksum:
            fail(f"{name} of {self.stamp} is corrupted: its checksum differs")
        return path


class Qdrant:
    """One member of a Qdrant cluster."""

    def __init__(self, address: str):
        self.address = address
        self.headers = {"api-key": os.environ["QDRANT_API_KEY"]} if "QDRANT_API_KEY" in os.environ else {}

    def open(self, method: str, path: str, body=None, headers=None):
        request = urllib.request.Request(
            self.address + path, data=body, method=method, headers={**self.headers, **(headers or {})}
        )
        return urllib.request.urlopen(request, timeout=3600)

    def ask(self, method: str, path: str, content: dict | None = None):
        body = None if content is None else json.dumps(content).encode()
        try:
            with self.open(method, path, body, {"Content-Type": "application/json"}) as answer:
                return json.load(answer)["result"]
        except (urllib.error.URLError, OSError) as error:
            fail(f"{self.address}{path}: {error}")

    def collections(self) -> list[str]:
        return sorted(each["name"] for each in self.ask("GET", "/collections")["collections"])

    def count(self, collection: str) -> int:
        path = f"/collections/{urllib.parse.quote(collection, safe='')}/points/count"
        return self.ask("POST", path, {"exact": True})["count"]

    def download(self, collection: str, path: Path):
        """Has the member write a snapshot of its part of a collection, fetches it, and has it removed there."""
        snapshots = f"/collections/{urllib.parse.quote(collection, safe='')}/snapshots"
        made = self.ask("POST", f"{snapshots}?wait=true")
        snapshot = f"{snapshots}/{urllib.parse.quote(made['name'], safe='')}"
        try:
            with self.open("GET", snapshot) as answer, path.open("wb") as file:
                while chunk := answer.read(CHUNK):
                    file.write(chunk)
        finally:
            self.ask("DELETE", f"{snapshot}?wait=true")
        if made.get("checksum") not in (None, checksum(path)):
            fail(f"the snapshot {made['name']} did not arrive as it was sent")

    def upload(self, collection: str, path: Path):
        """Restores a snapshot; of several members of one collection, each brings its own shards."""
        boundary = "----ai-platform-snapshot"
        head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="snapshot"; filename="{path.name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        ).encode()
        tail = f"\r\n--{boundary}--\r\n".encode()

        def parts():
            yield head
            with path.open("rb") as file:
                while chunk := file.read(CHUNK):
                    yield chunk
            yield tail

        headers = {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "Content-Length": str(len(head) + path.stat().st_size + len(tail)),
        }
        target = f"/collections/{urllib.parse.quote(collection, safe='')}/snapshots/upload?priority=snapshot&wait=true"
        try:
            with self.open("POST", target, parts(), headers):
                pass
        except (urllib.error.URLError, OSError) as error:
            fail(f"{path.name} cannot be restored: {error}")

    def wait_until_ready(self, seconds: int = 300):
        last: Exception | None = None
        for _ in range(seconds):
            try:
                with self.open("GET", "/readyz"):
                    return
            except (urllib.error.URLError, OSError) as error:
                last = error
                time.sleep(1)
        fail(f"no server to restore into: {last}")
