//! Variables that can be seen, and the places in them.

use super::Gen;
use super::ty::Ty;

/// A variable, or what a reference points to.
#[derive(Clone, Debug)]
pub struct Var {
    /// The place as it is written: `x`, `(*x)`, `self.a`.
    pub place: String,
    /// Its type.
    pub ty: Ty,
    /// Whether it may be assigned to.
    pub is_mut: bool,
    /// Whether it is a local of its own, which may be moved out of.
    pub is_owned: bool,
    /// How many loops and closures were around its declaration.
    pub depth: usize,
    /// How many blocks were around its declaration.
    pub level: usize,
}

/// What [`Gen::leave`] goes back to.
pub struct Mark {
    frozen: Option<Vec<Var>>,
}

impl Gen {
    /// Forgets the variables of another function.
    pub fn start_function(&mut self) {
        self.vars.clear();
        self.labels.clear();
        self.rounds = 1;
        self.cost = 1;
        self.depth = 0;
        self.level = 0;
        self.may_assign = false;
        self.may_move = true;
    }

    /// Declares a variable.
    pub fn declare(&mut self, name: &str, ty: Ty, is_mut: bool) {
        let (depth, level) = (self.depth, self.level);
        self.vars.retain(|v| root(&v.place) != name);
        self.vars.push(Var { place: name.to_string(), ty, is_mut, is_owned: true, depth, level });
    }

    /// Declares what is reached through a reference or a field.
    pub fn declare_place(&mut self, place: String, ty: Ty, is_mut: bool) {
        let (depth, level) = (self.depth, self.level);
        self.vars.push(Var { place, ty, is_mut, is_owned: false, depth, level });
    }

    /// Starts a block.
    pub fn enter(&mut self) -> Mark {
        self.level += 1;
        Mark { frozen: None }
    }
    /// Starts a block in which no variable from outside is assigned to.
    pub fn enter_frozen(&mut self) -> Mark {
        self.level += 1;
        let frozen = self.vars.clone();
        self.vars.iter_mut().for_each(|v| {
            v.is_mut = false;
            v.is_owned = false;
        });
        Mark { frozen: Some(frozen) }
    }
    /// Ends a block. A variable moved in it stays moved.
    pub fn leave(&mut self, mark: Mark) {
        self.level -= 1;
        let level = self.level;
        match mark.frozen {
            Some(vars) => self.vars = vars,
            None => self.vars.retain(|v| v.level <= level),
        }
    }

    /// Hides what lies in `place` while `write` writes.
    pub fn hiding<R>(&mut self, place: &str, write: impl FnOnce(&mut Gen) -> R) -> R {
        let root = root(place).to_string();
        let all = self.vars.clone();
        self.vars.retain(|v| self::root(&v.place) != root);
        let result = write(self);
        self.vars = all;
        result
    }

    /// Writes what is evaluated where nothing may be assigned or moved: behind a reference, in a closure.
    pub fn pure<R>(&mut self, write: impl FnOnce(&mut Gen) -> R) -> R {
        let before = (self.may_assign, self.may_move);
        (self.may_assign, self.may_move) = (false, false);
        let result = write(self);
        (self.may_assign, self.may_move) = before;
        result
    }

    /// All places: variables, and their fields.
    pub fn places(&self) -> Vec<Var> {
        let mut all = Vec::new();
        for var in &self.vars {
            all.push(var.clone());
            for (field, ty) in self.fields_of(&var.ty) {
                all.push(Var { place: format!("{}.{field}", var.place), ty, is_owned: false, ..var.clone() });
            }
        }
        all
    }

    fn fields_of(&self, ty: &Ty) -> Vec<(String, Ty)> {
        match ty {
            Ty::Tuple(ts) => ts.iter().enumerate().map(|(i, t)| (i.to_string(), t.clone())).collect(),
            Ty::Adt(n, arg) => {
                let adt = &self.adts[*n];
                let fields = adt.struct_fields().unwrap_or_default().iter();
                fields.map(|(f, t)| (f.clone(), arg.as_ref().map_or(t.clone(), |a| t.with(a)))).collect()
            }
            _ => Vec::new(),
        }
    }

    /// A place that satisfies the condition.
    pub fn find_place(&mut self, is_wanted: impl Fn(&Gen, &Var) -> bool) -> Option<Var> {
        let all: Vec<Var> = self.places().into_iter().filter(|v| is_wanted(self, v)).collect();
        // What was declared last is used most.
        let n = all.len();
        let k = self.rng.below(n).max(self.rng.below(n));
        all.get(k).cloned()
    }

    /// The value of some place of this type.
    pub fn read(&mut self, ty: &Ty) -> Option<String> {
        let var = self.find_place(|_, v| v.ty == *ty)?;
        if self.is_copy(ty) {
            return Some(var.place);
        }
        if var.is_owned && self.may_move && var.depth == self.depth && self.rng.chance(25) {
            self.vars.retain(|v| root(&v.place) != root(&var.place));
            return Some(var.place);
        }
        Some(format!("{}.clone()", var.place))
    }

    /// A place that may be assigned to.
    pub fn writable(&mut self, is_wanted: impl Fn(&Gen, &Var) -> bool) -> Option<Var> {
        self.find_place(|g, v| v.is_mut && is_wanted(g, v))
    }
}

/// The variable a place lies in.
pub fn root(place: &str) -> &str {
    let name = place.trim_start_matches(['(', '*', '&']);
    let end = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
    &name[..end]
}
