//! The `cloudc` command.

fn main() -> std::process::ExitCode {
    cloudc::main()
}
