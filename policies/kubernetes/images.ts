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
  const isDigest = digest !== undefined && /^[a-z0-9]+:\w+/i.test(digest);
  return { repository: inFull(name), tag: tag || undefined, digest: isDigest ? digest : undefined };
}

/** Words for what is newest of its kind: registries move such a tag from one image to the next. */
const newest =
  /^(latest|stable|edge|nightly|main|mainline|master|trunk|develop|development|dev|devel|canary|rolling|current|lts|head|snapshot|preview|next|beta|alpha|rc|prod|production|staging|stage|test|qa|release)(?=$|[-_.])/i;

/** What makes a build of such a line one image: a commit, a date, a number of the build or a version. */
const build = /(^|[-_.])(v?\d+\.\d+(\.\d+)?|\d{6,}|[0-9a-f]{7,40})([-_.].*)?$/i;

/** Whether a tag is no version that stays. */
export function isMoving(tag: string): boolean {
  // Versions have numbers; names of lines, distributions and stages have none.
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
  // Only a registry's host has a dot or a port, or is this machine.
  return /[.:]/.test(first) || first === "localhost" ? name : `docker.io/${name}`;
}
