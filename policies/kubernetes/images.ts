/** The parts of an image reference such as `docker.io/library/redis:8.2.3-alpine@sha256:...`. */
export interface ImageReference {
  /** Registry and repository, with Docker's defaults filled in: `docker.io/library/redis` for `redis`. */
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

export function imageReference(text: string): ImageReference {
  const [named = "", digest] = text.split("@");
  const [, name = named, tag] = /^(.*?)(?::([^:/]*))?$/.exec(named) ?? [];
  const isDigest = digest !== undefined && /^[a-z0-9]+:\w+/i.test(digest);
  return { repository: inFull(name), tag: tag || undefined, digest: isDigest ? digest : undefined };
}

/** Words for the newest image of a kind: registries move such a tag to newer images. */
const newest =
  /^(latest|stable|edge|nightly|main|mainline|master|trunk|develop|development|dev|devel|canary|rolling|current|lts|head|snapshot|preview|next|beta|alpha|rc|prod|production|staging|stage|test|qa|release)(?=$|[-_.])/i;

/** What makes such a tag one image: a commit, a date, a build number or a version. */
const build = /(^|[-_.])(v?\d+\.\d+(\.\d+)?|\d{6,}|[0-9a-f]{7,40})([-_.].*)?$/i;

/** Whether a tag can be moved to another image. */
export function isMoving(tag: string): boolean {
  // Versions have digits; names of release lines, distributions and stages have none.
  if (!/\d/.test(tag)) return true;
  const [line] = newest.exec(tag) ?? [];
  if (line === undefined) return false;
  const rest = tag.slice(line.length);
  return (
    /^[-_.](alpine|slim|bookworm|bullseye|trixie|debian|ubuntu|jammy|noble|distroless|perl|fpm|apache)/i.test(
      rest,
    ) || !build.test(rest)
  );
}

function inFull(name: string): string {
  const [first = "", ...rest] = name.split("/");
  if (rest.length === 0) return `docker.io/library/${name}`;
  // Only a registry's host contains a dot or a port, or is localhost.
  return /[.:]/.test(first) || first === "localhost" ? name : `docker.io/${name}`;
}
