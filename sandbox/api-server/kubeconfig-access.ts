import type { RequestOptions } from "node:https";
import type { KubeConfig } from "@kubernetes/client-node";
import { messageOf } from "../../cli/errors";
import type { Access, Credentials } from "./access";
import { NoCredentials } from "./errors";

/** A token from an `exec` plugin or a file is asked for again after this long; client-node keeps it meanwhile. */
const keptMilliseconds = 30_000;

/**
 * Lets in as a kubeconfig's current context says, with any form of credentials.
 *
 * @throws Error when the context names no cluster
 */
export function byKubeConfig(kubeConfig: KubeConfig): Access {
  const endpoint = kubeConfig.getCurrentCluster()?.server;
  if (endpoint === undefined) {
    throw new Error("the kubeconfig names no cluster for its current context");
  }
  let kept: { readonly credentials: Promise<Credentials>; readonly until: number } | undefined;
  return {
    endpoint,
    credentials: (fresh) => {
      if (kept === undefined || fresh || kept.until < performance.now()) {
        kept = {
          credentials: authenticate(kubeConfig, endpoint).catch((error: unknown) => {
            kept = undefined;
            throw error;
          }),
          until: performance.now() + keptMilliseconds,
        };
      }
      return kept.credentials;
    },
  };
}

async function authenticate(kubeConfig: KubeConfig, endpoint: string): Promise<Credentials> {
  const options: RequestOptions = { headers: {} };
  await kubeConfig.applyToHTTPSOptions(options).catch((error: unknown) => {
    throw new NoCredentials(`no credentials for the Kubernetes API at ${endpoint}: ${messageOf(error)}`);
  });
  const { ca, cert, key, pfx, passphrase, rejectUnauthorized, servername } = options;
  const headers = Object.fromEntries(
    Object.entries(options.headers ?? {}).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  );
  if (options.auth) {
    headers.authorization = `Basic ${Buffer.from(options.auth).toString("base64")}`;
  }
  return { headers, tls: { ca, cert, key, pfx, passphrase, rejectUnauthorized, servername } };
}
