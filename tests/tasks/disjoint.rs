// A loop that writes each place once is a task; its twin writes the same few places again and again.
fn main() {
    let mut must = vec![0usize; 1000];
    for i in 0..1000 { //~ task disjoint
        must[i] = i * i;
    }
    let mut must_not = vec![1usize; 1000];
    for i in 0..1000 { //~ no T104
        must_not[i % 7] = i;
    }
    println!("{} {}", must[7], must_not[3]);
}
