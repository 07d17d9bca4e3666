//! Functions of our std that a back end calls for operations its machine lacks, by lang item.
//!
//! The collector makes instances of them where a body needs them, and the back end takes them into the task: one list for both.

use super::*;
use crate::mono::Program;
use crate::symbol::Symbol;
use crate::ty::{FloatTy, IntTy, Ty, TyKind, UintTy};

/// The lang functions a monomorphic body needs beside those it calls.
pub fn lang_functions(body: &Body) -> Vec<&'static str> {
    let mut found = Vec::new();
    for block in &body.blocks {
        for statement in &block.statements {
            let StatementKind::Assign(_, rvalue) = &statement.kind else { continue };
            match rvalue {
                Rvalue::Binary(op, a, _) | Rvalue::CheckedBinary(op, a, _) => {
                    let checked = matches!(rvalue, Rvalue::CheckedBinary(..));
                    found.extend(binary(*op, body.operand_ty(a), checked));
                }
                Rvalue::Cast(CastKind::Prim(_), operand, to) => {
                    found.extend(cast(body.operand_ty(operand), *to))
                }
                _ => {}
            }
        }
        match &block.terminator.kind {
            TerminatorKind::Call { callee: Callee::Intrinsic(name, args), .. } => {
                if let Some(ty) = args.first().and_then(|a| a.as_type()) {
                    found.extend(intrinsic(name.as_str(), ty));
                }
            }
            TerminatorKind::Assert { message, .. } => found.push(message.lang_function()),
            _ => {}
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The same as functions of a program; those it does not have are left out.
pub fn lang_callees(program: &Program, body: &Body) -> Vec<FuncId> {
    let find = |name: &str| program.lang_funcs.get(&Symbol::intern(name)).copied();
    lang_functions(body).into_iter().filter_map(find).collect()
}

/// What a binary operator calls.
pub fn binary(op: BinOp, ty: Ty, checked: bool) -> Option<&'static str> {
    match (op, ty.kind()) {
        (BinOp::Div, TyKind::Uint(UintTy::U128)) => Some("udiv128"),
        (BinOp::Rem, TyKind::Uint(UintTy::U128)) => Some("urem128"),
        (BinOp::Div, TyKind::Int(IntTy::I128)) => Some("sdiv128"),
        (BinOp::Rem, TyKind::Int(IntTy::I128)) => Some("srem128"),
        (BinOp::Mul, TyKind::Uint(UintTy::U128)) if checked => Some("umul128_overflows"),
        (BinOp::Mul, TyKind::Int(IntTy::I128)) if checked => Some("smul128_overflows"),
        (BinOp::Rem, TyKind::Float(FloatTy::F64)) => Some("fmod"),
        (BinOp::Rem, TyKind::Float(FloatTy::F32)) => Some("fmodf"),
        _ => None,
    }
}

/// What a conversion between scalars calls.
pub fn cast(from: Ty, to: Ty) -> Option<&'static str> {
    let (u128, i128) = (TyKind::Uint(UintTy::U128), TyKind::Int(IntTy::I128));
    match (from.kind(), to.kind()) {
        (a, TyKind::Float(FloatTy::F32)) if *a == u128 => Some("u128_to_f32"),
        (a, TyKind::Float(FloatTy::F64)) if *a == u128 => Some("u128_to_f64"),
        (a, TyKind::Float(FloatTy::F32)) if *a == i128 => Some("i128_to_f32"),
        (a, TyKind::Float(FloatTy::F64)) if *a == i128 => Some("i128_to_f64"),
        (TyKind::Float(FloatTy::F32), b) if *b == u128 => Some("f32_to_u128"),
        (TyKind::Float(FloatTy::F64), b) if *b == u128 => Some("f64_to_u128"),
        (TyKind::Float(FloatTy::F32), b) if *b == i128 => Some("f32_to_i128"),
        (TyKind::Float(FloatTy::F64), b) if *b == i128 => Some("f64_to_i128"),
        _ => None,
    }
}

/// What an intrinsic calls.
pub fn intrinsic(name: &str, ty: Ty) -> Option<&'static str> {
    match name {
        "ffma" if ty.scalar_bits() == Some(32) => Some("fmaf"),
        "ffma" => Some("fma"),
        "mul_with_overflow" => binary(BinOp::Mul, ty, true),
        "unchecked_div" => binary(BinOp::Div, ty, false),
        "unchecked_rem" => binary(BinOp::Rem, ty, false),
        _ => None,
    }
}
