//! One body to the instructions of a back end: what MIR means, said once for all of them.
//!
//! In: a body in `Phase::Lean` and an [`Emit`]. Out: calls of its methods, in the order the code stands in. Where a local
//! lives, how values travel, what a cast or an intrinsic does, which function of our std stands in for an operation the
//! machines lack, is decided here; how a machine is told is the back end's matter.
//!
//! Reading order: [`signature`] and [`value`] (what there is between two instructions), [`emit`] (what a back end
//! offers), [`place`], [`rvalue`], [`cast`], [`variant`], [`terminator`], [`intrinsic`].

mod cast;
mod emit;
mod intrinsic;
mod operands;
mod place;
mod rvalue;
mod signature;
mod terminator;
mod value;
mod variant;

use std::collections::{BTreeMap, HashMap};

use crate::sites::Sites;
use cloudc_analysis::layout::{Abi, Layout, Layouts};
use cloudc_frontend::index::{Idx, IndexVec};
use cloudc_frontend::mir::{BlockId, Body, FuncId, Local, Place, StatementKind};
use cloudc_frontend::mono::Program;
use cloudc_frontend::source::Span;
use cloudc_frontend::symbol::Symbol;
use cloudc_frontend::ty::Ty;
use operands::locals_in_memory;

pub(crate) use emit::{
    BitOp, Control, Emit, FloatOp, Memory, Origins, Overlap, Scalars, Side, Size, Target, Values,
};
pub(crate) use signature::Signature;
#[cfg(feature = "llvm")]
pub(crate) use signature::{Param, Role};
pub(crate) use value::{Addr, Val};

use value::{Home, Part};

/// The places where a function may fail, by their numbers.
pub(crate) type Failing = BTreeMap<u32, Span>;

/// Everything needed while one function is made.
pub(crate) struct Lower<'a, E: Emit> {
    program: &'a Program,
    layouts: &'a Layouts<'a>,
    sites: &'a Sites,
    failing: Failing,
    body: &'a Body,
    homes: IndexVec<Local, Home<E::Variable, E::Memory>>,
    /// Where failed checks end, by the function they call and the failure site.
    failures: HashMap<(&'static str, u32), E::Label>,
    e: E,
}

/// Makes the code of a function; gives the back end back, and where the function may fail.
///
/// # Errors
/// A limit of the back end, such as a value that is too large for the stack.
pub(crate) fn lower<E: Emit>(
    layouts: &Layouts<'_>,
    sites: &Sites,
    func: FuncId,
    signature: &Signature,
    e: E,
) -> Result<(E, Failing), String> {
    let program = layouts.program();
    let body = &program.functions[func].body;
    let (homes, failures) = (IndexVec::new(), HashMap::new());
    let mut lower = Lower { program, layouts, sites, failing: Failing::new(), body, homes, failures, e };
    lower.function(signature)?;
    Ok((lower.e, lower.failing))
}

/// A function of our std that back ends call by name.
pub(crate) fn lang(program: &Program, name: &str) -> Result<FuncId, String> {
    let found = program.lang_funcs.get(&Symbol::intern(name)).copied();
    found.ok_or_else(|| format!("the program has no function for lang item `{name}`"))
}

impl<E: Emit> Lower<'_, E> {
    fn function(&mut self, signature: &Signature) -> Result<(), String> {
        self.e.set_location(self.body.span);
        self.make_homes(signature)?;
        let first = self.e.block(BlockId(0));
        self.e.jump(first);
        for (block, data) in self.body.blocks.iter_enumerated() {
            let label = self.e.block(block);
            self.e.start(label);
            for statement in &data.statements {
                self.e.set_location(statement.span);
                if let StatementKind::Assign(place, rvalue) = &statement.kind {
                    self.assign(place, rvalue)?;
                }
            }
            self.e.set_location(data.terminator.span);
            self.terminate(&data.terminator)?;
        }
        Ok(())
    }

    /// Decides where each local lives, and brings parameters there.
    fn make_homes(&mut self, signature: &Signature) -> Result<(), String> {
        let in_memory = locals_in_memory(self.body);
        let mut params = 1..signature.params.len();
        for (local, decl) in self.body.locals.iter_enumerated() {
            let layout = self.layouts.of(decl.ty);
            let is_param = (1..=self.body.arg_count).contains(&local.index());
            let is_given = match local {
                Local(0) => !signature::returned_in_registers(layout.abi),
                _ => is_param && layout.abi == Abi::Memory,
            };
            let home = match layout.abi {
                _ if is_given => {
                    let address = self.parameters(1, &mut params)?[0];
                    Home::Memory(self.e.given(address))
                }
                _ if in_memory[local] => Home::Memory(self.frame(&layout)?),
                Abi::Memory => Home::Memory(self.frame(&layout)?),
                Abi::Zst => Home::Nowhere,
                Abi::Scalar(prim) => Home::One(Part { variable: self.e.variable(prim), prim }),
                Abi::Pair(first, second, _) => {
                    let [first, second] =
                        [first, second].map(|prim| Part { variable: self.e.variable(prim), prim });
                    Home::Two(first, second)
                }
            };
            self.homes.push(home);
            if is_param && !is_given {
                let incoming = self.parameters(signature::parts(layout.abi).count(), &mut params)?;
                self.e.describe_parameter(local, &incoming);
                self.write_place(&Place::local(local), Val::of(&incoming));
            } else {
                for part in home.parts() {
                    self.e.leave_undefined(part.variable, part.prim);
                }
            }
        }
        Ok(())
    }

    fn parameters(
        &self,
        count: usize,
        rest: &mut impl Iterator<Item = usize>,
    ) -> Result<Vec<E::Value>, String> {
        let found: Vec<_> = rest.take(count).map(|index| self.e.parameter(index)).collect();
        if found.len() < count {
            return Err("a signature has a value for every parameter".to_string());
        }
        Ok(found)
    }

    /// Memory in the frame for a value of this layout.
    fn frame(&mut self, layout: &Layout) -> Result<E::Memory, String> {
        if layout.size > 1 << 26 {
            return Err(format!("a value of {} bytes does not fit on the stack", layout.size));
        }
        Ok(self.e.frame(layout.size, layout.align))
    }

    /// The shape of a value of this type.
    fn abi(&self, ty: Ty) -> Abi {
        self.layouts.of(ty).abi
    }

    /// The number of a failure site.
    fn site(&mut self, span: Span) -> u32 {
        let number = self.sites.number(span);
        self.failing.insert(number, span);
        number
    }
}
