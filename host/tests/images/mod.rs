//! Hand-written task images, for tests that must not depend on a compiler.
//!
//! In: a task's body, assembled into this binary as position-independent code. Out: the bytes of an ELF image.

pub mod host;

use cloudc_abi::code::note_flag;
use cloudc_abi::{ABI, NOTE_OWNER, NOTE_TYPE, TaskNote, UNKNOWN_SIZE};

/// Everything an image file is made of; the defaults fit the task it is made for.
#[derive(Clone)]
pub struct Builder {
    /// The note; its offsets are filled in by `build`.
    pub note: TaskNote,
    /// The size bounds of the outputs.
    pub bounds: Vec<u64>,
    /// The code.
    pub code: Vec<u8>,
}

impl Builder {
    /// An image of this code with one output of at most 64 bytes.
    pub fn new(code: &[u8]) -> Builder {
        let note = TaskNote {
            abi: ABI,
            isa: 1,
            flags: note_flag::SPAWNS | note_flag::MAY_WAIT,
            calls: 0x1FF,
            n_inputs: u32::MAX,
            stack: 16384,
            ..TaskNote::default()
        };
        Builder { note, bounds: vec![64], code: code.to_vec() }
    }

    /// The file.
    pub fn build(&self) -> Vec<u8> {
        let mut note = self.note;
        let (note_at, bounds_at) = (236_usize, 328_usize);
        let code_at = (bounds_at + 8 * self.bounds.len()).next_multiple_of(64);
        let end = code_at + self.code.len();
        note.outputs = bounds_at as u32;
        note.n_outputs = self.bounds.len() as u32;
        let mut file = vec![0; end];
        file[..7].copy_from_slice(b"\x7FELF\x02\x01\x01");
        put(&mut file, 16, &3_u16.to_le_bytes());
        put(&mut file, 18, &62_u16.to_le_bytes());
        put(&mut file, 20, &1_u32.to_le_bytes());
        put(&mut file, 24, &(code_at as u64).to_le_bytes());
        put(&mut file, 32, &64_u64.to_le_bytes());
        put(&mut file, 52, &64_u16.to_le_bytes());
        put(&mut file, 54, &56_u16.to_le_bytes());
        put(&mut file, 56, &3_u16.to_le_bytes());
        let headers = [(1_u32, 5_u32, 0, end), (4, 4, note_at, 84), (0x6474_E551, 6, 0, 0)];
        for (i, (kind, flags, at, size)) in headers.into_iter().enumerate() {
            let header = 64 + 56 * i;
            put(&mut file, header, &kind.to_le_bytes());
            put(&mut file, header + 4, &flags.to_le_bytes());
            for (field, value) in [(8, at), (16, at), (24, at), (32, size), (40, size), (48, 4096)] {
                put(&mut file, header + field, &(value as u64).to_le_bytes());
            }
        }
        put(&mut file, note_at, &7_u32.to_le_bytes());
        put(&mut file, note_at + 4, &64_u32.to_le_bytes());
        put(&mut file, note_at + 8, &NOTE_TYPE.to_le_bytes());
        put(&mut file, note_at + 12, NOTE_OWNER);
        put(&mut file, note_at + 20, &note.to_bytes());
        for (i, bound) in self.bounds.iter().enumerate() {
            put(&mut file, bounds_at + 8 * i, &bound.to_le_bytes());
        }
        put(&mut file, code_at, &self.code);
        file
    }

    /// The same with an output of unknown size.
    #[allow(dead_code)]
    pub fn unbounded(mut self) -> Builder {
        self.bounds = vec![UNKNOWN_SIZE];
        self
    }
}

fn put(file: &mut [u8], at: usize, bytes: &[u8]) {
    file[at..at + bytes.len()].copy_from_slice(bytes);
}

