import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { parse } from "yaml";
import type { Digest } from "../digests";
import { FirstAnswers, type Trouble } from "../first-answer";
import { type ChartArchives, digestOfArchive } from "./archives";
import type { ReleaseInputs } from "./release-inputs";

/** Path of a chart, or why it is not available. */
export type ChartSource =
  | {
      readonly kind: "found";
      /** Folder or archive on this disk. */
      readonly path: string;
      /** `sha256:...` of the archive; undefined for a folder, which has none. */
      readonly digest: Digest | undefined;
    }
  | { readonly kind: "unavailable"; readonly why: string };

/** What helm says when the network, and not the chart, is the trouble. */
const networkTrouble =
  /dial tcp|no such host|connection (refused|reset)|i\/o timeout|context deadline|TLS handshake|proxyconnect|network is unreachable|(40[137]|50\d) (Forbidden|Proxy|Unauthorized|Service|Bad Gateway|Gateway)|(denied|forbidden|unauthorized)|\bEOF\b/i;

/**
 * Finds charts: as folders or archives, in a mirror folder, or in repositories that answer. An archive must
 * have the digest in the lock.
 */
export class Charts {
  private readonly repositories = new FirstAnswers();

  constructor(
    private readonly archives: ChartArchives,
    /** Folder that holds `<chart>/` folders or `<chart>-<version>.tgz` archives; undefined when there is none. */
    private readonly mirror: string | undefined,
  ) {}

  /**
   * The chart of a release.
   *
   * @throws Error when the chart is not what its place says it is: another version, another digest, none at all
   */
  async find(release: ReleaseInputs): Promise<ChartSource> {
    const local = await this.local(release);
    if (local === undefined) {
      return this.remote(release);
    }
    const digest = await digestOfArchive(local);
    this.archives.verify(release, digest, local);
    return { kind: "found", path: local, digest };
  }

  /** Where the chart is on this disk; undefined when it has to come from somewhere else. */
  async local(release: ReleaseInputs): Promise<string | undefined> {
    if (
      release.repository === undefined &&
      !release.chart.startsWith("oci://") &&
      existsSync(release.chart)
    ) {
      return resolve(release.chart);
    }
    return this.mirror === undefined
      ? undefined
      : mirrored(this.mirror, basename(release.chart), release.version);
  }

  private async remote(release: ReleaseInputs): Promise<ChartSource> {
    const isOci = release.chart.startsWith("oci://") || release.repository?.url.startsWith("oci://") === true;
    if (!isOci && release.repository === undefined) {
      throw new Error(
        `there is no chart ${release.chart} in this folder; give its folder or archive, or the repository with repositoryOpts: { repo }`,
      );
    }
    const address = release.repository?.url ?? release.chart;
    const answer = await this.repositories.of(address, () => this.pull(release, address));
    return "trouble" in answer
      ? { kind: "unavailable", why: `${address} does not answer: ${answer.trouble}` }
      : { kind: "found", ...answer };
  }

  /** The archive, from the repository. */
  private async pull(
    release: ReleaseInputs,
    address: string,
  ): Promise<{ readonly path: string; readonly digest: Digest } | Trouble> {
    const pulled = await this.archives.pull(release, remoteArguments(release));
    if (!("message" in pulled)) {
      return pulled;
    }
    if (pulled.outcome === "missing" || networkTrouble.test(pulled.message)) {
      return { trouble: pulled.message };
    }
    const { chart, version } = release;
    throw new Error(
      `the chart ${chart} ${version ?? ""} is not available from ${address}: ${pulled.message}`,
    );
  }
}

function remoteArguments({ chart, version, repository }: ReleaseInputs): readonly string[] {
  const versioned = version === undefined ? [] : ["--version", version];
  if (repository === undefined || chart.startsWith("oci://")) {
    return [chart, ...versioned];
  }
  if (repository.url.startsWith("oci://")) {
    return [`${repository.url.replace(/\/$/, "")}/${chart}`, ...versioned];
  }
  return [
    chart,
    "--repo",
    repository.url,
    ...versioned,
    ...(repository.username === undefined ? [] : ["--username", repository.username]),
    ...(repository.password === undefined ? [] : ["--password", repository.password]),
  ];
}

async function mirrored(
  mirror: string,
  chart: string,
  version: string | undefined,
): Promise<string | undefined> {
  const held = await chartsIn(mirror, chart);
  const match = held.find(
    (one) => version === undefined || one.version.replace(/^v/, "") === version.replace(/^v/, ""),
  );
  if (match !== undefined) {
    return match.path;
  }
  if (held.length > 0) {
    throw new Error(
      `the chart mirror ${mirror} holds ${chart} ${held.map((one) => one.version).join(", ")}, not ${version}; change the version or add that one`,
    );
  }
  return undefined;
}

async function chartsIn(
  mirror: string,
  chart: string,
): Promise<readonly { path: string; version: string }[]> {
  const archives = (await readdir(mirror))
    .map((file) => ({ path: join(mirror, file), match: archiveName.exec(file) }))
    .flatMap(({ path, match }) => (match?.[1] === chart ? [{ path, version: match[2] ?? "" }] : []));
  const folder = join(mirror, chart);
  const isFolder = await stat(join(folder, "Chart.yaml")).then(
    () => true,
    () => false,
  );
  if (!isFolder) {
    return archives;
  }
  const metadata: unknown = parse(await readFile(join(folder, "Chart.yaml"), "utf8"));
  const version =
    typeof metadata === "object" && metadata !== null && "version" in metadata
      ? String(metadata.version)
      : "";
  return [{ path: folder, version }, ...archives];
}

/** `cert-manager-v1.19.1.tgz` */
const archiveName = /^(.+?)-(v?\d+\.\d+\.\d+.*)\.tgz$/;
