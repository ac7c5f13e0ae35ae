import { at, isObject, items, unknown, type Value, type Values } from "../value";
import { kindOf } from "./objects";
import { type PodTemplate, scattered } from "./pod-template";

/**
 * Where custom resources say what their pods look like. What they leave out is the operator's to fill in and so not
 * known here; only where an operator is known to add nothing (`complete`) does leaving out count.
 */
interface Source {
  /** A pod template as Kubernetes has it, which the operator merges into its own. */
  readonly template?: readonly string[];
  /** A list with one such template in each item: its path, and the template's in the item. */
  readonly templates?: { readonly list: readonly string[]; readonly template: readonly string[] };
  /** Fields of the pod that lie elsewhere. */
  readonly pod?: Paths;
  readonly containers?: readonly ScatteredContainer[];
  /** A list of containers, or of what says but a part of one. */
  readonly listed?: { readonly list: readonly string[]; readonly complete?: readonly string[] };
}

type Paths = Readonly<Record<string, readonly string[]>>;

interface ScatteredContainer {
  readonly name: string;
  readonly list?: "initContainers";
  /** Path of the switch that makes it run at all. */
  readonly enabledBy?: readonly string[];
  readonly fields: Paths;
  readonly complete?: readonly string[];
}

const path = (text: string): readonly string[] => text.split(".");

function paths(texts: Readonly<Record<string, string>>): Paths {
  return Object.fromEntries(Object.entries(texts).map(([field, text]) => [field, path(text)]));
}

const fromRedisOperator = ["image", "resources", "securityContext"];

function redis(part = "spec"): Source {
  return {
    pod: paths({
      securityContext: "spec.podSecurityContext",
      priorityClassName: "spec.priorityClassName",
      affinity: `${part}.affinity`,
      nodeSelector: `${part}.nodeSelector`,
      tolerations: `${part}.tolerations`,
    }),
    containers: [
      {
        name: "redis",
        fields: paths({
          image: "spec.kubernetesConfig.image",
          resources: "spec.kubernetesConfig.resources",
          securityContext: `${part}.securityContext`,
          env: "spec.env",
        }),
        complete: fromRedisOperator,
      },
      {
        name: "redis-exporter",
        enabledBy: path("spec.redisExporter.enabled"),
        fields: paths({
          image: "spec.redisExporter.image",
          resources: "spec.redisExporter.resources",
          securityContext: "spec.redisExporter.securityContext",
          env: "spec.redisExporter.env",
        }),
        complete: fromRedisOperator,
      },
      {
        name: "init",
        list: "initContainers",
        enabledBy: path("spec.initContainer.enabled"),
        fields: paths({
          image: "spec.initContainer.image",
          resources: "spec.initContainer.resources",
          securityContext: "spec.initContainer.securityContext",
          env: "spec.initContainer.env",
          command: "spec.initContainer.command",
          args: "spec.initContainer.args",
        }),
        complete: fromRedisOperator,
      },
    ],
    listed: { list: path("spec.sidecars"), complete: fromRedisOperator },
  };
}

function strimziPod(template: string): Paths {
  return paths(
    Object.fromEntries(
      ["securityContext", "priorityClassName", "affinity", "tolerations", "volumes"].map((field) => [
        field,
        `${template}.${field}`,
      ]),
    ),
  );
}

/** Image and resources under one part of the resource, the rest in that part's template. */
function strimziContainer(name: string, part: string, template: string): ScatteredContainer {
  return container(name, {
    image: `${part}.image`,
    resources: `${part}.resources`,
    securityContext: `${template}.securityContext`,
    env: `${template}.env`,
  });
}

function container(name: string, fields: Readonly<Record<string, string>>): ScatteredContainer {
  return { name, fields: paths(fields) };
}

