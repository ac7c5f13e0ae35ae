import { section as aiaasSection } from "../../apps/aiaas/configuration";
import { systems } from "../../apps/registry";
import { registryHost, registryOf } from "../../infra/config/registry-host";
import { houseOf, placeSystems } from "../../infra/systems/system";
import { parseImage, registryVariables, statusOfImage } from "../../lock/images/registry";
import { type Finding, notChecked, type Row, type Verdict, verdictOf } from "../row";
import { systemImages } from "../system-images";
import { messageOf } from "./answer";
import type { PreflightContext } from "./context";

const seed = "000 CI/CD; D7, N3";
const huggingFace = "https://huggingface.co/api/models";

/** Whether everything that the stack runs has been built and can be fetched. */
export const artifactRows: readonly Row<PreflightContext>[] = [
  {
    id: "images",
    title: "Every image of the systems can be fetched",
    seed,
    appliesTo: ({ config }) => config !== undefined,
    check: async (around) => {
      const findings: Finding[] = [];
      const silent = new Map<string, string>();
      for (const { system, workload, image } of around.config === undefined
        ? []
        : systemImages(around.config)) {
        const key = `${workload} (ai-platform:systems.${system}.images)`;
        const parsed = parseImage(image);
        if (silent.has(parsed.host)) continue;
        if (isOwn(around, image) && around.config?.platform.registryFilled === false) {
          silent.set(parsed.host, "platform.registryFilled is false");
          continue;
        }
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
      const empty = [...silent.keys()].filter((host) => isOwn(around, host));
      if (around.config?.platform.registryFilled !== false) findings.push(...empty.map(yetToBeFilled));
      return findings.length > 0 || silent.size === 0 ? verdictOf(findings) : unanswered(silent);
    },
  },
  {
    id: "language-model",
    title: "The language model is there to be fetched",
    seed,
    appliesTo: ({ config }) => config?.systems.aiaas?.gpuPool !== undefined,
    check: async ({ config, get }) => {
      const model = aiaasSection.safeParse(config?.systems.aiaas).data?.model ?? "";
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

function described(status: number): string {
  if (status === 404) return "no such image";
  if (status === 401 || status === 403)
    return `HTTP ${status}: ${registryVariables.join(" and ")} have to be set`;
  return `HTTP ${status}`;
}

/** Whether something is in a registry that the stack makes itself. */
function isOwn({ config }: PreflightContext, image: string): boolean {
  const made = config !== undefined && !config.platform.without.includes("registry");
  return (
    made &&
    registryOf(image) === registryHost &&
    houseOf(placeSystems(systems, config.systems), "public-hosts") !== undefined
  );
}

/** An `up` would wait ten minutes for images that could not be pushed yet. */
function yetToBeFilled(host: string): Finding {
  return {
    about: "ai-platform:platform.registryFilled",
    expected: `false for the first up, which makes ${host}; or images in a registry that is there`,
    found: `${host} does not answer, and the up would wait for its images`,
    look: "pulumi config set --path 'ai-platform:platform.registryFilled' false",
  };
}

/** Before the first `up` the stack's own registry does not exist yet. */
function unanswered(silent: ReadonlyMap<string, string>): Verdict {
  const said = [...silent]
    .map(([host, why]) => `${host} is not asked or does not answer (${why})`)
    .join("; ");
  return notChecked(
    `${said}. A registry that the stack makes itself is filled after the first up: docs/registry.md`,
  );
}
