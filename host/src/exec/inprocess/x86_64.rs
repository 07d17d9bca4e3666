//! Switches between a worker's stack and a lane's, on x86-64.
//!
//! In: a lane that is prepared, or parked. Out: why control came back.
//!
//! Four ways lead out of a task, all to the same place on the worker's stack: it returns; a call ends the run; a
//! call parks it; a signal handler sends it to `cloudc_host_abort`. Nothing is unwound, for no host frame is ever
//! above a task's.
//!
//! The offsets used here are those of the first fields of `Lane`, asserted in `lane`.

use std::ffi::c_void;

use cloudc_abi::{ABI, Ctx, Table, code::slot};

use super::calls;
use super::lane::Lane;

/// Lanes are aligned to their size, so any stack pointer inside one leads to its start.
pub(crate) const LANE_SIZE: usize = 128 << 20;

/// Why control came back from a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// The entry returned this.
    Returned(i64),
    /// A call ended the run; the lane says why.
    Ended,
    /// A call waits; the lane says for what.
    Parked,
    /// A signal ended the run; the lane says which.
    Faulted,
}

/// What a call leaves in `Lane::end`.
pub(crate) mod end {
    /// Go on.
    pub(crate) const NO: u32 = 0;
    /// Park the run.
    pub(crate) const PARK: u32 = 1;
    /// End the run.
    pub(crate) const END: u32 = 2;
}

/// Which vector registers there are to clear.
pub(crate) fn vector_registers() -> u32 {
    if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vl") {
        2
    } else {
        u32::from(is_x86_feature_detected!("avx"))
    }
}

/// Starts the task in a lane.
///
/// # Safety
/// The lane must be prepared for this worker, `entry` be its task's entry, `cx` its context, and `stack_top` the
/// 16-byte aligned end of its stack, 16 bytes below the end of the mapping.
pub(crate) unsafe fn enter(lane: *mut Lane, entry: usize, cx: *const Ctx, stack_top: usize) -> Exit {
    // SAFETY: the caller's.
    let how = unsafe { cloudc_host_enter(lane.cast(), entry, cx, stack_top) };
    // SAFETY: control is back, so the lane is ours again.
    exit(how, unsafe { (*lane).result })
}

/// Goes on with a parked lane; the call it waits in returns `answer`.
///
/// # Safety
/// The lane must have come back `Parked` and not have been resumed since.
pub(crate) unsafe fn resume(lane: *mut Lane, answer: i64) -> Exit {
    // SAFETY: the caller's.
    let how = unsafe { cloudc_host_resume(lane.cast(), answer) };
    // SAFETY: control is back, so the lane is ours again.
    exit(how, unsafe { (*lane).result })
}

fn exit(how: u64, result: i64) -> Exit {
    match how {
        0 => Exit::Returned(result),
        1 => Exit::Ended,
        2 => Exit::Parked,
        _ => Exit::Faulted,
    }
}

/// The address a signal handler sends a task to; it expects the lane in `r11`.
pub(crate) fn abort_address() -> usize {
    cloudc_host_abort as *const () as usize
}

/// What tasks call.
pub(crate) static TABLE: Table = Table {
    abi: ABI,
    slots: slot::COUNT,
    call: [
        cloudc_host_get,
        cloudc_host_grant,
        cloudc_host_commit,
        cloudc_host_release,
        cloudc_host_spawn,
        cloudc_host_bind,
        cloudc_host_yield,
        cloudc_host_fail,
        cloudc_host_log,
    ],
};

unsafe extern "C" {
    fn cloudc_host_enter(lane: *mut c_void, entry: usize, cx: *const Ctx, stack_top: usize) -> u64;
    fn cloudc_host_resume(lane: *mut c_void, answer: i64) -> u64;
    fn cloudc_host_abort();
    fn cloudc_host_get();
    fn cloudc_host_grant();
    fn cloudc_host_commit();
    fn cloudc_host_release();
    fn cloudc_host_spawn();
    fn cloudc_host_bind();
    fn cloudc_host_yield();
    fn cloudc_host_fail();
    fn cloudc_host_log();
}

