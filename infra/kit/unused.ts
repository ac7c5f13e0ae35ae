/**
 * Annotation of a Deployment that a chart insists on and nobody here uses, with the reason: it has no replicas on purpose, and
 * validation does not miss them.
 */
export const unusedAnnotation = "ai-platform/unused";
