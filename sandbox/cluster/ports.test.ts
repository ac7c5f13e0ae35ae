import { createServer } from "node:net";
import { chooseFreePorts, isFree, listeners, ownerOf } from "./ports";

test("ports are free, different, and not kept by another cluster", async () => {
  const first = Object.values(await chooseFreePorts(new Set()));
  expect(new Set(first).size).toBe(3);
  expect(await Promise.all(first.map(isFree))).toEqual([true, true, true]);
  const kept = new Set(Array.from({ length: 29_999 - 21_000 }, (_, index) => 21_000 + index));
  await expect(chooseFreePorts(kept)).rejects.toThrow(
    "No three free ports on 127.0.0.1 between 21000 and 29999.",
  );
});

test("a port that somebody listens on is not free, and its owner is named where the system tells", async () => {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  try {
    expect(await isFree(port)).toBe(false);
    if (process.platform === "linux") {
      expect(await ownerOf(port)).toContain(`process ${process.pid} (`);
    }
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
  expect(await ownerOf(port)).toBeUndefined();
});

test("only sockets that listen on exactly this port count", () => {
  const table = [
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
    "   0: 0100007F:5208 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1",
    "   1: 0100007F:5208 0100007F:9999 01 00000000:00000000 00:00000000 00000000     0        0 4712 1",
    "   2: 0100007F:5209 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4713 1",
  ].join("\n");
  expect(listeners(table, 21_000)).toEqual(["4711"]);
});
