//! Records whose offsets have been made addresses, once for all runs that read them.
//!
//! In: the bytes of an object that a task says is a record (`docs/abi.md`, section 6), and the records it refers to. Out: a copy of
//! its pointer part in which every marked word is an address: in the copy itself, in the payload, which stays where it is, or
//! in the elements of another record.
//!
//! Nothing about the bytes is believed: a record that is damaged, or refers to what is not given, has no such copy.

use std::sync::Arc;

use crate::memory::{Arena, Bump};
use crate::object::Object;

/// What comes before the pointer part.
const HEADER: usize = 32;
/// Marks a reference into a shared object; then come its number and the offset.
const SHARED: u64 = 1 << 62;
const NUMBER: u32 = 40;

/// The pointer part of a record with addresses in it.
pub(crate) struct Addressed {
    /// The copy.
    pub pointers: Arc<Object>,
    /// The objects whose addresses are in it.
    refers_to: Vec<Arc<Object>>,
}

impl Addressed {
    /// Whether these are the objects whose addresses are in it; more may follow them.
    pub fn refers_to(&self, shared: &[Arc<Object>]) -> bool {
        self.refers_to.len() <= shared.len()
            && self.refers_to.iter().zip(shared).all(|(mine, theirs)| Arc::ptr_eq(mine, theirs))
    }
}

/// Makes the copy. `None`: it cannot be made, or there is no memory.
pub(crate) fn address(
    record: &Object,
    shared: &[Arc<Object>],
    arena: &Arena,
    bump: &mut Bump,
) -> Option<Addressed> {
    let bytes = record.bytes();
    let head = Head::of(bytes)?;
    let mut draft = bump.allocate(arena, head.pointers).ok()?;
    let at = draft.readable().as_ptr() as u64;
    let copy = &mut draft.bytes_mut()[..head.pointers];
    copy.copy_from_slice(&bytes[HEADER..HEADER + head.pointers]);
    let payload = bytes.as_ptr() as u64;
    let mut most = 0;
    for (index, word) in copy.as_chunks_mut::<8>().0.iter_mut().enumerate() {
        if bytes.get(head.bitmap + index / 8)? & 1 << (index % 8) == 0 {
            continue;
        }
        let value = u64::from_le_bytes(*word);
        let offset = usize::try_from(value & !SHARED).ok()?;
        let address = if value & SHARED != 0 {
            let number = offset >> NUMBER;
            most = most.max(number + 1);
            elements(shared.get(number)?, arena, bump)? + (offset & ((1 << NUMBER) - 1)) as u64
        } else if (HEADER..head.payload).contains(&offset) {
            at + (offset - HEADER) as u64
        } else if (head.payload..=head.bitmap).contains(&offset) {
            payload + offset as u64
        } else {
            return None;
        };
        *word = address.to_le_bytes();
    }
    let pointers = Object::seal(draft, head.pointers, record.kind);
    Some(Addressed { pointers, refers_to: shared[..most].to_vec() })
}

/// Where the elements of a shared object are, which is the record of a slice.
fn elements(object: &Object, arena: &Arena, bump: &mut Bump) -> Option<u64> {
    let pointers = object.addressed(&[], arena, bump)?;
    pointers.bytes().first_chunk::<8>().map(|start| u64::from_le_bytes(*start))
}

/// Where the parts of a record are.
struct Head {
    /// Length of the pointer part.
    pointers: usize,
    /// Where the payload begins.
    payload: usize,
    /// Where the bitmap begins.
    bitmap: usize,
}

impl Head {
    fn of(bytes: &[u8]) -> Option<Head> {
        let word = |k: usize| {
            let word = bytes.get(8 * k..)?.first_chunk::<8>()?;
            usize::try_from(u64::from_le_bytes(*word)).ok()
        };
        let head = Head { pointers: word(0)?, payload: word(1)?, bitmap: word(2)? };
        let is_sound = head.pointers.is_multiple_of(8)
            && head.payload.checked_sub(HEADER)? >= head.pointers
            && head.payload <= head.bitmap
            && head.bitmap <= bytes.len();
        is_sound.then_some(head)
    }
}
