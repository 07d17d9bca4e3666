//! Looks at one series of measurements in four ways and prints a report.

fn main() {
    let series = measure(400_000);
    let summary = summarise(&series);
    let quantiles = quantiles(&series);
    let longest = longest_rise(&series);
    let period = period(&series, 200);
    println!("measurements {}", series.len());
    println!("mean {:.6}  deviation {:.6}", summary.mean, summary.deviation);
    println!("least {:.4}  median {:.4}  greatest {:.4}", quantiles[0], quantiles[2], quantiles[4]);
    println!("quartiles {:.4} {:.4}", quantiles[1], quantiles[3]);
    println!("longest rise {longest}");
    println!("period {period}");
}

/// A wave of period 90 with noise.
fn measure(n: usize) -> Vec<f64> {
    let mut state = 2463534242u32;
    let mut series = Vec::with_capacity(n);
    for i in 0..n {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        let noise = state as f64 / u32::MAX as f64 - 0.5;
        let phase = (i % 90) as f64 / 45.0 - 1.0;
        series.push(4.0 * phase * (1.0 - phase.abs()) + noise);
    }
    series
}

struct Summary {
    mean: f64,
    deviation: f64,
}

fn summarise(series: &[f64]) -> Summary {
    let n = series.len() as f64;
    let mean = series.iter().sum::<f64>() / n;
    let variance = series.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n;
    Summary { mean, deviation: variance.sqrt() }
}

fn quantiles(series: &[f64]) -> [f64; 5] {
    let mut sorted = series.to_vec();
    sorted.sort_by(|a, b| a.total_cmp(b));
    let last = sorted.len() - 1;
    [sorted[0], sorted[last / 4], sorted[last / 2], sorted[last * 3 / 4], sorted[last]]
}

fn longest_rise(series: &[f64]) -> usize {
    let mut longest = 1;
    let mut current = 1;
    for pair in series.windows(2) {
        current = if pair[1] > pair[0] { current + 1 } else { 1 };
        longest = longest.max(current);
    }
    longest
}

/// The shift under which the series is most like itself.
fn period(series: &[f64], most: usize) -> usize {
    let mut best = 0;
    let mut best_likeness = f64::MIN;
    for shift in 20..most {
        let likeness: f64 = series.iter().zip(&series[shift..]).map(|(a, b)| a * b).sum();
        if likeness / ((series.len() - shift) as f64) > best_likeness {
            best = shift;
            best_likeness = likeness / (series.len() - shift) as f64;
        }
    }
    best
}
