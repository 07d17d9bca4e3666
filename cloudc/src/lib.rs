//! The `cloudc` command as a library: [`main`] is the command, [`embed`] compiles and runs texts held in memory.
//!
//! Reading order: [`args`] (what can be asked), [`front`] (source to monomorphic program), [`back`] (program to images
//! and manifest), [`values`] (inputs and outputs), then one file a subcommand.

mod args;
mod back;
mod cache;
mod check;
pub mod embed;
mod emit;
mod explain;
mod front;
mod graph;
mod inspect;
mod link;
mod oracle;
mod profile;
mod program;
mod render;
mod run;
mod scaffold;
mod sources;
mod stop;
mod test;
mod timing;
mod values;
mod verify;
mod write;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Cli, Command};
use render::Style;
use stop::Stop;

/// The front end recurses over the user's syntax; hostile nesting is refused long before this is used up.
pub const STACK: usize = 256 << 20;

/// Does what the command line asks for.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    std::panic::set_hook(Box::new(|info| {
        let text = info.payload_as_str().unwrap_or("no message");
        let text = text.strip_prefix("internal compiler error: ").unwrap_or(text);
        let at = info.location().map_or_else(String::new, |l| format!(" ({}:{})", l.file(), l.line()));
        eprintln!("error: internal compiler error: {text}{at}");
        eprintln!("note: this is a mistake in cloudc {}, not in your program", env!("CARGO_PKG_VERSION"));
        eprintln!(
            "help: please report it with the source that shows it at {}/issues",
            env!("CARGO_PKG_REPOSITORY")
        );
    }));
    let thread = std::thread::Builder::new().name("cloudc".to_string()).stack_size(STACK);
    let worker = thread.spawn(move || command(&cli));
    match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(Ok(()))) => ExitCode::SUCCESS,
        Ok(Ok(Err(stop))) => ExitCode::from(stop.report()),
        Ok(Err(_)) => ExitCode::from(101),
        Err(error) => ExitCode::from(Stop::world(format!("cannot start a thread: {error}")).report()),
    }
}

fn command(cli: &Cli) -> Result<(), Stop> {
    let style = Style { format: cli.message_format, color: cli.color };
    match &cli.command {
        Command::New(args) => scaffold::new(args, cli.quiet),
        Command::Build(args) => emit::build(args, style, cli.quiet),
        Command::Run(args) => run::run(args, style, cli.quiet),
        Command::Graph(args) => graph::graph(args, style),
        Command::Explain(args) => explain::explain(args, style),
        Command::Check(args) => check::check(args, style, cli.quiet),
        Command::Test(args) => test::test(args, style, cli.quiet, cli.verbose),
        Command::Inspect(args) => inspect::inspect(args),
        Command::Verify(args) => verify::verify(args, style, cli.quiet),
        Command::Cache(args) => cache::cache(args),
        Command::Link(args) => link::link(args),
        Command::Completions(args) => {
            clap_complete::generate(args.shell, &mut Cli::command(), "cloudc", &mut std::io::stdout());
            Ok(())
        }
    }
}
