import { workloadsOf } from "../../infra/config/rules/workload-names";
import type { StackConfig } from "../../infra/config/stack";
import type { SystemName } from "../../infra/config/systems";
import { type Finding, notChecked, type Row, type Verdict, verdictOf } from "../row";
import { messageOf } from "./answer";
import { parseImage, registryVariables, statusOfImage } from "./image-registry";
import type { Surroundings } from "./surroundings";

const seed = "000 CI/CD; D7, N3";
const huggingFace = "https://huggingface.co/api/models";

/** Workloads that a system has on graphics cards only, and whose images are published by others. */
const withCards: ReadonlySet<string> = new Set(["model-training"]);
const published: ReadonlySet<string> = new Set(["model-serving-gpu", "vllm"]);

/** Whether what the stack runs has been built and can be fetched. */
export const artifactRows: readonly Row<Surroundings>[] = [
  {
    id: "images",
    title: "Every image of the systems can be fetched",
    seed,
    appliesTo: ({ config }) => config !== undefined,
    check: async (around) => {
      const findings: Finding[] = [];
      const silent = new Map<string, string>();
      for (const { key, image } of imagesOf(around.config)) {
        const parsed = parseImage(image);
        if (silent.has(parsed.host)) continue;
        const status = await statusOfImage(around, parsed).catch((error: unknown) => messageOf(error));
        if (status === 200) continue;
        if (typeof status === "string") silent.set(parsed.host, status);
        else
          findings.push({
            about: key,
            expected: image,
            found: described(status),
            look: `docker manifest inspect ${image}`,
          });
      }
      return findings.length > 0 || silent.size === 0 ? verdictOf(findings) : unanswered(silent);
    },
  },
  {
    id: "language-model",
    title: "The language model is there to be fetched",
    seed,
    appliesTo: ({ config }) => config?.systems.aiaas?.gpuPool !== undefined,
    check: async ({ config, get }) => {
      const model = config?.systems.aiaas?.model ?? "";
      const { status } = await get(`${huggingFace}/${model}`);
      return verdictOf(
        status === 200
          ? []
          : [
              {
                about: "ai-platform:systems.aiaas.model",
                expected: "a model that Hugging Face has",
                found: `${model}: HTTP ${status}`,
                look: `curl ${huggingFace}/${model}`,
              },
            ],
      );
    },
  },
];

const systemNames: readonly SystemName[] = ["atlas", "aiaas", "ai-middleware", "market-research"];

function imagesOf(
  config: StackConfig | undefined,
): readonly { readonly key: string; readonly image: string }[] {
  return systemNames.flatMap((system) => {
    const settings = config?.systems[system];
    if (settings === undefined) return [];
    const cards = "gpuPool" in settings && settings.gpuPool !== undefined;
    const { registry, tag, of } = settings.images;
    return workloadsOf(system)
      .filter((workload) => !published.has(workload) && (cards || !withCards.has(workload)))
      .map((workload) => ({
        key: `${workload} (ai-platform:systems.${system}.images)`,
        image: of[workload] ?? `${registry}/${workload}:${tag}`,
      }));
  });
}

function described(status: number): string {
  if (status === 404) return "no such image";
  if (status === 401 || status === 403)
    return `HTTP ${status}: ${registryVariables.join(" and ")} have to be set`;
  return `HTTP ${status}`;
}

/** Before the first `up` the stack's own registry is not there yet. */
function unanswered(silent: ReadonlyMap<string, string>): Verdict {
  const said = [...silent].map(([host, why]) => `${host} does not answer (${why})`).join("; ");
  return notChecked(
    `${said}. A registry that the stack makes itself is filled after the first up: docs/registry.md`,
  );
}
