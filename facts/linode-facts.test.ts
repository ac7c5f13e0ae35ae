import { allocatable, diskGibOf, linodePlan, linodePlans } from "./linode-plans";
import { linodeRegions, regionOffersPlan, regionsOffering } from "./linode-regions";
import { lkeVersions, supportedLkeVersions } from "./linode-versions";

describe("plans", () => {
  it("know the baseline of 002", () => {
    expect(linodePlans["g6-standard-8"]).toMatchObject({ vcpus: 8, memoryGib: 32, monthlyUsd: 192 });
  });

  it("tell plans from what every object has", () => {
    expect(linodePlan("toString")).toBeUndefined();
    expect(linodePlan("g6-standard-8")).toBe(linodePlans["g6-standard-8"]);
  });

  it("leave pods less than the plan has, by the stated formula", () => {
    // 32 GiB - 7.5 % - (255 + 11 x 110) MiB - 100 MiB; 60 + 10 + 5 + 5 + 4 x 2.5 thousandths of a CPU.
    expect(allocatable(linodePlans["g6-standard-8"])).toEqual({
      cpuMillis: 7910,
      memoryMib: 28745,
      // 640 GiB less the tenth at which kubelet evicts.
      diskMib: 589824,
      pods: 110,
      gpus: 0,
    });
    expect(allocatable(linodePlans["g2-gpu-rtx4000a4-m"]).gpus).toBe(4);
    for (const [id, plan] of Object.entries(linodePlans)) {
      const { cpuMillis, memoryMib, diskMib } = allocatable(plan);
      expect([id, cpuMillis < plan.vcpus * 1000, memoryMib < plan.memoryGib * 1024, memoryMib > 0]).toEqual([
        id,
        true,
        true,
        true,
      ]);
      expect([id, diskMib > 0, diskMib < diskGibOf(plan) * 1024]).toEqual([id, true, true]);
    }
  });

  it("refuse on LKE the Quadro RTX 6000 and nothing else (D10)", () => {
    const refused = Object.keys(linodePlans).filter((id) => linodePlan(id)?.refusedByLke !== undefined);
    expect(refused).toEqual(["g1-gpu-rtx6000-1", "g1-gpu-rtx6000-2", "g1-gpu-rtx6000-3", "g1-gpu-rtx6000-4"]);
  });
});

describe("regions", () => {
  it("offer plans without GPUs everywhere, and GPUs where the table says so", () => {
    expect(regionsOffering("g6-standard-8")).toHaveLength(Object.keys(linodeRegions).length);
    expect(regionsOffering("g2-gpu-rtx4000a1-s")).toContain("fr-par");
    expect(regionOffersPlan(linodeRegions["fr-par"], "g3-gpu-rtxpro6000-blackwell-1")).toBe(false);
    expect(regionOffersPlan(linodeRegions["us-sea"], "g3-gpu-rtxpro6000-blackwell-1")).toBe(true);
  });
});

describe("versions", () => {
  it("are supported up to and including their last day", () => {
    const { supportEnds } = lkeVersions["1.35"];
    expect(supportedLkeVersions(new Date(`${supportEnds}T23:59:59Z`))).toEqual(["1.35", "1.36"]);
    expect(supportedLkeVersions(new Date(Date.parse(supportEnds) + 86_400_000))).toEqual(["1.36"]);
    expect(supportedLkeVersions(new Date("2026-11-21"))).not.toContain("1.34");
  });
});

test("no plan with graphics cards has a cap for the month: Akamai took that away in July 2026", () => {
  const capped = Object.entries(linodePlans).filter(
    ([, plan]) => plan.family === "gpu" && "monthlyUsd" in plan,
  );
  expect(capped).toEqual([]);
});

test("a node of every plan has a disk, also where the catalogue does not say how large it is", () => {
  expect(diskGibOf(linodePlans["g6-standard-8"])).toBe(640);
  expect(diskGibOf(linodePlans["g3-gpu-rtxpro6000-blackwell-1"])).toBe(512);
  expect(Object.values(linodePlans).filter((plan) => !(diskGibOf(plan) > 0))).toEqual([]);
});
