//! Every program compiles, timing them is for the command.

use cloudc::embed::{self, Backend, Tasks};
use cloudc_benches::program::{PROGRAMS, source};
use cloudc_frontend::source::InMemoryTree;

#[test]
fn programs_compile() {
    let compile_all = || {
        for name in PROGRAMS {
            let text = std::fs::read_to_string(source(name)).expect("a program is there");
            let tree = InMemoryTree(vec![("main.rs".to_string(), text)]);
            let compiled = embed::compile(&tree, "main.rs", name, Tasks::Never);
            let compiled = compiled.unwrap_or_else(|report| panic!("{name}: {}", report.render()));
            compiled.build(Backend::Clif).unwrap_or_else(|why| panic!("{name}: {why}"));
        }
    };
    let thread = std::thread::Builder::new().stack_size(embed::STACK).spawn(compile_all);
    thread.expect("a thread").join().expect("no program is refused");
}

#[test]
fn no_program_is_left_out() {
    let folder = source("x").parent().expect("a folder").to_path_buf();
    let files = std::fs::read_dir(folder).expect("the folder of programs");
    let mut names: Vec<String> =
        files.flatten().filter_map(|f| Some(f.path().file_stem()?.to_str()?.to_string())).collect();
    names.sort();
    assert_eq!(names, PROGRAMS);
}
