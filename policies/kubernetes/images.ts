/** The parts of an image reference such as `docker.io/library/redis:8.2.3-alpine@sha256:...`. */
export interface ImageReference {
  /** Registry and repository, with what Docker leaves out: `docker.io/library/redis` for `redis`. */
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

export function imageReference(text: string): ImageReference {
  const [named = "", digest] = text.split("@");
  const [, name = named, tag] = /^(.*?)(?::([^:/]*))?$/.exec(named) ?? [];
  return { repository: inFull(name), tag: tag || undefined, digest };
}

function inFull(name: string): string {
  const [first = "", ...rest] = name.split("/");
  if (rest.length === 0) return `docker.io/library/${name}`;
  // Only a registry's host has a dot or a port, or is this machine.
  return /[.:]/.test(first) || first === "localhost" ? name : `docker.io/${name}`;
}
