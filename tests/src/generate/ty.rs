//! The types of generated programs and what may be done with their values.

use super::Gen;

/// Kinds of integers, narrow ones first.
pub const INTS: [&str; 12] =
    ["u8", "i8", "u16", "i16", "u32", "i32", "u64", "i64", "usize", "isize", "u128", "i128"];

/// A type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ty {
    /// By its name.
    Int(&'static str),
    /// `f64` or `f32`.
    Float(&'static str),
    /// `bool`
    Bool,
    /// `char`
    Char,
    /// `&'static str`
    Str,
    /// `String`
    String,
    /// A tuple.
    Tuple(Vec<Ty>),
    /// An array.
    Array(Box<Ty>, usize),
    /// A slice behind a reference.
    Slice(Box<Ty>),
    /// `Vec<T>`
    Vec(Box<Ty>),
    /// `VecDeque<T>`
    Deque(Box<Ty>),
    /// `Option<T>`
    Option(Box<Ty>),
    /// `Result<T, E>`
    Result(Box<Ty>, Box<Ty>),
    /// `Box<T>`
    Box(Box<Ty>),
    /// `Rc<T>`
    Rc(Box<Ty>),
    /// `BTreeMap<K, V>`
    Map(Box<Ty>, Box<Ty>),
    /// `BTreeSet<T>`
    Set(Box<Ty>),
    /// A reference; only as an item of an iterator.
    Ref(Box<Ty>),
    /// A struct or enum of the program, by number, with its argument.
    Adt(usize, Option<Box<Ty>>),
    /// The parameter `T` of a generic function or type.
    Param,
}

impl Ty {
    /// `Vec<T>`
    pub fn vec(self) -> Ty {
        Ty::Vec(Box::new(self))
    }
    /// `Option<T>`
    pub fn option(self) -> Ty {
        Ty::Option(Box::new(self))
    }
    /// A reference.
    pub fn by_ref(self) -> Ty {
        Ty::Ref(Box::new(self))
    }
    /// The type with `T` replaced.
    pub fn with(&self, arg: &Ty) -> Ty {
        let boxed = |t: &Ty| Box::new(t.with(arg));
        match self {
            Ty::Param => arg.clone(),
            Ty::Tuple(ts) => Ty::Tuple(ts.iter().map(|t| t.with(arg)).collect()),
            Ty::Array(t, n) => Ty::Array(boxed(t), *n),
            Ty::Slice(t) => Ty::Slice(boxed(t)),
            Ty::Vec(t) => Ty::Vec(boxed(t)),
            Ty::Deque(t) => Ty::Deque(boxed(t)),
            Ty::Option(t) => Ty::Option(boxed(t)),
            Ty::Result(t, e) => Ty::Result(boxed(t), boxed(e)),
            Ty::Box(t) => Ty::Box(boxed(t)),
            Ty::Rc(t) => Ty::Rc(boxed(t)),
            Ty::Map(k, v) => Ty::Map(boxed(k), boxed(v)),
            Ty::Set(t) => Ty::Set(boxed(t)),
            Ty::Ref(t) => Ty::Ref(boxed(t)),
            Ty::Adt(n, a) => Ty::Adt(*n, a.as_ref().map(|t| boxed(t))),
            other => other.clone(),
        }
    }
    /// The element of a sequence that can be indexed.
    pub fn element(&self) -> Option<&Ty> {
        match self {
            Ty::Vec(t) | Ty::Array(t, _) | Ty::Slice(t) => Some(t),
            _ => None,
        }
    }
}

impl Gen {
    /// The type as it is written.
    pub fn spell(&self, ty: &Ty) -> String {
        match ty {
            Ty::Int(k) | Ty::Float(k) => k.to_string(),
            Ty::Bool => "bool".into(),
            Ty::Char => "char".into(),
            Ty::Str => "&'static str".into(),
            Ty::String => "String".into(),
            Ty::Tuple(ts) => {
                let list: Vec<String> = ts.iter().map(|t| self.spell(t)).collect();
                format!("({}{})", list.join(", "), if ts.len() == 1 { "," } else { "" })
            }
            Ty::Array(t, n) => format!("[{}; {n}]", self.spell(t)),
            Ty::Slice(t) => format!("&[{}]", self.spell(t)),
            Ty::Vec(t) => format!("Vec<{}>", self.spell(t)),
            Ty::Deque(t) => format!("VecDeque<{}>", self.spell(t)),
            Ty::Option(t) => format!("Option<{}>", self.spell(t)),
            Ty::Result(t, e) => format!("Result<{}, {}>", self.spell(t), self.spell(e)),
            Ty::Box(t) => format!("Box<{}>", self.spell(t)),
            Ty::Rc(t) => format!("Rc<{}>", self.spell(t)),
            Ty::Map(k, v) => format!("BTreeMap<{}, {}>", self.spell(k), self.spell(v)),
            Ty::Set(t) => format!("BTreeSet<{}>", self.spell(t)),
            Ty::Ref(t) => format!("&{}", self.spell(t)),
            Ty::Adt(n, None) => self.adts[*n].name.clone(),
            Ty::Adt(n, Some(t)) => format!("{}<{}>", self.adts[*n].name, self.spell(t)),
            Ty::Param => "T".into(),
        }
    }

    /// Whether values are copied.
    pub fn is_copy(&self, ty: &Ty) -> bool {
        match ty {
            Ty::Int(_) | Ty::Float(_) | Ty::Bool | Ty::Char | Ty::Str | Ty::Ref(_) | Ty::Slice(_) => true,
            Ty::Tuple(ts) => ts.iter().all(|t| self.is_copy(t)),
            Ty::Array(t, _) | Ty::Option(t) => self.is_copy(t),
            Ty::Result(t, e) => self.is_copy(t) && self.is_copy(e),
            Ty::Adt(n, a) => self.adts[*n].is_copy && a.as_ref().is_none_or(|t| self.is_copy(t)),
            _ => false,
        }
    }

    /// Whether values have a total order and a hash.
    pub fn is_ord(&self, ty: &Ty) -> bool {
        match ty {
            Ty::Float(_) | Ty::Param => false,
            Ty::Tuple(ts) => ts.iter().all(|t| self.is_ord(t)),
            Ty::Array(t, _)
            | Ty::Slice(t)
            | Ty::Vec(t)
            | Ty::Deque(t)
            | Ty::Option(t)
            | Ty::Box(t)
            | Ty::Rc(t)
            | Ty::Set(t)
            | Ty::Ref(t) => self.is_ord(t),
            Ty::Result(t, e) | Ty::Map(t, e) => self.is_ord(t) && self.is_ord(e),
            Ty::Adt(n, a) => self.adts[*n].is_ord && a.as_ref().is_none_or(|t| self.is_ord(t)),
            _ => true,
        }
    }

    /// An integer type; the usual ones more often.
    pub fn int(&mut self) -> &'static str {
        if self.rng.chance(50) {
            self.rng.word(&["i32", "u32", "i64", "u64", "usize"])
        } else {
            self.rng.word(&INTS)
        }
    }

    /// A type without parts.
    pub fn scalar_ty(&mut self) -> Ty {
        match self.rng.below(12) {
            0 => Ty::Bool,
            1 => Ty::Char,
            2 => Ty::Float("f64"),
            3 if self.rng.chance(40) => Ty::Float("f32"),
            _ => Ty::Int(self.int()),
        }
    }

    /// Any type that can be stored; `depth` bounds its nesting.
    pub fn any_ty(&mut self, depth: u32) -> Ty {
        if depth == 0 {
            return if self.rng.chance(15) { Ty::String } else { self.scalar_ty() };
        }
        let d = depth - 1;
        match self.rng.below(26) {
            0..=6 => self.scalar_ty(),
            7 | 8 => Ty::String,
            9 => Ty::Str,
            10 | 11 => {
                let n = self.rng.range(2, 3);
                Ty::Tuple((0..n).map(|_| self.any_ty(d)).collect())
            }
            12 => {
                let n = self.rng.range(1, 5);
                Ty::Array(Box::new(self.any_ty(d)), n)
            }
            13..=15 => self.any_ty(d).vec(),
            16 => Ty::Deque(Box::new(self.any_ty(d))),
            17 => self.any_ty(d).option(),
            18 => Ty::Result(Box::new(self.any_ty(d)), Box::new(Ty::String)),
            19 => Ty::Box(Box::new(self.any_ty(d))),
            20 if !self.for_tasks => Ty::Rc(Box::new(self.any_ty(d))),
            21 => Ty::Map(Box::new(self.key_ty()), Box::new(self.any_ty(d))),
            22 => Ty::Set(Box::new(self.key_ty())),
            _ => self.adt_ty(d).unwrap_or_else(|| self.scalar_ty()),
        }
    }

    /// A type for keys.
    pub fn key_ty(&mut self) -> Ty {
        match self.rng.below(6) {
            0 => Ty::String,
            1 => Ty::Char,
            2 => Ty::Tuple(vec![Ty::Int("i32"), Ty::Bool]),
            _ => Ty::Int(self.int()),
        }
    }

    /// One of the program's structs and enums.
    pub fn adt_ty(&mut self, depth: u32) -> Option<Ty> {
        let n = self.rng.below(self.adts.len());
        let is_generic = self.adts.get(n)?.is_generic;
        Some(Ty::Adt(n, is_generic.then(|| Box::new(self.any_ty(depth)))))
    }
}
