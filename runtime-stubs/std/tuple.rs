//! Traits of tuples. `Copy` and `Clone` are the compiler's.

use crate::cmp::Ordering;
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::prelude::v1::*;

macro_rules! tuple {
    ($($T:ident $n:tt)+) => {
        impl<$($T: PartialEq),+> PartialEq for ($($T,)+) {
            fn eq(&self, other: &($($T,)+)) -> bool { $( self.$n == other.$n )&&+ }
            fn ne(&self, other: &($($T,)+)) -> bool { $( self.$n != other.$n )||+ }
        }
        impl<$($T: Eq),+> Eq for ($($T,)+) {}
        impl<$($T: PartialOrd),+> PartialOrd for ($($T,)+) {
            fn partial_cmp(&self, other: &($($T,)+)) -> Option<Ordering> {
                $(
                    match self.$n.partial_cmp(&other.$n) {
                        Some(Ordering::Equal) => {}
                        different => return different,
                    }
                )+
                Some(Ordering::Equal)
            }
        }
        impl<$($T: Ord),+> Ord for ($($T,)+) {
            fn cmp(&self, other: &($($T,)+)) -> Ordering {
                $(
                    match self.$n.cmp(&other.$n) {
                        Ordering::Equal => {}
                        different => return different,
                    }
                )+
                Ordering::Equal
            }
        }
        impl<$($T: Default),+> Default for ($($T,)+) {
            fn default() -> ($($T,)+) { ($($T::default(),)+) }
        }
        impl<$($T: Hash),+> Hash for ($($T,)+) {
            fn hash<S: Hasher>(&self, state: &mut S) { $( self.$n.hash(state); )+ }
        }
        impl<$($T: fmt::Debug),+> fmt::Debug for ($($T,)+) {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut b = f.debug_tuple("");
                $( b.field(&self.$n); )+
                b.finish()
            }
        }
    };
}
tuple! { A 0 }
tuple! { A 0 B 1 }
tuple! { A 0 B 1 C 2 }
tuple! { A 0 B 1 C 2 D 3 }
tuple! { A 0 B 1 C 2 D 3 E 4 }
tuple! { A 0 B 1 C 2 D 3 E 4 F 5 }
tuple! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 }
tuple! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 }
tuple! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 }
tuple! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 }
tuple! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 }
tuple! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 }

macro_rules! array_of {
    ($($n:literal: $($T:ident)+, $($x:ident)+;)*) => { $(
        impl<T> From<[T; $n]> for ($($T,)+) {
            fn from(array: [T; $n]) -> ($($T,)+) {
                let [$($x),+] = array;
                ($($x,)+)
            }
        }
        impl<T> From<($($T,)+)> for [T; $n] {
            fn from(tuple: ($($T,)+)) -> [T; $n] {
                let ($($x,)+) = tuple;
                [$($x),+]
            }
        }
    )* };
}
array_of! { 1: T, a; 2: T T, a b; 3: T T T, a b c; 4: T T T T, a b c d; 5: T T T T T, a b c d e; 6: T T T T T T, a b c d e f; }
