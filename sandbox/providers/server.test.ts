import { credentials, type ServiceError } from "@grpc/grpc-js";
import { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  ConfigureRequest,
  ConstructRequest,
  CreateRequest,
  type CreateResponse,
  DiffRequest,
  type DiffResponse,
  ErrorResourceInitFailed,
  InvokeRequest,
  type InvokeResponse,
  PropertyDiff,
  ProviderHandshakeRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { serve } from "./server";
import { reference } from "./server-answers";
import { decodeStruct, encodeStruct } from "./server-values";
import { type ConfiguredProvider, PartialFailure, Secret, type StandIn, type Values } from "./standin";

const urn = "urn:pulumi:test::project::parent:Type$fake:index:Thing::a::b";

/** Answers each invoke with its own configuration. */
function fake(overrides: Partial<ConfiguredProvider> = {}): StandIn {
  const refuse = (): never => {
    throw new Error("not part of this test");
  };
  return {
    name: "fake",
    version: "1.2.3",
    checkConfig: async () => [],
    diffConfig: async () => ({ differences: [] }),
    configure: async (inputs) => ({
      check: refuse,
      diff: refuse,
      create: refuse,
      read: refuse,
      update: refuse,
      delete: refuse,
      invoke: async () => inputs,
      ...overrides,
    }),
  };
}

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) {
    close();
  }
});

async function listening(standIn: StandIn): Promise<number> {
  const served = await serve(standIn);
  closing.push(() => served.close());
  return served.port;
}

/** One provider instance of the engine, with its own connection. */
async function connect(port: number): Promise<ResourceProviderClient> {
  const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure(), {
    "grpc.use_local_subchannel_pool": 1,
  });
  closing.push(() => client.close());
  await answer((done) => client.handshake(new ProviderHandshakeRequest(), done));
  await answer((done) => client.attach(new PluginAttach(), done));
  return client;
}

function answer<T>(call: (done: (error: ServiceError | null, response: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, response) => (error ? reject(error) : resolve(response)));
  });
}

function configure(client: ResourceProviderClient, inputs: Values) {
  return answer((done) => client.configure(new ConfigureRequest().setArgs(encodeStruct(inputs)), done));
}

async function invoke(client: ResourceProviderClient): Promise<Values> {
  const request = new InvokeRequest().setTok("fake:index:get");
  const response = await answer<InvokeResponse>((done) => client.invoke(request, done));
  return decodeStruct(response.getReturn());
}

function identity(error: unknown): unknown {
  return error;
}

/** What a failed call says that state must keep. */
function partial(error: unknown): ErrorResourceInitFailed {
  const packed = (error as ServiceError).metadata.get("grpc-status-details-bin")[0];
  const [detail] = Status.deserializeBinary(Buffer.from(packed ?? "")).getDetailsList();
  expect(detail?.getTypeUrl()).toBe("type.googleapis.com/pulumirpc.ErrorResourceInitFailed");
  return ErrorResourceInitFailed.deserializeBinary(detail?.getValue_asU8() ?? new Uint8Array());
}

test("two instances of a package keep their own configuration", async () => {
  const port = await listening(fake());
  const [left, right] = [await connect(port), await connect(port)];
  await configure(left, { region: "left" });
  await configure(right, { region: "right" });
  expect([await invoke(left), await invoke(right)]).toEqual([{ region: "left" }, { region: "right" }]);
});

test("a connection without configuration is served only when nothing can be mixed up", async () => {
  const port = await listening(fake());
  await configure(await connect(port), { region: "left" });
  const unconfigured = await connect(port);
  expect(await invoke(unconfigured)).toEqual({ region: "left" });

  await configure(await connect(port), { region: "right" });
  await expect(invoke(unconfigured)).rejects.toThrow("came back without its configuration");
});

