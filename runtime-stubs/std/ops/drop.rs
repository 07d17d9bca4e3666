//! Code that runs when a value goes away.

#[lang = "drop"]
pub trait Drop {
    fn drop(&mut self);
}
