import { Server, ServerCredentials, status, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
  type RegisterResourceOutputsRequest,
  type RegisterResourceRequest,
  RegisterResourceResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Construction } from "./server-construct";
import { decodeStruct, resourceReference } from "./server-values";

const component = "kubernetes:yaml/v2:ConfigFile";
const child = {
  type: "kubernetes:core/v1:Namespace",
  name: "operator:system",
  inputs: { a: 1 },
  dependsOn: ["urn:b"],
};

let registered: RegisterResourceRequest[];
let outputs: RegisterResourceOutputsRequest[];
let engine: Server;
let endpoint: string;

beforeEach(async () => {
  registered = [];
  outputs = [];
  const monitor: UntypedServiceImplementation = {
    registerResource: (call: { request: RegisterResourceRequest }, done: Done<RegisterResourceResponse>) => {
      registered.push(call.request);
      const name = call.request.getName();
      if (name === "refused") {
        done({ code: status.INTERNAL, details: "resource registration failed" }, null);
        return;
      }
      done(null, new RegisterResourceResponse().setUrn(`urn:${name}`).setId(`id-${name}`));
    },
    registerResourceOutputs: (call: { request: RegisterResourceOutputsRequest }, done: Done<Empty>) => {
      outputs.push(call.request);
      done(null, new Empty());
    },
  };
  engine = new Server();
  engine.addService(ResourceMonitorService, monitor);
  const port = await new Promise<number>((resolve, reject) => {
    engine.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  endpoint = `127.0.0.1:${port}`;
});

afterEach(() => engine.forceShutdown());

type Done<T> = (
  error: { readonly code: status; readonly details: string } | null,
  response: T | null,
) => void;

function request(): ConstructRequest {
  const constructed = new ConstructRequest()
    .setType(component)
    .setName("operator")
    .setParent("urn:parent")
    .setDependenciesList(["urn:before"])
    .setProtect(true)
    .setMonitorendpoint(endpoint);
  constructed.getProvidersMap().set("kubernetes", "urn:provider::id");
  return constructed;
}

test("a component is registered with what the engine handed over, and its children below it", async () => {
  await Construction.run(request(), async (construction) => {
    await construction.register(child);
    return {};
  });
  const [parent, made] = registered.map((one) => one.toObject());
  expect(parent).toMatchObject({
    type: component,
    name: "operator",
    parent: "urn:parent",
    custom: false,
    remote: false,
    dependenciesList: ["urn:before"],
    protect: true,
    providersMap: [["kubernetes", "urn:provider::id"]],
  });
  expect(parent?.retainondelete).toBeUndefined();
  expect(made).toMatchObject({
    type: child.type,
    name: child.name,
    parent: "urn:operator",
    custom: true,
    dependenciesList: ["urn:b"],
    provider: "urn:provider::id",
  });
  expect(decodeStruct(registered[1]?.getObject())).toEqual({ a: 1 });
});

test("outputs go into state and to the program, which waits for the children", async () => {
  const response = await Construction.run(request(), async (construction) => ({
    resources: [resourceReference(await construction.register(child))],
  }));
  expect(response.getUrn()).toBe("urn:operator");
  expect(decodeStruct(response.getState())).toEqual({ resources: ["id-operator:system"] });
  expect(response.getStatedependenciesMap().get("resources")?.getUrnsList()).toEqual(["urn:operator:system"]);
  expect(outputs.map((one) => [one.getUrn(), decodeStruct(one.getOutputs())])).toEqual([
    ["urn:operator", { resources: ["id-operator:system"] }],
  ]);
});

test("a child that the engine could not make fails the component", async () => {
  await expect(
    Construction.run(request(), async (one) => {
      await one.register({ ...child, name: "refused" });
      return {};
    }),
  ).rejects.toMatchObject({ details: "resource registration failed" });
  expect(outputs).toEqual([]);
});

test("inputs that are of no use leave nothing behind", async () => {
  const failed = Construction.run(request(), async () => {
    throw new Error("there is nothing to install");
  });
  await expect(failed).rejects.toThrow("there is nothing to install");
  expect(registered).toEqual([]);
});
