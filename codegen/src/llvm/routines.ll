; What LLVM calls by a fixed name when it does not do it inline: copying, filling and comparing memory, and rounding on
; x86-64 without SSE4.1. Nothing here is rewritten into a call of itself (`no-builtins`). Loads and stores of 16 bytes are
; two of 8 where a machine has no vectors.

; The first and last 16 bytes are read before anything is written and the rest goes upwards, so ranges may overlap if
; the target lies below the source.
define hidden ptr @memcpy(ptr %to, ptr %from, i64 %n) #9 section ".text.memcpy" {
  %is_short = icmp ult i64 %n, 16
  br i1 %is_short, label %short, label %long
long:
  %rest = sub nuw i64 %n, 16
  %last_from = getelementptr i8, ptr %from, i64 %rest
  %last_to = getelementptr i8, ptr %to, i64 %rest
  %last = load <2 x i64>, ptr %last_from, align 1
  %by64 = icmp ugt i64 %n, 80
  br i1 %by64, label %loop64, label %loop16
loop64:
  %i = phi i64 [ 0, %long ], [ %i_next, %loop64 ]
  %a_from = getelementptr i8, ptr %from, i64 %i
  %b_from = getelementptr i8, ptr %a_from, i64 16
  %c_from = getelementptr i8, ptr %a_from, i64 32
  %d_from = getelementptr i8, ptr %a_from, i64 48
  %a = load <2 x i64>, ptr %a_from, align 1
  %b = load <2 x i64>, ptr %b_from, align 1
  %c = load <2 x i64>, ptr %c_from, align 1
  %d = load <2 x i64>, ptr %d_from, align 1
  %a_to = getelementptr i8, ptr %to, i64 %i
  %b_to = getelementptr i8, ptr %a_to, i64 16
  %c_to = getelementptr i8, ptr %a_to, i64 32
  %d_to = getelementptr i8, ptr %a_to, i64 48
  store <2 x i64> %a, ptr %a_to, align 1
  store <2 x i64> %b, ptr %b_to, align 1
  store <2 x i64> %c, ptr %c_to, align 1
  store <2 x i64> %d, ptr %d_to, align 1
  %i_next = add nuw i64 %i, 64
  %left = sub nuw i64 %rest, %i_next
  %more64 = icmp ugt i64 %left, 64
  br i1 %more64, label %loop64, label %loop16
loop16:
  %j = phi i64 [ 0, %long ], [ %i_next, %loop64 ], [ %j_next, %loop16 ]
  %e_from = getelementptr i8, ptr %from, i64 %j
  %e = load <2 x i64>, ptr %e_from, align 1
  %e_to = getelementptr i8, ptr %to, i64 %j
  store <2 x i64> %e, ptr %e_to, align 1
  %j_next = add nuw i64 %j, 16
  %more16 = icmp ult i64 %j_next, %rest
  br i1 %more16, label %loop16, label %end
end:
  store <2 x i64> %last, ptr %last_to, align 1
  ret ptr %to
short:
  %is8 = icmp uge i64 %n, 8
  br i1 %is8, label %short8, label %below8
short8:
  %at8 = sub nuw i64 %n, 8
  %second8_from = getelementptr i8, ptr %from, i64 %at8
  %first8 = load i64, ptr %from, align 1
  %second8 = load i64, ptr %second8_from, align 1
  %second8_to = getelementptr i8, ptr %to, i64 %at8
  store i64 %first8, ptr %to, align 1
  store i64 %second8, ptr %second8_to, align 1
  ret ptr %to
below8:
  %is4 = icmp uge i64 %n, 4
  br i1 %is4, label %short4, label %below4
short4:
  %at4 = sub nuw i64 %n, 4
  %second4_from = getelementptr i8, ptr %from, i64 %at4
  %first4 = load i32, ptr %from, align 1
  %second4 = load i32, ptr %second4_from, align 1
  %second4_to = getelementptr i8, ptr %to, i64 %at4
  store i32 %first4, ptr %to, align 1
  store i32 %second4, ptr %second4_to, align 1
  ret ptr %to
