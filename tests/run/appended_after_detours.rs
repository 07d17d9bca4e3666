// What is appended takes loops, branches and early exits to compute between the moment the vector is named and the call.
fn odd(n: u64) -> Option<u64> {
    if n % 2 == 1 { Some(n * 3) } else { None }
}

fn parsed(words: &[&str]) -> Result<Vec<i32>, std::num::ParseIntError> {
    let mut numbers = Vec::new();
    for word in words {
        numbers.push(word.trim().parse::<i32>()?);
    }
    Ok(numbers)
}

fn main() {
    let rows: Vec<Vec<u64>> = (0..40).map(|i| (0..i).map(|k| k * i % 13).collect()).collect();
    let mut most = Vec::new();
    for row in &rows {
        most.push(row.iter().max().copied());
    }
    println!("{most:?}");
    let mut skipped = Vec::new();
    for n in 0..30 {
        skipped.push(match odd(n) {
            Some(x) => x,
            None => continue,
        });
    }
    println!("{skipped:?}");
    let mut stopped = Vec::new();
    for n in (1..60).step_by(2) {
        stopped.push(match odd(n) {
            Some(x) if x < 100 => x,
            _ => break,
        });
    }
    println!("{stopped:?}");
    let mut text = String::new();
    for row in &rows {
        text.push_str(&row.iter().take(3).map(|x| format!("{x},")).collect::<String>());
    }
    println!("{text}");
    println!("{:?}", parsed(&["1", " 22", "333 "]));
    println!("{:?}", parsed(&["1", "x", "333 "]).is_err());
    let mut distinct: Vec<u64> = Vec::new();
    for row in &rows {
        distinct.push(row.iter().filter(|x| !distinct.contains(x)).count() as u64);
    }
    println!("{distinct:?}");
    // The call stands behind the way out of the loop.
    let mut at_the_end = vec![Some(7)];
    for row in &rows {
        let end = &mut at_the_end;
        if row.len() > 20 {
            end.push(row.iter().filter(|x| *x % 2 == 1).max().copied());
            break;
        }
    }
    println!("{at_the_end:?}");
}
