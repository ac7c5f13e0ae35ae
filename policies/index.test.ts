import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  AnalyzeRequest,
  AnalyzerResourceOptions,
  ConfigureAnalyzerRequest,
  EnforcementLevel,
  PolicyConfig,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { catalogue } from "./catalogue";

const launcher = join(__dirname, "../sandbox/engine/policy-analyzer");

function publicBucket(): AnalyzeRequest {
  const request = new AnalyzeRequest();
  request.setType("linode:index/objectStorageBucket:ObjectStorageBucket");
  request.setUrn("urn:pulumi:test::test::linode:index/objectStorageBucket:ObjectStorageBucket::exports");
  request.setName("exports");
  request.setProperties(Struct.fromJavaScript({ label: "exports", acl: "public-read", versioning: true }));
  request.setOptions(new AnalyzerResourceOptions().setProtect(true));
  return request;
}

/** Milliseconds to wait on a machine that is busy with other tests. */
const patience = 60_000;

/** The pack as the engine starts it: Pulumi's own runner, no build before it, gRPC after it. */
describe("the pack in a process of its own", () => {
  let pack: ChildProcess | undefined;
  let engine: AnalyzerClient;

  beforeAll(async () => {
    pack = spawn(launcher, ["127.0.0.1:1", "."], { cwd: __dirname, stdio: ["ignore", "pipe", "inherit"] });
    if (!pack.stdout) throw new Error("the pack has no standard output");
    const [port] = await once(createInterface(pack.stdout), "line");
    engine = new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure());
  }, patience);

  afterAll(() => {
    engine?.close();
    pack?.kill();
  });

  test("offers every policy of the catalogue", async () => {
    const names = await new Promise((resolve, reject) =>
      engine.getAnalyzerInfo(new Empty(), (error, info) =>
        error ? reject(error) : resolve(info.getPoliciesList().map((policy) => policy.getName())),
      ),
    );
    expect(names).toEqual(catalogue.map(({ id }) => id));
  });

  test("judges a resource", async () => {
    const diagnostics = await new Promise((resolve, reject) =>
      engine.analyze(publicBucket(), (error, response) =>
        error ? reject(error) : resolve(response.getDiagnosticsList().map((one) => one.getPolicyname())),
      ),
    );
    expect(diagnostics).toEqual(["linode-bucket-private"]);
  });

  test("puts a resource right where the stack asks for it, and only there", async () => {
    const remediated = () =>
      new Promise((resolve, reject) =>
        engine.remediate(publicBucket(), (error, response) =>
          error
            ? reject(error)
            : resolve(response.getRemediationsList().map((one) => one.getProperties()?.toJavaScript())),
        ),
      );
    expect(await remediated()).toEqual([]);
    const request = new ConfigureAnalyzerRequest();
    const configuration = new PolicyConfig().setProperties(Struct.fromJavaScript({}));
    request
      .getPolicyconfigMap()
      .set("linode-bucket-private", configuration.setEnforcementlevel(EnforcementLevel.REMEDIATE));
    await new Promise((resolve, reject) =>
      engine.configure(request, (error, empty) => (error ? reject(error) : resolve(empty))),
    );
    expect(await remediated()).toEqual([{ label: "exports", acl: "private", versioning: true }]);
  });
});

test(
  "the pack ends when the engine is killed",
  async () => {
    const start = `"${launcher}" 127.0.0.1:1 . & wait`;
    const killed = spawn("sh", ["-c", start], { cwd: __dirname, stdio: ["ignore", "pipe", "inherit"] });
    await once(createInterface(killed.stdout), "line");
    const closed = once(killed.stdout, "close");
    killed.kill("SIGKILL");
    // The pack holds the other end of the pipe for as long as it lives.
    await expect(closed).resolves.toBeDefined();
  },
  patience,
);
