//! The programs people would make parallel with rayon, so made. Each prints what the plain program prints.

mod kmeans;
mod mandelbrot;
mod matmul;
mod mergesort;
mod nqueens;
mod sorting;
mod spectral_norm;

/// The parallel form of a program.
pub fn find(name: &str) -> Option<fn()> {
    Some(match name {
        "kmeans" => kmeans::main,
        "mandelbrot" => mandelbrot::main,
        "matmul" => matmul::main,
        "mergesort" => mergesort::main,
        "nqueens" => nqueens::main,
        "sorting" => sorting::main,
        "spectral_norm" => spectral_norm::main,
        _ => return None,
    })
}
