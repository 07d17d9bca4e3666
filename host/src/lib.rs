//! Runs task images: object store, names, memo, scheduler, executors.
