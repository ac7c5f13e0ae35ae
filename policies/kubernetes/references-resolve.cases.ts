import type { Cases } from "../testing/cases";
import * as faults from "../testing/faults";
import {
  configuration,
  data,
  environment,
  ingress,
  made,
  named,
  nowhere,
  scaler,
  secretKey,
  service,
  template,
  variable,
  workload,
} from "../testing/references-resolve-samples";
import { container, namespace, object } from "../testing/samples";
import { unknown } from "../value";
import { referencesResolve } from "./references-resolve";

export const referencesResolveCases: Cases = {
  policy: referencesResolve,
  catches: [
    {
      name: "a ConfigMap that is not there, and a key that it does not have",
      resources: [
        namespace(),
        data("ConfigMap", { level: "info" }),
        workload({
          containers: [container({ envFrom: [{ configMapRef: { name: "setings" } }] })],
          volumes: [
            { name: "settings", configMap: { name: "settings", items: [{ key: "port", path: "port" }] } },
          ],
        }),
      ],
      violations: [
        `web: ${template}.volumes[0].configMap.items[0] asks the ConfigMap settings for the key port, which it does not have.`,
        nowhere(`${template}.containers[0].envFrom[0].configMapRef`, "ConfigMap", "setings"),
      ],
    },
    {
      name: "what a pod needs besides",
      resources: [
        namespace(),
        named("scheduling.k8s.io/v1:PriorityClass", "serving"),
        named("storage.k8s.io/v1:StorageClass", "standard"),
        workload({
          serviceAccountName: "web",
          priorityClassName: "servin",
          imagePullSecrets: [{ name: "registry" }],
          volumes: [
            { name: "data", persistentVolumeClaim: { claimName: "data" } },
            { name: "cache", ephemeral: { volumeClaimTemplate: { spec: { storageClassName: "fast" } } } },
          ],
        }),
      ],
      violations: [
        nowhere(`${template}.serviceAccountName`, "ServiceAccount", "web"),
        nowhere(`${template}.priorityClassName`, "PriorityClass", "servin"),
        nowhere(`${template}.imagePullSecrets[0].name`, "Secret", "registry"),
        nowhere(`${template}.volumes[0].persistentVolumeClaim`, "PersistentVolumeClaim", "data"),
        nowhere(
          `${template}.volumes[1].ephemeral.volumeClaimTemplate.spec.storageClassName`,
          "StorageClass",
          "fast",
        ),
      ],
    },
    {
      name: "an Ingress",
      configuration: { outOfSight: [{ names: ["IngressClass/*"], reason: "The cluster has them" }] },
      resources: [
        namespace(),
        service,
        { ...ingress("api", 8080), name: "port" },
        ingress("apis", 80, { annotations: { "cert-manager.io/issuer": "letsencrypt" } }),
      ],
      violations: [
        "port: spec.rules[0].http.paths[0].backend.service asks the Service api for the port 8080, which it does not have.",
        "port: spec.tls[0].secretName refers to the Secret web-tls, which is nowhere: correct the name or declare it.",
        nowhere("spec.rules[0].http.paths[0].backend.service", "Service", "apis"),
        nowhere('metadata.annotations["cert-manager.io/issuer"]', "Issuer", "letsencrypt"),
      ],
    },
    {
      name: "what a chart makes, but without the key or the port, or in another namespace",
      configuration: made,
      resources: [
        namespace(),
        secretKey("web-tls", "ca.crt"),
        { ...secretKey("redis", "password"), name: "cache" },
        { ...ingress("grafana", 81), name: "port" },
      ],
      violations: [
        `web: ${variable}.secretKeyRef asks the Secret web-tls for the key ca.crt, which it does not have.`,
        `cache: ${variable}.secretKeyRef refers to the Secret redis, which is nowhere: correct the name or declare it.`,
        "port: spec.rules[0].http.paths[0].backend.service asks the Service grafana for the port 81, which it does not have.",
      ],
    },
    {
      name: "an autoscaler, a binding and a certificate",
      configuration,
      resources: [
        namespace(),
        scaler("wev"),
        {
          type: "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
          name: "binding",
          properties: {
            metadata: { name: "web", namespace: "shop" },
            roleRef: { kind: "Role", name: "web" },
            subjects: [{ kind: "ServiceAccount", name: "web", namespace: "shop" }],
          },
        },
        {
          ...object("cert-manager.io/v1:Certificate", "web", { issuerRef: { name: "internal" } }),
          name: "certificate",
        },
      ],
      violations: [
        nowhere("spec.scaleTargetRef", "Deployment", "wev"),
        nowhere("roleRef", "Role", "web").replace("web:", "binding:"),
        nowhere("subjects[0]", "ServiceAccount", "web").replace("web:", "binding:"),
        nowhere("spec.issuerRef", "Issuer", "internal").replace("web:", "certificate:"),
      ],
    },
    {
      name: "beside a Helm release, where the stack lists what is out of sight",
      configuration,
      resources: [
        namespace(),
        { type: "kubernetes:helm.sh/v3:Release", name: "redis", properties: { namespace: "shop" } },
        environment({ secretKeyRef: { name: "redis", key: "password" } }),
      ],
      violations: [nowhere(`${variable}.secretKeyRef`, "Secret", "redis")],
    },
  ],
  passes: [
    {
      name: "all there",
      resources: [
        namespace(),
        data("ConfigMap", { level: "info" }),
        {
          ...data("Secret", null),
          properties: { metadata: { name: "keys", namespace: "shop" }, stringData: { api: "" } },
        },
        { ...named("core/v1:ServiceAccount", "web"), name: "account" },
        workload({
          serviceAccountName: "web",
          priorityClassName: "system-node-critical",
          volumes: [
            { name: "settings", configMap: { name: "settings", items: [{ key: "level", path: "level" }] } },
            {
              name: "keys",
              projected: { sources: [{ secret: { name: "keys", items: [{ key: "api", path: "api" }] } }] },
            },
          ],
        }),
        { ...scaler("web"), name: "scaler" },
      ],
    },
    {
      name: "what a chart makes, with the key and the port",
      configuration: made,
      resources: [
        namespace(),
        secretKey("web-tls", "tls.key"),
        { ...ingress("grafana", 80), name: "ingress" },
      ],
    },
    {
      name: "an Ingress whose certificate cert-manager makes",
      resources: [
        namespace(),
        service,
        { ...object("cert-manager.io/v1:ClusterIssuer", "letsencrypt", {}), name: "issuer" },
        ingress("api", 80, { annotations: { "cert-manager.io/cluster-issuer": "letsencrypt" } }),
      ],
    },
    {
      name: "a Secret that a Certificate makes",
      configuration,
      resources: [
        namespace(),
        {
          ...object("cert-manager.io/v1:Certificate", "web", { secretName: "web-tls" }),
          name: "certificate",
        },
        workload({ volumes: [{ name: "tls", secret: { secretName: "web-tls" } }] }),
      ],
    },
    {
      name: "optional references",
      resources: [namespace(), environment({ secretKeyRef: { name: "keys", key: "api", optional: true } })],
    },
    {
      name: "a namespace and classes that are not the stack's",
      resources: [
        environment({ secretKeyRef: { name: "keys", key: "api" } }),
        object("core/v1:PersistentVolumeClaim", "data", { storageClassName: "gp3" }),
      ],
    },
    {
      name: "beside a Helm release",
      resources: [
        namespace(),
        { type: "kubernetes:helm.sh/v3:Release", name: "redis", properties: { namespace: "shop" } },
        environment({ secretKeyRef: { name: "redis", key: "password" } }),
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "what it holds is not known, its name is another",
        resources: [
          namespace(),
          data("Secret", unknown),
          environment({ secretKeyRef: { name: "keys", key: unknown } }),
        ],
        violations: [nowhere(`${variable}.secretKeyRef`, "Secret", "keys")],
      },
    ],
    passes: [
      {
        name: "what it holds is not known",
        resources: [
          namespace(),
          data("Secret", unknown),
          environment({ secretKeyRef: { name: "settings", key: "api" } }),
        ],
      },
      {
        name: "a name is not known",
        resources: [
          namespace(),
          environment({ secretKeyRef: { name: unknown, key: "api" } }),
          { ...scaler(unknown), name: "scaler" },
        ],
      },
    ],
  },
  faults: [
    faults.inPods("serviceAccountName", faults.misspelled),
    faults.inPods("priorityClassName", faults.misspelled),
    faults.inPods("volumes[].persistentVolumeClaim.claimName", faults.misspelled),
    faults.inPods("volumes[].configMap.name", faults.misspelled),
    faults.inPods("containers[].env[].valueFrom", faults.wrongSecret),
    faults.misspelled(/:Ingress$/, "spec.rules[].http.paths[].backend.service.name"),
    faults.only(
      /^(?!.*jaeger)/,
      faults.set(/:Ingress$/, "spec.rules[].http.paths[].backend.service.port.number", 1),
    ),
    faults.misspelled(/:Ingress$/, "metadata.annotations.cert-manager.io/cluster-issuer"),
    faults.misspelled(/:HorizontalPodAutoscaler$/, "spec.scaleTargetRef.name"),
    faults.misspelled(/:VerticalPodAutoscaler$/, "spec.targetRef.name"),
    faults.misspelled(/:(Cluster)?RoleBinding$/, "roleRef.name"),
    faults.misspelled(/:(Cluster)?RoleBinding$/, "subjects[].name"),
    faults.misspelled(/:Certificate$/, "spec.issuerRef.name"),
    faults.misspelled(/:PersistentVolumeClaim$/, "spec.storageClassName"),
  ],
};
