//! `cloudc link`: the linker on its own.

use std::fs;
use std::path::Path;

use cloudc_linker::{Archive, Input, Options, Profile};

use crate::args::LinkArgs;
use crate::stop::Stop;

/// Links the files of the command line.
pub fn link(args: &LinkArgs) -> Result<(), Stop> {
    let profile = [Profile::Image, Profile::ImageData, Profile::Static, Profile::StaticPie]
        .into_iter()
        .find(|p| p.name() == args.profile)
        .ok_or_else(|| {
            Stop::usage(format!(
                "there is no profile `{}`; known are image, image-data, static, static-pie",
                args.profile
            ))
        })?;
    let mut files = Vec::new();
    for path in &args.inputs {
        let bytes =
            fs::read(path).map_err(|e| Stop::world(format!("cannot read `{}`: {e}", path.display())))?;
        files.push((path.display().to_string(), bytes));
    }
    let (mut objects, mut archives) = (Vec::new(), Vec::new());
    for (name, bytes) in &files {
        if bytes.starts_with(b"!<arch>\n") {
            let archive = cloudc_linker::index_archive(Input { name, bytes });
            archives.push(archive.map_err(|errors| refused(&errors))?);
        } else {
            objects.push(Input { name, bytes });
        }
    }
    let archives: Vec<&Archive<'_>> = archives.iter().collect();
    let options = Options { profile, want_map: args.map.is_some(), ..Options::image(args.entry.clone()) };
    let linked = match cloudc_linker::link(&options, &objects, &archives) {
        Ok(linked) => linked,
        Err(errors) => return Err(refused(&errors)),
    };
    write(&args.output, &linked.image)?;
    if let (Some(path), Some(map)) = (&args.map, &linked.map) {
        write(path, map.to_json().as_bytes())?;
    }
    Ok(())
}

fn refused(errors: &[cloudc_linker::Error]) -> Stop {
    for error in errors {
        eprintln!("error: {error}");
    }
    Stop::Reported
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Stop> {
    fs::write(path, bytes).map_err(|e| Stop::world(format!("cannot write `{}`: {e}", path.display())))
}
