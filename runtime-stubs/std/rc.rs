//! `Rc`, in the words of `counted`.

counted! { Rc "Rc" }
