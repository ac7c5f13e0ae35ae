import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { kubernetesProvider, owned, withData } from "../../test/support/linode/cluster";
import { encodedKubeconfig, recordPlatform, revealed } from "../../test/support/recorded/linode-platform";
import type { linodeSchema } from "../config/linode-schema";
import { kubeconfigText } from "./kubeconfig";
import { refuseTakenHosts, sharedText } from "./reference";

const linodeProvider = "pulumi:providers:linode";

const referring = {
  cloud: "linode",
  region: "fr-par",
  cluster: { stack: "organization/ai-platform/prod" },
} as const satisfies z.input<typeof linodeSchema>;

const shared = { linodeClusterName: "aiaas-prod", linodeKubeconfig: "apiVersion: v1\nkind: Config\n" };

describe("a cluster that another stack owns (D3)", () => {
  it("is reached by that stack's outputs, without a token or a resource of this stack's own", async () => {
    delete process.env.LINODE_TOKEN;
    const { platform, resources, ofType } = await recordPlatform(referring, { ownersOutputs: shared });
    expect(platform.cluster).toMatchObject({ owned: false, pools: [], zones: ["fr-par"] });
    expect(platform.shown).toEqual({});
    expect(ofType(linodeProvider)).toEqual([]);
    expect(resources.filter(({ type }) => type.startsWith("linode:"))).toEqual([]);
    expect(ofType(kubernetesProvider)[0]?.inputs).toMatchObject({
      clusterIdentifier: "lke-aiaas-prod",
      kubeconfig: { value: shared.linodeKubeconfig },
    });
    const kubeconfig = platform.cluster.kubeconfig;
    expect(kubeconfig && (await revealed(kubeconfig)).secret).toBe(true);
  });

  it("has no host of the owner's: one of the two would be dead, and nothing would notice", () => {
    const taken = ["api.aiaas.example.com", "traces.example.com"];
    const claim = (hosts: readonly string[], owners: unknown) => {
      refuseTakenHosts("organization/ai-platform/prod", owners, hosts);
    };
    expect(() => claim(["api.aiaas.example.com"], taken)).toThrow(
      /The stack organization\/ai-platform\/prod, .* has the host api\.aiaas\.example\.com already/,
    );
    expect(() => claim(["api.staging.aiaas.example.com"], taken)).not.toThrow();
    expect(() => claim(["api.aiaas.example.com"], undefined)).not.toThrow();
  });
});

describe("answers that cannot be used", () => {
  it("names the stack and the output that it lacks (D3)", () => {
    const lacking = () => sharedText("organization/ai-platform/prod", "linodeKubeconfig", undefined);
    expect(lacking).toThrow(/The stack organization\/ai-platform\/prod has no output linodeKubeconfig/);
    expect(lacking).toThrow(/pulumi up --stack organization\/ai-platform\/prod/);
    expect(sharedText("organization/ai-platform/prod", "linodeClusterName", "aiaas-prod")).toBe("aiaas-prod");
  });

  it("does not take just anything for a kubeconfig", () => {
    expect(() => kubeconfigText(Buffer.from("<html>").toString("base64"))).toThrow(/not a kubeconfig/);
    expect(kubeconfigText(encodedKubeconfig)).toContain("kind: Config");
  });
});

describe("the token", () => {
  it("of the environment stays out of the provider's inputs", async () => {
    const { ofType } = await recordPlatform(owned);
    expect(ofType(linodeProvider)[0]?.inputs).not.toHaveProperty("token");
  });

  it("of the stack's configuration reaches the provider as a secret", async () => {
    pulumi.runtime.setAllConfig({ "linode:token": "the-stack's-token" }, ["linode:token"]);
    const { ofType } = await recordPlatform(owned);
    pulumi.runtime.setAllConfig({});
    expect(ofType(linodeProvider)[0]?.inputs.token).toMatchObject({ value: "the-stack's-token" });
  });

  it("is asked for by name when there is none", async () => {
    delete process.env.LINODE_TOKEN;
    await expect(recordPlatform(owned)).rejects.toThrow(/pulumi config set --secret linode:token/);
  });

  it("has to be there for buckets too, where the cluster is another stack's", async () => {
    delete process.env.LINODE_TOKEN;
    const { objectStorage } = withData;
    await expect(recordPlatform({ ...referring, objectStorage }, { ownersOutputs: shared })).rejects.toThrow(
      /LINODE_TOKEN/,
    );
  });
});
