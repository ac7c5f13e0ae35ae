import { join } from "node:path";
import type { ControlPlaneTools } from "../../toolchain/tools";
import { minorOf, versions } from "../../toolchain/versions";
import { codeVersion } from "./cloud-controller/code-version";
import { Daemon } from "./daemon";
import type { ClusterFolder, ClusterRecord } from "./folder";
import { componentKubeconfig } from "./kubeconfig";

/** The address that Kubernetes keeps for documentation: `kubernetes.default` needs one that is not a loopback. */
const advertisedAddress = "192.0.2.1";

/** One control plane's processes, in the order in which they start. */
export interface ControlPlaneProcesses {
  readonly etcd: Daemon;
  readonly apiServer: Daemon;
  /** What needs a serving API to start well. */
  readonly clients: readonly Daemon[];
  readonly all: readonly Daemon[];
}

export interface ComponentOptions {
  /** Seconds without a heartbeat after which a node counts as lost. */
  readonly nodeMonitorGraceSeconds: number;
  /** The script that controls the cluster's cloud: it calls `controlCloud`. */
  readonly cloudController: string;
}

export function processesOf(
  folder: ClusterFolder,
  record: ClusterRecord,
  tools: ControlPlaneTools,
  options: ComponentOptions,
): ControlPlaneProcesses {
  const daemon = (name: string, command: string, args: readonly string[], environment = goEnvironment()) =>
    new Daemon({ name, command, arguments: args, environment, folder: folder.root });

  const etcd = daemon("etcd", tools.etcd, etcdArguments(folder, record));
  const apiServer = daemon("kube-apiserver", tools["kube-apiserver"], apiServerArguments(folder, record));
  const clients = [
    daemon(
      "kube-controller-manager",
      tools["kube-controller-manager"],
      controllerManagerArguments(folder, record, options),
    ),
    daemon("kube-scheduler", tools["kube-scheduler"], [
      `--kubeconfig=${componentKubeconfig(folder, "scheduler")}`,
      "--leader-elect=false",
      "--secure-port=0",
      "--kube-api-qps=200",
      "--kube-api-burst=400",
      ...emulation(record),
    ]),
    daemon("kwok", tools.kwok, [
      `--kubeconfig=${componentKubeconfig(folder, "kwok")}`,
      `--config=${folder.path("kwok.yaml")}`,
      "--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake",
      "--cidr=10.244.0.0/16",
      "--node-lease-duration-seconds=0",
      "--v=WARN",
    ]),
    daemon(
      "cloud-controller",
      process.execPath,
      [
        "--max-old-space-size=96",
        "--require",
        join(__dirname, "..", "..", "cli", "typescript.js"),
        options.cloudController,
        folder.root,
        codeVersion(options.cloudController),
      ],
      systemEnvironment(),
    ),
  ];
  return { etcd, apiServer, clients, all: [etcd, apiServer, ...clients] };
}

/** Nothing else of the run's environment (credentials, proxies) reaches processes that outlive it. */
function systemEnvironment(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    ["PATH", "HOME", "TMPDIR", "XDG_CACHE_HOME"].flatMap((key) => {
      const value = process.env[key];
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

/** Collects garbage a fourth as often as Go does by default: a fourth of an API server's work, as long as memory is at hand. */
function goEnvironment(): Readonly<Record<string, string>> {
  return { ...systemEnvironment(), GOGC: "400", GOMEMLIMIT: "1500MiB" };
}

function etcdArguments(folder: ClusterFolder, { ports }: ClusterRecord): readonly string[] {
  const client = `https://127.0.0.1:${ports.etcd}`;
  const peer = `https://127.0.0.1:${ports.etcdPeer}`;
  return [
    `--name=${folder.id}`,
    `--data-dir=${folder.path("etcd")}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=${folder.id}=${peer}`,
    "--client-cert-auth=true",
    `--trusted-ca-file=${folder.certificate("etcd-ca")}`,
    `--cert-file=${folder.certificate("etcd-server")}`,
    `--key-file=${folder.key("etcd-server")}`,
    "--peer-client-cert-auth=true",
    `--peer-trusted-ca-file=${folder.certificate("etcd-ca")}`,
    `--peer-cert-file=${folder.certificate("etcd-server")}`,
    `--peer-key-file=${folder.key("etcd-server")}`,
    "--snapshot-count=5000",
    "--log-level=warn",
  ];
}

function apiServerArguments(folder: ClusterFolder, record: ClusterRecord): readonly string[] {
  return [
    "--bind-address=127.0.0.1",
    `--secure-port=${record.ports.api}`,
    `--advertise-address=${advertisedAddress}`,
    `--etcd-servers=https://127.0.0.1:${record.ports.etcd}`,
    `--etcd-cafile=${folder.certificate("etcd-ca")}`,
    `--etcd-certfile=${folder.certificate("etcd-client")}`,
    `--etcd-keyfile=${folder.key("etcd-client")}`,
    `--tls-cert-file=${folder.certificate("apiserver")}`,
    `--tls-private-key-file=${folder.key("apiserver")}`,
    `--client-ca-file=${folder.certificate("ca")}`,
    `--token-auth-file=${folder.path("pki", "tokens.csv")}`,
    "--anonymous-auth=false",
    "--authorization-mode=Node,RBAC",
    // Behind a webhook there would be a container, and none runs: everything that it is asked about would be refused.
    "--disable-admission-plugins=MutatingAdmissionWebhook,ValidatingAdmissionWebhook",
    "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
    `--service-account-key-file=${folder.path("pki", "service-account.pub")}`,
    `--service-account-signing-key-file=${folder.key("service-account")}`,
    "--service-cluster-ip-range=10.96.0.0/16",
    `--requestheader-client-ca-file=${folder.certificate("front-proxy-ca")}`,
    "--requestheader-allowed-names=front-proxy-client",
    "--requestheader-username-headers=X-Remote-User",
    "--requestheader-group-headers=X-Remote-Group",
    "--requestheader-extra-headers-prefix=X-Remote-Extra-",
    `--proxy-client-cert-file=${folder.certificate("front-proxy-client")}`,
    `--proxy-client-key-file=${folder.key("front-proxy-client")}`,
    "--enable-aggregator-routing=true",
    "--allow-privileged=true",
    "--profiling=false",
    // Fairness among callers costs work for each call, and there is one caller at a time.
    "--enable-priority-and-fairness=false",
    ...emulation(record),
  ];
}

function controllerManagerArguments(
  folder: ClusterFolder,
  record: ClusterRecord,
  { nodeMonitorGraceSeconds }: ComponentOptions,
): readonly string[] {
  return [
    `--kubeconfig=${componentKubeconfig(folder, "controller-manager")}`,
    "--leader-elect=false",
    "--secure-port=0",
    "--use-service-account-credentials=true",
    `--service-account-private-key-file=${folder.key("service-account")}`,
    `--root-ca-file=${folder.certificate("ca")}`,
    `--cluster-signing-cert-file=${folder.certificate("ca")}`,
    `--cluster-signing-key-file=${folder.key("ca")}`,
    `--node-monitor-grace-period=${nodeMonitorGraceSeconds}s`,
    "--kube-api-qps=200",
    "--kube-api-burst=400",
    "--profiling=false",
    ...emulation(record),
  ];
}

/** An older minor version than the binaries' own is served by Kubernetes' emulation of it. */
function emulation(record: ClusterRecord): readonly string[] {
  return record.version === minorOf(versions.kubernetes) ? [] : [`--emulated-version=${record.version}`];
}
