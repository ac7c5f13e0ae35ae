"""Restores the newest snapshots of a Qdrant cluster into a cluster like it that only this pod knows, and counts its vectors.

Environment, beside the module's: MAXIMUM_AGE_HOURS; QDRANT_SERVERS, the addresses of that cluster's members, separated by
spaces.
"""

import os

from qdrant_recovery import Newest, Qdrant, fail

newest = Newest("qdrant")
servers = [Qdrant(address) for address in os.environ["QDRANT_SERVERS"].split()]
for server in servers:
    server.wait_until_ready()
names = [name.removeprefix("least ") for name in newest.counts if name.startswith("least ")]
if len(names) != newest.counts.get("collections"):
    fail(f"the manifest of {newest.stamp} counts {newest.counts.get('collections')} collections and names {len(names)}")
for number, name in enumerate(names):
    snapshots = sorted(path for path in newest.files if path.name.startswith(f"{number}-"))
    if not snapshots:
        fail(f"{newest.stamp} has no snapshot of {name}")
    if len(snapshots) > len(servers):
        fail(f"{newest.stamp} has snapshots of {len(snapshots)} members, and {len(servers)} servers are there to take them")
    # A member's snapshot holds its own shards, and goes to a member: one server would not take them all.
    for server, path in zip(servers, snapshots):
        server.upload(name, path)
    least, most = newest.counts[f"least {name}"], newest.counts[f"most {name}"]
    for server in servers:
        found = server.count(name)
        if not least <= found <= most:
            fail(f"{name} of {newest.stamp} differs from its manifest: {found} vectors, {least} to {most} are expected")
print(f"restored Qdrant of {newest.stamp}: {len(names)} collections are as in its manifest")
