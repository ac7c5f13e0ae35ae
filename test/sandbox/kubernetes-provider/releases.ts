import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import * as k8s from "@pulumi/kubernetes";
import { noDigests } from "../../../sandbox/providers/kubernetes/digests";
import { textAt } from "../../../sandbox/providers/kubernetes/json";
import { api, changesOf, engine, folder, program } from "./cluster";

describe("Helm releases", () => {
  const charts = join(folder, "charts");

  beforeAll(() => mkdirSync(charts));

  function offerChart(): void {
    mkdirSync(join(charts, "greeter", "templates"), { recursive: true });
    writeFileSync(
      join(charts, "greeter", "Chart.yaml"),
      "apiVersion: v2\nname: greeter\nversion: 1.2.3\nappVersion: '9'\n",
    );
    writeFileSync(
      join(charts, "greeter", "templates", "settings.yaml"),
      `apiVersion: v1
kind: ConfigMap
metadata: {name: "{{ .Release.Name }}"}
data: {greeting: "{{ .Values.greeting }}"}
`,
    );
  }

  const release = (args: Partial<k8s.helm.v3.ReleaseArgs>) =>
    program("helm", (options, namespace) => {
      new k8s.helm.v3.Release(
        "greeter",
        {
          name: "greeter",
          chart: "greeter",
          namespace,
          version: "1.2.3",
          repositoryOpts: { repo: "http://127.0.0.1:9/charts" },
          ...args,
        },
        options,
      );
    });
  const path = "/api/v1/namespaces/helm/configmaps/greeter";

  test("are recorded, and say so, when the chart cannot be had; installed once it can", async () => {
    const stack = await engine("helm-recorded", { charts });
    const greeter = release({ values: { greeting: "hello" } });
    const recorded = await stack.up(greeter);
    expect(recorded).toMatchObject({ failed: false });
    expect(recorded.messages).toContain("recorded, not installed: http://127.0.0.1:9/charts does not answer");
    expect(stack.state()).toContain('"status": "recorded"');
    expect(await api.find(path)).toBeUndefined();
    expect(changesOf(await stack.up(greeter))).toEqual({});

    offerChart();
    expect(changesOf(await stack.up(greeter))).toEqual({ greeter: "update" });
    expect(textAt(await api.get(path), "data", "greeting")).toBe("hello");
    expect(stack.state()).toContain('"status": "deployed"');
    expect(await stack.destroy()).toMatchObject({ failed: false });
    expect(await api.find(path)).toBeUndefined();
  });

  test("are installed from a chart folder, upgraded, and uninstalled", async () => {
    offerChart();
    const stack = await engine("helm-installed", { charts });
    const hello = release({ values: { greeting: "hello" } });
    expect(await stack.up(hello)).toMatchObject({ failed: false, messages: "" });
    expect(textAt(await api.get(path), "data", "greeting")).toBe("hello");
    expect(changesOf(await stack.up(hello))).toEqual({});

    const upgraded = await stack.up(release({ values: { greeting: "good day" } }));
    expect(changesOf(upgraded)).toEqual({ greeter: "update" });
    expect(textAt(await api.get(path), "data", "greeting")).toBe("good day");
    expect((await stack.refresh()).differences.greeter).toEqual([]);

    const wrong = await stack.up(release({ version: "1.2.4" }));
    expect(wrong).toMatchObject({ failed: true });
    expect(wrong.messages).toContain("holds greeter 1.2.3, not 1.2.4");
    expect(await stack.destroy()).toMatchObject({ failed: false });
    expect(await api.find(path)).toBeUndefined();
  });

  test("of a version that its repository does not have fail, and say which one was asked for", async () => {
    const repository = createServer((_, response) => {
      response.end(`apiVersion: v1
entries:
  greeter:
    - {apiVersion: v2, name: greeter, version: 1.2.3, urls: [greeter-1.2.3.tgz]}
`);
    });
    await new Promise<void>((listening) => repository.listen(0, "127.0.0.1", listening));
    const address = repository.address();
    const repo = `http://127.0.0.1:${typeof address === "object" ? address?.port : address}`;
    try {
      const stack = await engine("helm-version", {});
      const asked = await stack.up(release({ version: "9.9.9", repositoryOpts: { repo } }));
      expect(asked).toMatchObject({ failed: true });
      expect(asked.messages).toContain(`the chart greeter 9.9.9 is not available from ${repo}`);
      expect(await stack.destroy()).toMatchObject({ failed: false });
    } finally {
      await new Promise((closed) => repository.close(closed));
    }
  });

  test("of an archive that is not the locked one fail, and name the chart and both digests", async () => {
    const mirror = join(folder, "archives");
    mkdirSync(mirror);
    writeFileSync(join(mirror, "greeter-1.2.3.tgz"), "not what was reviewed");
    const locked = `sha256:${"1".repeat(64)}`;
    const stack = await engine("helm-digest", {
      charts: mirror,
      digests: {
        ...noDigests,
        chart: (name, version) => (`${name} ${version}` === "greeter 1.2.3" ? [locked] : []),
      },
    });
    const refused = await stack.up(release({}));
    expect(refused).toMatchObject({ failed: true });
    expect(refused.messages).toContain("the chart greeter 1.2.3 from");
    expect(refused.messages).toContain(`and the lock has ${locked}`);
    expect(await stack.destroy()).toMatchObject({ failed: false });
  });

  test("from a mirror's folder that is not there fail, and name the archive that was looked for", async () => {
    const stack = await engine("helm-mirror", {});
    const chart = join(folder, "no-mirror", "greeter-1.2.3.tgz");
    const mirrored = await stack.up(
      program("helm", (options, namespace) => {
        new k8s.helm.v3.Release("greeter", { name: "greeter", chart, namespace, version: "1.2.3" }, options);
      }),
    );
    expect(mirrored).toMatchObject({ failed: true });
    expect(mirrored.messages).toContain(`there is no chart ${chart}`);
    expect(await stack.destroy()).toMatchObject({ failed: false });
  });
});