below4:
  %is2 = icmp uge i64 %n, 2
  br i1 %is2, label %short2, label %below2
short2:
  %at2 = sub nuw i64 %n, 2
  %second2_from = getelementptr i8, ptr %from, i64 %at2
  %first2 = load i16, ptr %from, align 1
  %second2 = load i16, ptr %second2_from, align 1
  %second2_to = getelementptr i8, ptr %to, i64 %at2
  store i16 %first2, ptr %to, align 1
  store i16 %second2, ptr %second2_to, align 1
  ret ptr %to
below2:
  %is0 = icmp eq i64 %n, 0
  br i1 %is0, label %done, label %single
single:
  %byte = load i8, ptr %from, align 1
  store i8 %byte, ptr %to, align 1
  ret ptr %to
done:
  ret ptr %to
}

; Downwards if the target lies inside the source.
define hidden ptr @memmove(ptr %to, ptr %from, i64 %n) #9 section ".text.memmove" {
  %to_address = ptrtoint ptr %to to i64
  %from_address = ptrtoint ptr %from to i64
  %ahead = sub i64 %to_address, %from_address
  %overlaps = icmp ult i64 %ahead, %n
  %is_long = icmp ugt i64 %n, 16
  %is_down = and i1 %overlaps, %is_long
  br i1 %is_down, label %down, label %up
up:
  %same = tail call ptr @memcpy(ptr %to, ptr %from, i64 %n)
  ret ptr %to
down:
  %first = load <2 x i64>, ptr %from, align 1
  %by64 = icmp ugt i64 %n, 80
  br i1 %by64, label %loop64, label %loop16
loop64:
  %i = phi i64 [ %n, %down ], [ %i_next, %loop64 ]
  %i_next = sub nuw i64 %i, 64
  %a_from = getelementptr i8, ptr %from, i64 %i_next
  %b_from = getelementptr i8, ptr %a_from, i64 16
  %c_from = getelementptr i8, ptr %a_from, i64 32
  %d_from = getelementptr i8, ptr %a_from, i64 48
  %a = load <2 x i64>, ptr %a_from, align 1
  %b = load <2 x i64>, ptr %b_from, align 1
  %c = load <2 x i64>, ptr %c_from, align 1
  %d = load <2 x i64>, ptr %d_from, align 1
  %a_to = getelementptr i8, ptr %to, i64 %i_next
  %b_to = getelementptr i8, ptr %a_to, i64 16
  %c_to = getelementptr i8, ptr %a_to, i64 32
  %d_to = getelementptr i8, ptr %a_to, i64 48
  store <2 x i64> %a, ptr %a_to, align 1
  store <2 x i64> %b, ptr %b_to, align 1
  store <2 x i64> %c, ptr %c_to, align 1
  store <2 x i64> %d, ptr %d_to, align 1
  %more64 = icmp ugt i64 %i_next, 80
  br i1 %more64, label %loop64, label %loop16
loop16:
  %j = phi i64 [ %n, %down ], [ %i_next, %loop64 ], [ %j_next, %loop16 ]
  %j_next = sub nuw i64 %j, 16
  %e_from = getelementptr i8, ptr %from, i64 %j_next
  %e = load <2 x i64>, ptr %e_from, align 1
  %e_to = getelementptr i8, ptr %to, i64 %j_next
  store <2 x i64> %e, ptr %e_to, align 1
  %more16 = icmp ugt i64 %j_next, 16
  br i1 %more16, label %loop16, label %end
end:
  store <2 x i64> %first, ptr %to, align 1
  ret ptr %to
}

