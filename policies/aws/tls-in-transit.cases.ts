import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Values } from "../value";
import { tlsInTransit } from "./tls-in-transit";

const resource = (type: string, properties: Values): Sample => ({ type: `aws:${type}`, properties });
const listener = (properties: Values): Sample => resource("lb/listener:Listener", properties);
const forward = [{ type: "forward", targetGroupArn: "arn" }];
const redirect = [{ type: "redirect", redirect: { protocol: "HTTPS", statusCode: "HTTP_301" } }];
const modern = "ELBSecurityPolicy-TLS13-1-2-2021-06";

export const tlsInTransitCases: Cases = {
  policy: tlsInTransit,
  catches: [
    {
      name: "a listener by HTTP that forwards",
      resources: [
        listener({ port: 80, protocol: "HTTP", defaultActions: forward }),
        listener({
          port: 80,
          protocol: "HTTP",
          defaultActions: [{ type: "redirect", redirect: { protocol: "HTTP", statusCode: "HTTP_301" } }],
        }),
      ],
      violations: Array(2).fill("sample: a listener by HTTP forwards: redirect to HTTPS."),
    },
    {
      name: "old versions of TLS",
      resources: [
        listener({
          protocol: "HTTPS",
          sslPolicy: "ELBSecurityPolicy-TLS-1-0-2015-04",
          defaultActions: forward,
        }),
        listener({ protocol: "TLS", defaultActions: forward }),
        resource("apigateway/domainName:DomainName", { securityPolicy: "TLS_1_0" }),
      ],
      violations: [
        `sample: sslPolicy is ELBSecurityPolicy-TLS-1-0-2015-04, which knows old versions of TLS: set ${modern}.`,
        `sample: sslPolicy is not set, which knows old versions of TLS: set ${modern}.`,
        "sample: securityPolicy is TLS_1_0: demand TLS 1.2.",
      ],
    },
    {
      name: "a classic load balancer by HTTP",
      resources: [
        resource("elb/loadBalancer:LoadBalancer", { listeners: [{ lbProtocol: "http", lbPort: 80 }] }),
      ],
      violations: ["sample: listeners[0].lbProtocol is HTTP: set HTTPS."],
    },
    {
      name: "file systems in clear, said and left out, and in the JSON of a job",
      resources: [
        resource("ecs/taskDefinition:TaskDefinition", {
          volumes: [
            { name: "a", efsVolumeConfiguration: { fileSystemId: "fs-1", transitEncryption: "DISABLED" } },
            { name: "b", efsVolumeConfiguration: { fileSystemId: "fs-1" } },
          ],
        }),
        resource("batch/jobDefinition:JobDefinition", {
          containerProperties: JSON.stringify({
            volumes: [{ name: "a", efsVolumeConfiguration: { fileSystemId: "fs-1" } }],
          }),
        }),
      ],
      violations: [
        "sample: volumes[0].efsVolumeConfiguration.transitEncryption is DISABLED: demand TLS 1.2.",
        "sample: volumes[1].efsVolumeConfiguration.transitEncryption is not set, and then off: set ENABLED.",
        "sample: containerProperties.volumes[0].efsVolumeConfiguration.transitEncryption is not set, and then off: set ENABLED.",
      ],
    },
    {
      name: "a cache that leaves TLS to its clients, and a key that is too short",
      resources: [
        resource("elasticache/replicationGroup:ReplicationGroup", {
          transitEncryptionEnabled: true,
          transitEncryptionMode: "preferred",
        }),
        resource("acm/certificate:Certificate", { domainName: "a.example.com", keyAlgorithm: "RSA_1024" }),
      ],
      violations: [
        "sample: transitEncryptionMode is preferred: demand TLS 1.2.",
        "sample: keyAlgorithm is RSA_1024, which can be broken: take EC_prime256v1 or RSA_2048.",
      ],
    },
    {
      name: "stores and brokers in clear",
      resources: [
        resource("elasticache/replicationGroup:ReplicationGroup", {}),
        resource("memorydb/cluster:Cluster", { tlsEnabled: false }),
        resource("transfer/server:Server", { protocols: ["SFTP", "FTP"] }),
        resource("dax/cluster:Cluster", { clusterEndpointEncryptionType: "NONE" }),
        resource("msk/cluster:Cluster", {
          encryptionInfo: { encryptionInTransit: { clientBroker: "TLS_PLAINTEXT" } },
        }),
        resource("rds/parameterGroup:ParameterGroup", {
          parameters: [{ name: "rds.force_ssl", value: "0" }],
        }),
        resource("opensearch/domain:Domain", { nodeToNodeEncryption: { enabled: true } }),
      ],
      violations: [
        "sample: transitEncryptionEnabled is not true: set it.",
        "sample: tlsEnabled is false: demand TLS 1.2.",
        "sample: protocols[1] is FTP: demand TLS 1.2.",
        "sample: clusterEndpointEncryptionType is NONE: demand TLS 1.2.",
        "sample: encryptionInfo.encryptionInTransit.clientBroker is TLS_PLAINTEXT: demand TLS 1.2.",
        "sample: parameters[0] sets rds.force_ssl to 0: demand TLS.",
        "sample: domainEndpointOptions.enforceHttps is not true: set it.",
      ],
    },
    {
      name: "a proxy of databases that takes clients without TLS",
      resources: [{ type: "aws:rds/proxy:Proxy", properties: { engineFamily: "POSTGRESQL" } }],
      violations: ["sample: requireTls is not true: set it."],
    },
    {
      name: "switched off in a configuration that is JSON",
      resources: [
        {
          type: "aws:emr/securityConfiguration:SecurityConfiguration",
          properties: { configuration: JSON.stringify({ EnableInTransitEncryption: false }) },
        },
      ],
      violations: ["sample: configuration.EnableInTransitEncryption is false: demand TLS 1.2."],
    },
  ],
  passes: [
    {
      name: "a file system by TLS, and keys that hold",
      resources: [
        resource("ecs/taskDefinition:TaskDefinition", {
          volumes: [
            { name: "a", efsVolumeConfiguration: { fileSystemId: "fs-1", transitEncryption: "ENABLED" } },
          ],
        }),
        resource("acm/certificate:Certificate", { keyAlgorithm: "EC_prime256v1" }),
      ],
    },
    {
      name: "HTTPS, and HTTP that leads there",
      resources: [
        listener({ port: 80, protocol: "HTTP", defaultActions: redirect }),
        listener({ protocol: "HTTPS", sslPolicy: modern, defaultActions: forward }),
        listener({ port: 5432, protocol: "TCP", defaultActions: forward }),
      ],
    },
    {
      name: "TLS",
      resources: [
        resource("transfer/server:Server", { protocols: ["SFTP", "FTPS"] }),
        resource("elasticache/replicationGroup:ReplicationGroup", { transitEncryptionEnabled: true }),
        resource("opensearch/domain:Domain", {
          nodeToNodeEncryption: { enabled: true },
          domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-2019-07" },
        }),
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "where it forwards to is not known",
        resources: [
          listener({ protocol: "HTTP", defaultActions: [{ type: "forward", targetGroupArn: unknown }] }),
        ],
        violations: ["sample: a listener by HTTP forwards: redirect to HTTPS."],
      },
    ],
    passes: [
      {
        name: "not known",
        resources: [
          listener({ protocol: unknown, port: 80 }),
          listener({ protocol: "HTTPS", sslPolicy: unknown }),
          listener({ protocol: "HTTP", defaultActions: unknown }),
        ],
      },
    ],
  },
  faults: [
    faults.beside(/:Vpc$/, "aws:lb/listener:Listener", {
      protocol: "HTTP",
      defaultActions: [{ type: "forward" }],
    }),
    faults.beside(/:Vpc$/, "aws:elasticache/replicationGroup:ReplicationGroup", {
      atRestEncryptionEnabled: true,
    }),
    faults.beside(/:Vpc$/, "aws:transfer/server:Server", { protocols: ["SFTP", "FTP"] }),
    faults.beside(/:Vpc$/, "aws:rds/parameterGroup:ParameterGroup", {
      parameters: [{ name: "rds.force_ssl", value: "0" }],
    }),
  ],
};