macro_rules! tasks {
    ($($name:ident: $doc:literal, [$($line:expr),* $(,)?];)*) => {
        // Macros are known only inside one block of assembly, so all tasks are one block.
        // A frame of 512 bytes, with rbx = cx and r12 = inputs.
        // rsp: +0 literal name, +32 name of the bundle, +64 Buf, +96 Spawn, +160 and +192 names, +224 Buf.
        core::arch::global_asm!(
            ".macro T_BEGIN",
            "push rbx; push r12; push r13; push r14; push r15",
            "sub rsp, 512",
            "mov rbx, rdi; mov r12, qword ptr [rdi + 8]",
            ".endm",
            ".macro T_END",
            "add rsp, 512",
            "pop r15; pop r14; pop r13; pop r12; pop rbx",
            "ret",
            ".endm",
            ".macro T_CALL slot",
            "mov rdi, rbx; mov rax, qword ptr [rbx]",
            "call qword ptr [rax + 8 + 8 * \\slot]",
            ".endm",
            // Copies 32 bytes from rsi to rdi.
            ".macro T_COPY",
            "movups xmm0, [rsi]; movups [rdi], xmm0; movups xmm0, [rsi + 16]; movups [rdi + 16], xmm0",
            ".endm",
            // The literal name of the two numbers in rsi and rdx.
            ".macro T_PAIR",
            "mov qword ptr [rsp], rsi; mov qword ptr [rsp + 8], rdx",
            "mov qword ptr [rsp + 16], 0; mov qword ptr [rsp + 24], 0; mov byte ptr [rsp + 31], 0x90",
            ".endm",
            // Makes an object of the 32 bytes of input 1; its name is at rsp + 32.
            ".macro T_BUNDLE",
            "mov esi, 2; xor edx, edx; mov ecx, 32; lea r8, [rsp + 64]",
            "T_CALL 1",
            "mov rsi, qword ptr [r12 + 32]; mov rdi, qword ptr [rsp + 64]",
            "T_COPY",
            "mov esi, dword ptr [rsp + 88]; mov edx, 32; xor ecx, ecx; lea r8, [rsp + 32]",
            "T_CALL 2",
            ".endm",
            // Spawns the task named by the 32 bytes at rsi, with n inputs at rsp; its name goes to rsp + at.
            ".macro T_SPAWN n, at",
            "lea rdi, [rsp + 96]",
            "T_COPY",
            "mov qword ptr [rsp + 128], 0; mov qword ptr [rsp + 136], rsp",
            "mov dword ptr [rsp + 144], \\n; mov dword ptr [rsp + 148], 1; mov qword ptr [rsp + 152], 0",
            "lea rsi, [rsp + 96]; lea rdx, [rsp + \\at]",
            "T_CALL 4",
            ".endm",
            ".macro T_GET at",
            "lea rsi, [rsp + \\at]; xor edx, edx; lea rcx, [rsp + 224]",
            "T_CALL 0",
            ".endm",
            // Makes the number in rax output 0.
            ".macro T_RESULT",
            "mov rdx, qword ptr [rbx + 16]; mov rsi, qword ptr [rdx]",
            "mov qword ptr [rsi], rax; mov qword ptr [rdx + 8], 8; xor eax, eax",
            ".endm",
            $(
                ".section .rodata.cloudc_test_tasks,\"a\",@progbits",
                concat!(".globl cloudc_test_", stringify!($name)),
                concat!(".hidden cloudc_test_", stringify!($name)),
                concat!("cloudc_test_", stringify!($name), ":"),
                $($line,)*
                concat!(".globl cloudc_test_end_", stringify!($name)),
                concat!(".hidden cloudc_test_end_", stringify!($name)),
                concat!("cloudc_test_end_", stringify!($name), ":"),
                ".text",
            )*
        );
        $(
            #[doc = $doc]
            #[allow(dead_code)]
            pub fn $name() -> Builder {
                unsafe extern "C" {
                    #[link_name = concat!("cloudc_test_", stringify!($name))]
                    static START: u8;
                    #[link_name = concat!("cloudc_test_end_", stringify!($name))]
                    static END: u8;
                }
                // SAFETY: the two symbols enclose the body, in a read-only section.
                let code = unsafe {
                    let (start, end) = (&raw const START, &raw const END);
                    std::slice::from_raw_parts(start, end as usize - start as usize)
                };
                Builder::new(code)
            }
        )*
    };
}