define hidden ptr @memset(ptr %to, i32 %byte, i64 %n) #9 section ".text.memset" {
  %low = and i32 %byte, 255
  %wide = zext nneg i32 %low to i64
  %word = mul i64 %wide, 72340172838076673
  %half = insertelement <2 x i64> poison, i64 %word, i64 0
  %full = insertelement <2 x i64> %half, i64 %word, i64 1
  %is_short = icmp ult i64 %n, 16
  br i1 %is_short, label %short, label %long
long:
  %rest = sub nuw i64 %n, 16
  %last_to = getelementptr i8, ptr %to, i64 %rest
  store <2 x i64> %full, ptr %last_to, align 1
  %by64 = icmp ugt i64 %n, 80
  br i1 %by64, label %loop64, label %loop16
loop64:
  %i = phi i64 [ 0, %long ], [ %i_next, %loop64 ]
  %a_to = getelementptr i8, ptr %to, i64 %i
  %b_to = getelementptr i8, ptr %a_to, i64 16
  %c_to = getelementptr i8, ptr %a_to, i64 32
  %d_to = getelementptr i8, ptr %a_to, i64 48
  store <2 x i64> %full, ptr %a_to, align 1
  store <2 x i64> %full, ptr %b_to, align 1
  store <2 x i64> %full, ptr %c_to, align 1
  store <2 x i64> %full, ptr %d_to, align 1
  %i_next = add nuw i64 %i, 64
  %left = sub nuw i64 %rest, %i_next
  %more64 = icmp ugt i64 %left, 64
  br i1 %more64, label %loop64, label %loop16
loop16:
  %j = phi i64 [ 0, %long ], [ %i_next, %loop64 ], [ %j_next, %loop16 ]
  %e_to = getelementptr i8, ptr %to, i64 %j
  store <2 x i64> %full, ptr %e_to, align 1
  %j_next = add nuw i64 %j, 16
  %more16 = icmp ult i64 %j_next, %rest
  br i1 %more16, label %loop16, label %done
short:
  %is8 = icmp uge i64 %n, 8
  br i1 %is8, label %short8, label %below8
short8:
  %at8 = sub nuw i64 %n, 8
  %second8_to = getelementptr i8, ptr %to, i64 %at8
  store i64 %word, ptr %to, align 1
  store i64 %word, ptr %second8_to, align 1
  ret ptr %to
below8:
  %is0 = icmp eq i64 %n, 0
  br i1 %is0, label %done, label %single
single:
  %k = phi i64 [ 0, %below8 ], [ %k_next, %single ]
  %byte_to = getelementptr i8, ptr %to, i64 %k
  %value = trunc i32 %low to i8
  store i8 %value, ptr %byte_to, align 1
  %k_next = add nuw i64 %k, 1
  %more = icmp ult i64 %k_next, %n
  br i1 %more, label %single, label %done
done:
  ret ptr %to
}

; Words are compared as numbers with their first byte on top.
define hidden i32 @memcmp(ptr %x, ptr %y, i64 %n) #9 section ".text.memcmp" {
  %is_short = icmp ult i64 %n, 8
  br i1 %is_short, label %short, label %long
long:
  %rest = sub nuw i64 %n, 8
  br label %words
words:
  %i = phi i64 [ 0, %long ], [ %i_next, %same_word ]
  %is_last = icmp uge i64 %i, %rest
  %at = select i1 %is_last, i64 %rest, i64 %i
  %v_at = getelementptr i8, ptr %x, i64 %at
  %w_at = getelementptr i8, ptr %y, i64 %at
  %v = load i64, ptr %v_at, align 1
  %w = load i64, ptr %w_at, align 1
  %is_same_word = icmp eq i64 %v, %w
  br i1 %is_same_word, label %same_word, label %differ
same_word:
  %i_next = add nuw i64 %i, 8
  br i1 %is_last, label %equal, label %words
differ:
  %v_number = call i64 @llvm.bswap.i64(i64 %v)
  %w_number = call i64 @llvm.bswap.i64(i64 %w)
  %is_less = icmp ult i64 %v_number, %w_number
  %order = select i1 %is_less, i32 -1, i32 1
  ret i32 %order
