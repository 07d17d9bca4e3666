// Pinned references and boxes: `pin!`, methods of pinned receivers, pinned objects, drops of what is pinned.
use std::pin::{Pin, pin};

trait Counter {
    fn step(self: Pin<&mut Self>) -> i32;
    fn peek(self: Pin<&Self>) -> i32;
}
struct Plain(i32);
impl Counter for Plain {
    fn step(mut self: Pin<&mut Self>) -> i32 {
        self.0 += 1;
        self.0
    }
    fn peek(self: Pin<&Self>) -> i32 {
        self.0 * 100
    }
}
impl Drop for Plain {
    fn drop(&mut self) {
        println!("gone {}", self.0)
    }
}
fn boxed(n: i32) -> Pin<Box<dyn Counter>> {
    if n > 2 { Box::pin(Plain(n)) } else { Box::into_pin(Box::new(Plain(-n)) as Box<dyn Counter>) }
}
fn drive(mut counter: Pin<&mut dyn Counter>) -> i32 {
    counter.as_mut().step() + counter.as_mut().step()
}

fn main() {
    let mut held = pin!(Plain(1));
    println!("{} {}", held.as_mut().step(), held.as_ref().peek());
    println!("{}", drive(held.as_mut()));
    println!("{}", drive(std::pin::pin!(Plain(50))));
    let mut all = vec![boxed(1), boxed(5)];
    for counter in &mut all {
        println!("{} {}", counter.as_mut().step(), counter.as_ref().peek());
    }
    let mut text = Pin::new(Box::new(String::from("a")));
    text.push('b');
    println!("{text} {}", text.len());
    text.as_mut().set("other".into());
    println!("{:?}", Pin::into_inner(text));
    let add: Pin<Box<dyn Fn(i32) -> i32>> = Box::pin(|x| x + 1);
    println!("{} {}", add(3), Pin::new(&mut 7).get_mut());
}
