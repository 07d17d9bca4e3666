//! Structs, enums, constants and functions.

use super::Gen;
use super::ty::Ty;

/// The fields of a struct or variant.
#[derive(Clone, Debug)]
pub enum Shape {
    /// None.
    Unit,
    /// By position.
    Tuple(Vec<Ty>),
    /// By name.
    Named(Vec<(String, Ty)>),
}

impl Shape {
    /// Names and types.
    pub fn fields(&self) -> impl Iterator<Item = (String, Ty)> + '_ {
        let list: Vec<(String, Ty)> = match self {
            Shape::Unit => Vec::new(),
            Shape::Tuple(ts) => ts.iter().enumerate().map(|(i, t)| (i.to_string(), t.clone())).collect(),
            Shape::Named(fs) => fs.clone(),
        };
        list.into_iter()
    }
    /// Whether a field holds the type itself.
    pub fn is_recursive(&self, id: usize) -> bool {
        self.fields().any(|(_, t)| matches!(t, Ty::Box(b) if matches!(*b, Ty::Adt(n, _) if n == id)))
    }
}

/// A method without a receiver's type.
#[derive(Clone, Debug)]
pub struct Method {
    /// Its name.
    pub name: String,
    /// Parameters after the receiver.
    pub params: Vec<Ty>,
    /// Its result.
    pub result: Ty,
    /// Whether it takes `&mut self`.
    pub is_mut: bool,
}

/// A struct or enum.
#[derive(Clone, Debug)]
pub struct Adt {
    /// Its name.
    pub name: String,
    /// Whether it has the parameter `T`.
    pub is_generic: bool,
    /// Whether it is an enum.
    pub is_enum: bool,
    /// Variants; a struct has one.
    pub shapes: Vec<(String, Shape)>,
    /// Derives `Copy`.
    pub is_copy: bool,
    /// Derives `Ord` and `Hash`.
    pub is_ord: bool,
    /// Methods.
    pub methods: Vec<Method>,
}

impl Adt {
    /// The named fields, if it is a struct with some.
    pub fn struct_fields(&self) -> Option<&[(String, Ty)]> {
        match &self.shapes[..] {
            [(_, Shape::Named(fields))] if !self.is_enum => Some(fields),
            _ => None,
        }
    }
}

/// How a parameter is passed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Mode {
    /// By value.
    Value,
    /// By reference.
    Ref,
    /// By mutable reference.
    Mut,
    /// A closure from this type to the parameter's.
    Closure(Ty),
}

/// A function.
#[derive(Clone, Debug)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// Parameters.
    pub params: Vec<(Mode, Ty)>,
    /// Result.
    pub result: Ty,
    /// Whether it has the parameter `T`.
    pub is_generic: bool,
    /// Statements it executes at most, about.
    pub cost: u64,
}

impl Function {
    /// Whether a call can give this type.
    pub fn generic_result_is(&self, ty: &Ty) -> bool {
        if self.is_generic { self.argument_for(ty).is_some() } else { self.result == *ty }
    }
    /// What `T` is if the result is `ty`.
    pub fn argument_for(&self, ty: &Ty) -> Option<Ty> {
        match (&self.result, ty) {
            (Ty::Param, t) => Some(t.clone()),
            (Ty::Option(_), Ty::Option(t)) | (Ty::Vec(_), Ty::Vec(t)) => Some((**t).clone()),
            _ => None,
        }
    }
}

