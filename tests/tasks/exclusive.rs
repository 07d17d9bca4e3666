// What a round changes through references that std makes ties it to the next, however small std's functions are.
fn count(words: &[String]) -> usize {
    words.iter().map(|w| w.len()).sum() //~ task reduce
}
fn grow(words: &mut Vec<String>) {
    for k in 0..3 { //~ no T104
        for w in words.iter_mut() {
            w.push('1');
        }
        println!("{k} {}", words[0]);
    }
}
fn main() {
    let mut words: Vec<String> = (0..90).map(|i| format!("word{i}")).collect(); //~ task append
    for _ in 0..3 { //~ no T104
        println!("{}", count(&words));
        for w in words.iter_mut() {
            w.push('1');
        }
    }
    for k in 0..3 { //~ no T104
        println!("{}", words[0]);
        words.swap(0, k + 1);
    }
    for k in 0..3 { //~ no T104
        println!("{}", words[k]);
        words.reverse();
    }
    for k in 0..3 { //~ task print
        println!("{}", words[k]);
    }
    grow(&mut words);
    println!("{}", count(&words));
}
