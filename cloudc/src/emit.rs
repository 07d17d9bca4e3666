//! `cloudc build`: images, manifest, graph, and whatever else was asked for, in a folder.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use cloudc_analysis::tasks::TaskId;
use cloudc_analysis::tasks::graph;
use cloudc_codegen::{Positions, SourcePosition, Target};
use cloudc_frontend::index::IndexVec;

use crate::args::{BuildArgs, Emit, Optimizer, Stage};
use crate::back::{self, Built, Code};
use crate::front::{self, Front, Wanted};
use crate::render::Style;
use crate::stop::Stop;
use crate::timing::Timings;
use crate::write::write;

/// Builds a program.
pub fn build(args: &BuildArgs, style: Style, quiet: bool) -> Result<(), Stop> {
    let Some(target) = Target::from_name(&args.target) else {
        return Err(Stop::usage(format!(
            "there is no target `{}`; known are x86_64, aarch64, riscv64",
            args.target
        )));
    };
    let keeps_text = args.emit.contains(&Emit::LlvmIr);
    if keeps_text && args.code.opt != Optimizer::Llvm {
        return Err(Stop::usage("`--emit llvm-ir` shows what LLVM is given; it takes --opt llvm"));
    }
    let code = Code { keeps_text, ..Code::asked(&args.code, target)? };
    let mut timings = Timings::start();
    let wanted = Wanted { tasks: Some(&args.tasks), hir: args.emit.contains(&Emit::Hir) };
    let (mut front, hir) = front::compile(&args.source.path, wanted, style, &mut timings)?;
    if !quiet {
        crate::explain::warn_if_nothing(&front, &args.tasks, style);
    }
    let out = Out(&args.out);
    if let Some(hir) = hir {
        out.write("program.hir", hir.as_bytes())?;
    }
    if args.emit.contains(&Emit::Mir) {
        out.write("program.mir", cloudc_frontend::mir::print::print_program(&front.program).as_bytes())?;
    }
    if args.stop_after != Some(Stage::Mir) {
        out.write("graph.dot", graph::dot(&front.inferred, &front.sources, &front.source.name).as_bytes())?;
        if args.emit.contains(&Emit::Tasks) {
            out.write("program.tasks", crate::explain::text(&front).as_bytes())?;
        }
    }
    if args.stop_after.is_none() {
        let Front { program, inferred, sources, source, .. } = &mut front;
        let positions = |span| {
            let at = back::position(sources, span, source)?;
            Some(SourcePosition { file: at.file, line: at.line, column: at.column })
        };
        let debug = args.emit.contains(&Emit::Debug).then_some(&positions as Positions<'_>);
        let built = back::build(program, inferred, code, debug).map_err(Stop::world)?;
        timings.stage("code");
        write_images(&out, &front, &built, target, args.emit.contains(&Emit::Obj))?;
        if args.emit.contains(&Emit::Runner) {
            out.write_program("runner", &back::runner(target).map_err(Stop::world)?)?;
        }
        timings.stage("write");
        if !quiet {
            let bytes: usize = built.iter().map(|b| b.image.len()).sum();
            eprintln!("{} tasks, {bytes} bytes, in {}", built.len(), args.out.display());
        }
    }
    if args.timings {
        timings.print();
    }
    Ok(())
}

/// Writes images, manifest and sites. Images of earlier builds are removed: the folder holds one build.
fn write_images(
    out: &Out<'_>,
    front: &Front,
    built: &IndexVec<TaskId, Built>,
    target: Target,
    objects: bool,
) -> Result<(), Stop> {
    out.clear("images")?;
    for (id, task) in built.iter_enumerated() {
        let file = back::image_file(&front.inferred.tasks[id], task);
        out.write(&file, &task.image)?;
        if let Some(debug) = &task.debug {
            out.write(&file.replace("images/", "debug/").replace(".elf", ".debug"), debug)?;
        }
        for (text, ending) in task.text.iter().flatten().zip([".ll", ".optimised.ll"]) {
            out.write(&file.replace("images/", "llvm/").replace(".elf", ending), text.as_bytes())?;
        }
        if objects {
            out.write(&file.replace("images/", "objects/").replace(".elf", ".o"), &task.object)?;
        }
    }
    let broken = |e: serde_json::Error| Stop::world(format!("cannot write JSON: {e}"));
    let sites = serde_json::to_string_pretty(&back::sites(front, built)).map_err(broken)? + "\n";
    out.write("sites.json", sites.as_bytes())?;
    let manifest = back::manifest(front, built, target).to_json().map_err(broken)?;
    out.write("manifest.json", manifest.as_bytes())
}

/// A folder to write to.
struct Out<'a>(&'a Path);

impl Out<'_> {
    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Stop> {
        write(&self.0.join(name), bytes)
    }
    fn write_program(&self, name: &str, bytes: &[u8]) -> Result<(), Stop> {
        self.write(name, bytes)?;
        let path = self.0.join(name);
        fs::set_permissions(&path, PermissionsExt::from_mode(0o755))
            .map_err(|e| Stop::world(format!("cannot make `{}` a program: {e}", path.display())))
    }
    fn clear(&self, name: &str) -> Result<(), Stop> {
        let path = self.0.join(name);
        for entry in fs::read_dir(&path).into_iter().flatten().flatten() {
            if entry.path().extension().is_some_and(|e| e == "elf") {
                fs::remove_file(entry.path())
                    .map_err(|e| Stop::world(format!("cannot remove `{}`: {e}", entry.path().display())))?;
            }
        }
        Ok(())
    }
}
