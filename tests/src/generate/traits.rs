//! Traits: one that is used as an object, one with associated items.

use super::Gen;
use super::ty::Ty;

/// A trait that types implement.
#[derive(Clone, Debug)]
pub struct TraitItem {
    /// Its name.
    pub name: String,
    /// Who implements it.
    pub implementors: Vec<Ty>,
    /// Result of its required method; `None` for the trait with associated items.
    pub result: Option<Ty>,
}

impl Gen {
    fn implementors(&mut self) -> Vec<Ty> {
        let mut list = vec![Ty::Int(self.rng.word(&["i32", "u8", "u64"]))];
        for (n, adt) in self.adts.iter().enumerate() {
            if !adt.is_generic {
                list.push(Ty::Adt(n, None));
            }
        }
        if self.rng.chance(50) {
            list.push(Ty::String);
        }
        if self.rng.chance(30) {
            list.push(Ty::Tuple(vec![Ty::Bool, Ty::Int("i16")]));
        }
        list
    }

    /// A trait with a default method, used as `dyn`.
    pub fn object_trait(&mut self) {
        let name = self.fresh("Look");
        let result = if self.rng.chance(70) { self.scalar_ty() } else { self.any_ty(1) };
        let spelled = self.spell(&result);
        self.line("");
        self.open(format!("trait {name}"));
        self.line(format!("fn look(&self, n: i64) -> {spelled};"));
        self.line("fn name(&self) -> String { String::from(\"default\") }");
        self.line("fn twice(&self) -> String { format!(\"{}:{:?}:{:?}\", self.name(), self.look(1), self.look(-2)) }");
        self.close();
        let implementors = self.implementors();
        for ty in &implementors {
            let spelled_self = self.spell(ty);
            self.open(format!("impl {name} for {spelled_self}"));
            self.start_function();
            self.declare_place("(*self)".into(), ty.clone(), false);
            self.declare("n", Ty::Int("i64"), false);
            self.open(format!("fn look(&self, n: i64) -> {spelled}"));
            let value = self.expr(&result, 3);
            self.line(value);
            self.close();
            if self.rng.chance(50) {
                self.start_function();
                self.declare_place("(*self)".into(), ty.clone(), false);
                let value = self.expr(&Ty::String, 2);
                self.line(format!("fn name(&self) -> String {{ {value} }}"));
            }
            self.close();
        }
        self.traits.push(TraitItem { name, implementors, result: Some(result) });
    }

    /// A trait with a constant, a type and a constructor, used through generics.
    pub fn static_trait(&mut self) {
        let name = self.fresh("Make");
        self.line("");
        self.open(format!("trait {name}: Sized + Clone + fmt::Debug"));
        self.line("const SIZE: u32;");
        self.line("type Out: fmt::Debug + Clone + PartialEq;");
        self.line("fn make(n: i64) -> Self;");
        self.line("fn out(&self) -> Self::Out;");
        self.line("fn pair(n: i64) -> (Self, Self::Out) { let x = Self::make(n); let o = x.out(); (x, o) }");
        self.close();
        let implementors = self.implementors();
        for ty in &implementors {
            let out = self.any_ty(1);
            let (spelled, out_spelled) = (self.spell(ty), self.spell(&out));
            self.open(format!("impl {name} for {spelled}"));
            self.line(format!("const SIZE: u32 = {};", self.names));
            self.line(format!("type Out = {out_spelled};"));
            self.start_function();
            self.declare("n", Ty::Int("i64"), false);
            let value = self.expr(ty, 2);
            self.line(format!("fn make(n: i64) -> Self {{ {value} }}"));
            self.start_function();
            self.declare_place("(*self)".into(), ty.clone(), false);
            let value = self.expr(&out, 2);
            self.line(format!("fn out(&self) -> {out_spelled} {{ {value} }}"));
            self.close();
        }
        self.open(format!("fn through_{}<X: {name}>(n: i64) -> String", name.to_lowercase()));
        self.line("let (x, o) = X::pair(n);");
        self.line("format!(\"{:?} {:?} {} {}\", x, o, X::SIZE, x.out() == o)");
        self.close();
        self.traits.push(TraitItem { name, implementors, result: None });
    }

    /// Calls through the program's traits, printed.
    pub fn use_traits(&mut self) {
        for item in self.traits.clone() {
            let Some(first) = self.rng.pick(&item.implementors).cloned() else { continue };
            match item.result {
                Some(_) => {
                    let mut list = Vec::new();
                    for _ in 0..self.rng.range(1, 3) {
                        let ty = self.rng.pick(&item.implementors).cloned().unwrap_or(Ty::Bool);
                        list.push(format!("Box::new({})", self.pure(|g| g.typed(&ty, 1))));
                    }
                    let name = self.fresh("objects");
                    self.line(format!(
                        "let {name}: Vec<Box<dyn {}>> = vec![{}];",
                        item.name,
                        list.join(", ")
                    ));
                    let label = self.fresh("k");
                    self.open(format!("for ({label}, o) in {name}.iter().enumerate()"));
                    self.line(format!(
                        "println!(\"{{}} {{}} {{:?}}\", {label}, o.twice(), o.look({label} as i64));"
                    ));
                    self.close();
                    let value = self.pure(|g| g.typed(&first, 1));
                    let name = self.fresh("d");
                    self.line(format!("let {name}: &dyn {} = &{value};", item.name));
                    self.line(format!("println!(\"{{}}\", {name}.name());"));
                }
                None => {
                    let spelled = self.spell(&first);
                    let n = self.rng.below(20);
                    self.line(format!(
                        "println!(\"{{}}\", through_{}::<{spelled}>({n}));",
                        item.name.to_lowercase()
                    ));
                }
            }
        }
    }

    /// An expression whose type is known from the outside.
    pub fn typed(&mut self, ty: &Ty, d: u32) -> String {
        let value = self.expr(ty, d);
        let name = self.fresh("y");
        format!("{{ let {name}: {} = {value}; {name} }}", self.spell(ty))
    }
}
