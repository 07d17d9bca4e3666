//! Chains of iterators.

use super::Gen;
use super::ty::Ty;

/// A chain so far: its text and what its items are.
struct Chain {
    text: String,
    item: Ty,
    /// Whether it can be walked from the back, with a known length.
    is_exact: bool,
}

impl Gen {
    /// A vector.
    pub fn vec_expr(&mut self, t: &Ty, d: u32) -> String {
        if d == 0 {
            return format!("Vec::<{}>::new()", self.spell(t));
        }
        let n = d - 1;
        match self.rng.below(9) {
            0 => {
                let count = self.rng.range(0, 6);
                format!("vec![{}; {count}]", self.expr(t, n))
            }
            1..=3 if n > 0 => {
                let chain = self.chain_of(t, n);
                format!("{chain}.collect::<Vec<{}>>()", self.spell(t))
            }
            4 => {
                let source = self.find_place(|_, v| v.ty.element() == Some(t));
                match source {
                    Some(v) => {
                        let (a, b) = (self.rng.range(0, 3), self.rng.range(1, 4));
                        let place = v.place;
                        match self.rng.below(6) {
                            0 => {
                                format!("{place}.iter().skip({a}).step_by({b}).cloned().collect::<Vec<_>>()")
                            }
                            1 => format!("{place}.to_vec()"),
                            2 => format!("{place}[{place}.len().min({a})..].to_vec()"),
                            3 => format!("{place}.chunks({b}).rev().flatten().cloned().collect::<Vec<_>>()"),
                            4 => format!("[&{place}[..], &{place}[..{place}.len().min({b})]].concat()"),
                            _ => format!("{place}.split_at({place}.len() / 2).1.to_vec()"),
                        }
                    }
                    None => format!("Vec::<{}>::with_capacity(3)", self.spell(t)),
                }
            }
            5 if self.is_ord(t) => {
                let list = self.expr(&t.clone().vec(), n);
                let sort = self.rng.word(&[
                    "sort()",
                    "sort_unstable()",
                    "dedup()",
                    "reverse()",
                    "sort_by(|a, b| b.cmp(a))",
                ]);
                format!("{{ let mut v = {list}; v.{sort}; v }}")
            }
            _ => {
                let count = self.rng.range(0, 5);
                let list: Vec<String> = (0..count).map(|_| self.expr(t, n.min(1))).collect();
                if count == 0 {
                    format!("Vec::<{}>::new()", self.spell(t))
                } else {
                    format!("vec![{}]", list.join(", "))
                }
            }
        }
    }

    /// A slice.
    pub fn slice_expr(&mut self, t: &Ty, d: u32) -> String {
        let var = self.find_place(|_, v| v.ty.element() == Some(t));
        match var {
            Some(v) if matches!(v.ty, Ty::Slice(_)) => v.place,
            Some(v) => {
                let place = v.place;
                match self.rng.below(3) {
                    0 => format!("&{place}[{place}.len() / 2..]"),
                    1 => format!("&{place}[..]"),
                    _ => format!("&{place}"),
                }
            }
            None => format!("&{}[..]", self.pure(|g| g.expr(&t.clone().vec(), d.max(1)))),
        }
    }

    /// A chain with items of this type.
    fn chain_of(&mut self, t: &Ty, d: u32) -> String {
        let chain = self.chain(d);
        let body = self.chain_closure(&chain.item, t, d.saturating_sub(1), false);
        format!("{}.map({body})", chain.text)
    }

    fn chain(&mut self, d: u32) -> Chain {
        let mut chain = self.chain_source(d.min(1));
        for _ in 0..self.rng.below(3) {
            chain = self.adapt(chain, d.saturating_sub(1));
        }
        chain
    }

