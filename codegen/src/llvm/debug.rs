//! What a debugger wants to know about a task's functions: lines, and parameters where they are still known.
//!
//! LLVM keeps it beside the code, which stays the same. Frames go to `.debug_frame`, which is not loaded.

use std::collections::HashMap;
use std::fmt::Write;

use cloudc_analysis::layout::{Abi, Prim};
use cloudc_frontend::mir::{Body, Local};
use cloudc_frontend::source::Span;
use cloudc_frontend::ty::{Ty, TyKind};

use super::TaskCx;
use super::function::FnCx;
use super::ir::{Bytes, Value};
use crate::lower::Origins;
use crate::{Positions, SourcePosition};

/// What is needed while a module is described.
pub(super) struct Debug<'a> {
    positions: Positions<'a>,
    known: HashMap<Span, Option<SourcePosition>>,
    /// The compilation unit's node.
    unit: u32,
    /// The entry's node.
    entry: u32,
}

impl<'a> Debug<'a> {
    /// Asks `positions` where a span is.
    pub fn new(positions: Positions<'a>) -> Self {
        Self { positions, known: HashMap::new(), unit: 0, entry: 0 }
    }

    fn position(&mut self, span: Span) -> Option<SourcePosition> {
        let positions = self.positions;
        self.known.entry(span).or_insert_with(|| positions(span)).clone()
    }
}

