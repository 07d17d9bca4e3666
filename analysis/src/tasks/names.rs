//! What people call the values that analysis speaks of: a variable by its name, a temporary by the expression it holds.

use cloudc_frontend::mir::{Body, Callee, Local, Operand, Place, Projection, Rvalue};

use super::flow::{Definition, Definitions};

/// The name of a local in the source, or the expression it was made by.
pub fn of_local(body: &Body, local: Local) -> String {
    if let Some(name) = body.locals[local].name {
        return name.to_string();
    }
    expression(body, &Definitions::new(body), local, 0).unwrap_or_else(|| "a temporary value".to_string())
}

fn expression(body: &Body, definitions: &Definitions<'_>, local: Local, depth: u32) -> Option<String> {
    if let Some(name) = body.locals[local].name {
        return Some(name.to_string());
    }
    if depth > 6 {
        return None;
    }
    match definitions.initial(local)?.0 {
        Definition::Assign(
            Rvalue::Use(Operand::Copy(place) | Operand::Move(place)) | Rvalue::Ref(_, place),
        ) => place_text(body, definitions, place, depth),
        Definition::Assign(Rvalue::Len(place)) => {
            Some(format!("{}.len()", place_text(body, definitions, place, depth)?))
        }
        Definition::Assign(Rvalue::Cast(_, from, _)) => operand(body, definitions, from, depth),
        Definition::Assign(_) => None,
        // Calls that only look at their receiver from another side say nothing.
        Definition::Call(Callee::Func(_), args) => operand(body, definitions, args.first()?, depth),
        Definition::Call(..) => None,
    }
}

fn operand(body: &Body, definitions: &Definitions<'_>, operand: &Operand, depth: u32) -> Option<String> {
    match operand.place() {
        Some(place) => place_text(body, definitions, place, depth),
        None => operand.as_scalar().map(|n| n.to_string()),
    }
}

fn place_text(body: &Body, definitions: &Definitions<'_>, place: &Place, depth: u32) -> Option<String> {
    let mut text = expression(body, definitions, place.local, depth + 1)?;
    for step in &place.projection {
        match step {
            Projection::Index(_) => text.push_str("[..]"),
            Projection::Field(n, _) => text += &format!(".{n}"),
            _ => {}
        }
    }
    Some(text)
}
