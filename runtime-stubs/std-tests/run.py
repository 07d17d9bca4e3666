#!/usr/bin/env python3
"""Compiles our std with rustc and compares programs on it with the same programs on Rust's own std.

    run.py [PROGRAM.rs ...]        all of programs/, splits.rs and panics.txt if none is named

Our std uses only what both compilers know, except for three files that shim/ replaces. It is type checked, borrow
checked and run here, long before our own compiler can do the same. Works with rustc 1.95, whose lang items and
format templates shim/ follows; a later rustc may want small changes there.
"""
import os, re, shutil, subprocess, sys, tempfile
from concurrent.futures import ThreadPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))
STD = os.path.join(HERE, "..", "std")
SHIM = os.path.join(HERE, "shim")
TMP = tempfile.mkdtemp(prefix="std-tests-")
LIB = os.path.join(TMP, "libourstd.rlib")
ENV = dict(os.environ, RUSTC_BOOTSTRAP="1", RUST_BACKTRACE="0")

# Lang items of ours that rustc does not have, or wants with another signature.
OURS = set("""
Arc Binary ControlFlow Debug Display From FromIterator FromResidual IntoIterator LowerExp LowerHex Octal
RangeInclusiveStruct Rc Residual Result String Try UpperExp UpperHex Vec box_free box_new exchange_malloc
f32_to_i128 f32_to_u128 f64_to_i128 f64_to_u128 fmod fmodf i128_to_f32 i128_to_f64 io_eprint io_print iterator
panic panic_bounds_check panic_const panic_display panic_fmt rt_bind rt_finish rt_freeze rt_get rt_input
rt_input_raw rt_output rt_output_raw rt_put rt_spawn rt_start rt_thaw sdiv128 send srem128 start termination
u128_to_f32 u128_to_f64 udiv128 urem128 vec_from_array vec_from_elem
""".split())

FLAGS = ["--edition", "2024", "-A", "warnings", "-C", "panic=abort", "-C", "overflow-checks=on", "-C", "opt-level=1",
         "-C", "debug-assertions=off"]
LINK = ["--extern", "ourstd=" + LIB] + [x for l in ("gcc", "c", "m") for x in ("-C", "link-arg=-l" + l)]
HEADER = """#![feature(no_core, never_type, decl_macro, coverage_attribute)]
#![no_core]
#![no_main]
#[macro_use] extern crate ourstd as std;
extern crate ourstd as core;
use std::prelude::v1::*;
"""
FOOTER = """
#[unsafe(export_name = "main")]
pub extern "C" fn __entry(_argc: i32, _argv: *const u8) -> i32 {
    unsafe { std::__macros::run(|| { let _ = main(); }) }
    0
}
#[link(name = "c")] unsafe extern "C" {}
#[link(name = "m")] unsafe extern "C" {}
"""


def edit(root, path, *pairs):
    path = os.path.join(root, path)
    text = open(path).read()
    for old, new in pairs:
        assert old in text, (path, old)
        text = text.replace(old, new, 1)
    open(path, "w").write(text)


