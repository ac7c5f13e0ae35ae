import { z } from "zod";

/** The Elasticsearch that a Kibana uses. */
export function elasticsearchOf(kibana: unknown): string | undefined {
  const reference = z.object({ elasticsearchRef: z.object({ name: z.string() }).optional() });
  return reference.parse(kibana).elasticsearchRef?.name;
}

/** Labels of the connection between a Kibana and its Elasticsearch. */
export function associationLabels(
  elasticsearch: string,
  kibana: string,
  namespace: string,
): Record<string, string> {
  return {
    "elasticsearch.k8s.elastic.co/cluster-name": elasticsearch,
    "elasticsearch.k8s.elastic.co/cluster-namespace": namespace,
    "kibanaassociation.k8s.elastic.co/name": kibana,
    "kibanaassociation.k8s.elastic.co/namespace": namespace,
    "kibanaassociation.k8s.elastic.co/type": "elasticsearch",
  };
}
