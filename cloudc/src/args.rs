//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// A cloud compiler: finds the tasks in a plain sequential Rust program and builds one static image for each.
#[derive(Parser, Debug)]
#[command(name = "cloudc", version, propagate_version = true, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// How diagnostics are printed.
    #[arg(long, global = true, value_enum, default_value = "human")]
    pub message_format: MessageFormat,
    /// When to use colour.
    #[arg(long, global = true, value_enum, default_value = "auto")]
    pub color: Color,
    /// Say less.
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say more.
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
}

/// How diagnostics are printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum MessageFormat {
    /// With source lines, for people.
    Human,
    /// One JSON object a line, for editors.
    Json,
}

/// When to use colour.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Color {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The subcommands.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Create a project that builds, with a sample input
    New(NewArgs),
    /// Compile a program into task images, a manifest and a task graph
    Build(BuildArgs),
    /// Compile a program and run it
    Run(RunArgs),
    /// Draw the inferred task graph
    Graph(GraphArgs),
    /// Say for each call and loop whether it is a task, and why
    Explain(ExplainArgs),
    /// Check types and moves; with --oracle also compare a run with rustc's
    Check(CheckArgs),
    /// Run the `#[test]` functions of a program, each as a task
    Test(TestArgs),
    /// Show what is in an image, a manifest or an object
    Inspect(InspectArgs),
    /// Build twice in two places and compare every byte
    Verify(VerifyArgs),
    /// Look after the object store
    Cache(CacheArgs),
    /// Link relocatable ELF objects
    Link(LinkArgs),
    /// Print a completion script for a shell
    Completions(CompletionArgs),
}

/// What every command that compiles takes.
#[derive(Args, Clone, Debug)]
pub struct SourceArgs {
    /// A `.rs` file, a folder with `main.rs`, `lib.rs` or `src/`, or a Cargo package
    #[arg(default_value = ".")]
    pub path: PathBuf,
}

/// What decides the task graph.
#[derive(Args, Clone, Debug, Default)]
pub struct TaskArgs {
    /// Where to cut: by estimated cost, wherever it is legal, or nowhere
    #[arg(long, value_enum, default_value = "auto")]
    pub tasks: TaskMode,
    /// Scale of the work in one chunk of a parallel loop
    #[arg(long, default_value_t = 1.0)]
    pub grain: f64,
    /// Measured costs, from `cloudc run --save-profile`, in place of estimates
    #[arg(long, value_name = "FILE")]
    pub profile: Option<PathBuf>,
    /// Use exactly this many chunks in every parallel loop
    #[arg(long, hide = true)]
    pub chunks: Option<u64>,
}

/// Where to cut.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub enum TaskMode {
    /// Where the work behind a boundary pays for it.
    #[default]
    Auto,
    /// Wherever it is legal; for tests.
    Always,
    /// Nowhere: one task for each entry.
    Never,
}

/// `cloudc new`
#[derive(Args, Debug)]
pub struct NewArgs {
    /// Folder to create
    pub name: PathBuf,
}

/// `cloudc build`
#[derive(Args, Debug)]
pub struct BuildArgs {
    /// The program.
    #[command(flatten)]
    pub source: SourceArgs,
    /// Tasks.
    #[command(flatten)]
    pub tasks: TaskArgs,
    /// What makes the code.
    #[command(flatten)]
    pub code: CodeArgs,
    /// Machine to make code for: x86_64, aarch64, riscv64
    #[arg(long, default_value = "x86_64")]
    pub target: String,
    /// Other things to write beside images, manifest and graph (comma-separated)
    #[arg(long, value_enum, value_delimiter = ',')]
    pub emit: Vec<Emit>,
    /// Stop after this stage
    #[arg(long, value_enum)]
    pub stop_after: Option<Stage>,
    /// Where to write
    #[arg(long, default_value = "cloudc-out")]
    pub out: PathBuf,
    /// Print how long each stage took
    #[arg(long)]
    pub timings: bool,
}

/// What `build` can write beside images, manifest and graph.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Emit {
    /// Definitions with their names resolved.
    Hir,
    /// The monomorphic program.
    Mir,
    /// Tasks and verdicts.
    Tasks,
    /// The relocatable object of each task.
    Obj,
    /// What LLVM is given for each task, and what it makes of it; with `--opt llvm`.
    LlvmIr,
    /// A Linux program for the target machine that runs one image: `runner IMAGE`.
    Runner,
    /// For each image a file with its symbols, lines and frames, for debuggers.
    Debug,
    /// Only the manifest (always written).
    Manifest,
}

/// Where `build` can stop.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Stage {
    /// After types, moves and borrows are checked and instances collected.
    Mir,
    /// After inference.
    Tasks,
}