impl Gen {
    /// A struct or enum with methods.
    pub fn adt(&mut self) {
        let id = self.adts.len();
        let name = format!("{}{id}", self.rng.word(&["Point", "Shape", "Node", "Item", "State"]));
        let is_enum = self.rng.chance(50);
        let is_generic = self.rng.chance(25);
        let count = if is_enum { self.rng.range(2, 4) } else { 1 };
        let mut shapes = Vec::new();
        for i in 0..count {
            let variant = format!("{}{i}", self.rng.word(&["A", "Leaf", "Pair", "Many"]));
            shapes.push((variant, self.shape_of(id, is_enum, is_generic, i)));
        }
        let tys: Vec<Ty> =
            shapes.iter().flat_map(|s| s.1.fields().map(|f| f.1).collect::<Vec<_>>()).collect();
        let is_recursive = shapes.iter().any(|s| s.1.is_recursive(id));
        let own = |t: &Ty| matches!(t, Ty::Param);
        let is_copy = !is_recursive && tys.iter().all(|t| own(t) || self.is_copy(t)) && self.rng.chance(60);
        // A recursive type has the order of its other fields; it is not asked about itself.
        let plain: Vec<&Ty> = tys
            .iter()
            .filter(|t| !matches!(t, Ty::Box(b) if matches!(**b, Ty::Adt(n, _) if n == id)))
            .collect();
        let is_ord = plain.iter().all(|t| own(t) || self.is_ord(t));
        let mut derives = vec!["Debug", "Clone", "PartialEq", "PartialOrd"];
        derives.extend(is_copy.then_some("Copy"));
        derives.extend(if is_ord { &["Eq", "Ord", "Hash"][..] } else { &[] });
        let adt = Adt { name, is_generic, is_enum, shapes, is_copy, is_ord, methods: Vec::new() };
        self.adts.push(adt.clone());
        self.line("");
        self.line(format!("#[derive({})]", derives.join(", ")));
        let generics = if is_generic { "<T>" } else { "" };
        let fields = |g: &Gen, shape: &Shape, visibility: &str| match shape {
            Shape::Unit => String::new(),
            Shape::Tuple(ts) => format!(
                "({})",
                ts.iter().map(|t| format!("{visibility}{}", g.spell(t))).collect::<Vec<_>>().join(", ")
            ),
            Shape::Named(fs) => {
                format!(
                    " {{ {} }}",
                    fs.iter()
                        .map(|(f, t)| format!("{visibility}{f}: {}", g.spell(t)))
                        .collect::<Vec<_>>()
                        .join(", ")
                )
            }
        };
        if is_enum {
            self.open(format!("pub enum {}{generics}", adt.name));
            for (variant, shape) in &adt.shapes {
                let text = fields(self, shape, "");
                self.line(format!("{variant}{text},"));
            }
            self.close();
        } else {
            let text = fields(self, &adt.shapes[0].1, "pub ");
            let end = if matches!(adt.shapes[0].1, Shape::Named(_)) { "" } else { ";" };
            self.line(format!("pub struct {}{generics}{text}{end}", adt.name));
        }
        self.methods(id);
    }

    fn shape_of(&mut self, id: usize, is_enum: bool, is_generic: bool, index: usize) -> Shape {
        let this = Ty::Adt(id, is_generic.then_some(Box::new(Ty::Param)));
        let count = self.rng.range(1, 3);
        let mut tys: Vec<Ty> = (0..count).map(|_| self.any_ty(1)).collect();
        if is_generic && index == 0 {
            tys[0] = if self.rng.chance(70) { Ty::Param } else { Ty::Param.vec() };
        }
        if is_enum && index > 0 && self.rng.chance(25) {
            tys.push(Ty::Box(Box::new(this)));
        }
        match self.rng.below(if is_enum && index > 0 { 3 } else { 2 }) {
            0 => Shape::Tuple(tys),
            1 => {
                let names = ["a", "b", "c", "d"];
                Shape::Named(tys.into_iter().zip(names).map(|(t, n)| (n.to_string(), t)).collect())
            }
            _ => Shape::Unit,
        }
    }

