//! What a debugger wants to know about a task's functions, noted while they are made.
//!
//! In: compiled functions. Out: [`Debug`], from which [`dwarf`] writes sections. Nothing here changes the code: lines,
//! parameters and frames are read from what Cranelift reports, and the image is the same with and without.

pub(super) mod dwarf;

use cloudc_analysis::layout::Abi;
use cloudc_frontend::index::Idx;
use cloudc_frontend::mir::{Body, Local};
use cloudc_frontend::source::Span;
use cloudc_frontend::ty::Ty;
use cranelift_codegen::ir::{SourceLoc, Value, ValueLabel};
use cranelift_codegen::isa::TargetIsa;
use cranelift_codegen::isa::unwind::{UnwindInfo, systemv};
use cranelift_codegen::{CompiledCode, LabelValueLoc};
use indexmap::IndexSet;

use super::function::FnCx;
use crate::lower::Origins;

/// One function.
#[derive(Debug)]
pub(super) struct Function {
    pub name: String,
    pub size: u32,
    /// Offsets where the code of another source position begins.
    pub rows: Vec<(u32, Option<Span>)>,
    pub span: Option<Span>,
    pub parameters: Vec<Parameter>,
    pub frame: Option<systemv::UnwindInfo>,
}

/// One parameter, in one or two machine values.
#[derive(Debug)]
pub(super) struct Parameter {
    pub name: String,
    pub ty: Ty,
    pub abi: Abi,
    /// For each value where it is while the code is in a range.
    pub places: Vec<Vec<(u32, u32, Place)>>,
}

/// Where a machine value is: a register's number in DWARF, or an offset from the frame's address.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    Register(u16),
    Frame(i64),
}

/// The label of one of the values of a parameter.
fn label(local: Local, part: usize) -> ValueLabel {
    ValueLabel::from_u32(local.index() as u32 * 2 + part as u32)
}

impl Origins for FnCx<'_, '_, '_> {
    fn set_location(&mut self, span: Span) {
        let location = match &mut self.cx.spans {
            Some(spans) => SourceLoc::new(spans.insert_full(span).0 as u32),
            None => SourceLoc::default(),
        };
        self.b.set_srcloc(location);
    }

    fn describe_parameter(&mut self, local: Local, values: &[Value]) {
        if self.cx.spans.is_some() {
            for (part, &value) in values.iter().enumerate() {
                self.b.set_val_label(value, label(local, part));
            }
        }
    }
}

/// What is to be said of a function that was just compiled; `body` if it is one of the program's.
pub(super) fn function(
    name: &str,
    body: Option<&Body>,
    spans: &IndexSet<Span>,
    parameter_abi: impl Fn(Ty) -> Abi,
    compiled: &CompiledCode,
    isa: &dyn TargetIsa,
) -> Function {
    let rows = compiled.buffer.get_srclocs_sorted().iter().map(|row| {
        let span = (!row.loc.is_default()).then(|| spans.get_index(row.loc.bits() as usize)).flatten();
        (row.start, span.copied())
    });
    let rows = rows.collect();
    let place = |local: Local, part: usize| {
        let ranges = compiled.value_labels_ranges.get(&label(local, part)).map_or(&[][..], Vec::as_slice);
        ranges
            .iter()
            .filter_map(|range| {
                let place = match range.loc {
                    LabelValueLoc::Reg(register) => {
                        Place::Register(isa.map_regalloc_reg_to_dwarf(register).ok()?)
                    }
                    LabelValueLoc::CFAOffset(offset) => Place::Frame(offset),
                };
                Some((range.start, range.end, place))
            })
            .collect::<Vec<_>>()
    };
    let parameters = body.map_or(Vec::new(), |body| {
        let locals = body.locals.iter_enumerated().skip(1).take(body.arg_count);
        locals
            .filter_map(|(local, decl)| {
                let abi = parameter_abi(decl.ty);
                let parts = match abi {
                    Abi::Scalar(_) => 1,
                    Abi::Pair(..) => 2,
                    Abi::Zst | Abi::Memory => return None,
                };
                let places = (0..parts).map(|part| place(local, part)).collect();
                Some(Parameter { name: decl.name?.to_string(), ty: decl.ty, abi, places })
            })
            .collect()
    });
    let frame = match compiled.create_unwind_info(isa) {
        Ok(Some(UnwindInfo::SystemV(frame))) => Some(frame),
        _ => None,
    };
    let size = compiled.code_info().total_size;
    let span = body.map(|body| body.span);
    Function { name: name.to_string(), size, rows, span, parameters, frame }
}
