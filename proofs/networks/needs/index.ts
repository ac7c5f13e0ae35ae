import type { Need } from "../context";
import { callsByAddress } from "./addresses";
import { callsToApiServer } from "./api-server";
import { callsToCloud } from "./cloud";
import { callsByCredentials } from "./credentials";
import { callsByHost } from "./hosts";
import { callsOfVisitors } from "./ingresses";
import { callsToDns } from "./names";
import { callsOfSoftware } from "./operators";
import { callsOfInstances, callsToInternet } from "./outside";
import { callsOfKubelets } from "./probes";
import { callsOfPrometheus } from "./scraping";
import { callsToCollector } from "./tracing";
import { callsOfApiServer } from "./webhooks";
import { callsOfWorkers } from "./workers";

/** Every kind of fact from which calls are derived. */
export const needs: readonly Need[] = [
  callsToApiServer,
  callsOfApiServer,
  callsOfPrometheus,
  callsOfKubelets,
  callsByAddress,
  callsByHost,
  callsByCredentials,
  callsToDns,
  callsToCloud,
  callsOfVisitors,
  callsOfSoftware,
  callsOfInstances,
  callsToInternet,
  callsToCollector,
  callsOfWorkers,
];