    fn methods(&mut self, id: usize) {
        let adt = self.adts[id].clone();
        let this = Ty::Adt(id, adt.is_generic.then_some(Box::new(Ty::Param)));
        let head = if adt.is_generic {
            format!("impl<T: Clone + fmt::Debug + PartialOrd> {}<T>", adt.name)
        } else {
            format!("impl {}", adt.name)
        };
        self.open(head);
        for _ in 0..self.rng.range(1, 3) {
            let name = self.fresh("m");
            let is_mut = self.rng.chance(25);
            let params: Vec<Ty> = (0..self.rng.below(3)).map(|_| self.any_ty(1)).collect();
            let result = self.any_ty(1);
            self.start_function();
            let mut list = vec![if is_mut { "&mut self".to_string() } else { "&self".to_string() }];
            self.declare_place("(*self)".into(), this.clone(), false);
            if is_mut {
                for (field, ty) in adt.struct_fields().unwrap_or_default() {
                    self.declare_place(format!("self.{field}"), ty.clone(), true);
                }
            }
            for t in &params {
                let p = self.fresh("p");
                list.push(format!("{p}: {}", self.spell(t)));
                self.declare(&p, t.clone(), false);
            }
            self.open(format!("pub fn {name}({}) -> {}", list.join(", "), self.spell(&result)));
            if is_mut {
                self.assign_statement();
            }
            if self.rng.chance(40) {
                self.let_statement();
            }
            let value = self.expr(&result, 2);
            self.line(value);
            self.close();
            self.adts[id].methods.push(Method { name, params, result, is_mut });
        }
        self.close();
    }

    /// Constants, statics and a `const fn`.
    pub fn consts(&mut self) {
        self.line("");
        if self.rng.chance(60) {
            let k = self.int();
            let (a, b) = (self.int_literal(k), self.int_literal(k));
            self.line(format!("const LIMIT: {k} = ({a}).wrapping_mul(7) ^ ({b});"));
            self.line(format!("static TABLE: [{k}; 4] = [LIMIT, {b}, 3, LIMIT / 2];"));
            self.open("const fn mix(n: u64) -> u64");
            self.line("let mut h = n ^ 0x9e37;");
            self.line("let mut i = 0;");
            self.line("while i < 5 { h = h.wrapping_mul(0x5bd1_e995).rotate_left(7) ^ i; i += 1; }");
            self.line("h");
            self.close();
            self.line("const MIXED: [u64; 2] = [mix(1), mix(2)];");
            let cost = 30;
            self.open(format!("fn constant(i: usize) -> {k}"));
            self.line("TABLE[i % TABLE.len()].wrapping_add(MIXED[i % 2] as _)");
            self.close();
            self.functions.push(Function {
                name: "constant".into(),
                params: vec![(Mode::Value, Ty::Int("usize"))],
                result: Ty::Int(k),
                is_generic: false,
                cost,
            });
        }
    }

    /// A function with random statements.
    pub fn function(&mut self) {
        let name = self.fresh("f");
        let mut params = Vec::new();
        for _ in 0..self.rng.range(1, 3) {
            let ty = self.any_ty(2);
            let mode = match self.rng.below(6) {
                0 | 1 => Mode::Ref,
                2 => Mode::Mut,
                3 if self.rng.chance(50) => Mode::Closure(self.scalar_ty()),
                _ => Mode::Value,
            };
            params.push((mode, ty));
        }
        let result = self.any_ty(2);
        self.start_function();
        self.head(&name, &params, &result, "");
        for _ in 0..self.rng.range(1, 4) {
            self.statement(2);
        }
        let value = self.expr(&result, 3);
        self.line(value);
        self.close();
        let cost = self.cost.max(5);
        self.functions.push(Function { name, params, result, is_generic: false, cost });
    }

