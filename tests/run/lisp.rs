use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::Debug;
use std::rc::Rc;
// simple Lisp interpreter
#[derive(Clone)]
enum Val {
    Nil,
    Int(i64),
    Sym(Rc<str>),
    List(Rc<Vec<Val>>),
    Func(fn(&[Val]) -> Result<Val, LispErr>),
    Lambda(Rc<Lambda>),
}
struct Lambda {
    params: Vec<Rc<str>>,
    body: Val,
    env: Env,
}
#[derive(Debug, Clone, PartialEq, Eq)]
enum LispErr {
    Unbound(String),
    Type(&'static str),
    Arity { want: usize, got: usize },
    Parse(String),
}
type Env = Rc<Scope>;
struct Scope {
    vars: RefCell<HashMap<Rc<str>, Val>>,
    parent: Option<Env>,
}
impl Scope {
    fn get(&self, k: &str) -> Option<Val> {
        self.vars.borrow().get(k).cloned().or_else(|| self.parent.as_ref()?.get(k))
    }
    fn child(parent: &Env) -> Env {
        Rc::new(Scope { vars: RefCell::default(), parent: Some(Rc::clone(parent)) })
    }
}
impl Debug for Val {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Val::Nil => write!(f, "nil"),
            Val::Int(n) => write!(f, "{n}"),
            Val::Sym(s) => write!(f, "{s}"),
            Val::List(v) => {
                f.write_str("(")?;
                for (i, x) in v.iter().enumerate() {
                    if i > 0 {
                        f.write_str(" ")?
                    }
                    x.fmt(f)?
                }
                f.write_str(")")
            }
            Val::Func(_) => f.write_str("<builtin>"),
            Val::Lambda(l) => write!(f, "<lambda/{}>", l.params.len()),
        }
    }
}
fn tokens(s: &str) -> impl Iterator<Item = &str> {
    let mut rest = s;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        if rest.is_empty() {
            return None;
        }
        let end = match rest.as_bytes()[0] {
            b'(' | b')' | b'\'' => 1,
            _ => rest.find(|c: char| c.is_whitespace() || "()'".contains(c)).unwrap_or(rest.len()),
        };
        let (t, r) = rest.split_at(end);
        rest = r;
        Some(t)
    })
}
fn parse<'a, I: Iterator<Item = &'a str>>(it: &mut std::iter::Peekable<I>) -> Result<Val, LispErr> {
    match it.next() {
        None => Err(LispErr::Parse("eof".into())),
        Some("(") => {
            let mut v = vec![];
            loop {
                match it.peek() {
                    None => return Err(LispErr::Parse("unclosed".to_string())),
                    Some(&")") => {
                        it.next();
                        return Ok(if v.is_empty() { Val::Nil } else { Val::List(Rc::new(v)) });
                    }
                    Some(_) => v.push(parse(it)?),
                }
            }
        }
        Some(")") => Err(LispErr::Parse(")".to_owned())),
        Some("'") => Ok(Val::List(Rc::new(vec![Val::Sym("quote".into()), parse(it)?]))),
        Some(t) => Ok(t
            .parse()
            .map(Val::Int)
            .unwrap_or_else(|_| if t == "nil" { Val::Nil } else { Val::Sym(t.into()) })),
    }
}
fn ints(a: &[Val]) -> Result<Vec<i64>, LispErr> {
    a.iter().map(|v| if let Val::Int(n) = v { Ok(*n) } else { Err(LispErr::Type("int")) }).collect()
}
fn eval(v: &Val, env: &Env) -> Result<Val, LispErr> {
    let list = match v {
        Val::Sym(s) => return env.get(s).ok_or_else(|| LispErr::Unbound(s.to_string())),
        Val::List(l) => l,
        other => return Ok(other.clone()),
    };
    let (head, args) = list.split_first().expect("nonempty");
    if let Val::Sym(s) = head {
        match (&**s, args) {
            ("quote", [x]) => return Ok(x.clone()),
            ("if", [c, t, rest @ ..]) => {
                return match eval(c, env)? {
                    Val::Nil => rest.first().map_or(Ok(Val::Nil), |e| eval(e, env)),
                    _ => eval(t, env),
                };
            }
            ("def", [Val::Sym(n), x]) => {
                let x = eval(x, env)?;
                env.vars.borrow_mut().insert(n.clone(), x.clone());
                return Ok(x);
            }
            ("fn", [Val::List(ps), body]) => {
                let params = ps
                    .iter()
                    .map(|p| match p {
                        Val::Sym(s) => Ok(s.clone()),
                        _ => Err(LispErr::Type("symbol")),
                    })
                    .collect::<Result<_, _>>()?;
                return Ok(Val::Lambda(Rc::new(Lambda { params, body: body.clone(), env: env.clone() })));
            }
            ("let", [Val::List(bs), body]) => {
                let inner = Scope::child(env);
                for pair in bs.chunks_exact(2) {
                    let [Val::Sym(n), e] = pair else { return Err(LispErr::Type("binding")) };
                    let x = eval(e, &inner)?;
                    inner.vars.borrow_mut().insert(Rc::clone(n), x);
                }
                return eval(body, &inner);
            }
            ("if" | "def" | "fn" | "let" | "quote", a) => {
                return Err(LispErr::Arity { want: 2, got: a.len() });
            }
            _ => {}
        }
    }
    let f = eval(head, env)?;
    let args = args.iter().map(|a| eval(a, env)).collect::<Result<Vec<_>, _>>()?;
    apply(&f, &args)
}
fn apply(f: &Val, args: &[Val]) -> Result<Val, LispErr> {
    match f {
        Val::Func(f) => f(args),
        Val::Lambda(l) if l.params.len() == args.len() => {
            let e = Scope::child(&l.env);
            e.vars.borrow_mut().extend(l.params.iter().cloned().zip(args.iter().cloned()));
            eval(&l.body, &e)
        }
        Val::Lambda(l) => Err(LispErr::Arity { want: l.params.len(), got: args.len() }),
        _ => Err(LispErr::Type("function")),
    }
}
fn global() -> Env {
    let e = Rc::new(Scope { vars: Default::default(), parent: None });
    let mut add = |n: &str, f: fn(&[Val]) -> Result<Val, LispErr>| {
        e.vars.borrow_mut().insert(n.into(), Val::Func(f));
    };
    add("+", |a| Ok(Val::Int(ints(a)?.iter().sum())));
    add("*", |a| Ok(Val::Int(ints(a)?.iter().product())));
    add("-", |a| match ints(a)?[..] {
        [x] => Ok(Val::Int(-x)),
        [x, ref r @ ..] => Ok(Val::Int(r.iter().fold(x, |a, b| a - b))),
        [] => Err(LispErr::Arity { want: 1, got: 0 }),
    });
    add("<", |a| Ok(if ints(a)?.windows(2).all(|w| w[0] < w[1]) { Val::Int(1) } else { Val::Nil }));
    add("list", |a| Ok(Val::List(Rc::new(a.to_vec()))));
    add("map", |a| {
        let [f, Val::List(l)] = a else { return Err(LispErr::Type("map")) };
        Ok(Val::List(Rc::new(l.iter().map(|x| apply(f, std::slice::from_ref(x))).collect::<Result<_, _>>()?)))
    });
    e
}
fn main() {
    let env = global();
    for src in [
        "(+ 1 2 (* 3 4))",
        "(def fib (fn (n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2))))))",
        "(fib 15)",
        "(map (fn (x) (* x x)) '(1 2 3))",
        "(let (a 1 b (+ a 1)) (list a b 'c))",
        "(def adder (fn (n) (fn (x) (+ x n))))",
        "((adder 5) 10)",
        "(undefined 1)",
        "(+ 1 'a)",
        "(fib)",
        "(1 2)",
        "(",
        ")",
        "(if nil 1)",
        "()",
    ] {
        let r = parse(&mut tokens(src).peekable()).and_then(|v| eval(&v, &env));
        match r {
            Ok(v) => println!("{src} => {v:?}"),
            Err(e) => println!("{src} => error {e:?}"),
        }
    }
}
