//! Makes names from bytes.
//!
//! In: an object's bytes, or a task and its inputs. Out: a content name, or the derived names of a run's outputs.
//!
//! Derived names use the keyed mode of BLAKE3 with the secret of a namespace, so another namespace cannot compute
//! them. Content names use the plain hash: equal bytes have one name everywhere.

use cloudc_abi::Name;

const DOMAIN: &[u8; 8] = b"cloudc/1";
const HEADER: usize = 8 + 32 + 4 + 8 + 4;
/// Inputs up to this many are hashed from a buffer on the stack.
const FEW: usize = 16;

/// The secret that keys derived names.
#[derive(Clone, PartialEq, Eq)]
pub struct Namespace([u8; 32]);

impl Namespace {
    /// The namespace with this secret.
    pub fn new(secret: [u8; 32]) -> Namespace {
        Namespace(secret)
    }

    /// A namespace that everybody who knows the label shares.
    pub fn from_label(label: &str) -> Namespace {
        Namespace(blake3::derive_key("cloudc 2025 namespace of derived names", label.as_bytes()))
    }

    /// The name of output `seq` of the run of `task` over `inputs`.
    pub fn derived(&self, task: &Name, seq: u32, version: u64, inputs: &[Name]) -> Name {
        let mut few = [0; HEADER + 32 * FEW];
        let mut many;
        let size = HEADER + 32 * inputs.len();
        let text = if inputs.len() <= FEW {
            &mut few[..size]
        } else {
            many = vec![0; size];
            &mut many[..]
        };
        text[..8].copy_from_slice(DOMAIN);
        text[8..40].copy_from_slice(&task.0);
        text[40..44].copy_from_slice(&seq.to_le_bytes());
        text[44..52].copy_from_slice(&version.to_le_bytes());
        text[52..56].copy_from_slice(&(inputs.len() as u32).to_le_bytes());
        for (slot, name) in text[HEADER..].chunks_exact_mut(32).zip(inputs) {
            slot.copy_from_slice(&name.0);
        }
        Name::derived(blake3::keyed_hash(&self.0, text).as_bytes())
    }

    /// The names of all outputs of a run, in order.
    pub fn outputs(&self, task: &Name, n: u32, version: u64, inputs: &[Name]) -> Box<[Name]> {
        (0..n).map(|seq| self.derived(task, seq, version, inputs)).collect()
    }
}

impl Default for Namespace {
    fn default() -> Self {
        Namespace::from_label("local")
    }
}

/// The content name of an object, however small it is; images are named so.
pub fn content_name(bytes: &[u8]) -> Name {
    Name::content(blake3::hash(bytes).as_bytes())
}

/// The name under which bytes are passed on: themselves if they fit into a name, else their content name.
pub fn object_name(bytes: &[u8]) -> Name {
    Name::literal(bytes).unwrap_or_else(|| content_name(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    // The derived name is the keyed hash of exactly the text of the specification.
    #[test]
    fn derived_names_follow_the_specification() {
        let space = Namespace::new([9; 32]);
        let task = content_name(b"image");
        for n in [0_usize, 1, 16, 17, 40] {
            let inputs: Vec<Name> = (0..n).map(|i| Name::literal(&[i as u8]).unwrap()).collect();
            let mut text = b"cloudc/1".to_vec();
            text.extend(task.0);
            text.extend(3_u32.to_le_bytes());
            text.extend(7_u64.to_le_bytes());
            text.extend((n as u32).to_le_bytes());
            inputs.iter().for_each(|name| text.extend(name.0));
            let expected = blake3::keyed_hash(&[9; 32], &text);
            let name = space.derived(&task, 3, 7, &inputs);
            assert_eq!(name.0[..31], expected.as_bytes()[..31]);
            assert_eq!(name.0[31], 0);
        }
    }

    #[test]
    fn namespaces_differ() {
        let task = content_name(b"image");
        let [a, b] = ["a", "b"].map(|label| Namespace::from_label(label).derived(&task, 0, 0, &[]));
        assert_ne!(a, b);
    }

    #[test]
    fn small_objects_are_their_own_name() {
        assert_eq!(object_name(b"abc").as_literal(), Some(&b"abc"[..]));
        assert_eq!(object_name(&[1; 31]), content_name(&[1; 31]));
    }
}
