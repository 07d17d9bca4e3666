//! Ends a run on a fault, or from outside, without ending the process.
//!
//! In: signals. Out: if the signal hit a task, control goes back to the worker, with a note in the lane; else the
//! handler that was there before gets it.
//!
//! Whether a task was hit is seen from the stack pointer alone: the host never executes on a lane's stack. The
//! handler runs on a stack of its own, allocates nothing, locks nothing, and writes only to the lane that its own
//! thread entered.

use std::cell::Cell;
use std::io;
use std::ptr;
use std::sync::OnceLock;
use std::sync::atomic::Ordering;

use super::lane::{Fault, Lane};
use super::x86_64::abort_address;
use crate::memory::{PAGE, map};

/// Ends a run from outside. It is ignored by default, so a late one does no harm.
pub(crate) const CANCEL: libc::c_int = libc::SIGURG;
const FAULTS: [libc::c_int; 4] = [libc::SIGSEGV, libc::SIGBUS, libc::SIGILL, libc::SIGFPE];
const STACK: usize = 64 << 10;

thread_local! {
    // Constant and without a destructor, so reading it in a handler runs no code but the read.
    static CURRENT: Cell<*mut Lane> = const { Cell::new(ptr::null_mut()) };
}

static PREVIOUS: OnceLock<[libc::sigaction; 5]> = OnceLock::new();

/// Says which lane this thread executes, null for none.
pub(crate) fn set_current(lane: *mut Lane) {
    CURRENT.set(lane);
}

/// Installs the handlers, once for the process.
pub(crate) fn install() {
    PREVIOUS.get_or_init(|| {
        // SAFETY: `sigaction` is plain data, for which zero is a value.
        let mut previous: [libc::sigaction; 5] = unsafe { std::mem::zeroed() };
        for (signal, previous) in FAULTS.into_iter().chain([CANCEL]).zip(&mut previous) {
            // SAFETY: as above; the handler has the signature that SA_SIGINFO asks for.
            unsafe {
                let mut action: libc::sigaction = std::mem::zeroed();
                action.sa_sigaction = handle as *const () as usize;
                action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK | libc::SA_RESTART;
                libc::sigemptyset(&mut action.sa_mask);
                libc::sigaction(signal, &action, previous);
            }
        }
        previous
    });
}

/// This thread's stack for signal handlers, until it is dropped.
pub(crate) struct HandlerStack {
    start: ptr::NonNull<u8>,
    previous: libc::stack_t,
}

impl HandlerStack {
    /// Gives the thread such a stack.
    pub fn new() -> io::Result<HandlerStack> {
        // SAFETY: the mapping is fresh and stays until the thread has its previous stack back.
        unsafe {
            let start = map(STACK + PAGE, libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE, -1)?;
            libc::mprotect(start.as_ptr().cast(), PAGE, libc::PROT_NONE);
            let stack = libc::stack_t { ss_sp: start.as_ptr().add(PAGE).cast(), ss_flags: 0, ss_size: STACK };
            let mut previous = std::mem::zeroed();
            if libc::sigaltstack(&stack, &mut previous) != 0 {
                let error = io::Error::last_os_error();
                libc::munmap(start.as_ptr().cast(), STACK + PAGE);
                return Err(error);
            }
            Ok(HandlerStack { start, previous })
        }
    }
}

impl Drop for HandlerStack {
    fn drop(&mut self) {
        // SAFETY: the previous stack was valid when it was replaced; ours is not used any more afterwards.
        unsafe {
            libc::sigaltstack(&self.previous, ptr::null_mut());
            libc::munmap(self.start.as_ptr().cast(), STACK + PAGE);
        }
    }
}

unsafe extern "C" fn handle(signal: libc::c_int, info: *mut libc::siginfo_t, context: *mut libc::c_void) {
    let lane = CURRENT.get();
    // SAFETY: the kernel passes a valid context; the lane, if there is one, is the one this thread executes.
    unsafe {
        let registers = &mut (*context.cast::<libc::ucontext_t>()).uc_mcontext.gregs;
        let sp = registers[libc::REG_RSP as usize] as usize;
        if !lane.is_null() && (*lane).contains(sp) {
            if signal == CANCEL {
                if (*lane).cancel.is_null() || (*(*lane).cancel).load(Ordering::Relaxed) == 0 {
                    return;
                }
            } else {
                let is_page_fault = registers[libc::REG_TRAPNO as usize] == 14;
                (*lane).fault.is_write = is_page_fault && registers[libc::REG_ERR as usize] & 2 != 0;
            }
            (*lane).fault = Fault {
                signal,
                address: if signal == CANCEL { 0 } else { (*info).si_addr() as usize },
                pc: registers[libc::REG_RIP as usize] as usize,
                is_write: (*lane).fault.is_write,
            };
            registers[libc::REG_RIP as usize] = abort_address() as i64;
            registers[libc::REG_R11 as usize] = lane as i64;
            // Neither the direction nor the alignment or trap flag may be left as the task had it.
            registers[libc::REG_EFL as usize] &= !(1 << 10 | 1 << 18 | 1 << 8);
            return;
        }
        if signal != CANCEL {
            pass_on(signal, info, context);
        } else if let Some(previous) = previous(signal)
            && previous.sa_sigaction != libc::SIG_DFL
            && previous.sa_sigaction != libc::SIG_IGN
        {
            pass_on(signal, info, context);
        }
    }
}

fn previous(signal: libc::c_int) -> Option<&'static libc::sigaction> {
    let index = FAULTS.into_iter().chain([CANCEL]).position(|known| known == signal)?;
    Some(&PREVIOUS.get()?[index])
}

/// # Safety
/// The arguments must be those of a handler.
unsafe fn pass_on(signal: libc::c_int, info: *mut libc::siginfo_t, context: *mut libc::c_void) {
    type Plain = extern "C" fn(libc::c_int);
    type Informed = extern "C" fn(libc::c_int, *mut libc::siginfo_t, *mut libc::c_void);
    // SAFETY: what was installed before has the signature its flags say; the default is restored as it was.
    unsafe {
        match previous(signal) {
            Some(previous) if previous.sa_sigaction == libc::SIG_IGN => {}
            Some(previous) if previous.sa_sigaction != libc::SIG_DFL => {
                if previous.sa_flags & libc::SA_SIGINFO != 0 {
                    std::mem::transmute::<usize, Informed>(previous.sa_sigaction)(signal, info, context);
                } else {
                    std::mem::transmute::<usize, Plain>(previous.sa_sigaction)(signal);
                }
            }
            _ => {
                // The instruction is tried again, and then the default action is taken.
                let mut action: libc::sigaction = std::mem::zeroed();
                action.sa_sigaction = libc::SIG_DFL;
                libc::sigaction(signal, &action, ptr::null_mut());
            }
        }
    }
}