impl TaskCx<'_> {
    /// Describes the task and its entry, if anybody asks.
    pub(super) fn start_debug(&mut self) {
        if self.debug.is_none() {
            return;
        }
        let file = self.file("task");
        let unit = self.metadata(format!(
            "distinct !DICompileUnit(language: DW_LANG_Rust, file: !{file}, producer: \"cloudc\", \
             isOptimized: true, runtimeVersion: 0, emissionKind: FullDebug)"
        ));
        let entry = self.function_node("entry", "entry", file, 0, unit);
        if let Some(debug) = &mut self.debug {
            (debug.unit, debug.entry) = (unit, entry);
        }
    }

    /// Says that the module has debugging information.
    pub(super) fn finish_debug(&mut self) {
        let Some(debug) = &self.debug else { return };
        let unit = debug.unit;
        let flags = ["!{i32 7, !\"Dwarf Version\", i32 5}", "!{i32 2, !\"Debug Info Version\", i32 3}"];
        let [dwarf, version] = flags.map(|flag| self.metadata(flag.to_string()));
        // Writing to a string cannot fail.
        let _ = writeln!(
            self.text,
            "!llvm.dbg.cu = !{{!{unit}}}\n!llvm.module.flags = !{{!{dwarf}, !{version}}}"
        );
    }

    /// The description of the entry.
    pub(super) fn entry_scope(&self) -> Option<u32> {
        self.debug.as_ref().map(|debug| debug.entry)
    }

    /// The position of the entry's code, which stands nowhere.
    pub(super) fn entry_location(&mut self) -> Option<u32> {
        let scope = self.entry_scope()?;
        Some(self.metadata(format!("!DILocation(line: 0, scope: !{scope})")))
    }

    /// The description of a function.
    pub(super) fn subprogram(&mut self, name: &str, body: &Body) -> Option<u32> {
        let debug = self.debug.as_mut()?;
        let unit = debug.unit;
        let (file, line) = match debug.position(body.span) {
            Some(at) => (self.file(&at.file), at.line),
            None => (self.file("task"), 0),
        };
        // Instances of a generic function have one name and one place; a number tells them apart.
        let number = self.text.len().to_string();
        Some(self.function_node(name, &number, file, line, unit))
    }

    fn function_node(&mut self, name: &str, unique: &str, file: u32, line: u32, unit: u32) -> u32 {
        let name = Bytes(name.as_bytes());
        let ty = self.metadata("!DISubroutineType(types: !{null})".to_string());
        self.metadata(format!(
            "distinct !DISubprogram(name: \"{name}\", linkageName: \"{unique}\", scope: !{file}, \
             file: !{file}, line: {line}, type: !{ty}, spFlags: DISPFlagDefinition | DISPFlagOptimized, \
             unit: !{unit})"
        ))
    }

    fn file(&mut self, name: &str) -> u32 {
        let name = Bytes(name.as_bytes());
        // Files are named as the manifest names them, relative to the program's folder.
        self.metadata(format!("!DIFile(filename: \"{name}\", directory: \".\")"))
    }

    fn location(&mut self, span: Span, scope: u32) -> u32 {
        let position = self.debug.as_mut().and_then(|debug| debug.position(span));
        let node = match position {
            Some(at) => {
                let file = self.file(&at.file);
                // What was inlined stands in another file than the function.
                let block = format!("!DILexicalBlockFile(scope: !{scope}, file: !{file}, discriminator: 0)");
                let scope = self.metadata(block);
                format!("!DILocation(line: {}, column: {}, scope: !{scope})", at.line, at.column)
            }
            None => format!("!DILocation(line: 0, scope: !{scope})"),
        };
        self.metadata(node)
    }

    /// The type of a parameter: a number of the right size and sign, or two of them.
    fn type_node(&mut self, ty: Ty) -> u32 {
        let name = ty.to_string();
        let is_pointer = ty.builtin_deref().is_some();
        if let Abi::Pair(first, second, at) = self.abi(ty) {
            let names = if is_pointer { ["data_ptr", "length"] } else { ["0", "1"] };
            let encodings = [if is_pointer { "address" } else { "unsigned" }, "unsigned"];
            let mut members = Vec::new();
            for (index, (prim, offset)) in [(first, 0), (second, at)].into_iter().enumerate() {
                let base = self.base_type(&format!("{} of {name}", names[index]), encodings[index], prim);
                let (bits, offset) = (prim.size() * 8, offset * 8);
                let member = self.metadata(format!(
                    "!DIDerivedType(tag: DW_TAG_member, name: \"{}\", baseType: !{base}, size: {bits}, \
                     offset: {offset})",
                    names[index]
                ));
                members.push(format!("!{member}"));
            }
            let name = Bytes(name.as_bytes());
            let members = self.metadata(format!("!{{{}}}", members.join(", ")));
            let bits = (at + second.size()) * 8;
            return self.metadata(format!(
                "!DICompositeType(tag: DW_TAG_structure_type, name: \"{name}\", size: {bits}, \
                 elements: !{members})"
            ));
        }
        let encoding = match ty.kind() {
            TyKind::Bool => "boolean",
            TyKind::Char => "UTF",
            TyKind::Float(_) => "float",
            _ if is_pointer => "address",
            _ if ty.is_signed() => "signed",
            _ => "unsigned",
        };
        let prim = match self.abi(ty) {
            Abi::Scalar(prim) => prim,
            _ => Prim::I64,
        };
        self.base_type(&name, encoding, prim)
    }

    fn base_type(&mut self, name: &str, encoding: &str, prim: Prim) -> u32 {
        let (name, bits) = (Bytes(name.as_bytes()), prim.size() * 8);
        self.metadata(format!("!DIBasicType(name: \"{name}\", size: {bits}, encoding: DW_ATE_{encoding})"))
    }
}

impl Origins for FnCx<'_, '_> {
    fn set_location(&mut self, span: Span) {
        if let Some(scope) = self.scope {
            self.w.location = Some(self.cx.location(span, scope));
        }
    }

    fn describe_parameter(&mut self, local: Local, values: &[Value]) {
        let decl = &self.body.locals[local];
        let (Some(scope), Some(name)) = (self.scope, decl.name) else { return };
        let ty = self.cx.type_node(decl.ty);
        let location = self.cx.location(self.body.span, scope);
        let name = Bytes(name.as_str().as_bytes()).to_string();
        let variable = self.cx.metadata(format!(
            "!DILocalVariable(name: \"{name}\", arg: {}, scope: !{scope}, type: !{ty})",
            local.0
        ));
        let mut at = 0;
        for value in values {
            let bits = value.prim.size() * 8;
            let piece = match values.len() {
                1 => String::new(),
                _ => format!("DW_OP_LLVM_fragment, {at}, {bits}"),
            };
            at += bits;
            self.w.note(format_args!(
                "#dbg_value({value:#}, !{variable}, !DIExpression({piece}), !{location})"
            ));
        }
    }
}
