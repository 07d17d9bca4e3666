// String and str: searching, splitting, changing, characters.
fn main() {
    let s = String::from("  Hello, wörld! ");
    println!("[{}] [{}] [{}]", s.trim(), s.trim_start(), s.trim_end());
    println!("{} {}", s.len(), s.chars().count());
    println!("{} {}", s.to_uppercase(), s.to_lowercase());
    println!("{:?} {:?}", s.find('w'), s.find("xyz"));
    println!("{} {} {}", s.contains("lo,"), s.trim().starts_with("He"), s.ends_with(' '));
    let parts: Vec<&str> = "a,b,,c".split(',').collect();
    println!("{parts:?}");
    println!("{:?}", "k=v=w".split_once('='));
    println!("{}", "a-b-c".replace('-', "+"));
    let mut t = String::new();
    for (i, c) in "abc".chars().enumerate() {
        t.push(c);
        t.push_str(&i.to_string());
    }
    t.insert(0, '<');
    t += ">";
    println!("{t} {:?} {}", t.pop(), t);
    println!("{}", "abc".chars().rev().collect::<String>());
    println!("{:?}", "x y  z".split_whitespace().collect::<Vec<_>>());
    println!("{:?}", "one\ntwo\r\nthree".lines().collect::<Vec<_>>());
    println!("{:?}", "héé".bytes().collect::<Vec<u8>>());
    println!("{:?}", "héé".char_indices().collect::<Vec<_>>());
    println!("{}", ["a", "b", "c"].join("/"));
    println!("{}", "ab".repeat(3));
    println!("{:?} {:?}", "42".parse::<i32>(), "4x".parse::<i32>().is_err());
    println!("{:?}", "tab\t\"quote\" \u{7f} é");
    println!("{}", &"hello"[1..3]);
    println!("{:?}", "b" < "abc");
    println!("{}", "Zebra".eq_ignore_ascii_case("zEBRA"));
    println!("{:?}", 'a'.is_alphabetic() && '9'.is_ascii_digit());
    println!("{:?}", '7'.to_digit(10).map(|d| d + 1));
}
