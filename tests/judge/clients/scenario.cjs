// Plays the scenario with Telnyx's Node client. Arguments: the port for webhooks. Prints what happened, a line each.

const http = require('node:http');
const { Telnyx } = require('telnyx');

const [FROM, TO] = ['+13125550000', '+13125550001'];
const client = new Telnyx({ apiKey: 'KEY', maxRetries: 0, publicKey: process.env.TELNYX_PUBLIC_KEY }); // TELNYX_BASE_URL
const events = [];
let arrived = () => {};

const server = http.createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  await client.webhooks.unwrap(body, { headers: request.headers });
  events.push(JSON.parse(body).data);
  arrived();
  response.end();
});

async function send() {
  try {
    await client.messages.send({ from: FROM, to: TO, text: 'Hello' });
    console.log('accepted');
  } catch (error) {
    console.log(`refused with ${error.error?.errors?.[0]?.code ?? error}`);
  }
}

async function receive(text) {
  const control = process.env.TELNYX_BASE_URL.replace(/\/v2$/, '/_mock/receive');
  await fetch(control, { method: 'POST', body: JSON.stringify({ from: TO, to: FROM, text }) });
}

async function expect(count) {
  for (; count > 0; count -= 1) {
    while (!events.length) {
      const late = setTimeout(() => { console.log('no webhook'); process.exit(1); }, 10000);
      await new Promise((resolve) => { arrived = resolve; });
      clearTimeout(late);
    }
    const event = events.shift();
    console.log(event.event_type, event.payload.to[0].status);
  }
}

server.listen(Number(process.argv[2]), '127.0.0.1', async () => {
  await send();
  await expect(2);
  await receive('STOP');
  await expect(1);
  await send();
  await receive('START');
  await expect(1);
  await send();
  await expect(2);
  process.exit(0);
});
