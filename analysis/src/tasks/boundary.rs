//! Which types may cross a task boundary: owned, closed, without addresses that mean something elsewhere.

use cloudc_frontend::mono::{AdtKind, Program};
use cloudc_frontend::ty::{Mutability, Ty, TyKind};

/// Why a type cannot cross: the path from the type to what stands in the way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Obstacle {
    /// Types on the way, outermost first.
    pub path: Vec<Ty>,
    /// What is wrong with the last one.
    pub why: &'static str,
    /// What to write instead, where that is known.
    pub instead: Option<&'static str>,
}

/// Structs of our std that own memory through a raw pointer in a form `freeze` knows.
const OWNERS: [&str; 2] = ["owned_box", "Vec"];

/// Whether values of the type can be frozen; shared references are followed.
///
/// # Errors
/// The obstacle.
pub fn check(program: &Program, ty: Ty) -> Result<(), Obstacle> {
    visit(program, ty, &mut Vec::new())
}

fn visit(program: &Program, ty: Ty, path: &mut Vec<Ty>) -> Result<(), Obstacle> {
    if path.contains(&ty) {
        // A recursive type: its other fields decide.
        return Ok(());
    }
    path.push(ty);
    let no = |why| Err(Obstacle { path: path.clone(), why, instead: None });
    let result = match ty.kind() {
        TyKind::Bool | TyKind::Char | TyKind::Int(_) | TyKind::Uint(_) | TyKind::Float(_) => Ok(()),
        TyKind::Str | TyKind::Never | TyKind::FnDef(..) => Ok(()),
        TyKind::Array(t, _) | TyKind::Slice(t) => visit(program, *t, path),
        TyKind::Ref(_, t, Mutability::Not) if ends_unsized(program, *t) => {
            no("the size of its end is not known")
        }
        TyKind::Ref(_, t, Mutability::Not) => visit(program, *t, path),
        TyKind::Ref(_, _, Mutability::Mut) => no("a mutable reference belongs to one task"),
        TyKind::RawPtr(..) => no("an address means nothing in another task"),
        TyKind::FnPtr(_) => no("a function pointer is an address of one image"),
        TyKind::Dynamic(..) => no("a trait object hides its type"),
        TyKind::Tuple(ts) => ts.iter().try_for_each(|&t| visit(program, t, path)),
        TyKind::Adt(_, args) => {
            let adt = program.adt(ty);
            match adt.lang.map(|l| l.as_str()) {
                Some("unsafe_cell") => no("a cell can change behind a shared reference"),
                Some("Rc" | "Arc") => no("a reference count is shared with the values that stay"),
                Some("vec_into_iter" | "array_into_iter") => Err(Obstacle {
                    instead: Some(
                        "go through the items by reference (`.iter()`) if the work on each is worth a task",
                    ),
                    path: path.clone(),
                    why: "an iterator that owns its items gives them away one after the other",
                }),
                Some(lang) if OWNERS.contains(&lang) => {
                    if args.iter().filter_map(|a| a.as_type()).any(|t| ends_unsized(program, t)) {
                        no("the size of its end is not known")
                    } else {
                        args.iter().filter_map(|a| a.as_type()).try_for_each(|t| visit(program, t, path))
                    }
                }
                _ => fields(program, ty, path),
            }
        }
        TyKind::Closure(..) => fields(program, ty, path),
        TyKind::Param(_) | TyKind::Projection(..) | TyKind::Opaque(..) | TyKind::Infer(_) | TyKind::Error => {
            no("the type is not known")
        }
    };
    path.pop();
    result
}

/// Iterators of std that hand out exclusive references to the elements of a slice, and those that only pass them on.
const STEPPERS: [&str; 3] =
    ["std::slice::iter::IterMut", "std::slice::chunks::ChunksMut", "std::slice::chunks::ChunksExactMut"];
const CARRIERS: [&str; 6] = ["Enumerate", "Rev", "Take", "Skip", "StepBy", "Zip"];

/// Whether an iterator hands out exclusive references that a chunk may write through and hand back.
///
/// # Errors
/// The obstacle, if the iterator cannot cross at all.
pub fn check_iterator(program: &Program, ty: Ty) -> Result<bool, Obstacle> {
    if let TyKind::Adt(def, args) = ty.kind() {
        let inner = || args.iter().filter_map(|a| a.as_type());
        if STEPPERS.contains(&def.path.as_str()) {
            inner().try_for_each(|t| check(program, t))?;
            return Ok(true);
        }
        if def.path.as_str().starts_with("std::iter::adapters::") && CARRIERS.contains(&def.name()) {
            let mut steps = false;
            for t in inner() {
                steps |= check_iterator(program, t)?;
            }
            return Ok(steps);
        }
    }
    check(program, ty).map(|()| false)
}

