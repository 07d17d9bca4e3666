//! The matrix.

use super::PatCx;
use super::constructor::{Constructor, Tree, split};
use super::witness::Witness;
use crate::lower::thir::Pat;
use crate::source::Span;
use crate::ty::Ty;

/// A row: an alternative of an arm, or what is left of it after some tests.
#[derive(Clone, Debug)]
pub struct Row {
    columns: Vec<Tree>,
    guarded: bool,
    /// Row of the matrix this one was made from.
    parent: usize,
    /// Arm it belongs to.
    pub arm: usize,
    /// Where the alternative stands.
    pub span: Span,
    /// Whether some value reaches it.
    pub useful: bool,
}

impl Row {
    /// A row of one pattern.
    pub fn new(cx: &PatCx<'_, '_>, pat: &Pat, arm: usize, guarded: bool) -> Row {
        Row { columns: vec![Tree::new(cx, pat)], guarded, parent: 0, arm, span: pat.span, useful: false }
    }
}

/// Marks the useful rows and returns values that none of them matches.
pub fn check_rows(cx: &PatCx<'_, '_>, rows: &mut [Row], ty: Ty) -> Vec<Witness> {
    let mut budget = 200_000;
    let stacks = descend(cx, rows, &[ty], true, &mut budget);
    stacks.into_iter().filter_map(|mut s| s.pop()).collect()
}

/// Witnesses come as stacks: the value of the first column on top.
fn descend(
    cx: &PatCx<'_, '_>,
    rows: &mut [Row],
    tys: &[Ty],
    top: bool,
    budget: &mut usize,
) -> Vec<Vec<Witness>> {
    if *budget == 0 {
        // Patterns this large are taken at their word.
        rows.iter_mut().for_each(|r| r.useful = true);
        return Vec::new();
    }
    *budget -= 1;
    let Some((&ty, rest_tys)) = tys.split_first() else {
        let mut reached = true;
        for row in rows {
            row.useful |= reached;
            reached &= row.guarded;
        }
        return if reached { vec![Vec::new()] } else { Vec::new() };
    };
    let mut expanded: Vec<Row> = Vec::with_capacity(rows.len());
    for (i, row) in rows.iter().enumerate() {
        expand(row, i, &mut expanded);
    }
    let heads: Vec<&Constructor> =
        expanded.iter().filter_map(|r| r.columns.first().map(|t| &t.head)).collect();
    let all = split(cx, ty, &heads);
    let present = |c: &Constructor| heads.iter().any(|h| **h != Constructor::Wild && h.covers(c));
    let (seen, missing): (Vec<Constructor>, Vec<Constructor>) = all.iter().cloned().partition(|c| present(c));
    // What is missing behaves the same everywhere: descend once, for all of it.
    let mut found = Vec::new();
    let all_missing = seen.is_empty();
    let mut visits: Vec<(Constructor, Vec<Constructor>)> = Vec::new();
    if !missing.is_empty() {
        visits.push((Constructor::Wild, missing));
    }
    visits.extend(seen.into_iter().map(|c| (c, Vec::new())));
    let mut useful: Vec<usize> = Vec::new();
    for (constructor, missing) in visits {
        let fields = constructor.field_tys(cx, ty);
        let mut inner: Vec<Row> = Vec::new();
        for (i, row) in expanded.iter().enumerate() {
            if let Some(row) = specialise(row, i, &constructor, fields.len()) {
                inner.push(row);
            }
        }
        let inner_tys: Vec<Ty> = fields.iter().chain(rest_tys).copied().collect();
        let stacks = descend(cx, &mut inner, &inner_tys, false, budget);
        useful.extend(inner.iter().filter(|r| r.useful).map(|r| expanded[r.parent].parent));
        for mut stack in stacks {
            if constructor == Constructor::Wild {
                if all_missing && !top {
                    stack.push(Witness::wild(ty));
                    found.push(stack);
                    continue;
                }
                for c in &missing {
                    let arity = c.field_tys(cx, ty);
                    let fields = arity.into_iter().map(Witness::wild).collect();
                    let mut stack = stack.clone();
                    stack.push(Witness { head: c.clone(), fields, ty });
                    found.push(stack);
                }
            } else {
                let at = stack.len().saturating_sub(fields.len());
                let mut parts = stack.split_off(at);
                parts.reverse();
                stack.push(Witness { head: constructor.clone(), fields: parts, ty });
                found.push(stack);
            }
        }
    }
    for i in useful {
        rows[i].useful = true;
    }
    found
}

/// Replaces an or-pattern in the first column by a row for each alternative.
fn expand(row: &Row, parent: usize, out: &mut Vec<Row>) {
    match row.columns.first() {
        Some(Tree { head: Constructor::Or, fields }) => {
            for alternative in fields {
                let mut one = row.clone();
                one.columns[0] = alternative.clone();
                expand(&one, parent, out);
            }
        }
        _ => out.push(Row { parent, useful: false, ..row.clone() }),
    }
}

/// What is left of a row for values that begin with `constructor`.
fn specialise(row: &Row, parent: usize, constructor: &Constructor, arity: usize) -> Option<Row> {
    let (head, rest) = row.columns.split_first()?;
    let mut columns: Vec<Tree> = match (&head.head, constructor) {
        (Constructor::Wild, _) => vec![Tree::wild(); arity],
        (_, Constructor::Wild) => return None,
        (Constructor::VarSlice(from, _), Constructor::Slice(_) | Constructor::VarSlice(..)) => {
            if !head.head.covers(constructor) {
                return None;
            }
            let gap = arity - head.fields.len();
            let (before, after) = head.fields.split_at(*from);
            before.iter().cloned().chain(vec![Tree::wild(); gap]).chain(after.iter().cloned()).collect()
        }
        (h, c) if h.covers(c) => {
            let mut fields = head.fields.clone();
            fields.resize(arity, Tree::wild());
            fields
        }
        _ => return None,
    };
    columns.extend(rest.iter().cloned());
    Some(Row { columns, parent, useful: false, ..row.clone() })
}
