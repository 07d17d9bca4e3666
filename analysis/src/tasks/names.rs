//! What people call the values that analysis speaks of: a variable by its name, a temporary by the expression it holds.

use cloudc_frontend::mir::body::project_ty;
use cloudc_frontend::mir::{Body, Callee, Local, Operand, Place, Projection, Rvalue};
use cloudc_frontend::mono::Program;
use cloudc_frontend::ty::{Ty, TyKind};

use super::cost::measured::{field_ty, peeled};
use super::cost::{Sizes, Step};
use super::flow::{Definition, Definitions};

/// The name of a local in the source, or the expression it was made by.
pub fn of_local(program: &Program, body: &Body, local: Local) -> String {
    if let Some(name) = body.locals[local].name {
        return name.to_string();
    }
    expression(program, body, &Definitions::new(body), local, 0)
        .unwrap_or_else(|| "a temporary value".to_string())
}

/// The name of a field of a struct; its number where it has none.
fn field_name(program: &Program, ty: Ty, field: u32) -> String {
    let adt = program.adts.get(&peeled(ty)).filter(|a| a.variants.len() == 1);
    let named = adt.and_then(|a| a.variants[0].fields.get(field as usize));
    named.map_or_else(|| field.to_string(), |f| f.0.to_string())
}

/// The name of a part of a local.
pub fn of_path(program: &Program, body: &Body, local: Local, steps: &[Step]) -> String {
    let definitions = Definitions::new(body);
    // What the user wrote where an iterator or closure was made says more than a part of it.
    if let Some(made_of) = Sizes::closed(program, body, &definitions, &|_| false).ingredient(local, steps)
        && let Some(text) = expression(program, body, &definitions, made_of, 0)
    {
        return text;
    }
    let mut text = of_local(program, body, local);
    let mut ty = body.locals[local].ty;
    for step in steps {
        text += &match step {
            Step::Item => ".item".to_string(),
            Step::Field(k) => format!(".{}", field_name(program, ty, *k)),
        };
        ty = field_ty(program, ty, *step).unwrap_or(ty);
    }
    text
}

fn expression(
    program: &Program,
    body: &Body,
    definitions: &Definitions<'_>,
    local: Local,
    depth: u32,
) -> Option<String> {
    if let Some(name) = body.locals[local].name {
        return Some(name.to_string());
    }
    if depth > 6 {
        return None;
    }
    match definitions.initial(local)?.0 {
        Definition::Assign(
            Rvalue::Use(Operand::Copy(place) | Operand::Move(place)) | Rvalue::Ref(_, place),
        ) => place_text(program, body, definitions, place, depth),
        Definition::Assign(Rvalue::Len(place)) => {
            Some(format!("{}.len()", place_text(program, body, definitions, place, depth)?))
        }
        Definition::Assign(Rvalue::Cast(_, from, _)) => operand(program, body, definitions, from, depth),
        Definition::Assign(_) => None,
        // Calls that only look at their receiver from another side say nothing.
        Definition::Call(Callee::Func(_), args) => operand(program, body, definitions, args.first()?, depth),
        Definition::Call(Callee::Intrinsic(..), args) => {
            operand(program, body, definitions, args.first()?, depth)
        }
        Definition::Call(..) => None,
    }
}

fn operand(
    program: &Program,
    body: &Body,
    definitions: &Definitions<'_>,
    operand: &Operand,
    depth: u32,
) -> Option<String> {
    match operand.place() {
        Some(place) => place_text(program, body, definitions, place, depth),
        None => operand.as_scalar().map(|n| n.to_string()),
    }
}

fn place_text(
    program: &Program,
    body: &Body,
    definitions: &Definitions<'_>,
    place: &Place,
    depth: u32,
) -> Option<String> {
    let mut text = expression(program, body, definitions, place.local, depth + 1)?;
    let mut ty = body.locals[place.local].ty;
    for step in &place.projection {
        match step {
            // The pointer of a vector stands for it.
            Projection::Field(_, ty) if matches!(ty.kind(), TyKind::RawPtr(..)) => {}
            Projection::Index(_) => text.push_str("[..]"),
            Projection::Field(n, _) => text += &format!(".{}", field_name(program, ty, *n)),
            _ => {}
        }
        ty = project_ty(ty, *step);
    }
    Some(text)
}
