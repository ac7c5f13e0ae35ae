import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * A member of Qdrant, as far as the scripts speak with it: collections, exact counts, snapshots that are made, fetched,
 * removed and uploaded. A snapshot of it is a list of vectors, one on each line.
 */
export class QdrantStandIn {
  readonly snapshots = new Map<string, string>();
  private readonly server: Server;

  /** @param collections the vectors of each collection that this member has; counts are of `whole` */
  constructor(
    private readonly collections: Map<string, string[]>,
    private readonly key: string | undefined,
    private readonly whole: Map<string, string[]> = collections,
  ) {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk) => chunks.push(chunk));
      request.on("end", () => {
        if (this.key !== undefined && request.headers["api-key"] !== this.key) {
          response.writeHead(403).end();
          return;
        }
        const body = Buffer.concat(chunks).toString("latin1");
        const answer = this.answer(request.method ?? "", request.url ?? "", body);
        if (answer === undefined) response.writeHead(404).end();
        else if (typeof answer === "string") response.end(answer);
        else response.end(JSON.stringify({ result: answer.result }));
      });
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, "127.0.0.1", done));
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  close(): void {
    this.server.close();
  }

  private answer(
    method: string,
    url: string,
    body: string,
  ): string | { readonly result: unknown } | undefined {
    const { pathname } = new URL(url, "http://member");
    const [, first, encoded = "", what, snapshot] = pathname.split("/");
    if (first === "readyz") return "all shards are ready";
    const collection = decodeURIComponent(encoded);
    if (method === "GET" && encoded === "") {
      return { result: { collections: [...this.collections.keys()].map((name) => ({ name })) } };
    }
    if (what === "points") return { result: { count: this.whole.get(collection)?.length ?? 0 } };
    if (method === "POST" && snapshot === "upload") {
      const vectors = (body.split("\r\n\r\n")[1]?.split("\r\n--")[0] ?? "").split("\n").filter(Boolean);
      // A member has its own shards: another member's snapshot is not taken for them.
      if (this.collections.has(collection)) return undefined;
      this.collections.set(collection, vectors);
      if (this.whole !== this.collections) {
        this.whole.set(collection, [...(this.whole.get(collection) ?? []), ...vectors]);
      }
      return { result: true };
    }
    if (method === "POST" && what === "snapshots") {
      const content = (this.collections.get(collection) ?? []).join("\n");
      const name = `${collection}-1.snapshot`;
      this.snapshots.set(name, content);
      return { result: { name, checksum: createHash("sha256").update(content).digest("hex") } };
    }
    const name = decodeURIComponent(snapshot ?? "");
    if (method === "DELETE") return { result: this.snapshots.delete(name) };
    return this.snapshots.get(name);
  }
}
