import { credentials, type ServiceError } from "@grpc/grpc-js";
import { type ConstructRequest, ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorClient } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
  type RegisterResourceResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { messageLimits } from "./server-limits";
import { encodeStruct } from "./server-values";
import type { ChildResource, RegisteredResource, Values } from "./standin";

/**
 * A remote component under construction: the engine asks the provider to register it and its children, as the program
 * registers all else. Transforms, protection and what else children inherit are the engine's own work.
 */
export class Construction {
  private readonly monitor: ResourceMonitorClient;
  private readonly children: string[] = [];
  private component: Promise<RegisteredResource> | undefined;

  private constructor(private readonly request: ConstructRequest) {
    this.monitor = new ResourceMonitorClient(
      request.getMonitorendpoint(),
      credentials.createInsecure(),
      messageLimits,
    );
  }

  /** Has `work` make a component's children and outputs, and answers the engine with them. */
  static async run(
    request: ConstructRequest,
    work: (construction: Construction) => Promise<Values>,
  ): Promise<ConstructResponse> {
    const construction = new Construction(request);
    try {
      const outputs = await work(construction);
      const urn = await construction.urn();
      await construction.registerOutputs(urn, outputs);
      return construction.response(urn, outputs);
    } finally {
      construction.monitor.close();
    }
  }

  /** Registers the component when it is first needed: inputs that are of no use leave nothing in state. */
  async urn(): Promise<string> {
    this.component ??= this.registerComponent();
    return (await this.component).urn;
  }

  /** Registers a child of the component and waits until the engine has made it. */
  async register(child: ChildResource): Promise<RegisteredResource> {
    const registered = await this.send(
      new RegisterResourceRequest()
        .setType(child.type)
        .setName(child.name)
        .setCustom(true)
        .setParent(await this.urn())
        .setObject(encodeStruct(child.inputs))
        .setDependenciesList([...child.dependsOn])
        .setProvider(this.request.getProvidersMap().get(packageOf(child.type)) ?? ""),
    );
    this.children.push(registered.urn);
    return registered;
  }

  private registerComponent(): Promise<RegisteredResource> {
    const { request } = this;
    const component = new RegisterResourceRequest()
      .setType(request.getType())
      .setName(request.getName())
      .setParent(request.getParent())
      .setDependenciesList(request.getDependenciesList())
      .setAliasesList(request.getAliasesList())
      .setAliasspecs(true);
    if (request.hasProtect()) {
      component.setProtect(request.getProtect() === true);
    }
    if (request.hasRetainondelete()) {
      component.setRetainondelete(request.getRetainondelete() === true);
    }
    request.getProvidersMap().forEach((provider, name) => {
      component.getProvidersMap().set(name, provider);
    });
    return this.send(component);
  }

  private async send(request: RegisterResourceRequest): Promise<RegisteredResource> {
    const response = await answer<RegisterResourceResponse>((done) =>
      this.monitor.registerResource(request, done),
    );
    return { urn: response.getUrn(), id: response.getId() };
  }

  private async registerOutputs(urn: string, outputs: Values): Promise<void> {
    const request = new RegisterResourceOutputsRequest().setUrn(urn).setOutputs(encodeStruct(outputs));
    await answer((done) => this.monitor.registerResourceOutputs(request, done));
  }

  /** Users of the component's outputs wait for all of its resources. */
  private response(urn: string, outputs: Values): ConstructResponse {
    const response = new ConstructResponse().setUrn(urn).setState(encodeStruct(outputs));
    for (const name of Object.keys(outputs)) {
      const dependencies = new ConstructResponse.PropertyDependencies().setUrnsList(this.children);
      response.getStatedependenciesMap().set(name, dependencies);
    }
    return response;
  }
}

/** `kubernetes` of `kubernetes:core/v1:ConfigMap`. */
function packageOf(type: string): string {
  return type.slice(0, type.indexOf(":"));
}

function answer<T>(call: (done: (error: ServiceError | null, response: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, response) => (error ? reject(error) : resolve(response)));
  });
}
