//! Record linkage: columns of values and a model to clusters.
