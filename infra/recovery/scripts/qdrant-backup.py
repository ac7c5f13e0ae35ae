"""Copies the snapshots that each member of a Qdrant cluster makes of its part of every collection.

Environment, beside the module's: QDRANT_MEMBERS, the members' addresses, separated by spaces; QDRANT_API_KEY.
"""

import os

from qdrant_recovery import WORK, Backup, Qdrant

members = [Qdrant(address) for address in os.environ["QDRANT_MEMBERS"].split()]
first = members[0]
backup = Backup("qdrant")
collections = first.collections()
backup.add_count(len(collections), "collections")
for collection_number, collection in enumerate(collections):
    # Writes go on meanwhile: what is restored may have as many vectors as before the snapshots, as after, or between.
    before = first.count(collection)
    for member_number, member in enumerate(members):
        path = WORK / f"{collection_number}-{member_number}.snapshot"
        member.download(collection, path)
        backup.add_file(path)
        path.unlink()
    after = first.count(collection)
    backup.add_count(min(before, after), f"least {collection}")
    backup.add_count(max(before, after), f"most {collection}")
backup.finish()
