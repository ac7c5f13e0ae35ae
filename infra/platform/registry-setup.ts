import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Job } from "@pulumi/kubernetes/batch/v1";
import { ConfigMap, ServiceAccount } from "@pulumi/kubernetes/core/v1";
import type * as pulumi from "@pulumi/pulumi";
import { registryHost, registryOf } from "../config/registry-host";
import { checksumOf, configurationAnnotation, credentialsAnnotation } from "../kit/checksum";
import { runsToItsEnd, tried } from "../kit/jobs";
import { imageReference } from "../kit/mirror";
import { childOptions, type Site } from "../kit/site";
import { resources, restrictedContainer, restrictedPod } from "../kit/values";
import { type Pods, pods } from "../network/edge";
import { recoverySoftware } from "../recovery/software";
import type { SecretReference } from "../secrets/secret-bundles";
import { robot, robotSecret } from "./pull-secrets";

/** Arguments of {@link createRegistrySetup}. */
export interface RegistrySetupArgs {
  readonly site: Site;
  readonly namespace: string;
  /** Harbor's own secrets, the administrator's password among them. */
  readonly secret: SecretReference;
  /** Harbor's release: its API answers when it is there. */
  readonly release: pulumi.Resource;
  /** Harbor's API: its pods, and the port that they listen on. */
  readonly api: { readonly pods: Pods; readonly port: number };
}

const job = "registry-setup";
const script = "registry-setup.py";
const folders = { scripts: "/scripts", secrets: "/secrets" } as const;
const user = 1000;

/** The projects of the stack's own registry that the systems' images are in. */
export function projectsOf({ systems }: Pick<Site, "systems">): readonly string[] {
  const places = systems.flatMap(({ settings: { images } }) => [
    images.registry,
    ...Object.values(images.of),
  ]);
  const projects = places
    .filter((place) => registryOf(place) === registryHost)
    .flatMap((place) => place.split("/")[1] ?? []);
  return [...new Set(projects)].sort();
}

/**
 * Makes Harbor's projects, and the robot account that nodes pull with, by its API: run again whenever the projects, the robot's
 * secret or the script change, it changes only what differs. What 000's workflow pushes with is a robot of its own, which people make. (P7)
 */
export function createRegistrySetup(name: string, args: RegistrySetupArgs, parent: pulumi.Resource): void {
  const { site, namespace, secret, release, api } = args;
  const projects = projectsOf(site);
  if (projects.length === 0) return;
  const labels = { app: job };
  const child = childOptions(parent, site, namespace);
  const metadata = { name: job, namespace };
  const account = new ServiceAccount(
    `${name}-account`,
    { metadata, automountServiceAccountToken: false },
    child,
  );
  const text = readFileSync(join(__dirname, "scripts", script), "utf8");
  const scripts = new ConfigMap(`${name}-script`, { metadata, data: { [script]: text } }, child);
  const opened = site.secrets.provide(namespace, robot.bundle, { password: robotSecret(site) });
  const { resource: opener } = opened;
  new Job(
    name,
    {
      metadata: { ...metadata, labels, annotations: { "pulumi.com/replaceUnready": "true" } },
      spec: {
        ...tried(6),
        activeDeadlineSeconds: 1800,
        template: {
          // Another secret or script is another pod, and so another job.
          metadata: {
            labels,
            annotations: {
              ...runsToItsEnd,
              [credentialsAnnotation]: opened.checksum,
              [configurationAnnotation]: checksumOf({ [script]: text }),
            },
          },
          spec: {
            serviceAccountName: job,
            automountServiceAccountToken: false,
            restartPolicy: "Never",
            priorityClassName: "batch",
            securityContext: { ...restrictedPod, runAsUser: user, runAsGroup: user, fsGroup: user },
            containers: [
              {
                name: job,
                image: imageReference(recoverySoftware.python.image, site.settings.mirror),
                imagePullPolicy: "IfNotPresent",
                command: ["python3", `${folders.scripts}/${script}`],
                env: Object.entries({
                  HARBOR_URL: `http://harbor-core.${namespace}.svc:80`,
                  PROJECTS: projects.join(","),
                  ROBOT: robot.name,
                  SECRETS: folders.secrets,
                }).map(([variable, value]) => ({ name: variable, value })),
                resources: resources({ cpu: "20m", memory: "64Mi" }),
                securityContext: restrictedContainer,
                // The script's last words say what is wrong: they stand in the pod's status.
                terminationMessagePolicy: "FallbackToLogsOnError",
                volumeMounts: [
                  { name: "scripts", mountPath: folders.scripts, readOnly: true },
                  { name: "secrets", mountPath: folders.secrets, readOnly: true },
                ],
              },
            ],
            volumes: [
              { name: "scripts", configMap: { name: job } },
              {
                name: "secrets",
                projected: {
                  defaultMode: 0o440,
                  sources: [
                    {
                      secret: {
                        name: secret.name,
                        items: [{ key: "HARBOR_ADMIN_PASSWORD", path: "HARBOR_ADMIN_PASSWORD" }],
                      },
                    },
                    { secret: { name: robot.bundle, items: [{ key: "password", path: "robot" }] } },
                  ],
                },
              },
            ],
          },
        },
      },
    },
    {
      ...childOptions(parent, site, namespace, release, account, scripts, secret.resource, opener),
      deleteBeforeReplace: true,
    },
  );
  site.network.allow(pods(namespace, job, labels), api.pods, api.port);
}
