/**
 * Annotation of a Deployment that a chart always creates and that is unused here, with the reason: it has no
 * replicas on purpose, and validation does not report it.
 */
export const unusedAnnotation = "ai-platform/unused";
