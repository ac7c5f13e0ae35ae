/** The namespace of the operators that look after the data stores, whichever namespace a store is in. */
export const dataOperatorsNamespace = "data-operators";
