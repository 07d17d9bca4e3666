//! MIR of one task to one relocatable object.
