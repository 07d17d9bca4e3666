//! Numbers and layouts that tasks and hosts agree on.