    fn chain_source(&mut self, d: u32) -> Chain {
        if self.rng.chance(60)
            && let Some(v) = self
                .find_place(|_, v| matches!(v.ty, Ty::Vec(_) | Ty::Array(..) | Ty::Slice(_) | Ty::Deque(_)))
        {
            let (Ty::Vec(t) | Ty::Array(t, _) | Ty::Slice(t) | Ty::Deque(t)) = &v.ty else { unreachable!() };
            let (t, place) = ((**t).clone(), &v.place);
            let is_slice = v.ty.element().is_some();
            return match self.rng.below(5) {
                0 if is_slice => Chain {
                    text: format!("{place}.windows(2)"),
                    item: Ty::Slice(Box::new(t)),
                    is_exact: true,
                },
                1 if is_slice => {
                    let n = self.rng.range(1, 4);
                    Chain {
                        text: format!("{place}.chunks({n})"),
                        item: Ty::Slice(Box::new(t)),
                        is_exact: true,
                    }
                }
                2 => Chain { text: format!("{place}.iter().cloned()"), item: t, is_exact: true },
                _ => Chain { text: format!("{place}.iter()"), item: t.by_ref(), is_exact: true },
            };
        }
        match self.rng.below(8) {
            0 => Chain { text: format!("{}.chars()", self.string_ref(d)), item: Ty::Char, is_exact: false },
            1 => {
                let name = self.rng.range(1, 9);
                let k = self.int();
                let start = self.int_literal(k);
                Chain {
                    text: format!("std::iter::successors(Some({start}), |x| x.checked_add({name})).take(5)"),
                    item: Ty::Int(k),
                    is_exact: false,
                }
            }
            2 => {
                let t = self.any_ty(1);
                let value = self.pure(|g| g.expr(&t, d));
                Chain { text: format!("vec![{value}; 3].into_iter()"), item: t, is_exact: true }
            }
            3 => match self.find_place(|_, v| matches!(v.ty, Ty::Map(..))) {
                Some(v) => {
                    let Ty::Map(key, value) = v.ty else { unreachable!() };
                    Chain {
                        text: format!("{}.iter()", v.place),
                        item: Ty::Tuple(vec![Ty::Ref(key), Ty::Ref(value)]),
                        is_exact: false,
                    }
                }
                None => Chain { text: "(1..=4u8)".into(), item: Ty::Int("u8"), is_exact: true },
            },
            _ => {
                let k = self.rng.word(&["i32", "u32", "usize", "i64", "u8"]);
                let (a, b) = (self.rng.below(4), self.rng.range(3, 12));
                Chain { text: format!("({a}..{b}{k})"), item: Ty::Int(k), is_exact: k != "i64" }
            }
        }
    }

    fn chain_closure(&mut self, item: &Ty, result: &Ty, d: u32, by_ref: bool) -> String {
        let name = self.fresh("x");
        let mark = self.enter_frozen();
        self.depth += 1;
        let rounds = self.rounds;
        self.rounds = rounds.saturating_mul(12);
        let pattern = if by_ref {
            self.bind_reference(&name, item);
            name
        } else {
            self.bind(&name, item)
        };
        let body = self.pure(|g| g.expr(result, d));
        self.rounds = rounds;
        self.depth -= 1;
        self.leave(mark);
        format!("|{pattern}| {body}")
    }

    fn adapt(&mut self, chain: Chain, d: u32) -> Chain {
        let Chain { text, item, is_exact } = chain;
        let n = self.rng.range(1, 5);
        match self.rng.below(14) {
            0 | 1 => {
                let t = self.any_ty(1);
                let body = self.chain_closure(&item, &t, d, false);
                Chain { text: format!("{text}.map({body})"), item: t, is_exact }
            }
            2 | 3 => {
                let body = self.chain_closure(&item, &Ty::Bool, d, true);
                let method = self.rng.word(&["filter", "filter", "take_while", "skip_while"]);
                Chain { text: format!("{text}.{method}({body})"), item, is_exact: false }
            }
            4 if is_exact => Chain { text: format!("{text}.rev()"), item, is_exact },
            5 => {
                let item = Ty::Tuple(vec![Ty::Int("usize"), item]);
                Chain { text: format!("{text}.enumerate()"), item, is_exact }
            }
            6 => Chain { text: format!("{text}.skip({n})"), item, is_exact },
            7 => Chain { text: format!("{text}.take({n})"), item, is_exact },
            8 => Chain { text: format!("{text}.step_by({n})"), item, is_exact },
            9 => {
                let other = self.chain_source(d.min(1));
                let item = Ty::Tuple(vec![item, other.item]);
                Chain {
                    text: format!("{text}.zip({})", other.text),
                    item,
                    is_exact: is_exact && other.is_exact,
                }
            }
            10 => {
                let t = self.scalar_ty();
                let body = self.chain_closure(&item, &t.clone().option(), d, false);
                let method = self.rng.word(&["filter_map", "filter_map", "map_while"]);
                Chain { text: format!("{text}.{method}({body})"), item: t, is_exact: false }
            }
            11 => {
                let t = self.scalar_ty();
                let body = self.chain_closure(&item, &t.clone().vec(), d, false);
                Chain { text: format!("{text}.flat_map({body})"), item: t, is_exact: false }
            }
            12 => {
                let k = self.int();
                let body = self.chain_closure(&item, &Ty::Int(k), d.min(1), false);
                let text = format!(
                    "{text}.map({body}).scan(0{k}, |acc, x| {{ *acc = acc.wrapping_add(x); Some(*acc) }})"
                );
                Chain { text, item: Ty::Int(k), is_exact: false }
            }
            _ => Chain { text: format!("{text}.fuse()"), item, is_exact: false },
        }
    }

