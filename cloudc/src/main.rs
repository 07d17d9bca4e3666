//! The `cloudc` command.

/// A compiler allocates many small things; this takes a fifth off what `build` and `check` cost with the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cloudc::main()
}
