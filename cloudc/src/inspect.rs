//! `cloudc inspect`: what is in an image, a manifest, a relocatable object, or an object of the store.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use cloudc_abi::Name;
use cloudc_host::{Failure, Host, HostOptions, Image, Manifest, content_name};
use cloudc_linker::{Error, verify_image};
use object::{Object as _, ObjectSection as _, ObjectSymbol as _};

use crate::args::InspectArgs;
use crate::stop::{Stop, print};

/// Prints what the file or name holds.
pub fn inspect(args: &InspectArgs) -> Result<(), Stop> {
    let path = Path::new(&args.what);
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => match Name::from_hex(&args.what) {
            Some(name) => return stored(args, &name),
            None if path.is_dir() => return folder(path),
            None => return Err(Stop::world(format!("cannot read `{}`: {error}", args.what))),
        },
    };
    let text = describe(&bytes).map_err(|e| Stop::world(format!("`{}`: {e}", args.what)))?;
    print(text.as_bytes())
}

/// A folder that `cloudc build` wrote: its manifest, then every image.
fn folder(path: &Path) -> Result<(), Stop> {
    let file = path.join("manifest.json");
    let text = fs::read_to_string(&file)
        .map_err(|e| Stop::world(format!("`{}` holds no build: {}: {e}", path.display(), file.display())))?;
    let manifest = Manifest::parse(&text).map_err(|e| Stop::world(format!("`{}`: {e}", file.display())))?;
    let mut out = manifest_text(&manifest);
    for task in manifest.tasks.values() {
        let file = path.join(&task.image);
        let image =
            fs::read(&file).map_err(|e| Stop::world(format!("cannot read `{}`: {e}", file.display())))?;
        let text = image_text(&image).map_err(|e| Stop::world(format!("`{}`: {e}", file.display())))?;
        let _ = write!(out, "\n{}\n{text}", task.image);
    }
    print(out.as_bytes())
}

fn stored(args: &InspectArgs, name: &Name) -> Result<(), Stop> {
    let store = crate::cache::folder(args.cache.as_ref());
    let host = Host::open(HostOptions { store, jobs: 1, ..HostOptions::default() }).map_err(Stop::world)?;
    match host.find(name).map_err(Stop::world)? {
        Some(Ok(bytes)) => {
            let text = describe(&bytes).unwrap_or_else(|_| hex_text(&bytes));
            print(format!("object {name}: {} bytes\n{text}", bytes.len()).as_bytes())
        }
        Some(Err(failure)) => print(format!("object {name}: a failure: {failure}\n").as_bytes()),
        None => Err(Stop::world(format!("the store has no object `{name}`"))),
    }
}

fn describe(bytes: &[u8]) -> Result<String, String> {
    if bytes.starts_with(b"\x7fELF") {
        let file = object::File::parse(bytes).map_err(|e| e.to_string())?;
        return match file.kind() {
            object::ObjectKind::Relocatable => Ok(object_text(&file)),
            _ => image_text(bytes),
        };
    }
    if let Some(failure) = Failure::from_bytes(bytes) {
        return Ok(format!("a failure: {failure}\n  task {}\n  run  {}\n", failure.task, failure.run));
    }
    if bytes.first() == Some(&b'{')
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return Manifest::parse(text).map(|m| manifest_text(&m)).map_err(|e| e.to_string());
    }
    Err("it is neither an image, an object, a manifest nor a failure".to_string())
}

fn image_text(bytes: &[u8]) -> Result<String, String> {
    let summary = verify_image(bytes).map_err(|e: Error| e.to_string())?;
    let image = Image::parse(bytes).map_err(|e| e.to_string())?;
    let file = object::File::parse(bytes).map_err(|e| e.to_string())?;
    let relocations = file.dynamic_relocations().map_or(0, Iterator::count)
        + file.sections().map(|s| s.relocations().count()).sum::<usize>();
    let undefined = file.symbols().filter(|s| s.is_undefined() && s.name() != Ok("")).count();
    let mut out = String::new();
    let _ = writeln!(out, "image {}", content_name(bytes));
    let _ = writeln!(out, "  {} bytes, {}, entry {:#x}", bytes.len(), summary.machine.name(), summary.entry);
    for s in &summary.segments {
        let (r, w, x) = s.flags;
        let flag = |on, c| if on { c } else { '-' };
        let flags = [flag(r, 'R'), flag(w, 'W'), flag(x, 'X')].iter().collect::<String>();
        let _ = writeln!(out, "  segment {:<9} {flags} at {:#x}, {} bytes", s.kind, s.address, s.size);
    }
    let _ = writeln!(out, "  relocations: {relocations}, undefined symbols: {undefined}");
    let note = &image.note;
    let _ = writeln!(
        out,
        "  task: {} inputs, {} outputs, calls {:#b}, flags {:#b}, stack {}, heap {}",
        note.n_inputs, note.n_outputs, note.calls, note.flags, note.stack, note.heap
    );
    let entry = String::from_utf8_lossy(image.manifest_entry());
    if !entry.is_empty() {
        let _ = writeln!(out, "  {entry}");
    }
    Ok(out)
}

fn object_text(file: &object::File<'_>) -> String {
    let mut out = String::from("relocatable object\n");
    for section in file.sections().filter(|s| s.size() > 0) {
        let name = section.name().unwrap_or("?");
        let relocations = section.relocations().count();
        let _ = writeln!(out, "  section {name}: {} bytes, {relocations} relocations", section.size());
    }
    for symbol in file.symbols().filter(|s| s.name().is_ok_and(|n| !n.is_empty())) {
        let kind = if symbol.is_undefined() { "undefined" } else { "defined" };
        let _ = writeln!(out, "  {kind} {} ({} bytes)", symbol.name().unwrap_or("?"), symbol.size());
    }
    out
}

fn manifest_text(manifest: &Manifest) -> String {
    let mut out =
        format!("manifest, format {}, {}, {}\n", manifest.format, manifest.compiler, manifest.target);
    for (name, entry) in &manifest.entries {
        let inputs: Vec<String> = entry.inputs.iter().map(|i| format!("{}: {}", i.name, i.ty)).collect();
        let outputs: Vec<String> = entry.outputs.iter().map(|o| format!("{}: {}", o.name, o.ty)).collect();
        let _ = writeln!(out, "  entry {name}({}) -> {}", inputs.join(", "), outputs.join(", "));
    }
    for (digest, task) in &manifest.tasks {
        let at = task
            .position
            .as_ref()
            .map_or_else(String::new, |p| format!(" at {}:{}:{}", p.file, p.line, p.column));
        let _ =
            writeln!(out, "  task {}{at}: {} ({}…)", task.name, task.image, &digest[..digest.len().min(12)]);
        for spawn in &task.spawns {
            let callee = manifest.tasks.get(&spawn.callee).map_or("?", |t| t.name.as_str());
            let fan_out = spawn.fan_out.as_deref().unwrap_or("1");
            let _ = writeln!(out, "    spawns {callee}, runs: {fan_out}");
        }
    }
    out
}

fn hex_text(bytes: &[u8]) -> String {
    let shown: String = bytes.iter().take(64).map(|b| format!("{b:02x}")).collect();
    format!("  {shown}{}\n", if bytes.len() > 64 { "…" } else { "" })
}
