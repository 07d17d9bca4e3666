//! `cloudc verify`: builds twice, in two places, and compares every byte.

use cloudc_codegen::Target;
use cloudc_linker::verify_image;

use crate::args::VerifyArgs;
use crate::back::{self, Code};
use crate::front::{self, Wanted};
use crate::render::Style;
use crate::stop::{Stop, print};
use crate::timing::Timings;
use crate::write::write;

/// Builds here and in a copy of the sources elsewhere.
pub fn verify(args: &VerifyArgs, style: Style, quiet: bool) -> Result<(), Stop> {
    let code = Code::asked(&args.code, Target::X86_64)?;
    let folder = tempfile::tempdir().map_err(|e| Stop::world(format!("cannot make a folder: {e}")))?;
    let wanted = Wanted { tasks: Some(&args.tasks), hir: false };
    let (mut first, _) = front::compile(&args.source.path, wanted, style, &mut Timings::start())?;
    // Deeper, and with another length of path, so that a path in an image shows.
    let copy = folder.path().join("some/where/else");
    for file in first.sources.files.iter().filter(|f| !f.is_std) {
        write(&copy.join(first.source.unshown(&file.path)), file.text.as_bytes())?;
    }
    write(
        &copy.join("Cargo.toml"),
        format!(
            "[package]\nname = \"{}\"\nedition = \"{}\"\n",
            first.source.name,
            first.source.edition.year()
        ),
    )?;
    let path = copy.join(&first.source.root);
    let package = if path.starts_with(copy.join("src")) { copy.clone() } else { path };
    let (mut second, _) = front::compile(&package, wanted, style, &mut Timings::start())?;
    let one = back::build(&mut first.program, &first.inferred, code, None).map_err(Stop::world)?;
    let two = back::build(&mut second.program, &second.inferred, code, None).map_err(Stop::world)?;
    let mut bad = Vec::new();
    if one.len() != two.len() {
        bad.push(format!("{} tasks here, {} there", one.len(), two.len()));
    }
    for (id, (a, b)) in first.inferred.tasks.indices().zip(one.iter().zip(two.iter())) {
        let name = &first.inferred.tasks[id].name;
        if a.image != b.image {
            let at = a.image.iter().zip(&b.image).position(|(x, y)| x != y);
            let at = at.unwrap_or(a.image.len().min(b.image.len()));
            bad.push(format!("task `{name}`: the images differ from byte {at} on"));
        }
        if let Err(e) = verify_image(&a.image) {
            bad.push(format!("task `{name}`: {e}"));
        }
    }
    let manifest = |f, b| back::manifest(f, b, Target::X86_64).to_json().ok();
    if bad.is_empty() && manifest(&first, &one) != manifest(&second, &two) {
        bad.push("the manifests differ".to_string());
    }
    if bad.is_empty() {
        let text = format!("{} images and the manifest are the same in two places\n", one.len());
        return if quiet { Ok(()) } else { print(text.as_bytes()) };
    }
    for line in bad {
        eprintln!("error: {line}");
    }
    Err(Stop::Reported)
}