short:
  %is0 = icmp eq i64 %n, 0
  br i1 %is0, label %equal, label %bytes
bytes:
  %k = phi i64 [ 0, %short ], [ %k_next, %same_byte ]
  %a_at = getelementptr i8, ptr %x, i64 %k
  %b_at = getelementptr i8, ptr %y, i64 %k
  %a = load i8, ptr %a_at, align 1
  %b = load i8, ptr %b_at, align 1
  %is_same_byte = icmp eq i8 %a, %b
  br i1 %is_same_byte, label %same_byte, label %differ_byte
same_byte:
  %k_next = add nuw i64 %k, 1
  %more = icmp ult i64 %k_next, %n
  br i1 %more, label %bytes, label %equal
differ_byte:
  %is_less_byte = icmp ult i8 %a, %b
  %byte_order = select i1 %is_less_byte, i32 -1, i32 1
  ret i32 %byte_order
equal:
  ret i32 0
}

; Only whether they differ is asked.
define hidden i32 @bcmp(ptr %x, ptr %y, i64 %n) #9 section ".text.bcmp" {
  %order = tail call i32 @memcmp(ptr %x, ptr %y, i64 %n)
  ret i32 %order
}

; From 2^52 on a double is whole, and NaN stays what it is; below, the integer part is exact.
define hidden double @trunc(double %x) #9 section ".text.trunc" {
  %size = call double @llvm.fabs.f64(double %x)
  %has_fraction = fcmp olt double %size, 4503599627370496.0
  br i1 %has_fraction, label %cut, label %whole
cut:
  %integer = fptosi double %x to i64
  %number = sitofp i64 %integer to double
  %result = call double @llvm.copysign.f64(double %number, double %x)
  ret double %result
whole:
  ret double %x
}

define hidden double @floor(double %x) #9 section ".text.floor" {
  %number = call double @trunc(double %x)
  %is_above = fcmp ogt double %number, %x
  %below = fsub double %number, 1.0
  %result = select i1 %is_above, double %below, double %number
  ret double %result
}

define hidden double @ceil(double %x) #9 section ".text.ceil" {
  %number = call double @trunc(double %x)
  %is_below = fcmp olt double %number, %x
  %above = fadd double %number, 1.0
  %moved = select i1 %is_below, double %above, double %number
  ; From -1 up to 0 the result is -0.
  %result = call double @llvm.copysign.f64(double %moved, double %x)
  ret double %result
}

; Adding 2^52 drops the fraction, to the nearest, ties to even.
define hidden double @roundeven(double %x) #9 section ".text.roundeven" {
  %size = call double @llvm.fabs.f64(double %x)
  %has_fraction = fcmp olt double %size, 4503599627370496.0
  %up = fadd double %size, 4503599627370496.0
  %number = fsub double %up, 4503599627370496.0
  %rounded = call double @llvm.copysign.f64(double %number, double %x)
  %result = select i1 %has_fraction, double %rounded, double %x
  ret double %result
}

; A float is a double, and so is what it is rounded to.
define hidden float @truncf(float %x) #9 section ".text.truncf" {
  %wide = fpext float %x to double
  %number = call double @trunc(double %wide)
  %result = fptrunc double %number to float
  ret float %result
}

define hidden float @floorf(float %x) #9 section ".text.floorf" {
  %wide = fpext float %x to double
  %number = call double @floor(double %wide)
  %result = fptrunc double %number to float
  ret float %result
}

define hidden float @ceilf(float %x) #9 section ".text.ceilf" {
  %wide = fpext float %x to double
  %number = call double @ceil(double %wide)
  %result = fptrunc double %number to float
  ret float %result
}

define hidden float @roundevenf(float %x) #9 section ".text.roundevenf" {
  %wide = fpext float %x to double
  %number = call double @roundeven(double %wide)
  %result = fptrunc double %number to float
  ret float %result
}
