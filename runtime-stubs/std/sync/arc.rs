//! `Arc`, in the words of `counted`: like `Rc`, and may be sent to another task.

counted! { Arc "Arc" }
