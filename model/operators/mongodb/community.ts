import { z } from "zod";
import type { ClaimFacts, Labels } from "../../facts/object";
import { claimOf } from "../../facts/of-workload";
import type { PodFacts } from "../../facts/pod";
import type { Operator } from "../operator";
import { claimAs } from "../parts/claim";
import { type Made, madeFor } from "../parts/made";
import { merged } from "../parts/pod-template";
import { secret } from "../parts/secret";
import { port, service } from "../parts/service";

const user = z.object({
  name: z.string(),
  db: z.string().default("admin"),
  scramCredentialsSecretName: z.string(),
  connectionStringSecretName: z.string().optional(),
});

/**
 * The fields of a MongoDBCommunity from which mongodb-kubernetes 1.10.0 creates objects, with its defaults.
 */
const communitySpec = z.object({
  members: z.number().default(3),
  arbiters: z.number().default(0),
  version: z.string(),
  prometheus: z.object({ port: z.number().default(9216) }).optional(),
  security: z
    .object({
      tls: z.object({ enabled: z.boolean().default(false) }).optional(),
    })
    .prefault({}),
  additionalMongodConfig: z
    .object({ "net.port": z.number().default(27017), "storage.dbPath": z.string().default("/data") })
    .prefault({}),
  statefulSet: z
    .object({
      spec: z
        .object({
          serviceName: z.string().optional(),
          template: z.unknown().optional(),
          volumeClaimTemplates: z.array(z.unknown()).default([]),
        })
        .prefault({}),
    })
    .prefault({}),
  users: z.array(user).default([]),
});

type CommunitySpec = z.infer<typeof communitySpec>;

/** Account of the members, which the operator's chart creates in each namespace that it watches. */
const account = "mongodb-kubernetes-appdb";

const images = {
  hook: "quay.io/mongodb/mongodb-kubernetes-operator-version-upgrade-post-start-hook:1.0.10",
  readiness: "quay.io/mongodb/mongodb-kubernetes-readinessprobe:1.0.24",
  agent: "quay.io/mongodb/mongodb-agent:108.0.25.9029-1",
  server: (version: string) => `quay.io/mongodb/mongodb-community-server:${version}-ubi8`,
};

/** mongodb-kubernetes 1.10.0's defaults for each container. */
const defaultResources = {
  requests: { cpu: "500m", memory: "400M" },
  limits: { cpu: "1", memory: "500M" },
};

/** A StatefulSet of members, one of arbiters, their Service, and Secrets of configuration, certificates and users. */
export const community: Operator = (resource) => {
  const { name } = resource.metadata;
  const spec = communitySpec.parse(resource.spec);
  const serviceName = spec.statefulSet.spec.serviceName ?? `${name}-svc`;
  const labels = { app: serviceName };
  const members = (suffix: string, replicas: number): Made => ({
    kind: "StatefulSet",
    name: `${name}${suffix}`,
    replicas,
    pod: memberPod(name, spec, labels),
    claims: claims(spec),
  });
  return [
    members("", spec.members),
    members("-arb", spec.arbiters),
    service({
      name: serviceName,
      labels,
      selector: labels,
      ports: [
        port("mongodb", spec.additionalMongodConfig["net.port"]),
        ...(spec.prometheus ? [port("prometheus", spec.prometheus.port)] : []),
      ],
      headless: true,
    }),
    ...secrets(name, spec),
  ].map(madeFor(resource));
};

function memberPod(name: string, spec: CommunitySpec, labels: Labels): PodFacts {
  const tls = spec.security.tls?.enabled === true;
  const shared = [
    spec.additionalMongodConfig["storage.dbPath"],
    "/tmp",
    "/var/lib/mongodb-mms-automation/authentication",
    ...(tls ? ["/var/lib/tls/ca/", "/var/lib/tls/server/"] : []),
    "/var/log/mongodb-mms-automation",
  ];
  const security = { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false };
  const ofTools = { resources: defaultResources, security };
  const own: PodFacts = {
    labels: { ...labels },
    serviceAccount: account,
    security: { runAsNonRoot: true, runAsUser: 2000, fsGroup: 2000 },
    grace: 30,
    volumes: [
      ...["healthstatus", "hooks", "agent-scripts", "tmp", "keyfile"].map(() => "emptyDir"),
      `secret ${name}-config`,
      ...(tls ? [`secret ${name}-ca-certificate`, `secret ${name}-server-certificate-key`] : []),
    ],
    containers: [
      { ...ofTools, name: "mongod-posthook", init: true, image: images.hook, mounts: ["/hooks"] },
      {
        ...ofTools,
        name: "mongodb-agent-readinessprobe",
        init: true,
        image: images.readiness,
        mounts: ["/opt/scripts"],
      },
      {
        ...ofTools,
        name: "mongod",
        image: images.server(spec.version),
        mounts: [...shared, "/healthstatus", "/hooks"],
      },
      {
        ...ofTools,
        name: "mongodb-agent",
        image: images.agent,
        mounts: [
          ...shared,
          "/opt/scripts",
          "/var/lib/automation/config",
          "/var/log/mongodb-mms-automation/healthstatus",
        ],
      },
    ],
  };
  const pod = merged(own, spec.statefulSet.spec.template);
  return { ...pod, containers: pod.containers.map(withoutSeccomp) };
}

/** The operator drops a container's seccomp profile. */
function withoutSeccomp(container: PodFacts["containers"][number]): PodFacts["containers"][number] {
  return { ...container, security: container.security && { ...container.security, seccomp: undefined } };
}

function claims({ statefulSet }: CommunitySpec): ClaimFacts[] {
  const claim = (name: string, size: string): ClaimFacts => {
    const given = statefulSet.spec.volumeClaimTemplates.find((one) => claimOf(one).name === name);
    return given ? claimAs(name, given) : { name, size, modes: ["ReadWriteOnce"] };
  };
  return [claim("data-volume", "10G"), claim("logs-volume", "2G")];
}

/** The real key is the SHA-256 of its content. */
const hashed = ["sha256.pem"];

const scramKeys = [
  "sha-1-server-key",
  "sha-1-stored-key",
  "sha-256-server-key",
  "sha-256-stored-key",
  "sha1-salt",
  "sha256-salt",
];

const connectionKeys = ["connectionString.standard", "connectionString.standardSrv", "password", "username"];

function secrets(name: string, { security, users }: CommunitySpec): readonly Made[] {
  return [
    secret(`${name}-config`, ["cluster-config.json"]),
    secret(`${name}-agent-password`, ["password"]),
    secret(`${name}-keyfile`, ["keyfile"]),
    ...(security.tls?.enabled
      ? [secret(`${name}-ca-certificate`, hashed), secret(`${name}-server-certificate-key`, hashed)]
      : []),
    ...users.flatMap((one) => [
      secret(`${one.scramCredentialsSecretName}-scram-credentials`, scramKeys),
      secret(one.connectionStringSecretName ?? `${name}-${one.db}-${one.name}`, connectionKeys),
    ]),
  ];
}