/// What makes the code, and for which processor.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct CodeArgs {
    /// What makes the code: Cranelift at once, or LLVM in seconds code as fast as rustc's
    #[arg(long, value_enum, default_value = "clif")]
    pub opt: Optimizer,
    /// What an x86-64 processor must be able to do; a host refuses an image for a newer processor than its own
    #[arg(long, value_enum, default_value = "x86-64-v2")]
    pub cpu: Cpu,
}

impl CodeArgs {
    /// The same for another `cloudc`.
    pub fn arguments(&self) -> [String; 2] {
        let name = |value: Option<clap::builder::PossibleValue>| {
            value.map_or_else(String::new, |value| value.get_name().to_string())
        };
        [
            format!("--opt={}", name(self.opt.to_possible_value())),
            format!("--cpu={}", name(self.cpu.to_possible_value())),
        ]
    }
}

/// Back ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub enum Optimizer {
    /// Cranelift
    #[default]
    Clif,
    /// LLVM
    Llvm,
}

/// Levels of the x86-64 psABI.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub enum Cpu {
    /// SSE2; only with LLVM.
    #[value(name = "x86-64")]
    V1,
    /// SSE4.2, POPCNT.
    #[default]
    #[value(name = "x86-64-v2")]
    V2,
    /// AVX2, FMA, BMI.
    #[value(name = "x86-64-v3")]
    V3,
    /// AVX-512.
    #[value(name = "x86-64-v4")]
    V4,
    /// The highest level of this machine.
    Native,
}

/// `cloudc run`
#[derive(Args, Debug)]
pub struct RunArgs {
    /// The program.
    #[command(flatten)]
    pub source: SourceArgs,
    /// Tasks.
    #[command(flatten)]
    pub tasks: TaskArgs,
    /// What makes the code.
    #[command(flatten)]
    pub code: CodeArgs,
    /// An input: NAME=VALUE as JSON or text, or NAME=@FILE
    #[arg(long = "input", value_name = "NAME=VALUE|NAME=@FILE")]
    pub inputs: Vec<String>,
    /// Write an output to a file instead of printing it
    #[arg(long = "output", value_name = "NAME=FILE")]
    pub outputs: Vec<String>,
    /// Which function to run, if the program has several entries
    #[arg(long)]
    pub entry: Option<String>,
    /// Where tasks run
    #[arg(long, value_enum, default_value = "inprocess")]
    pub host: HostKind,
    /// Worker threads; default: one for each core
    #[arg(short, long)]
    pub jobs: Option<usize>,
    /// Neither read nor write the object store
    #[arg(long)]
    pub no_cache: bool,
    /// The object store; default: $CLOUDC_CACHE, or cloudc in the user's cache folder
    #[arg(long, value_name = "DIR")]
    pub cache: Option<PathBuf>,
    /// Stop after this many seconds
    #[arg(long, value_name = "SECONDS")]
    pub deadline: Option<f64>,
    /// Write what the tasks took, for `--profile`
    #[arg(long, value_name = "FILE")]
    pub save_profile: Option<PathBuf>,
    /// Run ready tasks in a random legal order
    #[arg(long, hide = true)]
    pub shuffle: Option<u64>,
    /// Print what ran, what came from the store, and how long it took
    #[arg(long)]
    pub stats: bool,
    /// Print how long each stage of the compiler took
    #[arg(long)]
    pub timings: bool,
    /// Arguments of the program (`std::env::args`)
    #[arg(last = true)]
    pub args: Vec<String>,
}

/// Where tasks run.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum HostKind {
    /// In this process, on one worker thread for each core.
    Inprocess,
    /// In this process, one after another.
    Seq,
    /// In the reference interpreter, without machine code.
    Interp,
}

/// `cloudc graph`
#[derive(Args, Debug)]
pub struct GraphArgs {
    /// The program, and what --trace runs it with.
    #[command(flatten)]
    pub run: RunArgs,
    /// Run the program and show the runs of this execution, with their times and the longest chain
    #[arg(long)]
    pub trace: bool,
    /// Form of the picture
    #[arg(long, value_enum, default_value = "dot")]
    pub format: GraphFormat,
}

/// Forms of the task graph.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum GraphFormat {
    /// Graphviz.
    Dot,
    /// A picture.
    Svg,
    /// A page to move, zoom and click in, with the source beside it.
    Html,
    /// For programs.
    Json,
}

/// `cloudc explain`
#[derive(Args, Debug)]
pub struct ExplainArgs {
    /// The program.
    #[command(flatten)]
    pub source: SourceArgs,
    /// Tasks.
    #[command(flatten)]
    pub tasks: TaskArgs,
    /// Fail unless this function is a task
    #[arg(long, value_name = "FN")]
    pub demand: Vec<String>,
    /// Form of the answer
    #[arg(long, value_enum, default_value = "text")]
    pub format: ExplainFormat,
}

