import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { hasCode, messageOf } from "../../../../cli/errors";
import { type Digests, digestOf } from "../digests";
import { FirstAnswers, type Trouble } from "../first-answer";
import { isObject, textAt } from "../json";

/** A manifest's text, or why it is not available. */
export type ManifestSource =
  | { readonly kind: "found"; readonly text: string }
  | { readonly kind: "unavailable"; readonly why: string };

/** How long a server may take to hand over a manifest. */
const downloadMilliseconds = 20_000;

/** Answers that speak of the way to a server, not of the manifest. */
const networkTrouble: readonly number[] = [401, 403, 407, 500, 502, 503, 504];

/** Finds manifests: files, and addresses in a mirror folder, over the network, or as an earlier run has read them. */
export class ManifestSources {
  private readonly servers = new FirstAnswers();

  constructor(
    /** Folder whose `manifests/` holds files by the last part of their address; undefined when there is none. */
    private readonly mirror: string | undefined,
    /** Folder of what was read before: a lost network must not take away what stands. */
    private readonly kept: string,
    /** What the manifests have to be. */
    private readonly digests: Digests,
  ) {}

  /**
   * @param place a path, or an address that begins with https:// or http://
   * @throws Error for a file that is not there, and for a manifest that is not the one whose digest is known
   */
  async read(place: string): Promise<ManifestSource> {
    if (/^https?:\/\//.test(place)) {
      return this.readAddress(new URL(place));
    }
    const text = await contentOf(place);
    if (text === undefined) {
      throw new Error(
        `there is no manifest ${place}; give the path of a file, without wildcards, or an address: ` +
          "https://example.com/operator/v1.2.3/operator.yaml",
      );
    }
    return { kind: "found", text };
  }

  private async readAddress(address: URL): Promise<ManifestSource> {
    const source = (await this.mirrored(address)) ?? (await this.remote(address));
    const copy = join(this.kept, `${createHash("sha256").update(address.href).digest("hex")}.yaml`);
    if (source.kind === "found") {
      verify(address, source.text, this.digests);
      await keep(copy, source.text);
      return source;
    }
    const text = await contentOf(copy);
    if (text === undefined) {
      return source;
    }
    verify(address, text, this.digests);
    return { kind: "found", text };
  }

  private async mirrored(address: URL): Promise<ManifestSource | undefined> {
    if (this.mirror === undefined) {
      return undefined;
    }
    const text = await contentOf(join(this.mirror, "manifests", basename(address.pathname)));
    return text === undefined ? undefined : { kind: "found", text };
  }

  private async remote(address: URL): Promise<ManifestSource> {
    const answer = await this.servers.of(address.origin, () => download(address));
    return "trouble" in answer
      ? { kind: "unavailable", why: `${address.origin} does not answer: ${answer.trouble}` }
      : { kind: "found", text: answer.text };
  }
}

function verify({ href }: URL, text: string, digests: Digests): void {
  const expected = digests.manifest(href);
  const found = digestOf(text);
  if (expected !== undefined && expected !== found) {
    throw new Error(
      `the manifest ${href} has the digest ${found}, and the lock has ${expected}: it is not the one that was reviewed; ` +
        "find out who changed it, and only then run `npm run lock -- --accept-digests`",
    );
  }
}

/** The text at an address, or the trouble on the way to it. */
async function download(address: URL): Promise<{ readonly text: string } | Trouble> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(address, { signal: AbortSignal.timeout(downloadMilliseconds) });
    text = await response.text();
  } catch (error) {
    return { trouble: troubleOf(error) };
  }
  const status = `${response.status} ${response.statusText}`;
  if (networkTrouble.includes(response.status)) {
    return { trouble: status };
  }
  if (!response.ok) {
    throw new Error(`there is no manifest at ${address.href}: the server answers ${status}`);
  }
  return { text };
}

/** What fetch throws says only that it failed, its cause says why; a cause for several addresses has but a code. */
function troubleOf(error: unknown): string {
  const cause = isObject(error) && isObject(error.cause) ? error.cause : error;
  return isObject(cause) ? textAt(cause, "message") || textAt(cause, "code") : String(cause);
}

/** A file's content; undefined when there is no such file. */
async function contentOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT", "ENOTDIR")) {
      return undefined;
    }
    throw new Error(`${path} cannot be read: ${messageOf(error)}`);
  }
}

/** Replaces a copy as a whole: two providers may read the same address at once. */
async function keep(copy: string, text: string): Promise<void> {
  await mkdir(dirname(copy), { recursive: true });
  const temporary = `${copy}.${randomUUID()}`;
  await writeFile(temporary, text);
  await rename(temporary, copy);
}
