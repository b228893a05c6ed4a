// Makes each call of calls.json with Telnyx's Node client. Prints a line for each: its outcome, and the value as JSON.

const { Telnyx } = require('telnyx');

const client = new Telnyx({ apiKey: 'KEY', maxRetries: 0 }); // TELNYX_BASE_URL
const kept = {};
// As this client calls them.
const names = { page_number: 'page[number]', page_size: 'page[size]' };
const renamed = ([name, value]) => [names[name] ?? name, value];
const camel = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());

function methodOf(names) {
  const words = names.split('.').map(camel);
  const name = words.pop();
  const place = words.reduce((place, word) => place?.[word], client);
  return typeof place?.[name] === 'function' ? place[name].bind(place) : null;
}

async function perform(call) {
  const method = methodOf(call.method);
  if (!method) return { outcome: 'missing' };
  const given = (call.path ?? []).map((name) => kept[name] ?? name);
  if (call.arguments) given.push(Object.fromEntries(Object.entries(call.arguments).map(renamed)));
  try {
    const value = await method(...given);
    const data = value.data ?? value;
    if (call.keep) kept[call.keep] = data.id ?? data.order_id;
    return { outcome: 'value', value: data };
  } catch (error) {
    return { outcome: `${error.constructor.name}: ${error.message}` };
  }
}

(async () => {
  for (const call of require('./calls.json')) {
    const outcome = await perform(call);
    console.log(JSON.stringify({ call: `${call.operation}.${call.variant}`, ...outcome }));
  }
})();
