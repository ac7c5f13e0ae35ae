import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** Refers to a cluster with a host of one's own, in a process: what fails inside an output ends it. */
function refer(host: string) {
  const outputs = {
    linodeClusterName: "aiaas-prod",
    linodeKubeconfig: "apiVersion: v1",
    linodeHosts: ["api.aiaas.example.com"],
  };
  const script = `
    const pulumi = require("@pulumi/pulumi");
    const { ClusterReference } = require(${JSON.stringify(join(__dirname, "reference.ts"))});
    const newResource = ({ name, inputs }) =>
      ({ id: name, state: { ...inputs, outputs: ${JSON.stringify(outputs)}, secretOutputNames: [] } });
    pulumi.runtime.setMocks({ newResource, call: () => ({}) }).then(() => {
      const config = { stack: "organization/ai-platform/prod" };
      new ClusterReference("cluster", { config, cluster: "linode", hosts: [${JSON.stringify(host)}] })
        .kubeconfig.apply((text) => console.log(text));
    });`;
  return spawnSync(
    process.execPath,
    ["--require", join(__dirname, "../../cli/typescript.js"), "--eval", script],
    {
      encoding: "utf8",
    },
  );
}

test("a stack that shares a cluster reaches it where its hosts are its own", () => {
  const { status, stdout } = refer("api.staging.aiaas.example.com");
  expect({ status, stdout }).toEqual({ status: 0, stdout: "apiVersion: v1\n" });
});

test("it does not where the owner has one of them", () => {
  const { status, stdout, stderr } = refer("api.aiaas.example.com");
  expect(status).not.toBe(0);
  expect(stdout).toBe("");
  expect(stderr).toContain("has the host api.aiaas.example.com already");
});
