"""Restores the newest snapshots of a Qdrant cluster into a server that only this pod knows, and counts its vectors.

Environment, beside the module's: MAXIMUM_AGE_HOURS; QDRANT_SERVER, the address of that server.
"""

import os

from qdrant_recovery import Newest, Qdrant, fail

newest = Newest("qdrant")
server = Qdrant(os.environ["QDRANT_SERVER"])
server.wait_until_ready()
names = [name.removeprefix("least ") for name in newest.counts if name.startswith("least ")]
if len(names) != newest.counts.get("collections"):
    fail(f"the manifest of {newest.stamp} counts {newest.counts.get('collections')} collections and names {len(names)}")
for number, name in enumerate(names):
    snapshots = [path for path in newest.files if path.name.startswith(f"{number}-")]
    if not snapshots:
        fail(f"{newest.stamp} has no snapshot of {name}")
    for path in snapshots:
        server.upload(name, path)
    found, least, most = server.count(name), newest.counts[f"least {name}"], newest.counts[f"most {name}"]
    if not least <= found <= most:
        fail(f"{name} of {newest.stamp} differs from its manifest: {found} vectors, {least} to {most} are expected")
print(f"restored Qdrant of {newest.stamp}: {len(names)} collections are as in its manifest")
