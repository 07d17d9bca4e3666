//! Holds the bytes of finished objects.
//!
//! In: a filled `Draft`. Out: an `Object`, immutable, shared by counting, readable where it was written.
//!
//! Invariant: an `Object` whose bytes lie in the arena does not outlive the arena. Inside this crate the host owns
//! both; outside only `ObjectBytes` is seen, which holds on to both.

use std::io;
use std::ops::Deref;
use std::ptr::NonNull;
use std::sync::{Arc, OnceLock};

use cloudc_abi::{BufKind, Name};

use crate::memory::{Arena, Bump, Draft, Region};
use crate::name::object_name;
use crate::record::{self, Addressed};

/// The bytes of an object.
pub(crate) struct Object {
    start: NonNull<u8>,
    len: usize,
    /// What the bytes are.
    pub kind: BufKind,
    content: OnceLock<Name>,
    addressed: OnceLock<Option<Addressed>>,
    /// Keeps a larger object mapped.
    kept: Option<Region>,
}

// SAFETY: the bytes are immutable and mapped as long as the object lives.
unsafe impl Send for Object {}
// SAFETY: as above.
unsafe impl Sync for Object {}

impl Object {
    /// The object that `draft` holds in its first `len` bytes.
    pub fn seal(draft: Draft, len: usize, kind: BufKind) -> Arc<Object> {
        debug_assert!(len <= draft.cap());
        let (start, kept) = draft.seal(len);
        Arc::new(Object { start, len, kind, content: OnceLock::new(), addressed: OnceLock::new(), kept })
    }

    /// An object with a copy of `bytes`.
    pub fn copy_of(bytes: &[u8], kind: BufKind, arena: &Arena, bump: &mut Bump) -> io::Result<Arc<Object>> {
        let mut draft = bump.allocate(arena, bytes.len())?;
        draft.bytes_mut()[..bytes.len()].copy_from_slice(bytes);
        Ok(Object::seal(draft, bytes.len(), kind))
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        // SAFETY: `seal` was given a draft of at least this many initialised bytes, and nobody writes them now.
        unsafe { std::slice::from_raw_parts(self.start.as_ptr(), self.len) }
    }

    /// Whether its memory is used again when it is dropped.
    pub fn has_own_pages(&self) -> bool {
        self.kept.is_some()
    }

    /// The object's name by content: a literal if it is small. Hashes on the first call.
    pub fn content(&self) -> Name {
        *self.content.get_or_init(|| object_name(self.bytes()))
    }

    /// The pointer part of the record that these bytes are, with addresses in it, for those who are given these shared objects.
    /// It is made on the first call; others may be in vain.
    pub fn addressed(&self, shared: &[Arc<Object>], arena: &Arena, bump: &mut Bump) -> Option<&Arc<Object>> {
        let made = self.addressed.get_or_init(|| record::address(self, shared, arena, bump));
        made.as_ref().filter(|addressed| addressed.refers_to(shared)).map(|addressed| &addressed.pointers)
    }

    /// Whether these bytes are the object's, or those of its pointers with addresses in them.
    pub fn covers(&self, start: usize, len: usize) -> bool {
        let inside = |bytes: &[u8]| {
            let from = bytes.as_ptr() as usize;
            start >= from && start - from <= bytes.len() && len <= bytes.len() - (start - from)
        };
        let addressed = || self.addressed.get().and_then(|a| a.as_ref()).map(|a| a.pointers.bytes());
        inside(self.bytes()) || addressed().is_some_and(inside)
    }

    /// Tells the object its content name, which the caller has just computed or verified.
    pub fn set_content(&self, name: Name) {
        // A name that is there already is the same.
        let _ = self.content.set(name);
    }
}

/// The bytes of an object, to keep.
#[derive(Clone)]
pub struct ObjectBytes {
    object: Arc<Object>,
    _arena: Arc<Arena>,
}

impl ObjectBytes {
    pub(crate) fn new(object: Arc<Object>, arena: Arc<Arena>) -> ObjectBytes {
        ObjectBytes { object, _arena: arena }
    }

    /// What the bytes are.
    pub fn kind(&self) -> BufKind {
        self.object.kind
    }

    /// The object's name by content: a literal if it is small.
    pub fn content(&self) -> Name {
        self.object.content()
    }
}

impl Deref for ObjectBytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.object.bytes()
    }
}

impl std::fmt::Debug for ObjectBytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ObjectBytes({} bytes, {:?})", self.len(), self.kind())
    }
}
