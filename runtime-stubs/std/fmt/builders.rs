//! The shapes of `Debug`: structs, tuples, lists, sets and maps, on one line or one item a line.

use super::{Debug, Formatter, Result};
use crate::prelude::v1::*;

pub struct DebugStruct<'a, 'b> {
    fmt: &'a mut Formatter<'b>,
    result: Result,
    has_fields: bool,
}
pub(crate) fn debug_struct_new<'a, 'b>(fmt: &'a mut Formatter<'b>, name: &str) -> DebugStruct<'a, 'b> {
    let result = fmt.write_str(name);
    DebugStruct { fmt, result, has_fields: false }
}
impl<'a, 'b> DebugStruct<'a, 'b> {
    pub fn field<T: Debug + ?Sized>(&mut self, name: &str, value: &T) -> &mut Self {
        if self.result.is_ok() {
            self.result = self.write_field(name, value);
        }
        self.has_fields = true;
        self
    }
    fn write_field<T: Debug + ?Sized>(&mut self, name: &str, value: &T) -> Result {
        if self.fmt.alternate() {
            if !self.has_fields {
                self.fmt.write_str(" {\n")?;
            }
            self.fmt.indent();
            self.fmt.write_str(name)?;
            self.fmt.write_str(": ")?;
            value.fmt(self.fmt)?;
            self.fmt.write_str(",\n")?;
            self.fmt.dedent();
            Ok(())
        } else {
            self.fmt.write_str(if self.has_fields { ", " } else { " { " })?;
            self.fmt.write_str(name)?;
            self.fmt.write_str(": ")?;
            value.fmt(self.fmt)
        }
    }
    pub fn finish_non_exhaustive(&mut self) -> Result {
        self.result?;
        self.result = if !self.has_fields {
            self.fmt.write_str(" { .. }")
        } else if self.fmt.alternate() {
            self.fmt.indent();
            self.fmt.write_str("..\n")?;
            self.fmt.dedent();
            self.fmt.write_str("}")
        } else {
            self.fmt.write_str(", .. }")
        };
        self.result
    }
    pub fn finish(&mut self) -> Result {
        if self.has_fields && self.result.is_ok() {
            self.result = self.fmt.write_str(if self.fmt.alternate() { "}" } else { " }" });
        }
        self.result
    }
}

pub struct DebugTuple<'a, 'b> {
    fmt: &'a mut Formatter<'b>,
    result: Result,
    fields: usize,
    empty_name: bool,
}
pub(crate) fn debug_tuple_new<'a, 'b>(fmt: &'a mut Formatter<'b>, name: &str) -> DebugTuple<'a, 'b> {
    let result = fmt.write_str(name);
    DebugTuple { fmt, result, fields: 0, empty_name: name.is_empty() }
}
impl<'a, 'b> DebugTuple<'a, 'b> {
    pub fn field<T: Debug + ?Sized>(&mut self, value: &T) -> &mut Self {
        if self.result.is_ok() {
            self.result = self.write_field(value);
        }
        self.fields += 1;
        self
    }
    fn write_field<T: Debug + ?Sized>(&mut self, value: &T) -> Result {
        if self.fmt.alternate() {
            if self.fields == 0 {
                self.fmt.write_str("(\n")?;
            }
            self.fmt.indent();
            value.fmt(self.fmt)?;
            self.fmt.write_str(",\n")?;
            self.fmt.dedent();
            Ok(())
        } else {
            self.fmt.write_str(if self.fields == 0 { "(" } else { ", " })?;
            value.fmt(self.fmt)
        }
    }
    pub fn finish_non_exhaustive(&mut self) -> Result {
        self.result?;
        self.result = if self.fields == 0 {
            self.fmt.write_str("(..)")
        } else if self.fmt.alternate() {
            self.fmt.indent();
            self.fmt.write_str("..\n")?;
            self.fmt.dedent();
            self.fmt.write_str(")")
        } else {
            self.fmt.write_str(", ..)")
        };
        self.result
    }
    pub fn finish(&mut self) -> Result {
        if self.fields > 0 && self.result.is_ok() {
            if self.fields == 1 && self.empty_name && !self.fmt.alternate() {
                self.result = self.fmt.write_str(",");
            }
            if self.result.is_ok() {
                self.result = self.fmt.write_str(")");
            }
        }
        self.result
    }
}

/// Writes one item of a list or set.
fn write_entry<T: Debug + ?Sized>(fmt: &mut Formatter<'_>, has_fields: bool, value: &T) -> Result {
    if fmt.alternate() {
        if !has_fields {
            fmt.write_str("\n")?;
        }
        fmt.indent();
        value.fmt(fmt)?;
        fmt.write_str(",\n")?;
        fmt.dedent();
        Ok(())
    } else {
        if has_fields {
            fmt.write_str(", ")?;
        }
        value.fmt(fmt)
    }
}

