import type { Software } from "../kit/software";

/** What backups and restore checks run beside the stores' own images. */
export const recoverySoftware = {
  rclone: {
    name: "rclone",
    version: "1.75.1",
    licence: "MIT",
    reason:
      "One program without dependencies, which is copied into each store's own image, speaks every cloud's object storage, takes a pod's identity for credentials, and encrypts where the cloud does not. (R1)",
    image:
      "docker.io/rclone/rclone:1.75.1@sha256:45401ad7410db1d67ffdb58e19059ad20b0d8e0285a60e38bbec55cc1019c7a5",
  },
  mongo: {
    name: "mongo",
    version: "8.0.32",
    licence: "SSPL-1.0",
    reason:
      "The server in the version that the replica set runs, with mongodump and mongorestore beside it. (003)",
    image: "docker.io/library/mongo:8.0.32-noble",
  },
  python: {
    name: "python",
    version: "3.14.6",
    licence: "PSF-2.0",
    reason:
      "Qdrant's snapshots are asked for over HTTP, and its own image has no client; nothing but Python itself is used.",
    image:
      "docker.io/library/python:3.14.6-alpine3.24@sha256:26730869004e2b9c4b9ad09cab8625e81d256d1ce97e72df5520e806b1709f92",
  },
} as const satisfies Readonly<Record<string, Software>>;
