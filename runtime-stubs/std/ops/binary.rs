//! What the traits of all binary operators look like, and their implementations for primitive types and references to them.

macro_rules! binary_trait {
    ($($name:ident $method:ident $lang:literal, $assign:ident $assign_method:ident $assign_lang:literal;)*) => { $(
        #[lang = $lang]
        pub trait $name<Rhs = Self> {
            type Output;
            fn $method(self, rhs: Rhs) -> Self::Output;
        }
        #[lang = $assign_lang]
        pub trait $assign<Rhs = Self> {
            fn $assign_method(&mut self, rhs: Rhs);
        }
    )* };
}
macro_rules! binary_impl {
    ($name:ident $method:ident $assign:ident $assign_method:ident $op:tt $op_assign:tt: $($t:ty, $r:ty;)*) => { $(
        impl $name<$r> for $t {
            type Output = $t;
            #[track_caller]
            fn $method(self, rhs: $r) -> $t { self $op rhs }
        }
        impl<'a> $name<$r> for &'a $t {
            type Output = $t;
            #[track_caller]
            fn $method(self, rhs: $r) -> $t { *self $op rhs }
        }
        impl<'a> $name<&'a $r> for $t {
            type Output = $t;
            #[track_caller]
            fn $method(self, rhs: &'a $r) -> $t { self $op *rhs }
        }
        impl<'a, 'b> $name<&'a $r> for &'b $t {
            type Output = $t;
            #[track_caller]
            fn $method(self, rhs: &'a $r) -> $t { *self $op *rhs }
        }
        impl $assign<$r> for $t {
            #[track_caller]
            fn $assign_method(&mut self, rhs: $r) { *self $op_assign rhs; }
        }
        impl<'a> $assign<&'a $r> for $t {
            #[track_caller]
            fn $assign_method(&mut self, rhs: &'a $r) { *self $op_assign *rhs; }
        }
    )* };
}
