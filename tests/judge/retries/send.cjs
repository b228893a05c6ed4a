// Sends one message with Telnyx's Node client and prints how that ended. Arguments: base URL, timeout in seconds.

const { Telnyx } = require('telnyx');

const [baseURL, timeout] = process.argv.slice(2);
const client = new Telnyx({ apiKey: 'KEY', baseURL, timeout: Number(timeout) * 1000 });
client.messages.send({ to: '+13125550001', from: '+13125550000', text: 'Hello' }).then(
  () => console.log('success'),
  (error) => console.log(error.constructor.name),
);
