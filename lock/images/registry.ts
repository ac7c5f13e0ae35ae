import { createHash } from "node:crypto";
import { z } from "zod";

/** An image reference's parts. */
export interface ImageName {
  readonly host: string;
  readonly repository: string;
  /** Tag or digest. */
  readonly reference: string;
}

/** What a registry answered. */
export interface RegistryAnswer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly body: string;
}

/** How registries are reached. */
export interface RegistryCaller {
  /** An HTTP call. @throws when there is no answer */
  readonly get: (
    url: string,
    headers?: Readonly<Record<string, string>>,
    method?: "GET" | "HEAD",
  ) => Promise<RegistryAnswer>;
  readonly environment: NodeJS.ProcessEnv;
}

/** Credentials of a private registry. */
export const registryVariables = ["REGISTRY_USERNAME", "REGISTRY_PASSWORD"] as const;

const manifestTypes = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

const tokenAnswer = z.looseObject({ token: z.string().optional(), access_token: z.string().optional() });

/** The parts of `host/project/name:tag@digest`; the digest counts where there is one. */
export function parseImage(image: string): ImageName {
  const [named = "", digest] = image.split("@");
  const [, host = "", repository = "", tag = "latest"] = /^([^/]+)\/(.+?)(?::([^:/]+))?$/.exec(named) ?? [];
  return { host, repository, reference: digest ?? tag };
}

/**
 * The HTTP status of an image's manifest, by the protocol that all registries speak. @throws when there is no
 * answer
 */
export async function statusOfImage(caller: RegistryCaller, image: ImageName): Promise<number> {
  return (await manifestOf(caller, image, "GET")).status;
}

/**
 * The digest behind a tag now: an index of all platforms where there is one.
 *
 * @throws Error when there is no answer, or the answer is not a manifest
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
 */
export async function digestOfImage(caller: RegistryCaller, image: ImageName): Promise<string> {
  // Registries that count pulls do not count this.
  const { status, header } = await manifestOf(caller, image, "HEAD");
  if (status !== 200) throw new Error(`HTTP ${status}`);
  const told = header("docker-content-digest");
  if (told !== undefined) return checked(told);
  // The header is not owed: the digest is that of the manifest's bytes.
  const whole = await manifestOf(caller, image, "GET");
  if (whole.status !== 200) throw new Error(`HTTP ${whole.status}`);
  return `sha256:${createHash("sha256").update(whole.body).digest("hex")}`;
}

function checked(digest: string): string {
  if (/^sha256:[0-9a-f]{64}$/.test(digest)) return digest;
  throw new Error(`${JSON.stringify(digest)} is no digest`);
}

async function manifestOf(
  caller: RegistryCaller,
  { host, repository, reference }: ImageName,
  method: "GET" | "HEAD",
): Promise<RegistryAnswer> {
  const url = `${baseOf(host)}/v2/${repository}/manifests/${reference}`;
  const first = await caller.get(url, { accept: manifestTypes }, method);
  if (first.status !== 401) return first;
  const authorization = await authorizationFor(caller, first);
  if (authorization === undefined) return first;
  return caller.get(url, { accept: manifestTypes, authorization }, method);
}

/** Docker Hub's API has a host of its own; a registry on this machine needs no certificate. */
function baseOf(host: string): string {
  if (host === "docker.io") return "https://registry-1.docker.io";
  return /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(host) ? `http://${host}` : `https://${host}`;
}

/** As the registry's first answer says that it wants to be asked. */
async function authorizationFor(caller: RegistryCaller, answer: RegistryAnswer): Promise<string | undefined> {
  const challenge = answer.header("www-authenticate") ?? "";
  const basic = basicOf(caller.environment);
  if (/^basic/i.test(challenge)) return basic;
  const parameters = Object.fromEntries(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value]),
  );
  const { realm, ...rest } = parameters;
  if (realm === undefined) return undefined;
  const { status, body } = await caller.get(
    `${realm}?${new URLSearchParams(rest)}`,
    basic === undefined ? {} : { authorization: basic },
  );
  if (status !== 200) return undefined;
  const { token, access_token } = tokenAnswer.parse(JSON.parse(body));
  return `Bearer ${token ?? access_token ?? ""}`;
}

function basicOf({
  REGISTRY_USERNAME: user,
  REGISTRY_PASSWORD: password,
}: NodeJS.ProcessEnv): string | undefined {
  if (!user || !password) return undefined;
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}