    /// A value of this type that a chain ends in.
    pub fn chain_value(&mut self, ty: &Ty, d: u32) -> Option<String> {
        if self.rounds > 400 {
            return None;
        }
        let n = d.saturating_sub(1);
        self.pure(|g| {
            let chain = g.chain(d.min(2));
            let Chain { text, item, .. } = &chain;
            Some(match ty {
                Ty::Bool => {
                    let body = g.chain_closure(item, &Ty::Bool, n, false);
                    let method = g.rng.word(&["any", "all"]);
                    format!("{text}.{method}({body})")
                }
                Ty::Int(k) => match g.rng.below(7) {
                    0 => format!("({text}.count() as {k})"),
                    1 => {
                        let body = g.chain_closure(item, &Ty::Bool, n, false);
                        format!("{text}.position({body}).map_or(0, |p| p as {k})")
                    }
                    2 => {
                        let body = g.chain_closure(item, ty, n, false);
                        let method = g.rng.word(&["max", "min", "last"]);
                        format!("{text}.map({body}).{method}().unwrap_or(3)")
                    }
                    3 => {
                        let body = g.chain_closure(item, ty, n, false);
                        format!("{text}.map({body}).map(|x| x % 4).sum::<{k}>()")
                    }
                    4 => {
                        let body = g.chain_closure(item, ty, n, false);
                        format!("{text}.map({body}).reduce(|a, b| a ^ b).unwrap_or_default()")
                    }
                    5 => {
                        let body = g.chain_closure(item, ty, n, false);
                        let start = g.int_literal(k);
                        format!("{text}.map({body}).fold({start}, |a, x| a.wrapping_mul(3).wrapping_add(x))")
                    }
                    _ => {
                        let body = g.chain_closure(item, ty, n, false);
                        format!("{text}.map({body}).collect::<BTreeSet<_>>().len() as {k}")
                    }
                },
                Ty::String => {
                    let body = g.chain_closure(item, &Ty::String, n, false);
                    format!("{text}.map({body}).collect::<Vec<_>>().join(\"/\")")
                }
                _ => return None,
            })
            .map(|text| format!("({text})"))
        })
    }

    /// Forms that exist only for some types: results of whole collections, `Some` of an element.
    pub fn special(&mut self, ty: &Ty, d: u32) -> Option<String> {
        match ty {
            Ty::Option(t) => {
                let chain = self.pure(|g| g.chain_of(t, d.max(1)));
                let end = self.rng.word(&["next()", "last()", "nth(2)"]);
                Some(format!("{chain}.{end}"))
            }
            Ty::Map(k, v) => {
                let pair = Ty::Tuple(vec![(**k).clone(), (**v).clone()]);
                let chain = self.pure(|g| g.chain_of(&pair, d.max(1)));
                Some(format!("{chain}.collect::<{}>()", self.spell(ty)))
            }
            Ty::Set(t) | Ty::Deque(t) => {
                let chain = self.pure(|g| g.chain_of(t, d.max(1)));
                Some(format!("{chain}.collect::<{}>()", self.spell(ty)))
            }
            Ty::Result(t, e) if matches!(**t, Ty::Vec(_)) => {
                let Ty::Vec(inner) = &**t else { return None };
                let item = Ty::Result(inner.clone(), e.clone());
                let chain = self.pure(|g| g.chain_of(&item, d.max(1)));
                Some(format!("{chain}.collect::<{}>()", self.spell(ty)))
            }
            Ty::Tuple(ts) if ts.len() == 2 && ts.iter().all(|t| matches!(t, Ty::Vec(_))) => {
                let inner: Vec<Ty> = ts.iter().filter_map(|t| t.element().cloned()).collect();
                let chain = self.pure(|g| g.chain_of(&Ty::Tuple(inner), d.max(1)));
                Some(format!("{chain}.unzip::<_, _, {}, {}>()", self.spell(&ts[0]), self.spell(&ts[1])))
            }
            _ => self.chain_value(ty, d.max(1)),
        }
    }
}