// Offsets in `Lane`: 0 host_sp, 8 task_sp, 16 end, 20 vector, 24 result.
core::arch::global_asm!(
    ".text",
    // Saves what the C calling convention wants saved, and the control words. Afterwards rsp is a multiple of 16,
    // and is where stubs make their calls from.
    ".macro CLOUDC_LEAVE_HOST",
    "push rbp",
    "push rbx",
    "push r12",
    "push r13",
    "push r14",
    "push r15",
    "sub rsp, 24",
    "stmxcsr dword ptr [rsp]",
    "fnstcw word ptr [rsp + 8]",
    "mov qword ptr [rdi], rsp",
    "mov dword ptr [rsp + 12], 0x1F80",
    "mov word ptr [rsp + 16], 0x037F",
    "ldmxcsr dword ptr [rsp + 12]",
    "fldcw word ptr [rsp + 16]",
    "mov dword ptr [rdi + 16], 0",
    ".endm",
    // fn enter(rdi: lane, rsi: entry, rdx: cx, rcx: stack top)
    ".p2align 4",
    ".globl cloudc_host_enter",
    ".hidden cloudc_host_enter",
    "cloudc_host_enter:",
    "CLOUDC_LEAVE_HOST",
    "mov eax, dword ptr [rdi + 20]",
    "mov rsp, rcx",
    // The entry is called through memory above the stack, so that no register holds its address.
    "mov qword ptr [rsp], rsi",
    "mov rdi, rdx",
    "test eax, eax",
    "jz 2f",
    "vzeroall",
    "cmp eax, 1",
    "je 3f",
    "vpxord xmm16, xmm16, xmm16",
    "vpxord xmm17, xmm17, xmm17",
    "vpxord xmm18, xmm18, xmm18",
    "vpxord xmm19, xmm19, xmm19",
    "vpxord xmm20, xmm20, xmm20",
    "vpxord xmm21, xmm21, xmm21",
    "vpxord xmm22, xmm22, xmm22",
    "vpxord xmm23, xmm23, xmm23",
    "vpxord xmm24, xmm24, xmm24",
    "vpxord xmm25, xmm25, xmm25",
    "vpxord xmm26, xmm26, xmm26",
    "vpxord xmm27, xmm27, xmm27",
    "vpxord xmm28, xmm28, xmm28",
    "vpxord xmm29, xmm29, xmm29",
    "vpxord xmm30, xmm30, xmm30",
    "vpxord xmm31, xmm31, xmm31",
    "kxorw k1, k1, k1",
    "kxorw k2, k2, k2",
    "kxorw k3, k3, k3",
    "kxorw k4, k4, k4",
    "kxorw k5, k5, k5",
    "kxorw k6, k6, k6",
    "kxorw k7, k7, k7",
    "kxorw k0, k0, k0",
    "jmp 3f",
    "2:",
    "xorps xmm0, xmm0",
    "xorps xmm1, xmm1",
    "xorps xmm2, xmm2",
    "xorps xmm3, xmm3",
    "xorps xmm4, xmm4",
    "xorps xmm5, xmm5",
    "xorps xmm6, xmm6",
    "xorps xmm7, xmm7",
    "xorps xmm8, xmm8",
    "xorps xmm9, xmm9",
    "xorps xmm10, xmm10",
    "xorps xmm11, xmm11",
    "xorps xmm12, xmm12",
    "xorps xmm13, xmm13",
    "xorps xmm14, xmm14",
    "xorps xmm15, xmm15",
    "3:",
    "xor ebx, ebx",
    "xor ecx, ecx",
    "xor edx, edx",
    "xor esi, esi",
    "xor ebp, ebp",
    "xor r8d, r8d",
    "xor r9d, r9d",
    "xor r10d, r10d",
    "xor r12d, r12d",
    "xor r13d, r13d",
    "xor r14d, r14d",
    "xor r15d, r15d",
    "xor r11d, r11d",
    // A result of 1 leaves every arithmetic flag zero, and a move leaves the flags alone.
    "mov eax, 1",
    "test eax, eax",
    "mov eax, 0",
    "call qword ptr [rsp]",
    "mov r11, rsp",
    "and r11, -{size}",
    "mov qword ptr [r11 + 24], rax",
    "xor eax, eax",
    // Back to the worker: r11 is the lane, eax says why.
    "4:",
    "mov rsp, qword ptr [r11]",
    "ldmxcsr dword ptr [rsp]",
    "fldcw word ptr [rsp + 8]",
    "cld",
    "cmp dword ptr [r11 + 20], 0",
    "je 5f",
    "vzeroupper",
    "5:",
    "add rsp, 24",
    "pop r15",
    "pop r14",
    "pop r13",
    "pop r12",
    "pop rbx",
    "pop rbp",
    "ret",
    ".globl cloudc_host_abort",
    ".hidden cloudc_host_abort",
    "cloudc_host_abort:",
    "mov eax, 3",
    "jmp 4b",
    // A call that does not return to the task: rbp is the task's stack pointer after it pushed rbp.
    "cloudc_host_leave_call:",
    "cmp dword ptr [r11 + 16], 1",
    "je 6f",
    "mov eax, 1",
    "jmp 4b",
    "6:",
    "push rbx",
    "push r12",
    "push r13",
    "push r14",
    "push r15",
    "mov qword ptr [r11 + 8], rsp",
    "mov eax, 2",
    "jmp 4b",
    // fn resume(rdi: lane, rsi: answer)
    ".p2align 4",
    ".globl cloudc_host_resume",
    ".hidden cloudc_host_resume",
    "cloudc_host_resume:",
    "CLOUDC_LEAVE_HOST",
    "mov rax, rsi",
    "mov rsp, qword ptr [rdi + 8]",
    "pop r15",
    "pop r14",
    "pop r13",
    "pop r12",
    "pop rbx",
    "pop rbp",
    "ret",
    // A stub: the other arguments stay where they are, the first becomes the lane.
    ".macro CLOUDC_STUB name, target",
    ".p2align 4",
    ".globl \\name",
    ".hidden \\name",
    "\\name:",
    "push rbp",
    "mov rbp, rsp",
    "mov rdi, rsp",
    "and rdi, -{size}",
    "mov rsp, qword ptr [rdi]",
    "call \\target",
    "mov rsp, rbp",
    "mov r11, rsp",
    "and r11, -{size}",
    "cmp dword ptr [r11 + 16], 0",
    "jne cloudc_host_leave_call",
    "pop rbp",
    "ret",
    ".endm",
    "CLOUDC_STUB cloudc_host_get, {get}",
    "CLOUDC_STUB cloudc_host_grant, {grant}",
    "CLOUDC_STUB cloudc_host_commit, {commit}",
    "CLOUDC_STUB cloudc_host_release, {release}",
    "CLOUDC_STUB cloudc_host_spawn, {spawn}",
    "CLOUDC_STUB cloudc_host_bind, {bind}",
    "CLOUDC_STUB cloudc_host_yield, {yield_}",
    "CLOUDC_STUB cloudc_host_fail, {fail}",
    "CLOUDC_STUB cloudc_host_log, {log}",
    size = const LANE_SIZE,
    get = sym calls::get,
    grant = sym calls::grant,
    commit = sym calls::commit,
    release = sym calls::release,
    spawn = sym calls::spawn,
    bind = sym calls::bind,
    yield_ = sym calls::yield_,
    fail = sym calls::fail,
    log = sym calls::log,
);
