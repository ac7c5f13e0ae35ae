import {
  type handleUnaryCall,
  Server,
  ServerCredentials,
  status,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { type PluginAttach, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  type CheckRequest,
  type CheckResponse,
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
import { checkResponse, reference, sealed, type UnaryCall, unary } from "./server-answers";
import { Construction } from "./server-construct";
import { toDiffResponse } from "./server-diff";
import { messageLimits } from "./server-limits";
import { Sessions } from "./server-session";
import { decodeStruct, encodeStruct, withSecretsOf } from "./server-values";
import type { StandIn } from "./standin";

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

class ProviderService {
  private readonly sessions: Sessions;

  constructor(private readonly standIn: StandIn) {
    this.sessions = new Sessions(standIn.name);
  }

  close(): void {
    this.sessions.close();
  }

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

  private refused(what: string): handleUnaryCall<unknown, never> {
    return (_, callback) =>
      callback({
        code: status.UNIMPLEMENTED,
        details: `the sandbox's ${this.standIn.name} provider does not offer ${what}`,
      });
  }

  /** The first message on every connection: what was known of an earlier one from the same port is over. */
  private async handshake(call: UnaryCall<ProviderHandshakeRequest>): Promise<ProviderHandshakeResponse> {
    this.sessions.begin(call.getPeer(), call.request.getEngineAddress());
    // The engine has components made only by providers that take secrets as such.
    return new ProviderHandshakeResponse().setAcceptSecrets(true);
  }

  private async attach(call: UnaryCall<PluginAttach>): Promise<Empty> {
    if (this.sessions.find(call.getPeer()) === undefined) {
      this.sessions.begin(call.getPeer(), call.request.getAddress());
    }
    return new Empty();
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
    const session = this.sessions.of(call.getPeer());
    const provider = this.standIn.configure(inputs, call.request.getUrn());
    session.configured = { provider, fingerprint: JSON.stringify(inputs) };
    await provider;
    return new ConfigureResponse().setSupportspreview(true).setAcceptsecrets(true);
  }

  private async check(call: UnaryCall<CheckRequest>): Promise<CheckResponse> {
    const { request } = call;
    const provider = await this.sessions.provider(call.getPeer());
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
    const provider = await this.sessions.provider(call.getPeer());
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
    const provider = await this.sessions.provider(call.getPeer());
    const created = await sealed(
      provider.create(
        reference(request.getUrn()),
        decodeStruct(request.getProperties()),
        this.sessions.optionsFor(
          call.getPeer(),
          request.getUrn(),
          request.getTimeout(),
          request.getPreview(),
        ),
      ),
      request.getProperties(),
    );
    return new CreateResponse().setId(created.id).setProperties(encodeStruct(created.outputs));
  }

  private async read(call: UnaryCall<ReadRequest>): Promise<ReadResponse> {
    const { request } = call;
    const provider = await this.sessions.provider(call.getPeer());
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
    const provider = await this.sessions.provider(call.getPeer());
    const updated = await sealed(
      provider.update(
        reference(request.getUrn()),
        request.getId(),
        { inputs: decodeStruct(request.getOldInputs()), outputs: decodeStruct(request.getOlds()) },
        decodeStruct(request.getNews()),
        {
          ...this.sessions.optionsFor(
            call.getPeer(),
            request.getUrn(),
            request.getTimeout(),
            request.getPreview(),
          ),
          ignoreChanges: request.getIgnorechangesList(),
        },
      ),
      request.getNews(),
    );
    return new UpdateResponse().setProperties(encodeStruct(updated.outputs));
  }

  private async delete(call: UnaryCall<DeleteRequest>): Promise<Empty> {
    const { request } = call;
    const provider = await this.sessions.provider(call.getPeer());
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
    const provider = await this.sessions.provider(call.getPeer());
    const result = await provider.invoke(request.getTok(), decodeStruct(request.getArgs()));
    return new InvokeResponse().setReturn(encodeStruct(result));
  }

  private async construct(call: UnaryCall<ConstructRequest>): Promise<ConstructResponse> {
    const { request } = call;
    const provider = await this.sessions.provider(call.getPeer());
    const { construct } = provider;
    if (construct === undefined) {
      throw new Error(
        `the sandbox's ${this.standIn.name} provider does not offer the component ${request.getType()}`,
      );
    }
    const log = this.sessions.find(call.getPeer())?.log;
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
    this.sessions.find(call.getPeer())?.cancellation.abort();
    return new Empty();
  }
}
