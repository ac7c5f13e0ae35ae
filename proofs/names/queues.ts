import { at, textAt } from "../../model/facts/read";
import { groupKind } from "../../model/manifest";
import type { Model, ModelObject } from "../../model/model";
import { type Fault, nameOf } from "../proof";
import { type Check, each } from "../verdict";

/** Exchanges and queues that RabbitMQ has by itself. */
const own = /^(amq\..*)?$/;

/** Messages of RabbitMQ have somewhere to go: bindings and dead letters name exchanges and queues of their cluster. */
export const messagesArrive: Check = ({ model }) =>
  each(
    model.objects.filter(
      ({ manifest }) =>
        manifest && ["rabbitmq.com/Binding", "rabbitmq.com/Policy"].includes(groupKind(manifest)),
    ),
    (object) =>
      wantedBy(object)
        .filter(({ kind, name }) => !own.test(name) && !isThere(model, object, kind, name))
        .map(
          ({ kind, name, why }): Fault => ({
            object: nameOf(object),
            rule: `${why} the ${kind.toLowerCase()} ${name}, which nothing makes: messages are lost, or the object is refused`,
            source:
              "RabbitMQ, bindings; dead letter exchanges: messages for one that is not there are dropped",
            fix: "name an exchange or queue of the same cluster",
          }),
        ),
  );

function wantedBy({ kind, manifest }: ModelObject) {
  const spec = at(manifest, "spec");
  if (kind === "Policy") {
    const name = textAt(spec, "definition", "dead-letter-exchange") ?? "";
    return [{ kind: "Exchange", name, why: "it sends dead letters to" }];
  }
  const destination = textAt(spec, "destinationType") === "exchange" ? "Exchange" : "Queue";
  return [
    { kind: "Exchange", name: textAt(spec, "source") ?? "", why: "it takes messages from" },
    { kind: destination, name: textAt(spec, "destination") ?? "", why: "it hands messages to" },
  ];
}

function isThere(
  model: Model,
  { cluster, namespace, manifest }: ModelObject,
  kind: string,
  name: string,
): boolean {
  const broker = textAt(manifest, "spec", "rabbitmqClusterReference", "name");
  return model
    .of(kind)
    .some(
      (one) =>
        one.cluster === cluster &&
        one.namespace === namespace &&
        textAt(one.manifest, "spec", "name") === name &&
        textAt(one.manifest, "spec", "rabbitmqClusterReference", "name") === broker,
    );
}