const sources: Readonly<Record<string, readonly Source[]>> = {
  "kafka.strimzi.io/Kafka": [
    {
      pod: strimziPod("spec.kafka.template.pod"),
      containers: [strimziContainer("kafka", "spec.kafka", "spec.kafka.template.kafkaContainer")],
    },
    {
      pod: strimziPod("spec.entityOperator.template.pod"),
      containers: ["topicOperator", "userOperator"].map((operator) =>
        strimziContainer(
          operator,
          `spec.entityOperator.${operator}`,
          `spec.entityOperator.template.${operator}Container`,
        ),
      ),
    },
    ...["kafkaExporter", "cruiseControl"].map((part) => ({
      pod: strimziPod(`spec.${part}.template.pod`),
      containers: [
        strimziContainer(
          part,
          `spec.${part}`,
          `spec.${part}.template.${part === "kafkaExporter" ? "container" : `${part}Container`}`,
        ),
      ],
    })),
  ],
  "kafka.strimzi.io/KafkaNodePool": [
    {
      pod: strimziPod("spec.template.pod"),
      containers: [strimziContainer("kafka", "spec", "spec.template.kafkaContainer")],
    },
  ],
  "postgresql.cnpg.io/Cluster": [
    {
      pod: paths({
        priorityClassName: "spec.priorityClassName",
        securityContext: "spec.podSecurityContext",
        nodeSelector: "spec.affinity.nodeSelector",
        tolerations: "spec.affinity.tolerations",
      }),
      containers: [
        {
          ...container("postgres", {
            image: "spec.imageName",
            resources: "spec.resources",
            securityContext: "spec.securityContext",
            env: "spec.env",
          }),
          complete: ["resources"],
        },
      ],
    },
  ],
  "postgresql.cnpg.io/ImageCatalog": [{ listed: { list: path("spec.images") } }],
  "postgresql.cnpg.io/ClusterImageCatalog": [{ listed: { list: path("spec.images") } }],
  "barmancloud.cnpg.io/ObjectStore": [
    {
      containers: [
        {
          ...container("plugin-barman-cloud", {
            resources: "spec.instanceSidecarConfiguration.resources",
            env: "spec.instanceSidecarConfiguration.env",
          }),
          complete: ["resources"],
        },
      ],
    },
  ],
  "postgresql.cnpg.io/Pooler": [
    { template: path("spec.template"), containers: [container("image", { image: "spec.pgbouncer.image" })] },
  ],
  "mongodbcommunity.mongodb.com/MongoDBCommunity": [{ template: path("spec.statefulSet.spec.template") }],
  "rabbitmq.com/RabbitmqCluster": [
    {
      template: path("spec.override.statefulSet.spec.template"),
      pod: paths({ affinity: "spec.affinity", tolerations: "spec.tolerations" }),
      containers: [container("rabbitmq", { image: "spec.image", resources: "spec.resources" })],
    },
  ],
  "redis.redis.opstreelabs.in/Redis": [redis()],
  "redis.redis.opstreelabs.in/RedisReplication": [redis()],
  "redis.redis.opstreelabs.in/RedisSentinel": [redis()],
  "redis.redis.opstreelabs.in/RedisCluster": [redis("spec.redisLeader"), redis("spec.redisFollower")],
  "elasticsearch.k8s.elastic.co/Elasticsearch": [
    { containers: [container("elasticsearch", { image: "spec.image" })] },
    { templates: { list: path("spec.nodeSets"), template: ["podTemplate"] } },
  ],
  "kibana.k8s.elastic.co/Kibana": [
    { template: path("spec.podTemplate"), containers: [container("kibana", { image: "spec.image" })] },
  ],
};

/** Reads the pod templates of a custom resource of this type; undefined for any other type. */
export function operatorTemplatesOf(
  type: string,
): ((properties: Value) => readonly PodTemplate[]) | undefined {
  const kind = kindOf(type);
  const known = kind && Object.hasOwn(sources, kind) ? sources[kind] : undefined;
  return known && ((properties) => known.flatMap((source) => read(source, properties)));
}

