import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ToolName } from "./tools";
import { prometheusRelease, versions } from "./versions";

/** A Go module of this repository that does nothing but pin tools: go.mod the versions, go.sum the checksums. */
export interface GoModule {
  readonly name: string;
  /** Holds go.mod, go.sum and tools.go. */
  readonly folder: string;
  /** Package of each tool's main function. */
  readonly packages: Readonly<Partial<Record<ToolName, string>>>;
  /**
   * How long the first build of each tool takes on two cores, downloads included, when the tools before it are built. The
   * person who waits is told what is left by it.
   */
  readonly seconds: Readonly<Partial<Record<ToolName, number>>>;
  /** Linker's flags: programs cannot see their own version otherwise. */
  readonly linkerFlags: string;
  /** An experiment of Go's that makes the tool faster, where the compiler has it. */
  readonly experiment?: string;
}

const componentBase = "k8s.io/component-base/version";
const [kubernetesMajor, kubernetesMinor] = versions.kubernetes.split(".");

export const goModules: readonly GoModule[] = [
  {
    name: "pulumi",
    folder: join(__dirname, "modules", "pulumi"),
    seconds: { pulumi: 180 },
    packages: { pulumi: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi" },
    linkerFlags: `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${versions.pulumi}`,
    // The engine writes its whole state as JSON after each step: most of the time of an `up`, and half of it with this.
    experiment: "jsonv2",
  },
  {
    name: "kubernetes",
    folder: join(__dirname, "modules", "kubernetes"),
    seconds: {
      etcd: 15,
      "kube-apiserver": 200,
      "kube-controller-manager": 55,
      "kube-scheduler": 10,
      kubectl: 20,
    },
    packages: {
      "kube-apiserver": "k8s.io/kubernetes/cmd/kube-apiserver",
      "kube-controller-manager": "k8s.io/kubernetes/cmd/kube-controller-manager",
      "kube-scheduler": "k8s.io/kubernetes/cmd/kube-scheduler",
      kubectl: "k8s.io/kubernetes/cmd/kubectl",
      etcd: "go.etcd.io/etcd/server/v3",
    },
    linkerFlags: [
      "-s -w",
      `-X ${componentBase}.gitVersion=v${versions.kubernetes}`,
      `-X ${componentBase}.gitMajor=${kubernetesMajor}`,
      `-X ${componentBase}.gitMinor=${kubernetesMinor}`,
      `-X k8s.io/client-go/pkg/version.gitVersion=v${versions.kubernetes}`,
    ].join(" "),
  },
  {
    name: "kwok",
    folder: join(__dirname, "modules", "kwok"),
    seconds: { kwok: 90 },
    packages: { kwok: "sigs.k8s.io/kwok/cmd/kwok" },
    linkerFlags: "-s -w",
  },
  {
    name: "helm",
    folder: join(__dirname, "modules", "helm"),
    seconds: { helm: 60 },
    packages: { helm: "helm.sh/helm/v3/cmd/helm" },
    linkerFlags: `-s -w -X helm.sh/helm/v3/internal/version.version=v${versions.helm}`,
  },
  {
    name: "prometheus",
    folder: join(__dirname, "modules", "prometheus"),
    seconds: { promtool: 360 },
    packages: { promtool: "github.com/prometheus/prometheus/cmd/promtool" },
    linkerFlags: `-s -w -X github.com/prometheus/common/version.Version=${prometheusRelease}`,
  },
  {
    name: "actionlint",
    folder: join(__dirname, "modules", "actionlint"),
    seconds: { actionlint: 60 },
    packages: { actionlint: "github.com/rhysd/actionlint/cmd/actionlint" },
    linkerFlags: `-s -w -X github.com/rhysd/actionlint.version=${versions.actionlint}`,
  },
];

/** The module that holds the tool, the tool's package in it, and how long its first build takes. */
export function moduleOf(tool: ToolName): {
  readonly module: GoModule;
  readonly package: string;
  readonly seconds: number;
} {
  for (const module of goModules) {
    const found = module.packages[tool];
    if (found !== undefined) {
      return { module, package: found, seconds: module.seconds[tool] ?? 60 };
    }
  }
  throw new Error(`No Go module under ${join(__dirname, "modules")} holds ${tool}.`);
}

/**
 * Changes with everything that a build depends on besides Go itself, so that a changed pin causes a new
 * build.
 */
export function buildKey(module: Pick<GoModule, "folder" | "linkerFlags" | "experiment">): string {
  const hash = createHash("sha256");
  for (const part of [
    readFileSync(join(module.folder, "go.mod")),
    readFileSync(join(module.folder, "go.sum")),
    module.linkerFlags,
    `${process.platform}-${process.arch}`,
    ...(module.experiment === undefined ? [] : [module.experiment]),
  ]) {
    hash.update(part).update("\0");
  }
  return hash.digest("hex").slice(0, 16);
}

/** The least Go version that a module asks for: `1.25.0`. */
export function requiredGo(module: Pick<GoModule, "folder">): string {
  const version = /^go (\S+)$/m.exec(readFileSync(join(module.folder, "go.mod"), "utf8"))?.[1];
  if (version === undefined) {
    throw new Error(`${join(module.folder, "go.mod")} has no "go" line.`);
  }
  return version;
}