tasks! {
    noop: "Does nothing.", ["xor eax, eax", "ret"];

    sum: "Adds the first 8 bytes of each input.", [
        "T_BEGIN",
        "xor eax, eax; mov ecx, dword ptr [rbx + 24]; mov rdx, r12",
        "2: test ecx, ecx; jz 3f",
        "mov rsi, qword ptr [rdx]; add rax, qword ptr [rsi]; add rdx, 32; dec ecx; jmp 2b",
        "3:", "T_RESULT", "T_END",
    ];

    copy_twice: "Writes input 0 to output 0 and the number of inputs to output 1.", [
        "T_BEGIN",
        "mov rcx, qword ptr [r12 + 8]; mov rsi, qword ptr [r12]; mov rdx, qword ptr [rbx + 16]",
        "mov rdi, qword ptr [rdx]; mov qword ptr [rdx + 8], rcx; rep movsb",
        "mov rdi, qword ptr [rdx + 32]; mov eax, dword ptr [rbx + 24]",
        "mov qword ptr [rdi], rax; mov qword ptr [rdx + 40], 8; xor eax, eax",
        "T_END",
    ];

    grow: "Lets output 0 grow to 3,000,000 bytes in three steps, marking the end of each.", [
        "T_BEGIN",
        "mov r13d, 1000; mov r14, 7",
        "2: xor esi, esi; xor edx, edx; mov ecx, r13d; lea r8, [rsp + 64]",
        "T_CALL 1",
        "test eax, eax; jnz 3f",
        "mov rdx, qword ptr [rsp + 64]; mov byte ptr [rdx + r13 - 1], r14b; inc r14",
        "cmp r13d, 1000; mov r13d, 100000; je 2b",
        "cmp r14, 10; mov r13d, 3000000; jne 2b",
        "mov rdx, qword ptr [rbx + 16]; mov qword ptr [rdx + 8], 3000000; xor eax, eax",
        "3:", "T_END",
    ];

    chain: "Over (n, sum): is the chain over (n - 1, sum + n), down to n = 0.", [
        "T_BEGIN",
        "mov rax, qword ptr [r12]; mov rcx, qword ptr [rax]; mov rax, qword ptr [rax + 8]",
        "test rcx, rcx; jz 2f",
        "lea rsi, [rcx - 1]; lea rdx, [rax + rcx]",
        "T_PAIR", "T_BUNDLE",
        "mov rsi, qword ptr [r12 + 32]",
        "T_SPAWN 2, 160",
        "xor esi, esi; lea rdx, [rsp + 160]",
        "T_CALL 5",
        "jmp 3f",
        "2:", "T_RESULT",
        "3:", "T_END",
    ];

    depth: "Over (n, x): one more than the depth over (n - 1, x), which it waits for.", [
        "T_BEGIN",
        "mov rax, qword ptr [r12]; mov rcx, qword ptr [rax]; mov rdx, qword ptr [rax + 8]; xor eax, eax",
        "test rcx, rcx; jz 2f",
        "lea rsi, [rcx - 1]",
        "T_PAIR", "T_BUNDLE",
        "mov rsi, qword ptr [r12 + 32]",
        "T_SPAWN 2, 160", "T_GET 160",
        "test eax, eax; jnz 3f",
        "mov rax, qword ptr [rsp + 224]; mov rax, qword ptr [rax]; inc rax",
        "2:", "T_RESULT",
        "3:", "T_END",
    ];

    tree: "Over (depth, id): the sum of the ids of the leaves below.", [
        "T_BEGIN",
        "mov rax, qword ptr [r12]; mov r13, qword ptr [rax]; mov r14, qword ptr [rax + 8]",
        "mov rax, r14; test r13, r13; jz 2f",
        "T_BUNDLE",
        "lea rsi, [r13 - 1]; lea rdx, [r14 + r14]",
        "T_PAIR", "mov rsi, qword ptr [r12 + 32]", "T_SPAWN 2, 160",
        "lea rsi, [r13 - 1]; lea rdx, [r14 + r14 + 1]",
        "T_PAIR", "mov rsi, qword ptr [r12 + 32]", "T_SPAWN 2, 192",
        "T_GET 160", "test eax, eax; jnz 3f",
        "mov rax, qword ptr [rsp + 224]; mov r15, qword ptr [rax]",
        "T_GET 192", "test eax, eax; jnz 3f",
        "mov rax, qword ptr [rsp + 224]; mov rax, qword ptr [rax]; add rax, r15",
        "2:", "T_RESULT",
        "3:", "T_END",
    ];

    fan: "Over (n, x): spawns input 1 over (i, x) for each i < n, then adds their first 8 bytes.", [
        "T_BEGIN",
        "mov rax, qword ptr [r12]; mov r13, qword ptr [rax]; mov r14, qword ptr [rax + 8]",
        "xor r15d, r15d",
        "2: cmp r15, r13; je 3f",
        "mov rsi, r15; mov rdx, r14", "T_PAIR",
        "mov rsi, qword ptr [r12 + 32]", "T_SPAWN 1, 160",
        "lea rsi, [rsp + 160]; mov rdi, r15; shl rdi, 5; add rdi, qword ptr [rbx + 32]", "T_COPY",
        "inc r15; jmp 2b",
        "3: xor r14d, r14d; xor r15d, r15d",
        "4: cmp r15, r13; je 6f",
        "mov rsi, r15; shl rsi, 5; add rsi, qword ptr [rbx + 32]; xor edx, edx; lea rcx, [rsp + 224]",
        "T_CALL 0",
        "test eax, eax; jnz 7f",
        "cmp qword ptr [rsp + 232], 8; jb 5f",
        "mov rax, qword ptr [rsp + 224]; add r14, qword ptr [rax]",
        "5: mov esi, dword ptr [rsp + 248]", "T_CALL 3",
        "inc r15; jmp 4b",
        "6: mov rax, r14", "T_RESULT",
        "7:", "T_END",
    ];

    wide: "200,000 bytes, the first 8 of them the number in input 0, or with what was in their place before.", [
        "T_BEGIN",
        "xor esi, esi; xor edx, edx; mov ecx, 200000; lea r8, [rsp + 64]",
        "T_CALL 1",
        "test eax, eax; jnz 3f",
        "mov rdi, qword ptr [rsp + 64]; mov ecx, 25000; xor eax, eax",
        "2: or rax, qword ptr [rdi]; mov qword ptr [rdi], -1; add rdi, 8; dec ecx; jnz 2b",
        "mov rdx, qword ptr [r12]; or rax, qword ptr [rdx]; mov rdi, qword ptr [rsp + 64]; mov qword ptr [rdi], rax",
        "mov rdx, qword ptr [rbx + 16]; mov qword ptr [rdx + 8], 200000; xor eax, eax",
        "3:", "T_END",
    ];

    two_fans: "Over (n, x): input 1 over (n, x), and then over (n + 1, x), with what input 2 names; their sum.", [
        "T_BEGIN",
        "mov rax, qword ptr [r12]; mov r13, qword ptr [rax]; mov r14, qword ptr [rax + 8]",
        "mov rsi, qword ptr [r12 + 64]; lea rdi, [rsp + 32]", "T_COPY",
        "mov rsi, r13; mov rdx, r14",
        "T_PAIR", "mov rsi, qword ptr [r12 + 32]", "T_SPAWN 2, 160",
        "T_GET 160", "test eax, eax; jnz 3f",
        "mov rax, qword ptr [rsp + 224]; mov r15, qword ptr [rax]",
        "lea rsi, [r13 + 1]; mov rdx, r14",
        "T_PAIR", "mov rsi, qword ptr [r12 + 32]", "T_SPAWN 2, 192",
        "T_GET 192", "test eax, eax; jnz 3f",
        "mov rax, qword ptr [rsp + 224]; mov rax, qword ptr [rax]; add rax, r15",
        "T_RESULT",
        "3:", "T_END",
    ];

    get_status: "Gets the name in input 0: what the call returned, the state, and 8 bytes if there are.", [
        "T_BEGIN",
        "mov rsi, qword ptr [r12]; lea rdi, [rsp + 160]", "T_COPY",
        "T_GET 160",
        "mov rdx, qword ptr [rbx + 16]; mov rsi, qword ptr [rdx]; mov qword ptr [rdx + 8], 24",
        "mov qword ptr [rsi], rax; movzx ecx, byte ptr [rsp + 252]; mov qword ptr [rsi + 8], rcx",
        "test eax, eax; jnz 2f",
        "mov rax, qword ptr [rsp + 224]; mov rax, qword ptr [rax]; mov qword ptr [rsi + 16], rax",
        "2: xor eax, eax", "T_END",
    ];

    spawn_status: "Spawns input 1 over input 0 as a pair, gets it, and says what the call returned.", [
        "T_BEGIN",
        "mov rax, qword ptr [r12]; mov rsi, qword ptr [rax]; mov rdx, qword ptr [rax + 8]", "T_PAIR",
        "mov rsi, qword ptr [r12 + 32]", "T_SPAWN 1, 160", "T_GET 160", "T_RESULT", "T_END",
    ];

    spawn_bind: "Spawns input 1 over input 0 as a pair and binds output 0 to it.", [
        "T_BEGIN",
        "mov rax, qword ptr [r12]; mov rsi, qword ptr [rax]; mov rdx, qword ptr [rax + 8]", "T_PAIR",
        "mov rsi, qword ptr [r12 + 32]", "T_SPAWN 1, 160",
        "xor esi, esi; lea rdx, [rsp + 160]", "T_CALL 5", "T_END",
    ];

    spawn_name: "Spawns input 1 over input 0 as a pair; output 0 is its name.", [
        "T_BEGIN",
        "mov rax, qword ptr [r12]; mov rsi, qword ptr [rax]; mov rdx, qword ptr [rax + 8]", "T_PAIR",
        "mov rsi, qword ptr [r12 + 32]", "T_SPAWN 1, 160",
        "mov rdx, qword ptr [rbx + 16]; mov rdi, qword ptr [rdx]; lea rsi, [rsp + 160]", "T_COPY",
        "mov qword ptr [rdx + 8], 32; mov byte ptr [rdx + 29], 2; xor eax, eax", "T_END",
    ];

    names_then_get: "Spawns input 1 over a pair and input 3, then input 2 over the result, which it binds.", [
        "T_BEGIN",
        "mov rsi, qword ptr [r12 + 96]; lea rdi, [rsp + 32]", "T_COPY",
        "xor esi, esi; xor edx, edx", "T_PAIR",
        "mov rsi, qword ptr [r12 + 32]", "T_SPAWN 2, 160",
        "lea rsi, [rsp + 160]; mov rdi, rsp", "T_COPY",
        "mov rsi, qword ptr [r12 + 64]", "T_SPAWN 1, 192",
        "xor esi, esi; lea rdx, [rsp + 192]", "T_CALL 5", "T_END",
    ];

    get_self: "Waits for its own output.", [
        "T_BEGIN", "lea rsi, [rbx + 64]; xor edx, edx; lea rcx, [rsp + 224]", "T_CALL 0", "T_END",
    ];

    fail: "Fails with code 1 at site 7, detail 42.", [
        "T_BEGIN",
        "mov dword ptr [rsp], 1; mov dword ptr [rsp + 4], 7; lea rax, [rip + 2f]; mov qword ptr [rsp + 8], rax",
        "mov qword ptr [rsp + 16], 4; mov qword ptr [rsp + 24], 42; mov rsi, rsp", "T_CALL 7",
        "ud2",
        "2: .ascii \"boom\"",
    ];

    fail_after_text: "Commits output 0 eagerly and fails.", [
        "T_BEGIN",
        "mov rdx, qword ptr [rbx + 16]; mov rax, qword ptr [rdx]; mov qword ptr [rax], 77",
        "mov esi, dword ptr [rdx + 24]; mov edx, 8; mov ecx, 1; lea r8, [rsp]", "T_CALL 2",
        "mov eax, 5", "T_END",
    ];

    return_code: "Returns the number in input 0.", ["T_BEGIN", "mov rax, qword ptr [r12]; mov rax, qword ptr [rax]", "T_END"];

    wild_read: "Reads near address 0.", ["xor eax, eax", "nop", "mov rax, qword ptr [rax + 16]", "ret"];
    wild_write: "Writes near address 0.", ["xor eax, eax", "mov qword ptr [rax + 16], rax", "ret"];
    wild_jump: "Jumps onto its stack.", ["lea rax, [rsp - 64]", "jmp rax"];
    write_input: "Writes to input 0.", [
        "mov rax, qword ptr [rdi + 8]", "mov rax, qword ptr [rax]", "mov byte ptr [rax], 1", "xor eax, eax", "ret",
    ];
    write_cx: "Writes to its context.", ["mov qword ptr [rdi], 0", "xor eax, eax", "ret"];
    write_code: "Writes to its image.", ["lea rax, [rip]", "mov byte ptr [rax], 1", "ret"];
    write_committed: "Commits output 0, 1 or 2,000,000 times 9, and writes 8 over it.", [
        "T_BEGIN",
        "mov rax, qword ptr [r12]; mov r13, qword ptr [rax]",
        "xor esi, esi; xor edx, edx; mov rcx, r13; lea r8, [rsp + 64]", "T_CALL 1",
        "mov rdi, qword ptr [rsp + 64]; mov rcx, r13; mov eax, 9; rep stosb",
        "mov esi, dword ptr [rsp + 88]; mov rdx, r13; xor ecx, ecx; lea r8, [rsp]", "T_CALL 2",
        "mov rdi, qword ptr [rsp + 64]; mov byte ptr [rdi], 8; xor eax, eax", "T_END",
    ];
    recurse: "Pushes for ever.", ["2: push rax", "jmp 2b"];
    endless: "Loops for ever.", ["2: jmp 2b"];
    yield_endless: "Yields for ever.", ["T_BEGIN", "2:", "T_CALL 6", "jmp 2b"];
    illegal: "Executes an undefined instruction.", ["nop", "nop", "ud2"];
    divide: "Divides by zero.", ["xor ecx, ecx", "mov eax, 1", "xor edx, edx", "div ecx", "ret"];
    bad_pointer: "Calls get with a name that is not its to read.", [
        "T_BEGIN", "mov esi, 16; xor edx, edx; lea rcx, [rsp + 224]", "T_CALL 0", "T_END",
    ];
    bad_buffer: "Calls grant with a descriptor that is not its to write.", [
        "T_BEGIN", "xor esi, esi; xor edx, edx; mov ecx, 100; mov r8, qword ptr [rbx]", "T_CALL 1", "T_END",
    ];
    long_output: "Says that output 0 is longer than it is.", [
        "mov rax, qword ptr [rdi + 16]", "mov qword ptr [rax + 8], 65", "xor eax, eax", "ret",
    ];
    registers: "The inclusive or of all registers at entry but rdi and rsp, and of the flags that can be set.", [
        "pushfq", "and qword ptr [rsp], 0xCD5",
        "or rax, rbx; or rax, rcx; or rax, rdx; or rax, rsi; or rax, rbp; or rax, r8; or rax, r9; or rax, r10",
        "or rax, r11; or rax, r12; or rax, r13; or rax, r14; or rax, r15; pop rcx; or rax, rcx",
        "orps xmm0, xmm1; orps xmm0, xmm2; orps xmm0, xmm3; orps xmm0, xmm4; orps xmm0, xmm5; orps xmm0, xmm6",
        "orps xmm0, xmm7; orps xmm0, xmm8; orps xmm0, xmm9; orps xmm0, xmm10; orps xmm0, xmm11; orps xmm0, xmm12",
        "orps xmm0, xmm13; orps xmm0, xmm14; orps xmm0, xmm15; movq rcx, xmm0; or rax, rcx; psrldq xmm0, 8; movq rcx, xmm0; or rax, rcx",
        "stmxcsr dword ptr [rsp - 8]; mov ecx, dword ptr [rsp - 8]; xor ecx, 0x1F80; or rax, rcx",
        "fnstcw word ptr [rsp - 8]; movzx ecx, word ptr [rsp - 8]; xor ecx, 0x37F; or rax, rcx",
        "lea rcx, [rsp + 8]; and ecx, 15; or rax, rcx",
        "mov rdx, qword ptr [rdi + 16]; mov rsi, qword ptr [rdx]",
        "mov qword ptr [rsi], rax; mov qword ptr [rdx + 8], 8; xor eax, eax; ret",
    ];
    heap: "Grants itself input 0 more bytes of heap, ors all of it, and fills it.", [
        "T_BEGIN",
        "mov rax, qword ptr [r12]; mov r13, qword ptr [rax]",
        "mov esi, 1; xor edx, edx; mov rcx, r13; lea r8, [rsp + 64]", "T_CALL 1",
        "test rax, rax; jnz 4f",
        "mov rcx, qword ptr [rsp + 64]; sub rcx, qword ptr [rbx + 32]; sub rcx, qword ptr [rbx + 40]; jnz 3f",
        "mov rcx, qword ptr [rbx + 40]; add rcx, r13; shr rcx, 3; mov rdi, qword ptr [rbx + 32]; xor eax, eax",
        "2: or rax, qword ptr [rdi]; mov qword ptr [rdi], -1; add rdi, 8; dec rcx; jnz 2b",
        "T_RESULT", "jmp 5f",
        "3: mov eax, 17; jmp 5f",
        "4: mov dword ptr [rsp], 6; mov qword ptr [rsp + 16], 0; mov rsi, rsp", "T_CALL 7",
        "5:", "T_END",
    ];
    denied: "Says what spawn and get return to it.", [
        "T_BEGIN", "mov rsi, rsp; lea rdx, [rsp + 160]", "T_CALL 4", "T_RESULT", "T_END",
    ];
    log: "Logs two words.", [
        "T_BEGIN", "mov esi, 3; lea rdx, [rip + 2f]; mov ecx, 11", "T_CALL 8", "T_END", "2: .ascii \"hello there\"",
    ];
}
