import { Server, ServerCredentials, status } from "@grpc/grpc-js";
import { runtime } from "@pulumi/pulumi";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { recognizeEngineEnd } from "./engine-end";

const engine = new Server();
let details = "";

beforeAll(async () => {
  engine.addService(ResourceMonitorService, {
    registerResource: (_call: unknown, done: (error: object) => void) =>
      done({ code: status.UNKNOWN, details }),
  });
  const port = await new Promise<number>((resolve, reject) => {
    engine.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  runtime.resetOptions("project", "stack", 1, "", `127.0.0.1:${port}`, false, "");
});

afterAll(() => engine.forceShutdown());

test.each([
  ["resource monitor shut down", status.UNAVAILABLE],
  ["resource registration failed", status.UNKNOWN],
])("%s", async (said, code) => {
  details = said;
  const before = runtime.getMonitor();
  recognizeEngineEnd();
  recognizeEngineEnd();
  const answer = new Promise((answered) => {
    before?.registerResource(new RegisterResourceRequest(), (error) => answered(error));
  });
  await expect(answer).resolves.toMatchObject({ code, details: said });
});
