import { setMaxListeners } from "node:events";
import { EngineLog } from "./server-log";
import type { ConfiguredProvider, OperationOptions } from "./standin";

/** One `new Provider(...)` of a program: the engine opens a connection of its own for each. */
export class Session {
  readonly cancellation = new AbortController();
  log: EngineLog | undefined;
  configured: { readonly provider: Promise<ConfiguredProvider>; readonly fingerprint: string } | undefined;

  constructor() {
    // Every operation that runs listens, and hundreds may.
    setMaxListeners(0, this.cancellation.signal);
  }
}

/** The engine's connections, by their far end: no request says which provider instance it is for. */
export class Sessions {
  private readonly byPeer = new Map<string, Session>();

  /** @param packageName the package whose providers are served, for messages */
  constructor(private readonly packageName: string) {}

  find(peer: string): Session | undefined {
    return this.byPeer.get(peer);
  }

  /** The connection's session; a new one where the engine brought none. */
  of(peer: string): Session {
    const session = this.byPeer.get(peer) ?? new Session();
    this.byPeer.set(peer, session);
    return session;
  }

  /** What was known of an earlier connection from the same port is over. */
  begin(peer: string, engineAddress: string): void {
    this.byPeer.get(peer)?.log?.close();
    const session = new Session();
    session.log = engineAddress === "" ? undefined : new EngineLog(engineAddress);
    this.byPeer.set(peer, session);
  }

  optionsFor(peer: string, urn: string, timeoutSeconds: number, preview: boolean): OperationOptions {
    const session = this.byPeer.get(peer);
    return {
      preview,
      timeoutSeconds,
      log: (message, severity = "info") => session?.log?.write(urn, message, severity),
      signal: session?.cancellation.signal ?? new AbortController().signal,
    };
  }

  /**
   * The provider that this connection was configured for. A connection that the engine had to open again brings no
   * configuration: it is served only when all configurations seen are the same, so that nothing can be mixed up.
   */
  provider(peer: string): Promise<ConfiguredProvider> {
    const own = this.byPeer.get(peer)?.configured;
    if (own !== undefined) {
      return own.provider;
    }
    const seen = [...this.byPeer.values()].flatMap(({ configured }) => configured ?? []);
    const [first] = seen;
    if (first !== undefined && seen.every(({ fingerprint }) => fingerprint === first.fingerprint)) {
      return first.provider;
    }
    throw new Error(
      `the engine's connection to the ${this.packageName} provider was lost and came back without its configuration ` +
        `(${seen.length} providers of this package are configured, so it cannot be told which one it is); run the command again`,
    );
  }

  close(): void {
    for (const session of this.byPeer.values()) {
      session.cancellation.abort();
      session.log?.close();
    }
    this.byPeer.clear();
  }
}
