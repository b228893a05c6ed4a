//! The model again, over real connections.

use telnyx_messaging::Client;
use telnyx_messaging_mock::Random;

use super::super::ledger::Ledger;
use super::super::operation::Operation;
use super::super::script::Action::{Accept, Close, Hang, Read, ReadPart, Reset};
use super::super::script::{Script, answer, write, write_answer};
use super::super::server::Server;
use super::client;
use super::schedule::Schedule;
use super::seeds::seeds;
use super::tally::Tally;

const SCHEDULES: u64 = 300;

#[tokio::test]
async fn a_server_that_honours_keys_accepts_no_call_twice_over_tcp() {
    let mut tally = Tally::default();
    for seed in seeds(SCHEDULES) {
        let schedule = Schedule::new(seed);
        let mut random = Random::new(seed);
        let scripts = schedule
            .events
            .iter()
            .map(|_| script(&mut random, schedule.operation));
        let scripts = scripts.collect::<Vec<_>>();
        let tried = format!("{schedule:?} {scripts:?}");

        let then = answer("418 Too Many Attempts", "", "");
        let server = Server::start(scripts, then, Ledger::honouring_keys(true)).await;
        let client = client(&schedule, Client::builder().base_url(server.base_url()));
        let result = schedule.operation.call(&client).await;

        let most = schedule.most_accepted(true);
        assert!(server.played() <= schedule.most_made(), "{tried}");
        let tried = (result.as_ref(), &tried);
        tally.check(&result, server.accepted(), most, &tried);
    }
    println!("HTTP/1.1: {tally}");
    assert!(tally.is_complete(), "{tally}");
}

fn script(random: &mut Random, operation: Operation) -> Script {
    let accepts = |then: Vec<_>| [vec![Read, Accept], then].concat();
    random.one_of(&[
        vec![Reset],
        vec![ReadPart, Reset],
        vec![Read, Close],
        answer("400 Bad Request", "", ""),
        answer("429 Too Many Requests", "", ""),
        answer("503 Service Unavailable", "", ""),
        accepts(vec![write_answer("200 OK", "", operation.success())]),
        accepts(vec![write_answer("200 OK", "", "<html>")]),
        accepts(vec![write_answer("408 Request Timeout", "", "")]),
        accepts(vec![write_answer("500 Internal Server Error", "", "")]),
        accepts(vec![write_answer("502 Bad Gateway", "", "")]),
        accepts(vec![write_answer("504 Gateway Timeout", "", "")]),
        accepts(vec![write("HTTP/1.1 20"), Reset]),
        accepts(vec![
            write("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"),
            Close,
        ]),
        accepts(vec![Reset]),
        accepts(vec![Hang]),
    ])
}
