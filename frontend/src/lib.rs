//! Source tree to MIR: parsing, names, types, ownership, diagnostics.
