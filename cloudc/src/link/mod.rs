//! `cloudc link`: the linker on its own.
//!
//! In: a command line ([`flags`]). Out: files. Reads what the linker must not open itself: objects, archives, the
//! members of thin archives, and the small scripts that stand for a group of libraries.

mod batch;
mod flags;
mod inputs;

use std::fs::{self, File};
use std::io::{self, Write};
use std::mem::ManuallyDrop;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use cloudc_linker::{Archive, Input, Linked, Options};

use crate::args::LinkArgs;
use crate::stop::Stop;
use crate::write::cannot_write;

/// Links the files of the command line.
pub fn link(args: &LinkArgs) -> Result<(), Stop> {
    let flags = flags::parse(&args.words)?;
    cloudc_host::avoid_huge_pages();
    if let Some(jobs) = &flags.batch {
        return batch::link_all(jobs, &flags.options);
    }
    let Some(output) = &flags.output else {
        return Err(Stop::usage("`cloudc link` needs `-o FILE`"));
    };
    // The process ends after this; giving back the mapping of each file first would only take time.
    let files = ManuallyDrop::new(inputs::read(&flags.inputs, &flags.folders)?);
    let archives = files.archives()?;
    let archives: Vec<&Archive<'_>> = archives.iter().collect();
    let options = Options { want_map: flags.map.is_some(), ..flags.options };
    let linked = link_to(output, &options, &files.objects(), &archives)?;
    if let (Some(path), Some(map)) = (&flags.map, &linked.map) {
        let is_json = path.extension().is_some_and(|extension| extension == "json");
        let text = if is_json { map.to_json() } else { map.to_string() };
        write(path, text.as_bytes())?;
    }
    Ok(())
}

/// Links and writes. A link that fails leaves no output.
fn link_to(
    output: &Path,
    options: &Options,
    objects: &[Input<'_>],
    archives: &[&Archive<'_>],
) -> Result<Linked, Stop> {
    let mut file = OutputFile { path: output, file: None, result: Ok(()) };
    match cloudc_linker::link_into(options, objects, archives, &mut |piece| file.append(piece)) {
        Ok(linked) => {
            file.result.map_err(|e| cannot_write(output, &e))?;
            if !options.profile.is_image() {
                fs::set_permissions(output, PermissionsExt::from_mode(0o755))
                    .map_err(|e| Stop::world(format!("cannot make `{}` a program: {e}", output.display())))?;
            }
            Ok(linked)
        }
        Err(errors) => {
            // There may be none to remove.
            let _ = fs::remove_file(output);
            Err(refused(&errors))
        }
    }
}

fn refused(errors: &[cloudc_linker::Error]) -> Stop {
    for error in errors {
        eprintln!("{error}");
    }
    Stop::Reported
}

/// A file that is made when there is something to put in it.
struct OutputFile<'p> {
    path: &'p Path,
    file: Option<File>,
    /// The first thing that went wrong.
    result: io::Result<()>,
}

impl OutputFile<'_> {
    fn append(&mut self, piece: &[u8]) {
        if self.result.is_ok() {
            self.result = self.write(piece);
        }
    }

    fn write(&mut self, piece: &[u8]) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(File::create(self.path)?),
        };
        file.write_all(piece)
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Stop> {
    fs::write(path, bytes).map_err(|e| cannot_write(path, &e))
}
