import type { AgentOptions } from "node:https";

/** Where an API server is, and how to be let in. */
export interface Access {
  /** Where it answers: `https://127.0.0.1:PORT`, with a path where a proxy has one. */
  readonly endpoint: string;
  /**
   * What requests carry.
   *
   * @param fresh true after a refusal: what was handed out before is not to be used again
   */
  readonly credentials: (fresh: boolean) => Promise<Credentials>;
}

export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: AgentOptions;
}

/** A control plane with its administrator's token, as the sandbox tells of it. */
export interface TokenAccess {
  /** `https://127.0.0.1:PORT` */
  readonly endpoint: string;
  /** CA certificate, PEM in base64, as kubeconfigs hold it. */
  readonly certificateAuthority: string;
  readonly token: string;
}

/** Lets in by a token that does not change. */
export function byToken({ endpoint, certificateAuthority, token }: TokenAccess): Access {
  const ca = Buffer.from(certificateAuthority, "base64").toString();
  const credentials = { headers: { authorization: `Bearer ${token}` }, tls: { ca } };
  return { endpoint, credentials: async () => credentials };
}
