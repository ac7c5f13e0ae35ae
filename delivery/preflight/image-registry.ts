import { z } from "zod";
import type { Answer, Surroundings } from "./surroundings";

/** An image reference's parts. */
export interface ImageName {
  readonly host: string;
  readonly repository: string;
  /** Tag or digest. */
  readonly reference: string;
}

/** Credentials of a registry that does not answer everybody. */
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

/** The HTTP status of an image's manifest, by the protocol that all registries speak. @throws when nobody answers */
export async function statusOfImage(
  around: Surroundings,
  { host, repository, reference }: ImageName,
): Promise<number> {
  const url = `https://${host}/v2/${repository}/manifests/${reference}`;
  const first = await around.get(url, { accept: manifestTypes });
  if (first.status !== 401) return first.status;
  const authorization = await authorizationFor(around, first);
  if (authorization === undefined) return first.status;
  return (await around.get(url, { accept: manifestTypes, authorization })).status;
}

/** As the registry's first answer says that it wants to be asked. */
async function authorizationFor(around: Surroundings, answer: Answer): Promise<string | undefined> {
  const challenge = answer.header("www-authenticate") ?? "";
  const basic = basicOf(around.environment);
  if (/^basic/i.test(challenge)) return basic;
  const parameters = Object.fromEntries(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value]),
  );
  const { realm, ...rest } = parameters;
  if (realm === undefined) return undefined;
  const { status, body } = await around.get(
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
