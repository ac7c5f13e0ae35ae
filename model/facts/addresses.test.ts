import { addressesIn } from "./addresses";

test.each([
  ["http://loki.logging.svc:3100/loki/api", ["loki.logging.svc:3100"]],
  [
    "--peer=am-0.am-operated.monitoring.svc.cluster.local.:9094",
    ["am-operated.monitoring.svc.cluster.local:9094"],
  ],
  ["server R0 redis-announce-0:6379 check", ["redis-announce-0:6379"]],
  ["https://kubernetes.default.svc", ["kubernetes.default.svc:443"]],
  ["qdrant.vectors:6333", ["qdrant.vectors:6333"]],
  ["postgres://user:1234@database/shop", ["database:5432"]],
  ["redis://:secret@cache:6380/0,http://web/", ["cache:6380", "web:80"]],
  ['{"url":"tempo:4317"}', ["tempo:4317"]],
  ["b:80 a:80 b:80", ["a:80", "b:80"]],
])("%s names %j", (text, addresses) => {
  expect(addressesIn([text])).toEqual(addresses);
});

test.each([
  "quay.io/team/agent:108.0.1",
  "registry.example.com:5000/agent",
  "redis:7",
  "localhost:8080 127.0.0.1:8080 0.0.0.0:9090 :8081 [::]:80",
  "user:12345@host",
  "https://grafana.com/docs https://example.com:8443",
  "sha256:12345",
  "# http://commented.default.svc:80\n  // other:80",
  "fe80::1 ab:12:34",
  "$(POD_NAME):8080 {{ host }}-headless:6335",
  "at 2024-01-31T10:30:00Z",
  "http://$(HOST):80",
])("%s names none", (text) => {
  expect(addressesIn([text])).toEqual([]);
});

test.each(["a+", "a=", "x|", "[]", "a-", "a.a-"])("a megabyte of %s is read to its end", (part) => {
  expect(addressesIn([`${part.repeat(1e6 / part.length)} http://loki.logging.svc:3100`])).toEqual([
    "loki.logging.svc:3100",
  ]);
});