function read(source: Source, properties: Value): readonly PodTemplate[] {
  if (source.templates) {
    const { list, template } = source.templates;
    return items(at(properties, ...list)).map((item, index) => {
      const before = `${list.join(".")}[${index}].${template.join(".")}.spec`;
      return podTemplate(completed(at(item, ...template, "spec"), {}, []), (field) => `${before}.${field}`);
    });
  }
  const pod = source.pod ?? {};
  const scatteredContainers = (source.containers ?? []).filter(
    ({ enabledBy }) => !enabledBy || at(properties, ...enabledBy) === true,
  );
  const spec = source.template && at(properties, ...source.template, "spec");
  if (spec === unknown) return [podTemplate(unknown, (field) => field)];
  return [
    podTemplate(
      completed(spec, valuesAt(properties, pod), [
        ...scatteredContainers.map((one) => inList(one, properties)),
        ...(source.listed ? listedContainers(source.listed, properties) : []),
      ]),
      (field) => {
        const [head = "", ...rest] = field.split(".");
        const elsewhere = pod[head];
        return [...(elsewhere ?? [...(source.template ?? []), "spec", head]), ...rest].join(".");
      },
    ),
  ];
}

function podTemplate(spec: Value, where: PodTemplate["where"]): PodTemplate {
  return { metadata: unknown, spec, where, finishes: false };
}

/** What an operator may add to a pod. */
const podBlanks = blanks([
  "affinity",
  "automountServiceAccountToken",
  "nodeSelector",
  "priorityClassName",
  "securityContext",
  "serviceAccountName",
  "tolerations",
]);

/** What an operator may add to a container. */
const containerBlanks = blanks([
  "image",
  "livenessProbe",
  "readinessProbe",
  "resources",
  "securityContext",
  "startupProbe",
]);

function blanks(fields: readonly string[]): Values {
  return Object.fromEntries(fields.map((field) => [field, unknown]));
}

type Listed = readonly [list: "containers" | "initContainers", container: Value];

function completed(spec: Value | undefined, elsewhere: Values, extra: readonly Listed[]): Value {
  if (spec === unknown) return unknown;
  const given = isObject(spec) ? spec : {};
  const lists = ["containers", "initContainers", "ephemeralContainers"].map((list) => [
    list,
    [
      ...items(given[list]).map((one) => (isObject(one) ? { ...containerBlanks, ...one } : one)),
      ...extra.filter(([where]) => where === list).map(([, one]) => one),
    ],
  ]);
  return { ...podBlanks, ...given, ...elsewhere, ...Object.fromEntries(lists) };
}

function inList(source: ScatteredContainer, properties: Value): Listed {
  const { name, fields, complete = [], list = "containers" } = source;
  const value = { ...containerBlanks, ...unset(complete), ...valuesAt(properties, fields), name };
  const where = (field: string): string => {
    const [head = "", ...rest] = field.split(".");
    return [...(fields[head] ?? ["spec", head]), ...rest].join(".");
  };
  return [list, scattered(value, where)];
}

function listedContainers(
  { list, complete = [] }: NonNullable<Source["listed"]>,
  properties: Value,
): readonly Listed[] {
  return items(at(properties, ...list)).flatMap((item, index) => {
    if (!isObject(item)) return [];
    const value = { ...containerBlanks, ...unset(complete), ...item };
    const where = (field: string): string => `${list.join(".")}[${index}].${field}`;
    return [["containers", scattered(value, where)] as const];
  });
}

/** Fields that the operator does not fill in. */
function unset(fields: readonly string[]): Values {
  return Object.fromEntries(fields.map((field) => [field, null]));
}

/** The values that are set, by field. */
function valuesAt(properties: Value, fields: Paths): Values {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([field, where]) => {
      const value = at(properties, ...where);
      return value === undefined ? [] : [[field, value] as const];
    }),
  );
}
