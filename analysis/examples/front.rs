use cloudc_frontend::{ast, diag::*, hir::*, image, lower, mono, resolve, source::*, ty::tcx::Tcx, typeck};
use std::time::Instant;
struct Dir(String);
impl SourceTree for Dir {
    fn read(&self, p: &str) -> Result<Option<String>, String> {
        Ok(std::fs::read_to_string(format!("{}/{}", self.0, p)).ok())
    }
}
fn show(sources: &SourceMap, diag: &DiagSink, max: usize) -> usize {
    let v = diag.take();
    let n = v.iter().filter(|d| d.severity == Severity::Error).count();
    for d in v.iter().take(max) {
        println!(
            "{:?}[{}] {}: {} | {} {:?} {:?}",
            d.severity,
            d.code,
            sources.show(d.span),
            d.message,
            d.label,
            d.labels.iter().map(|l| (sources.show(l.0), &l.1)).collect::<Vec<_>>(),
            d.notes
        );
    }
    n
}
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let file = &a[1];
    let mode = a.get(2).map(|s| s.as_str()).unwrap_or("run");
    let h = std::thread::Builder::new()
        .stack_size(1 << 30)
        .spawn({
            let file = file.clone();
            let mode = mode.to_string();
            move || go(&file, &mode)
        })
        .unwrap();
    h.join().unwrap();
}
fn go(file: &str, mode: &str) {
    let t = Instant::now();
    let diag = DiagSink::default();
    let mut sources = SourceMap::default();
    if mode == "image" {
        // Writes the image of std that `STD_IMAGE=file` makes later runs start from.
        let bytes = image::build(&Dir("runtime-stubs/std".into()), "lib.rs", &diag);
        show(&sources, &diag, 30);
        std::fs::write(file, bytes.unwrap_or_default()).unwrap();
        eprintln!("image {:?}", t.elapsed());
        return;
    }
    let image = std::env::var("STD_IMAGE").ok();
    let image = image.map(|path| image::Image::load(std::fs::read(path).unwrap().leak()));
    let t = Instant::now();
    let mut crates = Vec::new();
    match &image {
        Some(image) => image.add_sources(&mut sources),
        None => crates.push(ast::parse_crate(
            &mut sources,
            &Dir("runtime-stubs/std".into()),
            "lib.rs",
            "std",
            ast::ParseOptions { cfg_test: false, is_std: true },
            &diag,
        )),
    }
    eprintln!("std {:?}", t.elapsed());
    if show(&sources, &diag, 30) > 0 {
        return;
    }
    let p = std::path::Path::new(file);
    let u = ast::parse_crate(
        &mut sources,
        &Dir(p.parent().unwrap().to_str().unwrap().into()),
        p.file_name().unwrap().to_str().unwrap(),
        "main",
        ast::ParseOptions::default(),
        &diag,
    );
    let t2 = Instant::now();
    crates.push(u);
    let hir = match &image {
        Some(image) => resolve::resolve_with_std(image, crates, &diag),
        None => resolve::resolve(crates, &diag),
    };
    eprintln!("resolve {:?}", t2.elapsed());
    if show(&sources, &diag, 30) > 0 {
        return;
    }
    let tcx = Tcx::new(&hir, &diag);
    let t3 = Instant::now();
    if mode == "std" {
        typeck::check_crate(&tcx, CrateId(0));
        eprintln!("check std {:?}", t3.elapsed());
        println!("errors {}", show(&sources, &diag, 400));
        let mut n = 0;
        for d in hir.def_ids().collect::<Vec<_>>() {
            if hir.def(d).krate == CrateId(0) && tcx.body_of(d).is_some() {
                let _ = lower::built_bodies(&tcx, d);
                n += 1;
            }
        }
        println!("lowered {n} errors {}", show(&sources, &diag, 400));
        return;
    }
    typeck::check_crate(&tcx, CrateId(1));
    eprintln!("check user {:?}", t3.elapsed());
    for d in hir.defs_of(CrateId(1)).map(|d| d.id).collect::<Vec<_>>() {
        if tcx.body_of(d).is_some() {
            let _ = lower::built_bodies(&tcx, d);
        }
    }
    if show(&sources, &diag, 30) > 0 {
        return;
    }
    eprintln!("lower user {:?}", t3.elapsed());
    let main = hir.defs_of(CrateId(1)).map(|d| d.id).find(|d| d.path.as_str() == "main::main").expect("main");
    let t4 = Instant::now();
    let program = match mono::collect(&tcx, &[(main, cloudc_frontend::ty::Args::new(&[]))]) {
        Ok(p) => p,
        Err(_) => {
            show(&sources, &diag, 30);
            return;
        }
    };
    eprintln!("mono {:?} functions {}", t4.elapsed(), program.functions.len());
    show(&sources, &diag, 30);
    if mode == "mir" {
        println!("{}", cloudc_frontend::mir::print_program(&program));
        return;
    }
    let v = cloudc_frontend::mir::validate::validate_program(&program);
    for x in v.iter().take(10) {
        println!("violation {x:?}");
    }
    let t5 = Instant::now();
    let r = cloudc_analysis::interp::run_main(&program, program.roots[0], Default::default());
    eprintln!("interp {:?}", t5.elapsed());
    println!("{:?}", r.outcome);
    print!("{}", r.text());
}
