import type { Value, Values } from "../value";
import { at, entries, isObject, items } from "../value";
import type { Sample } from "./cases";
import { beside, either, type Fault, gone, only, set, without } from "./faults";
import { container } from "./samples";

const templates = [
  [/^kubernetes:(apps\/v1:Deployment|batch\/v1:Job)$/, "spec.template.spec"],
  [/^kubernetes:batch\/v1:CronJob$/, "spec.jobTemplate.spec.template.spec"],
] as const;

function pod(field: string, value: Parameters<typeof set>[2]): readonly Fault[] {
  return templates.map(([types, path]) => set(types, `${path}.${field}`, value));
}

function containers(field: string, value: Parameters<typeof set>[2]): readonly Fault[] {
  return [
    ...pod(`containers[].${field}`, value),
    set(/:MongoDBCommunity$/, `spec.statefulSet.spec.template.spec.containers[].${field}`, value),
  ];
}

/** A fault of containers, in those that there are and in an init container and a sidecar that come to them. */
function everywhere(field: string, value: Value): readonly Fault[] {
  const [head = "", ...rest] = field.split(".");
  const broken = container({ [head]: nested(container()[head], rest, value) });
  return [
    ...containers(field, value),
    ...pod("initContainers", [broken]),
    ...pod("initContainers", [{ ...broken, restartPolicy: "Always" }]),
  ];
}

function nested(before: Value | undefined, [key, ...rest]: readonly string[], value: Value): Value {
  if (key === undefined) return value;
  const known: Values = isObject(before) ? before : {};
  return { ...known, [key]: nested(known[key], rest, value) };
}

const appended =
  (item: Value) =>
  (before: Value | undefined): Value => [...items(before), item];

const deployment = /:Deployment$/;
const own = /:(Deployment|Job|CronJob)$/;

/** Gives a selector that goes by `app` alone another value, which nothing has. */
function missing(types: RegExp, path: string): Fault {
  const fault = set(types, path, (labels) => ({ ...(isObject(labels) ? labels : {}), app: "missing" }));
  return {
    ...fault,
    name: `${types.source} ${path} selects nothing`,
    break(sample) {
      const labels = entries(at(sample.properties, ...path.split(".")));
      return labels.length === 1 && labels[0]?.[0] === "app" ? fault.break(sample) : undefined;
    },
  };
}

/** Changes the name in a reference that is there. */
function misspelled(types: RegExp, path: string): Fault {
  return {
    ...set(types, path, (name) => (typeof name === "string" ? `${name}-misspelled` : undefined)),
    name: `${types.source} ${path} misspelled`,
  };
}

function inPods(field: string, fault: (types: RegExp, path: string) => Fault): Fault {
  return either(...templates.map(([types, path]) => fault(types, `${path}.${field}`)));
}

/** Changes the name of a Secret without which the container does not start. */
function wrongSecret(types: RegExp, path: string): Fault {
  return set(types, path, (from) => {
    const reference = at(from, "secretKeyRef");
    if (!isObject(reference) || reference.optional === true) return undefined;
    return { secretKeyRef: { ...reference, name: "misspelled" } };
  });
}

const spotAlone: Fault = {
  ...set(deployment, "spec.template.spec", (spec) => ({
    ...(isObject(spec) ? spec : {}),
    nodeSelector: { lifecycle: "spot" },
    tolerations: [{ operator: "Exists" }],
  })),
  name: "only on spot nodes",
};

const unprotected: Fault = {
  name: "not protected",
  break: (sample) =>
    sample.protect && !sample.type.includes(":core/") ? [{ ...sample, protect: false }] : undefined,
};

const untagged: Fault = {
  name: "no tags, not even the provider's",
  break: ({ providerProperties, properties, ...sample }) =>
    /^aws:(s3\/bucket:|eks\/(cluster|nodeGroup):|kms\/key:|ec2\/vpc:)/.test(sample.type)
      ? [{ ...sample, properties: { ...(isObject(properties) ? properties : {}), tags: {} } }]
      : undefined,
};

const twice: Fault = {
  name: "a second autoscaler",
  break: (sample) =>
    sample.type.endsWith(":HorizontalPodAutoscaler")
      ? [sample, { ...sample, name: `${sample.name}-second` }]
      : undefined,
};

