//! Inputs of the size real ones have, the same in every run: programs that answer with their exit code.

use object::elf;

use crate::objects::*;

/// `_start` calls `first`, and exits with what it returned.
const START: [u8; 14] = [0xe8, 0, 0, 0, 0, 0x89, 0xc7, 0xb8, 60, 0, 0, 0, 0x0f, 0x05];

/// Calls so many functions, adds one to what the last returned, as a byte; padded to a size with `nop`.
fn body(calls: usize, size: usize) -> Vec<u8> {
    let mut code = [0xe8, 0, 0, 0, 0].repeat(calls);
    code.extend([0x83, 0xc0, 0x01, 0x0f, 0xb6, 0xc0, 0xc3]);
    code.resize(size.max(code.len()), 0x90);
    code
}

/// What the functions of an object look like.
pub struct Shape {
    pub functions: usize,
    /// Every second function is never called.
    pub half_dead: bool,
    pub code: usize,
    pub strings: usize,
    pub debug: bool,
}

/// Object `index` of a chain: its first function calls its others, then the next object's first.
pub fn chained(shape: &Shape, index: usize, is_last: bool) -> Vec<u8> {
    let mut builder = Builder::new(cloudc_linker::Machine::X86_64);
    if index == 0 {
        let start = builder.text(".text._start", &START);
        builder.global("_start", start, 0, START.len() as u64);
        let first = builder.undefined("chain_0");
        builder.reloc(start, 1, 4, first, -4);
    }
    let strings: Vec<u8> = (0..shape.strings / 24)
        .flat_map(|nth| {
            format!("string {:08} of it {:03}\0", (index % 7) * 1000 + nth, nth % 100).into_bytes()
        })
        .collect();
    let pool = builder.section(".rodata.str1.1", PROGBITS, AMS, &strings, 1);
    builder.entry_size(".rodata.str1.1", 1);
    let pool = builder.section_symbol(pool);
    let step = if shape.half_dead { 2 } else { 1 };
    let called: Vec<usize> = (1..shape.functions).step_by(step).collect();
    let texts: Vec<_> = (0..shape.functions)
        .map(|nth| {
            let calls = if nth == 0 { called.len() + 1 } else { 0 };
            builder.text(&format!(".text.f{nth}"), &body(calls, shape.code))
        })
        .collect();
    let symbols: Vec<_> = texts
        .iter()
        .enumerate()
        .map(|(nth, &text)| match nth {
            0 => builder.global(&format!("chain_{index}"), text, 0, shape.code as u64),
            _ => builder.local(&format!("f{nth}"), text, 0, shape.code as u64),
        })
        .collect();
    let next =
        builder.undefined(&if is_last { "end_of_chain".into() } else { format!("chain_{}", index + 1) });
    let callees = called.iter().map(|&nth| symbols[nth]).chain([next]);
    for (nth, callee) in callees.enumerate() {
        builder.reloc(texts[0], 5 * nth as u64 + 1, 4, callee, -4);
    }
    // Behind its return each function refers to strings.
    for (nth, &text) in texts.iter().enumerate().skip(1) {
        for place in (16..shape.code as u64 - 8).step_by(8).take(8) {
            let string = 24 * (nth * 3 + place as usize) % strings.len().max(24);
            builder.reloc(text, place, 2, pool, string as i64);
        }
    }
    if shape.debug {
        let info = builder.section(".debug_info", PROGBITS, 0, &vec![7; 16 * shape.functions], 1);
        let names =
            builder.section(".debug_str", PROGBITS, elf::SHF_MERGE.0 | elf::SHF_STRINGS.0, &strings, 1);
        let names = builder.section_symbol(names);
        for (nth, &symbol) in symbols.iter().enumerate() {
            builder.reloc(info, 16 * nth as u64, 1, symbol, 0);
            builder.reloc(info, 16 * nth as u64 + 8, 10, names, 24 * nth as i64);
        }
    }
    builder.bytes()
}

/// A library of members with one function each; one of them ends the chain.
pub fn library(members: usize) -> Vec<u8> {
    let member = |name: String, code: &[u8]| {
        let mut builder = Builder::new(cloudc_linker::Machine::X86_64);
        let text = builder.text(&format!(".text.{name}"), code);
        builder.global(&name, text, 0, code.len() as u64);
        builder.bytes()
    };
    let mut all = vec![("end.o".to_string(), "end_of_chain".to_string(), vec![0x31, 0xc0, 0xc3])];
    all.extend((1..members).map(|nth| (format!("m{nth}.o"), format!("library_{nth}"), body(0, 400))));
    let objects: Vec<(String, Vec<u8>)> =
        all.iter().map(|(file, name, code)| (file.clone(), member(name.clone(), code))).collect();
    let files: Vec<(&str, &[u8])> =
        objects.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let symbols: Vec<(&str, usize)> =
        all.iter().enumerate().map(|(at, (_, name, _))| (name.as_str(), at)).collect();
    archive(&files, Some(&symbols))
}
