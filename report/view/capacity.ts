import type { ClusterCapacity, PoolCapacity, PoolLoad } from "../../estimate/capacity";
import { amounts } from "../../estimate/capacity-text";
import { levels } from "../../estimate/levels";
import type { Unplaced } from "../../estimate/place";
import { type Html, html } from "../html";

/** Each cluster with its pools: how large they may be, and how full they are. */
export function clusterView({ cluster, pools, wanted, unplaced, zones }: ClusterCapacity): Html {
  const lost = zones.map(
    ({ zone, atOnce, afterScaling }) =>
      html`<li>without ${zone}: ${count(afterScaling.filter(({ cause }) => cause === "apart"))} store members wait for the zone, ${count(atOnce) - count(afterScaling)} pods for new nodes elsewhere, ${count(afterScaling.filter(({ cause }) => cause !== "apart"))} have no place</li>`,
  );
  const homeless = levels.flatMap((level) =>
    unplaced[level].map(
      ({ group, count: pods, reason }) =>
        html`<li class="bad">at ${level}: ${pods} × ${group.namespace}/${group.name} without a place: ${reason}</li>`,
    ),
  );
  return html`<section class="card" aria-labelledby="cluster-${cluster.name}">
  <h3 id="cluster-${cluster.name}">${cluster.name}${cluster.version && html` <small>Kubernetes ${cluster.version}</small>`}</h3>
  ${
    pools.length === 0
      ? html`<p>Its nodes are not planned by this stack, whose pods ask it for ${amounts(wanted.desired)} (${amounts(wanted.maximum)} at their maximum).</p>`
      : html`<div class="pools">${pools.map(poolView)}</div>`
  }
  <ul>${homeless}${lost}</ul>
</section>`;
}

function poolView({ pool, at }: PoolCapacity): Html {
  const { minimum, desired, maximum } = pool.nodes;
  const pods = Object.entries(at.desired.pods);
  return html`<article class="pool">
  <h4>${pool.name}${pool.spot ? html` <span class="tag">spot</span>` : undefined}</h4>
  <p>${desired === 1 ? "1 node" : `${desired} nodes`} <small>(${minimum} to ${maximum})</small><br><small>${pool.machines.map(({ type }) => type).join(", ")}</small></p>
  ${bars("CPU", at, (load) => [load.requested.cpuMillis, load.allocatable.cpuMillis], thousandths)}
  ${bars("memory", at, (load) => [load.requested.memoryMib, load.allocatable.memoryMib], gibibytes)}
  ${at.desired.allocatable.gpus > 0 ? bars("GPU", at, (load) => [load.requested.gpus, load.allocatable.gpus], String) : undefined}
  <p><small>still fits at desired: ${at.desired.largestPod ? amounts(at.desired.largestPod) : "nothing"}</small></p>
  <details><summary>${at.desired.requested.pods} pods</summary><ul>${pods.map(([name, number]) => html`<li>${number} × ${name}</li>`)}</ul></details>
</article>`;
}

function bars(
  resource: string,
  at: PoolCapacity["at"],
  of: (load: PoolLoad) => readonly [number, number],
  show: (amount: number) => string,
): Html {
  return html`<div class="bars"><span>${resource}</span>${levels.map((level) => {
    const [requested, allocatable] = of(at[level]);
    const percent = allocatable === 0 ? 0 : Math.round((100 * requested) / allocatable);
    const text = `${resource} at ${level}: ${show(requested)} of ${show(allocatable)}, ${percent} %`;
    return html`<div class="bar${percent > 90 ? " full" : ""}" role="img" aria-label="${text}" title="${text}"><i style="width:${Math.min(100, percent)}%"></i><b>${percent} %</b></div>`;
  })}</div>`;
}

function thousandths(amount: number): string {
  return (amount / 1000).toFixed(1);
}

function gibibytes(amount: number): string {
  return `${(amount / 1024).toFixed(1)} GiB`;
}

function count(unplaced: readonly Unplaced[]): number {
  return unplaced.reduce((sum, one) => sum + one.count, 0);
}