const allowAll: Fault = {
  name: "another policy that allows all",
  break: (sample) => [
    sample,
    {
      ...sample,
      name: `${sample.name}-not`,
      properties: {
        ...(isObject(sample.properties) ? sample.properties : {}),
        spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{}] },
      },
    },
  ],
};

const allowTogether: Fault = {
  name: "two policies that allow all together",
  break: (sample) => [
    sample,
    ...["Exists", "DoesNotExist"].map((operator) => ({
      ...sample,
      name: `${sample.name}-${operator}`,
      properties: {
        ...(isObject(sample.properties) ? sample.properties : {}),
        spec: {
          podSelector: { matchExpressions: [{ key: "app", operator }] },
          policyTypes: ["Egress"],
          egress: [{}],
        },
      },
    })),
  ],
};

const declaredTwice: Fault = {
  name: "a second declaration",
  break: (sample) =>
    /^kubernetes:.*:(Kafka|Cluster|RedisCluster|MongoDBCommunity|ConfigMap)$/.test(sample.type)
      ? [sample, { ...sample, name: `${sample.name}-second` }]
      : undefined,
};

const expired = "policies.ai-platform/exempt-kubernetes-non-root";
const everybody = JSON.stringify({
  Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*" }],
});
const everything = JSON.stringify({ Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] });
const passing = JSON.stringify({
  Statement: [{ Effect: "Allow", Action: "iam:PassRole", Resource: "arn:aws:iam::*:role/*" }],
});
const secrets = JSON.stringify({
  Statement: [{ Effect: "Allow", Action: "secretsmanager:Get*", Resource: "*" }],
});
const federated = JSON.stringify({
  Statement: [
    {
      Effect: "Allow",
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" },
    },
  ],
});
const assumable = JSON.stringify({
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: "*" }],
});
const privileged = { ...container(), securityContext: { privileged: true } };
const fromAnyBucket = JSON.stringify({
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "s3.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: "*",
    },
  ],
});
const gpuPods = /vllm|model-serving|ner-service|model-training/;
const release = /helm\.sh\/v3:Release$/;
const template = /LaunchTemplate$/;
const eks = /eks\/cluster:Cluster$/;
const lke = /LkeCluster$/;

