//! Arrays a loop writes where its position says: how many elements belong to one position.

use cloudc_frontend::mir::visit::PlaceUse;
use cloudc_frontend::mir::{BinOp, Local, Operand, Place, Projection, Rvalue};
use cloudc_frontend::ty::Ty;

use super::super::flow::Definition;
use super::handed::{behind, is_whole, vec_element};
use super::{Look, Role, Stride, Touch};

impl Look<'_> {
    /// `out[i * w + j] = e`, reads included.
    pub(super) fn window(&self, local: Local, touches: &[Touch]) -> Option<Role> {
        let (ty, through) = behind(self.body.locals[local].ty);
        let element = vec_element(self.program, ty)?;
        let mut stride = None;
        for touch in touches {
            if !matches!(touch.how, PlaceUse::BorrowMut | PlaceUse::Borrow)
                || !is_whole(&touch.place, through)
            {
                return None;
            }
            let handed = self.handed_to(touch)?;
            match (handed.skeleton, &handed.args[..]) {
                // Indexing by a range gives a slice, which may be any part.
                ("index_mut" | "index", [_, index, ..]) if self.body.operand_ty(index) == Ty::usize() => {
                    let found = index.place().and_then(Place::as_local);
                    let found = found.and_then(|l| index_form(self, l, 0));
                    if found.is_some_and(Index::leaves_window) {
                        return None;
                    }
                    stride = stride.or(found.map(|f| f.stride));
                }
                ("len", [_]) => {}
                _ => return None,
            }
        }
        Some(Role::Window { element, through, stride: stride? })
    }
}

/// An index as the position of the loop says it: `position * stride + offset`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Index {
    stride: Stride,
    /// What is added, if it is a constant.
    offset: Option<i128>,
}

impl Index {
    /// Whether an element of another position's window may be meant.
    fn leaves_window(self) -> bool {
        match (self.offset, self.stride) {
            (Some(c), Stride::Constant(n)) => c < 0 || c >= i128::from(n),
            (Some(c), Stride::Local(_)) => c < 0,
            (None, _) => false,
        }
    }
}

/// How an index depends on the loop's position, if it does.
fn index_form(look: &Look<'_>, index: Local, depth: u32) -> Option<Index> {
    if depth > 12 {
        return None;
    }
    let index = look.definitions.origin(index);
    let (Definition::Assign(rvalue), _) = look.definitions.of(index)? else { return None };
    let position = Index { stride: Stride::Constant(1), offset: Some(0) };
    match rvalue {
        Rvalue::Use(from) => {
            let place = from.place()?;
            if place.local == look.iteration.item {
                // `Some(i)` or `Some((i, x))` of an enumeration.
                return Some(position);
            }
            match (&place.projection[..], look.definitions.of(look.definitions.origin(place.local))?.0) {
                ([Projection::Field(0, _)], Definition::Assign(Rvalue::CheckedBinary(op, a, b))) => {
                    combine(look, *op, a, b, depth)
                }
                // The first part of an item: `(i, x)`.
                ([Projection::Field(0, _)], Definition::Assign(Rvalue::Use(item))) => {
                    (item.place()?.local == look.iteration.item).then_some(position)
                }
                _ => None,
            }
        }
        Rvalue::Binary(op, a, b) | Rvalue::CheckedBinary(op, a, b) => combine(look, *op, a, b, depth),
        _ => None,
    }
}

fn combine(look: &Look<'_>, op: BinOp, a: &Operand, b: &Operand, depth: u32) -> Option<Index> {
    let form = |o: &Operand| index_form(look, o.place().and_then(Place::as_local)?, depth + 1);
    let (x, y) = (form(a), form(b));
    let moved = |index: Index, by: &Operand, sign: i128| {
        let by = by.as_scalar().map(|n| sign * n as i128);
        Index { offset: index.offset.zip(by).map(|(c, d)| c + d), ..index }
    };
    match op {
        BinOp::Add => match (x, y) {
            (Some(x), _) => Some(moved(x, b, 1)),
            (None, y) => Some(moved(y?, a, 1)),
        },
        BinOp::Sub => Some(moved(x?, b, -1)),
        BinOp::Mul => {
            let (scaled, by) = if x.is_some() { (x?, b) } else { (y?, a) };
            let by = match by.as_scalar() {
                Some(n) => Stride::Constant(n as u64),
                None => {
                    let l = look.definitions.origin(by.place()?.as_local()?);
                    (look.body.locals[l].ty == Ty::usize()).then_some(Stride::Local(l))?
                }
            };
            let stride = match (scaled.stride, by) {
                (Stride::Constant(1), by) => by,
                (scaled, Stride::Constant(1)) => scaled,
                (Stride::Constant(m), Stride::Constant(n)) => Stride::Constant(m.checked_mul(n)?),
                _ => return None,
            };
            let offset = match (scaled.offset, by) {
                (Some(0), _) => Some(0),
                (Some(c), Stride::Constant(n)) => Some(c * i128::from(n)),
                _ => None,
            };
            Some(Index { stride, offset })
        }
        _ => None,
    }
}