def prepare():
    """Our std as a crate rustc accepts; gives its folder."""
    root = os.path.join(TMP, "std")
    shutil.copytree(STD, root)
    for folder, _, files in os.walk(root):
        for name in files:
            path = os.path.join(folder, name)
            text = open(path).read()
            text = re.sub(r'#\[lang = "(\w+)"\]', lambda m: "" if m.group(1) in OURS else m.group(0), text)
            text = re.sub(r'#\[skeleton = "\w+"\]', "", text)
            text = re.sub(r"\bconst (unsafe )?fn\b", r"\1fn", text)
            open(path, "w").write(text)
    shutil.copytree(SHIM, root, dirs_exist_ok=True)
    edit(root, "lib.rs", ("pub mod intrinsics", open(os.path.join(SHIM, "head.txt")).read() + "pub mod intrinsics"))
    edit(root, "prelude.rs", ("pub mod v1 {", "pub mod v1 {\n    pub use crate::__macros::{Clone, Copy, Debug, Default, "
                              "Eq, Hash, Ord, PartialEq, PartialOrd, derive};"))
    edit(root, "boxed.rs", ("pub struct Box<T: ?Sized>(*mut T);",
                            "#[fundamental]\npub struct Box<T: ?Sized>(crate::__macros::Unique<T>);"))
    edit(root, "cmp.rs", ("pub trait Eq: PartialEq<Self> {}",
                          "pub trait Eq: PartialEq<Self> { fn assert_fields_are_eq(&self) {} }\n"
                          "pub struct AssertParamIsEq<T: Eq + ?Sized> { f: crate::marker::PhantomData<T> }"))
    with open(os.path.join(root, "clone.rs"), "a") as f:
        f.write("pub struct AssertParamIsClone<T: Clone + ?Sized> { f: crate::marker::PhantomData<T> }\n"
                "pub struct AssertParamIsCopy<T: crate::marker::Copy + ?Sized> { f: crate::marker::PhantomData<T> }\n"
                "pub unsafe trait TrivialClone: Clone {}\n")
    edit(root, "mem.rs", ("intrinsics::discriminant_value(v)", "crate::__macros::disc(v)"))
    edit(root, "fmt/mod.rs", ("/// Finished text; what", '#[lang = "format_arguments"]\n/// Finished text; what'),
         ('        #[lang = $lang]\n        pub trait', '        pub trait'))
    return root


def rustc(*args):
    return subprocess.run(["rustc", *FLAGS, *args], env=ENV, capture_output=True, text=True)


def build_std():
    r = rustc("--crate-type", "rlib", "--crate-name", "ourstd", os.path.join(prepare(), "lib.rs"), "-o", LIB)
    if r.returncode:
        sys.exit(r.stderr)


def run(path):
    r = subprocess.run([path], env=ENV, capture_output=True, text=True, errors="replace")
    text = r.stderr.split(":\n", 1)[-1].split("\nnote:")[0].replace("panic: ", "", 1).strip()
    return r.stdout, r.returncode != 0, text if r.returncode else ""


def compare(name, source):
    """One line saying `ok`, or what differs."""
    base = os.path.join(TMP, re.sub(r"\W", "_", name))
    open(base + "_ours.rs", "w").write(HEADER + source + FOOTER)
    open(base + "_real.rs", "w").write(source)
    for which, extra in (("ours", LINK), ("real", [])):
        r = rustc(*extra, f"{base}_{which}.rs", "-o", f"{base}_{which}")
        if r.returncode:
            return f"{name}: does not compile ({which})\n{r.stderr[:2000]}"
    ours, real = run(base + "_ours"), run(base + "_real")
    if ours == real:
        return f"{name}: ok"
    for a, b in zip(ours[0].split("\n"), real[0].split("\n")):
        if a != b:
            return f"{name}: differs\n  ours: {a[:400]}\n  real: {b[:400]}"
    return f"{name}: differs\n  ours: {ours[1:]}\n  real: {real[1:]}"


def splits():
    """`Splittable` exists only in ours, so this program checks itself."""
    r = rustc(*LINK, os.path.join(HERE, "splits.rs"), "-o", os.path.join(TMP, "splits"))
    if r.returncode:
        return "splits.rs: does not compile\n" + r.stderr[:2000]
    return "splits.rs: " + ("ok" if not run(os.path.join(TMP, "splits"))[1] else "fails")


def main():
    try:
        build_std()
        jobs = [(p, open(p).read()) for p in sys.argv[1:]]
        results = []
        if not jobs:
            folder = os.path.join(HERE, "programs")
            jobs = [(p, open(os.path.join(folder, p)).read()) for p in sorted(os.listdir(folder))]
            for k, line in enumerate(open(os.path.join(HERE, "panics.txt"))):
                jobs.append((f"panics.txt:{k + 1}", 'fn main() { println!("x"); ' + line.strip() + " }\n"))
            results.append(splits())
        with ThreadPoolExecutor(2) as pool:
            results += pool.map(lambda job: compare(*job), jobs)
        bad = [r for r in results if not r.endswith(": ok")]
        print("\n".join(bad + [f"{len(results) - len(bad)} of {len(results)} agree"]))
        sys.exit(1 if bad else 0)
    finally:
        shutil.rmtree(TMP)


main()
