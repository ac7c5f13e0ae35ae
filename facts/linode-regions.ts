/**
 * Linode regions that offer LKE, and what else they offer. A region in which Akamai has since added or withdrawn
 * something needs no new release of this program: a stack may name the GPU plans of its region itself (`regionPlans`).
 *
 * Capabilities: `GET /v4/regions`, in the copy that Linode's own console keeps (github.com/linode/manager, 2025-12-12).
 * GPU plans, which that list does not tell apart: regions in which a deployment of the plan is documented, read 2026-11.
 */
export const linodeRegionsAsOf = "2026-11-20";

/** The GPU plans that a region may offer, by the generation of their cards. */
export type LinodeGpuFamily = "rtx4000-ada" | "rtxpro6000-blackwell";

/** What one region offers beside LKE and its shared and dedicated plans, which every region of the table has. */
export interface LinodeRegion {
  /** Where it is, for people. */
  readonly label: string;
  /** Which GPU plans LKE nodes can have there. */
  readonly gpu: readonly LinodeGpuFamily[];
  readonly objectStorage: boolean;
  readonly vpc: boolean;
  readonly managedDatabases: boolean;
  /** Volumes can be encrypted at rest (`linodebs.csi.linode.com/encrypted`). */
  readonly blockStorageEncryption: boolean;
}

/**
 * What a region has unless its row says otherwise. Highly available control planes come with LKE everywhere. The list
 * of capabilities does not tell volume encryption apart; a region without it fails the claim, and nothing is stored.
 */
const core = {
  gpu: [],
  objectStorage: true,
  vpc: true,
  managedDatabases: true,
  blockStorageEncryption: true,
} as const satisfies Omit<LinodeRegion, "label">;

export const linodeRegions = {
  "fr-par": { ...core, label: "Paris, FR", gpu: ["rtx4000-ada"] },
  "de-fra-2": { ...core, label: "Frankfurt 2, DE", gpu: ["rtx4000-ada"] },
  "gb-lon": { ...core, label: "London 2, GB" },
  "nl-ams": { ...core, label: "Amsterdam, NL" },
  "se-sto": { ...core, label: "Stockholm, SE" },
  "es-mad": { ...core, label: "Madrid, ES" },
  "it-mil": { ...core, label: "Milan, IT" },
  "eu-central": { ...core, label: "Frankfurt, DE", vpc: false },
  "us-ord": { ...core, label: "Chicago, US", gpu: ["rtx4000-ada"] },
  "us-sea": { ...core, label: "Seattle, US", gpu: ["rtx4000-ada", "rtxpro6000-blackwell"] },
  "us-lax": { ...core, label: "Los Angeles, US", gpu: ["rtxpro6000-blackwell"] },
  "us-iad": { ...core, label: "Washington, US" },
  "us-mia": { ...core, label: "Miami, US" },
  "us-east": { ...core, label: "Newark, US", vpc: false },
  "us-southeast": { ...core, label: "Atlanta, US", vpc: false },
  "us-central": { ...core, label: "Dallas, US", objectStorage: false, vpc: false },
  "ca-central": {
    ...core,
    label: "Toronto, CA",
    gpu: ["rtxpro6000-blackwell"],
    objectStorage: false,
    vpc: false,
  },
  "br-gru": { ...core, label: "São Paulo, BR", gpu: ["rtxpro6000-blackwell"] },
  "id-cgk": { ...core, label: "Jakarta, ID", gpu: ["rtxpro6000-blackwell"] },
  "jp-osa": { ...core, label: "Osaka, JP", gpu: ["rtx4000-ada"] },
  "sg-sin-2": { ...core, label: "Singapore 2, SG", gpu: ["rtx4000-ada"] },
} as const satisfies Record<string, LinodeRegion>;

/** Identifier of a region in the table, for example `fr-par`. */
export type LinodeRegionId = keyof typeof linodeRegions;

const regionsById: ReadonlyMap<string, LinodeRegion> = new Map(Object.entries(linodeRegions));

/** The region of that identifier; undefined when the table does not have it. */
export function linodeRegion(id: string): LinodeRegion | undefined {
  return regionsById.get(id);
}

/** The GPU family that a plan belongs to; undefined for plans that every region offers. */
function gpuFamily(planId: string): LinodeGpuFamily | undefined {
  if (planId.startsWith("g2-gpu-rtx4000")) return "rtx4000-ada";
  if (planId.startsWith("g3-gpu-rtxpro6000")) return "rtxpro6000-blackwell";
  return undefined;
}

/** Whether LKE offers nodes of a plan in a region. */
export function regionOffersPlan(region: LinodeRegion, planId: string): boolean {
  const family = gpuFamily(planId);
  return family === undefined || region.gpu.includes(family);
}

/** Regions that offer a plan, sorted. */
export function regionsOffering(planId: string): readonly string[] {
  return [...regionsById]
    .filter(([, region]) => regionOffersPlan(region, planId))
    .map(([id]) => id)
    .sort();
}
