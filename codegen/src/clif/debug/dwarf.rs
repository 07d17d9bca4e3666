//! What was noted, as DWARF 5: lines, functions with their parameters, and frames.
//!
//! Frames go to `.debug_frame`, which is not loaded: images do not unwind themselves.

use std::collections::HashMap;

use cloudc_analysis::layout::{Abi, Prim};
use cloudc_frontend::ty::{Ty, TyKind};
use cranelift_codegen::isa::TargetIsa;
use cranelift_object::ObjectProduct;
use cranelift_object::object::write::{Relocation, SectionId, SymbolId};
use cranelift_object::object::{RelocationEncoding, RelocationFlags, RelocationKind, SectionKind};
use gimli::write::{
    Address, AttributeValue, DebugFrame, DwarfUnit, EndianVec, Expression, FileId, FrameTable, LineProgram,
    LineString, Location, LocationList, Range, RangeList, RelocateWriter, RelocationTarget, Sections,
    UnitEntryId,
};
use gimli::{Encoding, Format, LineEncoding, LittleEndian, Register};

use super::{Function, Parameter, Place};
use crate::Positions;

/// The functions of a task, with the names that the object knows them by.
type Functions<'a> = &'a [(cranelift_module::FuncId, &'a Function)];

/// A section being written.
#[derive(Clone)]
struct Writer {
    bytes: EndianVec<LittleEndian>,
    relocations: Vec<gimli::write::Relocation>,
}

impl RelocateWriter for Writer {
    type Writer = EndianVec<LittleEndian>;

    fn writer(&self) -> &Self::Writer {
        &self.bytes
    }

    fn writer_mut(&mut self) -> &mut Self::Writer {
        &mut self.bytes
    }

    fn relocate(&mut self, relocation: gimli::write::Relocation) {
        self.relocations.push(relocation);
    }
}

/// Adds all sections to an object.
pub(crate) fn add(
    functions: Functions<'_>,
    positions: Positions<'_>,
    isa: &dyn TargetIsa,
    product: &mut ObjectProduct,
) -> Result<(), String> {
    let wrong = |e: gimli::write::Error| format!("debugging information: {e}");
    let empty = Writer { bytes: EndianVec::new(LittleEndian), relocations: Vec::new() };
    let mut sections = Sections::new(empty.clone());
    unit(functions, positions).write(&mut sections).map_err(wrong)?;
    let mut frames = DebugFrame(empty);
    if let Some(cie) = isa.create_systemv_cie() {
        let mut table = FrameTable::default();
        let cie = table.add_cie(cie);
        for (index, (_, function)) in functions.iter().enumerate() {
            if let Some(frame) = &function.frame {
                table.add_fde(cie, frame.to_fde(start(index)));
            }
        }
        table.write_debug_frame(&mut frames).map_err(wrong)?;
    }
    sections.debug_frame = frames;
    let symbols: Vec<SymbolId> = functions.iter().map(|(id, _)| product.function_symbol(*id)).collect();
    let mut added: Vec<(gimli::SectionId, SectionId, Vec<gimli::write::Relocation>)> = Vec::new();
    sections.for_each(|id, writer| {
        if !writer.bytes.slice().is_empty() {
            let section = product.object.add_section(Vec::new(), id.name().into(), SectionKind::Debug);
            product.object.append_section_data(section, writer.bytes.slice(), 1);
            added.push((id, section, writer.relocations.clone()));
        }
        Ok::<(), String>(())
    })?;
    let by_id: HashMap<gimli::SectionId, SectionId> =
        added.iter().map(|(id, section, _)| (*id, *section)).collect();
    for (_, section, relocations) in added {
        for relocation in relocations {
            let symbol = match relocation.target {
                RelocationTarget::Symbol(index) => symbols[index],
                RelocationTarget::Section(id) => match by_id.get(&id) {
                    Some(section) => product.object.section_symbol(*section),
                    None => continue, // Nothing refers into an empty section.
                },
            };
            let flags = RelocationFlags::Generic {
                kind: RelocationKind::Absolute,
                encoding: RelocationEncoding::Generic,
                size: relocation.size * 8,
            };
            let (offset, addend) = (relocation.offset as u64, relocation.addend);
            let relocation = Relocation { offset, symbol, addend, flags };
            product.object.add_relocation(section, relocation).map_err(|e| e.to_string())?;
        }
    }
    Ok(())
}

/// The address of a function.
fn start(function: usize) -> Address {
    Address::Symbol { symbol: function, addend: 0 }
}

fn unit(functions: Functions<'_>, positions: Positions<'_>) -> DwarfUnit {
    let encoding = Encoding { format: Format::Dwarf32, version: 5, address_size: 8 };
    let mut dwarf = DwarfUnit::new(encoding);
    let text = |text: &str| LineString::String(text.as_bytes().to_vec());
    // Files are named as the manifest names them, relative to the program's folder.
    let mut lines = LineProgram::new(encoding, LineEncoding::default(), text("."), None, text("task"), None);
    let mut files: HashMap<String, FileId> = HashMap::new();
    let folder = lines.default_directory();
    let mut file = |lines: &mut LineProgram, name: &str| {
        *files.entry(name.to_string()).or_insert_with(|| lines.add_file(text(name), folder, None))
    };
    let mut declared = Vec::new();
    for (index, (_, function)) in functions.iter().enumerate() {
        let position = function.span.and_then(positions);
        declared.push(position.map(|at| (file(&mut lines, &at.file), at.line)));
        lines.begin_sequence(Some(start(index)));
        for (offset, span) in &function.rows {
            let position = span.and_then(positions);
            let row = lines.row();
            row.address_offset = u64::from(*offset);
            (row.line, row.column) =
                position.as_ref().map_or((0, 0), |at| (at.line.into(), at.column.into()));
            if let Some(at) = position {
                let id = file(&mut lines, &at.file);
                lines.row().file = id;
            }
            lines.generate_row();
        }
        lines.end_sequence(u64::from(function.size));
    }
    dwarf.unit.line_program = lines;
    let ranges = functions.iter().enumerate().map(|(index, (_, function))| Range::StartLength {
        begin: start(index),
        length: u64::from(function.size),
    });
    let ranges = dwarf.unit.ranges.add(RangeList(ranges.collect()));
    let root = dwarf.unit.root();
    let entry = dwarf.unit.get_mut(root);
    entry.set(gimli::DW_AT_producer, AttributeValue::String(b"cloudc".to_vec()));
    entry.set(gimli::DW_AT_language, AttributeValue::Language(gimli::DW_LANG_Rust));
    entry.set(gimli::DW_AT_ranges, AttributeValue::RangeListRef(ranges));
    entry.set(gimli::DW_AT_low_pc, AttributeValue::Address(Address::Constant(0)));
    let mut types = HashMap::new();
    for (index, (_, function)) in functions.iter().enumerate() {
        subprogram(&mut dwarf, &mut types, index, function, declared[index]);
    }
    dwarf
}

fn subprogram(
    dwarf: &mut DwarfUnit,
    types: &mut HashMap<Ty, UnitEntryId>,
    index: usize,
    function: &Function,
    declared: Option<(FileId, u32)>,
) {
    let root = dwarf.unit.root();
    let id = dwarf.unit.add(root, gimli::DW_TAG_subprogram);
    let mut frame = Expression::new();
    frame.op(gimli::DW_OP_call_frame_cfa);
    let entry = dwarf.unit.get_mut(id);
    entry.set(gimli::DW_AT_name, AttributeValue::String(function.name.clone().into_bytes()));
    entry.set(gimli::DW_AT_low_pc, AttributeValue::Address(start(index)));
    entry.set(gimli::DW_AT_high_pc, AttributeValue::Udata(u64::from(function.size)));
    entry.set(gimli::DW_AT_frame_base, AttributeValue::Exprloc(frame));
    if let Some((file, line)) = declared {
        entry.set(gimli::DW_AT_decl_file, AttributeValue::FileIndex(Some(file)));
        entry.set(gimli::DW_AT_decl_line, AttributeValue::Udata(line.into()));
    }
    for parameter in &function.parameters {
        let ty = type_entry(dwarf, types, parameter);
        let places = dwarf.unit.locations.add(places(index, parameter));
        let id = dwarf.unit.add(id, gimli::DW_TAG_formal_parameter);
        let entry = dwarf.unit.get_mut(id);
        entry.set(gimli::DW_AT_name, AttributeValue::String(parameter.name.clone().into_bytes()));
        entry.set(gimli::DW_AT_type, AttributeValue::UnitRef(ty));
        entry.set(gimli::DW_AT_location, AttributeValue::LocationListRef(places));
    }
}

/// Where a parameter is, for each range in which the places of all its values are known and stay.
fn places(function: usize, parameter: &Parameter) -> LocationList {
    let sizes: Vec<u64> = match parameter.abi {
        Abi::Pair(first, second, _) => vec![bits(first) / 8, bits(second) / 8],
        _ => vec![0],
    };
    let mut edges: Vec<u32> =
        parameter.places.iter().flatten().flat_map(|(from, to, _)| [*from, *to]).collect();
    edges.sort_unstable();
    edges.dedup();
    let mut list = Vec::new();
    for edge in edges.windows(2) {
        let (from, to) = (edge[0], edge[1]);
        let mut data = Expression::new();
        let mut is_known = false;
        for (ranges, size) in parameter.places.iter().zip(&sizes) {
            let found = ranges.iter().find(|(start, end, _)| *start <= from && to <= *end);
            match found {
                Some((.., Place::Register(register))) => data.op_reg(Register(*register)),
                Some((.., Place::Frame(offset))) => data.op_fbreg(*offset),
                None => {}
            }
            is_known |= found.is_some();
            if *size > 0 {
                data.op_piece(*size);
            }
        }
        if is_known {
            let begin = Address::Symbol { symbol: function, addend: i64::from(from) };
            list.push(Location::StartLength { begin, length: u64::from(to - from), data });
        }
    }
    LocationList(list)
}

fn bits(prim: Prim) -> u64 {
    u64::from(super::super::types::prim_type(prim).bits())
}

/// The type of a parameter: a number of the right size and sign, or two of them.
fn type_entry(
    dwarf: &mut DwarfUnit,
    types: &mut HashMap<Ty, UnitEntryId>,
    parameter: &Parameter,
) -> UnitEntryId {
    if let Some(id) = types.get(&parameter.ty) {
        return *id;
    }
    let root = dwarf.unit.root();
    let name = parameter.ty.to_string();
    let id = match parameter.abi {
        Abi::Pair(first, second, at) => {
            let is_pointer = parameter.ty.builtin_deref().is_some();
            let fields = if is_pointer { ["data_ptr", "length"] } else { ["0", "1"] };
            let parts = [(fields[0], first, 0), (fields[1], second, at)];
            let parts = parts.map(|(field, prim, at)| {
                let encoding =
                    if is_pointer && at == 0 { gimli::DW_ATE_address } else { gimli::DW_ATE_unsigned };
                (field, base(dwarf, &format!("{field} of {name}"), encoding, bits(prim)), at)
            });
            let id = dwarf.unit.add(root, gimli::DW_TAG_structure_type);
            for (field, ty, at) in parts {
                let member = dwarf.unit.add(id, gimli::DW_TAG_member);
                let member = dwarf.unit.get_mut(member);
                member.set(gimli::DW_AT_name, AttributeValue::String(field.into()));
                member.set(gimli::DW_AT_type, AttributeValue::UnitRef(ty));
                member.set(gimli::DW_AT_data_member_location, AttributeValue::Udata(at));
            }
            let entry = dwarf.unit.get_mut(id);
            entry.set(gimli::DW_AT_name, AttributeValue::String(name.into_bytes()));
            entry.set(gimli::DW_AT_byte_size, AttributeValue::Udata(at + bits(second) / 8));
            id
        }
        abi => {
            let bits = match abi {
                Abi::Scalar(prim) => bits(prim),
                _ => 64,
            };
            let encoding = match parameter.ty.kind() {
                TyKind::Bool => gimli::DW_ATE_boolean,
                TyKind::Char => gimli::DW_ATE_UTF,
                TyKind::Float(_) => gimli::DW_ATE_float,
                _ if parameter.ty.builtin_deref().is_some() => gimli::DW_ATE_address,
                _ if parameter.ty.is_signed() => gimli::DW_ATE_signed,
                _ => gimli::DW_ATE_unsigned,
            };
            base(dwarf, &name, encoding, bits)
        }
    };
    types.insert(parameter.ty, id);
    id
}

fn base(dwarf: &mut DwarfUnit, name: &str, encoding: gimli::DwAte, bits: u64) -> UnitEntryId {
    let root = dwarf.unit.root();
    let id = dwarf.unit.add(root, gimli::DW_TAG_base_type);
    let entry = dwarf.unit.get_mut(id);
    entry.set(gimli::DW_AT_name, AttributeValue::String(name.as_bytes().to_vec()));
    entry.set(gimli::DW_AT_encoding, AttributeValue::Encoding(encoding));
    entry.set(gimli::DW_AT_byte_size, AttributeValue::Udata(bits / 8));
    id
}
