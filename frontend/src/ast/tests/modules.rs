//! Files of modules.

use super::parse_files;
use crate::ast::ParseOptions;

#[test]
fn modules_are_found_where_rustc_finds_them() {
    let files = [
        ("src/main.rs", "mod a; mod b { mod c; } #[path = \"other/d.rs\"] mod d;"),
        ("src/a.rs", "mod inner; fn a() { include_str!(\"t.txt\"); }"),
        ("src/a/inner.rs", "fn inner() {}"),
        ("src/b/c/mod.rs", "mod e;"),
        ("src/b/c/e.rs", "fn e() {}"),
        ("src/other/d.rs", "fn d() { module_path!(); file!(); }"),
        ("src/t.txt", "text"),
    ];
    let (text, messages) = parse_files(&files, ParseOptions::default());
    assert_eq!(messages, Vec::<String>::new());
    for part in ["fn inner() {}", "fn e() {}", "\"text\"", "\"main::d\"", "\"src/other/d.rs\""] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn missing_and_doubled_modules_are_errors() {
    let files = [("main.rs", "mod gone; mod two;"), ("two.rs", ""), ("two/mod.rs", "")];
    let (_, messages) = parse_files(&files, ParseOptions::default());
    let expected = [
        "1:5: [E0583] file not found for module `gone`",
        "1:15: [E0584] file for module `two` found at both \"two.rs\" and \"two/mod.rs\"",
    ];
    assert_eq!(messages, expected);
    let (_, messages) = parse_files(&[("main.rs", "#[path = \"main.rs\"] mod m;")], ParseOptions::default());
    assert_eq!(messages, ["1:25: circular modules: main.rs -> main.rs"]);
}

#[test]
fn errors_are_placed_in_the_right_file() {
    let files =
        [("main.rs", "// é\nmod a; fn f() { é!(); }"), ("a.rs", "\u{FEFF}/* ü */ fn g() { unsafe {} }")];
    let (_, messages) = parse_files(&files, ParseOptions::default());
    assert_eq!(
        messages,
        ["2:17: cannot find macro `é` in this scope", "a.rs:1:19: [C0001] `unsafe` code is not supported"]
    );
}