test("a user's fault is its message alone, a bug comes with its stack", async () => {
  const fault = await connect(
    await listening(fake({ invoke: () => Promise.reject(new Error("the region is missing")) })),
  );
  await configure(fault, {});
  await expect(invoke(fault)).rejects.toMatchObject({ details: "the region is missing" });

  const bug = await connect(await listening(fake({ invoke: () => Promise.reject(new TypeError("oops")) })));
  await configure(bug, {});
  await expect(invoke(bug)).rejects.toMatchObject({ details: expect.stringContaining("server.test.ts") });
});

test("what was secret for the engine is secret in the answer, also in that of a partial failure", async () => {
  const encrypted = encodeStruct({ password: new Secret("x") });
  const request = new CreateRequest().setUrn(urn).setProperties(encrypted);
  const create: ConfiguredProvider["create"] = async (_, inputs) => ({ id: "id-1", outputs: inputs });
  const client = await connect(await listening(fake({ create })));
  await configure(client, {});
  const response = await answer<CreateResponse>((done) => client.create(request, done));
  expect(response.getProperties()?.toJavaScript()).toEqual(encrypted.toJavaScript());

  const half: ConfiguredProvider["create"] = async (_, inputs) => {
    throw new PartialFailure("not ready", "id-1", inputs, inputs);
  };
  const failing = await connect(await listening(fake({ create: half })));
  await configure(failing, {});
  const failed = partial(
    await answer<CreateResponse>((done) => failing.create(request, done)).catch(identity),
  );
  expect(failed.getProperties()?.toJavaScript()).toEqual(encrypted.toJavaScript());
  expect(failed.getInputs()?.toJavaScript()).toEqual(encrypted.toJavaScript());
});

test("a component of a package that has none is refused by its name", async () => {
  const client = await connect(await listening(fake()));
  await configure(client, {});
  const request = new ConstructRequest().setType("fake:index:Component").setName("a");
  await expect(answer((done) => client.construct(request, done))).rejects.toMatchObject({
    details: "the sandbox's fake provider does not offer the component fake:index:Component",
  });
});

test("a partial failure carries what state must keep", async () => {
  const create = async (): Promise<never> => {
    throw new PartialFailure("not ready", "id-1", { a: 1 }, { b: 2 });
  };
  const client = await connect(await listening(fake({ create })));
  await configure(client, {});
  const request = new CreateRequest().setUrn(urn).setProperties(encodeStruct({}));
  const failed = partial(
    await answer<CreateResponse>((done) => client.create(request, done)).catch(identity),
  );
  expect(failed.getId()).toBe("id-1");
  expect(failed.getReasonsList()).toEqual(["not ready"]);
  expect(decodeStruct(failed.getProperties())).toEqual({ a: 1 });
  expect(decodeStruct(failed.getInputs())).toEqual({ b: 2 });
});

test("differences name their kind, what is replaced, and whether inputs or state differ", async () => {
  const diff: ConfiguredProvider["diff"] = async () => ({
    differences: [
      { path: "spec.size", kind: "update", replace: true },
      { path: 'tags["a.b"]', kind: "add", replace: false },
    ],
    deleteBeforeReplace: true,
  });
  const client = await connect(await listening(fake({ diff })));
  await configure(client, {});
  const request = new DiffRequest()
    .setUrn(urn)
    .setOldInputs(encodeStruct({ spec: { size: 1 } }))
    .setNews(encodeStruct({ spec: { size: 2 } }));
  const response = await answer<DiffResponse>((done) => client.diff(request, done));
  expect(response.toObject()).toMatchObject({
    replacesList: ["spec"],
    diffsList: ["spec", "tags"],
    deletebeforereplace: true,
    hasdetaileddiff: true,
  });
  expect(response.getDetaileddiffMap().get("spec.size")?.toObject()).toEqual({
    kind: PropertyDiff.Kind.UPDATE_REPLACE,
    inputdiff: true,
  });
  expect(response.getDetaileddiffMap().get('tags["a.b"]')?.toObject()).toEqual({
    kind: PropertyDiff.Kind.ADD,
    inputdiff: false,
  });
});

test("an URN gives type and name, also when the name holds colons", () => {
  expect(reference(urn)).toEqual({ urn, type: "fake:index:Thing", name: "a::b" });
});