/** For each policy the ways to break a stack that it must catch. */
export const faults: Readonly<Record<string, readonly Fault[]>> = {
  "kubernetes-non-root": [
    ...pod("securityContext.runAsUser", 0),
    ...everywhere("securityContext.runAsNonRoot", false),
    set(/:Redis(Replication|Sentinel)$/, "spec.securityContext.runAsNonRoot", false),
    set(/:RedisCluster$/, "spec.redisFollower.securityContext.runAsNonRoot", false),
  ],
  "kubernetes-privilege": [
    ...pod("securityContext.windowsOptions.hostProcess", true),
    beside(deployment, "kubernetes:argoproj.io/v1alpha1:Rollout", {
      metadata: { name: "rollout", namespace: "shop" },
      spec: {
        template: { spec: { containers: [privileged] } },
      },
    }),
    beside(deployment, "kubernetes:batch/v1:JobList", {
      items: [{ spec: { template: { spec: { containers: [privileged] } } } }],
    }),
    beside(deployment, "kubernetes:apps/v1:DaemonSetPatch", {
      spec: { template: { spec: { initContainers: [privileged] } } },
    }),
    ...everywhere("securityContext.privileged", true),
    ...everywhere("securityContext.allowPrivilegeEscalation", null),
    ...everywhere("securityContext.procMount", "Unmasked"),
    set(/:RedisReplication$/, "spec.redisExporter.securityContext.allowPrivilegeEscalation", true),
    set(/:RedisSentinel$/, "spec.sidecars", [{ name: "agent", image: "registry.example.com/agent:1.0.0" }]),
    set(/cnpg\.io\/v1:Cluster$/, "spec.securityContext.privileged", true),
  ],
  "kubernetes-capabilities": [
    ...everywhere("securityContext.capabilities.drop", []),
    ...everywhere("securityContext.capabilities.add", ["SYS_ADMIN"]),
  ],
  "kubernetes-seccomp": everywhere("securityContext.seccompProfile.type", "Unconfined"),
  "kubernetes-host-access": [
    ...["hostNetwork", "hostPID", "hostIPC"].flatMap((field) => pod(field, true)),
    ...pod("volumes", appended({ name: "node", hostPath: { path: "/" } })),
    set(deployment, "spec.template.spec.containers[].ports[].hostPort", 80),
    set(/:Kibana$/, "spec.podTemplate.spec.hostNetwork", true),
    set(/:Elasticsearch$/, "spec.nodeSets[].podTemplate.spec.hostPID", true),
  ],
  "kubernetes-volume-types": pod("volumes", appended({ name: "shared", nfs: { server: "a", path: "/" } })),
  "kubernetes-kernel-settings": [
    ...pod("securityContext.sysctls", [{ name: "kernel.msgmax", value: "1" }]),
    ...pod("securityContext.seLinuxOptions", { type: "spc_t" }),
    ...everywhere("securityContext.appArmorProfile", { type: "Unconfined" }),
  ],
  "kubernetes-read-only-root": everywhere("securityContext.readOnlyRootFilesystem", false),
  "kubernetes-service-account-token": [
    ...pod("automountServiceAccountToken", null),
    set(/core\/v1:Secret$/, "type", "kubernetes.io/service-account-token"),
  ],
  "kubernetes-no-secret-in-clear": [
    ...containers("args", appended("--token=1a2b3c4d")),
    set(/:ConfigMap$/, "data.config", "auth:\n  password: hunter2\n"),
    set(/:Deployment$/, "metadata.annotations.note", `ghp_${"a".repeat(36)}`),
    ...containers("env", appended({ name: "DB_PASSWORD", value: "hunter2" })),
    ...containers("args", ["--url=amqp://app:hunter2@rabbitmq"]),
    set(/:ConfigMap$/, "data.password", "hunter2"),
    set(/:ConfigMap$/, "data.netrc", "machine git.acme.io login ci password hunter2"),
    set(/cnpg\.io\/v1:Cluster$/, "spec.env", [{ name: "PGPASSWORD", value: "hunter2" }]),
    set(/:KafkaNodePool$/, "spec.template.kafkaContainer.env", [{ name: "API_KEY", value: "1a2b3c" }]),
  ],
  "kubernetes-image-pinned": [
    ...everywhere("image", "registry.example.com/app:latest"),
    ...containers("image", "registry.example.com/app"),
    set(/:(RabbitmqCluster|Elasticsearch|Kibana)$/, "spec.image", "docker.io/library/app"),
    set(/:Kafka$/, "spec.kafka.image", "quay.io/strimzi/kafka:latest"),
    set(/:Kafka$/, "spec.kafkaExporter.image", "quay.io/strimzi/kafka:latest"),
    set(/:ImageCatalog$/, "spec.images[].image", "ghcr.io/cloudnative-pg/postgresql:latest"),
  ],
  "kubernetes-image-registry": [
    ...pod("volumes", appended({ name: "model", image: { reference: "registry.evil.example/model:1.0.0" } })),
    ...everywhere("image", "registry.evil.example/app:1.0.0"),
    set(/:ImageCatalog$/, "spec.images[].image", "registry.evil.example/postgresql:17"),
  ],
  "kubernetes-probes": ["readinessProbe", "livenessProbe"].map((probe) =>
    without(deployment, `spec.template.spec.containers[].${probe}`),
  ),
  "kubernetes-resource-limits": [
    ...everywhere("resources.limits", null),
    ...everywhere("resources.requests.memory", null),
    ...everywhere("resources.limits.cpu", null),
    without(/:Redis(Cluster|Replication|Sentinel)$/, "spec.kubernetesConfig.resources.limits"),
    without(/cnpg\.io\/v1:Cluster$/, "spec.resources.requests"),
    without(/:ObjectStore$/, "spec.instanceSidecarConfiguration.resources.limits"),
  ],
  "kubernetes-disruption-budget": [
    only(/disruption-budget$/, set(/:PodDisruptionBudget$/, "spec.maxUnavailable", 0)),
    gone(/:PodDisruptionBudget$/, /disruption-budget$/),
  ],
  "kubernetes-pod-security-labels": [
    set(release, "createNamespace", true),
    set(/:Namespace$/, "metadata.labels", {}),
    only(
      /atlas|production/,
      set(/:Namespace$/, "metadata.labels", { "pod-security.kubernetes.io/enforce": "privileged" }),
    ),
  ],
  "kubernetes-namespace-quota": [
    set(/:ResourceQuota$/, "spec.hard", { "count/secrets": "100" }),
    gone(/:ResourceQuota$/),
    set(/:ResourceQuota$/, "metadata.namespace", "elsewhere"),
  ],
  "kubernetes-default-deny": [
    only(/default-deny$/, allowAll),
    only(/default-deny$/, allowTogether),
    gone(/:NetworkPolicy$/, /default-deny$/),
    only(/default-deny$/, set(/:NetworkPolicy$/, "spec.ingress", [{}])),
    only(/default-deny$/, set(/:NetworkPolicy$/, "spec.policyTypes", ["Ingress"])),
  ],
  "kubernetes-selectors-hit": [
    missing(/core\/v1:Service$/, "spec.selector"),
    missing(/:PodDisruptionBudget$/, "spec.selector.matchLabels"),
    missing(/:NetworkPolicy$/, "spec.podSelector.matchLabels"),
    missing(/:PodMonitor$/, "spec.selector.matchLabels"),
    missing(/:ServiceMonitor$/, "spec.selector.matchLabels"),
    missing(deployment, "spec.selector.matchLabels"),
  ],
  "kubernetes-references-resolve": [
    inPods("serviceAccountName", misspelled),
    inPods("priorityClassName", misspelled),
    inPods("volumes[].persistentVolumeClaim.claimName", misspelled),
    inPods("volumes[].configMap.name", misspelled),
    inPods("containers[].env[].valueFrom", wrongSecret),
    misspelled(/:Ingress$/, "spec.rules[].http.paths[].backend.service.name"),
    only(/^(?!.*jaeger)/, set(/:Ingress$/, "spec.rules[].http.paths[].backend.service.port.number", 1)),
    misspelled(/:Ingress$/, "metadata.annotations.cert-manager.io/cluster-issuer"),
    misspelled(/:HorizontalPodAutoscaler$/, "spec.scaleTargetRef.name"),
    misspelled(/:VerticalPodAutoscaler$/, "spec.targetRef.name"),
    misspelled(/:(Cluster)?RoleBinding$/, "roleRef.name"),
    misspelled(/:(Cluster)?RoleBinding$/, "subjects[].name"),
    misspelled(/:Certificate$/, "spec.issuerRef.name"),
    misspelled(/:PersistentVolumeClaim$/, "spec.storageClassName"),
  ],
  "kubernetes-one-autoscaler": [
    twice,
    set(/:HorizontalPodAutoscaler$/, "spec.minReplicas", 1000),
    only(/ai-engine|market-data/, set(/:VerticalPodAutoscaler$/, "spec.updatePolicy.updateMode", "Recreate")),
  ],
  "kubernetes-declared-once": [declaredTwice],
  "kubernetes-gpu-placement": [
    ...pod("tolerations", []),
    ...pod("nodeSelector", { accelerator: "missing" }),
    ...pod("containers[].resources.requests.nvidia.com/gpu", 8),
  ].map((fault) => only(gpuPods, fault)),
  "kubernetes-spot-safe": [only(/rabbitmq-operators/, spotAlone)],
  "kubernetes-capacity": [
    ...pod("containers[].resources.requests.cpu", "1000"),
    ...pod("containers[].resources.requests.memory", "9Ti"),
    set(/NodeGroup$/, "scalingConfig.maxSize", 0),
  ].map((fault) => (fault.name.startsWith("NodeGroup") ? only(/gpu/, fault) : only(/./, fault))),
  "kubernetes-service-exposure": ["LoadBalancer", "NodePort"].map((type) =>
    only(/^(?!atlas-(market-data|model-serving))/, set(/core\/v1:Service$/, "spec.type", type)),
  ),
  "kubernetes-ingress-tls": [
    without(/:Ingress$/, "spec.tls"),
    set(/:Ingress$/, "spec.tls[].hosts", ["other.example.com"]),
    without(/:Ingress$/, "spec.tls[].secretName"),
  ],
  "kubernetes-least-privilege": [
    set(/:ClusterRole$/, "aggregationRule", { clusterRoleSelectors: [{}] }),
    only(
      /dashboard/,
      set(/:ClusterRole$/, "rules", [{ apiGroups: [""], resources: ["secrets"], verbs: ["list"] }]),
    ),
    set(/:ClusterRoleBinding$/, "roleRef.name", "edit"),
    ...["verbs", "resources", "apiGroups"].map((field) => set(/:(Cluster)?Role$/, `rules[].${field}`, ["*"])),
    set(/:ClusterRole$/, "rules[].verbs", ["impersonate"]),
    ...[
      { apiGroups: [""], resources: ["serviceaccounts/token"], verbs: ["create"] },
      { apiGroups: ["rbac.authorization.k8s.io"], resources: ["clusterroles"], verbs: ["escalate"] },
      { apiGroups: [""], resources: ["nodes/proxy"], verbs: ["get"] },
    ].map((rule) => only(/dashboard/, set(/:ClusterRole$/, "rules", [rule]))),
    set(/:(Cluster)?RoleBinding$/, "roleRef.name", "cluster-admin"),
    set(/:(Cluster)?RoleBinding$/, "subjects", [{ kind: "Group", name: "system:authenticated" }]),
  ],
  "kubernetes-system-priority": [
    ...pod("priorityClassName", "system-node-critical"),
    ...pod("tolerations", appended({ operator: "Exists" })),
  ],
  "kubernetes-extension-trusted": [
    beside(deployment, "kubernetes:apiregistration.k8s.io/v1:APIService", {
      spec: { insecureSkipTLSVerify: true },
    }),
  ],
  "aws-bucket-access-block": [gone(/:BucketPublicAccessBlock$/)],
  "aws-access-block-complete": [
    set(/:BucketPublicAccessBlock$/, "restrictPublicBuckets", false),
    without(/:BucketPublicAccessBlock$/, "blockPublicAcls"),
  ],
  "aws-bucket-not-public": [
    set(/s3\/bucket:Bucket$/, "acl", "public-read"),
    set(/:BucketPolicy$/, "policy", everybody),
  ],
  "aws-policy-not-public": [
    set(/:FileSystemPolicy$/, "policy", everybody),
    set(/kms\/key:Key$/, "policy", everybody),
    beside(/:Vpc$/, "aws:sns/topicPolicy:TopicPolicy", { policy: everybody }),
    beside(/:Vpc$/, "aws:ec2/amiLaunchPermission:AmiLaunchPermission", { group: "all" }),
    beside(/:Vpc$/, "aws:sqs/queuePolicy:QueuePolicy", { policy: fromAnyBucket }),
    beside(/:Vpc$/, "aws:lambda/permission:Permission", { principal: "events.amazonaws.com" }),
  ],
  "aws-ingress-declared": [
    only(/nfs/, set(/:SecurityGroupIngressRule$/, "cidrIpv4", "0.0.0.0/2")),
    set(/:NodeGroup$/, "remoteAccess", { ec2SshKey: "ops" }),
    only(/nfs/, set(/:SecurityGroupIngressRule$/, "cidrIpv4", "0.0.0.0/0")),
    set(/:(Default)?SecurityGroup$/, "ingress", [
      { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] },
    ]),
  ],
  "aws-bucket-encrypted": [gone(/:BucketServerSideEncryptionConfiguration$/)],
  "aws-bucket-versioned": [
    gone(/:BucketVersioning$/),
    set(/:BucketVersioning$/, "versioningConfiguration.status", "Suspended"),
  ],
  "aws-tls-only": [
    gone(/:BucketPolicy$/),
    set(/:BucketPolicy$/, "policy", everything),
    gone(/:FileSystemPolicy$/),
  ],
  "aws-encrypted-at-rest": [
    without(template, "blockDeviceMappings"),
    only(/cluster-logs/, without(/:LogGroup$/, "kmsKeyId")),
    beside(/:Vpc$/, "aws:opensearch/domain:Domain", { encryptAtRest: { enabled: false } }),
    set(template, "blockDeviceMappings[].ebs.encrypted", "false"),
    set(/:FileSystem$/, "encrypted", false),
    without(/:Vault$/, "kmsKeyArn"),
  ],
  "aws-tls-in-transit": [
    beside(/:Vpc$/, "aws:lb/listener:Listener", { protocol: "HTTP", defaultActions: [{ type: "forward" }] }),
    beside(/:Vpc$/, "aws:elasticache/replicationGroup:ReplicationGroup", { atRestEncryptionEnabled: true }),
    beside(/:Vpc$/, "aws:transfer/server:Server", { protocols: ["SFTP", "FTP"] }),
    beside(/:Vpc$/, "aws:rds/parameterGroup:ParameterGroup", {
      parameters: [{ name: "rds.force_ssl", value: "0" }],
    }),
  ],
  "aws-database-recoverable": [
    beside(/:Vpc$/, "aws:rds/instance:Instance", { storageEncrypted: true, skipFinalSnapshot: true }),
    beside(/:Vpc$/, "aws:rds/cluster:Cluster", { storageEncrypted: true, backupRetentionPeriod: 0 }),
    beside(/:Vpc$/, "aws:dynamodb/table:Table", { hashKey: "id" }),
  ],
  "aws-imds-v2": [
    without(/:NodeGroup$/, "launchTemplate"),
    set(template, "metadataOptions.httpTokens", "optional"),
    without(template, "metadataOptions"),
    set(template, "metadataOptions.httpPutResponseHopLimit", 2),
  ],
  "aws-endpoint-authenticated": [
    beside(/:Vpc$/, "aws:apigateway/method:Method", { httpMethod: "ANY", authorization: "NONE" }),
    beside(/:Vpc$/, "aws:lambda/functionUrl:FunctionUrl", { authorizationType: "NONE" }),
  ],
  "aws-trail-complete": [
    beside(/:Vpc$/, "aws:cloudtrail/trail:Trail", {
      isMultiRegionTrail: false,
      enableLogFileValidation: true,
    }),
    beside(/:Vpc$/, "aws:cloudtrail/trail:Trail", { isMultiRegionTrail: true }),
  ],
  "aws-no-public-address": [
    beside(/:Vpc$/, "aws:mq/broker:Broker", { publiclyAccessible: true }),
    set(/:Subnet$/, "mapPublicIpOnLaunch", true),
  ],
  "aws-eks-endpoint-restricted": [
    set(eks, "vpcConfig.publicAccessCidrs", ["0.0.0.0/0"]),
    without(eks, "vpcConfig.publicAccessCidrs"),
  ],
  "aws-eks-control-plane": [
    set(eks, "enabledClusterLogTypes", ["api"]),
    without(eks, "encryptionConfig"),
    set(eks, "vpcConfig.endpointPrivateAccess", false),
    without(/eks\/(cluster:Cluster|nodeGroup:NodeGroup)$/, "version"),
    without(/:Addon$/, "addonVersion"),
  ],
  "aws-iam-least-privilege": [
    set(/:RolePolicy$/, "policy", passing),
    set(/:RolePolicy$/, "policy", secrets),
    set(/iam\/role:Role$/, "assumeRolePolicy", federated),
    beside(/:Vpc$/, "aws:iam/accessKey:AccessKey", { user: "ci" }),
    set(/:RolePolicy$/, "policy", everything),
    set(/:RolePolicyAttachment$/, "policyArn", "arn:aws:iam::aws:policy/AdministratorAccess"),
    set(/iam\/role:Role$/, "assumeRolePolicy", assumable),
  ],
  "aws-no-secret-in-clear": [
    set(template, "userData", "export API_TOKEN=1a2b3c4d"),
    beside(/:Vpc$/, "aws:lambda/function:Function", {
      environment: { variables: { DB_PASSWORD: "hunter2" } },
    }),
    beside(/:Vpc$/, "aws:ecs/taskDefinition:TaskDefinition", {
      containerDefinitions: JSON.stringify([{ environment: [{ name: "DB_PASSWORD", value: "hunter2" }] }]),
    }),
    beside(/:Vpc$/, "aws:rds/instance:Instance", { password: "hunter2" }),
  ],
  "aws-kms-rotated": [set(/kms\/key:Key$/, "enableKeyRotation", false)],
  "aws-logs-retained": [without(/:LogGroup$/, "retentionInDays"), set(/:LogGroup$/, "retentionInDays", 1)],
  "aws-flow-logs": [gone(/:FlowLog$/), set(/:FlowLog$/, "trafficType", "REJECT")],
  "aws-cloudfront-secure": [
    set(/:Distribution$/, "defaultCacheBehavior.viewerProtocolPolicy", "allow-all"),
    set(/:Distribution$/, "orderedCacheBehaviors[].viewerProtocolPolicy", "allow-all"),
    set(/:Distribution$/, "viewerCertificate.minimumProtocolVersion", "TLSv1"),
    without(/:Distribution$/, "webAclId"),
  ],
  "aws-tagged": [untagged],
  "linode-bucket-private": [set(/:ObjectStorageBucket$/, "acl", "public-read")],
  "linode-ingress-declared": [
    set(/:Firewall$/, "inbounds[].ipv4s", ["0.0.0.0/1", "128.0.0.0/1"]),
    set(/:Firewall$/, "inboundPolicy", "ACCEPT"),
    set(/:Firewall$/, "inbounds[].ipv4s", ["0.0.0.0/0"]),
  ],
  "linode-lke-control-plane-restricted": [
    set(lke, "controlPlane.acl.enabled", false),
    set(lke, "controlPlane.acl.addresses[].ipv4s", ["0.0.0.0/0"]),
  ],
  "linode-lke-high-availability": [
    set(lke, "controlPlane.highAvailability", false),
    without(lke, "k8sVersion"),
  ],
  "linode-instance-hardened": [
    set(/:LkeNodePool$/, "diskEncryption", "disabled"),
    beside(/LkeCluster$/, "linode:index/instance:Instance", { rootPass: "correct horse" }),
  ],
  "linode-tls-in-transit": [
    beside(/LkeCluster$/, "linode:index/nodeBalancerConfig:NodeBalancerConfig", { protocol: "http" }),
    beside(/LkeCluster$/, "linode:index/nodeBalancerConfig:NodeBalancerConfig", {
      protocol: "https",
      cipherSuite: "legacy",
    }),
  ],
  "linode-nodes-firewalled": [
    set(/:Firewall$/, "disabled", true),
    gone(/:Firewall$/),
    set(/:Firewall$/, "linodes", []),
  ],
  "linode-bucket-versioned": [
    only(/backups|exports|state/, set(/:ObjectStorageBucket$/, "versioning", false)),
  ],
  "linode-database-restricted": [
    beside(/LkeCluster$/, "linode:index/databaseAccessControls:DatabaseAccessControls", {
      allowLists: ["0.0.0.0/0"],
    }),
    beside(/LkeCluster$/, "linode:index/databasePostgresqlV2:DatabasePostgresqlV2", {
      allowLists: ["0.0.0.0/0"],
      clusterSize: 3,
    }),
    beside(/LkeCluster$/, "linode:index/databasePostgresqlV2:DatabasePostgresqlV2", { clusterSize: 1 }),
  ],
  "linode-keys-limited": [set(/:Token$/, "scopes", "*"), without(/:ObjectStorageKey$/, "bucketAccesses")],
  "helm-pinned": [
    set(release, "values.image.tag", "latest"),
    without(release, "version"),
    set(release, "version", ">=1.0.0"),
  ],
  "helm-repository": [set(release, "chart", "oci://registry.evil.example/charts/app")],
  "helm-atomic": [
    set(release, "atomic", false),
    set(release, "cleanupOnFail", false),
    set(release, "timeout", 86400),
  ],
  "helm-resources-set": [
    only(/^(?!.*mesh-base)/, set(release, "values", {})),
    set(release, "values.extra", { resources: { requests: { cpu: 1 } } }),
  ],
  "helm-no-secret-values": [
    set(release, "values.auth", { password: 48151623 }),
    set(release, "values.adminPassword", "hunter2"),
    set(release, "values.extraEnv", [{ name: "API_KEY", value: "1a2b3c" }]),
  ],
  "stateful-protected": [unprotected],
  "resource-known": [
    beside(/:Vpc$/, "gcp:storage/bucketIAMMember:BucketIAMMember", { member: "allUsers" }),
    beside(/:Vpc$/, "aws-native:s3:Bucket", {}),
  ],
  "exemption-valid": [
    set(own, `metadata.annotations`, { [expired]: "2020-01-01 It is late" }),
    set(own, `metadata.annotations`, { [expired]: "because" }),
    set(own, `metadata.annotations`, {
      "policies.ai-platform/exempt-kubernetes-privilege": "2026-11-30 The vendor's image needs it",
    }),
  ],
};

/** A stack with one fault. */
export interface Mutant {
  readonly name: string;
  /** Place of the resource that is broken, and what is there instead. */
  readonly index: number;
  readonly instead: readonly Sample[];
}

/** Resources that each fault is tried on; more of the same kind would show nothing else. */
const most = 3;

/** Breaks a stack by each of some faults, one at a time. */
export function mutantsOf(samples: readonly Sample[], faults: readonly Fault[]): readonly Mutant[] {
  return faults.flatMap((fault) => {
    const broken = samples.flatMap((sample, index) => {
      // Components say nothing; what is in them does.
      const instead = sample.type.startsWith("ai-platform:") ? undefined : fault.break(sample);
      return instead ? [{ name: `${sample.name}: ${fault.name}`, index, instead }] : [];
    });
    return broken.slice(0, most);
  });
}