macro_rules! sequence {
    ($($name:ident $new:ident $open:literal $close:literal $dots:literal;)*) => { $(
        pub struct $name<'a, 'b> {
            fmt: &'a mut Formatter<'b>,
            result: Result,
            has_fields: bool,
        }
        pub(crate) fn $new<'a, 'b>(fmt: &'a mut Formatter<'b>) -> $name<'a, 'b> {
            let result = fmt.write_str($open);
            $name { fmt, result, has_fields: false }
        }
        impl<'a, 'b> $name<'a, 'b> {
            pub fn entry<T: Debug + ?Sized>(&mut self, entry: &T) -> &mut Self {
                if self.result.is_ok() {
                    self.result = write_entry(self.fmt, self.has_fields, entry);
                }
                self.has_fields = true;
                self
            }
            pub fn entries<D: Debug, I: IntoIterator<Item = D>>(&mut self, entries: I) -> &mut Self {
                for entry in entries {
                    self.entry(&entry);
                }
                self
            }
            pub fn finish_non_exhaustive(&mut self) -> Result {
                self.result?;
                self.result = if !self.has_fields {
                    self.fmt.write_str($dots)
                } else if self.fmt.alternate() {
                    self.fmt.indent();
                    self.fmt.write_str("..\n")?;
                    self.fmt.dedent();
                    self.fmt.write_str($close)
                } else {
                    self.fmt.write_str(", ..")?;
                    self.fmt.write_str($close)
                };
                self.result
            }
            pub fn finish(&mut self) -> Result {
                if self.result.is_ok() {
                    self.result = self.fmt.write_str($close);
                }
                self.result
            }
        }
    )* };
}
sequence! { DebugList debug_list_new "[" "]" "..]"; DebugSet debug_set_new "{" "}" "..}"; }

pub struct DebugMap<'a, 'b> {
    fmt: &'a mut Formatter<'b>,
    result: Result,
    has_fields: bool,
    has_key: bool,
}
pub(crate) fn debug_map_new<'a, 'b>(fmt: &'a mut Formatter<'b>) -> DebugMap<'a, 'b> {
    let result = fmt.write_str("{");
    DebugMap { fmt, result, has_fields: false, has_key: false }
}
impl<'a, 'b> DebugMap<'a, 'b> {
    pub fn entry<K: Debug + ?Sized, V: Debug + ?Sized>(&mut self, key: &K, value: &V) -> &mut Self {
        self.key(key).value(value)
    }
    pub fn key<K: Debug + ?Sized>(&mut self, key: &K) -> &mut Self {
        if self.result.is_ok() {
            self.result = self.write_key(key);
        }
        self.has_key = true;
        self
    }
    fn write_key<K: Debug + ?Sized>(&mut self, key: &K) -> Result {
        if self.fmt.alternate() {
            if !self.has_fields {
                self.fmt.write_str("\n")?;
            }
            self.fmt.indent();
            key.fmt(self.fmt)?;
            self.fmt.write_str(": ")?;
            self.fmt.dedent();
            Ok(())
        } else {
            if self.has_fields {
                self.fmt.write_str(", ")?;
            }
            key.fmt(self.fmt)?;
            self.fmt.write_str(": ")
        }
    }
    pub fn value<V: Debug + ?Sized>(&mut self, value: &V) -> &mut Self {
        if self.result.is_ok() {
            self.result = self.write_value(value);
        }
        self.has_key = false;
        self.has_fields = true;
        self
    }
    fn write_value<V: Debug + ?Sized>(&mut self, value: &V) -> Result {
        if self.fmt.alternate() {
            self.fmt.depth += 1;
            value.fmt(self.fmt)?;
            self.fmt.write_str(",\n")?;
            self.fmt.dedent();
            Ok(())
        } else {
            value.fmt(self.fmt)
        }
    }
    pub fn entries<K: Debug, V: Debug, I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) -> &mut Self {
        for (k, v) in entries {
            self.entry(&k, &v);
        }
        self
    }
    pub fn finish_non_exhaustive(&mut self) -> Result {
        self.result?;
        self.result = if !self.has_fields {
            self.fmt.write_str("..}")
        } else if self.fmt.alternate() {
            self.fmt.indent();
            self.fmt.write_str("..\n")?;
            self.fmt.dedent();
            self.fmt.write_str("}")
        } else {
            self.fmt.write_str(", ..}")
        };
        self.result
    }
    pub fn finish(&mut self) -> Result {
        if self.result.is_ok() {
            self.result = self.fmt.write_str("}");
        }
        self.result
    }
}