/// Forms of `explain`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum ExplainFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// `cloudc check`
#[derive(Args, Debug)]
pub struct CheckArgs {
    /// The program.
    #[command(flatten)]
    pub source: SourceArgs,
    /// What makes the code.
    #[command(flatten)]
    pub code: CodeArgs,
    /// Also run the program here and under rustc, and compare
    #[arg(long)]
    pub oracle: bool,
    /// An input for --oracle; one that is not given is read from the package's `input/NAME.*`
    #[arg(long = "input", value_name = "NAME=VALUE|NAME=@FILE")]
    pub inputs: Vec<String>,
    /// Arguments of the program for --oracle
    #[arg(last = true)]
    pub args: Vec<String>,
}

/// `cloudc test`
#[derive(Args, Debug)]
pub struct TestArgs {
    /// A `.rs` file, a folder, or a Cargo package
    #[arg(default_value = ".")]
    pub path: PathBuf,
    /// Which tests, and what to show.
    #[command(flatten)]
    pub selection: TestSelection,
    /// Where to cut inside a test: by estimated cost, wherever it is legal, or nowhere
    #[arg(long, value_enum, default_value = "never")]
    pub tasks: TaskMode,
    /// What makes the code.
    #[command(flatten)]
    pub code: CodeArgs,
    /// Tests that run at the same time; default: one for each core
    #[arg(short, long)]
    pub jobs: Option<usize>,
    /// Run every test, and remember none
    #[arg(long)]
    pub no_cache: bool,
    /// The object store; default: $CLOUDC_CACHE, or cloudc in the user's cache folder
    #[arg(long, value_name = "DIR")]
    pub cache: Option<PathBuf>,
    /// Fail a test that runs longer than this many seconds
    #[arg(long, value_name = "SECONDS")]
    pub deadline: Option<f64>,
    /// Print how long each stage of the compiler took
    #[arg(long)]
    pub timings: bool,
    /// Filters and options as `cargo test` takes them after `--`
    #[arg(last = true)]
    pub rest: Vec<String>,
}

/// Which tests to run, and what to show of them; the words are those of rustc's test programs.
#[derive(Args, Clone, Debug, Default)]
pub struct TestSelection {
    /// Run only tests whose names contain one of these
    #[arg(value_name = "FILTER")]
    pub filters: Vec<String>,
    /// A filter must be the whole name
    #[arg(long)]
    pub exact: bool,
    /// Leave out tests whose names contain this
    #[arg(long, value_name = "FILTER")]
    pub skip: Vec<String>,
    /// Print the names and run nothing
    #[arg(long)]
    pub list: bool,
    /// Run only tests with `#[ignore]`
    #[arg(long)]
    pub ignored: bool,
    /// Run tests with `#[ignore]` too
    #[arg(long)]
    pub include_ignored: bool,
    /// Print what tests print as they end
    #[arg(long, alias = "no-capture")]
    pub nocapture: bool,
    /// Show what passing tests printed, too
    #[arg(long)]
    pub show_output: bool,
    /// The same as --jobs
    #[arg(long, hide = true)]
    pub test_threads: Option<usize>,
}

/// `cloudc inspect`
#[derive(Args, Debug)]
pub struct InspectArgs {
    /// An image, a manifest, or the name of an object in the store
    pub what: String,
    /// The object store
    #[arg(long, value_name = "DIR")]
    pub cache: Option<PathBuf>,
}

/// `cloudc verify`
#[derive(Args, Debug)]
pub struct VerifyArgs {
    /// The program.
    #[command(flatten)]
    pub source: SourceArgs,
    /// Tasks.
    #[command(flatten)]
    pub tasks: TaskArgs,
    /// What makes the code.
    #[command(flatten)]
    pub code: CodeArgs,
}

/// `cloudc cache`
#[derive(Args, Debug)]
pub struct CacheArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: CacheCommand,
    /// The object store
    #[arg(long, value_name = "DIR", global = true)]
    pub cache: Option<PathBuf>,
}

/// What to do with the store.
#[derive(Subcommand, Clone, Copy, Debug)]
pub enum CacheCommand {
    /// Say how much is in it
    Stat,
    /// Throw the oldest away until 1 GiB is left, or everything
    Gc {
        /// Keep nothing
        #[arg(long)]
        all: bool,
    },
    /// Check every object
    Verify,
}

/// `cloudc link`
#[derive(Args, Debug)]
pub struct LinkArgs {
    /// Objects, archives and flags, spelled as for GNU ld: -o FILE, -e SYMBOL, -static, -pie, -Map=FILE, -L, -l,
    /// --profile=image|static|static-pie, --no-gc-sections, --strip-all, --batch=FILE (JSON lines of "out" and "inputs")
    #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true, value_name = "FLAG|FILE")]
    pub words: Vec<String>,
}

/// `cloudc completions`
#[derive(Args, Debug)]
pub struct CompletionArgs {
    /// The shell
    pub shell: clap_complete::Shell,
}