fn fields(program: &Program, ty: Ty, path: &mut Vec<Ty>) -> Result<(), Obstacle> {
    let adt = program.adt(ty);
    debug_assert!(matches!(adt.kind, AdtKind::Struct | AdtKind::Enum(_) | AdtKind::Closure));
    adt.variants.iter().flat_map(|v| &v.fields).try_for_each(|(_, t)| visit(program, *t, path))
}

/// Whether a value of the type owns memory, so that who has it may change what lies there. What is behind shared
/// references does not count.
pub fn owns_memory(program: &Program, ty: Ty) -> bool {
    fn visit(program: &Program, ty: Ty, seen: &mut Vec<Ty>) -> bool {
        match ty.kind() {
            TyKind::Array(t, _) | TyKind::Slice(t) => visit(program, *t, seen),
            TyKind::Tuple(ts) => ts.iter().any(|&t| visit(program, t, seen)),
            TyKind::Adt(..) | TyKind::Closure(..) => {
                let adt = program.adt(ty);
                if adt.lang.is_some_and(|l| OWNERS.contains(&l.as_str())) {
                    return true;
                }
                if seen.contains(&ty) {
                    return false;
                }
                seen.push(ty);
                adt.variants.iter().flat_map(|v| &v.fields).any(|(_, t)| visit(program, *t, seen))
            }
            _ => false,
        }
    }
    visit(program, ty, &mut Vec::new())
}

/// Whether values of the type may show what others own.
pub fn borrows(program: &Program, ty: Ty) -> bool {
    fn visit(program: &Program, ty: Ty, seen: &mut Vec<Ty>) -> bool {
        match ty.kind() {
            TyKind::Ref(..) => true,
            TyKind::Array(t, _) | TyKind::Slice(t) => visit(program, *t, seen),
            TyKind::Tuple(ts) => ts.iter().any(|&t| visit(program, t, seen)),
            TyKind::Adt(_, args) => {
                if args.iter().filter_map(|a| a.as_type()).any(|t| visit(program, t, seen)) {
                    return true;
                }
                if seen.contains(&ty) {
                    return false;
                }
                seen.push(ty);
                // What is only an argument, of `PhantomData` say, has no shape in the program.
                let fields =
                    program.adts.get(&ty).into_iter().flat_map(|adt| &adt.variants).flat_map(|v| &v.fields);
                fields.into_iter().any(|(_, t)| visit(program, *t, seen))
            }
            TyKind::Closure(..) | TyKind::Dynamic(..) => true,
            _ => false,
        }
    }
    visit(program, ty, &mut Vec::new())
}

/// Whether a value of the type holds no pointer, so that its bytes are its object.
pub fn is_pointer_free(program: &Program, ty: Ty) -> bool {
    match ty.kind() {
        TyKind::Bool | TyKind::Char | TyKind::Int(_) | TyKind::Uint(_) | TyKind::Float(_) => true,
        TyKind::Array(t, _) => is_pointer_free(program, *t),
        TyKind::Tuple(ts) => ts.iter().all(|&t| is_pointer_free(program, t)),
        TyKind::Adt(..) | TyKind::Closure(..) => {
            program.adt(ty).variants.iter().flat_map(|v| &v.fields).all(|(_, t)| is_pointer_free(program, *t))
        }
        _ => false,
    }
}

/// Whether a type is a struct that ends in a slice, a text or a trait object after other fields. One that is nothing else, as
/// `Path` is a text, crosses as that.
fn ends_unsized(program: &Program, ty: Ty) -> bool {
    let TyKind::Adt(..) = ty.kind() else { return false };
    if program.unsized_content(ty).is_some() {
        return false;
    }
    let last = program.adts.get(&ty).and_then(|adt| adt.variants.first()?.fields.last().map(|f| f.1));
    last.is_some_and(|t| {
        matches!(t.kind(), TyKind::Str | TyKind::Slice(_) | TyKind::Dynamic(..)) || ends_unsized(program, t)
    })
}
