import { setMaxListeners } from "node:events";
import {
  type handleUnaryCall,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  status,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { type PluginAttach, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  CheckFailure as CheckFailureMessage,
  type CheckRequest,
  CheckResponse,
  type ConfigureRequest,
  ConfigureResponse,
  type ConstructRequest,
  type ConstructResponse,
  type CreateRequest,
  CreateResponse,
  type DeleteRequest,
  type DiffRequest,
  type GetSchemaRequest,
  GetSchemaResponse,
  type InvokeRequest,
  InvokeResponse,
  type ProviderHandshakeRequest,
  ProviderHandshakeResponse,
  type ReadRequest,
  ReadResponse,
  type UpdateRequest,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { Construction } from "./server-construct";
import { toDiffResponse } from "./server-diff";
import { toServiceError } from "./server-errors";
import { messageLimits } from "./server-limits";
import { EngineLog } from "./server-log";
import { decodeStruct, encodeStruct, withSecretsOf } from "./server-values";
import {
  type CheckFailure,
  type ConfiguredProvider,
  type OperationOptions,
  PartialFailure,
  type ResourceReference,
  type StandIn,
  type Values,
} from "./standin";

/** A stand-in that listens for the engine. */
export interface ServedStandIn {
  /** TCP port on 127.0.0.1, for `PULUMI_DEBUG_PROVIDERS`. */
  readonly port: number;
  /** Stops listening and aborts what still runs. */
  close(): void;
}

/** Serves a stand-in over the engine's provider protocol, on a free port of the loopback interface. */
export async function serve(standIn: StandIn): Promise<ServedStandIn> {
  const service = new ProviderService(standIn);
  const server = new Server(messageLimits);
  server.addService(ResourceProviderService, service.handlers());
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return {
    port,
    close: () => {
      service.close();
      server.forceShutdown();
    },
  };
}

/** One `new Provider(...)` of a program: the engine opens a connection of its own for each. */
class Session {
  readonly cancellation = new AbortController();
  log: EngineLog | undefined;
  configured: { readonly provider: Promise<ConfiguredProvider>; readonly fingerprint: string } | undefined;

  constructor() {
    // Every operation that runs listens, and hundreds may.
    setMaxListeners(0, this.cancellation.signal);
  }
}

type UnaryCall<Request> = ServerUnaryCall<Request, unknown>;

class ProviderService {
  /** By the connection's far end: no request says which provider instance it is for. */
  private readonly sessions = new Map<string, Session>();

  constructor(private readonly standIn: StandIn) {}

  handlers(): UntypedServiceImplementation {
    return {
      handshake: unary((call: UnaryCall<ProviderHandshakeRequest>) => this.handshake(call)),
      attach: unary((call: UnaryCall<PluginAttach>) => this.attach(call)),
      getPluginInfo: unary(async () => new PluginInfo().setVersion(this.standIn.version)),
      getSchema: unary(async (_: UnaryCall<GetSchemaRequest>) => new GetSchemaResponse().setSchema("{}")),
      checkConfig: unary((call: UnaryCall<CheckRequest>) => this.checkConfig(call)),
      diffConfig: unary((call: UnaryCall<DiffRequest>) => this.diffConfig(call)),
      configure: unary((call: UnaryCall<ConfigureRequest>) => this.configure(call)),
      check: unary((call: UnaryCall<CheckRequest>) => this.check(call)),
      diff: unary((call: UnaryCall<DiffRequest>) => this.diff(call)),
      create: unary((call: UnaryCall<CreateRequest>) => this.create(call)),
      read: unary((call: UnaryCall<ReadRequest>) => this.read(call)),
      update: unary((call: UnaryCall<UpdateRequest>) => this.update(call)),
      delete: unary((call: UnaryCall<DeleteRequest>) => this.delete(call)),
      invoke: unary((call: UnaryCall<InvokeRequest>) => this.invoke(call)),
      cancel: unary((call: UnaryCall<Empty>) => this.cancel(call)),
      call: this.refused("methods of resources (Call)"),
      construct: unary((call: UnaryCall<ConstructRequest>) => this.construct(call)),
      parameterize: this.refused("parameterized packages (Parameterize)"),
      getMapping: this.refused("conversion (GetMapping)"),
      getMappings: this.refused("conversion (GetMappings)"),
    };
  }

  close(): void {
    for (const session of this.sessions.values()) {
      session.cancellation.abort();
      session.log?.close();
    }
    this.sessions.clear();
  }

  private refused(what: string): handleUnaryCall<unknown, never> {
    return (_, callback) =>
      callback({
        code: status.UNIMPLEMENTED,
        details: `the sandbox's ${this.standIn.name} provider does not offer ${what}`,
      });
  }

  /** The first message on every connection: whatever was known of an earlier one from the same port is over. */
  private async handshake(call: UnaryCall<ProviderHandshakeRequest>): Promise<ProviderHandshakeResponse> {
    this.begin(call, call.request.getEngineAddress());
    // The engine has components made only by providers that take secrets as such.
    return new ProviderHandshakeResponse().setAcceptSecrets(true);
  }

  private async attach(call: UnaryCall<PluginAttach>): Promise<Empty> {
    if (!this.sessions.has(call.getPeer())) {
      this.begin(call, call.request.getAddress());
    }
    return new Empty();
  }

  private begin(call: UnaryCall<unknown>, engineAddress: string): void {
    this.sessions.get(call.getPeer())?.log?.close();
    const session = new Session();
    session.log = engineAddress === "" ? undefined : new EngineLog(engineAddress);
    this.sessions.set(call.getPeer(), session);
  }

  private async checkConfig({ request }: UnaryCall<CheckRequest>): Promise<CheckResponse> {
    const inputs = decodeStruct(request.getNews());
    return checkResponse(inputs, await this.standIn.checkConfig(inputs));
  }

  private async diffConfig({ request }: UnaryCall<DiffRequest>) {
    const oldInputs = decodeStruct(request.getOldInputs() ?? request.getOlds());
    const newInputs = decodeStruct(request.getNews());
    return toDiffResponse(await this.standIn.diffConfig(oldInputs, newInputs), oldInputs, newInputs);
  }

  private async configure(call: UnaryCall<ConfigureRequest>): Promise<ConfigureResponse> {
    const inputs = decodeStruct(call.request.getArgs());
    const session = this.sessions.get(call.getPeer()) ?? new Session();
    this.sessions.set(call.getPeer(), session);
    const provider = this.standIn.configure(inputs, call.request.getUrn());
    session.configured = { provider, fingerprint: JSON.stringify(inputs) };
    await provider;
    return new ConfigureResponse().setSupportspreview(true).setAcceptsecrets(true);
  }

  private async check(call: UnaryCall<CheckRequest>): Promise<CheckResponse> {
    const { request } = call;
    const provider = await this.provider(call);
    const oldInputs = decodeStruct(request.getOlds());
    const { inputs, failures } = await provider.check(
      reference(request.getUrn()),
      Object.keys(oldInputs).length === 0 ? undefined : oldInputs,
      decodeStruct(request.getNews()),
      request.getRandomseed_asU8(),
    );
    return checkResponse(withSecretsOf(inputs, request.getNews()), failures);
  }

  private async diff(call: UnaryCall<DiffRequest>) {
    const { request } = call;
    const provider = await this.provider(call);
    const old = {
      inputs: decodeStruct(request.getOldInputs()),
      outputs: decodeStruct(request.getOlds()),
    };
    const newInputs = decodeStruct(request.getNews());
    const difference = await provider.diff(
      reference(request.getUrn()),
      request.getId(),
      old,
      newInputs,
      request.getIgnorechangesList(),
    );
    return toDiffResponse(difference, old.inputs, newInputs);
  }

  private async create(call: UnaryCall<CreateRequest>): Promise<CreateResponse> {
    const { request } = call;
    const provider = await this.provider(call);
    const created = await sealed(
      provider.create(
        reference(request.getUrn()),
        decodeStruct(request.getProperties()),
        this.options(call, request.getPreview()),
      ),
      request.getProperties(),
    );
    return new CreateResponse().setId(created.id).setProperties(encodeStruct(created.outputs));
  }

  private async read(call: UnaryCall<ReadRequest>): Promise<ReadResponse> {
    const { request } = call;
    const provider = await this.provider(call);
    const state = {
      inputs: decodeStruct(request.getInputs()),
      outputs: decodeStruct(request.getProperties()),
    };
    const found = await sealed(
      provider.read(reference(request.getUrn()), request.getId(), state),
      request.getProperties(),
      request.getInputs(),
    );
    // An empty identifier is how the protocol says that the resource is gone.
    return found === undefined
      ? new ReadResponse()
      : new ReadResponse()
          .setId(found.id)
          .setInputs(encodeStruct(withSecretsOf(found.inputs, request.getInputs())))
          .setProperties(encodeStruct(found.outputs));
  }

  private async update(call: UnaryCall<UpdateRequest>): Promise<UpdateResponse> {
    const { request } = call;
    const provider = await this.provider(call);
    const updated = await sealed(
      provider.update(
        reference(request.getUrn()),
        request.getId(),
        { inputs: decodeStruct(request.getOldInputs()), outputs: decodeStruct(request.getOlds()) },
        decodeStruct(request.getNews()),
        { ...this.options(call, request.getPreview()), ignoreChanges: request.getIgnorechangesList() },
      ),
      request.getNews(),
    );
    return new UpdateResponse().setProperties(encodeStruct(updated.outputs));
  }

  private async delete(call: UnaryCall<DeleteRequest>): Promise<Empty> {
    const { request } = call;
    const provider = await this.provider(call);
    await provider.delete(
      reference(request.getUrn()),
      request.getId(),
      { inputs: decodeStruct(request.getOldInputs()), outputs: decodeStruct(request.getProperties()) },
      { timeoutSeconds: request.getTimeout() },
    );
    return new Empty();
  }

  private async invoke(call: UnaryCall<InvokeRequest>): Promise<InvokeResponse> {
    const { request } = call;
    const provider = await this.provider(call);
    const result = await provider.invoke(request.getTok(), decodeStruct(request.getArgs()));
    return new InvokeResponse().setReturn(encodeStruct(result));
  }

  private async construct(call: UnaryCall<ConstructRequest>): Promise<ConstructResponse> {
    const { request } = call;
    const provider = await this.provider(call);
    const { construct } = provider;
    if (construct === undefined) {
      throw new Error(
        `the sandbox's ${this.standIn.name} provider does not offer the component ${request.getType()}`,
      );
    }
    const log = this.sessions.get(call.getPeer())?.log;
    return Construction.run(request, (construction) =>
      construct.call(
        provider,
        { type: request.getType(), name: request.getName() },
        decodeStruct(request.getInputs()),
        {
          preview: request.getDryrun(),
          log: async (message, severity = "info") => log?.write(await construction.urn(), message, severity),
          register: (child) => construction.register(child),
        },
      ),
    );
  }

  private async cancel(call: UnaryCall<Empty>): Promise<Empty> {
    this.sessions.get(call.getPeer())?.cancellation.abort();
    return new Empty();
  }

  private options(
    call: UnaryCall<CreateRequest> | UnaryCall<UpdateRequest>,
    preview: boolean,
  ): OperationOptions {
    const session = this.sessions.get(call.getPeer());
    const urn = call.request.getUrn();
    return {
      preview,
      timeoutSeconds: call.request.getTimeout(),
      log: (message, severity = "info") => session?.log?.write(urn, message, severity),
      signal: session?.cancellation.signal ?? new AbortController().signal,
    };
  }

  /**
   * The provider that this connection was configured for. A connection that the engine had to open anew brings no
   * configuration: it is served only when all configurations seen are the same, so that nothing can be mixed up.
   */
  private provider(call: UnaryCall<unknown>): Promise<ConfiguredProvider> {
    const own = this.sessions.get(call.getPeer())?.configured;
    if (own !== undefined) {
      return own.provider;
    }
    const seen = [...this.sessions.values()].flatMap(({ configured }) => configured ?? []);
    const [first] = seen;
    if (first !== undefined && seen.every(({ fingerprint }) => fingerprint === first.fingerprint)) {
      return first.provider;
    }
    throw new Error(
      `the engine's connection to the ${this.standIn.name} provider was lost and came back without its configuration ` +
        `(${seen.length} providers of this package are configured, so it cannot be told which one it is); run the command again`,
    );
  }
}

function unary<Request, Response>(
  handler: (call: UnaryCall<Request>) => Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve(call)
      .then(handler)
      .then(
        (response) => callback(null, response),
        (error: unknown) => callback(toServiceError(error)),
      );
  };
}

/** An answer with the engine's secrets marked as such, also in what a failure leaves in state. */
async function sealed<Answer extends { readonly outputs: Values } | undefined>(
  work: Promise<Answer>,
  outputs: Struct | undefined,
  inputs: Struct | undefined = outputs,
): Promise<Answer> {
  try {
    const answer = await work;
    return answer && { ...answer, outputs: withSecretsOf(answer.outputs, outputs) };
  } catch (error) {
    if (error instanceof PartialFailure) {
      throw new PartialFailure(
        error.message,
        error.id,
        withSecretsOf(error.outputs, outputs),
        withSecretsOf(error.inputs, inputs),
      );
    }
    throw error;
  }
}

function checkResponse(inputs: Values, failures: readonly CheckFailure[]): CheckResponse {
  return new CheckResponse()
    .setInputs(encodeStruct(inputs))
    .setFailuresList(
      failures.map(({ property, reason }) =>
        new CheckFailureMessage().setProperty(property).setReason(reason),
      ),
    );
}

/** `urn:pulumi:stack::project::parent$type::name`; the name may hold anything, also `::`. */
export function reference(urn: string): ResourceReference {
  const [, , qualifiedType = "", ...name] = urn.split("::");
  return { urn, type: qualifiedType.slice(qualifiedType.lastIndexOf("$") + 1), name: name.join("::") };
}
