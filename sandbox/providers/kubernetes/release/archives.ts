import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Digest, type Digests, digestOf } from "../digests";
import { type ProbeResult, probe } from "./helm";
import type { ReleaseInputs } from "./release-inputs";

type Wanted = Pick<ReleaseInputs, "chart" | "version">;

export interface Archive {
  readonly path: string;
  readonly digest: Digest;
}

/** Fetches archives of charts, and refuses those that are not what is known of them. */
export class ChartArchives {
  constructor(
    /** The `helm` command. */
    private readonly helm: string,
    /** Folder of archives that were fetched, by digest. */
    private readonly kept: string,
    private readonly digests: Digests,
  ) {}

  /**
   * The archive of a chart: one that was fetched before, if its digest is known, else from its repository.
   *
   * @param args chart and options of `helm pull`
   * @returns what helm says of its failure
   * @throws Error when the archive is another than the one that is known
   */
  async pull(wanted: Wanted, args: readonly string[]): Promise<Archive | ProbeResult> {
    const [known] = this.known(wanted);
    if (known !== undefined && existsSync(this.placeOf(known))) {
      const digest = await digestOfArchive(this.placeOf(known));
      if (digest === known) {
        return { path: this.placeOf(known), digest };
      }
    }
    await mkdir(this.kept, { recursive: true });
    const folder = await mkdtemp(join(this.kept, ".fetched-"));
    try {
      const result = await probe(this.helm, ["pull", ...args, "--destination", folder]);
      const [file] = await readdir(folder);
      if (result.outcome !== "succeeded" || file === undefined) {
        return result;
      }
      const fetched = join(folder, file);
      const digest = digestOf(await readFile(fetched));
      this.verify(wanted, digest, args.join(" "));
      await rename(fetched, this.placeOf(digest));
      return { path: this.placeOf(digest), digest };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /**
   * Compares an archive with what is known of it. A folder has no digest, and is taken as it is.
   *
   * @throws Error that names the chart and both digests
   */
  verify(wanted: Wanted, digest: string | undefined, from: string): void {
    const known = this.known(wanted);
    if (digest !== undefined && known.length > 0 && !known.includes(digest)) {
      throw new Error(
        `the chart ${nameOf(wanted.chart)} ${wanted.version} from ${from} has the digest ${digest}, and the lock has ` +
          `${known.join(" or ")}: it is not the one that was reviewed; find out who changed it, and only then run ` +
          "`npm run lock -- --accept-digests`",
      );
    }
  }

  private known({ chart, version }: Wanted): readonly string[] {
    return version === undefined ? [] : this.digests.chart(nameOf(chart), version);
  }

  private placeOf(digest: string): string {
    return join(this.kept, `${digest.replace(":", "-")}.tgz`);
  }
}

/** Digest of an archive; undefined for a folder. */
export async function digestOfArchive(path: string): Promise<Digest | undefined> {
  return (await stat(path)).isFile() ? digestOf(await readFile(path)) : undefined;
}

/** `cert-manager` of `oci://quay.io/jetstack/charts/cert-manager` and of `mirror/cert-manager-v1.21.1.tgz`. */
function nameOf(chart: string): string {
  return basename(chart).replace(/-v?\d+\.\d+\.\d+.*\.tgz$/, "");
}
