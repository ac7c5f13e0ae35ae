import { createCache } from "../../apps/atlas/cache";
import { createSessions } from "../../apps/atlas/sessions";
import { recordOnSite, textOf } from "../../test/support/recorded/data-site";

const namespace = "atlas-ai-production";

/** What the resource of a Redis says of its password. */
const credentials = (inputs: unknown) =>
  inputs && Object(inputs).metadata.annotations["ai-platform/credentials"];

test("a new password starts every pod again, for the operator hands its resources' annotations to them (P6)", async () => {
  const cache = await recordOnSite((site) => createCache("cache", site, namespace, {}));
  const checksum = await textOf(cache.built.credentials.checksum);
  expect(checksum).toMatch(/^[0-9a-f]{16,}$/);
  expect(credentials(cache.find("RedisReplication", "redis"))).toBe(checksum);
  expect(credentials(cache.find("RedisSentinel", "redis"))).toBe(checksum);

  const sessions = await recordOnSite((site) => createSessions("sessions", site, namespace, {}));
  expect(credentials(sessions.find("RedisCluster", "market-data-redis"))).toBe(
    await textOf(sessions.built.credentials.checksum),
  );
});
