// Signs and verifies webhooks with Telnyx's Node client: a line of JSON in, a line of JSON out.

const crypto = require('node:crypto');
const readline = require('node:readline');
const { Telnyx } = require('telnyx');

// What stands before the 32 bytes of a private Ed25519 key in PKCS#8.
const PKCS8_START = Buffer.from('302e020100300506032b657004220420', 'hex');

function sign({ seed, timestamp, body }) {
  const der = Buffer.concat([PKCS8_START, Buffer.from(seed, 'base64')]);
  const key = crypto.createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const message = Buffer.concat([Buffer.from(`${timestamp}|`), Buffer.from(body, 'base64')]);
  return { signature: crypto.sign(null, message, key).toString('base64') };
}

async function verify({ public_key, now, headers, body }) {
  Date.now = () => now * 1000;
  const client = new Telnyx({ apiKey: 'KEY', publicKey: public_key });
  try {
    await client.webhooks.unwrap(Buffer.from(body, 'base64').toString(), { headers });
  } catch (error) {
    return { accepted: false, reason: String(error.message) };
  }
  return { accepted: true };
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const question = JSON.parse(line);
    const answer = question.ask === 'sign' ? sign(question) : await verify(question);
    console.log(JSON.stringify(answer));
  }
})();
