import type { Cases, Fault } from "../testing/cases";
import { object } from "../testing/samples";
import { unknown } from "../value";
import { declaredOnce } from "./declared-once";

const store = { ...object("redis.example.com/v1:Redis", "cache", {}), name: "orders-cache" };
const other = { ...store, name: "sessions-cache" };
const twice = "sessions-cache: orders-cache declares the same object: set another metadata.name.";
const patch = { ...store, type: "kubernetes:redis.example.com/v1:RedisPatch", name: "patch" };

const declaredTwice: Fault = {
  name: "a second declaration",
  break: (sample) =>
    /^kubernetes:.*:(Kafka|Cluster|RedisCluster|MongoDBCommunity|ConfigMap)$/.test(sample.type)
      ? [sample, { ...sample, name: `${sample.name}-second` }]
      : undefined,
};

export const declaredOnceCases: Cases = {
  policy: declaredOnce,
  catches: [
    { name: "two stores of one name", resources: [store, other], violations: [twice] },
    {
      name: "the same kind in two versions",
      resources: [store, { ...other, type: "kubernetes:redis.example.com/v2:Redis" }],
      violations: [twice],
    },
  ],
  passes: [
    {
      name: "another name, namespace or kind",
      resources: [
        store,
        object("redis.example.com/v1:Redis", "sessions", {}),
        object("redis.example.com/v1:Redis", "cache", {}, { namespace: "elsewhere" }),
        object("redis.example.com/v1:RedisCluster", "cache", {}),
      ],
    },
    { name: "a patch beside what it patches", resources: [store, patch] },
  ],
  withUnknowns: {
    catches: [
      {
        name: "what is in them is not known, their names are",
        resources: [
          store,
          { ...object("redis.example.com/v1:Redis", "cache", { size: unknown }), name: "sessions-cache" },
        ],
        violations: [twice],
      },
    ],
    passes: [
      {
        name: "a name or a namespace is not known",
        resources: [
          store,
          object("redis.example.com/v1:Redis", "second", {}, { name: unknown }),
          object("redis.example.com/v1:Redis", "cache", {}, { namespace: unknown }),
        ],
      },
    ],
  },
  faults: [declaredTwice],
};