    /// Opens a function and declares its parameters.
    pub fn head(&mut self, name: &str, params: &[(Mode, Ty)], result: &Ty, generics: &str) {
        let mut list = Vec::new();
        for (mode, ty) in params {
            let p = self.fresh("p");
            let spelled = self.spell(ty);
            match mode {
                Mode::Value => {
                    self.declare(&p, ty.clone(), false);
                    list.push(format!("{p}: {spelled}"));
                }
                Mode::Ref => {
                    self.declare_place(format!("(*{p})"), ty.clone(), false);
                    list.push(format!("{p}: &{spelled}"));
                }
                Mode::Mut => {
                    self.declare_place(format!("(*{p})"), ty.clone(), true);
                    list.push(format!("{p}: &mut {spelled}"));
                }
                Mode::Closure(a) => {
                    list.push(format!("{p}: impl Fn({}) -> {spelled}", self.spell(a)));
                    let arg = self.pure(|g| g.expr(a, 0));
                    let value = self.fresh("v");
                    self.declare(&value, ty.clone(), false);
                    // Called below, once the function is open.
                    self.pending.push(format!("let {value} = {p}({arg});"));
                }
            }
        }
        self.line("");
        let result = self.spell(result);
        self.open(format!("fn {name}{generics}({}) -> {result}", list.join(", ")));
        for text in std::mem::take(&mut self.pending) {
            self.line(text);
        }
    }

    /// A function over any type.
    pub fn generic_function(&mut self) {
        let name = self.fresh("g");
        let shapes = [
            (vec![(Mode::Value, Ty::Param), (Mode::Ref, Ty::Param.vec())], Ty::Param),
            (vec![(Mode::Value, Ty::Param), (Mode::Value, Ty::Param.option())], Ty::Param.option()),
            (vec![(Mode::Value, Ty::Param), (Mode::Value, Ty::Param)], Ty::Param.vec()),
        ];
        let Some((params, result)) = self.rng.pick(&shapes).cloned() else { return };
        self.start_function();
        self.head(&name, &params, &result, "<T: Clone + PartialOrd + fmt::Debug>");
        for _ in 0..self.rng.range(0, 2) {
            self.statement(1);
        }
        if let Some(v) = self.find_place(|_, v| v.ty == Ty::Param) {
            let place = v.place;
            let other = self.expr(&Ty::Param, 1);
            let w = self.fresh("w");
            self.line(format!(
                "let {w} = if {place} < {place}.clone() {{ {other} }} else {{ {place}.clone() }};"
            ));
            self.vars.retain(|v| v.ty != Ty::Param || v.place.starts_with('('));
            self.declare(&w, Ty::Param, false);
        }
        let value = self.expr(&result, 2);
        self.line(value);
        self.close();
        let cost = self.cost.max(5);
        self.functions.push(Function { name, params, result, is_generic: true, cost });
    }

    /// A function that calls itself until its fuel is used up.
    pub fn recursive_function(&mut self) {
        let name = self.fresh("r");
        let result = if self.rng.chance(60) { Ty::Int(self.int()) } else { self.any_ty(1) };
        self.start_function();
        self.line("");
        self.open(format!("fn {name}(fuel: u8, acc: {0}) -> {0}", self.spell(&result)));
        self.declare("fuel", Ty::Int("u8"), false);
        self.declare("acc", result.clone(), false);
        self.line("if fuel % 8 == 0 { return acc; }");
        self.line("let less = fuel % 8 - 1;");
        let next = self.pure(|g| g.expr(&result, 2));
        let spelled = self.spell(&result);
        if self.rng.chance(50) {
            self.line(format!("let left: {spelled} = {name}(less, {next});"));
            self.declare("left", result.clone(), false);
            let next = self.pure(|g| g.expr(&result, 2));
            self.line(format!("let right: {spelled} = {name}(less / 2, {next});"));
            self.declare("right", result.clone(), false);
            let value = self.expr(&result, 2);
            self.line(value);
        } else {
            let cond = self.pure(|g| g.expr(&Ty::Bool, 2));
            self.line(format!("if {cond} {{ {name}(less, {next}) }} else {{ {name}(less / 2, acc) }}"));
        }
        self.close();
        let params = vec![(Mode::Value, Ty::Int("u8")), (Mode::Value, result.clone())];
        let cost = self.cost.max(5) * 60;
        self.functions.push(Function { name, params, result, is_generic: false, cost });
    }
}
